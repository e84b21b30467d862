//! What a day's digest covers: everything that a recipient could see, who sends it, to which lists, and when; no
//! recipient's own data.

use crate::model::{AttachedFile, Digest, DigestPart, Picture, Sender, Text, WHOLE};
use crate::render::input::{Input, Mark};
use crate::render::layout_context::Texts;
use crate::render::template::sentinel::{one_line, slot};
use crate::render::template::slot::{Filling, Slot};

/// The digest of a day.
pub(crate) fn digest(
    input: &Input<'_>,
    texts: (&Texts, &Texts),
    (html, text): (&str, &str),
    slots: &[Slot],
    (pictures, attachments): (&[Picture], &[AttachedFile]),
) -> Digest {
    let canonical = |part: &str| canonical(part, slots).into_bytes();
    let [html_name, text_name] = WHOLE;
    let mut parts: Vec<DigestPart> =
        fields(input, texts).into_iter().map(|(name, value)| DigestPart::new(name, &canonical(&value))).collect();
    parts.push(DigestPart::new(html_name, &canonical(html)));
    parts.push(DigestPart::new(text_name, &canonical(text)));
    for picture in pictures {
        parts.push(DigestPart::new(format!("picture {}", picture.name), &picture.bytes));
    }
    for file in attachments {
        // The name is the part's name; length frames keep type and content apart.
        let mut bytes = format!("{}:{}\n{}\n", file.media_type.len(), file.media_type, file.bytes.len()).into_bytes();
        bytes.extend_from_slice(&file.bytes);
        bytes.extend_from_slice(file.title.as_deref().unwrap_or_default().as_bytes());
        parts.push(DigestPart::new(format!("attachment {}", file.name), &bytes));
    }
    parts.push(DigestPart::new("sender", sender(input.sender).as_bytes()));
    if matches!(input.mark, Mark::Correction(_)) {
        // It goes to those who had the original, when a person says so: lists and time are not part of it.
        return Digest::over(parts);
    }
    let lists: Vec<String> = input.lists.iter().map(|list| format!("{}:{}", list.0.len(), list.0)).collect();
    parts.push(DigestPart::new("lists", lists.join("\n").as_bytes()));
    let time = input.days.get(input.day).map(|day| day.at.to_rfc3339()).unwrap_or_default();
    parts.push(DigestPart::new("time", time.as_bytes()));
    Digest::over(parts)
}

/// What stands in the week's file, by its keys: both parts of the message hold it all, but would not say what changed.
fn fields(input: &Input<'_>, (html, text): (&Texts, &Texts)) -> Vec<(&'static str, String)> {
    let week = input.week;
    let mut fields = vec![("subject", one_line(&text.subject).trim().to_owned())];
    if let Some(broadcast) = input.days.get(input.day).and_then(|day| week.broadcasts.get(day.index)) {
        fields.push(("theme", framed([Some(&broadcast.theme)])));
        fields.push(("summary", framed([broadcast.summary.as_ref()])));
        let links = broadcast.links.iter().flat_map(|link| [Some(&link.text), Some(&link.url), link.note.as_ref()]);
        fields.push(("links", framed(links)));
    }
    if let Mark::Correction(_) = input.mark {
        let own = [("wrong", &html.wrong), ("right", &html.right), ("text of the correction", &html.note)];
        fields.extend(own.map(|(name, text)| (name, text.clone())));
    }
    fields.push(("intro", html.intro.clone()));
    fields.push(("body", html.body.clone()));
    fields.push(("closing", html.closing.clone()));
    fields.push(("title", framed([Some(&week.title)])));
    let resources = week.resources.as_ref().map(|resources| [Some(&resources.text), Some(&resources.url)]);
    fields.push(("resources", framed(resources.into_iter().flatten())));
    if let Some(signature) = &week.signature {
        let phones = signature.phones.iter().flat_map(|phone| [phone.label.as_ref(), Some(&phone.number)]);
        let own = [Some(&signature.name), signature.role.as_ref(), signature.organisation.as_ref()];
        let rest = [signature.location.as_ref(), signature.email.as_ref(), signature.logo_alt.as_ref()];
        fields.push(("signature", framed(own.into_iter().chain(rest).chain(phones))));
    }
    fields
}

/// Several texts as one, with the length of each, so that no two sequences agree.
fn framed<'t>(texts: impl IntoIterator<Item = Option<&'t Text>>) -> String {
    let one = |text: Option<&Text>| text.map_or("-\n".to_owned(), |t| format!("{}:{}\n", t.value().len(), t.value()));
    texts.into_iter().map(one).collect()
}

/// A part with each slot spelt out as what fills it, however slots are numbered.
fn canonical(part: &str, slots: &[Slot]) -> String {
    let mut out = String::with_capacity(part.len());
    for character in part.chars() {
        match slot(character).and_then(|index| slots.get(index)) {
            None => out.push(character),
            Some(slot) => out.push_str(&match &slot.filling {
                Filling::Field { name, default, mode, .. } => format!("\0field {name} {default:?} {mode:?}\0"),
                Filling::Template { source, .. } => format!("\0template {}\0", source.text()),
            }),
        }
    }
    out
}

fn sender(sender: &Sender) -> String {
    let (reply_name, reply_to) = match &sender.reply_to {
        Some((name, address)) => (name.as_deref(), Some(address.as_str())),
        None => (None, None),
    };
    let unsubscribe = sender.unsubscribe.as_ref().map(|ways| (&ways.mailto, &ways.https));
    format!(
        "name {:?}\naddress {:?}\nreply_to {reply_name:?} {reply_to:?}\ndomain {:?}\nunsubscribe {unsubscribe:?}\n",
        sender.name,
        sender.address.as_str(),
        sender.message_id_domain,
    )
}
