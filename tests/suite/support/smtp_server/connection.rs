//! One session: it obeys the script where a rule strikes, and RFC 5321 otherwise.

use std::io;
use std::net::TcpStream;
use std::sync::Arc;

use crate::support::smtp_server::journal::Seen;
use crate::support::smtp_server::rule::{Action, Stage};
use crate::support::smtp_server::server::Shared;
use crate::support::smtp_server::wire::{Complaint, Wire};

/// One session.
pub(crate) struct Connection {
    pub(crate) number: usize,
    pub(crate) wire: Wire,
    pub(crate) shared: Arc<Shared>,
    greeted: bool,
    in_tls: bool,
    pub(crate) signed_in: bool,
    pub(crate) reverse_path: Option<String>,
    /// Those whose RCPT was answered with a 2yz.
    pub(crate) recipients: Vec<String>,
    /// The last RCPT, even if it was refused: what the rules of later stages are about.
    pub(crate) asked_for: String,
}

impl Connection {
    pub(crate) fn new(number: usize, stream: TcpStream, shared: Arc<Shared>) -> io::Result<Self> {
        let signed_in = shared.script.login.is_none() && shared.script.token.is_none();
        let (wire, asked_for) = (Wire::new(stream)?, String::new());
        let (greeted, in_tls, reverse_path, recipients) = (false, false, None, Vec::new());
        Ok(Self { number, wire, shared, greeted, in_tls, signed_in, reverse_path, recipients, asked_for })
    }

    /// Serves until an error, which is also how a script ends it.
    pub(crate) fn serve(mut self) -> io::Result<()> {
        self.reply(Stage::Connect, "220 scripted.example ESMTP")?;
        loop {
            let line = self.command_line()?;
            let (verb, argument) = line.split_once(' ').unwrap_or((&line, ""));
            match verb.to_ascii_uppercase().as_str() {
                "EHLO" | "HELO" => self.greet(verb)?,
                "STARTTLS" => self.starttls()?,
                "AUTH" => self.auth(argument)?,
                "MAIL" => self.mail(argument)?,
                "RCPT" => self.rcpt(argument)?,
                "DATA" => self.data()?,
                "RSET" => {
                    self.forget();
                    self.wire.send("250 2.0.0 ok\r\n")?;
                }
                "NOOP" => self.wire.send("250 2.0.0 ok\r\n")?,
                "QUIT" => {
                    self.asked_for.clear();
                    self.reply(Stage::Quit, "221 2.0.0 bye")?;
                    return Err(self.wire.close());
                }
                _ => {
                    self.violation(&format!("unknown command {line:?}"));
                    self.wire.send("500 5.5.1 unknown\r\n")?;
                }
            }
        }
    }

    fn command_line(&mut self) -> io::Result<String> {
        let (line, complaints) = self.wire.line()?;
        let line = String::from_utf8_lossy(&line).into_owned();
        self.complain(&complaints, &line);
        let seen = Seen { connection: self.number, line: line.clone() };
        self.shared.note(|journal| journal.commands.push(seen));
        if self.wire.has_more() && !self.shared.script.offers("PIPELINING") {
            self.violation(&format!("more after {line:?} without PIPELINING"));
        }
        Ok(line)
    }

    fn greet(&mut self, verb: &str) -> io::Result<()> {
        self.forget();
        self.greeted = true;
        let mut lines = vec!["scripted.example".to_owned()];
        if verb.eq_ignore_ascii_case("EHLO") {
            lines.extend(self.shared.script.extensions.iter().cloned());
            let script = &self.shared.script;
            if script.identity(self.number).is_some() && !self.in_tls {
                lines.push("STARTTLS".to_owned());
            } else {
                lines.extend(script.token.iter().map(|_| "AUTH XOAUTH2".to_owned()));
                lines.extend(script.login.iter().map(|_| "AUTH PLAIN LOGIN".to_owned()));
            }
        }
        let last = lines.pop().unwrap_or_default();
        let head: String = lines.iter().map(|line| format!("250-{line}\r\n")).collect();
        self.reply(Stage::Ehlo, &format!("{head}250 {last}")).map(drop)
    }

    fn mail(&mut self, argument: &str) -> io::Result<()> {
        if !self.signed_in {
            return self.wire.send("530 5.7.0 sign in first\r\n");
        }
        if !self.greeted || self.reverse_path.is_some() {
            self.violation("MAIL out of order");
            return self.wire.send("503 5.5.1 out of order\r\n");
        }
        self.asked_for.clear();
        if self.reply(Stage::Mail, "250 2.1.0 ok")? == 250 {
            self.reverse_path = Some(in_brackets(argument));
        }
        Ok(())
    }

    fn rcpt(&mut self, argument: &str) -> io::Result<()> {
        // After a refused MAIL the rest of a pipelined group is in order and merely refused (RFC 2920 §3.1).
        if self.reverse_path.is_none() {
            return self.wire.send("503 5.5.1 MAIL first\r\n");
        }
        if !self.asked_for.is_empty() {
            self.violation("two recipients in a transaction");
        }
        self.asked_for = in_brackets(argument);
        if self.reply(Stage::Rcpt, "250 2.1.5 ok")? / 100 == 2 {
            self.recipients.push(self.asked_for.clone());
        }
        Ok(())
    }

    /// Gives the usual reply, or does what a rule says; returns the code that was given.
    pub(crate) fn reply(&mut self, stage: Stage, usual: &str) -> io::Result<u16> {
        match self.shared.fault(stage, &self.asked_for) {
            Some(action) => self.act(&action, usual),
            None => self.say(usual),
        }
    }

    pub(crate) fn act(&mut self, action: &Action, usual: &str) -> io::Result<u16> {
        match action {
            Action::Reply(reply) => self.say(reply),
            Action::Drop => Err(self.wire.close()),
            Action::Reset => Err(self.wire.reset()),
            Action::Hang => Err(self.wire.wait_until_gone()),
            Action::Drip => Err(self.wire.drip()),
            Action::Garbage => self.say("\u{1}\u{2} this is no reply"),
            Action::Octets(octets) => self.wire.send(octets).map(|()| 0),
            Action::Hold(gate) => {
                gate.pass();
                self.say(usual)
            }
        }
    }

    /// The code of the last line; 421 closes, as RFC 5321 §3.8 says.
    pub(crate) fn say(&mut self, reply: &str) -> io::Result<u16> {
        self.wire.send(format!("{reply}\r\n"))?;
        let last = reply.rsplit("\r\n").next().unwrap_or_default();
        let code = last.get(..3).and_then(|code| code.parse().ok()).unwrap_or(0);
        if code == 421 { Err(self.wire.close()) } else { Ok(code) }
    }

    /// After the handshake nothing of what was said in clear counts (RFC 3207 §4.2).
    pub(crate) fn starts_over_in_tls(&mut self) {
        self.in_tls = true;
        self.greeted = false;
        self.forget();
    }

    pub(crate) fn forget(&mut self) {
        self.reverse_path = None;
        self.recipients.clear();
    }

    pub(crate) fn complain(&self, complaints: &[Complaint], place: &str) {
        complaints.iter().for_each(|complaint| self.violation(&format!("{complaint} in {place:?}")));
    }

    pub(crate) fn violation(&self, words: &str) {
        let words = format!("connection {}: {words}", self.number);
        self.shared.note(|journal| journal.violations.push(words));
    }
}

fn in_brackets(argument: &str) -> String {
    let inside = argument.split_once('<').and_then(|(_, rest)| rest.split_once('>'));
    inside.map_or_else(|| argument.to_owned(), |(path, _)| path.to_owned())
}
