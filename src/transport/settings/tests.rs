//! `[transport]` as officers and IT write it, right and wrong.

use std::time::Duration;

use crate::document::parse;
use crate::model::{Findings, SourceFile};
use crate::transport::settings::{
    Destination, Pace, PasswordSource, Profile, Rate, Security, SignIn, SmtpSettings, TransportSettings,
};

/// The settings, and `line:column rule: message (help)` for each finding.
fn read(lines: &str) -> (TransportSettings, Vec<String>) {
    let mut findings = Findings::new();
    let mut document = parse(&SourceFile::new("weekcast.toml", format!("[transport]\n{lines}\n")), &mut findings);
    let table = document.table("transport", &mut findings).unwrap();
    let settings = TransportSettings::read(table, &mut findings);
    let findings = findings.sorted().into_iter().map(|finding| {
        let (line, column) = finding.place.line_column();
        format!("{line}:{column} {}: {} ({})", finding.rule, finding.message, finding.help.unwrap_or_default())
    });
    (settings, findings.collect())
}

fn smtp(lines: &str) -> (SmtpSettings, Pace) {
    let (settings, findings) = read(&format!("kind = \"smtp\"\n{lines}"));
    assert_eq!(findings, Vec::<String>::new(), "{lines}");
    match settings.destination {
        Destination::Smtp(smtp) => (*smtp, settings.pace),
        Destination::Outbox { .. } => panic!("{lines}"),
    }
}

#[test]
fn nothing_means_the_outbox() {
    assert_eq!(read(""), (TransportSettings::default(), Vec::new()));
    let (settings, findings) = read("kind = \"outbox\"\nfolder = \"./post/out/\"");
    assert_eq!(settings.destination, Destination::Outbox { folder: "post/out".to_owned() });
    assert_eq!(findings, Vec::<String>::new());
}

#[test]
fn everything_can_be_said() {
    let (found, pace) = smtp(
        "host = \"SMTP.Bücher.example\"\nport = 2525\nsecurity = \"tls\"\nusername = \"board\"\nauth = \"xoauth2\"\n\
         password = { command = \"pass show smtp\" }\nca_file = \"ca.pem\"\nconnections = 7\nrate = \"5/s\"\n\
         daily_limit = 900\nprofile = \"relay\"\nhello_name = \"mail.board.example\"",
    );
    assert_eq!(found.ca_file.as_ref().map(|text| text.value()), Some("ca.pem"));
    let expected = SmtpSettings {
        host: "smtp.xn--bcher-kva.example".to_owned(),
        port: 2525,
        security: Security::Tls,
        username: Some("board".to_owned()),
        sign_in: SignIn::XOAuth2,
        password: Some(PasswordSource::Command("pass show smtp".to_owned())),
        oauth: None,
        ca_file: found.ca_file.clone(),
        hello_name: Some("mail.board.example".to_owned()),
        profile: Profile::Relay,
    };
    assert_eq!(found, expected);
    let rate = Some(Rate { messages: 5, per: Duration::from_secs(1) });
    assert_eq!(pace, Pace { connections: 7, rate, daily_limit: Some(900) });
}

#[test]
fn defaults_follow_security_port_and_profile() {
    for (lines, security, port) in [
        ("host = \"mx.example\"", Security::StartTls, 587),
        ("host = \"mx.example\"\nsecurity = \"tls\"", Security::Tls, 465),
        ("host = \"mx.example\"\nport = 465", Security::Tls, 465),
        ("host = \"localhost\"\nsecurity = \"none\"", Security::None, 25),
        ("host = \"[::1]\"\nsecurity = \"none\"\nport = 1025", Security::None, 1025),
        ("host = \"127.0.0.2\"\nsecurity = \"none\"", Security::None, 25),
        ("host = \"::ffff:127.0.0.1\"\nsecurity = \"none\"", Security::None, 25),
    ] {
        let (found, _) = smtp(lines);
        assert_eq!((found.security, found.port), (security, port), "{lines}");
    }
    let m365 = Profile::M365.pace();
    assert_eq!((m365.connections, m365.daily_limit), (3, Some(9_500)));
    assert_eq!(m365.rate.map(|rate| (rate.messages, rate.per)), Some((28, Duration::from_secs(60))));
    for (lines, pace) in [
        ("host = \"mx.example\"\nprofile = \"m365\"", m365),
        ("host = \"smtp.office365.com\"", m365),
        ("host = \"smtp.office365.com\"\nprofile = \"relay\"", Profile::Relay.pace()),
        ("host = \"SMTP.Office365.com\"", m365),
        ("host = \"board-example.mail.protection.outlook.com\"", Profile::Relay.pace()),
        ("host = \"mx.example\"\nprofile = \"m365\"\nconnections = 1", Pace { connections: 1, ..m365 }),
    ] {
        assert_eq!(smtp(lines).1, pace, "{lines}");
    }
    for (rate, messages, seconds) in
        [("28/min", 28, 60), (" 1 / Second ", 1, 1), ("1000/h", 1000, 3600), ("3/m", 3, 60)]
    {
        let (_, pace) = smtp(&format!("host = \"mx.example\"\nrate = \"{rate}\""));
        assert_eq!(pace.rate, Some(Rate { messages, per: Duration::from_secs(seconds) }));
    }
}

