//! What templates see of a week; strings are plain values, dates are words.

use chrono::NaiveDate;
use serde::Serialize;
use tera::Context;

use crate::model::{Broadcast, Day, Organisation, Sender, Signature, Text, Week};
use crate::render::dates;
use crate::render::input::Input;
use crate::render::template::sentinel::{clean, one_line};

#[derive(Serialize)]
struct WeekFields {
    name: String,
    title: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    awareness_day: Option<AwarenessFields>,
    #[serde(skip_serializing_if = "Option::is_none")]
    starts: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    ends: Option<String>,
    days: usize,
    lang: String,
    timezone: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    resources: Option<ResourceFields>,
    lists: Vec<String>,
}

#[derive(Serialize)]
struct AwarenessFields {
    name: String,
    date: String,
}

#[derive(Serialize)]
struct ResourceFields {
    text: String,
    url: String,
}

#[derive(Serialize)]
struct DayFields {
    theme: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    summary: Option<String>,
    date: String,
    short_date: String,
    at: String,
    weekday: &'static str,
    number: usize,
    count: usize,
    lists: Vec<String>,
}

#[derive(Serialize)]
struct SignatureFields {
    name: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    role: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    organisation: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    location: Option<String>,
    phones: Vec<PhoneFields>,
    #[serde(skip_serializing_if = "Option::is_none")]
    email: Option<String>,
}

#[derive(Serialize)]
struct PhoneFields {
    #[serde(skip_serializing_if = "Option::is_none")]
    label: Option<String>,
    number: String,
}

#[derive(Serialize)]
struct OrganisationFields {
    name: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    website: Option<String>,
}

#[derive(Serialize)]
struct SenderFields {
    name: String,
    address: String,
    reply_to: String,
}

/// Everything but the recipient.
pub(crate) fn context(input: &Input<'_>) -> Context {
    let mut context = Context::new();
    let week = input.week;
    context.insert("week", &week_fields(week, input.days));
    let day = |index: Option<usize>| {
        let day = input.days.get(index?)?;
        day_fields(input, day, week.broadcasts.get(day.index)?)
    };
    for (name, index) in
        [("broadcast", Some(input.day)), ("previous", input.day.checked_sub(1)), ("next", input.day.checked_add(1))]
    {
        if let Some(fields) = day(index) {
            context.insert(name, &fields);
        }
    }
    if let Some(signature) = &week.signature {
        context.insert("signature", &signature_fields(signature));
    }
    let name = organisation_name(input.organisation, week.signature.as_ref(), input.sender);
    let website = input.organisation.website.as_deref().map(plain);
    context.insert("organisation", &OrganisationFields { name, website });
    context.insert("sender", &sender_fields(input.sender));
    context
}

/// A string of a file as a value: one line, without our own characters.
pub(crate) fn plain(text: &str) -> String {
    one_line(&clean(text)).trim().to_owned()
}

fn value(text: &Text) -> String {
    plain(text.value())
}

/// The value of a text that may be absent or blank.
pub(crate) fn optional(text: Option<&Text>) -> Option<String> {
    text.filter(|text| !text.is_blank()).map(value)
}

fn week_fields(week: &Week, days: &[Day]) -> WeekFields {
    let words = |date: NaiveDate| dates::date(date, &week.lang);
    WeekFields {
        name: week.name.clone(),
        title: value(&week.title),
        awareness_day: week
            .awareness_day
            .as_ref()
            .map(|day| AwarenessFields { name: value(&day.name), date: words(day.date.0) }),
        starts: days.first().map(|day| words(day.date)),
        ends: days.last().map(|day| words(day.date)),
        days: days.len(),
        lang: week.lang.clone(),
        timezone: week.timezone.name().to_owned(),
        resources: week.resources.as_ref().map(|r| ResourceFields { text: value(&r.text), url: value(&r.url) }),
        lists: week.lists.iter().map(|(list, _)| list.0.clone()).collect(),
    }
}

fn day_fields(input: &Input<'_>, day: &Day, broadcast: &Broadcast) -> Option<DayFields> {
    let lang = &input.week.lang;
    let lists = broadcast.lists.as_ref().unwrap_or(&input.week.lists);
    Some(DayFields {
        theme: value(&broadcast.theme),
        summary: optional(broadcast.summary.as_ref()),
        date: dates::date(day.date, lang),
        short_date: dates::day_and_month(day.date, lang),
        at: dates::time(day.at.time(), lang),
        weekday: dates::weekday(day.date, lang),
        number: day.number,
        count: input.days.len(),
        lists: lists.iter().map(|(list, _)| list.0.clone()).collect(),
    })
}

fn signature_fields(signature: &Signature) -> SignatureFields {
    SignatureFields {
        name: value(&signature.name),
        role: optional(signature.role.as_ref()),
        organisation: optional(signature.organisation.as_ref()),
        location: optional(signature.location.as_ref()),
        phones: signature
            .phones
            .iter()
            .map(|phone| PhoneFields { label: optional(phone.label.as_ref()), number: value(&phone.number) })
            .collect(),
        email: optional(signature.email.as_ref()),
    }
}

fn organisation_name(organisation: &Organisation, signature: Option<&Signature>, sender: &Sender) -> String {
    let own = organisation.name.as_deref().map(plain).filter(|name| !name.is_empty());
    own.or_else(|| optional(signature.and_then(|signature| signature.organisation.as_ref())))
        .or_else(|| sender.name.as_deref().map(plain).filter(|name| !name.is_empty()))
        .unwrap_or_else(|| sender.address.domain().to_owned())
}

fn sender_fields(sender: &Sender) -> SenderFields {
    let address = sender.address.as_str().to_owned();
    SenderFields {
        name: sender.name.as_deref().map_or_else(|| address.clone(), plain),
        reply_to: sender.reply_to.as_ref().map_or_else(|| address.clone(), |(_, to)| to.as_str().to_owned()),
        address,
    }
}
