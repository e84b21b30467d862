//! Private-use characters that stand for template tags while Markdown and layout are at work, and the escaping of the
//! values that take their places. A value is only ever text: this file is where that is kept.

use std::borrow::Cow;

use memchr::memchr;

/// First of the characters that stand for an officer's tags (plane 15, one character a tag).
const TAGS: u32 = 0xF_0000;
/// First of the characters that stand for what is merged for each recipient (plane 16).
const SLOTS: u32 = 0x10_0000;
/// How many of each there can be.
pub(crate) const MOST: usize = 0xF000;
const OPEN: u32 = 0x10_F010;
const CLOSE: char = '\u{10F001}';
const BRACE: char = '\u{10F002}';

/// A value that should begin an address brings a scheme that nobody should follow, or none.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Refused;

/// Where a value stands, and so how it is written there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Mode {
    /// In the HTML part, between tags or in a quoted attribute.
    Html,
    /// In the text part.
    Text,
    /// At the beginning of a link's address in the HTML part: it may bring the scheme.
    HtmlAddress,
    /// Further on in a link's address in the HTML part.
    HtmlAddressPart,
    /// At the beginning of a link's address in the text part.
    TextAddress,
    /// Further on in a link's address in the text part.
    TextAddressPart,
}

impl Mode {
    const ALL: [Self; 6] =
        [Self::Html, Self::Text, Self::HtmlAddress, Self::HtmlAddressPart, Self::TextAddress, Self::TextAddressPart];

    /// Whether there are values that may not stand there.
    pub(crate) fn can_refuse(self) -> bool {
        matches!(self, Self::HtmlAddress | Self::TextAddress)
    }

    /// The value as it may stand there.
    ///
    /// # Errors
    /// [`Refused`] when it should begin an address and does not.
    pub(crate) fn escape(self, value: &str) -> Result<String, Refused> {
        let value = one_line(value);
        Ok(match self {
            Self::Html => html(&value),
            Self::Text => value.replace('\u{a0}', " "),
            Self::HtmlAddress => html(&address(&value)?),
            Self::TextAddress => address(&value)?,
            Self::HtmlAddressPart | Self::TextAddressPart => percent(&value, |_| false),
        })
    }
}

/// The character that stands for a tag.
pub(crate) fn of_tag(index: usize) -> char {
    character(TAGS, index)
}

/// The character that stands for a slot.
pub(crate) fn of_slot(index: usize) -> char {
    character(SLOTS, index)
}

fn character(base: u32, index: usize) -> char {
    u32::try_from(index).ok().and_then(|index| char::from_u32(base + index)).unwrap_or(char::REPLACEMENT_CHARACTER)
}

/// The tag that a character stands for.
pub(crate) fn tag(character: char) -> Option<usize> {
    index(TAGS, character)
}

/// What stands before the first character that may stand for a slot, the character, and what follows it.
pub(crate) fn next_slot(text: &str) -> Option<(&str, char, &str)> {
    // Characters of plane 16, and no others, begin with this octet.
    let (before, from) = text.split_at_checked(memchr(0xF4, text.as_bytes())?)?;
    let mut after = from.chars();
    let character = after.next()?;
    Some((before, character, after.as_str()))
}

/// The slot that a character stands for.
pub(crate) fn slot(character: char) -> Option<usize> {
    index(SLOTS, character)
}

fn index(base: u32, character: char) -> Option<usize> {
    let index = (character as u32).checked_sub(base)? as usize;
    (index < MOST).then_some(index)
}

/// Takes our own characters out of a string from outside: U+FFFD is shown for them.
pub(crate) fn clean(text: &str) -> Cow<'_, str> {
    if text.chars().all(|c| (c as u32) < TAGS) {
        return Cow::Borrowed(text);
    }
    Cow::Owned(text.chars().map(|c| if (c as u32) < TAGS { c } else { char::REPLACEMENT_CHARACTER }).collect())
}

/// A value on one line: line ends and control characters become spaces.
pub(crate) fn one_line(value: &str) -> Cow<'_, str> {
    let breaks = |c: char| c.is_control() || c == '\u{2028}' || c == '\u{2029}';
    if !value.contains(breaks) {
        return Cow::Borrowed(value);
    }
    let spaced: String = value.chars().map(|c| if breaks(c) { ' ' } else { c }).collect();
    Cow::Owned(spaced.split(' ').filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" "))
}

/// Text as HTML, also within a quoted attribute.
pub(crate) fn html(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 8);
    for character in text.chars() {
        match character {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            other => out.push(other),
        }
    }
    out
}

/// Whether a link's address has a scheme that mail programs open and a recipient may trust.
pub(crate) fn is_allowed_address(address: &str) -> bool {
    let lower = address.trim_start().to_ascii_lowercase();
    ["https://", "http://", "mailto:", "tel:"]
        .iter()
        .any(|scheme| lower.starts_with(scheme) && lower.len() > scheme.len())
}

