//! Hostile lists, texts, file names and servers, end to end: what cannot be sent safely is refused at its place, what can be
//! is one message a person, and no output obeys what it shows.

use mail_parser::{MessageParser, MimeHeaders as _};

use crate::support::run::Run;
use crate::support::small_week::smtp_settings;
use crate::support::smtp_server::{SmtpServer, Stage, at};
use crate::support::workspace::Workspace;

const MONDAY_MORNING: &str = "2027-03-15T08:31:00Z";

fn monday(server: &SmtpServer) -> Workspace {
    Workspace::small_week().settings(&smtp_settings(server.port(), "connections = 1")).at(MONDAY_MORNING)
}

/// A terminal would obey none of it, and it reads in the order in which it is written.
#[track_caller]
fn assert_harmless(text: &str, what: &str) {
    let harmful = |c: &char| {
        (c.is_control() && !matches!(c, '\n' | '\r')) || matches!(c, '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}')
    };
    let found = text.chars().find(harmful);
    assert_eq!(found, None, "{what}: {}", text.escape_debug());
}

#[track_caller]
fn harmless(run: Run) -> Run {
    assert_harmless(&run.stdout, &run.command);
    assert_harmless(&run.stderr, &run.command);
    run
}

#[test]
fn rows_that_could_break_a_message_are_refused_at_their_place_and_nothing_is_sent() {
    let server = SmtpServer::takes_all();
    let rows = [
        (r#"{ address = "x@board.example", name = "X\r\nBcc: all@evil.example" }"#, "name-control"),
        (r#"{ address = "x@board.example", name = "X\n.\r\nMAIL FROM:<a@evil.example>" }"#, "name-control"),
        (r#"{ address = "x@board.example", name = "X\u0000" }"#, "name-control"),
        (r#"{ address = "x@board.example", name = "\u202Egro.live" }"#, "name-control"),
        (r#"{ address = "x@board.example", name = "\u001B[2J\u001B]0;owned\u0007" }"#, "name-control"),
        (r#"{ address = "x@board.example", role = "a\r\n.\r\nQUIT" }"#, "field-control"),
        (r#"{ address = "x@board.example", role = "a\u0000b" }"#, "field-control"),
        (r#"{ address = "x@board.example>\r\nRCPT TO:<all@evil.example" }"#, "bad-address"),
        (r#"{ address = "x@board\n.example" , role = "b" }"#, "bad-address"),
        (r#""\"a b\"@board.example""#, "bad-address"),
        (r#"{ address = "x@\u202Eelpmaxe.draob" }"#, "bad-address"),
    ];
    for (row, rule) in rows {
        let lists = format!(
            "[lists.front-line]\nmembers = [\n    \"asha@board.example\",\n    {row},\n]\n[lists.schools]\nmembers = [\"s@board.example\"]\n"
        );
        let workspace = monday(&server).recipients(&lists);
        let check = harmless(workspace.run(["check", "--format", "json"])).exits(65);
        let findings = check.json();
        let found = findings["findings"].as_array().unwrap().iter().find(|found| found["rule"] == rule);
        let found = found.unwrap_or_else(|| panic!("no {rule} for {row}\n{}", check.transcript()));
        assert_eq!((&found["file"], &found["line"]), (&"recipients.toml".into(), &4.into()), "{row}");
        harmless(workspace.run(["send", "monday", "--yes"])).exits(65);
        harmless(workspace.run(["plan"])).exits(65);
    }
    assert!(server.commands().is_empty());
}

#[test]
fn cells_of_a_file_that_could_break_a_message_are_refused_at_their_place() {
    let server = SmtpServer::takes_all();
    let rows: [(&[u8], &str); 5] = [
        (b"x@board.example,\"X\r\nBcc: all@evil.example\",", "name-control"),
        (b"x@board.example,X\0,", "name-control"),
        ("x@board.example,\u{202e}gro,".as_bytes(), "name-control"),
        (b"x@board.example,X,\x1b[2J", "field-control"),
        (b"\"x@board.example>\r\nRCPT TO:<a@evil.example\",X,", "bad-address"),
    ];
    for (row, rule) in rows {
        let table = [b"Email,Name,first_name\r\nasha@board.example,=1+1,@sum\r\n".as_slice(), row, b"\r\n"].concat();
        let lists = "[lists.front-line]\nfile = \"people.csv\"\ncolumns = { address = \"Email\", name = \"Name\" }\n\
                     [lists.schools]\nmembers = [\"s@board.example\"]\n";
        let workspace = monday(&server).recipients(lists).file("people.csv", table);
        let check = harmless(workspace.run(["check", "--format", "json"])).exits(65);
        let findings = check.json();
        let found = findings["findings"].as_array().unwrap().iter().find(|found| found["rule"] == rule);
        let found = found.unwrap_or_else(|| panic!("no {rule}\n{}", check.transcript()));
        // The row begins at line 3; a quoted cell goes on at line 4.
        let line = if rule == "bad-address" { 4 } else { 3 };
        assert_eq!((&found["file"], &found["line"]), (&"people.csv".into(), &line.into()), "{}", check.transcript());
        harmless(workspace.run(["check"])).exits(65);
        harmless(workspace.run(["send", "monday", "--yes"])).exits(65);
    }
    assert!(server.commands().is_empty());
}

/// Values that are allowed, because they are only text: each stands once in the copy of its person, and nowhere else.
#[test]
fn values_that_look_like_something_else_stay_text_in_one_message_each() {
    let server = SmtpServer::takes_all();
    let long = "x".repeat(9_000);
    let values = [
        "{{ week.title }} {% include 'a' %}",
        "<script>alert(1)</script><img src=x onerror=alert(1)>",
        "=HYPERLINK(\"https://evil.example\")",
        ".",
        "\\r\\n.\\r\\nMAIL FROM:<a@evil.example>",
        "=?UTF-8?B?QkNDOiBhQGV2aWwuZXhhbXBsZQ==?=",
        "--boundary--",
        &long,
        "]]> --> */ ' \" ` $(reboot) ; DROP TABLE delivery",
    ];
    let quoted = |value: &str| format!("\"{}\"", value.replace('\\', "\\\\").replace('"', "\\\""));
    let rows = values.iter().enumerate().map(|(number, value)| {
        format!("    {{ address = \"p{number}@board.example\", name = \"P\", role = {} }},\n", quoted(value))
    });
    let lists = format!(
        "[lists.front-line]\nmembers = [\n{}]\n[lists.schools]\nmembers = [{{ address = \"s@board.example\", role = \"R\" }}]\n",
        rows.collect::<String>()
    );
    let workspace = monday(&server).recipients(&lists).edited(
        "broadcasts/march.toml",
        "Please **book early**.",
        "You are [{{ recipient.role }}].\n\n.\n.\n\n..\nQUIT\n.\nMAIL FROM:<a@evil.example>\n",
    );
    harmless(workspace.run(["preview", "--as", "p1@board.example"])).succeeds();
    for page in ["preview/index.html", "preview/1-monday-2027-03-15/index.html"] {
        let page = workspace.read(page);
        assert!(!page.contains("<script>alert(1)") && !page.contains("<img src=x"), "{page}");
    }
    harmless(workspace.run(["send", "monday", "--yes"])).succeeds().says("accepted 10 of 10");
    server.assert_no_violations();
    let accepted = server.accepted();
    assert_eq!(accepted.len(), 10);
    assert_eq!(server.journal().count("MAIL"), 10, "nothing was smuggled in");
    for (number, value) in values.iter().enumerate() {
        let mine = format!("p{number}@board.example");
        let copy = accepted.iter().find(|message| message.recipient == mine).unwrap();
        let message = MessageParser::new().parse(&copy.bytes).unwrap();
        let text = message.body_text(0).unwrap();
        let joined: String = text.split_whitespace().collect();
        let wanted: String = value.split_whitespace().collect();
        assert!(joined.contains(&format!("[{wanted}]")), "{value:.60} in:\n{text:.2000}");
        for header in ["From", "To", "Subject", "Date", "Message-ID", "MIME-Version"] {
            let times =
                message.headers().iter().filter(|found| found.name.as_str().eq_ignore_ascii_case(header)).count();
            assert_eq!(times, 1, "{header} in the copy of {mine}");
        }
        let html = message.body_html(0).unwrap();
        assert!(!html.contains("<script") && !html.contains("onerror=alert(1)>"), "{html}");
    }
}

#[test]
fn subjects_and_file_names_stay_within_their_line_or_are_refused() {
    let server = SmtpServer::takes_all();
    for theme in [r"a\r\nBcc: all@evil.example", r"a\u0000b", r"a\u001B[2J", r"\u202Edne"] {
        let workspace = monday(&server).edited(
            "broadcasts/march.toml",
            "theme = \"Training and guidance\"",
            &format!("theme = \"{theme}\""),
        );
        harmless(workspace.run(["check"])).exits(65).says("broadcasts/march.toml");
        harmless(workspace.run(["send", "monday", "--yes"])).exits(65);
    }
    for name in [r"a\r\nX: y.pdf", r"annex\u202Efdp.exe", r"a\u0000.pdf", "../../x.pdf", r#"a\"; y=z.pdf"#] {
        let line = "links = [{ text = \"Course list\"";
        let attachment = format!("attachments = [{{ file = \"a.pdf\", name = \"{name}\", title = \"T\" }}]\n{line}");
        let workspace = monday(&server).file("broadcasts/march/a.pdf", "%PDF-1.4\n%%EOF\n");
        let workspace = workspace.edited("broadcasts/march.toml", line, &attachment);
        harmless(workspace.run(["send", "monday", "--yes"])).exits(65);
    }
    assert!(server.commands().is_empty());

    let theme = format!("=?UTF-8?Q?a?= \u{1F4C5} <b>{}</b> it's \"so\"", "long ".repeat(60));
    let line = "links = [{ text = \"Course list\"";
    let attachment = format!(
        "attachments = [{{ file = \"a.txt\", name = \"\u{e9}\u{2713} the year's plan, part 1.txt\", title = \"T\" }}]\n{line}"
    );
    let workspace = monday(&server)
        .file("broadcasts/march/a.txt", "words\n")
        .edited("broadcasts/march.toml", "theme = \"Training and guidance\"", &format!("theme = '''{theme}'''"))
        .edited("broadcasts/march.toml", line, &attachment);
    harmless(workspace.run(["send", "monday", "--yes"])).succeeds();
    server.assert_no_violations();
    for accepted in server.accepted() {
        let message = MessageParser::new().parse(&accepted.bytes).unwrap();
        assert_eq!(message.subject(), Some(format!("Safeguarding Awareness Week: {theme}").as_str()));
        let names: Vec<&str> = message.attachments().filter_map(|part| part.attachment_name()).collect();
        assert_eq!(names, ["\u{e9}\u{2713} the year's plan, part 1.txt"]);
    }
}

/// Monday is sent to a server, and everything that shows its words afterwards is looked at; the state of each person.
fn shown(server: &SmtpServer) -> Vec<String> {
    let workspace = monday(server);
    let run = harmless(workspace.run(["send", "monday", "--yes", "--patience", "50000"]));
    assert_eq!(run.status, 75, "{}", run.transcript());
    server.assert_no_violations();
    harmless(workspace.run(["status", "monday", "--recipients"])).succeeds();
    let json = harmless(workspace.run(["status", "monday", "--recipients", "--format", "json"])).succeeds().json();
    for delivery in json["broadcasts"][0]["deliveries"].as_array().unwrap() {
        let address = delivery["address"].as_str().unwrap();
        harmless(workspace.run(["recipients", "show", address, "--format", "json"])).succeeds().json();
    }
    harmless(workspace.run(["report"])).succeeds();
    for name in workspace.names("report") {
        let path = workspace.path().join("report").join(&name);
        if !path.is_file() || name.ends_with(".eml") {
            continue;
        }
        let text = std::fs::read_to_string(&path).unwrap();
        assert_harmless(&text, &name);
        assert!(!name.ends_with(".html") || !text.contains("<img src=x"), "{name}");
        if name.ends_with(".csv") {
            for cell in text.trim_start_matches('\u{feff}').lines().flat_map(|line| line.split("\",\"")) {
                assert!(!cell.trim_matches('"').starts_with(['=', '+', '-', '@']), "{name}: {cell}");
            }
        }
    }
    let deliveries = json["broadcasts"][0]["deliveries"].as_array().unwrap();
    for delivery in deliveries {
        let length = delivery["reply"].as_str().unwrap_or_default().len();
        assert!(length < 2_000, "{length} octets of a reply are kept");
    }
    deliveries.iter().map(|delivery| delivery["state"].as_str().unwrap().to_owned()).collect()
}

#[test]
fn what_a_hostile_server_says_of_recipients_is_quoted_and_not_obeyed() {
    let escapes = b"550 5.1.1 \x1b[2J\x1b]0;owned\x07 \xe2\x80\xaegnp\xff\xfe\x00 no\r\n".to_vec();
    let long = [b"550 5.1.1 ".as_slice(), &vec![b'x'; 100_000], b"\r\n"].concat();
    let line = b"550-5.1.1 a line of very many, and none of them is the last\r\n";
    let many = [line.repeat(2_000).as_slice(), b"550 5.1.1 end\r\n"].concat();
    let server = SmtpServer::with(at(Stage::Rcpt).to("asha@*").says_octets(escapes));
    server.add(at(Stage::Rcpt).to("ben@*").says_octets(long));
    server.add(at(Stage::Rcpt).to("chloe@*").replies("550 =HYPERLINK(\"https://evil.example\",\"open\")"));
    server.add(at(Stage::Rcpt).to("dev@*").says_octets(many));
    assert_eq!(shown(&server), ["refused", "deferred", "refused", "deferred", "accepted", "accepted"]);
}

#[test]
fn what_a_hostile_server_says_of_messages_is_quoted_and_not_obeyed() {
    let image = "250 2.0.0 \u{1b}[31mtaken\u{1b}[0m <img src=x onerror=alert(1)>";
    let server = SmtpServer::with(at(Stage::EndOfData).to("asha@*").replies(image));
    server.add(at(Stage::EndOfData).to("ben@*").replies("250 =cmd|' /C calc'!A0"));
    server.add(at(Stage::EndOfData).to("chloe@*").replies("450 4.2.0 <b>\u{202e}later</b>\u{9b}2J"));
    server.add(at(Stage::EndOfData).to("dev@*").replies("550 5.7.1 +1-1 <script>alert(1)</script>"));
    assert_eq!(shown(&server), ["accepted", "accepted", "deferred", "refused", "accepted", "accepted"]);
}
