//! Time zone and language: names that come from tables outside the project.

use chrono_tz::{TZ_VARIANTS, Tz};

use crate::document::{Table, nearest};
use crate::model::{Finding, Findings, bad_language_tag, is_language_tag};

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

/// `lang`: a language tag.
pub(crate) fn lang(table: &mut Table, findings: &mut Findings) -> String {
    let Some(text) = table.text("lang", findings) else { return DEFAULT_LANG.to_owned() };
    let tag = text.value().trim();
    if is_language_tag(tag) {
        return tag.to_owned();
    }
    findings.push(bad_language_tag(tag, text.place().clone()));
    DEFAULT_LANG.to_owned()
}

#[cfg(test)]
mod tests {
    use super::nearest_zone;

    #[test]
    fn near_zones_are_found_by_name_and_by_city() {
        assert_eq!(nearest_zone("Europe/Londn"), Some("Europe/London"));
        assert_eq!(nearest_zone("London"), Some("Europe/London"));
        assert_eq!(nearest_zone("new york"), Some("America/New_York"));
        assert_eq!(nearest_zone("BST"), Some("Europe/London"));
        assert_eq!(nearest_zone("Nowhere at all"), None);
    }
}