#[test]
fn each_place_for_a_password_is_taken() {
    for (written, source) in [
        ("{ env = \"SMTP_PASSWORD\" }", PasswordSource::Env("SMTP_PASSWORD".to_owned())),
        ("{ file = \"secret.txt\" }", PasswordSource::File("secret.txt".to_owned())),
        ("{ command = \"pass smtp\" }", PasswordSource::Command("pass smtp".to_owned())),
        ("{ keyring = \"weekcast\" }", PasswordSource::Keyring("weekcast".to_owned())),
    ] {
        let (found, _) = smtp(&format!("host = \"mx.example\"\nusername = \"a\"\npassword = {written}"));
        assert_eq!(found.password, Some(source));
    }
}

/// One wrong thing each; the beginning of its finding, and a word of its help.
#[test]
fn each_fault_is_named_at_its_place() {
    for (lines, finding, help) in [
        ("kind = \"smpt\"", "2:8 wrong-value: `kind` cannot be \"smpt\"", "did you mean \"smtp\"?"),
        ("kind = \"smtp\"", "1:1 missing-key: [transport] has no `host`", "host = …"),
        ("host = \"mx.example\"", "2:1 missing-key: [transport] has a `host`, but no `kind`", "kind = \"smtp\""),
        ("kind = \"outbox\"\nfolder = \"../out\"", "3:10 wrong-value: `folder` is \"../out\"", "\"outbox\""),
        ("kind = \"outbox\"\nfolder = \"/out\"", "3:10 wrong-value: `folder` is \"/out\"", "\"outbox\""),
        ("kind = \"outbox\"\nfolder = \"\"", "3:10 wrong-value: `folder` is \"\"", "\"outbox\""),
        ("kind = \"outbox\"\nfolder = 'C:\\out'", "3:10 path-escape: `folder` is", "/"),
        ("kind = \"outbox\"\nhots = \"x\"", "3:1 unknown-key: unknown key `hots` in [transport]", "`host`"),
        ("tls = true", "2:1 unknown-key: unknown key `tls` in [transport]", "security"),
    ] {
        let (_, findings) = read(lines);
        assert_eq!(findings.len(), 1, "{lines}: {findings:#?}");
        assert!(findings[0].starts_with(finding) && findings[0].contains(help), "{lines}: {findings:#?}");
    }
    for (line, finding, help) in [
        ("host = \"smtp.example:587\"", "3:8 wrong-value: \"smtp.example:587\" is not the name", "port = 587"),
        ("host = \"smtps://smtp.example/x\"", "3:8 wrong-value:", "host = \"smtp.example\""),
        ("host = \"my server\"", "3:8 wrong-value:", "smtp.board.example"),
        ("host = \" \"", "3:8 blank: `host` is blank", ""),
        ("host = 5", "3:8 wrong-type: `host` is a whole number", ""),
    ] {
        let (_, findings) = read(&format!("kind = \"smtp\"\n{line}"));
        assert_eq!(findings.len(), 1, "{line}: {findings:#?}");
        assert!(findings[0].starts_with(finding) && findings[0].contains(help), "{line}: {findings:#?}");
    }
}

