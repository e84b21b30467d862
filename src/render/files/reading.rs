//! A file of the week's own folder, or the finding that says why it cannot be had.

use crate::document::{FileFault, ProjectFolder, nearest};
use crate::model::{Finding, Findings, Place};

/// Reads a file of the folder; `what` is `picture` or `attachment`, `limit` the most bytes.
pub(crate) fn read(
    project: &ProjectFolder,
    folder: &str,
    (file, what, limit): (&str, &str, u64),
    place: &Place,
    findings: &mut Findings,
) -> Option<Vec<u8>> {
    let error = |rule, message: String| Finding::error(rule, place.clone(), message);
    // A path with a colon after the second letter is a web address, not a drive.
    if file.contains("://") {
        let help = format!("save the {what} in {folder}/ and give its name");
        findings.push(error("file-outside", format!("\"{file}\" is on the web, not in the week's folder")).help(help));
        return None;
    }
    // The name is judged by itself, so that nothing leads out of the week's folder into another part of the project.
    let escapes = file.is_empty() || file.starts_with(['/', '\\']) || file.split(['/', '\\']).any(|part| part == "..");
    let result = if escapes {
        Err(FileFault::Outside(file.to_owned()))
    } else {
        project.read(&format!("{folder}/{file}"), limit)
    };
    let finding = match result {
        Ok(bytes) if bytes.is_empty() => {
            error("file-type", format!("\"{file}\" is empty")).help(format!("save the {what} again"))
        }
        Ok(bytes) => return Some(bytes),
        Err(FileFault::Missing(_)) => {
            let names = names(project, folder);
            let near = nearest(file, names.iter().map(String::as_str));
            let help = match near {
                Some(near) => format!("write \"{near}\""),
                None => format!("put the file into {folder}/"),
            };
            error("file-missing", format!("there is no file \"{file}\" in {folder}/")).help(help)
        }
        Err(FileFault::Outside(_)) => error("file-outside", format!("\"{file}\" leads out of the week's folder"))
            .help(format!("put the file into {folder}/ and give only its name")),
        Err(FileFault::NotRegular(_)) => {
            error("file-not-regular", format!("\"{file}\" is a folder or device")).help("name a file")
        }
        Err(FileFault::TooLarge { size, limit, .. }) => {
            let message = format!("\"{file}\" has {}; at most {} are sent", size_in_words(size), size_in_words(limit));
            let help = if what == "picture" {
                "weekcast check --fix makes it smaller and keeps the original".to_owned()
            } else {
                format!("make the {what} smaller, or put it on the web and link to it")
            };
            error("file-too-large", message).help(help)
        }
        Err(fault @ FileFault::Unreadable { .. }) => {
            error("file-missing", format!("\"{file}\" cannot be read: {fault}")).help("check who may read the file")
        }
    };
    findings.push(finding);
    None
}

/// The names of the regular files in the week's folder.
fn names(project: &ProjectFolder, folder: &str) -> Vec<String> {
    let entries = std::fs::read_dir(project.join(folder)).into_iter().flatten().flatten();
    let files = entries.filter(|entry| entry.file_type().is_ok_and(|kind| kind.is_file()));
    let mut names: Vec<String> = files.filter_map(|entry| entry.file_name().into_string().ok()).collect();
    names.sort();
    names
}

/// `812 bytes`, `14 kB`, `2.3 MB` (decimal units, as mail programs show them).
pub(crate) fn size_in_words(bytes: u64) -> String {
    match bytes {
        1 => "1 byte".to_owned(),
        0..1000 => format!("{bytes} bytes"),
        1000..999_500 => format!("{} kB", (bytes + 500) / 1000),
        _ => format!("{}.{} MB", (bytes + 50_000) / 1_000_000, (bytes + 50_000) % 1_000_000 / 100_000),
    }
}

#[cfg(test)]
mod tests {
    use super::size_in_words;

    #[test]
    fn sizes_are_read_by_people() {
        for (bytes, words) in [
            (0, "0 bytes"),
            (1, "1 byte"),
            (999, "999 bytes"),
            (1_499, "1 kB"),
            (999_499, "999 kB"),
            (999_500, "1.0 MB"),
            (2_349_999, "2.3 MB"),
            (20_000_000, "20.0 MB"),
        ] {
            assert_eq!(size_in_words(bytes), words);
        }
    }
}
