//! What a file is, by its first bytes and its name; the two must agree.

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
const KINDS: [Kind; 22] = [
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
const DANGEROUS: [&str; 41] = [
    "ade", "adp", "app", "bat", "chm", "cmd", "com", "cpl", "dll", "dmg", "docm", "dotm", "exe", "hta", "htm", "html",
    "ins", "iso", "jar", "js", "jse", "lnk", "msc", "msi", "msp", "mst", "pif", "potm", "ppsm", "pptm", "ps1", "py",
    "reg", "scr", "sh", "svg", "url", "vbe", "vbs", "wsf", "xlsm",
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

/// The kind that the first bytes say; ZIP and OLE files are told apart by their names only.
pub(crate) fn by_content(bytes: &[u8]) -> Option<&'static Kind> {
    KINDS.iter().find(|kind| kind.magic.iter().any(|magic| bytes.starts_with(magic)))
}

/// Whether the first bytes are those of the kind.
pub(crate) fn agrees(kind: &Kind, bytes: &[u8]) -> bool {
    kind.magic.is_empty() || kind.magic.iter().any(|magic| bytes.starts_with(magic))
}

/// Why a file must not be attached, whatever it is called.
pub(crate) fn danger(name: &str, bytes: &[u8]) -> Option<String> {
    let endings = endings(name);
    if let Some(ending) = endings.iter().find(|ending| DANGEROUS.contains(&ending.as_str())) {
        return Some(format!("\"{name}\" is of a kind (.{ending}) that mail servers refuse"));
    }
    let [last, before, ..] = endings.as_slice() else { return program(name, bytes) };
    let known = |ending: &str| KINDS.iter().any(|kind| kind.endings.contains(&ending));
    // `report.pdf.docx` hides what it is; `notes.v2.pdf` does not.
    if known(before) && before != last {
        return Some(format!("\"{name}\" has two endings (.{before}.{last})"));
    }
    program(name, bytes)
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
    use super::{agrees, by_content, by_name, danger};

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
            ("a.docx.pdf", b"%PDF-", true),
            ("notes.v2.pdf", b"%PDF-", false),
            ("a.pdf", b"MZ\x90", true),
            ("a.txt", b"#!/bin/sh", true),
            ("a.docm", b"PK\x03\x04", true),
        ] {
            assert_eq!(danger(name, bytes).is_some(), refused, "{name}");
        }
    }
}