#[test]
fn each_fault_of_a_server_is_named_at_its_place() {
    let account = "username = \"a\"\n";
    for (line, finding, help) in [
        ("port = 0", "4:8 wrong-value: `port` is 0", "leave the line out"),
        ("port = 70000", "4:8 wrong-value: `port` is 70000", "65535"),
        ("port = \"587\"", "4:8 wrong-type: `port` is a string", ""),
        ("security = \"none\"", "4:1 no-encryption: security = \"none\" would send", "starttls"),
        ("security = \"ssl\"", "4:12 wrong-value: `security` cannot be \"ssl\"", "\"tls\""),
        ("port = 465\nsecurity = \"starttls\"", "5:1 port-and-security:", "port 465 is for security = \"tls\""),
        ("port = 587\nsecurity = \"tls\"", "5:1 port-and-security:", "starttls"),
        ("connections = 21", "4:15 wrong-value: `connections` is 21", "connections = 20 or less"),
        ("connections = 0", "4:15 wrong-value: `connections` is 0", "usual"),
        ("daily_limit = -1", "4:15 wrong-value: `daily_limit` is -1", "usual"),
        ("rate = \"28\"", "4:8 wrong-value: `rate` is \"28\"", "28/min"),
        ("rate = \"0/min\"", "4:8 wrong-value:", "28/min"),
        ("rate = \"5/day\"", "4:8 wrong-value:", "28/min"),
        ("rate = \"1000001/s\"", "4:8 wrong-value:", "28/min"),
        ("rate = \"-5/s\"", "4:8 wrong-value:", "28/min"),
        ("profile = \"m356\"", "4:11 wrong-value: `profile` cannot be \"m356\"", "m365"),
        ("hello_name = \"localhost\"", "4:14 wrong-value: `hello_name`", "mail.board.example"),
        ("hello_name = \"a.b\\r\\nMAIL\"", "4:14 wrong-value: `hello_name`", "mail.board.example"),
        ("auth = \"xoauth2\"", "4:1 missing-key: there is a sign-in, but no `username`", "username"),
        ("username = \"a\"", "4:12 missing-key: there is a `username`, but no `password`", "SMTP_PASSWORD"),
        ("username = \" \"\npassword = { env = \"P\" }", "4:12 wrong-value: `username` is blank", ""),
        ("username = \"a\\u0000\"\npassword = { env = \"P\" }", "4:12 wrong-value: `username` holds a control", ""),
        ("password = { env = \"P\" }", "4:1 missing-key: there is a sign-in, but no `username`", "username"),
        ("ca_file = \"C:\\table\"", "4:11 path-escape:", "/"),
        ("ca_file = \" \"", "4:11 blank: `ca_file` is blank", ""),
        ("profile = \"m365\"\nconnections = 4", "5:15 too-fast: Microsoft 365 takes 3 connections", "connections = 3"),
        ("profile = \"m365\"\nrate = \"1/s\"", "5:8 too-fast: Microsoft 365 takes 30 messages a minute", "28/min"),
    ] {
        let (_, findings) = read(&format!("kind = \"smtp\"\nhost = \"mx.example\"\n{line}"));
        assert_eq!(findings.len(), 1, "{line}: {findings:#?}");
        assert!(findings[0].starts_with(finding) && findings[0].contains(help), "{line}: {findings:#?}");
    }
    for (password, finding, help) in [
        ("\"hunter2\"", "5:1 literal-password: `password` is written out", "{ env = \"SMTP_PASSWORD\" }, { file"),
        ("12345", "5:1 literal-password:", "{ command"),
        ("{ }", "5:1 wrong-value: `password` does not say where it is", "exactly one"),
        ("{ env = \"A\", file = \"b\" }", "5:1 wrong-value: `password` names both `env` and `file`", "exactly one"),
        ("{ env = \"$SMTP_PASSWORD\" }", "5:20 wrong-value: `env` is not the name", "{ env = \"SMTP_PASSWORD\" }"),
        ("{ env = \"hunter 2\" }", "5:20 wrong-value: `env` is not the name", "the name of the variable"),
        ("{ env = \"\" }", "5:20 blank: `env` is blank", ""),
        ("{ env = 5 }", "5:20 wrong-type:", ""),
        ("{ fiel = \"x\", env = \"P\" }", "5:14 unknown-key: unknown key `fiel`", "`file`"),
    ] {
        let (_, findings) = read(&format!("kind = \"smtp\"\nhost = \"mx.example\"\n{account}password = {password}"));
        assert_eq!(findings.len(), 1, "{password}: {findings:#?}");
        assert!(findings[0].starts_with(finding) && findings[0].contains(help), "{password}: {findings:#?}");
        assert!(!findings[0].contains("hunter"), "a message repeats the password: {findings:#?}");
    }
}

#[test]
fn all_faults_come_in_one_pass() {
    let (_, findings) = read(
        "kind = \"smtp\"\nhost = \"a b\"\nport = 0\nsecurity = \"ssl\"\nrate = \"x\"\nconnections = 99\n\
         username = \"a\"\npassword = \"hunter2\"\nhello_name = \"x\"\ncolour = \"red\"",
    );
    let lines: Vec<&str> = findings.iter().filter_map(|finding| finding.split(':').next()).collect();
    assert_eq!(lines, ["3", "4", "5", "6", "7", "9", "10", "11"], "{findings:#?}");
}
