//! `verify [DIR]`: whether a board pack and the record of acts are as they were written.

use std::path::{Path, PathBuf};

use chrono_tz::Europe::London;
use serde::Serialize;

use crate::app::{App, Fault, Format};
use crate::exit::Exit;
use crate::model::{ActChain, ChainFault, Findings, count};
use crate::output::plain;
use crate::report::{CheckedPack, RecordEnd, chain_words, check};
use crate::settings;

/// Compare a board pack and the record with what was written
///
/// Every file of the pack is compared with the pack's list of hashes, and every act of the ledger with the hash of the act
/// before it. What was changed, is missing or was added is named, and the exit status is 1. A pack of earlier days proves
/// that the ledger still holds every act that it held then.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// The folder of the board pack (else: report/ in the project)
    #[arg(value_name = "DIR")]
    folder: Option<PathBuf>,
}

impl Args {
    /// Whether a folder is named.
    pub(crate) fn names_folder(&self) -> bool {
        self.folder.is_some()
    }
}

/// `verify --format json`.
#[derive(Debug, Serialize)]
struct Verdict {
    sound: bool,
    pack: Option<PackVerdict>,
    record: Option<RecordVerdict>,
}

#[derive(Debug, Serialize)]
struct PackVerdict {
    folder: String,
    files: usize,
    changed: Vec<String>,
    missing: Vec<String>,
    added: Vec<String>,
    /// The number of the last act when the pack was made.
    record_ends_with: Option<u64>,
}

#[derive(Debug, Serialize)]
struct RecordVerdict {
    ledger: String,
    acts: usize,
    hash: String,
    /// The first act that is not as it was written, as its number; 0 where every act fits and the end does not.
    first_fault: Option<u64>,
    fault: Option<String>,
    /// Whether the acts that the pack was made of are all there as they were; nothing where there is no such pack.
    holds_pack: Option<bool>,
}

/// Compares.
pub(crate) fn run(args: &Args, app: &mut App) -> anyhow::Result<Exit> {
    let folder = args.folder.clone().unwrap_or_else(|| app.project.join("report"));
    let pack = check(&folder)?;
    if pack.is_none() && args.folder.is_some() {
        let fault = Fault::new(Exit::NoInput, format!("\"{}\" holds no board pack", folder.display()));
        return Err(fault.help("name the folder that weekcast report wrote").into());
    }
    let chain = record(app)?;
    if pack.is_none() && chain.is_none() {
        let fault = Fault::new(Exit::NoInput, "there is neither a board pack nor a ledger to look at");
        return Err(fault.help("weekcast report makes a board pack; name another one's folder").into());
    }
    let verdict = Verdict::of(pack.as_ref().map(|pack| (folder.as_path(), pack)), chain.as_ref());
    match app.format {
        Format::Json => app.streams.json(&verdict)?,
        Format::Text => app.streams.out(&verdict.as_text())?,
    }
    Ok(if verdict.sound { Exit::Done } else { Exit::Remains })
}

/// The project's record, if there is a ledger here.
fn record(app: &App) -> anyhow::Result<Option<ActChain>> {
    // Faults of the settings are none of this command's; where the ledger lies is all that it needs.
    let settings = settings::load(&app.project, &mut Findings::new());
    let Some(ledger) = app.existing_ledger(&settings.ledger)? else { return Ok(None) };
    ledger.verify()?;
    Ok(Some(ledger.act_chain()?))
}

impl Verdict {
    fn of(pack: Option<(&Path, &CheckedPack)>, chain: Option<&ActChain>) -> Self {
        let ended = pack.and_then(|(_, pack)| pack.record.as_ref());
        let record = chain.map(|chain| RecordVerdict::of(chain, ended));
        let good = record.as_ref().is_none_or(|record| record.fault.is_none() && record.holds_pack != Some(false));
        let pack = pack.map(|(folder, pack)| (pack.is_sound(), PackVerdict::of(folder, pack)));
        Self { sound: good && pack.as_ref().is_none_or(|(sound, _)| *sound), pack: pack.map(|(_, pack)| pack), record }
    }

    fn as_text(&self) -> String {
        let mut out = self.pack.as_ref().map(PackVerdict::as_text).unwrap_or_default();
        let ended = self.pack.as_ref().and_then(|pack| pack.record_ends_with);
        match &self.record {
            Some(record) => out.push_str(&record.as_text(ended)),
            None => out.push_str("There is no ledger here to compare the record of acts with.\n"),
        }
        out
    }
}

impl PackVerdict {
    fn of(folder: &Path, pack: &CheckedPack) -> Self {
        let files = pack.files.clone();
        Self {
            folder: folder.display().to_string(),
            files: files.files,
            changed: files.changed,
            missing: files.missing,
            added: files.added,
            record_ends_with: pack.record.as_ref().map(|end| end.head.number),
        }
    }

    fn as_text(&self) -> String {
        let mut out = String::new();
        let kinds = [
            (&self.changed, "changed since it was written"),
            (&self.missing, "missing"),
            (&self.added, "not of this pack: added by somebody"),
        ];
        for (paths, words) in kinds {
            for path in paths {
                out.push_str(&format!("{}: {words}\n", plain(path)));
            }
        }
        if out.is_empty() {
            out = format!(
                "The board pack \"{}\": {}, each as it was written.\n",
                plain(&self.folder),
                count(self.files, "file")
            );
        }
        out
    }
}

impl RecordVerdict {
    fn of(chain: &ActChain, pack: Option<&RecordEnd>) -> Self {
        let fault = chain.fault();
        Self {
            ledger: chain.ledger.clone(),
            acts: chain.acts.len(),
            hash: chain.head.hash.clone(),
            first_fault: fault.map(|fault| match fault {
                ChainFault::Changed(number) | ChainFault::Missing(number) | ChainFault::Added(number) => number,
                ChainFault::Rewritten => 0,
            }),
            fault: fault.map(|fault| chain_words(chain, fault, London)),
            holds_pack: pack.map(|end| end.ledger == chain.ledger && chain.holds(&end.head)),
        }
    }

    fn as_text(&self, pack_ends_with: Option<u64>) -> String {
        let mut out = match &self.fault {
            Some(fault) => format!("The record of acts: {}.\n", plain(fault)),
            None => format!(
                "The record of acts: {}, none changed, missing or added; the last hash is {}.\n",
                count(self.acts, "act"),
                self.hash.get(..12).unwrap_or_default()
            ),
        };
        let number = pack_ends_with.unwrap_or_default();
        match self.holds_pack {
            Some(true) => {
                out.push_str(&format!("It still holds what the pack was made of: everything up to act {number}.\n"));
            }
            Some(false) => out.push_str(&format!(
                "It is not the record that the pack was made of: act {number} was another one then, or the ledger is.\n"
            )),
            None => {}
        }
        out
    }
}
