//! `[bounces]`: the mailbox to which messages come back, read by IMAP (RFC 9051). A mailbox may also be named on the
//! command line, as `imaps://user@host/INBOX` (RFC 5092).

use crate::document::Table;
use crate::model::{Finding, Findings, Text};
use crate::transport::settings::data::Security;
use crate::transport::settings::host::{host, is_loopback};
use crate::transport::settings::oauth::OAuthSettings;
use crate::transport::settings::pace::number;
use crate::transport::settings::password::{PasswordSource, password};
use crate::transport::settings::read::{choice, not_blank, usable};

/// A mailbox and the way into it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MailboxSettings {
    /// Name (A-labels) or address (without brackets).
    pub host: String,
    /// TCP port.
    pub port: u16,
    /// `Tls`, or `None` on this computer.
    pub security: Security,
    /// The account.
    pub username: String,
    /// Where its password is; or
    pub password: Option<PasswordSource>,
    /// `[bounces.oauth]`: how tokens are got.
    pub oauth: Option<Box<OAuthSettings>>,
    /// The folder, such as `INBOX`.
    pub folder: String,
    /// A PEM file with the only authorities to believe.
    pub ca_file: Option<Text>,
}

/// The folder where none is named.
const INBOX: &str = "INBOX";

/// The cache of tokens where the settings name none: not that of sending, which are for something else.
const TOKEN_FILE: &str = ".weekcast-mailbox-token.json";

/// The permission to read mail at Microsoft 365, in place of that to send.
const MICROSOFT_READS: &str = "https://outlook.office.com/IMAP.AccessAsUser.All";

impl MailboxSettings {
    /// Reads the table; `None` where something is missing or wrong.
    pub fn read(mut table: Table, findings: &mut Findings) -> Option<Self> {
        let place = table.place().clone();
        let host = host(&mut table, findings);
        let port: Option<u16> = number(&mut table, "port", 1..=65_535, findings).map(|(port, _)| port);
        let security_place = table.key_place("security").unwrap_or_else(|| place.clone());
        let ways = [("tls", Security::Tls), ("none", Security::None)];
        let security = choice(&mut table, "security", &ways, findings).unwrap_or(Security::Tls);
        let username = table.required_text("username", findings).filter(|text| usable(text, findings));
        let has_password = table.has("password");
        let password = password(&mut table, findings);
        let has_oauth = table.has("oauth");
        let names_cache = |table: &Table| table.has("token_file");
        let oauth = table.table("oauth", findings).and_then(|table| {
            let own = names_cache(&table);
            OAuthSettings::read(table, findings).map(|oauth| Box::new(for_reading(oauth, own)))
        });
        let folder = table.text("folder", findings).filter(|text| usable(text, findings));
        let ca_file = table.path("ca_file", findings).filter(|text| not_blank("ca_file", text, findings));
        table.finish(findings);
        if has_password == has_oauth {
            let message = if has_oauth {
                "`password` and [bounces.oauth] are two ways to sign in"
            } else {
                "[bounces] does not say how to sign in"
            };
            let help = "give one of them: password = { env = \"…\" } (or { file | command = … }), or [bounces.oauth]";
            findings.push(Finding::error("missing-key", place, message).help(help));
        }
        let host = host?;
        if security == Security::None && !is_loopback(&host) {
            let message = format!("security = \"none\" would send the password to \"{host}\" for all to read");
            let finding = Finding::error("no-encryption", security_place, message);
            findings.push(finding.help("leave the line out; \"none\" is for this computer only"));
        }
        Some(Self {
            port: port.unwrap_or_else(|| usual_port(security)),
            host,
            security,
            username: username?.value().trim().to_owned(),
            password,
            oauth,
            folder: folder.map_or_else(|| INBOX.to_owned(), |text| text.value().trim().to_owned()),
            ca_file,
        })
    }

