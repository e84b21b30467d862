//! The signature over one message, as a header field that goes before the others.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use sha2::{Digest as _, Sha256};

use crate::dkim::canonical;
use crate::dkim::key::{KeyFault, SigningKey};

/// Fields that are signed where they are there; those that readers see are named once more than they occur, so that
/// nobody can add a second one on the way (RFC 6376 §5.4.2). RFC 8058 §4 wants both of List-Unsubscribe.
const SIGNED: [(&str, bool); 13] = [
    ("From", true),
    ("To", true),
    ("Subject", true),
    ("Date", true),
    ("Reply-To", true),
    ("Message-ID", false),
    ("In-Reply-To", false),
    ("References", false),
    ("MIME-Version", false),
    ("Content-Type", true),
    ("List-Id", false),
    ("List-Unsubscribe", false),
    ("List-Unsubscribe-Post", false),
];

/// The longest line of the field, without its line end.
const LINE: usize = 76;

/// Signs messages of one domain.
#[derive(Debug)]
pub struct Signer {
    domain: String,
    selector: String,
    key: SigningKey,
}

impl Signer {
    /// A signer for `d=domain` and `s=selector`.
    #[must_use]
    pub fn new(domain: impl Into<String>, selector: impl Into<String>, key: SigningKey) -> Self {
        Self { domain: domain.into(), selector: selector.into(), key }
    }

    /// The field `DKIM-Signature: …`, with its line end, to be put before a message. `time` is in seconds since 1970; the
    /// same message and time give the same octets, because neither algorithm is random.
    ///
    /// # Errors
    /// [`KeyFault::Signing`].
    pub fn field(&self, message: &[u8], time: i64) -> Result<String, KeyFault> {
        let (header, body) = split(message);
        let fields = fields(header);
        let names = names(&fields);
        let body_hash = STANDARD.encode(Sha256::digest(canonical::body(body)));
        let mut value = format!(
            " v=1; a={}; c=relaxed/relaxed; d={};\r\n s={}; t={};\r\n",
            self.key.algorithm(),
            self.domain,
            self.selector,
            time.max(0)
        );
        push_names(&mut value, &names);
        value.push_str(&format!(" bh={body_hash};\r\n b="));
        let mut signed = Vec::with_capacity(header.len());
        for (at, name) in names.iter().enumerate() {
            // A name that stands again means the field before the last one, and so on upwards (RFC 6376 §5.4.2).
            let above = names.iter().take(at).filter(|earlier| *earlier == name).count();
            let found = fields.iter().rev().filter(|(field, _)| field.eq_ignore_ascii_case(name.as_bytes())).nth(above);
            if let Some((field, value)) = found {
                canonical::field(field, value, &mut signed);
            }
        }
        canonical::field(b"DKIM-Signature", value.as_bytes(), &mut signed);
        // The field itself is hashed without a line end, its b= empty (RFC 6376 §3.7).
        signed.truncate(signed.len().saturating_sub(2));
        let signature = STANDARD.encode(self.key.sign(&signed)?);
        Ok(format!("DKIM-Signature:{value}{}\r\n", folded(&signature)))
    }
}

/// Header and body, without the empty line between them; a message without one is all header.
fn split(message: &[u8]) -> (&[u8], &[u8]) {
    match message.windows(4).position(|four| four == b"\r\n\r\n") {
        Some(end) => (&message[..end + 2], &message[end + 4..]),
        None => (message, b""),
    }
}

/// Names and values, continuation lines with them.
fn fields(header: &[u8]) -> Vec<(&[u8], &[u8])> {
    let mut starts: Vec<usize> = vec![0];
    let ends = header.iter().enumerate().filter(|(_, byte)| **byte == b'\n').map(|(at, _)| at + 1);
    starts.extend(ends.filter(|next| header.get(*next).is_some_and(|byte| *byte != b' ' && *byte != b'\t')));
    let stops = starts.iter().skip(1).copied().chain([header.len()]);
    starts
        .iter()
        .zip(stops)
        .filter_map(|(start, stop)| {
            let field = header.get(*start..stop)?;
            let colon = field.iter().position(|byte| *byte == b':')?;
            Some((&field[..colon], &field[colon + 1..]))
        })
        .collect()
}

