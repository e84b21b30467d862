//! `link-tracking`: what follows the address tells others who reads what; a broadcast tracks nobody.

use crate::lint::links;
use crate::lint::rule::Rule;
use crate::lint::subject::Subject;
use crate::model::{Finding, Findings, Severity};

/// The rule.
pub(crate) const RULE: Rule = Rule {
    id: "link-tracking",
    severities: &[Severity::Warning],
    allowable: false,
    why: "what follows the address tells others who reads what; a broadcast tracks nobody",
    check,
};

/// Query parameters of mailing services, shops for advertisements and social networks.
const NAMES: [&str; 18] = [
    "fbclid", "gclid", "gclsrc", "dclid", "gbraid", "wbraid", "msclkid", "mc_cid", "mc_eid", "igshid", "igsh",
    "twclid", "ttclid", "yclid", "mkt_tok", "_hsenc", "_hsmi", "vero_id",
];
const BEGINNING: &str = "utm_";

fn check(subject: &Subject<'_>, findings: &mut Findings) {
    for link in links::all(subject) {
        let Some((name, clean)) = link.web().and_then(|address| without_tracking(&address)) else { continue };
        let message = format!("the address holds \"{name}\", by which others count and follow the readers");
        let finding = Finding::warning(RULE.id, link.place, message);
        findings.push(finding.help(format!("write {clean}")));
    }
}

/// The first tracking parameter of an address, and the address without any.
fn without_tracking(address: &str) -> Option<(String, String)> {
    let (before, fragment) = match address.split_once('#') {
        Some((before, fragment)) => (before, format!("#{fragment}")),
        None => (address, String::new()),
    };
    let (page, query) = before.split_once('?')?;
    let name = |pair: &str| pair.split('=').next().unwrap_or_default().to_ascii_lowercase();
    let tracks = |pair: &&str| name(pair).starts_with(BEGINNING) || NAMES.contains(&name(pair).as_str());
    let first = name(query.split('&').find(tracks)?);
    let rest: Vec<&str> = query.split('&').filter(|pair| !tracks(pair)).collect();
    let mark = if rest.is_empty() { "" } else { "?" };
    Some((first, format!("{page}{mark}{}{fragment}", rest.join("&"))))
}

#[cfg(test)]
mod tests {
    use super::without_tracking;

    #[test]
    fn tracking_is_taken_out_and_the_rest_stays() {
        for (address, clean) in [
            ("https://x.example/a?utm_source=b&id=3#top", Some("https://x.example/a?id=3#top")),
            ("https://x.example/a?UTM_Source=b&fbclid=c", Some("https://x.example/a")),
            ("https://x.example/a?id=3&page=2", None),
            ("https://x.example/utm_source=b", None),
        ] {
            assert_eq!(without_tracking(address).map(|(_, clean)| clean).as_deref(), clean, "{address}");
        }
    }
}
