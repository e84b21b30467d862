//! The texts of a day that are templates: subject, introduction, body, closing words; and those of a correction.

use crate::model::{Broadcast, Correction, Findings, Text, Week};
use crate::render::files::gallery::Gallery;
use crate::render::input::Mark;
use crate::render::layout_context::Texts;
use crate::render::markdown::out::Out;
use crate::render::markdown::prepare::with_sentinels;
use crate::render::markdown::read::read;
use crate::render::markdown::tree::Block;
use crate::render::mentions::{self, Mention};
use crate::render::template::region::{Regions, Run};
use crate::render::template::script::Script;
use crate::render::template::sentinel::tag;
use crate::render::template::tag::TagKind;

/// A Markdown text, read.
struct Read {
    script: Script,
    blocks: Vec<Block>,
}

/// All that could be read; what could not has its findings.
pub(crate) struct Scripts {
    subject: Option<Script>,
    intro: Option<Read>,
    body: Option<Read>,
    closing: Option<Read>,
    wrong: Option<Read>,
    right: Option<Read>,
    note: Option<Read>,
    /// The recipient's fields that they look at, also those of texts with faults of another kind.
    pub(crate) mentions: Vec<Mention>,
}

impl Scripts {
    /// Reads the texts of a day.
    pub(crate) fn read(
        (week, day): (&Week, &Broadcast),
        mark: Mark<'_>,
        gallery: &mut Gallery<'_>,
        findings: &mut Findings,
    ) -> Self {
        let mut mentions = Vec::new();
        let mut script = |text: &Text, findings: &mut Findings| {
            let script = Script::read(text, findings)?;
            mentions.extend(mentions::of(&script.text, &script.names));
            Some(script)
        };
        let mut markdown = |text: Option<&Text>| {
            let script = script(text?, findings)?;
            let blocks = read(&script, gallery, findings);
            script.usable.then_some(Read { script, blocks })
        };
        let correction = if let Mark::Correction(correction) = mark { Some(correction) } else { None };
        let mut own = |text: fn(&Correction) -> Option<&Text>| markdown(correction.and_then(text));
        let (wrong, right) = (own(|one| one.wrong.as_ref()), own(|one| one.right.as_ref()));
        let note = own(|one| one.body.as_ref());
        let (intro, body) = (markdown(week.intro.as_ref()), markdown(Some(&day.body)));
        let closing = markdown(week.closing.as_ref());
        let subject = script(day.subject.as_ref().unwrap_or(&week.subject), findings);
        let subject = subject.filter(|script| script.usable);
        Self { subject, intro, body, closing, wrong, right, note, mentions }
    }

    /// The texts of one part, with slots.
    pub(crate) fn texts(
        &self,
        regions: &mut Regions<'_>,
        findings: &mut Findings,
        is_html: bool,
        write: impl Fn(&[Block]) -> Vec<Run>,
    ) -> Texts {
        let subject = self.subject.as_ref().map(|script| regions.resolve(script, &line(script, is_html), findings));
        let mut text = |read: &Option<Read>| {
            read.as_ref().map(|read| regions.resolve(&read.script, &write(&read.blocks), findings)).unwrap_or_default()
        };
        let (intro, body, closing) = (text(&self.intro), text(&self.body), text(&self.closing));
        let (wrong, right, note) = (text(&self.wrong), text(&self.right), text(&self.note));
        Texts { subject: subject.unwrap_or_default(), intro, body, closing, wrong, right, note }
    }
}

/// A subject line is no Markdown: words and tags in their order.
fn line(script: &Script, is_html: bool) -> Vec<Run> {
    let mapped = with_sentinels(script);
    let mut out = Out::default();
    let mut start = 0;
    let text = mapped.text();
    let write = |out: &mut Out, words: &str| if is_html { out.html(words) } else { out.text(words) };
    for (at, character) in text.char_indices() {
        let Some(index) = tag(character).filter(|index| script.tags[*index].kind == TagKind::Statement) else {
            continue;
        };
        write(&mut out, &text[start..at]);
        out.statement(index);
        start = at + character.len_utf8();
    }
    write(&mut out, &text[start..]);
    out.runs
}
