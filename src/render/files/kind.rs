//! What a file is, by its first bytes and its name; the two must agree.

use crate::media;

/// A kind of file that may be attached.
pub(crate) struct Kind {
    /// Its endings in lower case.
    endings: &'static [&'static str],
    /// Media type.
    pub(crate) media_type: &'static str,
    /// For people.
    pub(crate) words: &'static str,
    /// First bytes, where the format has such.
    magic: &'static [&'static [u8]],
}

const ZIP: &[&[u8]] = &[b"PK\x03\x04", b"PK\x05\x06"];
const OLE: &[&[u8]] = &[b"\xD0\xCF\x11\xE0"];

/// What boards attach. Everything else goes as `application/octet-stream`, if it is harmless.
const KINDS: [Kind; 25] = [
    kind(&["pdf"], "application/pdf", "PDF", &[b"%PDF-"]),
    kind(&["png"], "image/png", "PNG picture", &[b"\x89PNG\r\n\x1a\n"]),
    kind(&["jpg", "jpeg"], "image/jpeg", "JPEG picture", &[b"\xFF\xD8\xFF"]),
    kind(&["gif"], "image/gif", "GIF picture", &[b"GIF87a", b"GIF89a"]),
    kind(&["docx"], "application/vnd.openxmlformats-officedocument.wordprocessingml.document", "Word document", ZIP),
    kind(&["xlsx"], "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "Excel workbook", ZIP),
    kind(
        &["pptx"],
        "application/vnd.openxmlformats-officedocument.presentationml.presentation",
        "PowerPoint slides",
        ZIP,
    ),
    kind(&["odt"], "application/vnd.oasis.opendocument.text", "OpenDocument text", ZIP),
    kind(&["ods"], "application/vnd.oasis.opendocument.spreadsheet", "OpenDocument spreadsheet", ZIP),
    kind(&["odp"], "application/vnd.oasis.opendocument.presentation", "OpenDocument slides", ZIP),
    kind(&["doc"], "application/msword", "Word document", OLE),
    kind(&["xls"], "application/vnd.ms-excel", "Excel workbook", OLE),
    kind(&["ppt"], "application/vnd.ms-powerpoint", "PowerPoint slides", OLE),
    // Those with macros; a rule of their own speaks about them.
    kind(&["docm", "dotm"], "application/vnd.ms-word.document.macroEnabled.12", "Word document with macros", ZIP),
    kind(&["xlsm", "xltm"], "application/vnd.ms-excel.sheet.macroEnabled.12", "Excel workbook with macros", ZIP),
    kind(
        &["pptm", "potm", "ppsm"],
        "application/vnd.ms-powerpoint.presentation.macroEnabled.12",
        "PowerPoint slides with macros",
        ZIP,
    ),
    kind(&["rtf"], "application/rtf", "RTF document", &[b"{\\rtf"]),
    kind(&["txt"], "text/plain", "text", &[]),
    kind(&["csv"], "text/csv", "CSV table", &[]),
    kind(&["ics"], "text/calendar", "calendar entry", &[b"BEGIN:VCALENDAR", b"\xEF\xBB\xBFBEGIN:VCALENDAR"]),
    kind(&["vcf"], "text/vcard", "contact card", &[b"BEGIN:VCARD", b"\xEF\xBB\xBFBEGIN:VCARD"]),
    kind(&["webp"], "image/webp", "WebP picture", &[b"RIFF"]),
    kind(&["mp3"], "audio/mpeg", "MP3 recording", &[]),
    kind(&["mp4"], "video/mp4", "MP4 film", &[]),
    kind(&["epub"], "application/epub+zip", "EPUB book", ZIP),
];

/// Endings that mail gateways refuse or that run when opened (the list that Outlook blocks, shortened to what occurs).
const DANGEROUS: [&str; 35] = [
    "ade", "adp", "app", "bat", "chm", "cmd", "com", "cpl", "dll", "dmg", "exe", "hta", "htm", "html", "ins", "iso",
    "jar", "js", "jse", "lnk", "msc", "msi", "msp", "mst", "pif", "ps1", "py", "reg", "scr", "sh", "svg", "url", "vbe",
    "vbs", "wsf",
];

const fn kind(
    endings: &'static [&'static str],
    media_type: &'static str,
    words: &'static str,
    magic: &'static [&'static [u8]],
) -> Kind {
    Kind { endings, media_type, words, magic }
}

impl Kind {
    /// Its usual ending.
    pub(crate) fn ending(&self) -> &'static str {
        self.endings.first().copied().unwrap_or_default()
    }

    /// The kind of a picture that every mail program shows.
    pub(crate) fn is_inline_picture(&self) -> bool {
        matches!(self.media_type, "image/png" | "image/jpeg" | "image/gif")
    }
}

