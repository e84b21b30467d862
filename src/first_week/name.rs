//! Names of week files.

/// A file name from a title: lower-case letters and digits of ASCII, with `-` between words; `week` where none is left.
#[must_use]
pub fn slug(title: &str) -> String {
    let words = title.split(|c: char| !c.is_ascii_alphanumeric()).filter(|word| !word.is_empty());
    let name = words.map(str::to_ascii_lowercase).collect::<Vec<_>>().join("-");
    if name.is_empty() { "week".to_owned() } else { name }
}

/// The name of a week of another year: a year at its end becomes the new one, otherwise the new one is added.
#[must_use]
pub fn next_name(name: &str, year: i32) -> String {
    let is_year = |text: &str| text.len() == 4 && text.bytes().all(|byte| byte.is_ascii_digit());
    match name.rsplit_once('-') {
        Some((stem, end)) if is_year(end) => format!("{stem}-{year}"),
        _ => format!("{name}-{year}"),
    }
}

#[cfg(test)]
mod tests {
    use super::{next_name, slug};

    #[test]
    fn names_are_plain_words() {
        assert_eq!(slug("CSE  Awareness Week: a start!"), "cse-awareness-week-a-start");
        assert_eq!(slug("…"), "week");
        assert_eq!(slug("../x"), "x");
        assert_eq!(next_name("cse-2027", 2028), "cse-2028");
        assert_eq!(next_name("cse-awareness-week", 2028), "cse-awareness-week-2028");
    }
}
