//! Addresses of people and lists, stricter than RFC 5321 asks, because a slip in one is a message lost.

use std::borrow::Cow;
use std::fmt;
use std::sync::Arc;

/// A checked address: local part as written, domain lower-case in A-labels (RFC 5890), at most 254 octets.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Address(Arc<str>);

/// What two spellings of one mailbox have in common: the address in lower case. Plus-tags and dots are kept, because
/// they are different people at some schools.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct AddressKey(Arc<str>);

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
    /// Nothing before the `@`.
    #[error("nothing stands before the \"@\"")]
    Local,
    /// The part before the `@` has a character that a dot-atom has not (RFC 5322 §3.2.3).
    #[error("\"{0}\" cannot stand before the \"@\"")]
    Character(char),
    /// The part before the `@` begins or ends with a dot, or has two in a row (RFC 5322 §3.2.3).
    #[error("before the \"@\" a dot stands at the beginning or the end, or two in a row")]
    Dots,
    /// The part before the `@` is in quotation marks, which few mail systems take.
    #[error("the part before the \"@\" is in quotation marks")]
    Quoted,
    /// The part after the `@` is the number of a machine.
    #[error("\"{0}\" is the number of a machine, not a domain name")]
    Number(String),
    /// The part after the `@` has no dot.
    #[error("\"{0}\" has no ending such as .org")]
    Ending(String),
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
        if text.starts_with('"') && text.contains("\"@") {
            return Err(AddressFault::Quoted);
        }
        if text.chars().any(|c| c.is_whitespace() || c.is_control()) {
            return Err(AddressFault::Blank);
        }
        let (local, domain) = text.split_once('@').ok_or(AddressFault::At)?;
        if domain.contains('@') {
            return Err(AddressFault::At);
        }
        if let Some(other) = local.chars().find(|c| !is_of_atom(*c)) {
            return Err(AddressFault::Character(other));
        }
        if local.is_empty() {
            return Err(AddressFault::Local);
        }
        if local.split('.').any(str::is_empty) {
            return Err(AddressFault::Dots);
        }
        let ascii = domain_name(domain)?;
        if local.len() > 64 || local.len() + 1 + ascii.len() > 254 {
            return Err(AddressFault::Long);
        }
        Ok(Self([local, "@", ascii.as_ref()].concat().into()))
    }

    /// An address that cannot exist (RFC 2606), where a finding already says that there is none.
    #[must_use]
    pub fn nobody() -> Self {
        Self("nobody@sender.invalid".into())
    }

    /// One that was checked before.
    pub(in crate::model) fn from_checked(address: &str) -> Self {
        Self(address.into())
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
        // Most share their text with their key.
        let lower = !self.0.bytes().any(|byte| byte.is_ascii_uppercase());
        AddressKey(if lower { Arc::clone(&self.0) } else { self.0.to_ascii_lowercase().into() })
    }
}

/// What stands in a dot-atom (RFC 5322 §3.2.3).
fn is_of_atom(c: char) -> bool {
    const SIGNS: &[u8] = b"!#$%&'*+-/=?^_`{|}~.";
    c.is_ascii_alphanumeric() || u8::try_from(c).is_ok_and(|octet| SIGNS.contains(&octet))
}

/// Whether a name is in lower-case letters, digits and hyphens between them already, with labels of at most 63 octets and
/// none that might be an A-label: most are, and IDNA would give back the same.
fn is_plain(domain: &str) -> bool {
    let is_plain = |label: &str| {
        let ends = |octet: Option<&u8>| octet.is_some_and(u8::is_ascii_alphanumeric);
        let octets = label.as_bytes();
        ends(octets.first()) && ends(octets.last()) && octets.len() <= 63 && !label.contains("--")
    };
    domain.bytes().all(|octet| octet.is_ascii_lowercase() || octet.is_ascii_digit() || matches!(octet, b'-' | b'.'))
        && domain.len() <= 253
        && domain.split('.').all(is_plain)
}

/// A domain in lower-case A-labels, with a dot and with an ending that a top-level domain can have: letters, or an
/// A-label (RFC 3696 §2).
fn domain_name(domain: &str) -> Result<Cow<'_, str>, AddressFault> {
    let fault = || AddressFault::Domain(domain.to_owned());
    let bare = domain.trim_start_matches('[').trim_end_matches(']');
    let may_be_number = bare.bytes().all(|octet| octet.is_ascii_hexdigit() || matches!(octet, b'.' | b':'));
    if domain.starts_with('[') || (may_be_number && bare.parse::<std::net::IpAddr>().is_ok()) {
        return Err(AddressFault::Number(domain.to_owned()));
    }
    let ascii = match is_plain(domain) {
        true => Cow::Borrowed(domain),
        false => idna::domain_to_ascii_strict(domain).map_err(|_| fault())?.to_ascii_lowercase().into(),
    };
    if ascii.split('.').any(str::is_empty) {
        return Err(fault());
    }
    let Some((_, last)) = ascii.rsplit_once('.') else { return Err(AddressFault::Ending(domain.to_owned())) };
    let letters = last.len() >= 2 && last.bytes().all(|byte| byte.is_ascii_alphabetic());
    if letters || last.starts_with("xn--") { Ok(ascii) } else { Err(fault()) }
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
        Self(key.into())
    }

    /// What stands in place of an address that was erased; no address begins like this.
    #[must_use]
    pub(in crate::model) fn pseudonym(hash: &str) -> Self {
        Self(format!("{FORGOTTEN}{hash}").into())
    }

    /// All pseudonyms, in the order of the keys: from the first on, and before the second.
    pub const PSEUDONYMS: (&'static str, &'static str) = (FORGOTTEN, "forgotten;");

    /// Whether it stands in place of an address that was erased.
    #[must_use]
    pub fn is_pseudonym(&self) -> bool {
        self.0.starts_with(FORGOTTEN)
    }

    /// The key of an address that was checked before.
    pub(in crate::model) fn of_checked(address: &str) -> Self {
        let lower = !address.bytes().any(|byte| byte.is_ascii_uppercase());
        Self(if lower { address.into() } else { address.to_ascii_lowercase().into() })
    }

    /// The key as a string.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::{prop_assert_eq, proptest};

    use super::{Address, AddressFault, is_plain};

    proptest! {
        #[test]
        fn a_plain_domain_is_what_idna_makes_of_it(domain in "[a-z0-9-]{1,6}(\\.[a-z0-9-]{1,70}){0,3}|(a{60}\\.){4}[a-z]{1,20}") {
            if is_plain(&domain) {
                prop_assert_eq!(idna::domain_to_ascii_strict(&domain).ok(), Some(domain));
            }
        }
    }

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
            ("@board.example", Err(AddressFault::Local)),
            (".a@board.example", Err(AddressFault::Dots)),
            ("a..b@board.example", Err(AddressFault::Dots)),
            ("\"a b\"@board.example", Err(AddressFault::Quoted)),
            ("é@board.example", Err(AddressFault::Character('é'))),
            ("a@localhost", Err(AddressFault::Ending("localhost".into()))),
            ("a@127.0.0.1", Err(AddressFault::Number("127.0.0.1".into()))),
            ("a@[192.0.2.1]", Err(AddressFault::Number("[192.0.2.1]".into()))),
            ("a@board.e", Err(AddressFault::Domain("board.e".into()))),
            ("a@board.ex4mple", Err(AddressFault::Domain("board.ex4mple".into()))),
            ("a@board.-example", Err(AddressFault::Domain("board.-example".into()))),
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
