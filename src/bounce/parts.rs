//! The parts of a mail that matter: its header, the words for people, the reports for machines, the returned message.

use mail_parser::{Message, MessageParser, MimeHeaders as _, PartType};

use crate::bounce::fields::Fields;

/// The most of a text that is looked at, in octets.
const LONGEST_TEXT: usize = 256 * 1024;

/// The most parts that are looked at.
const MOST_PARTS: usize = 100;

/// The most parts inside parts: beyond this, only the header is read. Nesting costs the parser its stack.
const MOST_NESTED: usize = 200;

/// What a mail consists of, as far as it matters here.
#[derive(Debug, Default)]
pub(crate) struct Parts {
    /// The outer header, undecoded.
    pub(crate) header: Fields,
    /// `Subject`, decoded.
    pub(crate) subject: String,
    /// Addresses of `From`, in lower case.
    pub(crate) from: Vec<String>,
    /// Display name of `From`.
    pub(crate) from_name: String,
    /// Addresses of `To` and `Cc`, in lower case.
    pub(crate) to: Vec<String>,
    /// Seconds since 1970 of `Date`.
    pub(crate) date: Option<i64>,
    /// The first text for people; HTML is turned into text.
    pub(crate) text: String,
    /// `message/delivery-status`: its groups of fields.
    pub(crate) status: Option<Vec<Fields>>,
    /// `message/feedback-report`.
    pub(crate) feedback: Option<Fields>,
    /// `message/disposition-notification`.
    pub(crate) disposition: bool,
    /// The header of the returned message.
    pub(crate) returned: Option<Fields>,
}

impl Parts {
    /// Reads any octets. Octets that are no mail have empty parts.
    pub(crate) fn read(octets: &[u8]) -> Self {
        let mut parts = Self { header: Fields::read(octets), ..Self::default() };
        if nests_deeply(octets) {
            return parts;
        }
        let Some(message) = MessageParser::default().parse(octets) else { return parts };
        parts.subject = message.subject().unwrap_or_default().to_owned();
        parts.date = message.date().map(mail_parser::DateTime::to_timestamp);
        if let Some(from) = message.from().and_then(|from| from.first()) {
            parts.from_name = from.name().unwrap_or_default().to_owned();
        }
        parts.from = addresses(message.from());
        parts.to = addresses(message.to());
        parts.to.extend(addresses(message.cc()));
        for (index, part) in message.parts.iter().enumerate().take(MOST_PARTS) {
            let kind = part.content_type().map_or_else(String::new, |kind| {
                format!("{}/{}", kind.ctype(), kind.subtype().unwrap_or_default()).to_ascii_lowercase()
            });
            match kind.as_str() {
                "message/delivery-status" | "message/global-delivery-status" => {
                    parts.status.get_or_insert_with(|| Fields::groups(part.contents(), 200));
                }
                "message/feedback-report" => {
                    parts.feedback.get_or_insert_with(|| Fields::read(part.contents()));
                }
                "message/disposition-notification" | "message/global-disposition-notification" => {
                    parts.disposition = true;
                }
                "text/rfc822-headers" | "message/rfc822-headers" | "message/global-headers" => {
                    parts.returned.get_or_insert_with(|| Fields::read(part.contents()));
                }
                _ => match &part.body {
                    PartType::Message(inner) if index > 0 => {
                        parts.returned.get_or_insert_with(|| nested(inner, part.contents()));
                    }
                    _ if kind == "message/rfc822" || kind == "message/global" => {
                        parts.returned.get_or_insert_with(|| Fields::read(part.contents()));
                    }
                    PartType::Text(text) if parts.text.trim().is_empty() => parts.text = bounded(text),
                    PartType::Html(html) if parts.text.trim().is_empty() => {
                        parts.text = mail_parser::decoders::html::html_to_text(&bounded(html));
                    }
                    _ => {}
                },
            }
        }
        parts
    }

    /// Whether the outer header is that of a report of a type (RFC 6522).
    pub(crate) fn is_report(&self, kind: &str) -> bool {
        let written = self.header.get("content-type").unwrap_or_default().to_ascii_lowercase();
        written.starts_with("multipart/report")
            && written.replace(['"', ' ', '\t'], "").contains(&format!("report-type={kind}"))
    }
}

/// Whether more parts could lie in each other than any mail system makes.
fn nests_deeply(octets: &[u8]) -> bool {
    let opens = |at: &usize| {
        let rest = octets.get(*at..).unwrap_or_default();
        let begins = |word: &[u8]| rest.get(..word.len()).is_some_and(|start| start.eq_ignore_ascii_case(word));
        begins(b"message/") || begins(b"multipart/")
    };
    let candidates = octets.iter().enumerate().filter(|(_, byte)| matches!(byte, b'm' | b'M')).map(|(at, _)| at);
    candidates.filter(opens).take(MOST_NESTED + 1).count() > MOST_NESTED
}

/// The header of a message inside the message.
fn nested(inner: &Message<'_>, contents: &[u8]) -> Fields {
    let fields = Fields::read(contents);
    if fields.has("message-id") { fields } else { Fields::read(inner.raw_message()) }
}

fn addresses(list: Option<&mail_parser::Address<'_>>) -> Vec<String> {
    let all = list.into_iter().flat_map(mail_parser::Address::iter);
    all.filter_map(|one| one.address()).take(50).map(str::to_lowercase).collect()
}

fn bounded(text: &str) -> String {
    let end = text.char_indices().map(|(at, _)| at).take_while(|at| *at <= LONGEST_TEXT).last().unwrap_or(0);
    if text.len() <= LONGEST_TEXT { text.to_owned() } else { text.get(..end).unwrap_or_default().to_owned() }
}
