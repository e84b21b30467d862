//! What is said where there is no page to show.

use axum::http::StatusCode;

use crate::model::Address;

/// A page that says something.
pub(in crate::preview) struct Notice {
    /// The status.
    pub(in crate::preview) status: StatusCode,
    /// The title.
    pub(in crate::preview) title: String,
    /// The fact and the next step.
    pub(in crate::preview) words: String,
    /// Whether a change of the files can put a page in its place.
    pub(in crate::preview) may_pass: bool,
}

impl Notice {
    fn not_found(title: impl Into<String>, words: impl Into<String>) -> Self {
        Self { status: StatusCode::NOT_FOUND, title: title.into(), words: words.into(), may_pass: true }
    }

    /// Somebody who is on no list of the week.
    pub(in crate::preview) fn no_such_person(address: &Address) -> Self {
        let words =
            "No list of this week holds this address. weekcast plan shows the lists of each day, and who is left out.";
        Self::not_found(format!("{address} gets none of these broadcasts"), words)
    }

    /// What was typed is no address.
    pub(in crate::preview) fn no_address(typed: &str) -> Self {
        let title = format!("\"{typed}\" is no e-mail address");
        let words = "Go back and type one such as name@board.example.";
        Self { may_pass: false, ..Self::not_found(title, words) }
    }

    /// A page that is not in the preview, or not any more.
    pub(in crate::preview) fn no_such_page(who: Option<&Address>) -> Self {
        let words = match who {
            Some(address) => format!("{address} does not get this day, or it has another date or number by now."),
            None => "It may have another date or number by now.".to_owned(),
        };
        Self::not_found("There is no such page in the preview", words)
    }

    /// A built-in page cannot be made: a bug.
    pub(in crate::preview) fn bug(error: &dyn std::error::Error) -> Self {
        let words = format!("{error}. This is a fault of weekcast, not of your files.");
        let title = "The page cannot be made".to_owned();
        Self { status: StatusCode::INTERNAL_SERVER_ERROR, title, words, may_pass: false }
    }
}
