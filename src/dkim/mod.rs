//! DKIM signatures (RFC 6376) for organisations without a relay that signs: the settings, the key, and the header field.
//!
//! Written here, over `ring` for the arithmetic, because the crates for it take the time from the system and change with
//! it; a copy that is sent again must have the same octets, so `t=` is the message's own `Date`.

#[cfg(feature = "dkim")]
mod canonical;
#[cfg(feature = "dkim")]
mod key;
mod settings;
#[cfg(feature = "dkim")]
mod signer;

#[cfg(feature = "dkim")]
pub use key::{KeyFault, SigningKey};
pub use settings::DkimSettings;
#[cfg(feature = "dkim")]
pub use signer::Signer;
