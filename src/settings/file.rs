//! The file as a whole. Without it everything has its default, and messages go to the folder `outbox/`.

use crate::dkim::DkimSettings;
use crate::document::{FileFault, ProjectFolder, Table, decode, parse};
use crate::ledger::LedgerSettings;
use crate::model::{Address, Finding, Findings, Organisation, Place, Sender, SourceFile};
use crate::settings::{notify, organisation, sender};
use crate::transport::{Destination, MailboxSettings, TransportSettings};

/// Its name.
pub const SETTINGS_FILE: &str = "weekcast.toml";

/// The most that it may hold, in bytes.
const LIMIT: u64 = 1 << 20;

/// All settings.
#[derive(Debug, Clone)]
pub struct Settings {
    /// `[organisation]`.
    pub organisation: Organisation,
    /// `[sender]`, if there is one without faults.
    pub sender: Option<Sender>,
    /// `[dkim]`, if there is one without faults.
    pub dkim: Option<DkimSettings>,
    /// `[transport]`.
    pub transport: TransportSettings,
    /// `[bounces]`, if there is one without faults.
    pub bounces: Option<MailboxSettings>,
    /// `[ledger]`.
    pub ledger: LedgerSettings,
    /// `[notify] to`: name and address of each who is told what a run came to; nobody without it.
    pub notify: Vec<(Option<String>, Address)>,
}

/// Reads the settings; every fault becomes a finding in `weekcast.toml`.
pub fn load(project: &ProjectFolder, findings: &mut Findings) -> Settings {
    let mut document = match project.read(SETTINGS_FILE, LIMIT) {
        Ok(bytes) => match decode(SETTINGS_FILE, &bytes, findings) {
            Some(source) => parse(&source, findings),
            None => empty(findings),
        },
        Err(FileFault::Missing(_)) => empty(findings),
        Err(fault) => {
            findings.push(Finding::error("settings", Place::file(SETTINGS_FILE), fault.to_string()));
            empty(findings)
        }
    };
    let organisation = document.table("organisation", findings).map(|table| organisation::read(table, findings));
    let has_sender = document.has("sender");
    let sender = document.table("sender", findings).and_then(|table| sender::read(table, findings));
    let dkim = document.table("dkim", findings).and_then(|table| DkimSettings::read(table, findings));
    let transport_place = document.key_place("transport");
    let transport = document
        .table("transport", findings)
        .map_or_else(TransportSettings::default, |table| TransportSettings::read(table, findings));
    let bounces = document.table("bounces", findings).and_then(|table| MailboxSettings::read(table, findings));
    let ledger = document
        .table("ledger", findings)
        .map_or_else(LedgerSettings::default, |table| LedgerSettings::read(table, findings));
    let notify = document.table("notify", findings).map(|table| notify::read(table, findings)).unwrap_or_default();
    if matches!(transport.destination, Destination::Smtp(_)) && !has_sender {
        let place = transport_place.unwrap_or_else(|| Place::file(SETTINGS_FILE));
        let finding = Finding::error("no-sender", place, "the settings send by SMTP, but there is no [sender]");
        findings.push(finding.help("add [sender] with from = \"Name <address>\""));
    }
    document.finish(findings);
    Settings { organisation: organisation.unwrap_or_default(), sender, dkim, transport, bounces, ledger, notify }
}

fn empty(findings: &mut Findings) -> Table {
    parse(&SourceFile::without_text(SETTINGS_FILE), findings)
}

#[cfg(test)]
mod tests {
    use super::load;
    use crate::document::ProjectFolder;
    use crate::model::Findings;

    /// `line rule` of each finding of a settings file.
    fn found(text: &str) -> Vec<String> {
        let folder = tempfile::tempdir().unwrap();
        std::fs::write(folder.path().join("weekcast.toml"), text).unwrap();
        let mut findings = Findings::new();
        load(&ProjectFolder::at(folder.path()), &mut findings);
        let line = |finding: crate::model::Finding| format!("{} {}", finding.place.line_column().0, finding.rule);
        findings.sorted().into_iter().map(line).collect()
    }

    #[test]
    fn every_key_of_the_contract_is_read_and_others_are_refused() {
        let good = "[organisation]\nname = \"Board\"\nwebsite = \"https://board.example\"\ncolour = \"#0b3c49\"\n\
                    holidays = \"scotland\"\nholidays_file = \"a.toml\"\nschool_holidays = \"b.toml\"\n\
                    [sender]\nfrom = \"Board <news@board.example>\"\nreply_to = \"a@board.example\"\n\
                    message_id_domain = \"board.example\"\nunsubscribe = [\"mailto:a@board.example\", \"https://b.example/u\"]\n\
                    [transport]\nkind = \"smtp\"\nhost = \"mail.board.example\"\n[ledger]\nurl = \"sqlite:weekcast.db\"\n\
                    [dkim]\nselector = \"week\"\nkey_file = \"dkim.pem\"\n\
                    [bounces]\nhost = \"imap.board.example\"\nport = 993\nsecurity = \"tls\"\nusername = \"news\"\n\
                    password = { env = \"X\" }\nfolder = \"INBOX\"\nca_file = \"ca.pem\"\n\
                    [notify]\nto = [\"Officer <officer@board.example>\", \"deputy@board.example\"]\n";
        assert_eq!(found(good), Vec::<String>::new());
        for (text, expected) in [
            ("[organisation]\nnmae = \"x\"\n", vec!["2 unknown-key"]),
            ("[organisation]\ncolour = \"blue\"\nholidays = \"wales\"\n", vec!["2 wrong-type", "3 wrong-type"]),
            ("[sender]\nfrom = \"nobody\"\nreply_to = \"a@b\"\n", vec!["2 bad-address", "3 bad-address"]),
            ("[sender]\nfrom = \"a@b.example\"\nunsubscribe = \"http://b.example\"\n", vec!["3 link-scheme"]),
            ("[sender]\nreply_to = \"a@b.example\"\n", vec!["1 missing-key"]),
            ("[transport]\nkind = \"smtp\"\nhost = \"mail.board.example\"\n", vec!["1 no-sender"]),
            ("[dkim]\nselector = \"a b\"\ndomain = \"x\"\n", vec!["1 missing-key", "2 dkim", "3 dkim"]),
            ("[bounces]\nhost = \"imap.board.example\"\nusername = \"x\"\n", vec!["1 missing-key"]),
            (
                "[bounces]\nhost = \"b.example\"\nusername = \"x\"\npassword = \"y\"\nsecurity = \"none\"\n",
                vec!["4 literal-password", "5 no-encryption"],
            ),
            ("[leger]\n", vec!["1 unknown-key"]),
            ("[notify]\n", vec!["1 missing-key"]),
            ("[notify]\nto = []\ntoo = 1\n", vec!["1 notify", "3 unknown-key"]),
            ("[notify]\nto = [\"a@b.example\", \"A <A@b.example>\", \"x\"]\n", vec!["2 notify", "2 bad-address"]),
        ] {
            assert_eq!(found(text), expected, "{text}");
        }
    }
}
