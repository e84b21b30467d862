//! The text of a day: written in the week file, or in a file of its own beside the pictures.

use crate::definition::lines::visible;
use crate::document::{Hidden, ProjectFolder, Table, decode};
use crate::model::{Finding, Findings, Place, Text};

/// The longest `body_file`, in bytes: a message body is refused long before.
const LIMIT: u64 = 1024 * 1024;

/// `body` or `body_file`; an empty text where neither can be had, and then that has been reported.
pub(crate) fn read(project: &ProjectFolder, folder: &str, table: &mut Table, findings: &mut Findings) -> Text {
    let none = Text::synthetic(String::new(), table.place().clone());
    let place = table.key_place("body");
    let file_place = table.key_place("body_file");
    if let (Some(body), Some(file)) = (&place, &file_place) {
        let what = if table.name().is_empty() { "the correction" } else { "the broadcast" };
        let message = format!("{what} has both `body` and `body_file`");
        let finding = Finding::error("body-twice", file.clone(), message);
        findings.push(finding.label(body.clone(), "the other is here").help("keep one of the two"));
    }
    if place.is_none() && file_place.is_some() {
        let file = table.path("body_file", findings);
        return file.and_then(|file| read_file(project, folder, &file, findings)).unwrap_or(none);
    }
    let written = table.required_text("body", findings);
    // Asked for even where `body` wins, so that it does not count as an unknown key.
    table.take("body_file");
    written.filter(|text| visible("body", text, Hidden::Prose, findings)).unwrap_or(none)
}

fn read_file(project: &ProjectFolder, folder: &str, file: &Text, findings: &mut Findings) -> Option<Text> {
    let path = format!("{folder}/{}", file.value());
    let bytes = match project.read(&path, LIMIT) {
        Ok(bytes) => bytes,
        Err(fault) => {
            let finding = Finding::error(fault.rule(), file.place().clone(), fault.to_string());
            findings.push(finding.help(format!("`body_file` is looked for in {folder}/")));
            return None;
        }
    };
    let source = decode(&path, &bytes, findings)?;
    let place = Place::new(&source, 0..source.text.len());
    let (value, map) = line_ends(&source.text);
    let text = Text::new(value, place, map);
    if text.is_blank() {
        let finding = Finding::error("blank", file.place().clone(), format!("{path} is blank"));
        findings.push(finding.help("write the text of the day into it"));
        return None;
    }
    visible("body_file", &text, Hidden::Prose, findings).then_some(text)
}

/// The text with `\n` line ends, and the map back to the file.
pub(crate) fn line_ends(text: &str) -> (String, Vec<(usize, usize)>) {
    let mut value = String::with_capacity(text.len());
    let mut map = vec![(0, 0)];
    let mut read = 0;
    for (at, _) in text.match_indices("\r\n") {
        value.push_str(&text[read..at]);
        map.push((value.len(), at));
        value.push('\n');
        read = at + 2;
        map.push((value.len(), read));
    }
    value.push_str(&text[read..]);
    (value, map)
}

#[cfg(test)]
mod tests {
    use super::line_ends;
    use crate::model::{Place, SourceFile, Text};

    #[test]
    fn places_hold_across_windows_line_ends() {
        let file = "one\r\ntwo\r\n\r\nthree é\nfour";
        let source = SourceFile::new("monday.md", file);
        let (value, map) = line_ends(file);
        assert_eq!(value, "one\ntwo\n\nthree é\nfour");
        let text = Text::new(value.clone(), Place::new(&source, 0..file.len()), map);
        for word in ["one", "two", "three", "é", "four"] {
            let at = value.find(word).unwrap();
            assert_eq!(&file[text.at(at..at + word.len()).range], word);
        }
    }
}
