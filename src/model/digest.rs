//! The digest of a day's broadcast: SHA-256 over everything that a recipient could see, and who and when.

use std::fmt;

use data_encoding::HEXLOWER;
use sha2::{Digest as _, Sha256};

/// Names of the parts of the message as a whole.
pub const WHOLE: [&str; 2] = ["HTML part", "text part"];

/// One named part of what a digest covers, so that a change can be named.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct DigestPart {
    /// Such as `subject` or `attachment flow-chart.pdf`.
    pub name: String,
    /// Lower-case hex of its own SHA-256.
    pub hash: String,
}

/// SHA-256 over the parts in order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Digest {
    /// Lower-case hex, 64 characters.
    pub hex: String,
    /// What went in.
    pub parts: Vec<DigestPart>,
}

impl DigestPart {
    /// The hash of one part.
    #[must_use]
    pub fn new(name: impl Into<String>, bytes: &[u8]) -> Self {
        Self { name: name.into(), hash: HEXLOWER.encode(&Sha256::digest(bytes)) }
    }
}

impl Digest {
    /// The digest over named parts; each is framed by its name and length, so that no two lists of parts agree.
    #[must_use]
    pub fn over(parts: Vec<DigestPart>) -> Self {
        let mut hash = Sha256::new();
        for part in &parts {
            hash.update(format!("{}:{}={}\n", part.name.len(), part.name, part.hash));
        }
        Self { hex: HEXLOWER.encode(&hash.finalize()), parts }
    }

    /// The first twelve characters, for people.
    #[must_use]
    pub fn short(&self) -> &str {
        &self.hex[..12]
    }

    /// Names of the parts that differ. The two parts of the message change with every field, so they are named only
    /// where no field says why.
    #[must_use]
    pub fn changed(&self, other: &[DigestPart]) -> Vec<String> {
        let missing = other.iter().filter(|part| !self.parts.iter().any(|own| own.name == part.name));
        let differ = self.parts.iter().filter(|part| !other.contains(part));
        let (whole, fields): (Vec<&DigestPart>, Vec<&DigestPart>) =
            differ.chain(missing).partition(|part| WHOLE.contains(&part.name.as_str()));
        let named = if fields.is_empty() { whole } else { fields };
        named.into_iter().map(|part| part.name.clone()).collect()
    }
}

impl fmt::Display for Digest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.hex)
    }
}

#[cfg(test)]
mod tests {
    use super::{Digest, DigestPart, WHOLE};

    fn digest(parts: &[(&str, &str)]) -> Digest {
        Digest::over(parts.iter().map(|(name, bytes)| DigestPart::new(*name, bytes.as_bytes())).collect())
    }

    #[test]
    fn a_change_is_named_by_its_field() {
        let [html, text] = WHOLE;
        let before = digest(&[("subject", "a"), ("body", "b"), ("attachment x.pdf", "x"), (html, "h"), (text, "t")]);
        for (after, changed) in [
            (
                digest(&[("subject", "a"), ("body", "c"), ("attachment x.pdf", "x"), (html, "i"), (text, "u")]),
                vec!["body"],
            ),
            (digest(&[("subject", "b"), ("body", "b"), (html, "i"), (text, "t")]), vec!["subject", "attachment x.pdf"]),
            (
                digest(&[("subject", "a"), ("body", "b"), ("attachment x.pdf", "x"), (html, "i"), (text, "t")]),
                vec![html],
            ),
            (before.clone(), vec![]),
        ] {
            assert_eq!(after.changed(&before.parts), changed);
            assert_eq!(after.hex == before.hex, changed.is_empty());
        }
    }
}
