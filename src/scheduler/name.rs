//! The name under which a project is known to the scheduler: the same each time, and no other project's.

use data_encoding::HEXLOWER;
use sha2::{Digest as _, Sha256};

/// The most characters of the folder's name in it.
const LONGEST: usize = 32;

/// `weekcast-FOLDER-HASH`: the last part of the project's whole path, in letters, digits and hyphens, and the beginning of
/// the hash of the whole path, so that two folders of one name are told apart.
#[must_use]
pub fn name(project: &str) -> String {
    let folder = project.trim_end_matches(['/', '\\']).rsplit(['/', '\\']).next().unwrap_or_default();
    let plain = |c: char| if c.is_ascii_alphanumeric() { c.to_ascii_lowercase() } else { '-' };
    let folder: String = folder.chars().map(plain).take(LONGEST).collect();
    let folder = folder.split('-').filter(|part| !part.is_empty()).collect::<Vec<_>>().join("-");
    let hash = HEXLOWER.encode(&Sha256::digest(project.as_bytes())[..4]);
    if folder.is_empty() { format!("weekcast-{hash}") } else { format!("weekcast-{folder}-{hash}") }
}

#[cfg(test)]
mod tests {
    use super::name;

    #[test]
    fn it_is_stable_plain_and_nobody_elses() {
        assert_eq!(name("/srv/board/broadcasts"), "weekcast-broadcasts-3eb559ed");
        assert_ne!(name("/srv/board/broadcasts"), name("/home/board/broadcasts"));
        for (path, begins) in [
            ("/srv/Z\u{fc}rich week (2027)%n/", "weekcast-z-rich-week-2027-n-"),
            ("C:\\Users\\Asha\\My Broadcasts", "weekcast-my-broadcasts-"),
            ("/", "weekcast-"),
            ("/srv/\u{65e5}\u{672c}", "weekcast-"),
        ] {
            let name = name(path);
            assert!(name.starts_with(begins), "{path}: {name}");
            assert!(name.chars().all(|c| c.is_ascii_alphanumeric() || c == '-') && name.len() < 64, "{name}");
        }
    }
}
