//! What a day's digest covers: everything that a recipient could see, who sends it, to which lists, and when; no
//! recipient's own data.

use crate::model::{AttachedFile, Digest, DigestPart, Picture, Sender};
use crate::render::input::Input;
use crate::render::template::sentinel::slot;
use crate::render::template::slot::{Filling, Slot};

/// The digest of a day.
pub(crate) fn digest(
    input: &Input<'_>,
    subject: &str,
    (html, text): (&str, &str),
    slots: &[Slot],
    (pictures, attachments): (&[Picture], &[AttachedFile]),
) -> Digest {
    let canonical = |part: &str| canonical(part, slots).into_bytes();
    let mut parts = vec![
        DigestPart::new("subject", &canonical(subject)),
        DigestPart::new("html", &canonical(html)),
        DigestPart::new("text", &canonical(text)),
    ];
    for picture in pictures {
        parts.push(DigestPart::new(format!("picture {}", picture.name), &picture.bytes));
    }
    for file in attachments {
        // The name is the part's name; length frames keep type and content apart.
        let mut bytes = format!("{}:{}\n", file.media_type.len(), file.media_type).into_bytes();
        bytes.extend_from_slice(&file.bytes);
        parts.push(DigestPart::new(format!("attachment {}", file.name), &bytes));
    }
    parts.push(DigestPart::new("sender", sender(input.sender).as_bytes()));
    let lists: Vec<String> = input.lists.iter().map(|list| format!("{}:{}", list.0.len(), list.0)).collect();
    parts.push(DigestPart::new("lists", lists.join("\n").as_bytes()));
    let time = input.days.get(input.day).map(|day| day.at.to_rfc3339()).unwrap_or_default();
    parts.push(DigestPart::new("time", time.as_bytes()));
    Digest::over(parts)
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
