//! What layouts see besides the fields of the week: the rendered texts, links, attachments, teaser, logo and styles.

use serde::Serialize;
use tera::{Context, Map, Value};

use crate::model::{AttachedFile, Broadcast, Findings, Link, Picture, Text};
use crate::render::context::{optional, plain};
use crate::render::files::attachments::description;
use crate::render::files::gallery::{Gallery, shown_size};
use crate::render::input::{Input, Mark};
use crate::render::markdown::address;
use crate::render::place_in_week;
use crate::render::template::sentinel::{address_text, one_line};
use crate::render::theme::Theme;
use crate::render::words::{self, Words};

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
    /// What was wrong.
    pub(crate) wrong: String,
    /// What is right.
    pub(crate) right: String,
    /// A correction's further words.
    pub(crate) note: String,
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
pub(crate) const NAMES: [&str; 21] = [
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
    "words",
    "place",
    "days",
    "awareness",
    "website",
    "correction",
    "proof",
];

/// What mail programs show beside the subject: the summary, or the theme.
pub(crate) fn preheader(input: &Input<'_>, broadcast: &Broadcast) -> String {
    let theme = plain(broadcast.theme.value());
    optional(broadcast.summary.as_ref()).unwrap_or_else(|| match input.mark {
        Mark::Correction(_) => format!("{}: {theme}", Words::of(&input.week.lang).correction),
        Mark::None | Mark::Proof => theme,
    })
}

/// Adds what both parts share.
pub(crate) fn shared(
    context: &mut Context,
    input: &Input<'_>,
    broadcast: &Broadcast,
    attachments: &[AttachedFile],
    theme: &Theme,
) {
    let words = Words::of(&input.week.lang);
    context.insert("preheader", &preheader(input, broadcast));
    context.insert("lang", &input.week.lang);
    context.insert("links", &broadcast.links.iter().map(link).collect::<Vec<_>>());
    context.insert("attachments", &attachments.iter().map(|file| attachment(file, words)).collect::<Vec<_>>());
    if let Some(resources) = &input.week.resources {
        context.insert("resources", &link_fields(&resources.text, &resources.url, None));
    }
    context.insert("unsubscribe", &unsubscribe(input));
    context.insert("style", &theme.styles());
    context.insert("header", theme);
    let is_correction = matches!(input.mark, Mark::Correction(_));
    // A correction is about one day, and stays the same text when another is moved or dropped meanwhile.
    let days = if is_correction { Vec::new() } else { place_in_week::days(input) };
    context.insert("days", &days);
    if let Some(awareness) = place_in_week::awareness(input).filter(|_| !is_correction) {
        context.insert("awareness", &awareness);
    }
    if let Some(website) = input.organisation.website.as_deref().filter(|website| address::whole(website).is_ok()) {
        context.insert("website", &url(website));
    }
}

/// Adds the fixed words of one part.
pub(crate) fn words(context: &mut Context, input: &Input<'_>, is_html: bool) {
    let lang = &input.week.lang;
    let words = Words::of(lang);
    let mut shown = words.clone();
    let is_correction = matches!(input.mark, Mark::Correction(_));
    if is_correction {
        shown.because = words.because_corrected;
    }
    words::insert(context, &shown, lang, is_html);
    let value = |text: String| match is_html {
        true => Value::safe_string(&words::in_language(&text, lang, words)),
        false => Value::from(text),
    };
    if let Some(day) = input.days.get(input.day).filter(|_| input.days.len() > 1 && !is_correction) {
        context.insert_value("place", value(words.place(day.number, input.days.len())));
    }
    if let Some((lead, next)) = place_in_week::teaser(input, words).filter(|_| !is_correction) {
        let mut teaser = Map::from_iter([("lead".into(), value(lead))]);
        teaser.extend(next.into_iter().map(|(name, text)| (name.into(), Value::from(text))));
        context.insert_value("teaser", Value::from(teaser));
    }
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

fn attachment(file: &AttachedFile, words: &Words) -> AttachmentFields {
    AttachmentFields {
        name: plain(&file.name),
        title: file.title.as_deref().map_or_else(|| plain(&file.name), plain),
        kind: words.file(&description(file)),
    }
}

fn unsubscribe(input: &Input<'_>) -> Unsubscribe {
    let Some(ways) = &input.sender.unsubscribe else { return Unsubscribe::default() };
    let mailto = ways.mailto.as_deref().map(address_text);
    let address = mailto
        .as_deref()
        .map(|mailto| mailto.trim_start_matches("mailto:").split('?').next().unwrap_or_default().to_owned());
    Unsubscribe { url: ways.https.as_deref().map(address_text), mailto, address }
}
