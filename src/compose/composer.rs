//! The composer: encodes a broadcast once, then joins one recipient's copy at a time.

use crate::compose::error::ComposeError;
use crate::compose::frame::Frame;
use crate::compose::header::{Header, closing, opening, push_own};
use crate::compose::quoted_printable::{push_piece, push_text};
use crate::compose::scan;
use crate::compose::size::MAX_SIZE;
use crate::compose::stamp::Stamp;
use crate::model::{Address, Envelope, Material, Merged, Message, Piece, Recipient};

/// Room for the recipient's own lines of the header.
const OWN_LINES: usize = 768;

/// Longer ones may not stand in ENVID (RFC 3461 §4.4).
const LONGEST_ENVELOPE_ID: usize = 100;

/// One broadcast with everything encoded that is the same for all recipients.
pub struct Composer {
    sender: Address,
    header_opening: String,
    header_closing: String,
    frame: Frame,
    text: Vec<Vec<u8>>,
    html: Vec<Vec<u8>>,
}

impl Composer {
    /// Encodes and scans what all copies share.
    ///
    /// # Errors
    /// [`ComposeError`] for a value that cannot stand in a message, or when pictures and attachments alone are too large.
    pub fn new(material: &Material, header: &Header<'_>) -> Result<Self, ComposeError> {
        let frame = Frame::new(material)?;
        let header_closing = closing(header)? + &frame.content_type;
        let encode = |pieces: &[String]| -> Vec<Vec<u8>> { pieces.iter().map(|piece| encoded(piece)).collect() };
        let composer = Self {
            sender: header.sender.address.clone(),
            header_opening: opening(header)?,
            header_closing,
            frame,
            text: encode(&material.text),
            html: encode(&material.html),
        };
        check_size(composer.frame_size())?;
        let stretches = [&composer.frame.opening, &composer.frame.middle, &composer.frame.closing];
        for stretch in stretches.into_iter().chain(&composer.text).chain(&composer.html) {
            scan::octets(stretch)?;
        }
        Ok(composer)
    }

    /// One recipient's copy, ready for the wire.
    ///
    /// # Errors
    /// [`ComposeError`]: a hostile value, a piece that the material does not have, a message that is too large, or a flaw
    /// that the final scan found. A message with any of these is never returned.
    pub fn compose(&self, merged: &Merged, recipient: &Recipient, stamp: &Stamp<'_>) -> Result<Message, ComposeError> {
        self.compose_into(Vec::new(), merged, recipient, stamp)
    }

    /// The same, with its octets in a buffer that was used before; what was in it is forgotten.
    ///
    /// # Errors
    /// As [`Self::compose`].
    pub fn compose_into(
        &self,
        mut bytes: Vec<u8>,
        merged: &Merged,
        recipient: &Recipient,
        stamp: &Stamp<'_>,
    ) -> Result<Message, ComposeError> {
        let mut head = String::with_capacity(self.header_opening.len() + OWN_LINES + self.header_closing.len());
        head.push_str(&self.header_opening);
        push_own(&mut head, recipient, &merged.subject, stamp)?;
        head.push_str(&self.header_closing);
        scan::header(head.as_bytes())?;
        scan::recipient(head.as_bytes(), recipient.address.as_str())?;

        let bodies = room(&merged.text, &self.text) + room(&merged.html, &self.html);
        // An upper bound, so that the octets are never moved; a hostile length reserves no more than a message may have.
        let room = head.len() + self.frame_size() + bodies;
        bytes.clear();
        bytes.reserve(room.min(MAX_SIZE));
        bytes.extend_from_slice(head.as_bytes());
        bytes.extend_from_slice(&self.frame.opening);
        push_body(&mut bytes, &merged.text, &self.text, "plain text")?;
        bytes.extend_from_slice(&self.frame.middle);
        push_body(&mut bytes, &merged.html, &self.html, "HTML")?;
        bytes.extend_from_slice(&self.frame.closing);
        check_size(bytes.len())?;
        let envelope = Envelope {
            reverse_path: self.sender.clone(),
            forward_path: recipient.address.clone(),
            // The Message-ID again: who returns only the envelope id has still said which message it was.
            envelope_id: Some(stamp.message_id.to_owned()).filter(|id| id.len() <= LONGEST_ENVELOPE_ID),
        };
        Ok(Message { envelope, bytes })
    }

    fn frame_size(&self) -> usize {
        self.frame.opening.len() + self.frame.middle.len() + self.frame.closing.len()
    }
}

fn encoded(piece: &str) -> Vec<u8> {
    let mut out = Vec::with_capacity(piece.len() + piece.len() / 16);
    push_text(&mut out, piece);
    out
}

/// At least as many octets as the pieces take: a merged one at most triples, plus its soft line breaks.
fn room(pieces: &[Piece], fixed: &[Vec<u8>]) -> usize {
    let of = |piece: &Piece| match piece {
        Piece::Fixed(index) => fixed.get(*index).map_or(0, Vec::len) + 3,
        Piece::Merged(value) => value.len() * 3 + value.len() / 8 + 9,
    };
    pieces.iter().map(of).sum()
}

/// Joins the pieces of one text; merged ones are encoded and scanned here, the others were in [`Composer::new`].
fn push_body(out: &mut Vec<u8>, pieces: &[Piece], fixed: &[Vec<u8>], part: &'static str) -> Result<(), ComposeError> {
    for piece in pieces {
        match piece {
            Piece::Fixed(index) => {
                let encoded = fixed.get(*index).ok_or(ComposeError::Piece { part, index: *index })?;
                push_piece(out, encoded);
            }
            Piece::Merged(value) => {
                let start = out.len();
                push_text(out, value);
                // A soft line break at the seam comes first; what follows it begins a line.
                scan::octets(&out[start..])?;
            }
        }
    }
    Ok(())
}

fn check_size(size: usize) -> Result<(), ComposeError> {
    if size > MAX_SIZE { Err(ComposeError::TooLarge { size, limit: MAX_SIZE }) } else { Ok(()) }
}

#[cfg(test)]
mod tests;
