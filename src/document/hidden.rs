//! Characters that nobody sees in an editor and that change what a message says or where a header line ends.

use std::ops::Range;

/// How strict to be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Hidden {
    /// Markdown: line ends and tabs may stand in it, other control characters may not.
    Prose,
    /// One line of text, such as a subject: no control character, no line or paragraph separator, nothing that turns
    /// the direction of writing (Unicode TR 36, "bidirectional text spoofing").
    Line,
    /// A person's name: a line without zero-width characters as well, but for joiners between letters of the scripts
    /// that need them.
    Name,
}

impl Hidden {
    /// The first hidden character of a text: its byte range and its name in words.
    #[must_use]
    pub fn find(self, text: &str) -> Option<(Range<usize>, String)> {
        // Nearly every text of a list; it is looked at again only where there is something else.
        if text.bytes().all(|octet| (b' '..=b'~').contains(&octet)) {
            return None;
        }
        let mut before = None;
        for (at, character) in text.char_indices() {
            let end = at + character.len_utf8();
            if self.refuses(character, before, text[end..].chars().next()) {
                return Some((at..end, describe(character)));
            }
            before = Some(character);
        }
        None
    }

    fn refuses(self, character: char, before: Option<char>, after: Option<char>) -> bool {
        if (' '..='~').contains(&character) {
            return false;
        }
        if character.is_control() {
            return self != Self::Prose || !matches!(character, '\n' | '\t');
        }
        match character {
            '\u{2028}' | '\u{2029}' => true,
            '\u{61C}' | '\u{200E}' | '\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}' => {
                self != Self::Prose
            }
            '\u{200C}' | '\u{200D}' => self == Self::Name && !(before.is_some_and(joins) && after.is_some_and(joins)),
            '\u{AD}' | '\u{200B}' | '\u{2060}'..='\u{2064}' | '\u{FEFF}' | '\u{FFF9}'..='\u{FFFB}' => {
                self == Self::Name
            }
            '\u{E0000}'..='\u{E007F}' => self == Self::Name,
            _ => false,
        }
    }
}

/// Letters and marks from the Hebrew block upwards, where Persian, Urdu and the Indic scripts lie.
fn joins(character: char) -> bool {
    character >= '\u{590}' && !('\u{2000}'..='\u{2BFF}').contains(&character) && character < '\u{FE00}'
}

fn describe(character: char) -> String {
    let name = match character {
        '\0' => "a NUL character",
        '\t' => "a tab",
        '\n' => "a line end",
        '\r' => "a carriage return",
        '\u{2028}' | '\u{2029}' => "a line separator",
        '\u{61C}' | '\u{200E}' | '\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}' => {
            "an invisible mark that turns the direction of writing"
        }
        _ if character.is_control() => "a control character",
        _ => "an invisible character",
    };
    format!("{name} (U+{:04X})", u32::from(character))
}

#[cfg(test)]
mod tests {
    use super::Hidden;

    #[test]
    fn each_kind_refuses_its_own() {
        for (text, prose, line, name) in [
            ("plain “smart” – Siân O’Hara", None, None, None),
            ("a\nb", None, Some(1..2), Some(1..2)),
            ("a\tb", None, Some(1..2), Some(1..2)),
            ("a\rb", Some(1..2), Some(1..2), Some(1..2)),
            ("\0", Some(0..1), Some(0..1), Some(0..1)),
            ("é\u{1b}[2J", Some(2..3), Some(2..3), Some(2..3)),
            ("a\u{85}b", Some(1..3), Some(1..3), Some(1..3)),
            ("a\u{2028}b", Some(1..4), Some(1..4), Some(1..4)),
            ("a\u{202E}b", None, Some(1..4), Some(1..4)),
            ("a\u{200F}b", None, Some(1..4), Some(1..4)),
            ("a\u{200B}b", None, None, Some(1..4)),
            ("a\u{200D}b", None, None, Some(1..4)),
            ("علی\u{200C}رضا", None, None, None),
            ("\u{FEFF}Asha", None, None, Some(0..3)),
        ] {
            let find = |kind: Hidden| kind.find(text).map(|(range, _)| range);
            assert_eq!(find(Hidden::Prose), prose, "{text:?} as prose");
            assert_eq!(find(Hidden::Line), line, "{text:?} as a line");
            assert_eq!(find(Hidden::Name), name, "{text:?} as a name");
        }
    }
}
