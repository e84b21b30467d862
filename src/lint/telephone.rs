//! Telephone numbers of the United Kingdom: whether one is written so that it can be read, heard and dialled. The groups
//! are those of the GOV.UK style guide and of Ofcom's numbering plan; ITU-T E.123 for `+44`.

use crate::lint::digits::Run;

/// What is wrong with a number, and how it is written, where that can be told.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Fault {
    /// The fact.
    pub(crate) message: String,
    /// The number in its usual form.
    pub(crate) written: Option<String>,
}

/// Numbers with fewer digits than others of their kind.
const SHORT: [(&str, &[usize]); 2] = [("08001111", &[4, 4]), ("08454647", &[4, 2, 2])];
/// Areas whose code has six digits.
const SIX: [&str; 12] = [
    "013873", "015242", "015394", "015395", "015396", "016973", "016974", "016977", "017683", "017684", "017687",
    "019467",
];

/// What is wrong with a run of digits, if it is a telephone number; `named` says that the words before it call it one.
pub(crate) fn fault(run: &Run, named: bool) -> Option<Fault> {
    let number = Number::of(run, named)?;
    let (fits, first_group) = (number.fits(), number.groups.first().copied().unwrap_or_default());
    let plausible = first(&number.national).contains(&first_group);
    if !named && !run.plus && !is_clearly_one(&number, fits, plausible, run.marked) {
        return None;
    }
    let written = fits.then(|| usual(&number.national, run.plus));
    let message = if !fits {
        let (start, digits) = (number.national.get(..2).unwrap_or_default(), number.national.len());
        let wanted = lengths(&number.national)?.last().copied().unwrap_or_default();
        format!("the telephone number has {digits} digits, and one that begins with {start} has {wanted}")
    } else if let Some(beginning) = number.beginning {
        beginning.to_owned()
    } else if run.letter {
        "the letter O stands in the telephone number in place of a zero".to_owned()
    } else if run.marked {
        "the telephone number is written with hyphens or full stops".to_owned()
    } else if number.groups.len() < 2 {
        "the telephone number is written without spaces".to_owned()
    } else if !plausible || !number.groups.iter().all(|group| (2..=6).contains(group)) {
        // A memorable number may have small groups, as long as the first is whole.
        "the telephone number is divided in unusual places".to_owned()
    } else {
        return None;
    };
    Some(Fault { message, written })
}

/// Whether digits that nobody calls a telephone number are one: dates, orders and books have digits as well.
fn is_clearly_one(number: &Number, fits: bool, plausible: bool, marked: bool) -> bool {
    let (length, one_piece) = (number.national.len(), number.groups.len() < 2);
    match (fits, one_piece) {
        (true, true) => length != 10 || !number.national.starts_with("01"),
        (true, false) => plausible || length == 11 && !marked,
        (false, _) => plausible && !one_piece,
    }
}

/// A number as it is dialled within the United Kingdom.
struct Number {
    /// With its leading zero.
    national: String,
    /// How its digits are grouped; empty where a zero is missing.
    groups: Vec<usize>,
    /// What is wrong with its beginning.
    beginning: Option<&'static str>,
}

impl Number {
    /// The number that a run begins with: what follows it may be the hours of a service.
    fn of(run: &Run, named: bool) -> Option<Self> {
        let whole = national(run, named)?;
        let shorter = (1..=whole.groups.len()).rev().map(|groups| whole.first_groups(groups));
        let all: Vec<Self> = shorter.collect();
        let is_short = |number: &&Self| SHORT.iter().any(|(short, _)| *short == number.national);
        let found = all.iter().find(is_short).or_else(|| all.iter().find(|number| number.fits()));
        if let Some(found) = found {
            return Some(found.first_groups(found.groups.len()));
        }
        let near = whole.fits() || (9..=12).contains(&whole.national.len());
        (near && lengths(&whole.national).is_some()).then_some(whole)
    }

    fn first_groups(&self, number: usize) -> Self {
        let groups: Vec<usize> = self.groups.iter().take(number).copied().collect();
        let length: usize = groups.iter().sum();
        let national = self.national.get(..length).unwrap_or(&self.national).to_owned();
        Self { national, groups, beginning: self.beginning }
    }

    fn fits(&self) -> bool {
        lengths(&self.national).is_some_and(|lengths| lengths.contains(&self.national.len()))
    }
}

/// The number with its leading zero, its groups, and what is wrong with its beginning.
fn national(run: &Run, named: bool) -> Option<Number> {
    let digits = run.digits.as_str();
    let abroad = if run.plus { digits.strip_prefix("44") } else { digits.strip_prefix("0044") };
    if let Some(rest) = abroad {
        let mut groups: Vec<usize> = run.groups.iter().skip(1).copied().collect();
        let zero = rest.starts_with('0');
        let apart = zero && groups.first() == Some(&1);
        if apart {
            groups.remove(0);
        }
        if (apart || !zero)
            && let Some(first) = groups.first_mut()
        {
            *first += 1;
        }
        let spelt = zero.then_some("nobody can dial the zero after +44");
        let spelt = spelt.or((!run.plus).then_some("0044 reaches the United Kingdom from some countries only"));
        let national = format!("0{}", rest.trim_start_matches('0'));
        return Some(Number { national, groups, beginning: spelt });
    }
    if run.plus {
        return None;
    }
    if digits.starts_with('0') {
        return Some(Number { national: digits.to_owned(), groups: run.groups.clone(), beginning: None });
    }
    let begins = digits.starts_with(['1', '2', '3', '7', '8']);
    (named && begins && digits.len() == 10).then(|| Number {
        national: format!("0{digits}"),
        groups: Vec::new(),
        beginning: Some("the telephone number lacks its leading zero"),
    })
}

