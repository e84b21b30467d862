//! The MIME structure around the two texts (RFC 2046): everything of it is the same for all copies.
//!
//! `mixed > alternative > (text/plain, related > (text/html, pictures))`, attachments last. A text-only reader then shows
//! no stray pictures, and RFC 2387 means it so. Levels that would hold one part only are left out.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use lettre::message::header::ContentType;

use crate::compose::error::ComposeError;
use crate::compose::file_name::push_disposition;
use crate::compose::message_id::check_identifier;
use crate::model::{AttachedFile, Material, Picture};

/// Octets that make one line of 76 characters (RFC 2045 §6.8).
const BASE64_LINE: usize = 57;

/// The stretches before, between and after the texts.
pub(in crate::compose) struct Frame {
    /// Content-Type of the message and the empty line that ends the header.
    pub(in crate::compose) content_type: String,
    /// From there to the plain text.
    pub(in crate::compose) opening: Vec<u8>,
    /// From the plain text to the HTML.
    pub(in crate::compose) middle: Vec<u8>,
    /// Everything after the HTML.
    pub(in crate::compose) closing: Vec<u8>,
}

/// The names of the levels. `=_` can stand neither in quoted-printable nor in base64, so no content can hold a boundary.
struct Boundaries {
    mixed: String,
    alternative: String,
    related: String,
}

impl Frame {
    /// Encodes pictures and attachments, once.
    ///
    /// # Errors
    /// [`ComposeError`] for names, Content-IDs and media types that cannot stand in a header.
    pub(in crate::compose) fn new(material: &Material) -> Result<Self, ComposeError> {
        let boundaries = Boundaries::new(material);
        let alternative = format!("multipart/alternative;\r\n boundary=\"{}\"", boundaries.alternative);
        let (content_type, mut opening) = if material.attachments.is_empty() {
            (alternative, String::new())
        } else {
            let mixed = format!("multipart/mixed;\r\n boundary=\"{}\"", boundaries.mixed);
            (mixed, format!("--{}\r\nContent-Type: {alternative}\r\n\r\n", boundaries.mixed))
        };
        opening.push_str(&format!("--{}\r\n{}", boundaries.alternative, text_header("plain")));

        let mut middle = format!("\r\n--{}\r\n", boundaries.alternative);
        if !material.pictures.is_empty() {
            middle.push_str(&format!(
                "Content-Type: multipart/related; type=\"text/html\";\r\n boundary=\"{0}\"\r\n\r\n--{0}\r\n",
                boundaries.related
            ));
        }
        middle.push_str(&text_header("html"));

        Ok(Self {
            content_type: format!("Content-Type: {content_type}\r\n\r\n"),
            opening: opening.into_bytes(),
            middle: middle.into_bytes(),
            closing: closing(material, &boundaries)?.into_bytes(),
        })
    }
}

impl Boundaries {
    fn new(material: &Material) -> Self {
        let digest: String = material.digest.hex.chars().filter(char::is_ascii_alphanumeric).take(24).collect();
        let name = |level: &str| format!("=_{level}_{digest}");
        Self { mixed: name("mixed"), alternative: name("alternative"), related: name("related") }
    }
}

fn text_header(subtype: &str) -> String {
    format!("Content-Type: text/{subtype}; charset=utf-8\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n")
}

fn closing(material: &Material, boundaries: &Boundaries) -> Result<String, ComposeError> {
    let octets: usize = material.pictures.iter().map(|picture| picture.bytes.len()).sum::<usize>()
        + material.attachments.iter().map(|file| file.bytes.len()).sum::<usize>();
    let mut out = String::with_capacity(octets / 3 * 4 + octets / 28 + 4096);
    out.push_str("\r\n");
    for picture in &material.pictures {
        out.push_str(&format!("--{}\r\n", boundaries.related));
        push_picture(&mut out, picture)?;
    }
    if !material.pictures.is_empty() {
        out.push_str(&format!("--{}--\r\n", boundaries.related));
    }
    out.push_str(&format!("--{}--\r\n", boundaries.alternative));
    for file in &material.attachments {
        out.push_str(&format!("--{}\r\n", boundaries.mixed));
        push_attachment(&mut out, file)?;
    }
    if !material.attachments.is_empty() {
        out.push_str(&format!("--{}--\r\n", boundaries.mixed));
    }
    Ok(out)
}

