//! Words of a command line as systemd and Windows take them apart again.

use std::fmt::Write as _;

/// A word of `ExecStart=` (systemd.service(5), "COMMAND LINES"): quoted, with C escapes, and with the signs doubled by which
/// systemd fills in specifiers (`%`) and, in arguments, variables (`$`).
pub(in crate::scheduler) fn systemd_word(text: &str, is_argument: bool) -> String {
    let mut out = String::from("\"");
    for c in text.chars() {
        match c {
            '"' | '\\' => {
                out.push('\\');
                out.push(c);
            }
            '%' => out.push_str("%%"),
            '$' if is_argument => out.push_str("$$"),
            c => out.push(c),
        }
    }
    out.push('"');
    let plain = |c: char| c.is_ascii_alphanumeric() || "/._-:=@+,".contains(c);
    if !text.is_empty() && text.chars().all(plain) { text.to_owned() } else { out }
}

/// A path as `ReadWritePaths=` takes it: quoted, backslashes kept as they are, specifiers doubled. A quotation mark cannot
/// stand in it; [`None`] then.
pub(in crate::scheduler) fn systemd_path(path: &str) -> Option<String> {
    let plain = !path.contains(['"', '\'', '\\']);
    plain.then(|| format!("\"{}\"", path.replace('%', "%%")))
}

/// A word of a Windows command line, which the program's own start-up code takes apart: quoted, quotation marks escaped,
/// backslashes doubled where a quotation mark follows.
pub(in crate::scheduler) fn windows_word(text: &str) -> String {
    if !text.is_empty() && !text.contains([' ', '\t', '"']) {
        return text.to_owned();
    }
    let mut out = String::from("\"");
    let mut backslashes = 0;
    for c in text.chars() {
        match c {
            '\\' => backslashes += 1,
            '"' => {
                out.push_str(&"\\".repeat(2 * backslashes + 1));
                backslashes = 0;
                out.push('"');
            }
            c => {
                out.push_str(&"\\".repeat(backslashes));
                backslashes = 0;
                let _ = out.write_char(c);
            }
        }
    }
    out.push_str(&"\\".repeat(2 * backslashes));
    out.push('"');
    out
}

#[cfg(test)]
mod tests {
    use super::{systemd_path, systemd_word, windows_word};

    #[test]
    fn words_of_systemd() {
        for (text, expected) in [
            ("/srv/board", "/srv/board"),
            ("", "\"\""),
            ("/srv/my week", "\"/srv/my week\""),
            ("a\"b\\c'd", "\"a\\\"b\\\\c'd\""),
            ("100%n $HOME", "\"100%%n $$HOME\""),
            ("Z\u{fc}rich", "\"Z\u{fc}rich\""),
            ("~;x", "\"~;x\""),
        ] {
            assert_eq!(systemd_word(text, true), expected);
        }
        assert_eq!(systemd_word("/opt/$x y%z", false), "\"/opt/$x y%%z\"");
        assert_eq!(systemd_path("/srv/my 5%"), Some("\"/srv/my 5%%\"".to_owned()));
        assert_eq!(systemd_path("/srv/a\\b"), None);
    }

    #[test]
    fn words_of_windows() {
        for (text, expected) in [
            ("C:\\board", "C:\\board"),
            ("C:\\my week", "\"C:\\my week\""),
            ("C:\\my week\\", "\"C:\\my week\\\\\""),
            ("a\\\"b c", "\"a\\\\\\\"b c\""),
            ("", "\"\""),
        ] {
            assert_eq!(windows_word(text), expected);
        }
    }
}
