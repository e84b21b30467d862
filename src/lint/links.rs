//! The links of a week, wherever they stand, and what can be told of their addresses.

use std::collections::BTreeSet;

use crate::lint::subject::Subject;
use crate::model::{MERGED, Place, Prose, Text, Week, WeekProse};

/// One link as a recipient meets it.
#[derive(Debug, Clone)]
pub(crate) struct LinkSeen<'a> {
    /// The words that are the link.
    pub(crate) words: &'a Text,
    /// Where it leads.
    pub(crate) url: &'a str,
    /// Where the link or, in a list of links, its address stands.
    pub(crate) place: Place,
    /// Whether it is an address in running text, which is its own words.
    pub(crate) bare: bool,
}

/// All links of a week, each once.
pub(crate) fn all<'a>(subject: &Subject<'a>) -> Vec<LinkSeen<'a>> {
    of_week(subject.week, subject.prose)
}

/// The links in the message of one broadcast, by its index in the file.
pub(crate) fn of_broadcast<'a>(subject: &Subject<'a>, index: usize) -> Vec<LinkSeen<'a>> {
    let mut seen: Vec<LinkSeen<'a>> = subject.prose.of_broadcast(index).flat_map(of_prose).collect();
    seen.extend(of_list(subject.week, index));
    seen.extend(resources(subject.week));
    seen
}

/// The web addresses that `check --online` asks for, each once and in order. What is merged for a recipient is among
/// them with [`MERGED`]; nobody asks for those.
#[must_use]
pub fn web_addresses(week: &Week, prose: &WeekProse) -> Vec<String> {
    let addresses: BTreeSet<String> = of_week(week, prose).iter().filter_map(LinkSeen::web).collect();
    addresses.into_iter().collect()
}

fn of_week<'a>(week: &'a Week, prose: &'a WeekProse) -> Vec<LinkSeen<'a>> {
    let mut seen: Vec<LinkSeen<'a>> = prose.all().flat_map(of_prose).collect();
    seen.extend((0..week.broadcasts.len()).flat_map(|index| of_list(week, index)));
    seen.extend(resources(week));
    seen
}

fn of_prose(prose: &Prose) -> impl Iterator<Item = LinkSeen<'_>> {
    prose.links.iter().map(|link| LinkSeen {
        words: &link.words,
        url: &link.url,
        place: link.place.clone(),
        bare: link.bare,
    })
}

fn of_list(week: &Week, index: usize) -> impl Iterator<Item = LinkSeen<'_>> {
    let links = week.broadcasts.get(index).map_or(&[][..], |broadcast| &broadcast.links);
    links.iter().map(|link| listed(&link.text, &link.url))
}

fn resources(week: &Week) -> Option<LinkSeen<'_>> {
    week.resources.as_ref().map(|resources| listed(&resources.text, &resources.url))
}

fn listed<'a>(words: &'a Text, url: &'a Text) -> LinkSeen<'a> {
    LinkSeen { words, url: url.value().trim(), place: url.place().clone(), bare: false }
}

impl LinkSeen<'_> {
    /// The words with single spaces, lower case, without punctuation around them.
    pub(crate) fn plain_words(&self) -> String {
        let words: Vec<&str> = self.words.value().split_whitespace().collect();
        let joined = words.join(" ").to_lowercase();
        joined.trim_matches(|c: char| !c.is_alphanumeric() && c != MERGED).to_owned()
    }

    /// The address with its scheme, if it is a web address.
    pub(crate) fn web(&self) -> Option<String> {
        let lower = self.url.get(..8).unwrap_or(self.url).to_ascii_lowercase();
        if lower.starts_with("https://") || lower.starts_with("http://") {
            return Some(self.url.to_owned());
        }
        lower.starts_with("www.").then(|| format!("https://{}", self.url))
    }

    /// The host that it leads to, if it is a web address whose host stands there whole.
    pub(crate) fn host(&self) -> Option<String> {
        host(&self.web()?).filter(|host| !host.contains(MERGED))
    }
}

/// The host of a web address, lower case and in A-labels, without user and port.
pub(crate) fn host(address: &str) -> Option<String> {
    let (_, rest) = address.split_once("://")?;
    let authority = rest.split(['/', '?', '#', '\\']).next()?;
    let host = authority.rsplit('@').next()?.split(':').next()?.trim_end_matches('.');
    if host.is_empty() {
        return None;
    }
    Some(idna::domain_to_ascii(host).unwrap_or_else(|_| host.to_ascii_lowercase()))
}

/// Whether a host is a domain or stands below it.
pub(crate) fn is_within(host: &str, domain: &str) -> bool {
    host.strip_suffix(domain).is_some_and(|rest| rest.is_empty() || rest.ends_with('.'))
}

#[cfg(test)]
mod tests {
    use super::{host, is_within};

    #[test]
    fn hosts_are_read_as_a_browser_reads_them() {
        for (address, expected) in [
            ("https://Www.Board.Example/a", Some("www.board.example")),
            ("https://gov.uk@evil.example/", Some("evil.example")),
            ("https://board.example:8080?x", Some("board.example")),
            ("https://münchen.example", Some("xn--mnchen-3ya.example")),
            ("mailto:a@board.example", None),
            ("https://", None),
        ] {
            assert_eq!(host(address).as_deref(), expected, "{address}");
        }
        assert!(
            is_within("www.bit.ly", "bit.ly") && is_within("bit.ly", "bit.ly") && !is_within("rabbit.ly", "bit.ly")
        );
    }
}
