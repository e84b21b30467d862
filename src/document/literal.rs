//! A TOML string literal (TOML 1.1, "String") to its value and the map from offsets in the value to offsets in the
//! file: `'…'`, `"…"`, `'''…'''`, `"""…"""`, escapes and CRLF.

/// The value with `\n` line ends, and `(offset in value, offset in file)` points, for a literal that begins at `base`.
pub(crate) fn read(raw: &str, base: usize) -> (String, Vec<(usize, usize)>) {
    let (open, close, escapes) = if raw.starts_with("'''") {
        ("'''", "'''", false)
    } else if raw.starts_with("\"\"\"") {
        ("\"\"\"", "\"\"\"", true)
    } else if raw.starts_with('\'') {
        ("'", "'", false)
    } else if raw.starts_with('"') {
        ("\"", "\"", true)
    } else {
        ("", "", false)
    };
    let mut start = open.len();
    if open.len() == 3 {
        let rest = &raw[start..];
        start += if rest.starts_with("\r\n") { 2 } else { usize::from(rest.starts_with('\n')) };
    }
    let end =
        if raw.len() >= start + close.len() && raw.ends_with(close) { raw.len() - close.len() } else { raw.len() };
    let mut reader = Reader { value: String::new(), map: vec![(0, base + start)], base };
    let inner = &raw[start..end];
    let mut at = 0;
    while let Some(character) = inner[at..].chars().next() {
        at += match character {
            '\\' if escapes => reader.escape(&inner[at..], start + at),
            '\r' if inner[at..].starts_with("\r\n") => reader.replace("\n", 2, start + at),
            other => {
                reader.value.push(other);
                other.len_utf8()
            }
        };
    }
    (reader.value, reader.map)
}

struct Reader {
    value: String,
    map: Vec<(usize, usize)>,
    base: usize,
}

impl Reader {
    /// `length` bytes of the file at `at` stand for `text`.
    fn replace(&mut self, text: &str, length: usize, at: usize) -> usize {
        self.map.push((self.value.len(), self.base + at));
        self.value.push_str(text);
        self.map.push((self.value.len(), self.base + at + length));
        length
    }

    fn escape(&mut self, rest: &str, at: usize) -> usize {
        let Some(kind) = rest[1..].chars().next() else { return self.replace("\\", 1, at) };
        let digits = |count: usize| {
            let digits = rest.get(2..2 + count)?;
            let character = char::from_u32(u32::from_str_radix(digits, 16).ok()?)?;
            Some((character, 2 + count))
        };
        let (character, length) = match kind {
            'b' => ('\u{8}', 2),
            'e' => ('\u{1b}', 2),
            'f' => ('\u{c}', 2),
            'n' => ('\n', 2),
            'r' => ('\r', 2),
            't' => ('\t', 2),
            '"' => ('"', 2),
            '\\' => ('\\', 2),
            'x' => digits(2).unwrap_or(('\\', 1)),
            'u' => digits(4).unwrap_or(('\\', 1)),
            'U' => digits(8).unwrap_or(('\\', 1)),
            c if c.is_whitespace() => {
                // A backslash at the end of a line swallows all white space up to the next character.
                let swallowed = rest[1..].len() - rest[1..].trim_start().len();
                return self.replace("", 1 + swallowed, at);
            }
            _ => ('\\', 1),
        };
        self.replace(character.encode_utf8(&mut [0; 4]), length, at)
    }
}

#[cfg(test)]
mod tests {
    use super::read;
    use crate::model::{Place, SourceFile, Text};

    /// Every character of the value points at itself in the file, escapes and line ends at their whole spelling.
    #[test]
    fn every_offset_of_the_value_points_at_its_spelling() {
        for (raw, value, probe, spelling) in [
            ("'''\r\none\r\ntwo'''", "one\ntwo", "two", "two"),
            ("\"\"\"\none\\ttwo é\\u00e9 three\"\"\"", "one\ttwo éé three", "three", "three"),
            ("\"a\\\\b{{ x }}\"", "a\\b{{ x }}", "{{ x }}", "{{ x }}"),
            ("\"\"\"a \\\n   b\"\"\"", "a b", "b", "b"),
            ("'plain'", "plain", "ain", "ain"),
            ("\"x\\U0001F600y\"", "x\u{1F600}y", "y", "y"),
        ] {
            let file = format!("key = {raw}\n");
            let (read_value, map) = read(raw, 6);
            assert_eq!(read_value, value);
            let source = SourceFile::new("a.toml", file.clone());
            let text = Text::new(read_value, Place::new(&source, 6..6 + raw.len()), map);
            let at = value.find(probe).unwrap();
            let place = text.at(at..at + probe.len());
            assert_eq!(&file[place.range], spelling, "{raw}");
        }
    }
}
