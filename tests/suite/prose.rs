//! The rules about words on whole weeks: one in which they must find nothing, and one in which they find much.

use crate::support::golden::{assert_golden, no_leftovers};
use crate::support::workspace::Workspace;

const LISTS: &str = "[lists.all]\nmembers = [{ address = \"asha@board.example\", first_name = \"Asha\" }]\n";
const SETTINGS: &str = "[organisation]\nname = \"Example Board\"\nrequire_help_block = true\n\n\
                        [sender]\nfrom = \"Example Board <news@board.example>\"\n";

#[test]
fn nothing_is_found_in_thirty_paragraphs_as_boards_write_them() {
    let workspace = Workspace::new().recipients(LISTS).settings(SETTINGS);
    let run = workspace.week("calm", include_str!("../fixtures/prose/calm.toml")).run(["check", "--strict"]).succeeds();
    run.says("nothing found");
}

#[test]
fn much_is_found_in_a_hasty_week_and_shown_where_it_stands() {
    let workspace = Workspace::new().recipients(LISTS).settings(SETTINGS);
    let run = workspace.week("hasty", include_str!("../fixtures/prose/hasty.toml")).run(["check"]).exits(65);
    assert_golden("prose/hasty.txt", &run.stdout);
    no_leftovers("prose", &["hasty.txt"]);
    run.conceals("943 476 5919").conceals("AB 12 34 56 C").conceals("04/03/2015").conceals("2AB");
}

#[test]
fn dead_domains_in_lists_and_sender_are_said_once_each() {
    let week = "[week]\ntitle = \"Week\"\nlists = [\"all\"]\n\n[[broadcast]]\ndate = 2027-03-15\nat = \"08:30\"\ntheme = \
                \"Training\"\nsummary = \"Where to learn.\"\nbody = 'Please read.'\n";
    let lists = "[lists.all]\nmembers = [\n  \"asha@board.internal\",\n  \"ben@county.gcsx.gov.uk\",\n  \"chloe@gsi.gov.uk\",\n]\n\
                 [lists.duty]\naddress = \"duty@county.gse.gov.uk\"\n";
    let settings = "[sender]\nfrom = \"Board <news@board.gsx.gov.uk>\"\n";
    let workspace = Workspace::new().recipients(lists).settings(settings).week("week", week);
    let json = workspace.run(["check", "--format", "json"]).succeeds().json();
    let findings = json["findings"].as_array().unwrap().iter();
    let shown: Vec<String> = findings
        .map(|finding| {
            format!(
                "{}:{} {}",
                finding["file"].as_str().unwrap(),
                finding["line"],
                finding["message"].as_str().unwrap()
            )
        })
        .collect();
    assert_eq!(
        shown,
        [
            "recipients.toml:4 2 addresses of the list \"all\" no longer arrive",
            "recipients.toml:8 1 address of the list \"duty\" no longer arrives",
            "weekcast.toml:1 mail to \"gsx.gov.uk\" no longer arrives",
        ]
    );
}

#[test]
fn what_to_do_in_danger_may_stand_in_a_template() {
    let block = "{% extends \"builtin/broadcast.txt\" %}\n{% block closing %}If a child is in immediate danger, call 999.\n\n\
                 If you are worried about a child, speak to your safeguarding lead.\n\n{% endblock closing %}\n";
    let workspace = Workspace::small_week().settings(SETTINGS);
    workspace.run(["check"]).exits(65).says("says neither what to do in immediate danger (999)");
    workspace.file("templates/broadcast.txt", block).run(["check"]).succeeds().says("nothing found");
}
