//! What is read of a text, and that each piece is found again where the officer wrote it.

use proptest::prelude::*;

use super::prose;
use crate::model::{MERGED, PassageKind, Place, SourceFile, Text};

/// A text that stands in a file behind `x = '''`, its line ends as Windows writes them.
fn text(value: &str) -> Text {
    let file = format!("x = '''{}'''", value.replace('\n', "\r\n"));
    let file = SourceFile::new("w.toml", file);
    let mut map = vec![(0, 7)];
    for (number, (at, _)) in (1..).zip(value.match_indices('\n')) {
        map.push((at, 7 + at + number - 1));
        map.push((at + 1, 7 + at + 1 + number));
    }
    let end = file.text.len();
    Text::new(value.to_owned(), Place::new(&file, 4..end), map)
}

/// The bytes of the file that a place covers.
fn at(place: &Place) -> &str {
    &place.source.text[place.range.clone()]
}

#[test]
fn passages_are_words_without_marks_and_know_their_places() {
    let read = prose(&text(
        "# Top & *more*\n\nA **bold** [link](https://x.example/a) and &amp; \\*star\\*,\nnew {{ week.title }} line.\n\n- item\n- [ ] \
         odd\n\n| A | B |\n|---|---|\n| c | |\n\n```\ncode\n```\n",
    ))
    .unwrap();
    let passages: Vec<(PassageKind, &str)> =
        read.passages.iter().map(|passage| (passage.kind, passage.words.value())).collect();
    let line = format!("A bold link and & *star*,\nnew {MERGED} line.");
    assert_eq!(
        passages,
        [
            (PassageKind::Heading, "Top & more"),
            (PassageKind::Paragraph, line.as_str()),
            (PassageKind::Item, "item"),
            (PassageKind::Item, "[ ] odd"),
            (PassageKind::Cell, "A"),
            (PassageKind::Cell, "B"),
            (PassageKind::Cell, "c"),
            (PassageKind::Code, "code\n"),
        ]
    );
    for passage in &read.passages {
        let value = passage.words.value();
        for word in ["bold", "link", "star", "new", "line", "item", "odd", "code", "more", "and"] {
            if let Some(start) = value.find(word) {
                assert_eq!(at(&passage.words.at(start..start + word.len())), word, "{value}");
            }
        }
    }
}

#[test]
fn links_are_found_in_all_their_forms() {
    let read = prose(&text(
        "[The *form*](www.x.example/a \"button\") <https://x.example/b> www.x.example/c, a@x.example\n\n\
         [![A map](map.png)](https://x.example/d) [{{ week.title }}](https://x.example/{{ recipient.id }}) `www.code.example`",
    ))
    .unwrap();
    let links: Vec<(&str, &str, &str, bool)> = read
        .links
        .iter()
        .map(|link| (link.words.value(), link.url.as_str(), at(link.words.place()), link.bare))
        .collect();
    let (title, address) = (MERGED.to_string(), format!("https://x.example/{MERGED}"));
    assert_eq!(
        links,
        [
            ("The form", "https://www.x.example/a", "The *form", false),
            ("https://x.example/b", "https://x.example/b", "https://x.example/b", true),
            ("www.x.example/c", "https://www.x.example/c", "www.x.example/c", true),
            ("a@x.example", "mailto:a@x.example", "a@x.example", true),
            ("A map", "https://x.example/d", "[![A map](map.png)](https://x.example/d)", false),
            (title.as_str(), address.as_str(), "{{ ", false),
        ]
    );
    let picture = &read.pictures[0];
    assert_eq!(
        (picture.alt.as_str(), picture.file.as_str(), at(&picture.place)),
        ("A map", "map.png", "![A map](map.png)")
    );
}

#[test]
fn headings_and_tables_are_read_as_they_are_written() {
    let read = prose(&text("### Deep\n\n##\n\nUnder\n=====\n\n| | B |\n|---|---|\n| c | d |\n")).unwrap();
    let headings: Vec<(u8, &str)> =
        read.headings.iter().map(|heading| (heading.level, heading.words.as_str())).collect();
    assert_eq!(headings, [(3, "Deep"), (2, ""), (1, "Under")]);
    assert_eq!(read.tables[0].head, ["", "B"]);
    assert_eq!(read.tables[0].place.line_column(), (8, 1));
}

proptest! {
    /// Whatever stands in a text: it is read, and every place lies in the file.
    #[test]
    fn any_text_can_be_read(value in "(#|\\[|\\]|\\(|\\)|!|\\||-|>|\\*|`|\n|  |a|é|&amp;|\\\\|www\\.x\\.uk|\\{\\{ x \\}\\}|\\{% if x %\\}|https://x|<a>|1\\.){0,30}") {
        let read = prose(&text(&value));
        for passage in read.iter().flat_map(|read| &read.passages) {
            let words = passage.words.value();
            for (start, character) in words.char_indices() {
                let place = passage.words.at(start..start + character.len_utf8());
                prop_assert!(place.range.end <= place.source.text.len());
            }
        }
        for link in read.iter().flat_map(|read| &read.links) {
            prop_assert!(link.place.source.text.get(link.place.range.clone()).is_some());
        }
    }
}
