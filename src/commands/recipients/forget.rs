//! `recipients forget`: erasure at a person's request.

use std::io::BufRead as _;

use crate::app::{App, Fault, Format, Held, forget, held};
use crate::commands::recipients::suppress::addresses;
use crate::exit::Exit;
use crate::model::{Address, count, list_of};
use crate::output::plain;

/// So many files of one folder are named one by one.
const NAMED: usize = 5;

/// Erase people from the ledger, at their request
///
/// The address goes; counts and outcomes stay under a pseudonym, by which the person is known again and not mailed, even
/// while they stand on a list. It cannot be taken back. Files of the project that name the address are listed and left as
/// they are; copies of the ledger that you keep elsewhere are yours to deal with.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// The addresses
    #[arg(required = true)]
    addresses: Vec<String>,
    /// Do not ask: for scripts, and for those who are sure
    #[arg(long)]
    yes: bool,
}

/// Forgets.
pub(crate) fn run(args: &Args, app: &mut App) -> anyhow::Result<Exit> {
    let addresses = addresses(&args.addresses)?;
    let before = held(app, &addresses)?;
    if !args.yes {
        confirm(app, &addresses, &before)?;
    }
    let swept = forget(app, &addresses)?;
    if !swept {
        app.streams.err(
            "Another program has the ledger open, so a part of what was erased stays in weekcast.db-wal until it ends. \
             Give the command once more then.\n",
        );
    }
    match app.format {
        Format::Json => {
            let json = serde_json::json!({ "forgotten": before, "swept": swept });
            app.streams.json(&json)?;
        }
        Format::Text => {
            let text: String = before.iter().map(as_text).collect();
            app.streams.out(&text)?;
        }
    }
    Ok(if swept { Exit::Done } else { Exit::TryAgain })
}

fn confirm(app: &mut App, addresses: &[Address], before: &[Held]) -> Result<(), anyhow::Error> {
    if !app.streams.interactive {
        return Err(Fault::new(Exit::Usage, "nobody is there to be asked: this is no terminal")
            .help("add --yes to forget without a question")
            .into());
    }
    let word = match addresses {
        [one] => one.to_string(),
        _ => "forget".to_owned(),
    };
    let lines: String = before.iter().map(|one| format!("  {}: {}\n", plain(&one.address), kept(one))).collect();
    app.streams.err(&format!("In the ledger:\n{lines}\nThis cannot be taken back. Type {word} to erase: "));
    let mut answer = String::new();
    std::io::stdin().lock().read_line(&mut answer)?;
    if answer.trim().eq_ignore_ascii_case(&word) {
        return Ok(());
    }
    Err(Fault::new(Exit::Usage, format!("that is not \"{word}\", so nothing was erased")).into())
}

fn kept(one: &Held) -> String {
    match (one.deliveries, one.opt_outs, one.forgotten) {
        (0, 0, true) => "forgotten before".to_owned(),
        (0, 0, false) => "nothing under this address".to_owned(),
        (messages, opt_outs, _) => format!("{} and {}", count(messages, "message"), count(opt_outs, "opt-out")),
    }
}

fn as_text(one: &Held) -> String {
    let address = plain(&one.address);
    let mut out = match (one.deliveries, one.opt_outs, one.forgotten) {
        (0, 0, true) => format!("{address}: was forgotten before.\n"),
        (0, 0, false) => {
            format!(
                "{address}: the ledger held nothing of it; a mark without the address keeps it from being mailed.\n"
            )
        }
        _ => format!("{address}: forgotten; {} now stand under a pseudonym.\n", kept(one)),
    };
    if one.files.is_empty() {
        return out;
    }
    out.push_str("  It still stands in these files, which are yours to change:\n");
    let mut others: Vec<(&str, usize)> = Vec::new();
    for (at, trace) in one.files.iter().enumerate() {
        let folder = trace.file.rsplit_once('/').map_or("", |(folder, _)| folder);
        let before =
            one.files[..at].iter().filter(|other| other.file.rsplit_once('/').map_or("", |(own, _)| own) == folder);
        if before.count() >= NAMED {
            match others.iter_mut().find(|(name, _)| *name == folder) {
                Some((_, number)) => *number += 1,
                None => others.push((folder, 1)),
            }
            continue;
        }
        let lines: Vec<String> = trace.lines.iter().take(NAMED).map(usize::to_string).collect();
        let lines = match lines.as_slice() {
            [] => String::new(),
            [line] => format!(", line {line}"),
            lines => format!(", lines {}", list_of(lines)),
        };
        out.push_str(&format!("    {}{lines}\n", plain(&trace.file)));
    }
    for (folder, number) in others {
        out.push_str(&format!("    {}/: {} more\n", plain(folder), count(number, "file")));
    }
    out
}
