//! AUTH PLAIN (RFC 4616) and AUTH LOGIN, with and without an initial response (RFC 4954 §4).

use std::io;

use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;

use crate::support::smtp_server::connection::Connection;
use crate::support::smtp_server::rule::Stage;

impl Connection {
    pub(crate) fn auth(&mut self, argument: &str) -> io::Result<()> {
        let (mechanism, initial) = argument.split_once(' ').unwrap_or((argument, ""));
        let answer = match mechanism.to_ascii_uppercase().as_str() {
            "PLAIN" if initial.is_empty() => self.challenge("")?,
            "PLAIN" => decode(initial),
            "LOGIN" => {
                let user = if initial.is_empty() { self.challenge("VXNlcm5hbWU6")? } else { decode(initial) };
                format!("\0{user}\0{}", self.challenge("UGFzc3dvcmQ6")?)
            }
            "XOAUTH2" => return self.xoauth2(&decode(initial)),
            _ => return self.wire.send("504 5.5.4 mechanism not known\r\n"),
        };
        let login = self.shared.script.login.clone();
        let right = login.is_some_and(|(user, password)| answer.ends_with(&format!("\0{user}\0{password}")));
        let verdict = if right { "235 2.7.0 welcome" } else { "535 5.7.8 user or password wrong" };
        self.signed_in = self.reply(Stage::Auth, verdict)? == 235;
        Ok(())
    }

    /// A token that is not good is answered by a challenge; the empty line after it fetches the refusal.
    fn xoauth2(&mut self, answer: &str) -> io::Result<()> {
        let token = answer.split_once("\u{1}auth=Bearer ").map(|(_, rest)| rest.trim_end_matches('\u{1}'));
        let good = token.zip(self.shared.script.token.as_ref()).is_some_and(|(token, check)| (check.0)(token));
        if !good {
            self.challenge("eyJzdGF0dXMiOiI0MDAifQ==")?;
        }
        let verdict = if good { "235 2.7.0 welcome" } else { "535 5.7.3 Authentication unsuccessful" };
        self.signed_in = self.reply(Stage::Auth, verdict)? == 235;
        Ok(())
    }

    fn challenge(&mut self, text: &str) -> io::Result<String> {
        self.wire.send(format!("334 {text}\r\n"))?;
        Ok(decode(&String::from_utf8_lossy(&self.wire.line()?.0)))
    }
}

fn decode(text: &str) -> String {
    BASE64_STANDARD.decode(text.trim()).map_or_else(|_| String::new(), |bytes| String::from_utf8_lossy(&bytes).into())
}
