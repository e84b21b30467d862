//! The files of a message: the same octets in every process, names and contents that come back whole, pictures that
//! `check --fix` mends.

use std::fs;
use std::path::Path;

use mail_parser::{MessageParser, MimeHeaders as _};

use crate::support::golden::assert_golden;
use crate::support::workspace::Workspace;

const BODY: &str = "The courses of this year are open. Please **book early**.";
const CSV: &[u8] = b"\xEF\xBB\xBFName;Seats\r\nCaf\xC3\xA9;3\n";
const ICS: &[u8] = b"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nMETHOD:PUBLISH\r\nEND:VCALENDAR\n";

fn fixture(path: &str) -> Vec<u8> {
    fs::read(Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/lint").join(path)).unwrap()
}

/// The small week whose first day shows these pictures.
fn with_pictures(pictures: &[(&str, Vec<u8>)]) -> Workspace {
    let shown: String = pictures.iter().map(|(name, _)| format!("\n\n![A sign]({name})")).collect();
    let workspace = Workspace::small_week().edited("broadcasts/march.toml", BODY, &format!("{BODY}{shown}"));
    for (name, bytes) in pictures {
        workspace.write(format!("broadcasts/march/{name}"), bytes);
    }
    workspace
}

/// The small week with attachments whose names are hard; answers with their names and contents, too.
fn with_attachments() -> (Workspace, Vec<(String, Vec<u8>)>) {
    let pdf = fixture("file-endings/clean/broadcasts/week/letter.v2.pdf");
    let files: Vec<(String, Vec<u8>)> = vec![
        ("day.ics".into(), ICS.into()),
        ("seats.csv".into(), CSV.into()),
        ("100% caf\u{e9} \u{2013} Asha's 'plan'; v=2.pdf".into(), pdf.clone()),
        (format!("{} \u{1f9d1}\u{200d}\u{1f3eb}.pdf", "a long name ".repeat(12).trim()), pdf),
    ];
    let list: Vec<String> = files.iter().map(|(name, _)| format!("{{ file = \"{name}\" }}")).collect();
    let link =
        "links = [{ text = \"Course list\", url = \"https://board.example/courses\", note = \"Updated monthly\" }]";
    let attachments = format!("{link}\nattachments = [{}]", list.join(", "));
    let workspace = with_pictures(&[("signs.png", fixture("file-kind/clean/broadcasts/week/signs.png"))]);
    let workspace = workspace.edited("broadcasts/march.toml", link, &attachments);
    for (name, bytes) in &files {
        workspace.write(format!("broadcasts/march/{name}"), bytes);
    }
    (workspace, files)
}

#[test]
fn two_processes_write_the_same_octets() {
    let (workspace, _) = with_attachments();
    for folder in ["one", "two"] {
        workspace.run(["preview", "--out", &workspace.path().join(folder).to_string_lossy()]).succeeds();
    }
    let days = ["1-monday-2027-03-15", "2-tuesday-2027-03-16"];
    for day in days {
        let read = |folder: &str| fs::read(workspace.path().join(folder).join(day).join("message.eml")).unwrap();
        assert!(read("one").len() > 1_000);
        assert!(read("one") == read("two"), "{day}");
    }
}

#[test]
fn names_and_contents_of_attachments_come_back_whole() {
    let (workspace, files) = with_attachments();
    workspace.run(["check"]).succeeds().says("nothing found");
    workspace.run(["preview"]).succeeds();
    let message = workspace.read("preview/1-monday-2027-03-15/message.eml");
    assert!(message.contains("Content-Type: text/calendar; charset=utf-8\r\nContent-Disposition: attachment"));
    let read = MessageParser::default().parse(message.as_bytes()).unwrap();
    let attached = read.parts.iter().filter(|part| part.content_disposition().is_some_and(|d| d.is_attachment()));
    let attached: Vec<(String, Vec<u8>)> =
        attached.map(|part| (part.attachment_name().unwrap().to_owned(), part.contents().to_vec())).collect();
    assert!(attached == files, "{:?}", attached.iter().map(|(name, _)| name).collect::<Vec<_>>());
}

#[test]
fn a_picture_is_sent_as_what_it_is() {
    let workspace = with_pictures(&[("signs.png", fixture("picture-print/clean/broadcasts/week/signs.jpg"))]);
    workspace.run(["check"]).succeeds().says("file-kind");
    workspace.run(["preview"]).succeeds();
    let message = workspace.read("preview/1-monday-2027-03-15/message.eml");
    assert!(message.contains("Content-Type: image/jpeg\r\n") && message.contains("inline; filename=\"signs.jpg\""));
}

#[test]
fn fix_mends_pictures_and_keeps_the_originals() {
    let wide = fixture("picture-width/dirty/broadcasts/week/signs.png");
    let placed = fixture("picture-location/dirty/broadcasts/week/signs.jpg");
    let lying = fixture("picture-turned/dirty/broadcasts/week/signs.jpg");
    let workspace = with_pictures(&[("wide.png", wide.clone()), ("placed.jpg", placed.clone()), ("lying.jpg", lying)]);
    assert_golden("fix/before.txt", &workspace.run(["check", "--strict"]).exits(65).stdout);
    assert_golden("fix/fixed.txt", &workspace.run(["check", "--fix", "--strict"]).succeeds().stdout);
    assert_golden("fix/again.txt", &workspace.run(["check", "--fix", "--strict"]).succeeds().stdout);
    let read = |name: &str| fs::read(workspace.path().join("broadcasts/march").join(name)).unwrap();
    assert!(read("wide.original.png") == wide && read("placed.original.jpg") == placed);
    let size = |name: &str| imagesize(&read(name));
    assert_eq!((size("wide.png"), size("placed.jpg"), size("lying.jpg")), ((1_200, 1), (16, 8), (8, 16)));
    assert_eq!(
        workspace.names("broadcasts/march"),
        ["lying.jpg", "lying.original.jpg", "placed.jpg", "placed.original.jpg", "wide.original.png", "wide.png"]
    );
}

/// Width and height.
fn imagesize(bytes: &[u8]) -> (u32, u32) {
    let picture = image::load_from_memory(bytes).unwrap();
    (picture.width(), picture.height())
}

/// Telephones make pictures that are too heavy for any message; that is no reason to leave them alone.
#[test]
fn fix_mends_a_picture_that_is_too_heavy_to_be_read() {
    let mut heavy = fixture("picture-print/clean/broadcasts/week/signs.jpg");
    heavy.resize(5_100_000, 0);
    let workspace = with_pictures(&[("heavy.jpg", heavy)]);
    workspace.run(["check"]).exits(65).says("file-too-large").says("weekcast check --fix");
    workspace.run(["check", "--fix"]).succeeds().says("heavy.jpg has 1 kB now; the original is kept");
}

#[test]
fn fix_leaves_alone_what_is_allowed() {
    let wide = fixture("picture-width/dirty/broadcasts/week/signs.png");
    let workspace = with_pictures(&[("wide.png", wide.clone())]);
    let week = workspace.read("broadcasts/march.toml");
    let allow = "\n[[allow]]\nrule = \"picture-width\"\nreason = \"The printer takes it from here\"\n\
                 \n[[allow]]\nrule = \"weekend\"\nreason = \"Not needed any more\"\n";
    workspace.write("broadcasts/march.toml", week + allow);
    assert_golden("fix/allowed.txt", &workspace.run(["check", "--fix"]).succeeds().stdout);
    assert!(fs::read(workspace.path().join("broadcasts/march/wide.png")).unwrap() == wide);
    let json = workspace.run(["check", "--fix", "--format", "json"]).succeeds().json();
    assert_eq!(
        json,
        serde_json::json!({ "findings": [], "errors": 0, "warnings": 0, "dropped": [], "lists": [], "fixed": [] })
    );
    workspace.run(["report"]).succeeds();
    let report = workspace.read("report/index.html");
    for words in ["The printer takes it from here", "looks no better", "0, not needed", "Not needed any more"] {
        assert!(report.contains(words), "{words}");
    }
}
