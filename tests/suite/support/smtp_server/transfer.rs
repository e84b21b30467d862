//! DATA, the body and its end: the stages at which it is decided who is responsible for a message.

use std::io;

use crate::support::smtp_server::connection::Connection;
use crate::support::smtp_server::journal::Accepted;
use crate::support::smtp_server::rule::{Action, Stage};

impl Connection {
    pub(crate) fn data(&mut self) -> io::Result<()> {
        if self.wire.has_more() {
            self.violation("octets after DATA before its reply");
        }
        let usual = if self.recipients.is_empty() { "503 5.5.1 no recipient" } else { "354 go on" };
        if self.reply(Stage::Data, usual)? != 354 {
            return Ok(());
        }
        let bytes = self.body()?;
        let (reverse_path, recipients) = (self.reverse_path.clone().unwrap_or_default(), self.recipients.clone());
        self.forget();
        if recipients.is_empty() {
            return self.wire.send("554 5.5.1 no valid recipients\r\n");
        }
        let fault = self.shared.fault(Stage::EndOfData, &self.asked_for);
        let usual = match fault {
            None => "250 2.0.0 taken".to_owned(),
            Some(Action::Reply(reply)) if reply.starts_with('2') => reply,
            Some(Action::Hold(gate)) => {
                gate.pass();
                "250 2.0.0 taken".to_owned()
            }
            Some(action) => return self.act(&action, "").map(drop),
        };
        for recipient in recipients {
            let (connection, reverse_path, bytes) = (self.number, reverse_path.clone(), bytes.clone());
            let accepted = Accepted { connection, reverse_path, recipient, bytes };
            self.shared.note(|journal| journal.accepted.push(accepted));
        }
        self.reply(Stage::AfterAccept, &usual).map(drop)
    }

    /// The body without dot-stuffing, up to the dot.
    fn body(&mut self) -> io::Result<Vec<u8>> {
        let mut bytes = Vec::new();
        let mut complained = false;
        loop {
            let (line, complaints) = self.wire.line()?;
            if line == b"." && complaints.is_empty() {
                return Ok(bytes);
            }
            if bytes.is_empty() {
                self.strike_in_body()?;
            }
            if !complained && !complaints.is_empty() {
                self.complain(&complaints, "the body");
                complained = true;
            }
            bytes.extend_from_slice(line.strip_prefix(b".").unwrap_or(&line));
            bytes.extend_from_slice(b"\r\n");
        }
    }

    fn strike_in_body(&mut self) -> io::Result<()> {
        match self.shared.fault(Stage::Body, &self.asked_for) {
            None => Ok(()),
            Some(Action::Hold(gate)) => {
                gate.pass();
                Ok(())
            }
            Some(Action::Reply(reply)) => {
                self.wire.send(format!("{reply}\r\n"))?;
                Err(self.wire.close())
            }
            Some(action) => self.act(&action, "").map(drop),
        }
    }
}
