//! File names of attachments: made safe, and written into Content-Disposition (RFC 2183, RFC 2231).

use crate::compose::encoded_word::column;
use crate::compose::error::ComposeError;
use crate::compose::mailbox::refuse_hidden;

/// Lines of the header are kept to so many octets.
const LINE: usize = 76;
/// A quoted name is kept on one line.
const LONGEST_QUOTED: usize = 60;

/// The last part of a name, without what no file system takes: a path, `<>:"|?*`, a leading or trailing dot or space.
/// Never empty.
#[must_use]
pub fn safe_file_name(name: &str) -> String {
    let base = name.rsplit(['/', '\\']).find(|part| !part.trim().is_empty()).unwrap_or_default();
    let base: String = base.chars().map(|c| if c.is_control() || "<>:\"|?*".contains(c) { '-' } else { c }).collect();
    let trimmed = base.trim().trim_end_matches(['.', ' ']).trim_start_matches(['.', ' ']);
    if trimmed.is_empty() { "attachment".to_owned() } else { trimmed.to_owned() }
}

/// Appends a Content-Disposition line with its line end; the name is made safe first.
///
/// ASCII names stand in quotes; others only in the extended form, because readers disagree on which of two to show.
///
/// # Errors
/// [`ComposeError::Control`] when the name holds a line break, another control character or an override of the reading
/// direction (`annex\u{202e}fdp.exe`).
pub(in crate::compose) fn push_disposition(out: &mut String, kind: &str, name: &str) -> Result<(), ComposeError> {
    refuse_hidden(name, "file name")?;
    let name = safe_file_name(name);
    out.push_str("Content-Disposition: ");
    out.push_str(kind);
    // A per cent sign or `=?` in quotes would be decoded by some readers although it should not be.
    let plain = name.bytes().all(|byte| matches!(byte, b' '..=b'~') && byte != b'%') && !name.contains("=?");
    if plain && name.len() <= LONGEST_QUOTED {
        push_parameter(out, &format!("filename=\"{name}\""));
    } else {
        push_extended(out, &name);
    }
    out.push_str("\r\n");
    Ok(())
}

/// RFC 2231 §4, and §3 where one line is too short; every line holds whole characters.
fn push_extended(out: &mut String, name: &str) {
    let characters: Vec<String> = name.chars().map(percent_encoded).collect();
    let whole = format!("filename*=utf-8''{}", characters.concat());
    if whole.len() + 2 <= LINE {
        push_parameter(out, &whole);
        return;
    }
    let (mut number, mut part) = (0, String::from("filename*0*=utf-8''"));
    for character in &characters {
        if part.len() + character.len() + 2 > LINE {
            push_parameter(out, &part);
            number += 1;
            part = format!("filename*{number}*=");
        }
        part.push_str(character);
    }
    push_parameter(out, &part);
}

fn push_parameter(out: &mut String, parameter: &str) {
    out.push(';');
    out.push_str(if column(out) + 2 + parameter.len() > LINE { "\r\n " } else { " " });
    out.push_str(parameter);
}

/// A character as `attribute-char` of RFC 2231 §7 or as percent-encoded octets.
fn percent_encoded(c: char) -> String {
    if c.is_ascii_alphanumeric() || "!#$&+-.^_`{|}~".contains(c) {
        return c.to_string();
    }
    let mut octets = [0; 4];
    c.encode_utf8(&mut octets).bytes().map(|byte| format!("%{byte:02X}")).collect()
}

#[cfg(test)]
mod tests {
    use super::{push_disposition, safe_file_name};
    use crate::compose::error::ComposeError;

    fn disposition(name: &str) -> Result<String, ComposeError> {
        let mut out = String::new();
        push_disposition(&mut out, "attachment", name).map(|()| out)
    }

    #[test]
    fn names_are_base_names_that_any_file_system_takes() {
        for (name, expected) in [
            ("flow-chart.pdf", "flow-chart.pdf"),
            ("../../etc/passwd", "passwd"),
            ("C:\\Users\\a\\Plan v2.docx", "Plan v2.docx"),
            ("what?.pdf", "what-.pdf"),
            ("..", "attachment"),
            ("", "attachment"),
            ("folder/", "folder"),
            (".htaccess", "htaccess"),
            ("a.pdf. ", "a.pdf"),
        ] {
            assert_eq!(safe_file_name(name), expected, "{name}");
        }
    }

    #[test]
    fn ascii_names_are_quoted_and_others_extended() {
        for (name, expected) in [
            ("flow chart.pdf", "Content-Disposition: attachment; filename=\"flow chart.pdf\"\r\n"),
            ("caf\u{e9}.pdf", "Content-Disposition: attachment; filename*=utf-8''caf%C3%A9.pdf\r\n"),
            ("100%.pdf", "Content-Disposition: attachment; filename*=utf-8''100%25.pdf\r\n"),
        ] {
            assert_eq!(disposition(name).as_deref(), Ok(expected));
        }
        assert_eq!(disposition("a\r\nBcc: x.pdf"), Err(ComposeError::Control("file name")));
        assert_eq!(disposition("annex\u{202e}fdp.exe"), Err(ComposeError::Control("file name")));
        let long = disposition(&format!("{}.pdf", "\u{1f9d1}".repeat(40))).unwrap();
        assert!(long.lines().count() > 5 && long.lines().all(|line| line.len() <= 76), "{long}");
        assert!(long.contains("\r\n filename*1*=%F0"), "{long}");
    }
}
