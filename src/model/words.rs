//! Small pieces of sentences: plural forms, lists and dates, used in every message so that they read alike.

/// `1 recipient`, `2 recipients`, `1,204 recipients`, `2 people`: the count with the noun in its right form.
#[must_use]
pub fn count(number: usize, noun: &str) -> String {
    let plural = match (number, noun.strip_suffix('y')) {
        (1, _) => noun.to_owned(),
        _ if noun == "person" => "people".to_owned(),
        (_, Some(stem)) if !noun.ends_with("ay") && !noun.ends_with("ey") => format!("{stem}ies"),
        _ if noun.ends_with("ss") => format!("{noun}es"),
        _ => format!("{noun}s"),
    };
    format!("{} {plural}", grouped(number))
}

/// `a`, `a and b`, `a, b and c`.
#[must_use]
pub fn list_of<T: AsRef<str>>(items: &[T]) -> String {
    match items {
        [] => String::new(),
        [one] => one.as_ref().to_owned(),
        [first @ .., last] => {
            let first: Vec<&str> = first.iter().map(AsRef::as_ref).collect();
            format!("{} and {}", first.join(", "), last.as_ref())
        }
    }
}

/// The text with a capital at its beginning.
#[must_use]
pub fn capitalised(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

/// `Monday 15 March 2027`: a date as findings and refusals write it.
#[must_use]
pub fn long_date(date: chrono::NaiveDate) -> String {
    date.format("%A %-d %B %Y").to_string()
}

/// `1,204`: digits in groups of three.
#[must_use]
pub fn grouped(number: usize) -> String {
    let digits = number.to_string();
    let mut out = String::new();
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::{capitalised, count, list_of, long_date};

    #[test]
    fn counts_and_lists_read_as_english() {
        assert_eq!((capitalised("").as_str(), capitalised("it is").as_str()), ("", "It is"));
        assert_eq!(count(1, "recipient"), "1 recipient");
        assert_eq!(count(0, "recipient"), "0 recipients");
        assert_eq!(count(1_234_567, "copy"), "1,234,567 copies");
        assert_eq!(count(2, "day"), "2 days");
        assert_eq!(count(1, "person"), "1 person");
        assert_eq!(count(2, "person"), "2 people");
        assert_eq!(count(3, "address"), "3 addresses");
        assert_eq!(list_of::<&str>(&[]), "");
        assert_eq!(list_of(&["a"]), "a");
        assert_eq!(list_of(&["a", "b", "c"]), "a, b and c");
        assert_eq!(chrono::NaiveDate::from_ymd_opt(2027, 3, 5).map(long_date).unwrap(), "Friday 5 March 2027");
    }
}
