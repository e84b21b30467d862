//! Laws of the finished message: whatever a recipient's value is, it is text in both parts and nothing else changes; and
//! the same input makes the same bytes, in whatever process.

use std::collections::BTreeMap;
use std::sync::Arc;

use chrono::{TimeZone as _, Utc};
use mail_parser::{Message, MessageParser, MimeHeaders as _};
use proptest::prelude::{Just, ProptestConfig, Strategy, prop_oneof, proptest};
use weekcast::app::{DayCopies, Purpose, prepare};
use weekcast::clock::SystemClock;
use weekcast::model::{Mailing, Recipient};

use crate::support::simulation::app_at;
use crate::support::small_week;
use crate::support::workspace::Workspace;

/// A value at each place where one may stand: `x` as words, `y` within an address, `s` in the subject line.
const WEEK: &str = r##"[week]
title = "A week"
timezone = "Europe/London"
schedule = "30 8 * * MON-FRI"
starts = 2027-03-15
lists = ["front-line"]
subject = "{{ broadcast.theme }} for {{ recipient.s }}."

[[broadcast]]
theme = "Words"
summary = "Whatever they are."
body = '''
# Dear {{ recipient.x }}

Hello **{{ recipient.x }}**, and `{{ recipient.x }}`.

- one {{ recipient.x }} two

| who | what |
|---|---|
| {{ recipient.x }} | is here |

> [!NOTE]
> So, {{ recipient.x }}.

{% if recipient.x %}Yes, {{ recipient.x }}; [go](https://board.example/?q={{ recipient.y }}&z=1).{% endif %}
'''
"##;

const MARK: &str = "QQQ";
const ADDRESS_MARK: &str = "WWW";
const SUBJECT_MARK: &str = "SSS";

/// The compiled week and one person of it.
struct Bench {
    copies: DayCopies,
    person: Recipient,
    plain: Vec<u8>,
}

impl Bench {
    fn new() -> Self {
        let workspace = Workspace::new()
            .week("law", WEEK)
            .recipients(small_week::RECIPIENTS)
            .settings(&small_week::outbox_settings());
        let app = app_at(&workspace, Arc::new(SystemClock::new()), "law");
        let prepared = prepare(&app, "law", Purpose::Send);
        let week = prepared.week.expect("the week can be read");
        // Nobody on the list has the fields; the week is sound all the same.
        let copies =
            DayCopies::new(&week, &week.days[0], Mailing::Edition(1), &[7; 32]).expect("the day can be composed");
        let person = week.days[0].expansion.recipients.first().unwrap();
        let mut bench = Self { copies, person, plain: Vec::new() };
        bench.plain = bench.message(MARK, ADDRESS_MARK, SUBJECT_MARK).expect("it can be sent");
        bench
    }

    fn message(&self, x: &str, y: &str, s: &str) -> anyhow::Result<Vec<u8>> {
        let fields = [("x", x), ("y", y), ("s", s)].map(|(name, value)| (name.to_owned(), value.to_owned()));
        let fields = BTreeMap::from(fields);
        let person = Recipient { fields: fields.into(), ..Recipient::clone(&self.person) };
        let date = Utc.with_ymd_and_hms(2027, 3, 15, 8, 30, 0).single().expect("it exists");
        Ok(self.copies.message(&person, "one@board.example", date)?.bytes)
    }
}

/// The value as people see it: control characters and line ends are spaces, and our own characters are not let in.
fn shown(value: &str) -> String {
    let value: String = value.chars().map(|c| if c as u32 >= 0xF_0000 { '\u{FFFD}' } else { c }).collect();
    let breaks = |c: char| c.is_control() || matches!(c, '\u{2028}' | '\u{2029}');
    if !value.contains(breaks) {
        return value;
    }
    value.replace(breaks, " ").split(' ').filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ")
}

fn as_html(value: &str) -> String {
    value.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;").replace('\'', "&#39;")
}

fn as_address_part(value: &str) -> String {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-._~".contains(&byte);
    value.bytes().map(|b| if plain(b) { char::from(b).to_string() } else { format!("%{b:02X}") }).collect()
}

/// The words, without the bars that a folded line of a note begins with.
fn words(text: &str) -> String {
    text.split_whitespace().filter(|word| *word != "|").collect::<Vec<_>>().join(" ")
}

fn text_of(message: &Message<'_>) -> String {
    message.body_text(0).expect("there is a text part").replace("\r\n", "\n")
}

fn html_of(message: &Message<'_>) -> String {
    message.body_html(0).expect("there is an HTML part").replace("\r\n", "\n")
}

/// The subject, and the bytes outside of the two text parts: what no value may change.
fn split(bytes: &[u8]) -> (String, Vec<u8>) {
    let message = MessageParser::default().parse(bytes).expect("it can be parsed");
    let mut rest = bytes.to_vec();
    let mut bodies: Vec<(usize, usize)> = message
        .parts
        .iter()
        .filter(|part| part.content_type().is_some_and(|kind| kind.ctype() == "text"))
        .map(|part| (part.offset_body as usize, part.offset_end as usize))
        .collect();
    assert_eq!(bodies.len(), 2);
    bodies.sort_unstable_by(|a, b| b.cmp(a));
    for (start, end) in bodies {
        rest.drain(start..end);
    }
    // The subject and its continuations.
    let text = String::from_utf8(rest).expect("what is left is ASCII");
    let mut lines: Vec<&str> = Vec::new();
    let mut in_subject = false;
    for line in text.split_inclusive('\n') {
        in_subject = line.starts_with("Subject:") || in_subject && line.starts_with([' ', '\t']);
        if !in_subject {
            lines.push(line);
        }
    }
    (message.subject().unwrap_or_default().to_owned(), lines.concat().into_bytes())
}

