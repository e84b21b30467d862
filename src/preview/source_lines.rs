//! The message's octets as numbered lines of a page; what is only a file in base64 is cut short.

use std::fmt::Write as _;

/// Lines of base64 in a row that are shown in full; of more, the first and the last.
const SHORT: usize = 6;
/// RFC 2045 §6.8: an encoded line has at most 76 characters; ours have all of them.
const BASE64_LINE: usize = 76;

/// The lines as HTML, each in an element of its own, which carries its number.
pub(in crate::preview) fn source_lines(eml: &[u8]) -> String {
    let text = String::from_utf8_lossy(eml);
    let lines: Vec<&str> = text.split_terminator('\n').map(|line| line.strip_suffix('\r').unwrap_or(line)).collect();
    let mut out = String::with_capacity(text.len().min(1 << 20));
    let mut index = 0;
    while let Some(line) = lines.get(index) {
        let run = lines[index..].iter().take_while(|line| is_base64(line)).count();
        push_line(&mut out, index + 1, line);
        if run > SHORT {
            let left_out = run - 2;
            let _ = write!(out, "<span class=\"gap\">{left_out} more lines of this file</span>");
            index += left_out;
        }
        index += 1;
    }
    out
}

fn is_base64(line: &str) -> bool {
    line.len() == BASE64_LINE && line.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"+/=".contains(&byte))
}

fn push_line(out: &mut String, number: usize, line: &str) {
    let _ = write!(out, "<span class=\"line\" data-number=\"{number}\">");
    for character in line.chars() {
        match character {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#x27;"),
            // A control character is shown by its picture (U+2400…), so that it can neither hide nor do anything.
            '\0'..='\u{1f}' => out.push(char::from_u32(0x2400 + u32::from(character)).unwrap_or('\u{fffd}')),
            '\u{7f}' => out.push('\u{2421}'),
            _ => out.push(character),
        }
    }
    out.push_str("</span>");
}

#[cfg(test)]
mod tests {
    use super::source_lines;

    #[test]
    fn lines_are_numbered_and_harmless() {
        let shown = source_lines(b"Subject: <b>\r\n\r\n\x1b[2J \xff&\"\r\n");
        let expected = [
            "<span class=\"line\" data-number=\"1\">Subject: &lt;b&gt;</span>",
            "<span class=\"line\" data-number=\"2\"></span>",
            "<span class=\"line\" data-number=\"3\">\u{241b}[2J \u{fffd}&amp;&quot;</span>",
        ];
        assert_eq!(shown, expected.concat());
    }

    #[test]
    fn a_long_file_is_cut_short_and_the_numbers_go_on() {
        let base64 = format!("{}\r\n", "A".repeat(76)).repeat(1_000);
        let shown = source_lines(format!("one\r\n\r\n{base64}end==\r\n").as_bytes());
        assert!(shown.contains("<span class=\"gap\">998 more lines of this file</span>"), "{shown}");
        assert!(shown.contains("data-number=\"1002\">AAA") && shown.contains("data-number=\"1003\">end==<"));
        assert_eq!(shown.matches("<span").count(), 6);
    }
}
