//! `recipients suppress`: opt-outs, recorded and taken back, and the list of them as a file.

use std::path::{Path, PathBuf};

use crate::app::{App, Asked, Changed, Fault, Format, exported_opt_outs, lift, put_export, suppress};
use crate::exit::Exit;
use crate::model::{Address, count};
use crate::output::plain;

/// Record that people are not to be mailed, or take it back
///
/// It holds for every command that sends, until it is taken back with --lift; putting the address on a list again does not
/// lift it. Of one list (--list): whoever is on another list of the day still gets the message through that one.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// The addresses
    #[arg(required_unless_present = "export")]
    addresses: Vec<String>,
    /// Only from this list (else: from everything)
    #[arg(long, value_name = "NAME")]
    list: Option<String>,
    /// Why, in words
    #[arg(long, value_name = "WORDS", default_value = "", hide_default_value = true, conflicts_with = "lift")]
    reason: String,
    /// Who records it
    #[arg(long, value_name = "NAME", default_value = "", hide_default_value = true)]
    by: String,
    /// Take it back; without --list everything that stands for the address
    #[arg(long)]
    lift: bool,
    /// Write all opt-outs to a CSV file, such as opt-outs-personal-data.csv: for its owner only; "-" prints it
    #[arg(long, value_name = "FILE", conflicts_with_all = ["addresses", "list", "reason", "by", "lift"])]
    export: Option<PathBuf>,
}

/// Records, lifts or exports.
pub(crate) fn run(args: &Args, app: &mut App) -> anyhow::Result<Exit> {
    if let Some(path) = &args.export {
        return export(app, path);
    }
    let addresses = addresses(&args.addresses)?;
    let asked =
        Asked { addresses: &addresses, list: args.list.as_deref(), reason: args.reason.trim(), by: args.by.trim() };
    let changes = if args.lift { lift(app, &asked)? } else { suppress(app, &asked)? };
    match app.format {
        Format::Json => {
            let json = serde_json::json!({ "changes": changes });
            app.streams.json(&json)?;
        }
        Format::Text => {
            let lines: String = changes.iter().map(line).collect();
            app.streams.out(&lines)?;
        }
    }
    Ok(Exit::Done)
}

/// The addresses of a command line.
pub(crate) fn addresses(texts: &[String]) -> Result<Vec<Address>, Fault> {
    let mut addresses: Vec<Address> = Vec::new();
    for text in texts {
        let address = Address::parse(text)
            .map_err(|fault| Fault::new(Exit::Usage, format!("\"{text}\" is no address: {fault}")))?;
        if !addresses.iter().any(|known| known.key() == address.key()) {
            addresses.push(address);
        }
    }
    Ok(addresses)
}

fn line(one: &Changed) -> String {
    let address = plain(&one.address);
    let from = one.list.as_ref().map_or_else(|| "everything".to_owned(), |list| format!("the list \"{list}\""));
    let mut line = match one.change {
        "suppressed" => format!("{address}: opted out of {from}."),
        "changed" => format!("{address}: was opted out of {from} already; what is recorded of it was changed."),
        "unchanged" => format!("{address}: was opted out of {from} already."),
        "lifted" => format!("{address}: may be mailed again; the opt-out of {from} was taken back."),
        "forgotten" => format!("{address}: was forgotten, so nothing is sent to it anyway."),
        _ => format!("{address}: was not opted out, so nothing was taken back."),
    };
    if one.change == "suppressed" && !one.on_a_list {
        line.push_str(" It stands on no list now; look whether it is spelt as you meant.");
    }
    line + "\n"
}

fn export(app: &mut App, path: &Path) -> anyhow::Result<Exit> {
    let exported = exported_opt_outs(app)?;
    let printed = path == Path::new("-");
    let mut text = String::new();
    if !printed {
        put_export(path, &exported.csv)?;
        let written = count(exported.opt_outs.len(), "opt-out");
        text = format!("{written} written to {}. This is personal data; the file is for you only.\n", path.display());
    }
    match (app.format, printed) {
        (Format::Text, true) => app.streams.out(&String::from_utf8_lossy(&exported.csv))?,
        (Format::Text, false) => {}
        (Format::Json, true) => {
            let json = serde_json::json!({ "opt_outs": exported.opt_outs, "forgotten": exported.forgotten });
            app.streams.json(&json)?;
        }
        (Format::Json, false) => {
            let (file, written) = (app.path_for_scripts(path), exported.opt_outs.len());
            app.streams
                .json(&serde_json::json!({ "file": file, "written": written, "forgotten": exported.forgotten }))?;
        }
    }
    if exported.forgotten > 0 {
        let who = count(exported.forgotten, "person");
        text.push_str(&format!("Not in it: {who} who were forgotten; there is no address to write.\n"));
    }
    app.streams.err(&text);
    Ok(Exit::Done)
}
