//! Whole previews.

use std::path::Path;

use chrono::{Days, NaiveDate};

use crate::model::{AttachedFile, Finding, Picture, Place, SourceFile};
use crate::own_folder::FolderError;
use crate::preview::error::PreviewError;
use crate::preview::policy::PAGE_POLICY;
use crate::preview::site::site;
use crate::preview::week::{AwarenessDate, ListShare, PreviewCopy, PreviewDay, PreviewWeek, Skipped};
use crate::preview::write::write;

fn copy(number: usize, address: &str) -> PreviewCopy {
    let eml = b"From: a\r\n\r\n.\r\n\xff".to_vec();
    PreviewCopy {
        address: address.into(),
        name: Some("Asha Example".into()),
        why: "first of Schools".into(),
        subject: format!("CSE awareness week: day {number}"),
        html: include_str!("sample.html").into(),
        text: "TRAINING AND GUIDANCE\n=====================\n\nDear Asha,\n\nread it: https://www.gov.uk/\n".into(),
        headers: vec![
            ("From".into(), "Riverside Board <learning@board.example>".into()),
            ("Message-ID".into(), "<ktwsdnpwijdgcvgnoxqfe3nywe.20270315@board.example>".into()),
            ("X-Other".into(), "x".repeat(90)),
        ],
        size: eml.len(),
        eml: Some(eml),
    }
}

/// A copy that reads otherwise on odd days.
fn second(number: usize) -> PreviewCopy {
    let copy = PreviewCopy { eml: None, name: None, ..copy(number, "ben@school.example") };
    let html = copy.html.replace("Training", "Learning");
    if number % 2 == 1 { PreviewCopy { html, ..copy } } else { copy }
}

fn day(number: usize) -> PreviewDay {
    let date = NaiveDate::from_ymd_opt(2027, 3, 15).unwrap() + Days::new(number as u64 - 1);
    let picture = |id: &str, name: &str| Picture {
        content_id: id.into(),
        file: name.into(),
        name: name.into(),
        media_type: "image/png",
        bytes: include_bytes!("../../../broadcasts/cse-awareness-week/logo.png")[..].into(),
        width: 320,
        height: 120,
        alt: "The Board".into(),
    };
    PreviewDay {
        number,
        date,
        date_words: date.format("%A %-d %B %Y").to_string(),
        at: "08:30".into(),
        theme: "Training and guidance".into(),
        preheader: "Four short lists show what to read, what to learn and how to pass it on.".into(),
        sender: "Riverside Board".into(),
        lists: vec![
            ListShare { title: "Front-line staff".into(), people: 1200 },
            ListShare { title: "Schools".into(), people: 5 },
        ],
        on_several_lists: 1,
        head_count: 1204,
        state: if number == 1 { "signed_off".into() } else { "planned".into() },
        signed: (number == 1).then(|| "by Rowan <Example> on 12 March 2027, 14:03".into()),
        progress: None,
        digest: "0123456789abcdef".repeat(4),
        copies: vec![copy(number, "asha@school.example"), second(number)],
        attachments: vec![AttachedFile {
            name: "Flow chart.pdf".into(),
            title: Some("Referral flow chart".into()),
            media_type: "application/pdf".into(),
            bytes: b"%PDF"[..].into(),
        }],
        pictures: vec![picture("logo@board.example", "logo.png"), picture("logo2@board.example", "Logo.png")],
        skipped: vec![Skipped { address: "omar@board.example".into(), reason: "asked not to be written to".into() }],
        findings: Vec::new(),
    }
}

fn week(days: Vec<PreviewDay>) -> PreviewWeek {
    let source = SourceFile::new("broadcasts/cse-week.toml", "\n\n  theme = \"\"\n");
    let finding = Finding::warning("subject-long", Place::new(&source, 4..9), "the subject has 93 characters")
        .help("say it in 60, because phones cut the rest off");
    PreviewWeek {
        title: "Child sexual exploitation awareness week".into(),
        organisation: Some("Riverside Safeguarding Children Board".into()),
        generated: "Friday 12 March 2027 at 16:05".into(),
        timezone: "Europe/London".into(),
        awareness_day: Some(AwarenessDate {
            name: "Awareness Day".into(),
            date: NaiveDate::from_ymd_opt(2027, 3, 20).unwrap(),
        }),
        sign_off: 1,
        days,
        dropped: Vec::new(),
        findings: vec![finding],
    }
}

