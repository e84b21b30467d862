//! Characters that word processors, mail programs and web pages bring along when text is pasted.

/// White space within a line: blanks of all widths, the non-breaking ones too, and tabs.
pub(crate) fn is_space(character: char) -> bool {
    character.is_whitespace() && character != '\n'
}

/// Whether a character that nobody sees is left out, given its neighbours: soft hyphens, zero-width spaces, and the marks
/// for the direction of writing that address books put around numbers. Joiners stay where they join: in emoji, and in the
/// scripts that need them.
pub(crate) fn is_dropped(character: char, before: Option<char>, after: Option<char>) -> bool {
    match character {
        '\u{AD}' | '\u{200B}' | '\u{2060}'..='\u{2064}' | '\u{FEFF}' | '\u{180E}' | '\u{34F}' => true,
        '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}' => true,
        '\u{61C}' | '\u{200E}' | '\u{200F}' => !(before.is_some_and(is_joined) && after.is_some_and(is_joined)),
        '\u{200C}' | '\u{200D}' => !(before.is_some_and(is_joined) && after.is_some_and(is_joined)),
        _ => false,
    }
}

/// A letter or sign of a script from the Hebrew block upwards, or an emoji.
fn is_joined(character: char) -> bool {
    character >= '\u{590}' && !('\u{2000}'..='\u{20FF}').contains(&character) && !character.is_whitespace()
}

/// A text without what nobody sees.
pub(crate) fn visible(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut characters = text.chars().peekable();
    let mut before = None;
    while let Some(character) = characters.next() {
        if !is_dropped(character, before, characters.peek().copied()) {
            out.push(character);
            before = Some(character);
        }
    }
    out
}

/// A sign of a symbol font (Symbol, Wingdings), which has no meaning outside of it; Word's bullets are such.
pub(crate) fn is_symbol(character: char) -> bool {
    ('\u{F000}'..='\u{F0FF}').contains(&character)
}

/// What Word makes of hyphens, and these.
pub(crate) const DASHES: [char; 4] = ['-', '–', '—', '‒'];

/// The line below the head of a table.
pub(crate) fn is_divider(words: &str) -> bool {
    words.contains('|')
        && words.contains(DASHES)
        && words.chars().all(|c| is_space(c) || "|:".contains(c) || DASHES.contains(&c))
}

/// Columns of some white space, with tab stops four apart.
pub(crate) fn columns(space: &str) -> usize {
    space.chars().fold(0, |column, character| if character == '\t' { column / 4 * 4 + 4 } else { column + 1 })
}

#[cfg(test)]
mod tests {
    use super::{columns, visible};

    #[test]
    fn what_nobody_sees_is_left_out() {
        for (text, expected) in [
            ("safe\u{AD}guard\u{200B}ing", "safeguarding"),
            ("\u{202A}+44 1632 960123\u{202C}", "+44 1632 960123"),
            ("\u{FEFF}one\u{200D}two\u{200E}", "onetwo"),
            ("👩\u{200D}👧", "👩\u{200D}👧"),
            ("علی\u{200C}رضا", "علی\u{200C}رضا"),
        ] {
            assert_eq!(visible(text), expected);
        }
        assert_eq!([columns("\t"), columns("  \t"), columns("\u{a0} "), columns(" \t ")], [4, 4, 2, 5]);
    }
}
