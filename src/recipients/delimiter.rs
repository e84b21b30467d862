//! Which character parts the columns of a file: decided by its heading line.

/// The delimiters that are read.
pub(crate) const DELIMITERS: [(u8, &str); 3] = [(b',', "a comma"), (b';', "a semicolon"), (b'\t', "a tab")];

/// What the heading line says about the delimiter.
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

/// Decides by the heading line; `wanted` are headings that must be there, which settles doubtful cases.
pub(crate) fn guess(heading: &str, wanted: &[&str]) -> Guess {
    let counts = DELIMITERS.map(|(delimiter, _)| outside_quotes(heading, char::from(delimiter)));
    let present: Vec<u8> =
        DELIMITERS.iter().zip(counts).filter(|(_, count)| *count > 0).map(|((delimiter, _), _)| *delimiter).collect();
    match present.as_slice() {
        [only] => return Guess::Sure(*only),
        [] => {
            let foreign = ['|', ':', '\u{1F}', '¦'].into_iter().find(|c| outside_quotes(heading, *c) > 0);
            return foreign.map_or(Guess::Single, Guess::Foreign);
        }
        _ => {}
    }
    let fits = |delimiter: u8| {
        let names: Vec<&str> = heading.split(char::from(delimiter)).map(|name| name.trim().trim_matches('"')).collect();
        !wanted.is_empty() && wanted.iter().all(|name| names.iter().any(|other| other.eq_ignore_ascii_case(name)))
    };
    let mut fitting = present.iter().copied().filter(|delimiter| fits(*delimiter));
    match (fitting.next(), fitting.next()) {
        (Some(only), None) => Guess::Sure(only),
        _ => Guess::Unclear,
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
    fn the_heading_line_decides() {
        for (heading, wanted, expected) in [
            ("Email,Name", &[][..], Guess::Sure(b',')),
            ("Email;Name", &[], Guess::Sure(b';')),
            ("Email\tName", &[], Guess::Sure(b'\t')),
            ("\"Name, first\";Email", &[], Guess::Sure(b';')),
            ("Email", &[], Guess::Single),
            ("Email|Name", &[], Guess::Foreign('|')),
            ("Email;Name, first", &["Email"], Guess::Sure(b';')),
            ("Email;Name, first", &["email"], Guess::Sure(b';')),
            ("a;b,c", &[], Guess::Unclear),
            ("a;b,c", &["Email"], Guess::Unclear),
        ] {
            assert_eq!(guess(heading, wanted), expected, "{heading}");
        }
    }
}