fn push_picture(out: &mut String, picture: &Picture) -> Result<(), ComposeError> {
    check_identifier(&picture.content_id, "Content-ID")?;
    out.push_str(&format!("Content-Type: {}\r\nContent-ID: <{}>\r\n", picture.media_type, picture.content_id));
    push_disposition(out, "inline", &picture.name)?;
    push_base64(out, &picture.bytes);
    Ok(())
}

fn push_attachment(out: &mut String, file: &AttachedFile) -> Result<(), ComposeError> {
    out.push_str(&format!("Content-Type: {}\r\n", attachment_type(file)?));
    push_disposition(out, "attachment", &file.name)?;
    push_base64(out, &file.bytes);
    Ok(())
}

/// The media type as it can stand with base64: text with its charset, and a message as plain octets, because
/// `message/rfc822` may not be encoded (RFC 2046 §5.2.1).
fn attachment_type(file: &AttachedFile) -> Result<String, ComposeError> {
    let fault = || ComposeError::MediaType(file.media_type.clone());
    let printable = file.media_type.bytes().all(|byte| matches!(byte, b' '..=b'~')) && file.media_type.len() <= 200;
    ContentType::parse(&file.media_type).ok().filter(|_| printable).ok_or_else(fault)?;
    let lower = file.media_type.to_ascii_lowercase();
    if lower.starts_with("message/") || lower.starts_with("multipart/") {
        return Ok("application/octet-stream".to_owned());
    }
    let no_charset = lower.starts_with("text/") && !lower.contains("charset");
    if no_charset && std::str::from_utf8(&file.bytes).is_ok() {
        return Ok(format!("{}; charset=utf-8", file.media_type));
    }
    Ok(file.media_type.clone())
}

/// The end of the part's header and its content, always with a line end.
fn push_base64(out: &mut String, octets: &[u8]) {
    out.push_str("Content-Transfer-Encoding: base64\r\n\r\n");
    for line in octets.chunks(BASE64_LINE) {
        STANDARD.encode_string(line, out);
        out.push_str("\r\n");
    }
    if octets.is_empty() {
        out.push_str("\r\n");
    }
}

#[cfg(test)]
mod tests {
    use super::{attachment_type, push_base64};
    use crate::model::AttachedFile;

    #[test]
    fn media_types_fit_base64() {
        let of = |media_type: &str, bytes: &[u8]| {
            let file =
                AttachedFile { name: "a".into(), title: None, media_type: media_type.into(), bytes: bytes.into() };
            attachment_type(&file).ok()
        };
        for (given, bytes, expected) in [
            ("application/pdf", &b"%PDF"[..], Some("application/pdf")),
            ("text/calendar; method=PUBLISH", b"x", Some("text/calendar; method=PUBLISH; charset=utf-8")),
            ("text/csv", b"caf\xe9", Some("text/csv")),
            ("text/csv; charset=windows-1252", b"a", Some("text/csv; charset=windows-1252")),
            ("message/rfc822", b"a", Some("application/octet-stream")),
            ("nonsense", b"a", None),
            ("text/plain\r\nBcc: a@b.example", b"a", None),
        ] {
            assert_eq!(of(given, bytes).as_deref(), expected, "{given}");
        }
    }

    #[test]
    fn base64_stands_in_lines_of_76() {
        let mut out = String::new();
        push_base64(&mut out, &[0; 100]);
        assert_eq!(out.lines().skip(2).map(str::len).collect::<Vec<_>>(), [76, 60]);
    }
}
