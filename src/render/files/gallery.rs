//! The pictures of one message: each file once, checked, measured, with a Content-ID made from its content.

use std::collections::BTreeMap;

use data_encoding::HEXLOWER;
use sha2::{Digest as _, Sha256};

use crate::document::ProjectFolder;
use crate::media;
use crate::model::{Finding, Findings, Picture, Place, Week};
use crate::render::files::kind::{self, Kind};
use crate::render::files::reading::read;

/// The most bytes of one picture.
const LIMIT: u64 = media::HEAVIEST as u64;
/// The most pixels of one picture: beyond it a phone spends seconds and memory on drawing it.
const PIXELS: usize = 40_000_000;

/// Collects pictures.
pub(crate) struct Gallery<'g> {
    project: &'g ProjectFolder,
    folder: &'g str,
    domain: &'g str,
    /// In order of first use.
    pub(crate) pictures: Vec<Picture>,
    by_file: BTreeMap<String, Option<usize>>,
}

impl<'g> Gallery<'g> {
    /// None yet; `domain` is the right side of Content-IDs.
    pub(crate) fn new(project: &'g ProjectFolder, week: &'g Week, domain: &'g str) -> Self {
        Self { project, folder: &week.folder, domain, pictures: Vec::new(), by_file: BTreeMap::new() }
    }

    /// The number of a picture, read at its first use.
    pub(crate) fn add(&mut self, file: &str, alt: &str, place: &Place, findings: &mut Findings) -> Option<usize> {
        let file = decoded(file);
        if let Some(known) = self.by_file.get(&file) {
            return *known;
        }
        let picture = self.picture(&file, alt, place, findings);
        let index = picture.map(|picture| {
            let same = self.pictures.iter().position(|other| other.content_id == picture.content_id);
            same.unwrap_or_else(|| {
                self.pictures.push(picture);
                self.pictures.len() - 1
            })
        });
        self.by_file.insert(file, index);
        index
    }

    fn picture(&self, file: &str, alt: &str, place: &Place, findings: &mut Findings) -> Option<Picture> {
        let bytes = read(self.project, self.folder, (file, "picture", LIMIT), place, findings)?;
        let mut refuse = |message: String, help: &str| {
            findings.push(Finding::error("file-type", place.clone(), message).help(help));
        };
        let Some(kind) = kind::by_content(&bytes).filter(|kind| kind.is_inline_picture()) else {
            refuse(format!("\"{file}\" is no PNG, JPEG or GIF picture"), "save it as PNG or JPEG");
            return None;
        };
        let size = imagesize::blob_size(&bytes).ok().filter(|size| size.width > 0 && size.height > 0);
        let Some(size) = size.filter(|size| size.width.saturating_mul(size.height) <= PIXELS) else {
            refuse(
                format!("\"{file}\" is damaged or has more than 40 million pixels"),
                "let weekcast check --fix make it smaller, or save it again, 1,200 pixels wide",
            );
            return None;
        };
        if media::is_cut_off(&bytes) {
            refuse(format!("\"{file}\" is cut off: its end is missing"), "get or save the picture again");
            return None;
        }
        let (width, height) = media::upright(&bytes, (size.width, size.height));
        let hash = HEXLOWER.encode(&Sha256::digest(&bytes));
        let base = file.rsplit('/').next().unwrap_or(file);
        let local: String =
            base.chars().map(|c| if c.is_ascii_alphanumeric() || ".-_".contains(c) { c } else { '-' }).collect();
        let local = local.trim_matches('.').replace("..", ".");
        Some(Picture {
            content_id: format!("{}.{local}@{}", hash.get(..16).unwrap_or_default(), self.domain),
            file: file.to_owned(),
            name: named_as(kind, base, place, findings),
            media_type: kind.media_type,
            bytes: bytes.into(),
            width: u32::try_from(width).unwrap_or(u32::MAX),
            height: u32::try_from(height).unwrap_or(u32::MAX),
            alt: alt.to_owned(),
        })
    }
}

/// The name of a picture with the ending of what it is; some filters refuse one whose ending says something else.
fn named_as(kind: &Kind, name: &str, place: &Place, findings: &mut Findings) -> String {
    if kind::by_name(name).is_some_and(|named| named.media_type == kind.media_type) {
        return name.to_owned();
    }
    let ending = kind.ending();
    let message = format!("\"{name}\" is a {}, which its ending does not say", kind.words);
    let help = format!("save it again as PNG or JPEG, or rename it to end in .{ending}; it is sent as what it is");
    findings.push(Finding::warning("file-kind", place.clone(), message).help(help));
    let stem = name.rsplit_once('.').map_or(name, |(stem, _)| stem);
    format!("{stem}.{ending}")
}

/// Markdown and the web write a space in a file's name as `%20`.
fn decoded(file: &str) -> String {
    file.trim().replace("%20", " ")
}

/// Width and height in which a picture is shown, at most `most` pixels wide, in its own proportions.
pub(crate) fn shown_size(picture: &Picture, most: u32) -> (u32, u32) {
    if picture.width <= most {
        return (picture.width, picture.height);
    }
    let height =
        (u64::from(picture.height) * u64::from(most) + u64::from(picture.width) / 2) / u64::from(picture.width);
    (most, u32::try_from(height).unwrap_or(u32::MAX).max(1))
}