/// Equal; of two long texts only the place where they part is shown.
#[track_caller]
fn assert_same(found: &str, expected: &str) {
    let at = found.chars().zip(expected.chars()).take_while(|(one, other)| one == other).count();
    let near = |text: &str| text.chars().skip(at.saturating_sub(60)).take(160).collect::<String>();
    assert!(found == expected, "found    {:?}\nexpected {:?}", near(found), near(expected));
}

fn holds(bench: &Bench, value: &str) {
    let bytes = bench.message(value, value, SUBJECT_MARK).expect("any value can stand in the text");
    for line in bytes.split_inclusive(|byte| *byte == b'\n') {
        assert!(line.ends_with(b"\r\n") && line.len() <= 1000, "a line of {} octets", line.len());
        assert!(!line[..line.len() - 2].contains(&b'\r') && line.is_ascii());
    }
    let (plain, message) = (MessageParser::default().parse(&bench.plain), MessageParser::default().parse(&bytes));
    let (plain, message) = (plain.expect("it can be parsed"), message.expect("it can be parsed"));
    let (shown, address) = (shown(value), as_address_part(&shown(value)));
    let html = html_of(&plain).replace(MARK, &as_html(&shown)).replace(ADDRESS_MARK, &address);
    assert_same(&html_of(&message), &html);
    // Lines are folded anew around a value, so only the words of the text can be compared.
    let text = text_of(&plain).replace(MARK, &shown).replace(ADDRESS_MARK, &address);
    assert_same(&words(&text_of(&message)), &words(&text));
    let ((plain_subject, plain_rest), (subject, rest)) = (split(&bench.plain), split(&bytes));
    assert_eq!((subject, String::from_utf8(rest)), (plain_subject.clone(), String::from_utf8(plain_rest.clone())));
    // A subject line with characters that nobody sees is refused, and any other one is only a subject line.
    match bench.message(MARK, ADDRESS_MARK, value) {
        Ok(bytes) => {
            let (subject, rest) = split(&bytes);
            assert_eq!(words(&subject), words(&plain_subject.replace(SUBJECT_MARK, &shown)));
            assert_eq!(String::from_utf8(rest), String::from_utf8(plain_rest));
        }
        Err(error) => {
            let visible = |c: char| c.is_ascii_graphic() || c == ' ';
            assert!(error.to_string().contains("subject") && !shown.chars().all(visible), "{error}: {value:?}");
        }
    }
}

fn value() -> impl Strategy<Value = String> {
    let pieces = prop_oneof![
        20 => "[a-zA-Z0-9 ]{1,8}",
        20 => "[<>&\"'/{}%#*_\\[\\]()!|~`.:;=?-]{1,6}",
        20 => "\\PC{1,4}",
        20 => "\\p{Cc}{1,2}",
        1 => Just("x".repeat(10_000)),
        60 => proptest::sample::select(vec![
            "{{ week.title }}",
            "{% if x %}",
            "{% raw %}",
            "{# #}",
            "</p><script>",
            "--></style>",
            "]]>",
            "&amp;",
            "&#0;",
            "![a](b.png)",
            "https://y.example/",
            "\r\n.\r\n",
            "\r\n\r\n--",
            "\nBcc: a@b.example\n",
            "=?UTF-8?B?QQ==?=",
            "=20=\r\n",
            "\u{202e}abc\u{2066}",
            "\u{200b}\u{feff}",
            "👩‍👩‍👧‍👦🏴",
            "e\u{301}",
            "\u{100000}",
            "\u{10F001}",
            "\u{10F002}",
            "\u{10F010}",
            "\u{F0000}",
            "\u{E000}",
            "\u{a0}",
            "\u{85}\u{2028}\u{2029}",
            "\0",
        ])
        .prop_map(str::to_owned),
    ];
    proptest::collection::vec(pieces, 1..10).prop_map(|pieces| pieces.concat())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 128, failure_persistence: None, ..ProptestConfig::default() })]
    #[test]
    fn a_value_is_text_in_the_finished_message_and_nothing_else_changes(value in value()) {
        thread_local! {
            static BENCH: Bench = Bench::new();
        }
        BENCH.with(|bench| holds(bench, &value));
    }
}

/// What was caught, without the Message-ID: each rehearsal has a secret of its own.
fn rehearsed(workspace: &Workspace) -> Vec<Vec<u8>> {
    workspace.run(["rehearse"]).succeeds();
    let names = workspace.names("rehearsal/caught").into_iter();
    let mut messages: Vec<Vec<u8>> = names
        .map(|name| {
            let bytes = std::fs::read(workspace.path().join("rehearsal/caught").join(name)).expect("it was caught");
            let lines = bytes.split_inclusive(|byte| *byte == b'\n');
            lines.filter(|line| !line.starts_with(b"Message-ID:")).collect::<Vec<_>>().concat()
        })
        .collect();
    messages.sort();
    messages
}

#[test]
fn the_same_week_makes_the_same_bytes_in_two_processes() {
    let workspace = Workspace::small_week();
    let first = rehearsed(&workspace);
    assert_eq!(first.len(), 12);
    assert!(first == rehearsed(&workspace));
}
