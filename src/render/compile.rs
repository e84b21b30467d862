//! One day of a week to a [`Compiled`]: everything that is the same for all recipients is done here, once.

use tera::Tera;

use crate::model::{Finding, Findings, Material, Place, Text};
use crate::render::compiled::Compiled;
use crate::render::context::context;
use crate::render::digest::digest;
use crate::render::files::attachments::attach;
use crate::render::files::gallery::Gallery;
use crate::render::inline::inline;
use crate::render::input::Input;
use crate::render::layout::Layout;
use crate::render::layout_context::{self, Texts};
use crate::render::markdown::html::HtmlWriter;
use crate::render::markdown::text::TextWriter;
use crate::render::marked;
use crate::render::pieces;
use crate::render::plain_texts;
use crate::render::scripts::Scripts;
use crate::render::template::engine::engine;
use crate::render::template::region::Regions;
use crate::render::template::sentinel::one_line;
use crate::render::template::slot::Slot;
use crate::render::theme::Theme;
use crate::render::words::{self, Words};
use crate::render::wrap::tidy;

/// Compiles a day; every fault is among the findings. What has faults and can be merged all the same comes back too, so
/// that what recipients lack shows in the same pass; see [`Compiled::is_sound`].
pub fn compile(input: &Input<'_>, findings: &mut Findings) -> Option<Compiled> {
    let errors = findings.errors();
    let day = input.days.get(input.day)?;
    let broadcast = input.week.broadcasts.get(day.index)?;
    plain_texts::check(input.week, broadcast, findings);
    words::check(input.week, findings);
    let theme = Theme::new(input.organisation.colour.as_deref());
    let mut gallery = Gallery::new(input.project, input.week, &input.sender.message_id_domain);
    let scripts = Scripts::read((input.week, broadcast), input.mark, &mut gallery, findings);
    let attachments = attach(input.project, input.week, &broadcast.attachments, findings);

    let mut shared = context(input);
    let officer = engine(shared.clone());
    layout_context::logo(&mut shared, input, &mut gallery, findings);
    layout_context::shared(&mut shared, input, broadcast, &attachments, &theme);
    let mut regions = Regions { engine: &officer, slots: Vec::new() };
    let styles = theme.styles();
    let words = Words::of(&input.week.lang);
    let mut html = scripts
        .texts(&mut regions, findings, true, |blocks| HtmlWriter::write(blocks, &styles, &gallery.pictures, words));
    let mut text = scripts.texts(&mut regions, findings, false, |blocks| TextWriter::write(blocks, words));
    let subject = broadcast.subject.as_ref().unwrap_or(&input.week.subject);
    if findings.errors() == errors {
        check_subject(subject, &text.subject, findings);
    }
    marked::subject(input, words, [&mut html, &mut text]);

    let mut slots = regions.slots;
    let html_layout = Layout::load(input.project, "broadcast.html", &mut slots, findings);
    let text_layout = Layout::load(input.project, "broadcast.txt", &mut slots, findings);
    let mut part = |layout: &Option<Layout>, texts: &Texts, is_html| {
        let mut context = shared.clone();
        layout_context::words(&mut context, input, is_html);
        layout_context::texts(&mut context, texts, is_html);
        marked::insert(&mut context, input, texts, is_html);
        let (rendered, engine) = layout.as_ref()?.render(context, &slots, findings)?;
        marked::check(input, texts, &rendered, is_html, findings);
        Some((rendered, engine))
    };
    let (html_part, text_part) = (part(&html_layout, &html, true), part(&text_layout, &text, false));
    let ((html_part, mut html_engine), (text_part, mut text_engine)) = (html_part?, text_part?);
    let html_part = styled(html_part, &mut slots, [&mut html_engine, &mut text_engine], findings)?;
    let mut mentions = scripts.mentions;
    mentions.extend([&html_layout, &text_layout].into_iter().flatten().flat_map(Layout::mentions));
    let subject_template = subject.value().to_owned();
    let subject = one_line(&text.subject).trim().to_owned();
    let text_part = tidy(&text_part);
    let digest = digest(input, (&html, &text), (&html_part, &text_part), &slots, (&gallery.pictures, &attachments));
    let (html, html_pieces) = pieces::of_html(&html_part);
    let (text, text_pieces) = pieces::of_text(&text_part);
    let material =
        Material { html, text, pictures: gallery.pictures, attachments, digest, lang: input.week.lang.clone() };
    Some(Compiled {
        material,
        subject,
        subject_template,
        preheader: layout_context::preheader(input, broadcast),
        html: html_pieces,
        text: text_pieces,
        slots,
        html_engine,
        text_engine,
        mentions,
        is_sound: findings.errors() == errors,
    })
}

/// The HTML part with the style sheet of a template's author in its elements.
fn styled(html: String, slots: &mut [Slot], engines: [&mut Tera; 2], findings: &mut Findings) -> Option<String> {
    inline(html, slots, engines)
        .map_err(|message| {
            let place = Place::file("templates/broadcast.html");
            let finding = Finding::error("template-style", place, format!("its style sheet cannot be used: {message}"));
            findings.push(finding.help("mend the style sheet, or keep it as it is: <style data-css-inline=\"keep\">"));
        })
        .ok()
}

/// A subject line of which nothing is left; one that is blank as written has been reported where the file was read.
fn check_subject(written: &Text, merged: &str, findings: &mut Findings) {
    if merged.trim().is_empty() && !written.is_blank() {
        let finding = Finding::error("subject", written.place().clone(), "the subject line is empty");
        findings.push(finding.help("write what the message is about"));
    }
}
