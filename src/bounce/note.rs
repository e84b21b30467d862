//! Notes for people in place of a report: the addresses that a mail system names, each with its words.

use crate::bounce::dialects::{apart, dialect, is_delay, is_note};
use crate::bounce::fields::ids_in;
use crate::bounce::kind::{Action, Kind};
use crate::bounce::parts::Parts;
use crate::bounce::report::{MOST_RECIPIENTS, Reported};
use crate::bounce::status::{code_in, status_in};
use crate::model::Address;

/// Local parts of mail systems.
const SYSTEMS: [&str; 7] =
    ["mailer-daemon", "postmaster", "mail-daemon", "mdaemon", "microsoftexchange", "noreply-bounce", "mailerdaemon"];

/// The most lines of a note that are looked at.
const MOST_LINES: usize = 2_000;

/// What a note says.
pub(crate) struct Note {
    pub(crate) kind: Kind,
    pub(crate) form: &'static str,
    pub(crate) recipients: Vec<Reported>,
    /// Message-IDs in the copy of the message.
    pub(crate) message_ids: Vec<String>,
}

/// Reads a note, if the mail is one: it must come from a mail system, not from a person who quotes one.
pub(crate) fn read(parts: &Parts) -> Option<Note> {
    let failed: Vec<String> =
        parts.header.all("x-failed-recipients").flat_map(|value| value.split(',').filter_map(address)).collect();
    if failed.is_empty() && !is_from_a_system(parts) {
        return None;
    }
    let (words, copy) = apart(&parts.text);
    let known = dialect(words);
    // A mail system that says nothing known still returns a message, or quotes an answer.
    let traces = || parts.returned.is_some() || status_in(words).is_some() || code_in(words).is_some();
    let is_one = known.is_some() || !failed.is_empty() || is_note(&parts.subject);
    let is_one = is_one || (is_named_as_a_system(parts) && traces());
    if !is_one {
        return None;
    }
    let kind = match known {
        Some(dialect) if dialect.kind == Kind::Delayed => Kind::Delayed,
        _ if is_delay(&parts.subject) => Kind::Delayed,
        _ => Kind::Bounce,
    };
    let action = if kind == Kind::Delayed { Action::Delayed } else { Action::Failed };
    let own: Vec<&str> = parts.from.iter().chain(&parts.to).map(String::as_str).collect();
    let mut recipients = named(words, action, &own);
    for address in failed {
        if !recipients.iter().any(|one| one.address.as_deref() == Some(&address)) {
            recipients.push(Reported { address: Some(address), action: Some(action), ..Reported::default() });
        }
    }
    complete(&mut recipients, words, action, &own);
    recipients.truncate(MOST_RECIPIENTS);
    Some(Note { kind, form: known.map_or("unknown", |dialect| dialect.form), recipients, message_ids: ids_of(copy) })
}

fn is_from_a_system(parts: &Parts) -> bool {
    let null = parts.header.get("return-path").is_some_and(|path| path.replace(' ', "") == "<>");
    null || is_named_as_a_system(parts)
}

/// `From` is that of a mail system, by its address or, where there is none, by its name.
fn is_named_as_a_system(parts: &Parts) -> bool {
    let name = parts.from_name.to_lowercase();
    let local = |address: &String| address.split('@').next().unwrap_or_default().to_owned();
    let mut names = parts.from.iter().map(local).chain(Some(name.clone()));
    names.any(|own| SYSTEMS.iter().any(|system| own.starts_with(system)))
        || name.starts_with("mail delivery")
        || name.contains("mail administrator")
}

/// Each address that begins a line or stands alone on it, with the words behind it.
fn named(text: &str, action: Action, own: &[&str]) -> Vec<Reported> {
    let lines: Vec<&str> = text.lines().take(MOST_LINES).collect();
    let mut found: Vec<Reported> = Vec::new();
    for (index, line) in lines.iter().enumerate() {
        let Some((address, rest)) = leading(line) else { continue };
        if own.contains(&address.as_str()) || found.len() >= MOST_RECIPIENTS {
            continue;
        }
        let words = format!("{rest} {}", following(&lines, index + 1));
        let read = Reported::with_words(Some(address), Some(action), &words);
        match found.iter_mut().find(|one| one.address == read.address) {
            None => found.push(read),
            // Named again, further down, with a code: the part for administrators.
            Some(known) if known.status.is_none() && read.status.is_some() => *known = read,
            Some(_) => {}
        }
    }
    found
}

