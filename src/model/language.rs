//! Language tags: of a week, and of a stretch of words in another language.

use crate::model::finding::Finding;
use crate::model::place::Place;

/// Whether something has the shape of a language tag (BCP 47 §2.1): language, script, region, variants.
#[must_use]
pub fn is_language_tag(tag: &str) -> bool {
    let mut parts = tag.split('-').peekable();
    let letters = |part: &str, lengths: std::ops::RangeInclusive<usize>| {
        lengths.contains(&part.len()) && part.bytes().all(|b| b.is_ascii_alphabetic())
    };
    if !parts.next().is_some_and(|language| letters(language, 2..=3)) {
        return false;
    }
    parts.next_if(|script| letters(script, 4..=4));
    parts.next_if(|region| letters(region, 2..=2) || (region.len() == 3 && region.bytes().all(|b| b.is_ascii_digit())));
    parts.all(|variant| (4..=8).contains(&variant.len()) && variant.bytes().all(|b| b.is_ascii_alphanumeric()))
}

/// What is said of a tag that is none.
#[must_use]
pub fn bad_language_tag(tag: &str, place: Place) -> Finding {
    let dashed = tag.replace(['_', ' '], "-");
    let help = match is_language_tag(&dashed) {
        true => format!("write it as \"{dashed}\""),
        false => "write a language and a country, such as \"en-GB\" or \"cy-GB\"".to_owned(),
    };
    Finding::error("bad-language", place, format!("\"{tag}\" is no language tag")).help(help)
}

/// Whether words in a language are written from right to left: by the script that its tag names, else by its usual one.
#[must_use]
pub fn is_right_to_left(tag: &str) -> bool {
    let mut parts = tag.split('-');
    let language = parts.next().unwrap_or_default().to_ascii_lowercase();
    if let Some(script) = parts.next().filter(|part| part.len() == 4) {
        let scripts = ["adlm", "arab", "aran", "hebr", "mand", "nkoo", "rohg", "samr", "syrc", "thaa"];
        return scripts.contains(&script.to_ascii_lowercase().as_str());
    }
    ["ar", "arc", "ckb", "dv", "fa", "he", "iw", "ks", "nqo", "ps", "sd", "syr", "ug", "ur", "yi"]
        .contains(&language.as_str())
}

#[cfg(test)]
mod tests {
    use super::{is_language_tag, is_right_to_left};

    #[test]
    fn tags_have_the_shape_of_bcp_47() {
        for tag in ["en", "en-GB", "cy-GB", "zh-Hant-TW", "es-419", "sl-rozaj", "de-CH-1996"] {
            assert!(is_language_tag(tag), "{tag}");
        }
        for tag in ["", "english", "en_GB", "e", "en-", "en-GBR", "en-GB ", "-en", "en--GB", "én"] {
            assert!(!is_language_tag(tag), "{tag}");
        }
    }

    #[test]
    fn the_direction_is_that_of_the_script() {
        for (tag, expected) in [
            ("ar", true),
            ("UR-PK", true),
            ("he-IL", true),
            ("pa", false),
            ("pa-Arab-PK", true),
            ("az-Latn", false),
            ("ug-Latn", false),
            ("cy-GB", false),
            ("", false),
        ] {
            assert_eq!(is_right_to_left(tag), expected, "{tag}");
        }
    }
}