    /// The mailbox of an address, with the sign-in of `known` if that is the same account. `None` where it is no address
    /// of a mailbox, or would be read without encryption from another computer.
    #[must_use]
    pub fn of_url(url: &str, known: Option<&Self>) -> Option<Self> {
        let (scheme, rest) = url.split_once("://")?;
        let security = match scheme {
            "imaps" => Security::Tls,
            "imap" => Security::None,
            _ => return None,
        };
        let (authority, folder) = rest.split_once('/').unwrap_or((rest, ""));
        let (user, place) = authority.rsplit_once('@').map_or((None, authority), |(user, place)| (Some(user), place));
        let (host, port) = match place.rsplit_once(':').filter(|(host, _)| !host.contains(':') || host.ends_with(']')) {
            Some((host, port)) => (host, port.parse::<u16>().ok()?),
            None => (place, usual_port(security)),
        };
        let host = host.trim_start_matches('[').trim_end_matches(']').to_ascii_lowercase();
        let username = user.map(decoded).or_else(|| known.map(|known| known.username.clone()))?;
        let plain = |text: &str| !text.is_empty() && !text.chars().any(char::is_control);
        let folder = Some(decoded(folder)).filter(|folder| !folder.is_empty()).unwrap_or_else(|| INBOX.to_owned());
        if !plain(&host) || !plain(&username) || !plain(&folder) || (security == Security::None && !is_loopback(&host))
        {
            return None;
        }
        let same = known.filter(|known| known.host == host && known.username == username);
        Some(Self {
            password: same.and_then(|known| known.password.clone()),
            oauth: same.and_then(|known| known.oauth.clone()),
            ca_file: same.and_then(|known| known.ca_file.clone()),
            host,
            port,
            security,
            username,
            folder,
        })
    }

    /// For people: `INBOX of user at imap.board.example:993`.
    #[must_use]
    pub fn describe(&self) -> String {
        format!("{} of {} at {}:{}", self.folder, self.username, self.host, self.port)
    }
}

/// RFC 8314 and RFC 9051.
fn usual_port(security: Security) -> u16 {
    if security == Security::Tls { 993 } else { 143 }
}

fn for_reading(mut oauth: OAuthSettings, own_cache: bool) -> OAuthSettings {
    for scope in oauth.provider.scopes.iter_mut().filter(|scope| scope.ends_with("/SMTP.Send")) {
        *scope = MICROSOFT_READS.to_owned();
    }
    if !own_cache {
        oauth.token_file = TOKEN_FILE.to_owned();
    }
    oauth
}

/// Percent-encoding undone, where it is sound.
fn decoded(text: &str) -> String {
    let mut octets = Vec::new();
    let mut rest = text.as_bytes();
    while let Some((first, after)) = rest.split_first() {
        let digits = after.get(..2).and_then(|two| std::str::from_utf8(two).ok()).filter(|_| *first == b'%');
        let octet = digits.and_then(|two| u8::from_str_radix(two, 16).ok());
        octets.push(octet.unwrap_or(*first));
        rest = if octet.is_some() { after.get(2..).unwrap_or_default() } else { after };
    }
    String::from_utf8(octets).unwrap_or_else(|_| text.to_owned())
}

#[cfg(test)]
mod tests {
    use super::MailboxSettings;

    #[test]
    fn addresses_of_mailboxes_are_read() {
        for (url, expected) in [
            ("imaps://news@imap.board.example/INBOX", Some("INBOX of news at imap.board.example:993")),
            (
                "imaps://news%40board.example@imap.board.example:1993",
                Some("INBOX of news@board.example at imap.board.example:1993"),
            ),
            ("imaps://news@board.example@[::1]:99/Sent%20back", Some("Sent back of news@board.example at ::1:99")),
            ("imap://news@127.0.0.1/INBOX", Some("INBOX of news at 127.0.0.1:143")),
            ("imap://news@imap.board.example/INBOX", None),
            ("imaps://imap.board.example/INBOX", None),
            ("imaps://news%0d%0a@imap.board.example/", None),
            ("imaps://news@imap.board.example:x/", None),
            ("https://news@imap.board.example/", None),
        ] {
            let read = MailboxSettings::of_url(url, None).map(|mailbox| mailbox.describe());
            assert_eq!(read.as_deref(), expected, "{url}");
        }
    }
}
