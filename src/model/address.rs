//! Addresses of people and lists, stricter than RFC 5321 asks, because a slip in one is a message lost.

use std::fmt;

/// A checked address: local part as written, domain lower-case in A-labels (RFC 5890), at most 254 octets.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Address(String);

/// What two spellings of one mailbox have in common: the address in lower case. Plus-tags and dots are kept, because
/// they are different people at some schools.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct AddressKey(String);

/// How a pseudonym begins; a colon stands in no address.
const FORGOTTEN: &str = "forgotten:";

/// Why a string is not an address.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum AddressFault {
    /// Nothing there.
    #[error("the address is empty")]
    Empty,
    /// White space or a control character inside.
    #[error("the address holds a space or control character")]
    Blank,
    /// No `@`, or more than one.
    #[error("an address has exactly one \"@\"")]
    At,
    /// The part before the `@` is not a dot-atom (RFC 5322 §3.2.3).
    #[error("the part before the \"@\" has a character or a dot that cannot stand there")]
    Local,
    /// The part after the `@` is not a domain name.
    #[error("\"{0}\" is not a domain name")]
    Domain(String),
    /// Longer than 64 octets before or 254 octets in all (RFC 5321 §4.5.3.1).
    #[error("the address is too long")]
    Long,
}

impl Address {
    /// Reads a bare address, such as `asha@board.example`; surrounding white space is not an error.
    ///
    /// # Errors
    /// The first fault found; see [`AddressFault`].
    pub fn parse(text: &str) -> Result<Self, AddressFault> {
        let text = text.trim();
        if text.is_empty() {
            return Err(AddressFault::Empty);
        }
        if text.chars().any(|c| c.is_whitespace() || c.is_control()) {
            return Err(AddressFault::Blank);
        }
        let (local, domain) = text.split_once('@').ok_or(AddressFault::At)?;
        if domain.contains('@') {
            return Err(AddressFault::At);
        }
        let atom = |c: char| c.is_ascii_alphanumeric() || "!#$%&'*+-/=?^_`{|}~".contains(c);
        if local.split('.').any(|part| part.is_empty() || !part.chars().all(atom)) {
            return Err(AddressFault::Local);
        }
        let fault = || AddressFault::Domain(domain.to_owned());
        let ascii = idna::domain_to_ascii_strict(domain).map_err(|_| fault())?.to_ascii_lowercase();
        let labels: Vec<&str> = ascii.split('.').collect();
        let last = labels.last().copied().unwrap_or_default();
        if labels.len() < 2 || labels.iter().any(|label| label.is_empty()) || last.bytes().all(|b| b.is_ascii_digit()) {
            return Err(fault());
        }
        if local.len() > 64 || local.len() + 1 + ascii.len() > 254 {
            return Err(AddressFault::Long);
        }
        Ok(Self(format!("{local}@{ascii}")))
    }

    /// An address that cannot exist (RFC 2606), where a finding already says that there is none.
    #[must_use]
    pub fn nobody() -> Self {
        Self("nobody@sender.invalid".to_owned())
    }

    /// The address, as it goes into the envelope.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The part after the `@`.
    #[must_use]
    pub fn domain(&self) -> &str {
        self.0.rsplit_once('@').map_or("", |(_, domain)| domain)
    }

    /// What it is compared by.
    #[must_use]
    pub fn key(&self) -> AddressKey {
        AddressKey(self.0.to_lowercase())
    }
}

impl fmt::Display for Address {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl AddressKey {
    /// A key that a database holds.
    #[must_use]
    pub fn from_stored(key: String) -> Self {
        Self(key)
    }

    /// What stands in place of an address that was erased; no address begins like this.
    #[must_use]
    pub(in crate::model) fn pseudonym(hash: &str) -> Self {
        Self(format!("{FORGOTTEN}{hash}"))
    }

    /// Whether it stands in place of an address that was erased.
    #[must_use]
    pub fn is_pseudonym(&self) -> bool {
        self.0.starts_with(FORGOTTEN)
    }

    /// The key as a string.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

#[cfg(test)]
mod tests {
    use super::{Address, AddressFault};

    #[test]
    fn addresses_are_strict_and_domains_become_a_labels() {
        for (text, expected) in [
            ("asha@board.example", Ok("asha@board.example")),
            (" A.B+c@Board.EXAMPLE ", Ok("A.B+c@board.example")),
            ("a@münchen.example", Ok("a@xn--mnchen-3ya.example")),
            ("", Err(AddressFault::Empty)),
            ("a b@board.example", Err(AddressFault::Blank)),
            ("a@b@board.example", Err(AddressFault::At)),
            ("board.example", Err(AddressFault::At)),
            (".a@board.example", Err(AddressFault::Local)),
            ("\"a\"@board.example", Err(AddressFault::Local)),
            ("é@board.example", Err(AddressFault::Local)),
            ("a@localhost", Err(AddressFault::Domain("localhost".into()))),
            ("a@127.0.0.1", Err(AddressFault::Domain("127.0.0.1".into()))),
            ("a@b_c.example", Err(AddressFault::Domain("b_c.example".into()))),
            ("a@board..example", Err(AddressFault::Domain("board..example".into()))),
        ] {
            assert_eq!(Address::parse(text).as_ref().map(Address::as_str), expected.as_ref().map(|t| *t), "{text}");
        }
        assert_eq!(
            Address::parse("Ab@Board.example").map(|a| a.key()),
            Address::parse("aB@board.EXAMPLE").map(|a| a.key())
        );
    }
}
