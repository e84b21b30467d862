//! `check --fix`: pictures that are too wide, lie on their side, have the colours of printing or tell of people and places
//! are written anew; each original is kept beside its picture. No text of the officer's is touched.

use std::collections::BTreeMap;

use serde::Serialize;

use crate::app::context::App;
use crate::app::prepare::Prepared;
use crate::app::ready::WeekReady;
use crate::document::ReplaceFault;
use crate::media::{self, PictureFormat, Rewritten, WIDEST, Wanted};
use crate::model::{grouped, list_of};

/// The most bytes of an attached picture that is looked at; more are never attached.
const LARGEST: u64 = 20_000_000;

/// What was done to a picture, or why nothing was.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Mended {
    /// The picture, relative to the project folder.
    pub file: String,
    /// What was done, such as `is 1,200 pixels wide now`; nothing if it is left as it is.
    pub done: Vec<String>,
    /// The name under which the original is kept, beside it.
    pub original: Option<String>,
    /// Why it is left as it is.
    pub left: Option<String>,
}

impl Mended {
    /// One line for people.
    #[must_use]
    pub fn words(&self) -> String {
        match (&self.original, &self.left) {
            (Some(original), _) => {
                format!("fixed: {} {}; the original is kept as {original}", self.file, list_of(&self.done))
            }
            (None, left) => format!("left: {}: {}", self.file, left.as_deref().unwrap_or("nothing to do")),
        }
    }
}

/// Mends the pictures of a week, as far as the rules that find them are not allowed.
pub fn mend(app: &App, prepared: &Prepared) -> Vec<Mended> {
    let Some(week) = &prepared.week else { return Vec::new() };
    let counts = |rule: &str| !prepared.allowed.iter().any(|allowed| allowed.rule == rule);
    let clean = counts("file-author") || counts("picture-location");
    let shown = Wanted {
        narrow: counts("picture-width"),
        upright: counts("picture-turned"),
        for_screens: counts("picture-print"),
        clean,
    };
    let attached = Wanted { narrow: false, upright: false, for_screens: false, clean };
    let mut wanted: BTreeMap<String, (Vec<u8>, Wanted)> = BTreeMap::new();
    for (file, bytes) in attached_pictures(app, week) {
        wanted.insert(file, (bytes, attached));
    }
    let materials = week.days.iter().filter_map(|day| day.compiled.as_ref()).map(|compiled| compiled.material());
    for picture in materials.flat_map(|material| &material.pictures) {
        let file = format!("{}/{}", week.week.folder, picture.file);
        wanted.insert(file, (picture.bytes.to_vec(), shown));
    }
    wanted.into_iter().filter_map(|(file, (bytes, wanted))| one(app, file, &bytes, wanted)).collect()
}

/// The attachments that are pictures.
fn attached_pictures(app: &App, week: &WeekReady) -> Vec<(String, Vec<u8>)> {
    let attachments = week.week.broadcasts.iter().flat_map(|broadcast| &broadcast.attachments);
    let files = attachments.map(|attachment| format!("{}/{}", week.week.folder, attachment.file.value()));
    let read = files.filter_map(|file| app.project.read(&file, LARGEST).ok().map(|bytes| (file, bytes)));
    read.filter(|(_, bytes)| PictureFormat::of(bytes).is_some()).collect()
}

fn one(app: &App, file: String, bytes: &[u8], wanted: Wanted) -> Option<Mended> {
    let left = |file: String, why: String| Mended { file, done: Vec::new(), original: None, left: Some(why) };
    let rewritten = match media::rewrite(bytes, wanted) {
        Ok(rewritten) => rewritten?,
        Err(fault) => return Some(left(file, fault.to_string())),
    };
    let replaced: Result<String, ReplaceFault> = app.project.replace_keeping(&file, bytes, &rewritten.bytes);
    Some(match replaced {
        Ok(original) => Mended { file, done: done(&rewritten), original: Some(original), left: None },
        Err(fault) => left(file, fault.to_string()),
    })
}

fn done(rewritten: &Rewritten) -> Vec<String> {
    let width = rewritten.width.map(|_| format!("is {} pixels wide now", grouped(WIDEST as usize)));
    let rest = [
        (rewritten.turned, "stands upright"),
        (rewritten.recoloured, "has the colours of screens"),
        (rewritten.cleaned, "no longer tells who took it, with what and where"),
    ];
    let rest = rest.into_iter().filter(|(is_done, _)| *is_done).map(|(_, words)| words.to_owned());
    width.into_iter().chain(rest).collect()
}
