//! A correction of a day's broadcast as the officer wrote it, and the week as its message shows it.

use crate::model::broadcast::{Attachment, Broadcast, Link};
use crate::model::place::Place;
use crate::model::text::Text;
use crate::model::week::Week;

/// What was wrong in a broadcast, and what is right.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Correction {
    /// What was wrong; Markdown. None where the file is plain Markdown, and says it in its own words.
    pub wrong: Option<Text>,
    /// What is right; Markdown.
    pub right: Option<Text>,
    /// One sentence: preheader and opening line.
    pub summary: Option<Text>,
    /// More words, below the heading; Markdown.
    pub body: Option<Text>,
    /// Links shown as a list below it.
    pub links: Vec<Link>,
    /// Files to download.
    pub attachments: Vec<Attachment>,
    /// Whether the day's broadcast, as it now stands, follows below.
    pub repeat: bool,
    /// The file as a whole.
    pub place: Place,
}

impl Correction {
    /// The week with the correction in place of the broadcast with this index: its own words, links and files, and those of
    /// the day only where they are repeated. `subject` is the subject line of the original.
    #[must_use]
    pub fn in_place_of(&self, week: &Week, index: usize, subject: Text) -> Week {
        let mut week = week.clone();
        if !self.repeat {
            (week.intro, week.closing, week.resources) = (None, None, None);
        }
        let Some(broadcast) = week.broadcasts.get_mut(index) else { return week };
        let old = broadcast.clone();
        let nothing = Text::synthetic(String::new(), self.place.clone());
        let (body, links, attachments) =
            if self.repeat { (old.body, old.links, old.attachments) } else { (nothing, Vec::new(), Vec::new()) };
        *broadcast = Broadcast {
            summary: self.summary.clone().or_else(|| old.summary.filter(|_| self.repeat)),
            subject: Some(subject),
            body,
            links: self.links.iter().cloned().chain(links).collect(),
            attachments: self.attachments.iter().cloned().chain(attachments).collect(),
            place: self.place.clone(),
            ..old
        };
        week
    }

    /// A week of its own texts alone, for the rules about words: what was wrong stands before its body, what is right after
    /// it.
    #[must_use]
    pub fn alone(&self, week: &Week, index: usize, subject: Text) -> Week {
        let own = Self { repeat: false, ..self.clone() };
        let mut alone = own.in_place_of(week, index, subject);
        let broadcast = alone.broadcasts.get(index).cloned();
        alone.broadcasts = broadcast.into_iter().collect();
        (alone.intro, alone.closing) = (self.wrong.clone(), self.right.clone());
        if let (Some(broadcast), Some(body)) = (alone.broadcasts.first_mut(), &self.body) {
            broadcast.body = body.clone();
        }
        alone
    }
}
