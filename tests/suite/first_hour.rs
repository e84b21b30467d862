//! An officer's first week at a real terminal, from `init` to the board pack, as one transcript that a person can read.
#![cfg(target_os = "linux")]

use std::fs;
use std::path::PathBuf;

use tempfile::TempDir;

use crate::support::golden::assert_golden;
use crate::support::smtp_server::{Script, SmtpServer, Stage, at};
use crate::support::terminal::Terminal;

/// What the folder's owner does and sees.
struct Officer {
    home: TempDir,
    folder: PathBuf,
    now: &'static str,
    told: String,
}

impl Officer {
    fn new() -> Self {
        let home = tempfile::Builder::new().prefix("weekcast-").tempdir().expect("a temporary folder can be made");
        let folder = home.path().to_owned();
        Self { home, folder, now: "", told: String::new() }
    }

    /// What happens beside the screen.
    fn meanwhile(&mut self, words: &str) {
        self.told.push_str(&format!("# {words}\n\n"));
    }

    /// Gives a command, answers its questions, and notes what stands on the screen; `None` where there is no terminal.
    #[track_caller]
    fn types(&mut self, command: &str, answers: &[(&str, &str)], status: i32) -> Option<()> {
        let line = format!("{} --now {} {command}", env!("CARGO_BIN_EXE_weekcast"), self.now);
        let mut terminal = Terminal::start(&self.folder, self.home.path(), &line)?;
        for (question, answer) in answers {
            terminal.answers(question, answer);
        }
        let (shown, ended) = terminal.ends();
        assert_eq!(ended, status, "weekcast {command}\n{shown}");
        let end = if status == 0 { String::new() } else { format!("[exit status {status}]\n") };
        self.told.push_str(&format!("$ weekcast {command}\n{}\n{end}\n", shown.trim_end()));
        Some(())
    }

    fn writes(&self, file: &str, text: &str) {
        let path = self.folder.join(file);
        fs::create_dir_all(path.parent().expect("it lies in a folder")).expect("the folder can be made");
        fs::write(path, text).expect("the file can be written");
    }

    #[track_caller]
    fn edits(&self, file: &str, old: &str, new: &str) {
        let text = fs::read_to_string(self.folder.join(file)).expect("the file is there");
        assert_eq!(text.matches(old).count(), 1, "{old:?} in {file}:\n{text}");
        self.writes(file, &text.replacen(old, new, 1));
    }

    /// The transcript, with what differs from time to time made alike.
    fn transcript(self, server: &SmtpServer) -> String {
        let home = self.home.path().canonicalize().expect("it is there");
        let text = self.told.replace(&server.port().to_string(), "PORT");
        let text = text.replace(&*home.to_string_lossy(), "HOME");
        let countdown = |line: &str| match line.split_once("Sending begins in 1:") {
            Some((_, rest)) => format!("Sending begins in 1:58{}", rest.get(2..).unwrap_or_default()),
            None => line.to_owned(),
        };
        numbered_hashes(&text.lines().map(|line| countdown(line) + "\n").collect::<String>())
    }
}

/// Twelve hexadecimal digits, by the order in which they came: the acts are hashed with their milliseconds.
fn numbered_hashes(text: &str) -> String {
    let mut known: Vec<&str> = Vec::new();
    let mut out = text.to_owned();
    for word in text.split(|c: char| !c.is_ascii_alphanumeric()) {
        let is_hash = word.len() == 12 && word.bytes().all(|b| b.is_ascii_digit() || (b'a'..=b'f').contains(&b));
        if is_hash && !known.contains(&word) {
            known.push(word);
            out = out.replace(word, &format!("{:0>12}", known.len()));
        }
    }
    out
}

const WEEK: &str = "broadcasts/neglect-awareness-week-2027.toml";

const MONDAY: &str = "Neglect is the most common form of harm to children, and the easiest to grow used to.

## What to look for

1. **Hunger**, or food that is hidden.
2. Clothes that are never right for the weather.

