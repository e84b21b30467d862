//! A day's message, compiled: what is left is to fill in each recipient.

use std::collections::BTreeSet;

use tera::{Context, Tera};

use crate::model::{Material, Merged, Piece, Place, Recipient};
use crate::render::mentions::Mention;
use crate::render::pieces::Stretch;
use crate::render::template::sentinel::{next_slot, one_line, slot};
use crate::render::template::slot::{self, Slot, SlotFault};
use crate::render::wrap::wrap;

/// How deep slots may stand within slots: a layout's condition around the body is one.
const DEPTH: usize = 4;

/// A compiled day; see [`crate::render::compile()`].
pub struct Compiled {
    pub(crate) material: Material,
    pub(crate) subject: String,
    pub(crate) subject_template: String,
    pub(crate) preheader: String,
    pub(crate) html: Vec<Stretch>,
    pub(crate) text: Vec<Stretch>,
    pub(crate) slots: Vec<Slot>,
    pub(crate) html_engine: Tera,
    pub(crate) text_engine: Tera,
    pub(crate) mentions: Vec<Mention>,
    pub(crate) is_sound: bool,
}

/// Why a message cannot be made for one recipient.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{message}")]
pub struct MergeFault {
    /// The officer's place that asks for what is missing.
    pub place: Place,
    /// The fact.
    pub message: String,
    /// One remedy.
    pub help: Option<String>,
}

impl Compiled {
    /// What is the same for every recipient.
    #[must_use]
    pub fn material(&self) -> &Material {
        &self.material
    }

    /// Whether nothing of it has a fault: only then it may be previewed or sent.
    #[must_use]
    pub fn is_sound(&self) -> bool {
        self.is_sound
    }

    /// The subject line as the officer wrote it, before merging.
    #[must_use]
    pub fn subject_template(&self) -> &str {
        &self.subject_template
    }

    /// What mail programs show beside the subject.
    #[must_use]
    pub fn preheader(&self) -> &str {
        &self.preheader
    }

    /// The recipient's fields that the message looks at, by name.
    #[must_use]
    pub fn fields(&self) -> BTreeSet<&str> {
        self.mentions.iter().map(|mention| mention.field.as_str()).collect()
    }

    /// One recipient's copy.
    ///
    /// # Errors
    /// [`MergeFault`] for a field that this recipient has not and the text gives no default for; [`Self::check`] finds
    /// these for all recipients before the first message goes.
    pub fn merge(&self, recipient: &Recipient) -> Result<Merged, MergeFault> {
        let filler = Filler::new(self, recipient);
        let subject = one_line(&filler.expand(&self.subject, 0)?).trim().to_owned();
        let part = |stretches: &[Stretch], folds: bool| {
            let piece = |stretch: &Stretch| match stretch {
                Stretch::Fixed(index) => Ok(Piece::Fixed(*index)),
                Stretch::Open(text) => {
                    let text = filler.expand(text, 0)?;
                    Ok(Piece::Merged(if folds { wrap(&text) } else { text }))
                }
            };
            stretches.iter().map(piece).collect::<Result<Vec<Piece>, SlotFault>>()
        };
        Ok(Merged { subject, html: part(&self.html, false)?, text: part(&self.text, true)? })
    }
}

impl From<SlotFault> for MergeFault {
    fn from(fault: SlotFault) -> Self {
        Self { place: fault.place, message: fault.message, help: fault.help }
    }
}

/// Fills slots for one recipient.
pub(crate) struct Filler<'c> {
    compiled: &'c Compiled,
    recipient: &'c Recipient,
    context: Context,
}

impl<'c> Filler<'c> {
    /// The recipient is made a template value only where a template needs it.
    pub(crate) fn new(compiled: &'c Compiled, recipient: &'c Recipient) -> Self {
        let needed = compiled.slots.iter().any(|slot| slot.template().is_some());
        let context = if needed { slot::context(recipient) } else { Context::new() };
        Self { compiled, recipient, context }
    }

    /// What stands in a slot.
    pub(crate) fn fill(&self, slot: &Slot) -> Result<String, SlotFault> {
        let engine = if slot.is_html() { &self.compiled.html_engine } else { &self.compiled.text_engine };
        slot.fill(engine, self.recipient, &self.context)
    }

    /// Whether a slot can be filled.
    pub(crate) fn check(&self, slot: &Slot) -> Result<(), SlotFault> {
        if slot.is_fillable(self.recipient) { Ok(()) } else { self.fill(slot).map(drop) }
    }

    /// A text with all its slots filled.
    fn expand(&self, text: &str, depth: usize) -> Result<String, SlotFault> {
        let mut out = String::with_capacity(text.len() + 32);
        let mut rest = text;
        while let Some((before, character, after)) = next_slot(rest) {
            out.push_str(before);
            match slot(character).and_then(|index| self.compiled.slots.get(index)) {
                None => out.push(character),
                Some(slot) => {
                    let filled = self.fill(slot)?;
                    let nested = depth < DEPTH && next_slot(&filled).is_some();
                    out.push_str(&if nested { self.expand(&filled, depth + 1)? } else { filled });
                }
            }
            rest = after;
        }
        out.push_str(rest);
        Ok(out)
    }
}