fn read(folder: &Path, path: &str) -> String {
    std::fs::read_to_string(folder.join(path)).unwrap()
}

const FIRST: &str = "1-monday-2027-03-15";
const SECOND: &str = "2-tuesday-2027-03-16";

#[test]
fn each_day_has_its_pages_and_files_each_once() {
    let temporary = tempfile::tempdir().unwrap();
    let folder = temporary.path().join("preview");
    let written = write(&folder, &week(vec![day(1), day(2)])).unwrap();
    let message = ["message.html", "message-without-pictures.html"];
    let own = ["copy-2-message.html", "copy-2-message-without-pictures.html"];
    let files = ["message.txt", "message.eml", "files/logo.png", "files/Logo-2.png", "files/Flow-chart.pdf"];
    let mut expected = vec![folder.join("index.html")];
    for (name, own) in [(FIRST, &own[..]), (SECOND, &[])] {
        let all = ["index.html", "copy-2.html"].iter().chain(&message).chain(own).chain(&files);
        expected.extend(all.map(|file| folder.join(name).join(file)));
    }
    assert_eq!(written, expected);
    assert_eq!(std::fs::read(folder.join(FIRST).join("message.eml")).unwrap(), copy(1, "").eml.unwrap());
    assert_eq!(read(&folder, "1-monday-2027-03-15/message.txt"), copy(1, "").text);
    let message = read(&folder, "1-monday-2027-03-15/message.html");
    assert!(message.contains("src=\"files/logo.png\"") && !message.contains("cid:"), "{message}");
    let without = read(&folder, "1-monday-2027-03-15/message-without-pictures.html");
    assert!(!without.contains("files/") && !without.contains("cid:") && !without.contains("img-src"), "{without}");
}

fn assert_says(page: &str, words: &[&str]) {
    for words in words {
        assert!(page.contains(words), "{words} is not in {page}");
    }
}

#[test]
fn the_pages_say_what_there_is_to_know() {
    let temporary = tempfile::tempdir().unwrap();
    let folder = temporary.path().join("preview");
    write(&folder, &week(vec![day(1), day(2)])).unwrap();
    let index = read(&folder, "index.html");
    assert_says(
        &index,
        &[
            "href=\"1-monday-2027-03-15/index.html\">CSE awareness week: day 1</a>",
            "1,204 recipients",
            "signed off",
            "Monday 15 March 2027 to Tuesday 16 March 2027",
            "broadcasts/cse-week.toml, line 3, column 3",
            "<mark>theme</mark> = &quot;&quot;",
            "1 warning",
            "1 attachment",
            "each day is signed off by 1 person",
            "Awareness Day on Saturday 20 March",
        ],
    );
    let page = read(&folder, "2-tuesday-2027-03-16/index.html");
    assert_says(
        &page,
        &[
            "href=\"files/Flow-chart.pdf\"",
            "omar@board.example",
            "rel=\"prev\" href=\"../1-monday-2027-03-15/index.html\"",
            "<code title=\"0123456789abcdef",
            "waits for 1 person",
            "1 person is on more than one list, and gets one copy.",
            "href=\"copy-2.html\"><bdi>ben@school.example</bdi>",
            "data-number=\"1\">From: a</span>",
        ],
    );
    assert!(!page.contains("rel=\"next\""));
    let other = read(&folder, "2-tuesday-2027-03-16/copy-2.html");
    // The words are those of the first copy, so its message is shown; the neighbours stay with the same person.
    let neighbour = "rel=\"prev\" href=\"../1-monday-2027-03-15/copy-2.html\"";
    assert_says(&other, &["src=\"message.html\"", neighbour, "href=\"copy-2.html\" aria-current=\"page\""]);
    assert!(!other.contains("id=\"show-source\""), "the octets are those of the first copy");
}

#[test]
fn a_day_that_cannot_be_made_yet_says_so() {
    let broken = PreviewDay { copies: Vec::new(), digest: String::new(), ..day(1) };
    let week = week(vec![broken]);
    let files = site(&week).unwrap().into_map();
    let page = String::from_utf8_lossy(&files["1-monday-2027-03-15/index.html"]).into_owned();
    assert_says(&page, &["This day cannot be shown yet.", "none yet"]);
    assert!(!page.contains("<iframe") && !files.contains_key("1-monday-2027-03-15/message.eml"));
}

