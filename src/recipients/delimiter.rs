//! Which character parts the columns of a file, where no line of headings is known: decided by its first line.

/// The delimiters that are read, with their names.
pub(crate) const DELIMITERS: [(u8, &str); 4] =
    [(b',', "a comma"), (b';', "a semicolon"), (b'\t', "a tab"), (b'|', "a vertical bar")];

/// How `check` names a delimiter.
pub(crate) fn in_words(delimiter: u8) -> Option<&'static str> {
    match delimiter {
        b',' => Some("commas"),
        b';' => Some("semicolons"),
        b'\t' => Some("tabs"),
        b'|' => Some("vertical bars"),
        _ => None,
    }
}

/// What the first line says about the delimiter.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Guess {
    /// This one parts the headings.
    Sure(u8),
    /// There is one heading only.
    Single,
    /// None of the known ones, but this character, which other programs use.
    Foreign(char),
    /// Several of the known ones, and nothing tells which.
    Unclear,
}

/// Decides by the first line.
pub(crate) fn guess(heading: &str) -> Guess {
    let parts = |delimiter: &u8| outside_quotes(heading, char::from(*delimiter)) > 0;
    let mut present = DELIMITERS.iter().map(|(delimiter, _)| *delimiter).filter(parts);
    match (present.next(), present.next()) {
        (Some(only), None) => Guess::Sure(only),
        (Some(_), Some(_)) => Guess::Unclear,
        _ => {
            let foreign = [':', '\u{1F}', '¦'].into_iter().find(|c| outside_quotes(heading, *c) > 0);
            foreign.map_or(Guess::Single, Guess::Foreign)
        }
    }
}

fn outside_quotes(text: &str, wanted: char) -> usize {
    let mut quoted = false;
    let mut count = 0;
    for character in text.chars() {
        quoted ^= character == '"';
        count += usize::from(!quoted && character == wanted);
    }
    count
}

#[cfg(test)]
mod tests {
    use super::{Guess, guess};

    #[test]
    fn the_first_line_decides() {
        for (heading, expected) in [
            ("Mail,Who", Guess::Sure(b',')),
            ("Mail;Who", Guess::Sure(b';')),
            ("Mail\tWho", Guess::Sure(b'\t')),
            ("Mail|Who", Guess::Sure(b'|')),
            ("\"Who, first\";Mail", Guess::Sure(b';')),
            ("Mail", Guess::Single),
            ("Mail:Who", Guess::Foreign(':')),
            ("a;b,c", Guess::Unclear),
        ] {
            assert_eq!(guess(heading), expected, "{heading}");
        }
    }
}