If you notice it, [write it down](https://www.gov.uk/government/publications/what-to-do-if-youre-worried-a-child-is-being-abused--2) and talk to your lead today.";

#[test]
fn the_first_week_reads_like_a_conversation_with_a_careful_colleague() {
    let server = Script::new()
        .rule(at(Stage::Rcpt).to("ben@*").first_for_each(1).replies("550 5.1.1 no such user"))
        .rule(at(Stage::AfterAccept).to("chloe@*").nth(1).drops())
        .start();
    let mut officer = Officer::new();
    if first_week(&mut officer, &server).is_some() {
        assert_golden("first_hour.txt", officer.transcript(&server));
    }
}

fn first_week(officer: &mut Officer, server: &SmtpServer) -> Option<()> {
    officer.now = "2027-03-01T09:00:00Z";
    begin(officer)?;
    write(officer)?;
    look(officer, server)?;
    officer.now = "2027-03-15T08:31:00Z";
    send(officer)?;
    officer.now = "2027-03-15T10:05:00Z";
    put_right(officer)?;
    officer.now = "2027-03-17T09:00:00Z";
    report(officer)
}

fn begin(officer: &mut Officer) -> Option<()> {
    officer.meanwhile("Monday 1 March 2027, nine o'clock. The officer begins.");
    let answers = [
        ("name of your organisation", "Example Safeguarding Children Board"),
        ("Whose name", ""),
        ("address that they come from", "training@board"),
        ("The address that they come from", "training@board.example"),
        ("What is the week called", "Neglect awareness week"),
        ("first day", "2027-03-15"),
        ("How many working days", "2"),
        ("At what time", ""),
        ("awareness day", ""),
        ("Which lists", "front-line, schools"),
    ];
    officer.types("init my-broadcasts", &answers, 0)?;
    officer.folder = officer.home.path().join("my-broadcasts");
    officer.types("check", &[], 0)
}

fn write(officer: &mut Officer) -> Option<()> {
    officer.meanwhile("She writes her texts, and saves the list of the schools from Excel. Something slips in.");
    let body = "Write here: the text of this day. It is Markdown: an empty line begins a new paragraph.

## What to look for

1. Write here: a sign to look for. **Bold** is for what matters.
2. Write here: another one. A link is written as [its words](https://www.gov.uk/).

## What to do

- Write here: what helps. Points without an order begin with a dash.";
    for (old, new) in [
        ("# sign_off = 1                       # a", "sign_of = 1                          # a"),
        (
            "Write here: what this week is for. It stands at the beginning of each day's message.",
            "This week is about neglect, and about what each of us can do.",
        ),
        ("Write here: the theme of Monday 15 March", "Seeing neglect"),
        (
            "Write here: in one sentence, what the message of day 1 gives to its readers.",
            "What neglect looks like when nobody calls it that.",
        ),
        (body, MONDAY),
        ("Write here: the theme of Tuesday 16 March", "Asking about it"),
        (
            "Write here: in one sentence, what the message of day 2 gives to its readers.",
            "How to open a conversation with a child, and with a parent.",
        ),
        (
            "Write here: the text of this day.",
            "Dear {{ recipient.first_name or \"colleague\" }},\n\nask openly, listen, and do not promise to keep a secret.",
        ),
    ] {
        officer.edits(WEEK, old, new);
    }
    let schools =
        "E-mail Address;Full name\r\nchloe@school.example;Chloe Example\r\ndev@school,example;Dev Example\r\n";
    officer.writes("recipients/schools.csv", schools);
    officer.writes(
        "recipients.toml",
        "[lists.front-line]\nmembers = [\n  \"Asha Example <asha@board.example>\",\n  \"Ben Example <ben@board.example>\",\n]\n\n[lists.schools]\nfile = \"recipients/schools.csv\"\n",
    );
    officer.types("check", &[], 65)?;
    officer.meanwhile("She mends both, and looks again.");
    officer.edits(WEEK, "sign_of = 1", "sign_off = 1");
    officer.edits("recipients/schools.csv", "dev@school,example", "dev@school.example");
    officer.types("check", &[], 0)
}

fn look(officer: &mut Officer, server: &SmtpServer) -> Option<()> {
    officer.types("preview", &[], 0)?;
    officer.types("plan", &[], 0)?;
    officer.types("rehearse", &[], 0)?;
    officer.meanwhile(
        "IT puts the mail server into the settings. The designated lead gets a proof, and signs Monday off.",
    );
    let smtp = format!(
        "kind = \"smtp\"\nhost = \"127.0.0.1\"\nport = {}\nsecurity = \"none\"\nconnections = 1",
        server.port()
    );
    officer.edits("weekcast.toml", "kind = \"outbox\"", &smtp);
    officer.types("proof monday --to lead@board.example", &[], 0)?;
    officer.types("send monday", &[], 76)?;
    officer.types("sign-off monday --by \"Rowan Example\"", &[("Type the day's name", "monday")], 0)
}

fn send(officer: &mut Officer) -> Option<()> {
    officer.meanwhile("Monday 15 March, half past eight. She types a wrong word first.");
    officer.types("send monday", &[("Type the day's name", "yes")], 64)?;
    officer.types("send monday", &[("Type the day's name", "monday"), ("begins in 1:58", "")], 1)?;
    officer.meanwhile("One address was refused, and the line broke after another message. She looks, and settles it.");
    officer.types("status monday --recipients", &[], 0)?;
    officer.types("resend monday", &[("Type the day's name", "monday"), ("begins in 1:58", "")], 1)?;
    officer.meanwhile("Chloe says by telephone that it arrived.");
    officer.types("resolve monday --as accepted chloe@school.example", &[], 0)
}

fn put_right(officer: &mut Officer) -> Option<()> {
    officer
        .meanwhile("Somebody asks what \"the right clothes\" means. She puts it right, for those who got the message.");
    officer.writes(
        "correction.toml",
        "wrong = \"The message speaks of clothes that are never right for the weather.\"\nright = \"One wrong coat is no sign of neglect. **Week after week** is.\"\n",
    );
    officer.types("correct monday --file correction.toml --by \"Rowan Example\" --dry-run", &[], 0)?;
    let answers = [("Type the day's name", "monday"), ("begins in 1:58", "")];
    officer.types("correct monday --file correction.toml --by \"Rowan Example\"", &answers, 0)
}

fn report(officer: &mut Officer) -> Option<()> {
    officer.meanwhile("Wednesday. Tuesday's message was not signed off, so it is held; the board gets its report.");
    officer.types("status", &[], 0)?;
    officer.types("history", &[], 0)?;
    officer.types("report", &[], 0)?;
    officer.types("verify", &[], 0)
}
