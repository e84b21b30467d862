//! The lines of a text that changed, each with its neighbours, for people.

use crate::output::plain::plain;

/// How many lines are looked ahead to find where both texts agree again.
const AHEAD: usize = 8;

/// What a line is.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Same,
    Gone,
    New,
}

/// Each place where the texts differ, with the number of its first line, and the line before and after it. It is meant for
/// a few changed lines; where much changed it still says everything, only not in the shortest way.
#[must_use]
pub fn line_changes(old: &str, new: &str) -> String {
    let lines = compared(&old.lines().collect::<Vec<_>>(), &new.lines().collect::<Vec<_>>());
    let changed = |index: usize| lines.get(index).is_some_and(|(kind, _)| *kind != Kind::Same);
    let mut out = String::new();
    let mut number = 0;
    for (index, (kind, line)) in lines.iter().enumerate() {
        number += usize::from(*kind != Kind::Gone);
        let near = changed(index) || changed(index + 1) || index.checked_sub(1).is_some_and(changed);
        if !near {
            continue;
        }
        let mark = match kind {
            Kind::Same => ' ',
            Kind::Gone => '-',
            Kind::New => '+',
        };
        let shown = if *kind == Kind::Gone { "    ".to_owned() } else { format!("{number:>4}") };
        out.push_str(format!("{shown} {mark} {}", plain(line)).trim_end());
        out.push('\n');
    }
    out
}

fn compared<'t>(old: &[&'t str], new: &[&'t str]) -> Vec<(Kind, &'t str)> {
    let (mut i, mut j) = (0, 0);
    let mut out = Vec::new();
    while i < old.len() || j < new.len() {
        if i < old.len() && j < new.len() && old[i] == new[j] {
            out.push((Kind::Same, old[i]));
            (i, j) = (i + 1, j + 1);
            continue;
        }
        // The nearest place at which both go on alike: so many lines gone, so many new.
        let meets = |gone: usize, added: usize| match (old.get(i + gone), new.get(j + added)) {
            (Some(old), Some(new)) => old == new,
            (None, None) => true,
            _ => false,
        };
        let pairs = (1..=AHEAD).flat_map(|sum| (0..=sum).map(move |gone| (gone, sum - gone)));
        let inside = |(gone, added): &(usize, usize)| i + gone <= old.len() && j + added <= new.len();
        let (gone, added) = pairs.filter(inside).find(|(gone, added)| meets(*gone, *added)).unwrap_or((1, 1));
        for _ in 0..gone.min(old.len() - i) {
            out.push((Kind::Gone, old[i]));
            i += 1;
        }
        for _ in 0..added.min(new.len() - j) {
            out.push((Kind::New, new[j]));
            j += 1;
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::line_changes;

    #[test]
    fn changed_lines_stand_between_their_neighbours() {
        let old = "[week]\na = 1\n\n[[broadcast]]\ndate = 2027-03-15\ntheme = \"x\"\n\n[[broadcast]]\ntheme = \"y\"\n";
        let new = old
            .replace("2027-03-15", "2027-03-18")
            .replace("[[broadcast]]\ntheme", "[[broadcast]]\ndate = 2027-03-16\ntheme");
        assert_eq!(
            line_changes(old, &new),
            "   4   [[broadcast]]\n     - date = 2027-03-15\n   5 + date = 2027-03-18\n   6   theme = \"x\"\n   8   [[broadcast]]\n   \
             9 + date = 2027-03-16\n  10   theme = \"y\"\n"
        );
        assert_eq!(line_changes("a\nb\n", "a\n"), "   1   a\n     - b\n");
        assert_eq!(line_changes("a", "a"), "");
        assert_eq!(line_changes("a\nb\nc", "x"), "     - a\n     - b\n     - c\n   1 + x\n");
    }
}
