//! One property of a card: its name, its parameters and its value.

use encoding_rs::Encoding;

use crate::recipients::vcard::lines::Line;

/// A property.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Property {
    /// Its name in upper case, without the group before a dot.
    pub(crate) name: String,
    /// Its parameters in upper case; those of version 2.1 without a name have an empty one.
    parameters: Vec<(String, String)>,
    /// Its value, decoded from quoted-printable, escapes still in it.
    pub(crate) value: String,
}

impl Property {
    /// Reads a line; none where it is no property.
    pub(crate) fn read(line: &Line) -> Option<Self> {
        let (head, value) = split_head(&line.text)?;
        let mut parts = split(head, ';').into_iter();
        let name = parts.next()?;
        let name = name.rsplit('.').next()?.trim().to_ascii_uppercase();
        let parameters: Vec<(String, String)> = parts
            .map(|part| match part.split_once('=') {
                Some((key, value)) => (key.trim().to_ascii_uppercase(), value.trim_matches('"').to_ascii_uppercase()),
                None => (String::new(), part.trim().to_ascii_uppercase()),
            })
            .collect();
        let mut property = Self { name, parameters, value: value.to_owned() };
        if property.says("ENCODING", "QUOTED-PRINTABLE") {
            property.value = property.unquoted(value);
        }
        Some(property)
    }

    /// Whether a parameter has a value; in version 2.1 the name may be left out.
    pub(crate) fn says(&self, name: &str, value: &str) -> bool {
        self.parameters
            .iter()
            .any(|(key, values)| (key == name || key.is_empty()) && values.split(',').any(|one| one == value))
    }

    /// How much it is preferred among its like, smaller is more: `PREF=1` (4.0), `TYPE=pref` (3.0) or `PREF` (2.1).
    pub(crate) fn preference(&self) -> u32 {
        let number = self.parameters.iter().find(|(key, _)| key == "PREF").and_then(|(_, value)| value.parse().ok());
        number.unwrap_or(if self.says("TYPE", "PREF") { 1 } else { 101 })
    }

    fn unquoted(&self, value: &str) -> String {
        let Ok(bytes) = quoted_printable::decode(value, quoted_printable::ParseMode::Robust) else {
            return value.to_owned();
        };
        let label = self.parameters.iter().find(|(key, _)| key == "CHARSET").map(|(_, value)| value.as_bytes());
        let named = label.and_then(Encoding::for_label);
        match (named, String::from_utf8(bytes)) {
            (None, Ok(text)) => text,
            (None, Err(error)) => decoded(encoding_rs::WINDOWS_1252, error.as_bytes()),
            (Some(encoding), Ok(text)) => decoded(encoding, text.as_bytes()),
            (Some(encoding), Err(error)) => decoded(encoding, error.as_bytes()),
        }
    }

    /// The value as one text, escapes resolved (RFC 6350 §3.4).
    pub(crate) fn text(&self) -> String {
        unescaped(&self.value)
    }

    /// The parts of a value with semicolons, such as `N` and `ORG`.
    pub(crate) fn parts(&self) -> Vec<String> {
        split(&self.value, ';').into_iter().map(unescaped).collect()
    }
}

fn decoded(encoding: &'static Encoding, bytes: &[u8]) -> String {
    encoding.decode_without_bom_handling(bytes).0.into_owned()
}

/// Splits at the first colon outside of quotation marks.
fn split_head(line: &str) -> Option<(&str, &str)> {
    let mut quoted = false;
    let at = line.bytes().position(|byte| {
        quoted ^= byte == b'"';
        byte == b':' && !quoted
    })?;
    Some((&line[..at], &line[at + 1..]))
}

/// Splits at a sign that stands outside of quotation marks in parameters, or that no backslash escapes in values.
fn split(text: &str, sign: char) -> Vec<&str> {
    let (mut parts, mut start, mut escaped) = (Vec::new(), 0, false);
    for (at, character) in text.char_indices() {
        if character == sign && !escaped {
            parts.push(&text[start..at]);
            start = at + character.len_utf8();
        }
        escaped = character == '\\' && !escaped;
    }
    parts.push(&text[start..]);
    parts
}

fn unescaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut characters = text.chars();
    while let Some(character) = characters.next() {
        match character {
            '\\' => match characters.next() {
                // A line end in a name is no harm once it is a space.
                Some('n' | 'N') => out.push(' '),
                Some(other) => out.push(other),
                None => {}
            },
            '\r' | '\n' => out.push(' '),
            other => out.push(other),
        }
    }
    out.trim().to_owned()
}

#[cfg(test)]
mod tests {
    use super::Property;
    use crate::recipients::vcard::lines::lines;

    fn read(text: &str) -> Property {
        Property::read(&lines(text)[0]).unwrap()
    }

    #[test]
    fn names_parameters_and_values_are_taken_apart() {
        for (line, name, value, preference) in [
            ("item1.EMAIL;type=INTERNET;type=pref:a@b.example", "EMAIL", "a@b.example", 1),
            ("EMAIL;PREF;INTERNET:a@b.example", "EMAIL", "a@b.example", 1),
            ("EMAIL;TYPE=work;PREF=2:a@b.example", "EMAIL", "a@b.example", 2),
            ("email;X=\"a:b\":a@b.example", "EMAIL", "a@b.example", 101),
            ("FN;ENCODING=QUOTED-PRINTABLE;CHARSET=UTF-8:Si=C3=A2n", "FN", "Siân", 101),
            ("FN;QUOTED-PRINTABLE;CHARSET=ISO-8859-1:Si=E2n", "FN", "Siân", 101),
            ("FN;QUOTED-PRINTABLE:Si=E2n", "FN", "Siân", 101),
            ("FN;ENCODING=QUOTED-PRINTABLE:Asha=\nExample", "FN", "AshaExample", 101),
        ] {
            let property = read(line);
            assert_eq!((property.name.as_str(), property.text().as_str()), (name, value), "{line}");
            assert_eq!(property.preference(), preference, "{line}");
        }
        assert_eq!(read("N:O\\;Hara;Asha\\, A;;").parts(), ["O;Hara", "Asha, A", "", ""]);
        assert_eq!(read("FN:Asha\\nExample").text(), "Asha Example");
    }
}
