//! From the target of a request to what is meant by it. Nothing here is a path on the disk.

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, percent_decode_str, utf8_percent_encode};

use crate::model::Address;

/// Kept as they are in a link.
const PLAIN: &AsciiSet = &NON_ALPHANUMERIC.remove(b'.').remove(b'-').remove(b'_').remove(b'@');

/// What a browser asks for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::preview) enum Asked {
    /// The script of the pages.
    Script,
    /// Their style.
    Style,
    /// Their sign in the browser's tab.
    Icon,
    /// News of one page, for as long as it is open.
    News(Place),
    /// A page or file.
    File(Place),
    /// The same page in the copy of this person; what was typed, in case it is no address.
    CopyOf(Place, String),
    /// No such thing.
    Unknown,
}

/// A page of one person's copy.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::preview) struct Place {
    /// Whose; the first person of each day's lists where nobody is named.
    pub(in crate::preview) who: Option<Address>,
    /// Its path in the preview, with `/`.
    pub(in crate::preview) path: String,
}

impl Asked {
    /// Reads a path without the token before it, such as `as/ben@board.example/index.html`, and the query behind it.
    pub(in crate::preview) fn read(path: &str, query: Option<&str>) -> Self {
        let Some(parts) = path.split('/').map(decoded).collect::<Option<Vec<String>>>() else { return Self::Unknown };
        let parts: Vec<&str> = parts.iter().map(String::as_str).collect();
        match parts.as_slice() {
            ["live", "live.js"] => return Self::Script,
            ["live", "live.css"] => return Self::Style,
            ["live", "icon.svg"] => return Self::Icon,
            _ => {}
        }
        let (who, rest) = match parts.as_slice() {
            ["as", address, rest @ ..] => match Address::parse(address) {
                Ok(address) => (Some(address), rest),
                Err(_) => return Self::Unknown,
            },
            rest => (None, rest),
        };
        // A slash inside a part was written as %2F: no link of ours is, so it is no name of ours.
        if rest.iter().any(|part| part.contains('/')) {
            return Self::Unknown;
        }
        if let ["live", "news", page @ ..] = rest {
            return Self::News(Place { who, path: page.join("/") });
        }
        let path = match rest {
            [] | [""] => "index.html".to_owned(),
            rest => rest.join("/"),
        };
        let typed = form_urlencoded::parse(query.unwrap_or_default().as_bytes()).find(|(key, _)| key == "as");
        match typed {
            Some((_, typed)) => Self::CopyOf(Place { who, path }, typed.trim().to_owned()),
            None => Self::File(Place { who, path }),
        }
    }
}

impl Place {
    /// Where the pages of this copy begin: `/TOKEN/` or `/TOKEN/as/ADDRESS/`.
    pub(in crate::preview) fn base(token: &str, who: Option<&Address>) -> String {
        match who {
            None => format!("/{token}/"),
            Some(address) => format!("/{token}/as/{}/", encoded(address.as_str())),
        }
    }

    /// The link to the page.
    pub(in crate::preview) fn link(&self, token: &str) -> String {
        Self::base(token, self.who.as_ref()) + &self.encoded_path()
    }

    /// The link to its news.
    pub(in crate::preview) fn news(&self, token: &str) -> String {
        format!("{}live/news/{}", Self::base(token, self.who.as_ref()), self.encoded_path())
    }

    fn encoded_path(&self) -> String {
        self.path.split('/').map(encoded).collect::<Vec<_>>().join("/")
    }
}

fn encoded(part: &str) -> String {
    utf8_percent_encode(part, PLAIN).to_string()
}

fn decoded(part: &str) -> Option<String> {
    percent_decode_str(part).decode_utf8().ok().map(|part| part.into_owned())
}

#[cfg(test)]
mod tests {
    use super::{Asked, Place};
    use crate::model::Address;

    fn file(who: Option<&str>, path: &str) -> Asked {
        Asked::File(place(who, path))
    }

    fn place(who: Option<&str>, path: &str) -> Place {
        Place { who: who.map(|who| Address::parse(who).unwrap()), path: path.to_owned() }
    }

    #[test]
    fn a_path_is_a_page_of_somebodys_copy() {
        let ben = Some("ben@board.example");
        for (path, query, expected) in [
            ("", None, file(None, "index.html")),
            ("1-monday/files/caf%C3%A9.pdf", None, file(None, "1-monday/files/caf\u{e9}.pdf")),
            ("as/ben%40board.example/", None, file(ben, "index.html")),
            ("as/ben@board.example/a/b.html", Some("x=y"), file(ben, "a/b.html")),
            ("a.html", Some("as=+ben%40x+"), Asked::CopyOf(place(None, "a.html"), "ben@x".to_owned())),
            ("live/news/a/b.html", None, Asked::News(place(None, "a/b.html"))),
            ("as/ben@board.example/live/news/", None, Asked::News(place(ben, ""))),
            ("live/live.js", Some("v=1"), Asked::Script),
            ("as/nobody/index.html", None, Asked::Unknown),
            ("a%2Fb.html", None, Asked::Unknown),
            ("%FF", None, Asked::Unknown),
        ] {
            assert_eq!(Asked::read(path, query), expected, "{path}");
        }
    }

    #[test]
    fn a_link_leads_back_to_its_place() {
        let odd = place(Some("o'neil/50%@board.example"), "1-monday/files/caf\u{e9} #1?.pdf");
        let link = odd.link("t");
        assert_eq!(link, "/t/as/o%27neil%2F50%25@board.example/1-monday/files/caf%C3%A9%20%231%3F.pdf");
        assert_eq!(Asked::read(link.strip_prefix("/t/").unwrap(), None), Asked::File(odd));
    }
}
