//! Message-IDs that are the same on every attempt and that nobody can guess.

use data_encoding::BASE32_NOPAD;
use hmac::{Hmac, Mac as _};
use sha2::Sha256;

use crate::compose::error::ComposeError;
use crate::model::{AddressKey, BroadcastKey, Mailing};

/// Octets of the HMAC that are kept: 128 bits.
const KEPT: usize = 16;

/// Names the copies of one mailing of one day.
///
/// A Message-ID is the HMAC-SHA256, with the ledger's secret, over day, mailing, content digest and recipient, in base32,
/// then the date. The digest belongs to it because Exchange drops a second message with the same id: a copy with other
/// content must have another.
#[derive(Clone)]
pub struct MessageIds {
    /// Everything but the recipient has gone in.
    begun: Hmac<Sha256>,
    /// From the dot on.
    end: String,
}

impl MessageIds {
    /// Message-IDs of the copies with this content, on the right side `domain`.
    #[must_use]
    pub fn new(secret: &[u8; 32], key: &BroadcastKey, mailing: Mailing, digest: &str, domain: &str) -> Self {
        // RFC 2104 fills a short key with zeros up to the block; done here, the key has the right length and cannot fail.
        let mut block = [0; 64];
        block[..secret.len()].copy_from_slice(secret);
        let mut begun: Hmac<Sha256> = hmac::digest::KeyInit::new((&block).into());
        for field in [key.week.as_str(), &key.date, &mailing.to_string(), digest] {
            frame(&mut begun, field);
        }
        let date: String = key.date.chars().filter(char::is_ascii_digit).collect();
        let end = if date.is_empty() { format!("@{domain}") } else { format!(".{date}@{domain}") };
        Self { begun, end }
    }

    /// The Message-ID of one recipient's copy, without angle brackets; the same on every attempt.
    #[must_use]
    pub fn of(&self, who: &AddressKey) -> String {
        let mut mac = self.begun.clone();
        frame(&mut mac, who.as_str());
        BASE32_NOPAD.encode(&mac.finalize().into_bytes()[..KEPT]).to_ascii_lowercase() + &self.end
    }
}

/// The length before each field keeps ("a", "bc") and ("ab", "c") apart.
fn frame(mac: &mut Hmac<Sha256>, field: &str) {
    mac.update(&(field.len() as u64).to_be_bytes());
    mac.update(field.as_bytes());
}

/// Checks that something can stand between angle brackets as it is: `left@right` in printable ASCII.
///
/// # Errors
/// [`ComposeError::Identifier`].
pub(in crate::compose) fn check_identifier(value: &str, field: &'static str) -> Result<(), ComposeError> {
    let plain = |c: char| c.is_ascii_graphic() && !"<>()[],;:\\\"@".contains(c);
    let side = |side: &str| !side.is_empty() && side.chars().all(plain);
    let whole = value.split_once('@').is_some_and(|(left, right)| side(left) && side(right));
    // Longer than this, the header line could not be kept whole.
    if whole && value.len() <= 900 { Ok(()) } else { Err(ComposeError::Identifier { field, value: value.to_owned() }) }
}

#[cfg(test)]
mod tests {
    use super::{MessageIds, check_identifier};
    use crate::model::{AddressKey, BroadcastKey, Mailing};

    #[test]
    fn every_field_changes_it_and_nothing_else_does() {
        let key = |week: &str, date: &str| BroadcastKey { week: week.into(), date: date.into() };
        let id = |secret, week: &str, mailing, who: &str, digest| {
            let ids = MessageIds::new(&[secret; 32], &key(week, "2027-03-15"), mailing, digest, "board.example");
            ids.of(&AddressKey::from_stored(who.into()))
        };
        let first = id(1, "week", Mailing::Edition(1), "a@b.example", "d1");
        assert_eq!(first, id(1, "week", Mailing::Edition(1), "a@b.example", "d1"));
        assert!(first.ends_with(".20270315@board.example"), "{first}");
        assert_eq!(first.len(), 26 + 1 + 8 + 1 + 13);
        let others = [
            id(2, "week", Mailing::Edition(1), "a@b.example", "d1"),
            id(1, "weeks", Mailing::Edition(1), "a@b.example", "d1"),
            id(1, "week", Mailing::Edition(2), "a@b.example", "d1"),
            id(1, "week", Mailing::Correction(1), "a@b.example", "d1"),
            id(1, "week", Mailing::Edition(1), "c@b.example", "d1"),
            id(1, "week", Mailing::Edition(1), "a@b.example", "d2"),
        ];
        assert!(others.iter().all(|other| *other != first));
        assert_eq!(check_identifier(&first, "Message-ID"), Ok(()));
    }

    #[test]
    fn identifiers_are_left_at_right() {
        for value in ["", "a", "a@", "@b", "a@b@c", "a b@c", "a@b>", "<a@b>", "a@b\r\nBcc: c", "\u{e9}@b"] {
            assert!(check_identifier(value, "Message-ID").is_err(), "{value:?}");
        }
    }
}
