//! Names of the preview's files and folders, and the links to them: safe on every file system, each once.

use crate::compose::safe_file_name;
use crate::preview::week::PreviewDay;

/// Characters of a name that are kept; with the folders around it, Windows allows 260.
const LONGEST: usize = 80;

/// The folder of a day: `1-monday-2027-03-15`.
pub(in crate::preview) fn day_folder(day: &PreviewDay) -> String {
    format!("{}-{}-{}", day.number, weekday(day).to_lowercase(), day.date.format("%Y-%m-%d"))
}

/// `Monday`, in English as the rest of the pages.
pub(in crate::preview) fn weekday(day: &PreviewDay) -> String {
    day.date.format("%A").to_string()
}

/// File names that were given out in one folder.
#[derive(Default)]
pub(in crate::preview) struct FileNames(Vec<String>);

impl FileNames {
    /// A name like the wanted one that no other file of the folder has, even where upper and lower case are one.
    pub(in crate::preview) fn unique(&mut self, wanted: &str) -> String {
        let wanted = on_disk(wanted);
        let (stem, extension) = match wanted.rsplit_once('.') {
            Some((stem, extension)) if !stem.is_empty() => (stem, format!(".{extension}")),
            _ => (wanted.as_str(), String::new()),
        };
        let mut name = wanted.clone();
        let mut number = 1;
        while self.0.contains(&name.to_lowercase()) {
            number += 1;
            name = format!("{stem}-{number}{extension}");
        }
        self.0.push(name.to_lowercase());
        name
    }
}

/// Letters, digits, dots, hyphens and underscores, no name that Windows keeps for a device, and not too long.
fn on_disk(name: &str) -> String {
    let kept = |c: char| if c.is_alphanumeric() || "._-".contains(c) { c } else { '-' };
    let name: String = safe_file_name(name).chars().map(kept).collect();
    let (stem, extension) = name.rsplit_once('.').unwrap_or((&name, ""));
    let extension: String = extension.chars().take(12).collect();
    let stem: String = stem.chars().take(LONGEST - extension.chars().count()).collect();
    let first = stem.split('.').next().unwrap_or_default().to_ascii_lowercase();
    let numbered = first.len() == 4 && (first.starts_with("com") || first.starts_with("lpt"));
    let device = ["con", "prn", "aux", "nul"].contains(&first.as_str()) || numbered;
    let stem = if device { format!("_{stem}") } else { stem };
    if extension.is_empty() { stem } else { format!("{stem}.{extension}") }
}

/// A relative path as a link: everything but letters, digits and `/._-` percent-encoded.
pub(in crate::preview) fn link(path: &str) -> String {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"/._-".contains(&byte);
    path.bytes().map(|byte| if plain(byte) { char::from(byte).to_string() } else { format!("%{byte:02X}") }).collect()
}

#[cfg(test)]
mod tests {
    use super::{FileNames, link};

    #[test]
    fn names_are_safe_and_each_once() {
        let mut names = FileNames::default();
        for (wanted, expected) in [
            ("Flow chart.pdf", "Flow-chart.pdf"),
            ("flow CHART.PDF", "flow-CHART-2.PDF"),
            ("../../.bashrc", "bashrc"),
            ("caf\u{e9} <b>.pdf", "caf\u{e9}--b-.pdf"),
            ("nul.txt", "_nul.txt"),
            ("COM1", "_COM1"),
            ("", "attachment"),
            ("", "attachment-2"),
        ] {
            assert_eq!(names.unique(wanted), expected, "{wanted}");
        }
        assert!(names.unique(&format!("{}.pdf", "x".repeat(300))).len() <= 82);
    }

    #[test]
    fn links_hold_no_character_with_a_meaning() {
        assert_eq!(link("files/caf\u{e9}\"#?.pdf"), "files/caf%C3%A9%22%23%3F.pdf");
    }
}
