//! The server as the test holds it: start, look, wait, stop.

use std::collections::HashMap;
use std::net::{Ipv4Addr, Shutdown, TcpListener, TcpStream};
use std::sync::{Arc, Condvar, Mutex};
use std::thread;
use std::time::Duration;

use crate::support::smtp_server::connection::Connection;
use crate::support::smtp_server::journal::{Accepted, Journal, Seen};
use crate::support::smtp_server::rule::{Action, Rule, Stage};
use crate::support::smtp_server::script::Script;

/// No test waits longer.
const LIMIT: Duration = Duration::from_secs(60);

/// A running server; it stops, and drops its clients, when this is dropped.
pub struct SmtpServer {
    port: u16,
    shared: Arc<Shared>,
}

/// What the connections share.
pub(crate) struct Shared {
    pub(crate) script: Script,
    rules: Mutex<Vec<Rule>>,
    journal: Mutex<Journal>,
    changed: Condvar,
    /// To be closed at the end; none when the end has come.
    streams: Mutex<Option<HashMap<usize, TcpStream>>>,
}

impl SmtpServer {
    /// A server that takes everything.
    pub fn takes_all() -> Self {
        Script::new().start()
    }

    /// A server with one fault.
    pub fn with(rule: Rule) -> Self {
        Script::new().rule(rule).start()
    }

    pub(crate) fn start(script: Script) -> Self {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).expect("the loopback interface has a free port");
        let port = listener.local_addr().expect("it has an address").port();
        let shared = Arc::new(Shared {
            rules: Mutex::new(script.rules.clone()),
            script,
            journal: Mutex::default(),
            changed: Condvar::new(),
            streams: Mutex::new(Some(HashMap::new())),
        });
        let listening = Arc::clone(&shared);
        thread::spawn(move || listen(&listener, &listening));
        Self { port, shared }
    }

    /// The port on 127.0.0.1.
    pub fn port(&self) -> u16 {
        self.port
    }

    /// Everything seen so far.
    pub fn journal(&self) -> Journal {
        self.shared.journal.lock().unwrap().clone()
    }

    /// The messages taken so far.
    pub fn accepted(&self) -> Vec<Accepted> {
        self.journal().accepted
    }

    /// The command lines seen so far.
    pub fn commands(&self) -> Vec<Seen> {
        self.journal().commands
    }

    /// Waits until this many messages were taken.
    #[track_caller]
    pub fn wait_for(&self, number: usize) -> Vec<Accepted> {
        self.wait_until(|journal| journal.accepted.len() >= number).accepted
    }

    /// Waits until the journal fulfils a condition.
    #[track_caller]
    pub fn wait_until(&self, condition: impl Fn(&Journal) -> bool) -> Journal {
        let journal = self.shared.journal.lock().unwrap();
        let (journal, time) =
            self.shared.changed.wait_timeout_while(journal, LIMIT, |journal| !condition(journal)).unwrap();
        let journal = journal.clone();
        assert!(!time.timed_out(), "waited for {LIMIT:?} in vain: {journal:#?}");
        journal
    }

    /// Claims that no client broke the protocol.
    #[track_caller]
    pub fn assert_no_violations(&self) {
        let violations = self.journal().violations;
        assert!(violations.is_empty(), "the client broke the protocol:\n{}", violations.join("\n"));
    }

    /// Adds a fault while the server runs, before all others.
    pub fn add(&self, rule: Rule) {
        self.shared.rules.lock().unwrap().insert(0, rule);
    }

    /// Cuts all connections that are open, as a network that goes away does; new ones are taken.
    pub fn cut(&self) {
        let streams = self.shared.streams.lock().unwrap();
        streams.iter().flat_map(HashMap::values).for_each(|stream| drop(stream.shutdown(Shutdown::Both)));
    }

    /// Takes all faults away: the server has recovered.
    pub fn recover(&self) {
        self.shared.rules.lock().unwrap().clear();
    }
}

impl Drop for SmtpServer {
    fn drop(&mut self) {
        let streams = self.shared.streams.lock().unwrap().take();
        streams.into_iter().flatten().for_each(|(_, stream)| drop(stream.shutdown(Shutdown::Both)));
        // `accept` has no other way to end.
        drop(TcpStream::connect((Ipv4Addr::LOCALHOST, self.port)));
    }
}

impl Shared {
    /// The fault for an occasion; every rule counts it.
    pub(crate) fn fault(&self, stage: Stage, recipient: &str) -> Option<Action> {
        let mut rules = self.rules.lock().unwrap();
        let faults: Vec<Action> = rules.iter_mut().filter_map(|rule| rule.meet(stage, recipient)).collect();
        faults.into_iter().next()
    }

    /// Writes something down and wakes those who wait for it.
    pub(crate) fn note(&self, change: impl FnOnce(&mut Journal)) {
        change(&mut self.journal.lock().unwrap());
        self.changed.notify_all();
    }

    /// Remembers a stream; false if the end has come.
    fn remember(&self, number: usize, stream: &TcpStream) -> bool {
        let mut streams = self.streams.lock().unwrap();
        let (Some(streams), Ok(copy)) = (streams.as_mut(), stream.try_clone()) else { return false };
        streams.insert(number, copy);
        true
    }

    /// Lets go of a stream: the socket is not closed, nor reset, before its last copy is.
    fn release(&self, number: usize) {
        drop(self.streams.lock().unwrap().as_mut().and_then(|streams| streams.remove(&number)));
    }
}

fn listen(listener: &TcpListener, shared: &Arc<Shared>) {
    for (number, stream) in (1..).zip(listener.incoming()) {
        let Ok(stream) = stream else { continue };
        if !shared.remember(number, &stream) {
            return;
        }
        let shared = Arc::clone(shared);
        thread::spawn(move || {
            shared.note(|journal| {
                journal.connections += 1;
                journal.open += 1;
                journal.most_open = journal.most_open.max(journal.open);
            });
            // An error is the client's or the script's way to end it.
            drop(Connection::new(number, stream, Arc::clone(&shared)).map(Connection::serve));
            shared.release(number);
            shared.note(|journal| journal.open -= 1);
        });
    }
}
