//! `link-shortener`: behind a short or wrapped address nobody sees where it leads, and people are taught not to follow it.

use crate::lint::links::{self, is_within};
use crate::lint::rule::Rule;
use crate::lint::subject::Subject;
use crate::model::{Finding, Findings, Severity};

/// The rule.
pub(crate) const RULE: Rule = Rule {
    id: "link-shortener",
    severities: &[Severity::Warning],
    allowable: false,
    why: "behind a short or wrapped address nobody sees where it leads, and people are taught not to follow it",
    check,
};

/// Services that shorten addresses for anybody.
const SHORT: [&str; 20] = [
    "bit.ly",
    "tinyurl.com",
    "t.co",
    "goo.gl",
    "ow.ly",
    "is.gd",
    "buff.ly",
    "rb.gy",
    "cutt.ly",
    "rebrand.ly",
    "lnkd.in",
    "shorturl.at",
    "t.ly",
    "tiny.cc",
    "bl.ink",
    "short.io",
    "s.id",
    "v.gd",
    "dlvr.it",
    "fb.me",
];
/// Mail scanners that put their own address before the real one; a copy out of a mail carries it.
const WRAPPED: [&str; 6] = [
    "safelinks.protection.outlook.com",
    "urldefense.com",
    "urldefense.proofpoint.com",
    "protect-eu.mimecast.com",
    "protect-us.mimecast.com",
    "linkprotect.cudasvc.com",
];

fn check(subject: &Subject<'_>, findings: &mut Findings) {
    for link in links::all(subject) {
        let Some(host) = link.host() else { continue };
        let within = |domains: &[&str]| domains.iter().any(|domain| is_within(&host, domain));
        let message = if within(&SHORT) {
            format!("\"{host}\" hides the address that the link leads to")
        } else if within(&WRAPPED) {
            format!("\"{host}\" is a mail scanner's address around the real one")
        } else {
            continue;
        };
        let help = "open the link, and copy the address of the page itself from the browser";
        findings.push(Finding::warning(RULE.id, link.place, message).help(help));
    }
}
