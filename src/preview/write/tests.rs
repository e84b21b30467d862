//! Whole previews.

use std::path::{Path, PathBuf};

use chrono::{Days, NaiveDate};

use crate::model::{AttachedFile, Finding, Picture, Place, SourceFile};
use crate::own_folder::FolderError;
use crate::preview::error::PreviewError;
use crate::preview::week::{PreviewDay, PreviewWeek, Skipped};
use crate::preview::write::write;

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
        subject: format!("CSE awareness week: day {number}"),
        preheader: "Four short lists show what to read, what to learn and how to pass it on.".into(),
        lists: vec!["Front-line staff".into(), "Schools".into()],
        head_count: 1204,
        state: if number == 1 { "signed_off".into() } else { "planned".into() },
        digest: "0123456789abcdef".repeat(4),
        shown_as: "asha@school.example".into(),
        eml: b"From: a\r\n\r\n.\r\n\xff".to_vec(),
        html: include_str!("sample.html").into(),
        text: "TRAINING AND GUIDANCE\n=====================\n\nDear Asha,\n\nread it: https://www.gov.uk/\n".into(),
        headers: vec![
            ("From".into(), "Riverside Board <learning@board.example>".into()),
            ("Message-ID".into(), "<ktwsdnpwijdgcvgnoxqfe3nywe.20270315@board.example>".into()),
            ("X-Other".into(), "x".repeat(90)),
        ],
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
        days,
        findings: vec![finding],
    }
}

fn read(folder: &Path, path: &str) -> String {
    std::fs::read_to_string(folder.join(path)).unwrap()
}

#[test]
fn each_day_has_its_pages_and_files() {
    let temporary = tempfile::tempdir().unwrap();
    let folder = temporary.path().join("preview");
    let written = write(&folder, &week(vec![day(1), day(2)])).unwrap();
    let mut expected = vec![PathBuf::from("index.html")];
    for name in ["1-monday-2027-03-15", "2-tuesday-2027-03-16"] {
        for file in ["index.html", "message.html", "message.txt", "message.eml"] {
            expected.push(Path::new(name).join(file));
        }
        for file in ["logo.png", "Logo-2.png", "Flow-chart.pdf"] {
            expected.push(Path::new(name).join("files").join(file));
        }
    }
    let expected: Vec<PathBuf> = expected.iter().map(|path| folder.join(path)).collect();
    assert_eq!(written, expected);
    assert_eq!(std::fs::read(folder.join("1-monday-2027-03-15/message.eml")).unwrap(), day(1).eml);
    assert_eq!(read(&folder, "1-monday-2027-03-15/message.txt"), day(1).text);
    let message = read(&folder, "1-monday-2027-03-15/message.html");
    assert!(message.contains("src=\"files/logo.png\"") && !message.contains("cid:"), "{message}");
    let index = read(&folder, "index.html");
    for words in [
        "href=\"1-monday-2027-03-15/index.html\">CSE awareness week: day 1</a>",
        "1,204 recipients",
        "signed off",
        "Monday 15 March 2027 to Tuesday 16 March 2027",
        "broadcasts/cse-week.toml, line 3, column 3",
        "1 warning",
    ] {
        assert!(index.contains(words), "{words}");
    }
    let page = read(&folder, "2-tuesday-2027-03-16/index.html");
    for words in
        ["href=\"files/Flow-chart.pdf\">Flow chart.pdf</a>", "omar@board.example", "rel=\"prev\"", "0123456789ab"]
    {
        assert!(page.contains(words), "{words}");
    }
    assert!(!page.contains("rel=\"next\""));
}

#[test]
fn hostile_values_stay_words() {
    let evil = "</title></style><script>alert(1)</script>\" onload=x {{ 7 * 7 }}";
    let mut hostile = day(1);
    for field in [&mut hostile.theme, &mut hostile.subject, &mut hostile.preheader, &mut hostile.at, &mut hostile.state]
    {
        *field = evil.into();
    }
    for field in [&mut hostile.date_words, &mut hostile.digest, &mut hostile.shown_as, &mut hostile.text] {
        *field = evil.into();
    }
    hostile.lists = vec![evil.into()];
    hostile.headers = vec![(evil.into(), evil.into()), ("From".into(), evil.into())];
    hostile.attachments[0].name = format!("../../{evil}");
    hostile.attachments[0].title = Some(evil.into());
    hostile.pictures[0].name = evil.into();
    hostile.skipped = vec![Skipped { address: evil.into(), reason: evil.into() }];
    let mut week = week(vec![hostile]);
    week.title = evil.into();
    week.organisation = Some(evil.into());
    week.findings[0].message = evil.into();
    week.findings[0].help = Some(evil.into());
    let temporary = tempfile::tempdir().unwrap();
    let folder = temporary.path().join("preview");
    let written = write(&folder, &week).unwrap();
    assert!(written.iter().all(|path| path.canonicalize().unwrap().starts_with(folder.canonicalize().unwrap())));
    for page in ["index.html", "1-monday-2027-03-15/index.html"] {
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
    for path in ["index.html", "1-monday-2027-03-15/index.html"] {
        let page = read(&folder, path);
        assert!(page.contains("default-src 'none'") && page.contains("lang=\"en-GB\""));
        for forbidden in ["<script", "src=\"http", "<link", "@import", "javascript:"] {
            assert!(!page.contains(forbidden), "{path}: {forbidden}");
        }
    }
    assert!(!read(&folder, "1-monday-2027-03-15/index.html").contains("allow-scripts"));
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
