//! The answer to a request that was let in: bytes from the shelf, and the headers that keep them where they belong.

use std::sync::Arc;

use axum::body::Body;
use axum::http::{HeaderValue, Response, StatusCode, header};

use crate::model::Address;
use crate::preview::error::PreviewError;
use crate::preview::serve::asked::{Asked, Place};
use crate::preview::serve::guard::Refusal;
use crate::preview::serve::media::Media;
use crate::preview::serve::notice::Notice;
use crate::preview::serve::page::LiveParts;
use crate::preview::serve::policy;
use crate::preview::serve::shelf::Shelf;

const SCRIPT: &str = include_str!("parts/live.js");
const STYLE: &str = include_str!("parts/live.css");
const ICON: &str = include_str!("parts/icon.svg");

/// Of every answer. Nothing is kept by a browser, shown in a stranger's frame, or told to where a link leads.
pub(in crate::preview) const HEADERS: [(&str, &str); 6] = [
    ("cache-control", "no-store"),
    ("x-content-type-options", "nosniff"),
    ("referrer-policy", "no-referrer"),
    ("cross-origin-opener-policy", "same-origin"),
    ("cross-origin-resource-policy", "same-origin"),
    ("x-robots-tag", "noindex"),
];

/// What answers are made from.
pub(in crate::preview) struct Answers {
    /// The pages.
    pub(in crate::preview) shelf: Arc<Shelf>,
    /// The live part of pages.
    pub(in crate::preview) parts: LiveParts,
    /// The secret part of the address.
    pub(in crate::preview) token: String,
}

impl Answers {
    /// Answers; it may wait for the disk.
    pub(in crate::preview) fn to(&self, asked: &Asked) -> Response<Body> {
        match asked {
            Asked::Script => answer(StatusCode::OK, "text/javascript; charset=utf-8", policy::FILE, SCRIPT),
            Asked::Style => answer(StatusCode::OK, "text/css; charset=utf-8", policy::FILE, STYLE),
            Asked::Icon => answer(StatusCode::OK, "image/svg+xml", policy::FILE, ICON),
            Asked::CopyOf(place, typed) => self.copy_of(place, typed),
            Asked::File(place) => self.file(place),
            Asked::News(_) | Asked::Unknown => {
                self.notice(&Notice::no_such_page(None), &Place { who: None, path: String::new() })
            }
        }
    }

    /// To the same page of that copy; to everybody's where nothing was typed.
    fn copy_of(&self, place: &Place, typed: &str) -> Response<Body> {
        let who = match Address::parse(typed) {
            _ if typed.is_empty() => None,
            Ok(address) => Some(address),
            Err(_) => return self.notice(&Notice::no_address(typed), place),
        };
        let link = Place { who, path: place.path.clone() }.link(&self.token);
        let mut response = answer(StatusCode::SEE_OTHER, "text/plain; charset=utf-8", policy::FILE, "");
        if let Ok(link) = HeaderValue::from_str(&link) {
            response.headers_mut().insert(header::LOCATION, link);
        }
        response
    }

    fn file(&self, place: &Place) -> Response<Body> {
        let shown = match self.shelf.shown(place.who.as_ref()) {
            Ok(shown) => shown,
            Err(error) => return self.notice(&Notice::bug(&error), place),
        };
        let Some(shown) = shown else {
            let nobody = || Notice::no_such_page(None);
            return self.notice(&place.who.as_ref().map_or_else(nobody, Notice::no_such_person), place);
        };
        let Some(bytes) = shown.files.get(&place.path) else {
            return self.notice(&Notice::no_such_page(place.who.as_ref()), place);
        };
        let media = Media::of(&place.path);
        match media {
            Media::Page => {
                let (html, policy) = policy::lifted(&String::from_utf8_lossy(bytes));
                match self.parts.page(&html, &shown, place, &self.token) {
                    Ok(page) => answer(StatusCode::OK, media.media_type(), &policy, page),
                    Err(error) => self.notice(&Notice::bug(&error), place),
                }
            }
            Media::Message => answer(StatusCode::OK, media.media_type(), policy::MESSAGE, bytes.clone()),
            Media::Shown(kind @ "application/pdf") => answer(StatusCode::OK, kind, policy::PDF, bytes.clone()),
            Media::Shown(kind) => answer(StatusCode::OK, kind, policy::FILE, bytes.clone()),
            Media::Kept(kind) => {
                let mut response = answer(StatusCode::OK, kind, policy::FILE, bytes.clone());
                response.headers_mut().insert(header::CONTENT_DISPOSITION, HeaderValue::from_static("attachment"));
                response
            }
        }
    }

    fn notice(&self, notice: &Notice, place: &Place) -> Response<Body> {
        let words = (notice.title.as_str(), notice.words.as_str());
        let place = Some(place).filter(|_| notice.may_pass);
        match self.parts.notice(words, place, &self.token) {
            Ok(page) => answer(notice.status, Media::Page.media_type(), &policy::lifted(&page).1, page),
            Err(error) => refused(&bug(&error)),
        }
    }
}

fn bug(_: &PreviewError) -> Refusal {
    Refusal { status: StatusCode::INTERNAL_SERVER_ERROR, words: "The page cannot be made: a fault of weekcast." }
}

/// A refusal, in plain text.
pub(in crate::preview) fn refused(refusal: &Refusal) -> Response<Body> {
    let words = format!("{}\n", refusal.words);
    let mut response = answer(refusal.status, "text/plain; charset=utf-8", policy::FILE, words);
    if refusal.status == StatusCode::METHOD_NOT_ALLOWED {
        response.headers_mut().insert(header::ALLOW, HeaderValue::from_static("GET, HEAD"));
    }
    response
}

/// Any answer, with the headers of all.
pub(in crate::preview) fn answer(
    status: StatusCode,
    media_type: &'static str,
    policy: &str,
    body: impl Into<Body>,
) -> Response<Body> {
    let mut response = Response::new(body.into());
    *response.status_mut() = status;
    let headers = response.headers_mut();
    for (name, value) in HEADERS {
        headers.insert(name, HeaderValue::from_static(value));
    }
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(media_type));
    let policy = HeaderValue::from_str(policy).unwrap_or(HeaderValue::from_static(policy::FILE));
    headers.insert(header::CONTENT_SECURITY_POLICY, policy);
    response
}