#[test]
fn hostile_values_stay_words() {
    let evil = "</title></style><script>alert(1)</script>\" onload=x {{ 7 * 7 }}";
    let mut hostile = day(1);
    for field in [&mut hostile.theme, &mut hostile.preheader, &mut hostile.at, &mut hostile.state, &mut hostile.sender]
    {
        *field = evil.into();
    }
    hostile.date_words = evil.into();
    hostile.digest = evil.into();
    hostile.progress = Some(evil.into());
    for copy in &mut hostile.copies {
        for field in [&mut copy.subject, &mut copy.text, &mut copy.address, &mut copy.why] {
            *field = evil.into();
        }
        copy.name = Some(evil.into());
        copy.eml = Some(evil.into());
        copy.headers = vec![(evil.into(), evil.into()), ("From".into(), evil.into())];
    }
    hostile.lists = vec![ListShare { title: evil.into(), people: 1 }];
    hostile.attachments[0].name = format!("../../{evil}");
    hostile.attachments[0].title = Some(evil.into());
    hostile.pictures[0].name = evil.into();
    hostile.skipped = vec![Skipped { address: evil.into(), reason: evil.into() }];
    let source = SourceFile::new(evil, evil);
    let finding =
        Finding::error("rule", Place::new(&source, 3..9), evil).help(evil).label(Place::new(&source, 2..5), evil);
    hostile.findings = vec![finding.clone()];
    let mut week = week(vec![hostile]);
    week.title = evil.into();
    week.organisation = Some(evil.into());
    week.generated = evil.into();
    week.timezone = evil.into();
    week.awareness_day = Some(AwarenessDate { name: evil.into(), date: week.days[0].date });
    week.findings = vec![finding];
    let temporary = tempfile::tempdir().unwrap();
    let folder = temporary.path().join("preview");
    let written = write(&folder, &week).unwrap();
    assert!(written.iter().all(|path| path.canonicalize().unwrap().starts_with(folder.canonicalize().unwrap())));
    for page in ["index.html", "1-monday-2027-03-15/index.html", "1-monday-2027-03-15/copy-2.html"] {
        let page = read(&folder, page);
        assert!(!page.contains("<script") && !page.contains("\" onload") && !page.contains("49"), "{page}");
        assert!(page.contains("&lt;script&gt;") && page.contains("{{ 7 * 7 }}"), "{page}");
    }
}

#[test]
fn pages_ask_nothing_of_the_network_and_run_nothing() {
    let temporary = tempfile::tempdir().unwrap();
    let folder = temporary.path().join("preview");
    write(&folder, &week(vec![day(1)])).unwrap();
    for path in ["index.html", "1-monday-2027-03-15/index.html", "1-monday-2027-03-15/copy-2.html"] {
        let page = read(&folder, path);
        let policy = format!("<meta http-equiv=\"Content-Security-Policy\" content=\"{PAGE_POLICY}\">");
        for once in [&policy, "</body>", "<div id=\"live\" role=\"status\" aria-live=\"polite\"></div>"] {
            assert_eq!(page.matches(once).count(), 1, "{path}: {once}");
        }
        assert!(page.contains("lang=\"en-GB\"") && !page.contains("allow-scripts"));
        for forbidden in ["<script", "src=\"http", "<link", "@import", "javascript:"] {
            assert!(!page.contains(forbidden), "{path}: {forbidden}");
        }
    }
}

#[test]
fn an_empty_week_and_a_foreign_folder() {
    let temporary = tempfile::tempdir().unwrap();
    let folder = temporary.path().join("preview");
    write(&folder, &week(Vec::new())).unwrap();
    assert!(read(&folder, "index.html").contains("no days yet"));
    std::fs::write(temporary.path().join("thesis.doc"), "x").unwrap();
    assert!(matches!(
        write(temporary.path(), &week(Vec::new())),
        Err(PreviewError::Folder(FolderError::Foreign { .. }))
    ));
}

/// Writes a preview below the folder for temporary files, for looking at:
/// `cargo test --lib writes_a_preview -- --ignored`.
#[test]
#[ignore = "writes files for looking at"]
fn writes_a_preview() {
    let mut days: Vec<PreviewDay> = (1..=5).map(day).collect();
    days[1].theme = "Schools resources".into();
    days[2].findings = week(Vec::new()).findings;
    days[3].state = "held".into();
    write(&std::env::temp_dir().join("weekcast-preview-sample"), &week(days)).unwrap();
}
