//! The faults of the server: at which stage, for whom, how often, and what happens then.

use std::collections::HashMap;

use crate::support::smtp_server::gate::Gate;

/// Where in a session a fault strikes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Stage {
    /// Instead of the greeting. No recipient is known here, nor at `Ehlo`, `StartTls`, `Handshake`, `Auth`, `Mail`
    /// and `Quit`.
    Connect,
    /// Instead of the reply to EHLO or HELO.
    Ehlo,
    /// Instead of the reply to STARTTLS.
    StartTls,
    /// Instead of the TLS handshake, when the client has begun it after the 220 to STARTTLS.
    Handshake,
    /// Instead of the verdict on AUTH.
    Auth,
    /// Instead of the reply to MAIL.
    Mail,
    /// Instead of the reply to RCPT.
    Rcpt,
    /// Instead of the reply to DATA. A 354 after a refused RCPT makes the server read a message that it then refuses.
    Data,
    /// After the first octets of the body, before its end. A reply here is followed by a close.
    Body,
    /// Instead of the reply to the terminating dot; the message is recorded only if a reply of class 2 is given.
    EndOfData,
    /// After the message was recorded as accepted, instead of the 250 that says so.
    AfterAccept,
    /// Instead of the reply to QUIT.
    Quit,
}

/// What happens.
#[derive(Debug, Clone)]
pub enum Action {
    /// This line, or these lines, without the last CRLF.
    Reply(String),
    /// The connection is closed in good order (FIN).
    Drop,
    /// The connection is torn down (RST).
    Reset,
    /// Nothing, until the client goes.
    Hang,
    /// An octet now and then, and never the end of a line, until the client goes.
    Drip,
    /// A line that is no reply; then the session goes on.
    Garbage,
    /// These octets as they are; then the session goes on.
    Octets(Vec<u8>),
    /// The gate is passed before the usual reply.
    Hold(Gate),
}

/// A fault that is complete.
#[derive(Debug, Clone)]
pub struct Rule {
    stage: Stage,
    recipient: String,
    times: Times,
    action: Action,
    met: usize,
    met_by_recipient: HashMap<String, usize>,
}

#[derive(Debug, Clone, Copy)]
enum Times {
    Always,
    Nth(usize),
    From(usize),
    FirstForEach(usize),
}

/// A fault that still lacks its action.
#[derive(Debug, Clone)]
pub struct Occasion {
    stage: Stage,
    recipient: String,
    times: Times,
}

/// Begins a rule: `at(Stage::Rcpt).to("asha@*").nth(1).replies("451 4.7.1 later")`.
pub fn at(stage: Stage) -> Occasion {
    Occasion { stage, recipient: "*".to_owned(), times: Times::Always }
}

impl Occasion {
    /// Only for recipients that fit a pattern, in which `*` stands for anything.
    pub fn to(mut self, pattern: &str) -> Self {
        pattern.clone_into(&mut self.recipient);
        self
    }

    /// Only the nth time that stage and recipient fit, counted from 1 over all connections.
    pub fn nth(mut self, number: usize) -> Self {
        self.times = Times::Nth(number);
        self
    }

    /// From the nth time on that stage and recipient fit.
    pub fn since(mut self, number: usize) -> Self {
        self.times = Times::From(number);
        self
    }

    /// Only the first so many times for each recipient.
    pub fn first_for_each(mut self, number: usize) -> Self {
        self.times = Times::FirstForEach(number);
        self
    }

    /// Gives this reply; lines of several are joined by CRLF, the last one has none.
    pub fn replies(self, reply: &str) -> Rule {
        self.acts(Action::Reply(reply.to_owned()))
    }

    /// Closes in good order.
    pub fn drops(self) -> Rule {
        self.acts(Action::Drop)
    }

    /// Tears the connection down.
    pub fn resets(self) -> Rule {
        self.acts(Action::Reset)
    }

    /// Does nothing until the client goes.
    pub fn hangs(self) -> Rule {
        self.acts(Action::Hang)
    }

    /// Sends an octet now and then, and never the end of a line.
    pub fn drips(self) -> Rule {
        self.acts(Action::Drip)
    }

    /// Sends octets as they are, whether they are a reply or not.
    pub fn says_octets(self, octets: impl Into<Vec<u8>>) -> Rule {
        self.acts(Action::Octets(octets.into()))
    }

    /// Sends what is no reply.
    pub fn talks_garbage(self) -> Rule {
        self.acts(Action::Garbage)
    }

    /// Waits at a gate.
    pub fn holds(self, gate: &Gate) -> Rule {
        self.acts(Action::Hold(gate.clone()))
    }

    fn acts(self, action: Action) -> Rule {
        let Self { stage, recipient, times } = self;
        Rule { stage, recipient, times, action, met: 0, met_by_recipient: HashMap::new() }
    }
}

impl Rule {
    /// Counts the occasion, and returns the action if it is one of those meant.
    pub(crate) fn meet(&mut self, stage: Stage, recipient: &str) -> Option<Action> {
        if self.stage != stage || !fits(&self.recipient, recipient) {
            return None;
        }
        self.met += 1;
        let for_recipient = self.met_by_recipient.entry(recipient.to_owned()).or_default();
        *for_recipient += 1;
        let meant = match self.times {
            Times::Always => true,
            Times::Nth(number) => self.met == number,
            Times::From(number) => self.met >= number,
            Times::FirstForEach(number) => *for_recipient <= number,
        };
        meant.then(|| self.action.clone())
    }
}

/// Whether a text fits a pattern in which `*` stands for anything.
pub(crate) fn fits(pattern: &str, text: &str) -> bool {
    match pattern.split_once('*') {
        None => pattern == text,
        Some((head, tail)) => text.strip_prefix(head).is_some_and(|rest| {
            let mut starts = rest.char_indices().map(|(start, _)| start).chain([rest.len()]);
            starts.any(|start| fits(tail, &rest[start..]))
        }),
    }
}