/// How many digits numbers of this kind have; `None` for what is no kind of number.
fn lengths(national: &str) -> Option<&'static [usize]> {
    if SHORT.iter().any(|(short, _)| *short == national) {
        return Some(&[8]);
    }
    match national.get(..2)? {
        "01" => Some(&[10, 11]),
        "02" | "03" | "07" | "09" => Some(&[11]),
        "08" if national.starts_with("0800") => Some(&[10, 11]),
        "08" => Some(&[11]),
        _ => None,
    }
}

/// How long the first group may be: the area, or the kind of number.
fn first(national: &str) -> std::ops::RangeInclusive<usize> {
    let third_or_fourth = |at: usize| national.as_bytes().get(at) == Some(&b'1');
    match national.get(..2).unwrap_or_default() {
        "02" => 3..=3,
        "01" if third_or_fourth(2) || third_or_fourth(3) => 4..=4,
        "01" if SIX.iter().any(|area| national.starts_with(area)) => 5..=6,
        "01" => 5..=5,
        "07" => 5..=6,
        _ => 4..=4,
    }
}

fn usual(national: &str, abroad: bool) -> String {
    let own = SHORT.iter().find(|(short, _)| *short == national).map(|(_, sizes)| sizes.to_vec());
    let sizes = own.unwrap_or_else(|| {
        let first = *first(national).start();
        let rest = national.len().saturating_sub(first);
        match (first, rest) {
            (3, _) => vec![3, 4, rest.saturating_sub(4)],
            (_, 6 | 7) => vec![first, 3, rest - 3],
            _ => vec![first, rest],
        }
    });
    let mut at = 0;
    let mut groups = Vec::new();
    for size in sizes {
        groups.push(national.get(at..at + size).unwrap_or_default());
        at += size;
    }
    let written = groups.join(" ");
    if abroad { format!("+44 {}", written.trim_start_matches('0')) } else { written }
}

#[cfg(test)]
mod tests {
    use super::fault;
    use crate::lint::digits::runs;

    #[test]
    fn numbers_are_told_from_other_digits_and_right_forms_from_wrong_ones() {
        for (text, expected) in [
            ("0800 1111", None),
            ("116 123", None),
            ("101", None),
            ("0808 800 5000", None),
            ("0800 555 111", None),
            ("0800 80 70 60", None),
            ("01632 960123", None),
            ("01632 960 123", None),
            ("(01632) 960123", None),
            ("020 7946 0123", None),
            ("0117 496 0123", None),
            ("0344 381 4772", None),
            ("07700 900123", None),
            ("+44 1632 960123", None),
            ("015394 96012", None),
            ("08001111", Some("0800 1111")),
            ("01632960123", Some("01632 960 123")),
            ("01632-960-123", Some("01632 960 123")),
            ("020 79460123", Some("020 7946 0123")),
            ("0207 946 0123", Some("020 7946 0123")),
            ("0163 2960123", Some("01632 960 123")),
            ("07 700 900 123", Some("07700 900 123")),
            ("O8O8 8OO 5OOO", Some("0808 800 5000")),
            ("+44 (0)1632 960123", Some("+44 1632 960 123")),
            ("0044 1632 960123", Some("01632 960 123")),
            ("07700 90012", Some("?")),
            ("20270315", None),
            ("1 2 3 4", None),
            ("978 0 306 40615 7", None),
            ("0 to 10", None),
            ("0800 555 111 24 hours a day", None),
            ("0800 555 111 (24 hours)", None),
            ("08001111 24 hours", Some("0800 1111")),
            ("01632 960123 01632 960124", None),
            ("on 01.04.2027 10 people", None),
            ("on 01.04.2027 09.30", None),
            ("book 0 306 40615 2", None),
            ("order 0123456789", None),
            ("01632 96012 (closed)", None),
            ("0808 800 500", Some("?")),
            ("+44 20 7946 0123", None),
            ("+441632960123", Some("+44 1632 960 123")),
            ("+1 202 555 0123", None),
        ] {
            let found = runs(text).iter().find_map(|run| fault(run, false));
            let written = found.map(|fault| fault.written.unwrap_or_else(|| "?".to_owned()));
            assert_eq!(written.as_deref(), expected, "{text}");
        }
        let named = fault(&runs("1632 960123")[0], true).and_then(|fault| fault.written);
        assert_eq!(named.as_deref(), Some("01632 960 123"));
    }
}
