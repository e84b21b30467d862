//! `alt-text`: the alternative text is the picture for those who cannot see it, so it says what the picture says.

use crate::lint::rule::Rule;
use crate::lint::subject::Subject;
use crate::model::{Finding, Findings, Place, Severity};

/// The rule.
pub(crate) const RULE: Rule = Rule {
    id: "alt-text",
    severities: &[Severity::Warning],
    allowable: false,
    why: "the alternative text is the picture for those who cannot see it, so it says what the picture says",
    check,
};

/// Characters; what is longer belongs into the text, where everybody can read it at their own pace.
const LONGEST: usize = 150;
/// Screen readers say by themselves that it is a picture.
const KINDS: [&str; 8] = ["image", "picture", "photo", "photograph", "graphic", "screenshot", "icon", "logo"];
const ENDINGS: [&str; 8] = [".png", ".jpg", ".jpeg", ".gif", ".webp", ".svg", ".bmp", ".heic"];

fn check(subject: &Subject<'_>, findings: &mut Findings) {
    for picture in subject.prose.all().flat_map(|prose| &prose.pictures) {
        judge(&picture.alt, &picture.file, &picture.place, findings);
    }
    let signature = subject.week.signature.as_ref();
    if let Some((alt, logo)) = signature.and_then(|signature| signature.logo_alt.as_ref().zip(signature.logo.as_ref()))
    {
        judge(alt.value().trim(), logo.value(), alt.place(), findings);
    }
}

fn judge(alt: &str, file: &str, place: &Place, findings: &mut Findings) {
    if let Some((message, help)) = fault(alt, file) {
        findings.push(Finding::warning(RULE.id, place.clone(), message).help(help));
    }
}

fn fault(alt: &str, file: &str) -> Option<(String, &'static str)> {
    let lower = alt.to_lowercase();
    let stem = file.rsplit(['/', '\\']).next().unwrap_or(file).rsplit_once('.').map_or(file, |(stem, _)| stem);
    let length = alt.chars().count();
    let is_kind = KINDS.iter().any(|kind| lower == *kind || lower == format!("{kind}s"));
    if ENDINGS.iter().any(|ending| lower.ends_with(ending))
        || lower.contains(['-', '_']) && lower == stem.to_lowercase()
    {
        return Some((
            format!("the alternative text \"{alt}\" is the name of a file"),
            "say in a few words what the picture shows",
        ));
    }
    if is_kind {
        return Some((
            format!("the alternative text says only \"{alt}\""),
            "say in a few words what it shows, or whose it is",
        ));
    }
    let begins = |kind: &&str| lower.strip_prefix(*kind).is_some_and(|rest| rest.starts_with(" of "));
    let article = ["a ", "an ", "the "].iter().find_map(|article| lower.strip_prefix(article));
    if let Some(kind) = KINDS.iter().find(|kind| {
        begins(kind) || article.and_then(|rest| rest.strip_prefix(**kind)).is_some_and(|rest| rest.starts_with(" of "))
    }) {
        let message = format!("the alternative text begins with \"{kind} of\", which screen readers say by themselves");
        return Some((message, "begin with what the picture shows"));
    }
    (length > LONGEST).then(|| {
        let message = format!("the alternative text has {length} characters, more than {LONGEST}");
        (message, "say the main point here, and the details in the text beside the picture")
    })
}

#[cfg(test)]
mod tests {
    use super::fault;

    #[test]
    fn an_alternative_text_says_what_the_picture_says() {
        for (alt, good) in [
            ("Six signs that deserve a second look", true),
            ("Exampleshire Safeguarding Children Partnership", true),
            ("Photographs and memories", true),
            ("Flow chart: from a concern to a referral", true),
            ("infographic.png", false),
            ("flow-chart", false),
            ("Image of a poster", false),
            ("A picture of six signs", false),
            ("Logo", false),
            ("images", false),
            ("", true),
        ] {
            assert_eq!(fault(alt, "pictures/flow-chart.png").is_none(), good, "{alt}");
        }
        assert!(fault(&"a".repeat(150), "x.png").is_none() && fault(&"a".repeat(151), "x.png").is_some());
    }
}
