//! A week that uses everything a week can hold (`tests/fixtures/every-feature`): it passes `check`, each message can be read
//! by an independent reader, and its two parts say the same.

use std::fs;
use std::path::Path;

use mail_parser::{MessageParser, MimeHeaders as _};

use crate::support::workspace::Workspace;

/// Every person of the fixture's lists with the name that a mail program shows.
const PEOPLE: [(&str, Option<&str>); 7] = [
    ("noor@board.example", Some("نور مثال")),
    (
        "long@board.example",
        Some("Maximiliana Theodora Wilhelmina Examplewright-Featherstonehaugh-Cholmondeley of Upper Exampleshire"),
    ),
    ("quoted@board.example", Some("Sam \"Sunny\" O'Example")),
    ("comma@board.example", Some("Example, Dr Alex (Schools; North)")),
    ("sian@board.example", Some("Siân Ŵyn-Enghraifft")),
    ("zofia@board.example", Some("Zofia Przykładowa 🌻")),
    ("no.name@board.example", None),
];

fn fixture() -> Workspace {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/every-feature");
    let workspace = Workspace::new();
    let mut folders = vec![root.clone()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(&folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else {
                workspace.write(path.strip_prefix(&root).unwrap(), fs::read(&path).unwrap());
            }
        }
    }
    workspace
}

/// The messages of a week's preview, by day.
fn messages(workspace: &Workspace) -> Vec<(String, Vec<u8>)> {
    let days = workspace.names("preview").into_iter().filter(|name| name.starts_with(|c: char| c.is_ascii_digit()));
    let eml = |day: &String| fs::read(workspace.path().join("preview").join(day).join("message.eml")).unwrap();
    days.map(|day| (day.clone(), eml(&day))).collect()
}

/// What stands between two marks, wherever they occur.
fn between<'t>(text: &'t str, start: &str, end: &str) -> Vec<&'t str> {
    text.split(start).skip(1).filter_map(|rest| rest.split_once(end)).map(|(inner, _)| inner).collect()
}

