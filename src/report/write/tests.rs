//! The pack as a whole: golden page and tables, hostile input, honest words.

use std::fs;
use std::path::Path;

use super::write;
use crate::model::{Act, Reply, State};
use crate::own_folder::FolderError;
use crate::report::error::ReportError;
use crate::report::page::{page, printed_page};
use crate::report::sample::{chain, delivery, pack};

const HOSTILE: &str = "<script>alert(1)</script>\"'><img src=x>&\u{202E}";

/// Compares with `src/report/testdata/NAME`; `UPDATE_GOLDEN=1` rewrites it.
#[expect(clippy::disallowed_methods, reason = "a test's own switch, the same as the suite's")]
fn assert_golden(name: &str, actual: &[u8]) {
    let golden = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/report/testdata").join(name);
    if std::env::var_os("UPDATE_GOLDEN").is_some() {
        fs::write(&golden, actual).unwrap();
    }
    let expected = fs::read(&golden).unwrap_or_default();
    let place = expected.iter().zip(actual).take_while(|(a, b)| a == b).count();
    let near = String::from_utf8_lossy(&actual[place.saturating_sub(80)..actual.len().min(place + 80)]).into_owned();
    assert!(
        expected == actual,
        "{name} differs near …{near}…; if the new one is right, test again with UPDATE_GOLDEN=1"
    );
}

#[test]
fn the_pack_is_what_the_golden_files_show() {
    let folder = tempfile::tempdir().unwrap();
    let mut pack = pack();
    let written = write(folder.path(), &pack, None).unwrap();
    let names: Vec<&str> = written.iter().map(|path| path.file_name().unwrap().to_str().unwrap()).collect();
    assert_eq!(
        names,
        [
            "index.html",
            "days.csv",
            "recipients.csv",
            "1-friday-2027-03-12.eml",
            "2-monday-2027-03-15.eml",
            "2-monday-2027-03-15-correction-1.eml",
            "3-tuesday-2027-03-16.eml",
            "4-wednesday-2027-03-17.eml",
            "5-thursday-2027-03-18.eml",
        ]
    );
    assert_eq!(fs::read(&written[3]).unwrap(), pack.days[0].sample.as_ref().unwrap().eml);
    assert_golden("index.html", &fs::read(&written[0]).unwrap());
    assert_golden("days.csv", &fs::read(&written[1]).unwrap());
    let all = fs::read(&written[2]).unwrap();
    pack.days.drain(..2);
    pack.days[0].editions[0].deliveries.drain(..234);
    write(folder.path(), &pack, None).unwrap();
    assert_golden("recipients.csv", &fs::read(&written[2]).unwrap());
    assert_eq!(String::from_utf8(all).unwrap().lines().count(), 1 + 248 + 250 + 12 + 241 + 244);
}

#[test]
fn hostile_text_stays_text_and_names_nobody() {
    let mut pack = pack();
    pack.week_title = HOSTILE.to_owned();
    pack.organisation = Some(HOSTILE.to_owned());
    pack.allowed[0].reason = HOSTILE.to_owned();
    pack.allowed[0].rule = HOSTILE.to_owned();
    pack.allowed[0].why = HOSTILE.to_owned();
    let mut acts: Vec<Act> = pack.acts().map(|one| one.act.clone()).collect();
    acts.push(Act { kind: HOSTILE.to_owned(), detail: HOSTILE.to_owned(), ..acts[0].clone() });
    pack.record = Some(chain(acts));
    pack.days[0].sign_offs[0].by = HOSTILE.to_owned();
    let day = &mut pack.days[2];
    day.status.theme = HOSTILE.to_owned();
    day.subject = HOSTILE.to_owned();
    day.lists[0].title = HOSTILE.to_owned();
    day.sample.as_mut().unwrap().of = HOSTILE.to_owned();
    let edition = &mut day.editions[0];
    edition.record.theme = HOSTILE.to_owned();
    edition.record.subject = HOSTILE.to_owned();
    let mut refused = delivery(1, &format!("x@{HOSTILE}"), State::Refused);
    refused.reply = Some(Reply::new(550, HOSTILE));
    let mut noted = delivery(2, "private@board.example", State::Refused);
    noted.note = Some(format!("private@board.example {HOSTILE}"));
    let mut doubted = delivery(3, "private@board.example", State::InDoubt);
    doubted.note = Some(format!("<private@board.example>: {HOSTILE}"));
    edition.deliveries.extend([refused, noted, doubted]);
    let page = page(&pack).unwrap();
    for never in ["<script", "<img", "\u{202E}", "private@", "\"'>"] {
        assert!(!page.contains(never), "{never}");
    }
    assert!(page.contains("&lt;script&gt;"));
}

#[test]
fn the_page_asks_nothing_of_the_network() {
    let page = page(&pack()).unwrap();
    for never in ["http:", "https:", "<link", "<script", "@import", "<iframe", " style=\"", " onclick"] {
        assert!(!page.contains(never), "{never}");
    }
    let style = page.split_once("<style>").and_then(|(_, rest)| rest.split_once("</style>")).unwrap().0;
    let hash = base64::Engine::encode(
        &base64::engine::general_purpose::STANDARD,
        <sha2::Sha256 as sha2::Digest>::digest(style),
    );
    assert!(
        page.contains(&format!("style-src &#39;sha256-{hash}&#39;"))
            || page.contains(&format!("style-src 'sha256-{hash}'"))
    );
}

#[test]
fn the_page_for_paper_leads_nowhere() {
    let (page, printed) = (page(&pack()).unwrap(), printed_page(&pack()).unwrap());
    assert!(page.contains("<a href=\"days.csv\">days.csv</a>") && page.contains("<a class=\"skip\""));
    assert!(printed.contains("days.csv") && !printed.contains("<a "));
}

#[test]
fn no_word_claims_more_than_is_known() {
    let page = page(&pack()).unwrap().to_lowercase();
    for never in ["delivered", "opened", "was read", "received", "successfully"] {
        assert!(!page.contains(never), "{never}");
    }
}

#[test]
fn the_same_pack_gives_the_same_bytes() {
    assert_eq!(page(&pack()).unwrap(), page(&pack()).unwrap());
}

#[test]
fn an_empty_week_has_a_page_too() {
    let mut pack = pack();
    pack.days.clear();
    pack.record = None;
    pack.allowed.clear();
    pack.organisation = None;
    let page = page(&pack).unwrap();
    assert!(page.contains("The week has no broadcasts. Nothing has been sent yet."));
    assert!(page.contains("No day was held."));
}

#[test]
fn a_foreign_folder_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("index.html"), "hers").unwrap();
    assert!(matches!(write(folder.path(), &pack(), None), Err(ReportError::Folder(FolderError::Foreign { .. }))));
    assert_eq!(fs::read_to_string(folder.path().join("index.html")).unwrap(), "hers");
}
