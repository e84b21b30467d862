//! The file as a whole. Without it everything has its default, and messages go to the folder `outbox/`.

use crate::document::{FileFault, ProjectFolder, Table, decode, parse};
use crate::ledger::LedgerSettings;
use crate::model::{Finding, Findings, Organisation, Place, Sender, SourceFile};
use crate::settings::{organisation, sender};
use crate::transport::{Destination, TransportSettings};

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
    /// `[transport]`.
    pub transport: TransportSettings,
    /// `[ledger]`.
    pub ledger: LedgerSettings,
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
    let transport_place = document.key_place("transport");
    let transport = document
        .table("transport", findings)
        .map_or_else(TransportSettings::default, |table| TransportSettings::read(table, findings));
    let ledger = document
        .table("ledger", findings)
        .map_or_else(LedgerSettings::default, |table| LedgerSettings::read(table, findings));
    if matches!(transport.destination, Destination::Smtp(_)) && !has_sender {
        let place = transport_place.unwrap_or_else(|| Place::file(SETTINGS_FILE));
        let finding = Finding::error("no-sender", place, "the settings send by SMTP, but there is no [sender]");
        findings.push(finding.help("add [sender] with from = \"Name <address>\""));
    }
    document.finish(findings);
    Settings { organisation: organisation.unwrap_or_default(), sender, transport, ledger }
}

fn empty(findings: &mut Findings) -> Table {
    parse(&SourceFile::without_text(SETTINGS_FILE), findings)
}
