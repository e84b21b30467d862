//! What lets a person be known in a text: numbers of theirs, their birthday, where they live.

use std::ops::Range;

use crate::lint::digits::runs;
use crate::lint::sentences::sentences;
use crate::lint::texts::{before, names_telephone};

/// Something found: which bytes, and what they look like.
pub(crate) type Found = (Range<usize>, &'static str);

/// All of a text, in order.
pub(crate) fn find(text: &str) -> Vec<Found> {
    if !text.contains(|c: char| c.is_ascii_digit()) {
        return Vec::new();
    }
    let mut found = nhs_numbers(text);
    found.extend(insurance_numbers(text));
    found.extend(birthdays(text));
    found.extend(homes(text));
    found.sort_by_key(|(range, _)| range.start);
    found
}

/// NHS numbers: ten digits of which the last is a check digit modulo 11 (NHS Data Dictionary, "NHS NUMBER").
fn nhs_numbers(text: &str) -> Vec<Found> {
    let mut found = Vec::new();
    for run in runs(text) {
        let written = matches!(run.groups.as_slice(), [3, 3, 4]) || matches!(run.groups.as_slice(), [10]);
        let named = before(text, run.range.start).contains("nhs");
        let likely = named || run.groups.len() == 3 || !run.digits.starts_with(['0', '1', '2']);
        let is_telephone = !named && names_telephone(text, run.range.start);
        if written && likely && !is_telephone && !run.plus && !run.letter && is_nhs_number(&run.digits) {
            found.push((run.range, "an NHS number"));
        }
    }
    found
}

fn is_nhs_number(digits: &str) -> bool {
    let digits: Vec<u32> = digits.chars().filter_map(|c| c.to_digit(10)).collect();
    let Some(([first, ..], check)) = digits.split_last().map(|(check, rest)| (rest, check)) else { return false };
    let sum: u32 = digits.iter().zip((2..=10).rev()).map(|(digit, weight)| digit * weight).sum();
    digits.len() == 10 && digits.iter().any(|digit| digit != first) && (11 - sum % 11) % 11 == *check
}

/// National Insurance numbers (HMRC, National Insurance Manual NIM39110): two letters, six digits, a letter from A to D.
fn insurance_numbers(text: &str) -> Vec<Found> {
    let mut found = Vec::new();
    for start in beginnings(text) {
        let mut plain = String::new();
        let mut end = start;
        for (at, c) in text[start..].char_indices() {
            if c.is_ascii_alphanumeric() {
                plain.push(c);
                end = start + at + 1;
            } else if c != ' ' || text[..start + at].ends_with(' ') {
                break;
            }
            if plain.len() == 9 {
                break;
            }
        }
        let ends = text[end..].chars().next().is_none_or(|c| !c.is_alphanumeric());
        if ends && is_insurance_number(plain.as_bytes()) {
            found.push((start..end, "a National Insurance number"));
        }
    }
    found
}

fn is_insurance_number(plain: &[u8]) -> bool {
    let [first, second, digits @ .., last] = plain else { return false };
    let never = [b"BG", b"GB", b"KN", b"NK", b"NT", b"TN", b"ZZ"];
    digits.len() == 6
        && digits.iter().all(u8::is_ascii_digit)
        && (b'A'..=b'D').contains(last)
        && first.is_ascii_uppercase()
        && second.is_ascii_uppercase()
        && !b"DFIQUV".contains(first)
        && !b"DFIOQUV".contains(second)
        && !never.contains(&&[*first, *second])
}

/// Offsets at which a word of capitals begins.
fn beginnings(text: &str) -> impl Iterator<Item = usize> {
    let free = |at: usize| text[..at].chars().next_back().is_none_or(|c| !c.is_alphanumeric());
    text.char_indices().filter(move |(at, c)| c.is_ascii_uppercase() && free(*at)).map(|(at, _)| at)
}

/// A date of birth, with the words that call it one.
fn birthdays(text: &str) -> Vec<Found> {
    let lower = text.to_ascii_lowercase();
    let mut found = Vec::new();
    for name in ["dob", "d.o.b", "date of birth", "born"] {
        for (at, _) in lower.match_indices(name) {
            let free = lower[..at].chars().next_back().is_none_or(|c| !c.is_alphanumeric());
            let mut rest = &lower[at + name.len()..];
            if !free || rest.starts_with(char::is_alphanumeric) {
                continue;
            }
            loop {
                let bare = rest.trim_start_matches(|c: char| " :.=-–(\u{a0}".contains(c));
                let words = ["is ", "was ", "on ", "the "].iter().find_map(|word| bare.strip_prefix(word));
                let Some(next) = words else {
                    rest = bare;
                    break;
                };
                rest = next;
            }
            if let Some(length) = date(rest) {
                let start = lower.len() - rest.len();
                found.push((start..start + length, "a date of birth"));
            }
        }
    }
    found
}

/// Length of the date at the beginning of a text in lower case: `4/3/2015`, `4th March 2015`.
fn date(text: &str) -> Option<usize> {
    let digits = |text: &str| text.bytes().take_while(u8::is_ascii_digit).count();
    let day = digits(text);
    if !(1..=2).contains(&day) {
        return None;
    }
    let mut at = day;
    at += ["st", "nd", "rd", "th"].iter().find(|end| text[at..].starts_with(**end)).map_or(0, |end| end.len());
    at += text[at..].bytes().take_while(|b| b" /.-".contains(b)).count();
    at += if text[at..].starts_with("of ") { 3 } else { 0 };
    let month = text[at..].bytes().take_while(u8::is_ascii_alphabetic).count();
    const MONTHS: [&str; 12] = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
    let named = MONTHS.iter().any(|name| text[at..at + month].starts_with(name));
    let number = digits(&text[at..]);
    at += match (named, number) {
        (true, _) => month,
        (false, 1..=2) => number,
        _ => return None,
    };
    at += text[at..].bytes().take_while(|b| b" /.,-".contains(b)).count();
    let year = digits(&text[at..]);
    // Two figures, or a year in which somebody who lives now can have been born.
    let lives = text[at..at + year].parse::<u32>().is_ok_and(|year| !(100..=1910).contains(&year));
    (matches!(year, 2 | 4) && lives).then_some(at + year)
}

/// A postcode in a sentence that speaks of where somebody lives, or of a child by letters.
fn homes(text: &str) -> Vec<Found> {
    let mut found = Vec::new();
    for sentence in sentences(text) {
        let own = &text[sentence.clone()];
        let postcode = beginnings(own).find_map(|at| Some(at..at + postcode(&own[at..])?));
        if let Some(range) = postcode.filter(|_| is_about_a_person(own)) {
            found.push((sentence.start + range.start..sentence.start + range.end, "the place where somebody lives"));
        }
    }
    found
}

/// Length of the postcode at the beginning of a text (BS 7666), such as `EX1 2AB`.
fn postcode(text: &str) -> Option<usize> {
    let bytes = text.as_bytes();
    let letters = bytes.iter().take_while(|b| b.is_ascii_uppercase()).count();
    let out = letters + bytes.get(letters..)?.iter().take_while(|b| b.is_ascii_alphanumeric()).count();
    let end = if bytes.get(out) == Some(&b' ') { out + 4 } else { return None };
    let [digit, one, two] = bytes.get(out + 1..end)? else { return None };
    let area = (1..=2).contains(&letters)
        && bytes.get(letters)?.is_ascii_digit()
        && (letters + 1..=letters + 2).contains(&out);
    let inward = digit.is_ascii_digit() && one.is_ascii_uppercase() && two.is_ascii_uppercase();
    let free = bytes.get(end).is_none_or(|b| !b.is_ascii_alphanumeric());
    (area && inward && free).then_some(end)
}

fn is_about_a_person(sentence: &str) -> bool {
    const HOME: [&str; 9] = [
        "lives at",
        "lives in",
        "living at",
        "living in",
        "resides",
        "home address",
        "lives with",
        "year-old",
        "years old",
    ];
    let lower = sentence.to_lowercase();
    let words: Vec<&str> = sentence.split_whitespace().collect();
    let capitals = |word: &str| {
        let word = word.trim_matches(|c: char| !c.is_alphanumeric());
        (1..=2).contains(&word.len()) && word.bytes().all(|b| b.is_ascii_uppercase())
    };
    // "Child A", "baby P": a person by a letter.
    let lettered = words.windows(2).any(|pair| {
        let [name, letters] = pair else { return false };
        ["child", "baby", "boy", "girl", "pupil"].contains(&name.to_lowercase().as_str()) && capitals(letters)
    });
    let initials = words.iter().any(|word| {
        let word = word.trim_matches(|c: char| "(),;:\"'“”".contains(c));
        let parts: Vec<&str> = word.split_terminator('.').collect();
        word.ends_with('.') && parts.len() > 1 && parts.iter().all(|part| part.len() == 1 && capitals(part))
    });
    HOME.iter().any(|words| lower.contains(words)) || lettered || initials
}

#[cfg(test)]
mod tests;
