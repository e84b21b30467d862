//! One copy of the week as it is shown: its files, what is broken, and a version for each page, which tells whether an
//! open page has changed.

use std::collections::BTreeMap;

use data_encoding::HEXLOWER;
use sha2::{Digest as _, Sha256};

use crate::preview::error::PreviewError;
use crate::preview::serve::trouble::Trouble;
use crate::preview::site::site;
use crate::preview::week::PreviewWeek;

/// The version of a page that is not there.
pub(in crate::preview) const ABSENT: &str = "absent";

/// A day that cannot be shown as its files are now.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub(in crate::preview) struct LastGood {
    /// The folder of its pages.
    pub(in crate::preview) folder: String,
    /// Its date in words.
    pub(in crate::preview) day: String,
    /// When the rendering was made that is shown in its place.
    pub(in crate::preview) at: String,
}

/// A copy.
pub(in crate::preview) struct Shown {
    /// The files by their path.
    pub(in crate::preview) files: BTreeMap<String, Vec<u8>>,
    /// What is to be mended.
    pub(in crate::preview) troubles: Vec<Trouble>,
    /// Which days are last good renderings.
    pub(in crate::preview) last_good: Vec<LastGood>,
    /// When it was made, in words.
    pub(in crate::preview) at: String,
    /// Whose copy it is; the first person of each day's lists where nobody is named.
    pub(in crate::preview) shown_as: Option<String>,
    versions: BTreeMap<String, String>,
}

/// What a copy is made from.
pub(in crate::preview) struct Parts {
    pub(in crate::preview) week: PreviewWeek,
    /// Place in `week.days`, and when the rendering was made.
    pub(in crate::preview) last_good: Vec<(usize, String)>,
    pub(in crate::preview) troubles: Vec<Trouble>,
    pub(in crate::preview) at: String,
    pub(in crate::preview) shown_as: Option<String>,
}

impl Shown {
    /// Makes it; `None` where it would show what `before` shows.
    pub(in crate::preview) fn new(parts: Parts, before: Option<&Self>) -> Result<Option<Self>, PreviewError> {
        let Parts { mut week, last_good, troubles, at, shown_as } = parts;
        // The pages say when they were made. That alone is no news, so versions are taken without it.
        let generated = std::mem::take(&mut week.generated);
        let last_good = marked(&week, last_good);
        let versions = versions(&site(&week)?.into_map(), &troubles, &last_good);
        if before.is_some_and(|before| before.versions == versions) {
            return Ok(None);
        }
        week.generated = generated;
        let files = site(&week)?.into_map();
        Ok(Some(Self { files, troubles, last_good, at, shown_as, versions }))
    }

    /// The version of a page: it changes with the page itself, the message in it, and what is broken.
    pub(in crate::preview) fn version(&self, path: &str) -> &str {
        let known = self.files.contains_key(path);
        self.versions.get(folder(path)).filter(|_| known).map_or(ABSENT, String::as_str)
    }

    /// The mark of the day that a page belongs to.
    pub(in crate::preview) fn last_good(&self, path: &str) -> Option<&LastGood> {
        self.last_good.iter().find(|day| day.folder == folder(path))
    }
}

fn folder(path: &str) -> &str {
    path.split_once('/').map_or("", |(folder, _)| folder)
}

fn marked(week: &PreviewWeek, days: Vec<(usize, String)>) -> Vec<LastGood> {
    let mark = |(index, at): (usize, String)| {
        let day = week.days.get(index)?;
        Some(LastGood { folder: crate::preview::file_names::day_folder(day), day: day.date_words.clone(), at })
    };
    days.into_iter().filter_map(mark).collect()
}

/// One for each folder; the week's own page is in the folder without a name.
fn versions(
    files: &BTreeMap<String, Vec<u8>>,
    troubles: &[Trouble],
    last_good: &[LastGood],
) -> BTreeMap<String, String> {
    let mut digests: BTreeMap<&str, Sha256> = BTreeMap::new();
    let broken = format!("{troubles:?}{last_good:?}");
    for (path, bytes) in files {
        let digest = digests.entry(folder(path)).or_insert_with(|| Sha256::new_with_prefix(&broken));
        // Lengths keep what is joined here apart.
        digest.update(path.len().to_be_bytes());
        digest.update(path);
        digest.update(bytes.len().to_be_bytes());
        digest.update(bytes);
    }
    digests.into_iter().map(|(folder, digest)| (folder.to_owned(), HEXLOWER.encode(&digest.finalize()[..8]))).collect()
}
