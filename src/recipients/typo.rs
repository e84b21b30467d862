//! Domains that look like a slip of the finger: near one that many people have their mail at, or with an ending that
//! does not exist. It is a hint only, so it keeps to what is nearly certain.

/// Domains that many recipients of a British board have; sources of the fuzzy comparison.
const COMMON: [&str; 16] = [
    "gmail.com",
    "googlemail.com",
    "hotmail.com",
    "hotmail.co.uk",
    "outlook.com",
    "live.co.uk",
    "yahoo.com",
    "yahoo.co.uk",
    "icloud.com",
    "btinternet.com",
    "nhs.net",
    "virginmedia.com",
    "talktalk.net",
    "ntlworld.com",
    "blueyonder.co.uk",
    "protonmail.com",
];

/// Real domains that lie near one of the common ones.
const REAL: [&str; 8] =
    ["mail.com", "email.com", "ymail.com", "live.com", "nhs.uk", "outlook.co.uk", "hotmail.co", "yahoo.co"];

/// Second-level names below `.uk` that are long enough to be told apart.
const BELOW_UK: [&str; 6] = ["gov", "nhs", "org", "sch", "police", "plc"];

/// Endings that are no top-level domains but slips of ".com".
const NOT_COM: [&str; 12] = ["con", "cmo", "ocm", "comm", "vom", "xom", "cim", "conm", "coom", "ccom", "clm", "om.uk"];

/// Country codes one letter away from "uk".
const NEAR_UK: [&str; 14] = ["ua", "ug", "us", "uy", "uz", "ck", "dk", "hk", "lk", "mk", "pk", "sk", "tk", "uk"];

/// The domain that was probably meant; `domain` is in lower case.
pub(crate) fn meant(domain: &str) -> Option<String> {
    if COMMON.contains(&domain) || REAL.contains(&domain) {
        return None;
    }
    near_common(domain).map(str::to_owned).or_else(|| mended_ending(domain))
}

fn near_common(domain: &str) -> Option<&'static str> {
    COMMON.into_iter().find(|common| {
        let reach = if common.len() >= 12 && ending(common) == ending(domain) { 2 } else { 1 };
        common.len().abs_diff(domain.len()) <= reach && strsim::damerau_levenshtein(domain, common) <= reach
    })
}

fn ending(domain: &str) -> &str {
    domain.rsplit('.').next().unwrap_or_default()
}

fn mended_ending(domain: &str) -> Option<String> {
    let (front, last) = domain.rsplit_once('.')?;
    if NOT_COM.contains(&last) {
        return Some(format!("{front}.com"));
    }
    let second = front.rsplit('.').next().unwrap_or_default();
    let known = |label: &str| BELOW_UK.contains(&label) || matches!(label, "co" | "ac" | "me" | "ltd");
    if last != "uk" {
        let slip = known(second) && !NEAR_UK.contains(&last) && strsim::damerau_levenshtein(last, "uk") == 1;
        return slip.then(|| format!("{front}.uk"));
    }
    // ".gvo.uk": only below a name of the organisation's own, because anyone may register gvo.uk itself.
    let (rest, label) = front.rsplit_once('.')?;
    if known(label) {
        return None;
    }
    let near = BELOW_UK.into_iter().find(|name| strsim::damerau_levenshtein(label, name) == 1)?;
    Some(format!("{rest}.{near}.uk"))
}

#[cfg(test)]
mod tests {
    use super::meant;

    #[test]
    fn slips_are_seen_and_real_domains_left_alone() {
        for (domain, expected) in [
            ("gmial.com", Some("gmail.com")),
            ("gmail.con", Some("gmail.com")),
            ("gmail.co", Some("gmail.com")),
            ("hotmial.co.uk", Some("hotmail.co.uk")),
            ("btinternt.com", Some("btinternet.com")),
            ("nhs.ner", Some("nhs.net")),
            ("council.gov.ukk", Some("council.gov.uk")),
            ("council.gov.k", Some("council.gov.uk")),
            ("council.gov.ku", Some("council.gov.uk")),
            ("council.gvo.uk", Some("council.gov.uk")),
            ("kent.poilce.uk", Some("kent.police.uk")),
            ("charity.example.con", Some("charity.example.com")),
            ("council.gov.uk", None),
            ("mail.com", None),
            ("ymail.com", None),
            ("hotmail.co.nz", None),
            ("yahoo.co.in", None),
            ("gove.uk", None),
            ("board.example", None),
            ("mon.gov.ua", None),
            ("shop.co.uz", None),
            ("school.org", None),
            ("kent.sch.uk", None),
        ] {
            assert_eq!(meant(domain).as_deref(), expected, "{domain}");
        }
    }
}
