//! The live part of a page: what has to be mended, the last good rendering named as such, the form for another copy, and
//! the script that shows the page anew.

use serde::Serialize;
use tera::{Context, Tera};

use crate::preview::error::PreviewError;
use crate::preview::serve::asked::Place;
use crate::preview::serve::shown::{ABSENT, LastGood, Shown};
use crate::preview::serve::trouble::Trouble;

const LIVE: &str = "live.html";
const NOTICE: &str = "notice.html";
const TEMPLATES: [(&str, &str); 3] = [
    (LIVE, include_str!("parts/live.html")),
    ("head.html", include_str!("parts/head.html")),
    (NOTICE, include_str!("parts/notice.html")),
];

/// The templates.
pub(in crate::preview) struct LiveParts(Tera);

/// What they are shown.
#[derive(Serialize)]
struct View<'a> {
    token: &'a str,
    news: String,
    version: &'a str,
    at: &'a str,
    everybody: Option<String>,
    shown_as: Option<&'a str>,
    troubles: &'a [Trouble],
    this_day: Option<&'a LastGood>,
    other_days: &'a [LastGood],
}

#[derive(Serialize)]
struct Notice<'a> {
    token: &'a str,
    news: String,
    version: &'a str,
    title: &'a str,
    words: &'a str,
    index: String,
}

impl LiveParts {
    /// Compiles them.
    pub(in crate::preview) fn new() -> Result<Self, PreviewError> {
        let mut tera = Tera::default();
        tera.add_raw_templates(TEMPLATES).map_err(|cause| PreviewError::Page { page: LIVE, cause })?;
        Ok(Self(tera))
    }

    /// A page of the preview with its live part, behind the link that skips to the content.
    pub(in crate::preview) fn page(
        &self,
        html: &str,
        shown: &Shown,
        place: &Place,
        token: &str,
    ) -> Result<String, PreviewError> {
        let this_day = shown.last_good(&place.path);
        let view = View {
            token,
            news: place.news(token),
            version: shown.version(&place.path),
            at: &shown.at,
            everybody: place.who.as_ref().map(|_| Place { who: None, path: place.path.clone() }.link(token)),
            shown_as: shown.shown_as.as_deref(),
            troubles: &shown.troubles,
            this_day,
            other_days: if place.path.contains('/') { &[] } else { &shown.last_good },
        };
        let context = Context::from_serialize(&view).map_err(|cause| PreviewError::Page { page: LIVE, cause })?;
        let live = self.0.render(LIVE, &context).map_err(|cause| PreviewError::Page { page: LIVE, cause })?;
        let head = self.0.render("head.html", &context).map_err(|cause| PreviewError::Page { page: LIVE, cause })?;
        Ok(joined(html, &head, &live))
    }

    /// A page that says why there is no other; with the news of a place where one may come.
    pub(in crate::preview) fn notice(
        &self,
        (title, words): (&str, &str),
        place: Option<&Place>,
        token: &str,
    ) -> Result<String, PreviewError> {
        let news = place.map(|place| place.news(token)).unwrap_or_default();
        let notice = Notice { token, news, version: ABSENT, title, words, index: Place::base(token, None) };
        let context = Context::from_serialize(&notice).map_err(|cause| PreviewError::Page { page: NOTICE, cause })?;
        self.0.render(NOTICE, &context).map_err(|cause| PreviewError::Page { page: NOTICE, cause })
    }
}

/// Head before `</head>`; the live part behind the skip link, which has to be the first thing that Tab reaches.
fn joined(html: &str, head: &str, live: &str) -> String {
    let head_at = html.find("</head>").unwrap_or(0);
    let body = html.find("<body").and_then(|start| Some(start + html.get(start..)?.find('>')? + 1)).unwrap_or(head_at);
    let skip = html.find("<a class=\"skip\"").and_then(|start| Some(start + html.get(start..)?.find("</a>")? + 4));
    let at = skip.unwrap_or(body).max(head_at);
    let (start, rest) = html.split_at(at);
    let (before, between) = start.split_at(head_at);
    format!("{before}{head}{between}\n{live}{rest}")
}

#[cfg(test)]
mod tests {
    use super::joined;

    #[test]
    fn the_live_part_comes_behind_the_skip_link() {
        for (html, expected) in [
            (
                "<head>a</head><body class=x><a class=\"skip\" href=#m>s</a>b",
                "<head>aH</head><body class=x><a class=\"skip\" href=#m>s</a>\nLb",
            ),
            ("<head></head><body>b", "<head>H</head><body>\nLb"),
            ("b", "H\nLb"),
        ] {
            assert_eq!(joined(html, "H", "L"), expected);
        }
    }
}
