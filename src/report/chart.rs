//! The bar of one sending: how much of it became of what, as parts of a width and as words that say the same.

use serde::Serialize;

use crate::model::{Counts, count, grouped, list_of};
use crate::report::outcomes::Outcome;

/// Parts are drawn in thousandths of the bar.
const WHOLE: usize = 1000;
/// A single refusal among thousands must be seen: no part is drawn narrower than this.
const NARROWEST: usize = 15;

/// One part of a bar.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(in crate::report) struct Part {
    /// Colour and pattern.
    pub(in crate::report) class: &'static str,
    /// How many messages.
    pub(in crate::report) number: usize,
    /// Where it begins: a percentage with one decimal, such as `97.5%`.
    x: String,
    /// How wide it is.
    width: String,
}

/// The parts of a bar from left to right; none for an empty list.
#[must_use]
pub(in crate::report) fn parts(counts: &Counts) -> Vec<Part> {
    let shares: Vec<(&'static str, usize)> = Outcome::BARS
        .iter()
        .map(|outcome| (outcome.class, outcome.of(counts)))
        .filter(|(_, number)| *number > 0)
        .collect();
    let widths = widths(&shares.iter().map(|(_, number)| *number).collect::<Vec<_>>());
    let mut x = 0;
    let mut parts = Vec::with_capacity(shares.len());
    for ((class, number), width) in shares.into_iter().zip(widths) {
        parts.push(Part { class, number, x: percent(x), width: percent(width) });
        x += width;
    }
    parts
}

/// `40 messages: 36 accepted by the mail server, 3 refused and 1 in doubt`.
#[must_use]
pub(in crate::report) fn in_words(counts: &Counts) -> String {
    let said: Vec<String> = Outcome::BARS
        .iter()
        .filter(|outcome| outcome.of(counts) > 0)
        .map(|outcome| format!("{} {}", grouped(outcome.of(counts)), outcome.words))
        .collect();
    match said.as_slice() {
        [] => "no messages".to_owned(),
        said => format!("{}: {}", count(counts.total(), "message"), list_of(said)),
    }
}

/// Thousandths that add up to the whole. The widest part gives what rounding and the narrowest width take.
fn widths(numbers: &[usize]) -> Vec<usize> {
    let total: usize = numbers.iter().sum();
    let mut widths: Vec<usize> =
        numbers.iter().map(|number| (number * WHOLE).checked_div(total).unwrap_or_default().max(NARROWEST)).collect();
    let others: usize = widths.iter().sum();
    if let Some((_, widest)) = widths.iter_mut().enumerate().max_by_key(|(index, width)| (**width, usize::MAX - index))
    {
        *widest = (*widest + WHOLE).saturating_sub(others);
    }
    widths
}

fn percent(thousandths: usize) -> String {
    format!("{}.{}%", thousandths / 10, thousandths % 10)
}

#[cfg(test)]
mod tests {
    use super::{NARROWEST, WHOLE, in_words, parts, widths};
    use crate::model::Counts;

    #[test]
    fn widths_always_fill_the_bar() {
        for numbers in [
            vec![1],
            vec![1, 1, 1],
            vec![9_999, 1],
            vec![100_000, 1, 1, 1, 1, 1, 1, 1, 1],
            vec![1, 2, 3, 4, 5, 6, 7, 8, 9],
            vec![7; 9],
        ] {
            let widths = widths(&numbers);
            assert_eq!(widths.iter().sum::<usize>(), WHOLE, "{numbers:?}");
            assert!(widths.iter().all(|width| *width >= NARROWEST), "{numbers:?} {widths:?}");
        }
        assert!(widths(&[]).is_empty());
    }

    #[test]
    fn parts_stand_side_by_side_and_say_every_message() {
        let counts = Counts { accepted: 37, bounced: 1, refused: 2, in_doubt: 1, ..Counts::default() };
        let parts = parts(&counts);
        let drawn: Vec<(&str, &str, &str)> =
            parts.iter().map(|part| (part.class, part.x.as_str(), part.width.as_str())).collect();
        assert_eq!(
            drawn,
            [
                ("accepted", "0.0%", "90.0%"),
                ("returned", "90.0%", "2.5%"),
                ("doubt", "92.5%", "2.5%"),
                ("refused", "95.0%", "5.0%"),
            ]
        );
        assert_eq!(parts.iter().map(|part| part.number).sum::<usize>(), counts.total());
    }

    #[test]
    fn the_words_say_the_same() {
        let counts = Counts { accepted: 1_200, refused: 3, in_doubt: 1, ..Counts::default() };
        assert_eq!(in_words(&counts), "1,204 messages: 1,200 accepted by the mail server, 1 in doubt and 3 refused");
        assert_eq!(in_words(&Counts::default()), "no messages");
    }
}
