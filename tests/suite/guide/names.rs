//! What the README names in passing: each command and option is one that the program has.

use std::collections::BTreeMap;

use crate::guide::{README, fenced};
use crate::support::workspace::Workspace;

#[test]
fn every_command_and_option_that_the_guide_names_exists() {
    let workspace = Workspace::new();
    let mut help: BTreeMap<String, String> = BTreeMap::new();
    let mut asked = |command: &str| -> String {
        let known = help.entry(command.to_owned()).or_insert_with(|| {
            let words = command.split(' ').map(str::to_owned).chain(["--help".to_owned()]);
            workspace.run(words.collect::<Vec<_>>()).succeeds().stdout
        });
        known.clone()
    };
    let inline = README.split('`').skip(1).step_by(2).filter(|text| !text.contains('\n')).map(str::to_owned);
    let blocks = fenced().into_iter().flat_map(|(_, lines)| lines).map(str::to_owned);
    let mut named = 0;
    for line in inline.chain(blocks) {
        let Some(rest) = line.strip_prefix("weekcast ") else { continue };
        let mut words = rest.split(' ');
        let mut command = words.next().expect("a split has a first part").to_owned();
        if command == "recipients" || command == "templates" {
            command = format!("{command} {}", words.next().unwrap_or_default());
        }
        let help = asked(command.trim());
        for option in words.filter(|word| word.starts_with("--")) {
            let option = option.split('=').next().unwrap_or(option);
            assert!(help.contains(option), "`weekcast {command}` has no {option}: {line}");
        }
        named += 1;
    }
    assert!(named > 30, "{named}");
}
