//! A part with slots, cut into what is the same for all and what is merged.

use crate::render::template::sentinel::slot;
use crate::render::wrap::wrap;

/// A stretch of a part.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Stretch {
    /// Index into the fixed strings.
    Fixed(usize),
    /// Text with slots in it.
    Open(String),
}

/// The fixed strings of an HTML part, and the stretches: each slot is one of its own.
pub(crate) fn of_html(part: &str) -> (Vec<String>, Vec<Stretch>) {
    let (mut fixed, mut stretches) = (Vec::new(), Vec::new());
    let mut start = 0;
    for (at, character) in part.char_indices().filter(|(_, c)| slot(*c).is_some()) {
        push(&part[start..at], &mut fixed, &mut stretches);
        stretches.push(Stretch::Open(character.to_string()));
        start = at + character.len_utf8();
    }
    push(&part[start..], &mut fixed, &mut stretches);
    (fixed, stretches)
}

/// The same of a text part, where whole lines are merged, since they are folded afterwards; the fixed ones are folded.
pub(crate) fn of_text(part: &str) -> (Vec<String>, Vec<Stretch>) {
    let (mut fixed, mut stretches) = (Vec::new(), Vec::new());
    let mut same = String::new();
    for line in part.split_inclusive('\n') {
        if line.contains(|c| slot(c).is_some()) {
            push(&wrap(&std::mem::take(&mut same)), &mut fixed, &mut stretches);
            stretches.push(Stretch::Open(line.to_owned()));
        } else {
            same.push_str(line);
        }
    }
    push(&wrap(&same), &mut fixed, &mut stretches);
    (fixed, stretches)
}

fn push(text: &str, fixed: &mut Vec<String>, stretches: &mut Vec<Stretch>) {
    if !text.is_empty() {
        stretches.push(Stretch::Fixed(fixed.len()));
        fixed.push(text.to_owned());
    }
}

#[cfg(test)]
mod tests {
    use super::{Stretch, of_html, of_text};
    use crate::render::template::sentinel::of_slot;

    #[test]
    fn html_is_cut_at_slots_and_text_at_lines() {
        let slot = of_slot(0);
        let (fixed, stretches) = of_html(&format!("a{slot}b"));
        assert_eq!(fixed, ["a", "b"]);
        assert_eq!(stretches, [Stretch::Fixed(0), Stretch::Open(slot.to_string()), Stretch::Fixed(1)]);
        let (fixed, stretches) = of_text(&format!("one\nHi {slot},\ntwo\n"));
        assert_eq!(fixed, ["one\n", "two\n"]);
        assert_eq!(stretches[1], Stretch::Open(format!("Hi {slot},\n")));
        assert_eq!(of_html("a").1, [Stretch::Fixed(0)]);
    }
}
