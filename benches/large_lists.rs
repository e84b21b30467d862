//! Two lists that overlap by half, and a group of both: 15,000 people by 20,000 rows.

use std::fs;

use weekcast::document::ProjectFolder;
use weekcast::model::{DistributionList, Findings, ListName, Place};
use weekcast::recipients::load;

pub fn large_lists() -> (Vec<DistributionList>, Vec<(ListName, Place)>) {
    let folder = tempfile::tempdir().expect("a temporary folder can be made");
    let rows = |from: usize| {
        let row = |number: usize| format!("person{number}@board.example,Person {number},School {}\n", number % 97);
        format!("email,name,School\n{}", (from..from + 10_000).map(row).collect::<String>())
    };
    let lists =
        "[lists.one]\nfile = \"one.csv\"\n[lists.two]\nfile = \"two.csv\"\n[lists.all]\ninclude = [\"one\", \"two\"]\n";
    for (name, text) in [("one.csv", rows(0)), ("two.csv", rows(5_000)), ("recipients.toml", lists.to_owned())] {
        fs::write(folder.path().join(name), text).expect("it can be written");
    }
    let mut findings = Findings::new();
    let lists = load(&ProjectFolder::at(folder.path()), &mut findings);
    assert!(findings.is_empty(), "{:?}", findings.sorted());
    (lists, vec![(ListName("all".into()), Place::file("broadcasts/week.toml"))])
}