/// The endings of a file's name in lower case, last first.
pub(crate) fn endings(name: &str) -> Vec<String> {
    let base = name.rsplit('/').next().unwrap_or(name);
    let mut endings: Vec<String> = base.split('.').skip(1).map(|part| part.trim().to_lowercase()).collect();
    endings.reverse();
    endings
}

/// The kind that the ending of a name says.
pub(crate) fn by_name(name: &str) -> Option<&'static Kind> {
    let ending = endings(name).into_iter().next()?;
    KINDS.iter().find(|kind| kind.endings.contains(&ending.as_str()))
}

/// The kind that the content says. Old Office files are told apart by their names only, and ZIP archives that are no
/// Office files have no kind.
pub(crate) fn by_content(bytes: &[u8]) -> Option<&'static Kind> {
    if bytes.starts_with(b"PK") {
        let ending = media::office_kind(bytes)?;
        return KINDS.iter().find(|kind| kind.endings.contains(&ending));
    }
    if bytes.starts_with(b"RIFF") && bytes.get(8..12) != Some(b"WEBP") {
        return None;
    }
    let own = |kind: &&Kind| kind.magic.iter().any(|magic| bytes.starts_with(magic));
    KINDS.iter().filter(|kind| kind.magic != OLE).find(own)
}

/// Whether the content is that of the kind, as far as can be told.
pub(crate) fn agrees(kind: &Kind, bytes: &[u8]) -> bool {
    if kind.magic == ZIP && media::is_locked(bytes) {
        return true; // A locked Office file is of the old form outside.
    }
    let own = kind.magic.is_empty() || kind.magic.iter().any(|magic| bytes.starts_with(magic));
    own && by_content(bytes).is_none_or(|real| real.media_type == kind.media_type || is_macro_form(kind, real))
}

/// A document with macros is inside what one without is.
fn is_macro_form(named: &Kind, real: &Kind) -> bool {
    named.words.strip_suffix(" with macros") == Some(real.words)
}

/// Why a file must not be attached, whatever it is called.
pub(crate) fn danger(name: &str, bytes: &[u8]) -> Option<String> {
    let endings = endings(name);
    if let Some(ending) = endings.iter().find(|ending| DANGEROUS.contains(&ending.as_str())) {
        return Some(format!("\"{name}\" is of a kind (.{ending}) that mail servers refuse"));
    }
    program(name, bytes)
}

/// The two endings of a name such as `report.pdf.docx`, which hides what it is; `notes.v2.pdf` does not.
pub(crate) fn two_endings(name: &str) -> Option<String> {
    let endings = endings(name);
    let [last, before, ..] = endings.as_slice() else { return None };
    let known = |ending: &str| KINDS.iter().any(|kind| kind.endings.contains(&ending));
    (known(before) && before != last).then(|| format!(".{before}.{last}"))
}

fn program(name: &str, bytes: &[u8]) -> Option<String> {
    let programs: [&[u8]; 7] = [
        b"MZ",
        b"\x7FELF",
        b"#!",
        b"\xCF\xFA\xED\xFE",
        b"\xCE\xFA\xED\xFE",
        b"\xCA\xFE\xBA\xBE",
        b"L\0\0\0\x01\x14\x02\0",
    ];
    programs.iter().any(|magic| bytes.starts_with(magic)).then(|| format!("\"{name}\" is a program"))
}

#[cfg(test)]
mod tests {
    use super::{agrees, by_content, by_name, danger, two_endings};

    #[test]
    fn kinds_go_by_name_and_content() {
        assert_eq!(by_name("A.PDF").map(|k| k.media_type), Some("application/pdf"));
        assert_eq!(by_content(b"GIF89a...").map(|k| k.media_type), Some("image/gif"));
        assert!(by_name("plan").is_none() && by_name("a.xyz").is_none());
        assert!(!agrees(by_name("a.pdf").unwrap(), b"<html>"));
        for (name, bytes, refused) in [
            ("a.exe", &b"x"[..], true),
            ("a.pdf.exe", b"%PDF-", true),
            ("a.exe.pdf", b"%PDF-", true),
            ("a.docx.pdf", b"%PDF-", false),
            ("a.pdf", b"MZ\x90", true),
            ("a.txt", b"#!/bin/sh", true),
        ] {
            assert_eq!(danger(name, bytes).is_some(), refused, "{name}");
        }
        assert_eq!(two_endings("letter.DOC.pdf").as_deref(), Some(".doc.pdf"));
        assert!(["notes.v2.pdf", "a.pdf.pdf", "a.pdf", ".pdf", ""].iter().all(|name| two_endings(name).is_none()));
    }
}