/// The paragraph behind a line; where an empty line follows at once, the next one.
fn following(lines: &[&str], from: usize) -> String {
    let rest = lines.get(from..).unwrap_or_default();
    let empty = rest.iter().take_while(|line| line.trim().is_empty()).count();
    let behind = rest.get(empty.min(2)..).unwrap_or_default();
    let is_words = |line: &&&str| !line.trim().is_empty() && leading(line).is_none();
    let paragraph: Vec<&str> = behind.iter().take_while(is_words).take(8).copied().collect();
    match paragraph.as_slice() {
        // "because:" and the like only announce the words.
        [only] if only.trim().ends_with(':') && only.trim().len() < 20 => behind
            .iter()
            .skip(1)
            .skip_while(|line| line.trim().is_empty())
            .take(2)
            .copied()
            .collect::<Vec<_>>()
            .join(" "),
        words => words.join(" "),
    }
}

/// An address at the beginning of a line, and the rest: `<a@b.example>:`, `a@b.example`, `a@b.example on Mon, …`,
/// `Name (a@b.example)<mailto:…>`.
fn leading(line: &str) -> Option<(String, &str)> {
    let line = line.trim().trim_start_matches(['*', '-', '\u{2022}', '|', ' ', '\t']);
    let first = line.split([' ', '\t']).next().unwrap_or_default();
    let rest = line.get(first.len()..).unwrap_or_default();
    if let Some(address) = address(first.split("<mailto:").next().unwrap_or(first)) {
        return Some((address, rest));
    }
    // A name before the address, and nothing of a sentence.
    let (_, inner) = line.split_once(['(', '<']).filter(|(name, _)| !name.contains(':'))?;
    let (inner, rest) = inner.split_once([')', '>'])?;
    let short = line.len() - inner.len() - rest.len() < 60;
    let ends = rest.trim_start_matches([':', '.', ' ', '>', ')']);
    let plain = ends.is_empty() || ends.starts_with("<mailto:");
    if short && plain { address(inner.trim_start_matches("mailto:")).map(|address| (address, "")) } else { None }
}

/// An address between marks, in lower case.
fn address(text: &str) -> Option<String> {
    let bare = text.trim().trim_matches(|c: char| "<>()[]\"',;:.\u{201c}\u{201d}".contains(c) || c.is_whitespace());
    let bare = bare.strip_prefix("mailto:").unwrap_or(bare);
    Address::parse(bare).ok().map(|address| address.as_str().to_lowercase())
}

/// Without a line of its own, an address is taken from anywhere; without words of its own, the whole note's count.
fn complete(recipients: &mut Vec<Reported>, text: &str, action: Action, own: &[&str]) {
    if recipients.is_empty() {
        let words = text.split(|c: char| c.is_whitespace() || "<>()\"',;".contains(c));
        let found = words.filter(|word| word.contains('@')).take(200).filter_map(address);
        if let Some(address) = found.filter(|address| !own.contains(&address.as_str())).take(1).next() {
            recipients.push(Reported { address: Some(address), action: Some(action), ..Reported::default() });
        }
    }
    let whole = whole(text);
    for one in recipients.iter_mut().filter(|one| one.status.is_none() && one.code.is_none()) {
        let said = Reported::with_words(None, None, &whole);
        (one.status, one.code) = (status_in(&whole), code_in(&whole));
        let coded = one.status.is_some() || one.code.is_some();
        one.diagnostic = one.diagnostic.take().filter(|words| words.len() > 3 && !coded).or(said.diagnostic);
    }
}

/// From the line with a code on, or all of it.
fn whole(text: &str) -> String {
    let lines: Vec<&str> = text.lines().take(MOST_LINES).collect();
    let coded = lines.iter().position(|line| status_in(line).is_some());
    let from = coded.or_else(|| lines.iter().position(|line| code_in(line).is_some())).unwrap_or(0);
    lines.into_iter().skip(from).take(4).collect::<Vec<_>>().join(" ")
}

/// Message-IDs in lines of their own; the value may stand on the next line.
fn ids_of(copy: &str) -> Vec<String> {
    let mut ids = Vec::new();
    let mut lines = copy.lines().take(MOST_LINES).peekable();
    while let Some(line) = lines.next() {
        let line = line.trim_start_matches(['>', ' ', '\t']);
        if line.get(..11).is_some_and(|name| name.eq_ignore_ascii_case("message-id:")) {
            ids.extend(ids_in(line));
            ids.extend(lines.peek().filter(|_| ids.is_empty()).map(|next| ids_in(next)).unwrap_or_default());
        }
    }
    ids
}