/// HTML as the words that a reader sees.
fn words(html: &str) -> String {
    let mut text: String =
        html.split('<').map(|piece| piece.split_once('>').map_or(piece, |(_, words)| words)).collect();
    for (entity, character) in [("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&#39;", "'"), ("&amp;", "&")] {
        text = text.replace(entity, character);
    }
    one_line(&text)
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Every link, heading and picture of the HTML part stands in the text part as well.
fn agree(day: &str, html: &str, text: &str) {
    let flat = one_line(text);
    let links = between(html, "href=\"", "\"");
    assert!(links.len() >= 3, "{day}: {links:?}");
    for link in links {
        let link = words(link);
        let shown = match link.split_once(':') {
            Some(("mailto", address)) if !address.contains('?') => address.to_owned(),
            Some(("mailto", address)) if !flat.contains(&link) => address.split('?').next().unwrap().to_owned(),
            // A number is written as people dial it, with spaces.
            Some(("tel", number)) => {
                let digits = |text: &str| text.chars().filter(char::is_ascii_digit).collect::<String>();
                assert!(digits(&flat).contains(&digits(&number.replace("+44", "0"))), "{day}: {link}");
                continue;
            }
            _ => link.clone(),
        };
        assert!(flat.contains(&shown), "{day}: {link} is not in the text:\n{text}");
    }
    let headings: Vec<String> = (1..=4)
        .flat_map(|level| between(html, &format!("<h{level} "), &format!("</h{level}>")))
        .map(|heading| words(heading.split_once('>').unwrap().1))
        .collect();
    assert!(!headings.is_empty());
    for heading in headings {
        assert!(flat.contains(&heading), "{day}: \"{heading}\" is no heading of the text:\n{text}");
    }
    for alt in between(html, " alt=\"", "\"") {
        let shown = [format!("[Image: {}]", words(alt)), format!("[Delwedd: {}]", words(alt))];
        assert!(shown.iter().any(|shown| flat.contains(shown)), "{day}: {alt}\n{text}");
    }
}

/// The text part is as people read it.
fn is_plain(day: &str, text: &str) {
    for line in text.lines() {
        let breakable = line.trim_start().contains(' ');
        assert!(line.chars().count() <= 72 || !breakable, "{day}: {line:?}");
        assert_eq!(line, line.trim_end(), "{day}");
    }
    let hidden = |c: char| matches!(c, '\t' | '\u{a0}' | '\u{ad}' | '\u{200b}'..='\u{200c}' | '\u{200e}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{feff}');
    assert!(!text.contains(hidden), "{day}: {text:?}");
    assert!(!text.contains("\n\n\n\n"), "{day}");
    for mark in ["**", "](", "{{", "{%", "<a ", "&amp;"] {
        assert!(!text.contains(mark), "{day}: {mark} in\n{text}");
    }
}

#[test]
fn the_two_parts_of_each_message_say_the_same() {
    for (week, days) in [("every-feature", 5), ("wythnos", 3)] {
        let workspace = fixture();
        workspace.run(["check", "--strict", "--week", week]).succeeds();
        workspace.run(["preview", "--week", week]).succeeds();
        let messages = messages(&workspace);
        assert_eq!(messages.len(), days);
        for (day, eml) in messages {
            assert!(eml.is_ascii(), "{day}: everything on the wire is ASCII");
            let message = MessageParser::default().parse(&eml).unwrap();
            let (html, text) = (message.body_html(0).unwrap(), message.body_text(0).unwrap());
            let text = text.replace("\r\n", "\n");
            agree(&day, &html, &text);
            is_plain(&day, &text);
        }
    }
}

#[test]
fn files_keep_their_names_and_their_bytes() {
    let workspace = fixture();
    workspace.run(["preview", "tuesday", "--week", "every-feature"]).succeeds();
    let (_, eml) = messages(&workspace).remove(0);
    let message = MessageParser::default().parse(&eml).unwrap();
    let folder = workspace.path().join("broadcasts/every-feature");
    let files: Vec<(String, Vec<u8>)> = message
        .attachments()
        .map(|part| (part.attachment_name().unwrap().to_owned(), part.contents().to_owned()))
        .collect();
    let names: Vec<&str> = files.iter().map(|(name, _)| name.as_str()).collect();
    for (name, file) in [
        ("Siart llif – atgyfeirio.pdf", "Siart llif – atgyfeirio.pdf"),
        ("Briefing on Thursday.ics", "briefing.ics"),
        ("rhifau-ffôn.csv", "rhifau-ffôn.csv"),
    ] {
        let (_, bytes) = files.iter().find(|(own, _)| own == name).unwrap_or_else(|| panic!("{name} in {names:?}"));
        assert_eq!(bytes, &fs::read(folder.join(file)).unwrap(), "{name}");
    }
}

#[test]
fn every_name_comes_through_header_and_text() {
    let workspace = fixture();
    for (address, name) in PEOPLE {
        workspace.run(["preview", "thursday", "--week", "every-feature", "--as", address]).succeeds();
        let (day, eml) = messages(&workspace).remove(0);
        let message = MessageParser::default().parse(&eml).unwrap();
        let to = message.to().and_then(|to| to.first()).unwrap();
        assert_eq!((to.address(), to.name()), (Some(address), name));
        let (html, text) = (message.body_html(0).unwrap(), message.body_text(0).unwrap().replace("\r\n", "\n"));
        let row = format!("* What: Name Yours: {}", name.unwrap_or("not known"));
        assert!(one_line(&text).contains(&row), "{row}\n{text}");
        assert!(words(&html).contains(name.unwrap_or("not known")), "{address}");
        agree(&day, &html, &text);
        is_plain(&day, &text);
    }
}

#[test]
fn a_week_in_welsh_is_welsh_throughout() {
    let workspace = fixture();
    workspace.run(["preview", "--week", "wythnos"]).succeeds();
    let texts: Vec<String> = messages(&workspace)
        .iter()
        .map(|(_, eml)| one_line(&MessageParser::default().parse(eml).unwrap().body_text(0).unwrap()))
        .collect();
    for (day, words) in [
        (0, "[Gwe 12] Llun 15 Maw 16 Diwrnod 1 o 3: Dydd Gwener 12 Tachwedd 2027"),
        (0, "| Nodyn: | Nid oes rhaid i chi fod yn siŵr."),
        (0, "Dolenni ------- * Canllawiau (yn Gymraeg ac yn Saesneg): https://www.example.org/cy/canllawiau"),
        (0, "Ynghlwm wrth y neges hon ------------------------ * Siart llif atgyfeirio siart-llif.pdf (PDF, 23 kB)"),
        (0, "| Cadwch lygad am y neges nesaf, ddydd Llun 15 Tachwedd: Hyfforddiant"),
        (1, "| Cadwch lygad am neges yfory: Troi pryder yn weithred"),
        (2, "Heddiw: Diwrnod Ymwybyddiaeth Enghreifftiol."),
        (2, "| Rhybudd: | Os yw plentyn mewn perygl nawr, ffoniwch 999."),
        (2, "Ffôn: 01632 960100 E-bost: swyddfa@board.example [Delwedd: Bwrdd Diogelu Swydd Enghraifft]"),
        (2, "Rydych yn derbyn y neges hon am eich bod ar restr ddosbarthu Exampleshire"),
        (2, "Dad-danysgrifio o'r negeseuon hyn: https://www.board.example/stop"),
    ] {
        assert!(texts[day].contains(words), "{words}\n{}", texts[day]);
    }
}
