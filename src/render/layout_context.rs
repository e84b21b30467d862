//! What layouts see besides the fields of the week: the rendered texts, links, attachments, teaser, logo and styles.

use chrono::Days;
use serde::Serialize;
use tera::{Context, Value};

use crate::model::{AttachedFile, Broadcast, Findings, Link, Picture, Text};
use crate::render::context::{optional, plain};
use crate::render::dates;
use crate::render::files::attachments::description;
use crate::render::files::gallery::{Gallery, shown_size};
use crate::render::input::Input;
use crate::render::markdown::address;
use crate::render::template::sentinel::{address_text, one_line};
use crate::render::theme::Theme;

/// The widest that a logo is shown, in pixels.
const LOGO: u32 = 200;

/// The texts of one part, with slots.
#[derive(Debug, Default)]
pub(crate) struct Texts {
    /// The subject line.
    pub(crate) subject: String,
    /// Before the body.
    pub(crate) intro: String,
    /// The body.
    pub(crate) body: String,
    /// After it.
    pub(crate) closing: String,
}

#[derive(Serialize)]
struct LinkFields {
    text: String,
    url: String,
    /// The address as people read it: a mailbox without its scheme.
    shown: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    note: Option<String>,
}

#[derive(Serialize)]
struct AttachmentFields {
    name: String,
    title: String,
    kind: String,
}

#[derive(Serialize)]
struct Teaser {
    lead: String,
    theme: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    summary: Option<String>,
}

#[derive(Serialize)]
struct Logo {
    src: String,
    width: u32,
    height: u32,
    alt: String,
}

#[derive(Serialize, Default)]
struct Unsubscribe {
    #[serde(skip_serializing_if = "Option::is_none")]
    url: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    mailto: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    address: Option<String>,
}

/// Names that layouts have and officers' texts have not.
pub(crate) const NAMES: [&str; 14] = [
    "subject",
    "preheader",
    "lang",
    "intro",
    "body",
    "closing",
    "links",
    "attachments",
    "teaser",
    "logo",
    "resources",
    "unsubscribe",
    "style",
    "header",
];

/// What mail programs show beside the subject: the summary, or the theme.
pub(crate) fn preheader(broadcast: &Broadcast) -> String {
    optional(broadcast.summary.as_ref()).unwrap_or_else(|| plain(broadcast.theme.value()))
}

/// Adds what both parts share.
pub(crate) fn shared(
    context: &mut Context,
    input: &Input<'_>,
    broadcast: &Broadcast,
    attachments: &[AttachedFile],
    theme: &Theme,
) {
    context.insert("preheader", &preheader(broadcast));
    context.insert("lang", &input.week.lang);
    context.insert("links", &broadcast.links.iter().map(link).collect::<Vec<_>>());
    context.insert("attachments", &attachments.iter().map(attachment).collect::<Vec<_>>());
    if let Some(teaser) = teaser(input) {
        context.insert("teaser", &teaser);
    }
    if let Some(resources) = &input.week.resources {
        context.insert("resources", &link_fields(&resources.text, &resources.url, None));
    }
    context.insert("unsubscribe", &unsubscribe(input));
    context.insert("style", &theme.styles());
    context.insert(
        "header",
        &std::collections::BTreeMap::from([("colour", theme.header.as_str()), ("text", theme.on_header)]),
    );
}

/// Adds the texts of one part; those of the HTML part are HTML already.
pub(crate) fn texts(context: &mut Context, texts: &Texts, is_html: bool) {
    let fields =
        [("subject", &texts.subject), ("intro", &texts.intro), ("body", &texts.body), ("closing", &texts.closing)];
    for (name, text) in fields {
        if name == "subject" || !text.trim().is_empty() {
            let line = one_line(text);
            let text = if name == "subject" { line.trim() } else { text };
            let value = if is_html { Value::safe_string(text) } else { Value::from(text) };
            context.insert_value(name, value);
        }
    }
}

/// Puts the logo into the gallery and the context.
pub(crate) fn logo(context: &mut Context, input: &Input<'_>, gallery: &mut Gallery<'_>, findings: &mut Findings) {
    let Some(signature) = &input.week.signature else { return };
    let Some(file) = signature.logo.as_ref().filter(|file| !file.is_blank()) else { return };
    let alt = optional(signature.logo_alt.as_ref());
    if alt.is_none() {
        let place = file.place().clone();
        let finding = crate::model::Finding::error("picture-alt", place, "the logo has no alternative text");
        findings.push(finding.help("add logo_alt = \"…\", usually the organisation's name"));
    }
    let alt = alt.unwrap_or_default();
    if let Some(index) = gallery.add(file.value(), &alt, file.place(), findings)
        && let Some(picture) = gallery.pictures.get(index)
    {
        context.insert("logo", &logo_fields(picture, alt));
    }
}

fn logo_fields(picture: &Picture, alt: String) -> Logo {
    let (width, height) = shown_size(picture, LOGO);
    Logo { src: format!("cid:{}", picture.content_id), width, height, alt }
}

fn url(written: &str) -> String {
    address::whole(&plain(written)).map_or_else(|_| String::new(), |address| address_text(&address))
}

fn link(link: &Link) -> LinkFields {
    link_fields(&link.text, &link.url, link.note.as_ref())
}

fn link_fields(text: &Text, address: &Text, note: Option<&Text>) -> LinkFields {
    let url = url(address.value());
    LinkFields { text: plain(text.value()), shown: address::shown(&url).to_owned(), url, note: optional(note) }
}

fn attachment(file: &AttachedFile) -> AttachmentFields {
    AttachmentFields {
        name: plain(&file.name),
        title: file.title.as_deref().map_or_else(|| plain(&file.name), plain),
        kind: description(file),
    }
}

/// Tomorrow's theme, or that of the next broadcast with its date; none on the last day.
fn teaser(input: &Input<'_>) -> Option<Teaser> {
    let today = input.days.get(input.day)?;
    let next = input.days.get(input.day + 1)?;
    let broadcast = input.week.broadcasts.get(next.index)?;
    let lead = if today.date.checked_add_days(Days::new(1)) == Some(next.date) {
        "Look out for tomorrow's broadcast".to_owned()
    } else {
        format!("Look out for the next broadcast, on {}", dates::day_and_month(next.date, &input.week.lang))
    };
    Some(Teaser { lead, theme: plain(broadcast.theme.value()), summary: optional(broadcast.summary.as_ref()) })
}

fn unsubscribe(input: &Input<'_>) -> Unsubscribe {
    let Some(ways) = &input.sender.unsubscribe else { return Unsubscribe::default() };
    let mailto = ways.mailto.as_deref().map(address_text);
    let address = mailto
        .as_deref()
        .map(|mailto| mailto.trim_start_matches("mailto:").split('?').next().unwrap_or_default().to_owned());
    Unsubscribe { url: ways.https.as_deref().map(address_text), mailto, address }
}
