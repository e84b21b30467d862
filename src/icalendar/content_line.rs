//! Content lines: escaped text, folded at 75 octets, ended by CRLF (RFC 5545 §3.1 and §3.3.11).

/// The most octets of a line, its end not counted.
const LONGEST: usize = 75;

/// Appends a line whose value is written as it is, such as a date.
pub(crate) fn raw(out: &mut String, name: &str, value: &str) {
    let line = format!("{name}:{value}");
    let mut length = 0;
    for c in line.chars() {
        // Never within a character: a reader may decode each piece by itself.
        if length + c.len_utf8() > LONGEST {
            out.push_str("\r\n ");
            length = 1;
        }
        out.push(c);
        length += c.len_utf8();
    }
    out.push_str("\r\n");
}

/// Appends a line whose value is text.
pub(crate) fn text(out: &mut String, name: &str, value: &str) {
    let mut escaped = String::new();
    for c in value.chars() {
        match c {
            '\\' | ';' | ',' => escaped.extend(['\\', c]),
            '\n' => escaped.push_str("\\n"),
            c if c.is_control() => {}
            c => escaped.push(c),
        }
    }
    raw(out, name, &escaped);
}

#[cfg(test)]
mod tests {
    use super::{raw, text};

    #[test]
    fn text_is_escaped_and_controls_are_left_out() {
        let mut out = String::new();
        text(&mut out, "SUMMARY", "a,b;c\\d\r\ne\u{7}");
        assert_eq!(out, "SUMMARY:a\\,b\\;c\\\\d\\ne\r\n");
    }

    #[test]
    fn lines_fold_at_75_octets_between_characters() {
        for value in ["x".repeat(67), "x".repeat(68), "é".repeat(200), "🌻x".repeat(60), String::new()] {
            let mut out = String::new();
            raw(&mut out, "SUMMARY", &value);
            let lines: Vec<&str> = out.strip_suffix("\r\n").unwrap().split("\r\n").collect();
            assert!(lines.iter().all(|line| line.len() <= 75), "{out}");
            assert!(lines[1..].iter().all(|line| line.starts_with(' ')), "{out}");
            assert_eq!(out.replace("\r\n ", ""), format!("SUMMARY:{value}\r\n"));
            assert_eq!(lines.len() > 1, value.len() > 67, "{value}");
        }
    }
}