/// The names of `h=`.
fn names(fields: &[(&[u8], &[u8])]) -> Vec<&'static str> {
    let mut names = Vec::new();
    for (name, once_more) in SIGNED {
        let present = fields.iter().filter(|(field, _)| field.eq_ignore_ascii_case(name.as_bytes())).count();
        names.extend(std::iter::repeat_n(name, present + usize::from(once_more)));
    }
    names
}

/// ` h=From:From:…;` in lines.
fn push_names(out: &mut String, names: &[&str]) {
    let mut line = String::from(" h=");
    for (at, name) in names.iter().enumerate() {
        let last = at + 1 == names.len();
        if line.len() + name.len() + 1 > LINE {
            out.push_str(&line);
            out.push_str("\r\n");
            line = String::from(" ");
        }
        line.push_str(name);
        line.push(if last { ';' } else { ':' });
    }
    out.push_str(&line);
    out.push_str("\r\n");
}

/// Base64 in lines; blanks in `b=` do not count (RFC 6376 §3.5).
fn folded(signature: &str) -> String {
    let mut out = String::with_capacity(signature.len() + signature.len() / 20);
    for (at, letter) in signature.chars().enumerate() {
        // The first line begins behind ` b=`.
        if at % (LINE - 3) == 0 && at > 0 {
            out.push_str("\r\n ");
        }
        out.push(letter);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::Signer;
    use crate::dkim::key::{KeyFault, SigningKey};

    const MESSAGE: &[u8] =
        b"From: Board <news@board.example>\r\nTo: <a@b.example>\r\nSubject: A\r\n folded one\r\n\r\nHello \r\n\r\n";

    fn signer() -> Signer {
        let key = rcgen::KeyPair::generate_for(&rcgen::PKCS_ED25519).unwrap();
        Signer::new("board.example", "week", SigningKey::from_pem(key.serialize_pem().as_bytes()).unwrap())
    }

    #[test]
    fn the_field_names_what_is_signed_and_is_the_same_each_time() {
        let signer = signer();
        let field = signer.field(MESSAGE, 1_805_000_000).unwrap();
        assert_eq!(field, signer.field(MESSAGE, 1_805_000_000).unwrap());
        assert!(field.starts_with(
            "DKIM-Signature: v=1; a=ed25519-sha256; c=relaxed/relaxed; d=board.example;\r\n s=week; t=1805000000;\r\n \
             h=From:From:To:To:Subject:Subject:Date:Reply-To:Content-Type;\r\n bh="
        ), "{field}");
        assert!(field.lines().all(|line| line.len() <= 78), "{field}");
        // What a relay may change does not matter, a word does.
        let b = |message: &[u8]| signer.field(message, 1).unwrap();
        let folded_anew = String::from_utf8_lossy(MESSAGE).replace("A\r\n folded", "A folded");
        assert_eq!(b(folded_anew.as_bytes()), b(MESSAGE));
        assert_ne!(b(String::from_utf8_lossy(MESSAGE).replace("Hello", "Hallo").as_bytes()), b(MESSAGE));
    }

    #[test]
    fn keys_of_other_kinds_are_refused_in_words() {
        let ecdsa = rcgen::KeyPair::generate_for(&rcgen::PKCS_ECDSA_P256_SHA256).unwrap().serialize_pem();
        assert_eq!(SigningKey::from_pem(ecdsa.as_bytes()).unwrap_err(), KeyFault::Kind);
        assert_eq!(SigningKey::from_pem(b"hello").unwrap_err(), KeyFault::NotPem);
    }
}
