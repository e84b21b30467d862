//! How large a message may be on the wire.

/// From this many octets on, a warning is due: many public bodies take no more than 10 MB.
pub const WARN_SIZE: usize = 8_000_000;

/// More octets than this and no message is made: Gmail takes 25 MB, and a relay adds its own lines.
pub const MAX_SIZE: usize = 20_000_000;
