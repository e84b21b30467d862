//! The mails of a path, read down to what they say: nothing else of them is kept.

use std::path::Path;

use data_encoding::HEXLOWER;
use sha2::{Digest as _, Sha256};

use crate::app::fault::Fault;
use crate::bounce::{LONGEST_MAIL, MailsError, Mailto, Report, classify, each_mail};
use crate::exit::Exit;

/// A mail that was read.
pub(crate) struct Reading {
    /// Its name for people.
    pub(crate) file: String,
    /// What it is known again by.
    pub(crate) hash: String,
    /// What it says.
    pub(crate) report: Report,
}

impl Reading {
    /// Reads a mail. Its hash does not depend on line ends, which differ between a file and a mailbox.
    pub(crate) fn new(file: String, mail: &[u8], mailto: Option<&Mailto>) -> Self {
        let mut hash = Sha256::new();
        let end = mail.iter().rposition(|byte| !byte.is_ascii_whitespace()).map_or(0, |at| at + 1);
        for piece in mail.get(..end).unwrap_or(mail).split(|byte| *byte == b'\r') {
            hash.update(piece);
        }
        Self { file, hash: HEXLOWER.encode(&hash.finalize()), report: classify(mail, mailto) }
    }
}

/// Reads what a path holds. Returns also what could not be read, in words.
///
/// # Errors
/// [`Fault`] 66 where there is nothing, 74 where it cannot be read.
pub(crate) fn from_path(path: &Path, mailto: Option<&Mailto>) -> Result<(Vec<Reading>, Vec<String>), Fault> {
    let mut readings = Vec::new();
    let faults = each_mail(path, LONGEST_MAIL, &mut |file, mail| readings.push(Reading::new(file, mail, mailto)));
    let faults = faults.map_err(|error| match &error {
        MailsError::Unreadable { cause, .. } => Fault::new(Exit::Io, format!("{error}: {cause}"))
            .help("look who may read it, then give the same command again"),
        _ => Fault::new(Exit::NoInput, error.to_string())
            .help("name an .eml file, an mbox file, a Maildir, a folder of these, or a mailbox as imaps://…"),
    })?;
    let words = faults.iter().map(|error| {
        let cause = std::error::Error::source(error).map_or_else(String::new, |cause| format!(": {cause}"));
        format!("{error}{cause}")
    });
    Ok((readings, words.collect()))
}
