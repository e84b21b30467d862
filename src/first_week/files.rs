//! The text of `recipients.toml` and `weekcast.toml`.

use crate::first_week::answers::Answers;
use crate::first_week::week_file::quoted;
use crate::model::capitalised;

const RECIPIENTS: &str = include_str!("recipients.toml.txt");
const SETTINGS: &str = include_str!("weekcast.toml.txt");

/// `recipients.toml` with an example in each of the lists.
#[must_use]
pub fn recipients_file(answers: &Answers) -> String {
    let list = |(index, name): (usize, &String)| {
        let person = ["asha", "ben", "chloe", "dev", "ewa", "femi"].get(index).copied().unwrap_or("sam");
        let name =
            if name.chars().all(|c| c.is_ascii_alphanumeric() || c == '-') { name.clone() } else { quoted(name) };
        format!(
            "\n[lists.{name}]\nmembers = [\n  {{ address = \"{person}@board.example\", name = \"{} Example\" }},\n]\n",
            capitalised(person)
        )
    };
    RECIPIENTS.to_owned() + &answers.lists.iter().enumerate().map(list).collect::<String>()
}

/// `weekcast.toml`: to the outbox first, SMTP ready to be switched on.
#[must_use]
pub fn settings_file(answers: &Answers) -> String {
    let from = format!("{} <{}>", mailbox_name(&answers.sender_name), answers.sender_address);
    SETTINGS
        .replace("@ORGANISATION@", &quoted(&answers.organisation))
        .replace("@FROM@", &quoted(&from))
        .replace("@ADDRESS@", answers.sender_address.as_str())
}

/// A display name as RFC 5322 §3.4 takes it: in quotation marks where it holds more than words.
fn mailbox_name(name: &str) -> String {
    let plain = name.chars().all(|c| c.is_alphanumeric() || " -'&".contains(c));
    if plain { name.to_owned() } else { format!("\"{}\"", name.replace('\\', "\\\\").replace('"', "\\\"")) }
}
