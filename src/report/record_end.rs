//! Where the record of acts ended when a report was made: a line in its manifest, by which a later look at the ledger proves
//! that nothing before it has been changed since.

use crate::model::{ActChain, ChainHead};

/// The end of a ledger's record.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RecordEnd {
    /// Names the ledger.
    pub ledger: String,
    /// Its last act then.
    pub head: ChainHead,
}

impl RecordEnd {
    /// Of a record as it is.
    #[must_use]
    pub fn of(chain: &ActChain) -> Self {
        Self { ledger: chain.ledger.clone(), head: chain.head.clone() }
    }

    /// As a line.
    #[must_use]
    pub(in crate::report) fn line(&self) -> String {
        format!("record: act {}, {}, ledger {}", self.head.number, self.head.hash, self.ledger)
    }

    /// From a line; nothing from another one.
    #[must_use]
    pub(in crate::report) fn from_line(line: &str) -> Option<Self> {
        let mut parts = line.strip_prefix("record: act ")?.split(", ");
        let number = parts.next()?.parse().ok()?;
        let hash = parts.next()?.to_owned();
        let ledger = parts.next()?.strip_prefix("ledger ")?.to_owned();
        Some(Self { ledger, head: ChainHead { number, hash } })
    }
}

#[cfg(test)]
mod tests {
    use super::RecordEnd;
    use crate::model::ChainHead;

    #[test]
    fn a_line_says_it_and_is_read_again() {
        let end = RecordEnd { ledger: "0f".into(), head: ChainHead { number: 12, hash: "ab".repeat(32) } };
        assert_eq!(RecordEnd::from_line(&end.line()), Some(end));
        assert_eq!(RecordEnd::from_line("another note"), None);
    }
}
