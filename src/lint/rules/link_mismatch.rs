//! `link-mismatch`: words that show one address and lead to another are how people are deceived.

use crate::lint::links::{self, LinkSeen, host, is_within};
use crate::lint::rule::Rule;
use crate::lint::subject::Subject;
use crate::model::{Finding, Findings, MERGED, Severity};

/// The rule.
pub(crate) const RULE: Rule = Rule {
    id: "link-mismatch",
    severities: &[Severity::Error],
    allowable: true,
    why: "words that show one address and lead to another are how people are deceived",
    check,
};

/// The last labels by which a word without scheme is taken for a web address.
const ENDS: [&str; 16] = [
    "uk", "org", "com", "net", "gov", "edu", "int", "info", "io", "eu", "scot", "wales", "cymru", "london", "example",
    "nhs",
];

fn check(subject: &Subject<'_>, findings: &mut Findings) {
    for link in links::all(subject).into_iter().filter(|link| !link.bare) {
        if let Some((shown, target)) = mismatch(&link) {
            let message = format!("the words show \"{shown}\", but the link leads to \"{target}\"");
            let help = "let both name the same address, or write the name of the page as the words";
            findings.push(Finding::error(RULE.id, link.place, message).help(help));
        }
    }
}

fn mismatch(link: &LinkSeen<'_>) -> Option<(String, String)> {
    let words = link.words.value();
    if link.url.contains(MERGED) && link.host().is_none() || words.contains(MERGED) {
        return None;
    }
    if let Some(mailbox) = link.url.get(..7).filter(|s| s.eq_ignore_ascii_case("mailto:")).and(link.url.get(7..)) {
        let target = mailbox.split('?').next()?.trim();
        let shown = words.split_whitespace().map(bare).find(|word| is_mailbox(word))?;
        return (!shown.eq_ignore_ascii_case(target)).then(|| (shown.to_owned(), target.to_owned()));
    }
    let (target, shown) = (link.host()?, shown_host(words)?);
    let (one, other) = (without_www(&shown), without_www(&target));
    (!is_within(one, other) && !is_within(other, one)).then(|| (shown.clone(), target.clone()))
}

fn without_www(host: &str) -> &str {
    host.strip_prefix("www.").unwrap_or(host)
}

/// A word without the punctuation around it.
fn bare(word: &str) -> &str {
    word.trim_matches(|c: char| "()[]<>\"'“”‘’.,;:!?".contains(c))
}

fn is_mailbox(word: &str) -> bool {
    word.split_once('@').is_some_and(|(local, domain)| !local.is_empty() && domain.contains('.'))
}

/// The host of the first web address among some words.
fn shown_host(words: &str) -> Option<String> {
    let mut all = words.split_whitespace().map(bare);
    let named = all.clone().find(|word| word.contains("://") || word.to_ascii_lowercase().starts_with("www."));
    if let Some(word) = named {
        return if word.contains("://") { host(word) } else { host(&format!("https://{word}")) };
    }
    let (Some(only), None) = (all.next(), all.next()) else { return None };
    let found = host(&format!("https://{only}"))?;
    let label = |label: &str| !label.is_empty() && label.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-');
    let is_host = found.contains('.') && found.split('.').all(label) && !only.contains('@');
    let end = found.rsplit('.').next()?;
    (is_host && ENDS.contains(&end)).then_some(found)
}

#[cfg(test)]
mod tests {
    use super::{LinkSeen, mismatch};
    use crate::model::{Place, Text};

    #[test]
    fn words_and_address_must_agree_where_both_name_a_host() {
        for (words, url, agree) in [
            ("www.nspcc.org.uk", "https://www.nspcc.org.uk/help", true),
            ("nspcc.org.uk", "https://learning.nspcc.org.uk/", true),
            ("https://board.example/a", "https://www.board.example/b", true),
            ("board.example", "https://evil.example/", false),
            ("See www.gov.uk/guidance now", "https://gov.uk.evil.example/", false),
            ("https://gov.uk", "https://gov.uk@evil.example/", false),
            ("The guidance", "https://board.example/", true),
            ("report.pdf", "https://board.example/report.pdf", true),
            ("Ask a.b@board.example", "mailto:a.b@board.example?subject=x", true),
            ("a@board.example", "mailto:b@board.example", false),
            ("Version 2.0 of the form", "https://board.example/", true),
            ("Stop It Now.", "https://www.stopitnow.org.uk/", true),
            ("münchen.example", "https://xn--mnchen-3ya.example/", true),
        ] {
            let place = Place::file("w.toml");
            let words = Text::synthetic(words, place.clone());
            let link = LinkSeen { words: &words, url, place, bare: false };
            assert_eq!(mismatch(&link).is_none(), agree, "{} {url}", words.value());
        }
    }
}
