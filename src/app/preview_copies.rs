//! Whose copies of a day are worth a look, and how they read.

use chrono::{DateTime, Utc};
use mail_parser::{HeaderValue, MessageParser};

use crate::app::board::title;
use crate::app::copies::DayCopies;
use crate::app::ready::{DayReady, WeekReady};
use crate::model::{Address, AddressKey, Kind, ListName, Message, People, Recipient, list_of};
use crate::preview::PreviewCopy;
use crate::render::Compiled;
use crate::send::Copies as _;

/// The most copies of one day; more are not looked at.
const MOST: usize = 6;
/// The most that are shown for the lists alone, so that the unusual names keep a place.
const MOST_FOR_LISTS: usize = 4;

/// A recipient, and why.
pub(crate) struct Choice {
    recipient: Recipient,
    why: Vec<String>,
}

/// The person asked for, or the first person of all; then the first of each list, the longest name, and who lacks most of
/// the fields that the text uses.
pub(crate) fn chosen(week: &WeekReady, day: &DayReady, compiled: &Compiled, shown_as: Option<&Address>) -> Vec<Choice> {
    let all = &day.expansion.recipients;
    let mut choices: Vec<Choice> = Vec::new();
    if let Some(recipient) = shown_as.and_then(|address| all.iter().find(|one| one.address.key() == address.key())) {
        choose(&mut choices, recipient, "the copy asked for".to_owned());
    } else if let Some(recipient) = all.iter().find(|one| one.kind == Kind::Individual) {
        choose(&mut choices, recipient, String::new());
    }
    for (list, recipient) in first_of_lists(all).into_iter().take(MOST_FOR_LISTS) {
        let title = title(week, &list);
        let why = if recipient.kind == Kind::List { format!("the list {title}") } else { format!("first of {title}") };
        choose(&mut choices, recipient, why);
    }
    let people = || all.iter().filter(|one| one.kind == Kind::Individual);
    let name_length = |one: &Recipient| one.name().map_or(0, |name| name.chars().count());
    if let Some(longest) = people().rev().max_by_key(|one| name_length(one)).filter(|one| name_length(one) > 0) {
        choose(&mut choices, longest, "the longest name".to_owned());
    }
    let fields = compiled.fields();
    let lacking = |one: &Recipient| fields.iter().filter(|field| lacks(one, field)).copied().collect::<Vec<&str>>();
    if let Some(poorest) = people().rev().max_by_key(|one| lacking(one).len()) {
        let lacking = lacking(&poorest);
        if !lacking.is_empty() {
            choose(&mut choices, poorest, format!("has no {}", list_of(&lacking)));
        }
    }
    choices.truncate(MOST);
    choices
}

/// A person is shown once, with all the reasons.
fn choose(choices: &mut Vec<Choice>, recipient: Recipient, why: String) {
    let why: Vec<String> = Some(why).filter(|why| !why.is_empty()).into_iter().collect();
    let key: AddressKey = recipient.address.key();
    match choices.iter_mut().find(|choice| choice.recipient.address.key() == key) {
        Some(choice) => choice.why.extend(why),
        None => choices.push(Choice { recipient, why }),
    }
}

/// Each list with the first who is on it, in the order in which the lists come up.
fn first_of_lists(all: &People) -> Vec<(ListName, Recipient)> {
    let mut firsts: Vec<(ListName, Recipient)> = Vec::new();
    for recipient in all.iter() {
        for list in recipient.lists.iter() {
            if !firsts.iter().any(|(own, _)| own == list) {
                firsts.push((list.clone(), recipient.clone()));
            }
        }
    }
    firsts
}

/// Whether a recipient lacks a field that the text uses.
fn lacks(recipient: &Recipient, field: &str) -> bool {
    match field {
        "address" | "lists" => false,
        "name" => recipient.name().is_none(),
        _ => recipient.fields.get(field).is_none(),
    }
}

/// The Message-ID of the copy that somebody has.
pub(crate) type Originals<'a> = dyn Fn(&AddressKey) -> Option<String> + 'a;

/// One copy, with its octets; `original` knows the Message-ID of the copy that somebody's corrects.
pub(crate) fn copy(
    compiled: &Compiled,
    maker: &DayCopies,
    choice: Choice,
    (date, original): (DateTime<Utc>, &Originals<'_>),
) -> anyhow::Result<PreviewCopy> {
    let recipient = &choice.recipient;
    let merged = compiled.merge(recipient)?;
    let key = recipient.address.key();
    let message = maker.reply(recipient, (&maker.message_id(&key), date), original(&key).as_deref())?;
    let material = compiled.material();
    Ok(PreviewCopy {
        address: recipient.address.to_string(),
        name: recipient.name().map(str::to_owned),
        why: choice.why.join("; "),
        html: merged.html(material),
        text: merged.text(material),
        headers: headers(&message),
        subject: merged.subject,
        size: message.bytes.len(),
        eml: Some(message.bytes),
    })
}

/// The header's fields, decoded, as a mail program shows them.
fn headers(message: &Message) -> Vec<(String, String)> {
    let Some(read) = MessageParser::default().parse_headers(&message.bytes) else { return Vec::new() };
    let shown = read.headers().iter().map(|header| {
        let raw = message.bytes.get(header.offset_start as usize..header.offset_end as usize).unwrap_or_default();
        let value = match header.value() {
            HeaderValue::Text(text) => text.to_string(),
            HeaderValue::Address(address) => address.iter().map(mailbox).collect::<Vec<_>>().join(", "),
            _ => String::from_utf8_lossy(raw).split_whitespace().collect::<Vec<_>>().join(" "),
        };
        (header.name().to_owned(), value.trim().to_owned())
    });
    shown.collect()
}

fn mailbox(one: &mail_parser::Addr<'_>) -> String {
    match (one.name(), one.address()) {
        (Some(name), Some(address)) => format!("{name} <{address}>"),
        (name, address) => address.or(name).unwrap_or_default().to_owned(),
    }
}
