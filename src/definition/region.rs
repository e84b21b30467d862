//! Time zone and language: names that come from tables outside the project.

use chrono_tz::{TZ_VARIANTS, Tz};

use crate::document::{Table, nearest};
use crate::model::{Finding, Findings, Text};

/// The zone where none is given.
pub(crate) const DEFAULT_ZONE: Tz = chrono_tz::Europe::London;
/// The language where none is given.
pub(crate) const DEFAULT_LANG: &str = "en-GB";

/// `timezone`: a name of the IANA time zone database.
pub(crate) fn timezone(table: &mut Table, findings: &mut Findings) -> Tz {
    let Some(text) = table.text("timezone", findings) else { return DEFAULT_ZONE };
    let written = text.value().trim();
    if let Ok(zone) = written.parse() {
        return zone;
    }
    let finding =
        Finding::error("unknown-timezone", text.place().clone(), format!("there is no time zone \"{written}\""));
    let help = match nearest_zone(written) {
        Some(near) => format!("did you mean \"{near}\"?"),
        None => "write it as Region/City, such as \"Europe/London\"".to_owned(),
    };
    findings.push(finding.help(help));
    DEFAULT_ZONE
}

fn nearest_zone(written: &str) -> Option<&'static str> {
    // The two abbreviations of British time are not zones of their own.
    if matches!(written.to_ascii_uppercase().as_str(), "BST" | "GMT/BST" | "UK" | "BRITISH TIME") {
        return Some("Europe/London");
    }
    let names = || TZ_VARIANTS.iter().map(|zone| zone.name());
    let city = |name: &'static str| name.rsplit('/').next().unwrap_or(name);
    let word = written.replace(' ', "_");
    nearest(&word, names()).or_else(|| {
        let near = nearest(&word, names().filter(|name| name.contains('/')).map(city))?;
        names().find(|name| name.contains('/') && city(name) == near)
    })
}

/// `lang`: the shape of a language tag (BCP 47 §2.1): language, script, region, variants.
pub(crate) fn lang(table: &mut Table, findings: &mut Findings) -> String {
    let Some(text) = table.text("lang", findings) else { return DEFAULT_LANG.to_owned() };
    let tag = text.value().trim();
    if is_language_tag(tag) {
        return tag.to_owned();
    }
    findings.push(bad_tag(&text, tag));
    DEFAULT_LANG.to_owned()
}

fn bad_tag(text: &Text, tag: &str) -> Finding {
    let dashed = tag.replace(['_', ' '], "-");
    let help = match is_language_tag(&dashed) {
        true => format!("write it as \"{dashed}\""),
        false => "write a language and a country, such as \"en-GB\" or \"cy-GB\"".to_owned(),
    };
    Finding::error("bad-language", text.place().clone(), format!("\"{tag}\" is no language tag")).help(help)
}

fn is_language_tag(tag: &str) -> bool {
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

#[cfg(test)]
mod tests {
    use super::{is_language_tag, nearest_zone};

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
    fn near_zones_are_found_by_name_and_by_city() {
        assert_eq!(nearest_zone("Europe/Londn"), Some("Europe/London"));
        assert_eq!(nearest_zone("London"), Some("Europe/London"));
        assert_eq!(nearest_zone("new york"), Some("America/New_York"));
        assert_eq!(nearest_zone("BST"), Some("Europe/London"));
        assert_eq!(nearest_zone("Nowhere at all"), None);
    }
}
