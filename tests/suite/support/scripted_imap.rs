//! A mailbox with one mail, without encryption on loopback, that asks for a token; on request it sends without end.

use std::io::{BufRead as _, BufReader, Write as _};
use std::net::{Ipv4Addr, TcpListener, TcpStream};
use std::sync::{Arc, Mutex};
use std::thread;

use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;

/// What decides on a token.
type Judge = Arc<dyn Fn(&str) -> bool + Send + Sync>;

/// The server; its thread ends with the process.
pub struct ScriptedImap {
    port: u16,
    heard: Arc<Mutex<Vec<String>>>,
}

/// What it does.
#[derive(Clone)]
struct Script {
    mail: String,
    judge: Judge,
    endless: bool,
    heard: Arc<Mutex<Vec<String>>>,
}

impl ScriptedImap {
    /// With this mail, for whoever has a token that the judge knows. `endless`: a mail never ends.
    pub fn start(mail: &str, judge: impl Fn(&str) -> bool + Send + Sync + 'static, endless: bool) -> Self {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap();
        let port = listener.local_addr().unwrap().port();
        let heard = Arc::new(Mutex::new(Vec::new()));
        let script = Script { mail: mail.to_owned(), judge: Arc::new(judge), endless, heard: Arc::clone(&heard) };
        thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let script = script.clone();
                thread::spawn(move || drop(script.serve(stream)));
            }
        });
        Self { port, heard }
    }

    /// The port on 127.0.0.1.
    pub fn port(&self) -> u16 {
        self.port
    }

    /// The commands so far, without tags and secrets.
    pub fn heard(&self) -> Vec<String> {
        self.heard.lock().unwrap().clone()
    }
}

impl Script {
    fn serve(&self, stream: TcpStream) -> std::io::Result<()> {
        let mut reader = BufReader::new(stream.try_clone()?);
        let mut writer = stream;
        writer.write_all(b"* OK ready\r\n")?;
        let mut line = String::new();
        while {
            line.clear();
            reader.read_line(&mut line)? > 0
        } {
            let (tag, command) = line.trim_end().split_once(' ').unwrap_or_default();
            let (tag, command) = (tag.to_owned(), command.to_owned());
            self.heard.lock().unwrap().push(command.clone());
            if command.starts_with("AUTHENTICATE") {
                self.sign_in(&tag, &mut reader, &mut writer)?;
                continue;
            }
            let untagged = match command.split(' ').take(2).collect::<Vec<_>>().as_slice() {
                ["UID", "SEARCH"] => "* SEARCH 7\r\n".to_owned(),
                ["UID", "FETCH"] if self.endless => {
                    writer.write_all(b"* 1 FETCH (UID 7 BODY[]<0> {400000000}\r\n")?;
                    loop {
                        writer.write_all(&[b'x'; 65_536])?;
                    }
                }
                ["UID", "FETCH"] => {
                    format!("* 1 FETCH (UID 7 BODY[]<0> {{{}}}\r\n{})\r\n", self.mail.len(), self.mail)
                }
                ["LOGOUT"] => "* BYE\r\n".to_owned(),
                _ => "* 1 EXISTS\r\n".to_owned(),
            };
            writer.write_all(format!("{untagged}{tag} OK done\r\n").as_bytes())?;
        }
        Ok(())
    }

    fn sign_in(&self, tag: &str, reader: &mut BufReader<TcpStream>, writer: &mut TcpStream) -> std::io::Result<()> {
        writer.write_all(b"+ \r\n")?;
        let mut line = String::new();
        reader.read_line(&mut line)?;
        let shown = String::from_utf8(BASE64_STANDARD.decode(line.trim()).unwrap()).unwrap();
        let token = shown.split("auth=Bearer ").nth(1).unwrap_or_default().trim_end_matches('\u{1}');
        if shown.starts_with("user=news@board.example\u{1}") && (self.judge)(token) {
            return writer.write_all(format!("{tag} OK signed in\r\n").as_bytes());
        }
        // The reason comes as a challenge, which wants an empty answer (developers.google.com/gmail/imap/xoauth2-protocol).
        writer.write_all(format!("+ {}\r\n", BASE64_STANDARD.encode("{\"status\":\"400\"}")).as_bytes())?;
        line.clear();
        reader.read_line(&mut line)?;
        writer.write_all(format!("{tag} NO [AUTHENTICATIONFAILED] Invalid credentials\r\n").as_bytes())
    }
}
