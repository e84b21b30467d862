//! Pseudonyms: what stands in the ledger for a person who was forgotten. Who has the address can find them, nobody can
//! read the address from them.

use data_encoding::HEXLOWER;
use hmac::{Hmac, Mac as _};
use sha2::Sha256;

use crate::model::address::AddressKey;

/// Keeps the pseudonyms apart from the Message-IDs, which are made with the same secret.
const PURPOSE: &[u8] = b"weekcast: a person who was forgotten\0";

/// Makes pseudonyms: HMAC-SHA256 of the address with the ledger's secret.
#[derive(Clone)]
pub struct Pseudonyms(Hmac<Sha256>);

impl Pseudonyms {
    /// Those of the ledger with this secret.
    #[must_use]
    pub fn new(secret: &[u8; 32]) -> Self {
        // RFC 2104 fills a short key with zeros up to the block; done here, the key has the right length and cannot fail.
        let mut block = [0; 64];
        block[..secret.len()].copy_from_slice(secret);
        let mut begun: Hmac<Sha256> = hmac::digest::KeyInit::new((&block).into());
        begun.update(PURPOSE);
        Self(begun)
    }

    /// The pseudonym of an address. A pseudonym is its own.
    #[must_use]
    pub fn of(&self, who: &AddressKey) -> AddressKey {
        if who.is_pseudonym() {
            return who.clone();
        }
        let mut mac = self.0.clone();
        mac.update(who.as_str().as_bytes());
        AddressKey::pseudonym(&HEXLOWER.encode(&mac.finalize().into_bytes()))
    }
}

#[cfg(test)]
mod tests {
    use super::Pseudonyms;
    use crate::model::{Address, AddressKey};

    #[test]
    fn a_pseudonym_is_no_address_and_hangs_on_the_secret() {
        let key = Address::parse("Asha@board.example").unwrap().key();
        let one = Pseudonyms::new(&[1; 32]);
        let pseudonym = one.of(&key);
        assert!(pseudonym.is_pseudonym() && !key.is_pseudonym());
        assert_eq!(pseudonym.as_str().len(), "forgotten:".len() + 64);
        assert!(Address::parse(pseudonym.as_str()).is_err());
        assert_eq!(pseudonym, one.of(&Address::parse("aSHA@board.example").unwrap().key()));
        assert_eq!(pseudonym, one.of(&pseudonym));
        assert_ne!(pseudonym, Pseudonyms::new(&[2; 32]).of(&key));
        assert_ne!(pseudonym, one.of(&AddressKey::from_stored("ben@board.example".into())));
    }
}
