//! One mail, read: its kind, whom it speaks of, and which of our messages it belongs to. Nothing here is believed yet.

use chrono::{DateTime, Utc};

use crate::bounce::kind::{Action, Kind};
use crate::bounce::status::{code_in, status_in};
use crate::model::{Address, AddressKey, EnhancedStatus, Reply};

/// The most recipients that one mail may speak of.
pub(crate) const MOST_RECIPIENTS: usize = 100;

/// The most characters that are kept of a mail system's words.
const LONGEST_DIAGNOSTIC: usize = 400;

/// What a mail says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Report {
    /// What it is about.
    pub kind: Kind,
    /// Whose form it has, such as `RFC 3464` or `qmail`.
    pub form: &'static str,
    /// Whom it speaks of, at most 100.
    pub recipients: Vec<Reported>,
    /// Message-IDs that it gives as ours, without angle brackets, the best evidence first.
    pub message_ids: Vec<String>,
    /// Who wrote it, if that is an address.
    pub sender: Option<Address>,
    /// Its `Date`.
    pub date: Option<DateTime<Utc>>,
}

/// One recipient of a report.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Reported {
    /// Where the message ended, as the report writes it.
    pub address: Option<String>,
    /// Where it was sent to, if the report says so too.
    pub original: Option<String>,
    /// What was done.
    pub action: Option<Action>,
    /// Why (RFC 3463).
    pub status: Option<EnhancedStatus>,
    /// The three digits of the answer, if the words hold one.
    pub code: Option<u16>,
    /// The mail system's words, on one line, bounded.
    pub diagnostic: Option<String>,
}

impl Reported {
    /// One recipient with the words of a mail system, from which status and code are read.
    #[must_use]
    pub fn with_words(address: Option<String>, action: Option<Action>, words: &str) -> Self {
        let diagnostic = one_line(words);
        Self {
            address,
            original: None,
            action,
            status: status_in(&diagnostic),
            code: code_in(&diagnostic),
            diagnostic: Some(diagnostic).filter(|words| !words.is_empty()),
        }
    }

    /// The addresses that it may be known by: the one it was sent to first.
    #[must_use]
    pub fn keys(&self) -> Vec<AddressKey> {
        let written = [self.original.as_deref(), self.address.as_deref()];
        let mut keys: Vec<AddressKey> = Vec::new();
        for key in written.into_iter().flatten().filter_map(|text| Address::parse(text).ok()).map(|a| a.key()) {
            if !keys.contains(&key) {
                keys.push(key);
            }
        }
        keys
    }

    /// The answer in the form of an SMTP reply, for putting it into words.
    #[must_use]
    pub fn reply(&self) -> Reply {
        let class = self.status.map_or(5, |status| u16::from(status.class));
        let code = self.code.filter(|code| code / 100 == class).unwrap_or(match class {
            2 => 250,
            4 => 450,
            _ => 599,
        });
        let words = self.diagnostic.as_deref().unwrap_or_default();
        match self.status {
            Some(status) => Reply::new(code, &format!("{status} {words}")),
            None => Reply::new(code, words),
        }
    }
}

/// A text on one line, without control characters, bounded.
pub(crate) fn one_line(text: &str) -> String {
    let mut out = String::new();
    for word in text.split_whitespace() {
        let word: String = word.chars().filter(|c| !c.is_control() && !reorders(*c)).collect();
        if !out.is_empty() && !word.is_empty() {
            out.push(' ');
        }
        let left = LONGEST_DIAGNOSTIC.saturating_sub(out.len());
        if word.len() > left {
            out.push_str(word.get(..word.floor_char_boundary(left)).unwrap_or_default());
            break;
        }
        out.push_str(&word);
    }
    out.trim().to_owned()
}

/// Bidirectional controls: words of a stranger must not be read in another order than they stand.
fn reorders(c: char) -> bool {
    matches!(c, '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}' | '\u{200E}' | '\u{200F}')
}

#[cfg(test)]
mod tests {
    use super::{Reported, one_line};

    #[test]
    fn words_stand_on_one_bounded_line() {
        assert_eq!(one_line(" 550\r\n 5.1.1\tno\u{1b}[2J "), "550 5.1.1 no[2J");
        assert!(one_line(&"é".repeat(5_000)).len() <= 402);
        let cut = one_line(&format!("a\u{1b}[2J{}", "b".repeat(5_000)));
        assert!(cut.starts_with("a[2Jb") && cut.len() <= 402, "a word that is cut is made harmless as well");
        assert!(one_line(&"ab ".repeat(5_000)).len() <= 402);
    }

    #[test]
    fn status_and_code_are_read_from_the_words() {
        let read = Reported::with_words(None, None, "host mx.example said: 550-5.1.1 no such user");
        assert_eq!(read.reply().to_string(), "550 5.1.1 host mx.example said: 550-5.1.1 no such user");
        assert_eq!(Reported::with_words(None, None, "unknown").reply().code, 599);
    }
}
