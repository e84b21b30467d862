//! `explain`: what a mail server's reply means, in plain words; whose fault it is, and what to do.

use serde::Serialize;

use crate::app::{App, Fault, Format};
use crate::exit::Exit;
use crate::model::{EnhancedStatus, Reply, reply_words};
use crate::output::plain;

/// Say in plain words what a mail server's reply means
///
/// It also says whose fault it is and what to do. Give a code, such as 5.7.133 or 421, or the whole reply as a report or a bounce shows it.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// The code, or the reply
    #[arg(required = true, value_name = "CODE_OR_REPLY")]
    reply: Vec<String>,
}

#[derive(Serialize)]
struct Explained {
    code: Option<u16>,
    status: Option<String>,
    /// `accepted`, `deferred`, `refused` or `other`.
    outcome: &'static str,
    meaning: &'static str,
    whose: &'static str,
    remedy: &'static str,
}

/// Explains.
pub(crate) fn run(args: &Args, app: &mut App) -> anyhow::Result<Exit> {
    let given = args.reply.join(" ");
    let Some((code, status)) = codes(&given) else {
        let fault = Fault::new(Exit::Usage, format!("\"{}\" holds no code of a mail server", plain(&given)));
        return Err(fault.help("give one such as 5.1.1 or 550, or the whole reply in quotation marks").into());
    };
    let class = status.map_or_else(|| code.unwrap_or_default() / 100, |status| u16::from(status.class));
    // Codes of different classes cannot both be right; the enhanced one says more.
    let agreeing = code.filter(|code| code / 100 == class);
    let text = status.map(|status| status.to_string()).unwrap_or_default();
    let words = reply_words(&Reply::new(agreeing.unwrap_or(class * 100 + 99), &text));
    let (outcome, what) = outcome(class);
    let explained = Explained {
        code,
        status: status.map(|status| status.to_string()),
        outcome,
        meaning: words.meaning,
        whose: words.whose,
        remedy: words.remedy,
    };
    match app.format {
        Format::Json => app.streams.json(&explained)?,
        Format::Text => app.streams.out(&as_text(&explained, what))?,
    }
    Ok(Exit::Done)
}

fn as_text(explained: &Explained, what: &str) -> String {
    let code = explained.code.map(|code| code.to_string());
    let name: Vec<String> = code.into_iter().chain(explained.status.clone()).collect();
    format!(
        "{}: {}\n\n  outcome:  {what}\n  whose:    {}\n  to do:    {}\n",
        name.join(" "),
        explained.meaning,
        explained.whose,
        explained.remedy
    )
}

fn outcome(class: u16) -> (&'static str, &'static str) {
    match class {
        2 => ("accepted", "the mail server took the message"),
        4 => ("deferred", "not taken for now; weekcast run tries again by itself, or give send again later"),
        5 => ("refused", "not taken; it is not tried again by itself"),
        _ => ("other", "no answer about a message"),
    }
}

/// The three-digit code and the enhanced status in a text, whatever stands around them.
fn codes(text: &str) -> Option<(Option<u16>, Option<EnhancedStatus>)> {
    let words = || text.split(|c: char| !c.is_ascii_digit() && c != '.').map(|word| word.trim_matches('.'));
    let status = words().find_map(|word| {
        let class: u16 = word.split('.').next()?.parse().ok().filter(|class| matches!(class, 2 | 4 | 5))?;
        Reply::new(class * 100, word).enhanced()
    });
    let mut numbers = words().filter(|word| word.len() == 3).filter_map(|word| word.parse::<u16>().ok());
    let code = numbers.find(|code| (200..600).contains(code));
    (code.is_some() || status.is_some()).then_some((code, status))
}

#[cfg(test)]
mod tests {
    use super::codes;

    #[test]
    fn codes_are_found_whatever_stands_around_them() {
        for (text, expected) in [
            ("5.7.133", Some((None, Some("5.7.133")))),
            ("421", Some((Some(421), None))),
            ("550 5.1.1 user unknown", Some((Some(550), Some("5.1.1")))),
            ("550-5.1.1 The address", Some((Some(550), Some("5.1.1")))),
            ("#< #5.7.133 smtp;550 5.7.133 RESOLVER>", Some((Some(550), Some("5.7.133")))),
            ("host 192.0.2.17 said: 452 4.2.2. Full", Some((Some(452), Some("4.2.2")))),
            ("999", None),
            ("9.9.9", None),
            ("no", None),
            ("65535.1.1 4.4.4.4", None),
        ] {
            let found = codes(text).map(|(code, status)| (code, status.map(|status| status.to_string())));
            assert_eq!(found, expected.map(|(code, status)| (code, status.map(str::to_owned))), "{text}");
        }
    }
}
