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

/// The most bytes of a picture that is looked at: telephones make pictures of 10 to 20 MB.
const LARGEST: u64 = 50_000_000;

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
    let mut wanted: BTreeMap<String, Wanted> = BTreeMap::new();
    let attachments = week.week.broadcasts.iter().flat_map(|broadcast| &broadcast.attachments);
    let attachments = attachments.map(|attachment| (attachment.file.value().to_owned(), attached));
    // A picture that is shown as well is wanted as for showing.
    wanted.extend(attachments.chain(shown_files(week).into_iter().map(|file| (file, shown))));
    wanted.into_iter().filter_map(|(file, wanted)| one(app, format!("{}/{file}", week.week.folder), wanted)).collect()
}

/// The pictures that the texts show, by their paths in the week's folder: those of the days that could be rendered, and
/// those that a text names, because a picture that is too large is the reason why its day could not.
fn shown_files(week: &WeekReady) -> Vec<String> {
    let materials = week.days.iter().filter_map(|day| day.compiled.as_ref()).map(|compiled| compiled.material());
    let rendered = materials.flat_map(|material| &material.pictures).map(|picture| picture.file.clone());
    let own = &week.week;
    let bodies = own.broadcasts.iter().map(|broadcast| &broadcast.body);
    let texts = bodies.chain([own.intro.as_ref(), own.closing.as_ref()].into_iter().flatten());
    let named = texts.flat_map(|text| text.value().split("](").skip(1)).map(|rest| {
        let file = rest.split([')', '"', '\n']).next().unwrap_or_default();
        file.trim().trim_matches(['<', '>']).replace("%20", " ")
    });
    let logo = own.signature.as_ref().and_then(|signature| signature.logo.as_ref()).map(|logo| logo.value().to_owned());
    rendered
        .chain(named)
        .chain(logo)
        .filter(|file| !file.is_empty() && !file.split('/').any(|part| part == ".."))
        .collect()
}

fn one(app: &App, file: String, wanted: Wanted) -> Option<Mended> {
    // What cannot be read, or is no picture, is not for mending; the findings speak of it.
    let bytes = app.project.read(&file, LARGEST).ok().filter(|bytes| PictureFormat::of(bytes).is_some())?;
    let left = |file: String, why: String| Mended { file, done: Vec::new(), original: None, left: Some(why) };
    let rewritten = match media::rewrite(&bytes, wanted) {
        Ok(rewritten) => rewritten?,
        Err(fault) => return Some(left(file, fault.to_string())),
    };
    let replaced: Result<String, ReplaceFault> = app.project.replace_keeping(&file, &bytes, &rewritten.bytes);
    Some(match replaced {
        Ok(original) => Mended { file, done: done(&rewritten), original: Some(original), left: None },
        Err(fault) => left(file, fault.to_string()),
    })
}

fn size_in_words(bytes: usize) -> String {
    if bytes < 999_500 { format!("{} kB", bytes.div_ceil(1000)) } else { format!("{:.1} MB", bytes as f64 / 1e6) }
}

fn done(rewritten: &Rewritten) -> Vec<String> {
    let size = size_in_words(rewritten.bytes.len());
    let width = rewritten.narrowed.then(|| format!("is {} pixels wide now ({size})", grouped(WIDEST as usize)));
    let width = width.or_else(|| rewritten.lighter.then(|| format!("has {size} now")));
    let rest = [
        (rewritten.turned, "stands upright"),
        (rewritten.recoloured, "has the colours of screens"),
        (rewritten.cleaned, "no longer tells who took it, with what and where"),
    ];
    let rest = rest.into_iter().filter(|(is_done, _)| *is_done).map(|(_, words)| words.to_owned());
    width.into_iter().chain(rest).collect()
}