/// A whole address: what RFC 3986 reserves stays, all else is percent-encoded.
fn address(value: &str) -> Result<String, Refused> {
    if is_allowed_address(value) { Ok(address_text(value.trim())) } else { Err(Refused) }
}

/// Percent-encodes what RFC 3986 does not let stand in an address; a `%` that begins an encoded octet stays.
pub(crate) fn address_text(value: &str) -> String {
    percent(value, |byte| b":/?#[]@!$&'()*+,;=%".contains(&byte))
}

/// Percent-encoding (RFC 3986 §2.1) of all but unreserved characters and those that `keep` names.
fn percent(value: &str, keep: impl Fn(u8) -> bool) -> String {
    let mut out = String::with_capacity(value.len());
    for byte in value.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) || keep(byte) {
            out.push(char::from(byte));
        } else {
            out.push_str(&format!("%{byte:02X}"));
        }
    }
    out
}

/// A literal stretch of a region's template: no brace of it can open a tag.
pub(crate) fn literal(text: &str) -> Cow<'_, str> {
    if text.contains('{') { Cow::Owned(text.replace('{', &BRACE.to_string())) } else { Cow::Borrowed(text) }
}

/// What stands around a value's tag in a region's template.
pub(crate) fn around(mode: Mode) -> (String, String) {
    let index = Mode::ALL.iter().position(|m| *m == mode).unwrap_or(0);
    (character(OPEN, index).to_string(), CLOSE.to_string())
}

/// A rendered region with its values escaped for their places.
///
/// # Errors
/// [`Refused`] as [`Mode::escape`].
pub(crate) fn finish(rendered: &str) -> Result<String, Refused> {
    let mut out = String::with_capacity(rendered.len());
    let mut value: Option<(Mode, String)> = None;
    for character in rendered.chars() {
        let opened = (character as u32).checked_sub(OPEN).and_then(|index| Mode::ALL.get(index as usize));
        match (&mut value, opened) {
            (None, Some(mode)) => value = Some((*mode, String::new())),
            (Some((mode, text)), _) if character == CLOSE => {
                out.push_str(&mode.escape(text)?);
                value = None;
            }
            (Some((_, text)), _) => text.push(character),
            (None, None) if character == BRACE => out.push('{'),
            (None, None) => out.push(character),
        }
    }
    Ok(out)
}

/// What is said of a value that does not begin an address.
pub(crate) const REFUSED: &str = "the value at the beginning of this link's address is no web or e-mail address";
/// And what to do.
pub(crate) const REFUSED_HELP: &str = "begin the address with https://, and let the value follow";

#[cfg(test)]
mod tests {
    use super::{Mode, clean, finish, is_allowed_address, next_slot, of_slot, of_tag, slot, tag};

    #[test]
    fn characters_stand_for_tags_and_slots() {
        assert_eq!((tag(of_tag(0)), tag(of_tag(700)), slot(of_slot(9))), (Some(0), Some(700), Some(9)));
        assert_eq!((tag('a'), slot(of_tag(1)), tag(of_slot(1))), (None, None, None));
        assert_eq!(clean("a\u{F0001}b\u{10F010}"), "a\u{FFFD}b\u{FFFD}");
        assert_eq!(next_slot("é\u{FFFFF}\u{100000}b\u{100001}"), Some(("é\u{FFFFF}", of_slot(0), "b\u{100001}")));
        assert_eq!((next_slot("\u{10FFFF}"), next_slot("é")), (Some(("", '\u{10FFFF}', "")), None));
    }

    #[test]
    fn values_are_only_ever_text() {
        for (mode, value, expected) in [
            (Mode::Html, "<b>\"O'Neil\" & {{ x }}", "&lt;b&gt;&quot;O&#39;Neil&quot; &amp; {{ x }}"),
            (Mode::Html, "a\r\nb", "a b"),
            (Mode::Text, "**a**\u{a0}b", "**a** b"),
            (Mode::HtmlAddressPart, "a b&c/é", "a%20b%26c%2F%C3%A9"),
            (Mode::HtmlAddress, "https://x.example/?a=1&b=\"c\"", "https://x.example/?a=1&amp;b=%22c%22"),
            (Mode::TextAddress, "mailto:a@b.example", "mailto:a@b.example"),
        ] {
            assert_eq!(mode.escape(value).as_deref(), Ok(expected), "{value}");
        }
        assert_eq!(Mode::HtmlAddress.escape("javascript:alert(1)"), Err(super::Refused));
        assert!(is_allowed_address("HTTPS://x") && !is_allowed_address("https://") && !is_allowed_address("data:x"));
    }

    #[test]
    fn a_rendered_region_is_finished() {
        let (open, close) = super::around(Mode::Html);
        assert_eq!(finish(&format!("<p>{open}<i>{close}</p>{}", super::literal("{{"))).unwrap(), "<p>&lt;i&gt;</p>{{");
    }
}
