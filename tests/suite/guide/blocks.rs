//! The TOML of the README: each block, put where it belongs, has no key that is unknown and no value of a wrong type, also where
//! its remarks are taken away.

use crate::guide::fenced;
use crate::support::small_week::{RECIPIENTS, WEEK};
use crate::support::workspace::Workspace;

/// What `check` says of a file that is not written as it must be. What is missing beside a fragment is no fault of it.
const FAULTS: [&str; 5] = ["unknown-key", "wrong-type", "toml-syntax", "out-of-range", "curly-quotes"];

const SETTINGS: &str = "[organisation]\nname = \"Board\"\n[sender]\nfrom = \"Board <news@board.example>\"\n";

/// A project with a block in its place.
fn project(block: &str) -> Workspace {
    let workspace = Workspace::new().recipients(RECIPIENTS);
    match block.trim_start_matches("# ") {
        week if week.starts_with("[week]") => workspace.week("guide", block),
        // The file of a correction, which the test of the commands sends.
        correction if correction.starts_with("wrong = ") => with_settings(SETTINGS),
        allow if allow.starts_with("[[allow]]") => workspace.week("guide", &format!("{WEEK}\n{block}")),
        holidays if holidays.starts_with("covers_until") => with_settings(
            "[organisation]\nname = \"Board\"\nholidays = \"england-and-wales\"\nholidays_file = \"holidays.toml\"\n",
        )
        .file("holidays.toml", block),
        whole if whole.starts_with("[organisation]") => with_settings(block),
        oauth if oauth.starts_with("[transport.oauth]") => {
            let transport = "[transport]\nkind = \"smtp\"\nhost = \"smtp.board.example\"\nauth = \"xoauth2\"\nusername = \"a@board.example\"\n";
            with_settings(&format!("{SETTINGS}{transport}{block}"))
        }
        _ => with_settings(&format!("{SETTINGS}{block}")),
    }
}

fn with_settings(settings: &str) -> Workspace {
    Workspace::new().recipients(RECIPIENTS).week("march", WEEK).settings(settings)
}

/// The block with every remark that is a line of TOML made into one.
fn switched_on(lines: &[&str]) -> String {
    let on = |line: &&str| match line.strip_prefix("# ") {
        Some(rest)
            if rest.split_once(" = ").is_some_and(|(key, _)| key.chars().all(|c| c.is_alphanumeric() || c == '_')) =>
        {
            rest.to_owned()
        }
        _ => (*line).to_owned(),
    };
    lines.iter().map(on).collect::<Vec<_>>().join("\n")
}

#[test]
fn every_block_of_settings_is_one_that_weekcast_reads() {
    let blocks: Vec<_> = fenced().into_iter().filter(|(word, _)| *word == "toml").collect();
    assert!(blocks.len() >= 7, "{}", blocks.len());
    for (_, lines) in blocks {
        for block in [lines.join("\n"), switched_on(&lines)] {
            let workspace = project(&block).at("2027-03-01T09:00:00Z");
            let found = workspace.run(["check", "--format", "json"]).json();
            let findings = found["findings"].as_array().expect("an array").clone();
            let faults: Vec<_> = findings
                .iter()
                .filter(|finding| FAULTS.contains(&finding["rule"].as_str().unwrap_or_default()))
                .collect();
            assert!(faults.is_empty(), "{block}\n{faults:#?}");
        }
    }
}
