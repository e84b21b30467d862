//! `reading-age`: long sentences of long words lose the reader who has a minute between two visits.

use crate::lint::rule::Rule;
use crate::lint::sentences::{sentences, words};
use crate::lint::subject::Subject;
use crate::model::{Finding, Findings, PassageKind, Place, Prose, Severity, count};

/// The rule.
pub(crate) const RULE: Rule = Rule {
    id: "reading-age",
    severities: &[Severity::Warning],
    allowable: false,
    why: "long sentences of long words lose the reader who has a minute between two visits",
    check,
};

/// Words of which a formula can say something.
const FEWEST: usize = 100;

/// Only for English: the formula counts English syllables.
fn check(subject: &Subject<'_>, findings: &mut Findings) {
    let lang = subject.week.lang.to_ascii_lowercase();
    if lang != "en" && !lang.starts_with("en-") {
        return;
    }
    let oldest = subject.week.reading_age;
    for prose in subject.prose.bodies.iter().flatten() {
        let Some(found) = measure(prose).filter(|found| found.age >= f64::from(oldest) + 0.5) else { continue };
        let message = format!(
            "the text needs a reading age of {:.0}, above {oldest}; its longest sentence, here, has {}",
            found.age,
            count(found.longest, "word")
        );
        let help = "make two sentences of a long one, and take a short word for a long one";
        findings.push(Finding::warning(RULE.id, found.place, message).help(help));
    }
}

/// What a text comes to.
struct Measured {
    age: f64,
    longest: usize,
    place: Place,
}

/// Flesch–Kincaid grade level (Kincaid, Fishburne, Rogers and Chissom: Derivation of New Readability Formulas for Navy
/// Enlisted Personnel, Research Branch Report 8-75, 1975). A grade is a year at school, which begins at the age of five.
fn measure(prose: &Prose) -> Option<Measured> {
    let (mut all, mut syllables, mut number) = (0_usize, 0_usize, 0_usize);
    let mut longest: Option<(usize, Place)> = None;
    let running = |kind| matches!(kind, PassageKind::Paragraph | PassageKind::Item);
    for passage in prose.passages.iter().filter(|passage| running(passage.kind)) {
        let text = passage.words.value();
        for range in sentences(text) {
            let mut own = 0;
            for word in words(&text[range.clone()]).filter(|word| !word.contains(['@', '.'])) {
                own += 1;
                syllables += word.split('-').map(self::syllables).sum::<usize>();
            }
            if own == 0 {
                continue;
            }
            all += own;
            number += 1;
            if longest.as_ref().is_none_or(|(most, _)| own > *most) {
                longest = Some((own, passage.words.at(range)));
            }
        }
    }
    let (longest, place) = longest.filter(|_| all >= FEWEST)?;
    let age = 0.39 * ratio(all, number) + 11.8 * ratio(syllables, all) - 15.59 + 5.0;
    Some(Measured { age, longest, place })
}

fn ratio(one: usize, other: usize) -> f64 {
    one as f64 / other as f64
}

/// Syllables of an English word as groups of vowels, without the endings that are not spoken. Acronyms of capitals are
/// spoken letter by letter, but nobody stumbles over them: they count once.
fn syllables(word: &str) -> usize {
    if word.chars().filter(|c| c.is_alphabetic()).all(char::is_uppercase) {
        return 1;
    }
    let word = word.to_lowercase();
    let vowel = |c: char| "aeiouyáéíóúàèìòù".contains(c);
    let mut number = 0;
    let mut before = false;
    for c in word.chars() {
        number += usize::from(vowel(c) && !before);
        before = vowel(c);
    }
    let stem = word.strip_suffix("'s").or_else(|| word.strip_suffix("’s")).unwrap_or(&word);
    let consonant_le = stem.strip_suffix("le").is_some_and(|rest| rest.chars().next_back().is_some_and(|c| !vowel(c)));
    let after_vowel = |rest: &str| rest.chars().next_back().is_some_and(vowel);
    let silent = match stem {
        _ if consonant_le => false,
        _ if stem.ends_with('e') => !after_vowel(&stem[..stem.len() - 1]),
        _ if stem.ends_with("ed") => {
            !stem.ends_with("ted") && !stem.ends_with("ded") && !after_vowel(&stem[..stem.len() - 2])
        }
        _ if stem.ends_with("es") => {
            !["ses", "zes", "xes", "ches", "shes", "ces", "ges", "les"].iter().any(|end| stem.ends_with(end))
                && !after_vowel(&stem[..stem.len() - 2])
        }
        _ => false,
    };
    (number - usize::from(silent && number > 1)).max(1)
}

#[cfg(test)]
mod tests {
    use super::{measure, syllables};
    use crate::model::{Passage, PassageKind, Place, Prose, Text};

    #[test]
    fn syllables_are_counted_as_they_are_spoken() {
        for (word, number) in [
            ("child", 1),
            ("children", 2),
            ("exploitation", 4),
            ("safe", 1),
            ("table", 2),
            ("worried", 2),
            ("wanted", 2),
            ("asked", 1),
            ("services", 3),
            ("comes", 1),
            ("child's", 1),
            ("NSPCC", 1),
            ("agree", 2),
        ] {
            assert_eq!(syllables(word), number, "{word}");
        }
    }

    fn age(sentence: &str, times: usize) -> Option<f64> {
        let words = Text::synthetic(vec![sentence; times].join(" "), Place::file("w.toml"));
        let prose = Prose { passages: vec![Passage { kind: PassageKind::Paragraph, words }], ..Prose::default() };
        measure(&prose).map(|found| (found.age * 100.0).round() / 100.0)
    }

    #[test]
    fn the_grade_is_that_of_the_report_and_five_years_more() {
        // Ten words and ten syllables a sentence: 3.9 + 11.8 − 15.59 + 5.
        assert_eq!(age("The child told me what was on his own mind.", 10), Some(5.11));
        assert_eq!(age("The child told me what was on his own mind.", 9), None);
    }
}
