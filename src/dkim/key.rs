//! The private key: RSA of 2,048 bits or more (RFC 8301), or Ed25519 (RFC 8463), in PEM form.

use ring::rand::SystemRandom;
use ring::signature::{Ed25519KeyPair, RSA_PKCS1_SHA256, RsaKeyPair};
use rustls::pki_types::PrivateKeyDer;
use rustls::pki_types::pem::PemObject as _;

/// Why a key cannot be used.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum KeyFault {
    /// No private key in it.
    #[error("it holds no private key in PEM form (-----BEGIN PRIVATE KEY-----)")]
    NotPem,
    /// Another kind, or too short.
    #[error("its key is neither RSA of 2,048 to 4,096 bits nor Ed25519")]
    Kind,
    /// The system gave no random numbers, or the key is inconsistent.
    #[error("the key cannot sign")]
    Signing,
}

/// A key that can sign.
pub enum SigningKey {
    /// `rsa-sha256`.
    Rsa(Box<RsaKeyPair>),
    /// `ed25519-sha256`.
    Ed25519(Ed25519KeyPair),
}

impl std::fmt::Debug for SigningKey {
    /// Never the key itself.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "SigningKey({})", self.algorithm())
    }
}

impl SigningKey {
    /// Reads PEM: PKCS#8 of either kind, or PKCS#1 for RSA.
    ///
    /// # Errors
    /// [`KeyFault`].
    pub fn from_pem(pem: &[u8]) -> Result<Self, KeyFault> {
        match PrivateKeyDer::from_pem_slice(pem).map_err(|_| KeyFault::NotPem)? {
            PrivateKeyDer::Pkcs8(der) => {
                let der = der.secret_pkcs8_der();
                // Ed25519 keys made by OpenSSL carry no public half, which the strict reader wants.
                if let Ok(pair) = Ed25519KeyPair::from_pkcs8_maybe_unchecked(der) {
                    return Ok(Self::Ed25519(pair));
                }
                RsaKeyPair::from_pkcs8(der).map(|pair| Self::Rsa(Box::new(pair))).map_err(|_| KeyFault::Kind)
            }
            PrivateKeyDer::Pkcs1(der) => RsaKeyPair::from_der(der.secret_pkcs1_der())
                .map(|pair| Self::Rsa(Box::new(pair)))
                .map_err(|_| KeyFault::Kind),
            _ => Err(KeyFault::Kind),
        }
    }

    /// The word of `a=`.
    #[must_use]
    pub fn algorithm(&self) -> &'static str {
        match self {
            Self::Rsa(_) => "rsa-sha256",
            Self::Ed25519(_) => "ed25519-sha256",
        }
    }

    /// Signs octets. RSA takes the octets and hashes them itself; Ed25519 signs their SHA-256 (RFC 8463 §3).
    pub(crate) fn sign(&self, octets: &[u8]) -> Result<Vec<u8>, KeyFault> {
        match self {
            Self::Rsa(pair) => {
                let mut signature = vec![0; pair.public().modulus_len()];
                pair.sign(&RSA_PKCS1_SHA256, &SystemRandom::new(), octets, &mut signature)
                    .map_err(|_| KeyFault::Signing)?;
                Ok(signature)
            }
            Self::Ed25519(pair) => {
                let digest = <sha2::Sha256 as sha2::Digest>::digest(octets);
                Ok(pair.sign(&digest).as_ref().to_vec())
            }
        }
    }
}
