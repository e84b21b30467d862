//! A good small week, as an officer would write it: two days, two lists, six people, one of whom is on both lists.

use crate::support::smtp_server::Authority;
use crate::support::workspace::Workspace;

/// The name of the week.
pub const NAME: &str = "march";

/// Ten minutes before the first day is due.
pub const BEFORE_MONDAY: &str = "2027-03-15T08:20:00Z";
/// When the first day is due; Britain is still on winter time.
pub const MONDAY: &str = "2027-03-15T08:30:00Z";
/// When the second day is due.
pub const TUESDAY: &str = "2027-03-16T08:30:00Z";

/// Who is on the lists, in their order, each once.
pub const PEOPLE: [&str; 6] = [
    "asha@board.example",
    "ben@board.example",
    "chloe@board.example",
    "dev@board.example",
    "ewa@board.example",
    "femi@board.example",
];

/// `broadcasts/march.toml`.
pub const WEEK: &str = r#"[week]
title = "Safeguarding Awareness Week"
timezone = "Europe/London"
schedule = "30 8 * * MON-FRI"
starts = 2027-03-15
lists = ["front-line", "schools"]
subject = "{{ week.title }}: {{ broadcast.theme }}"
intro = '''Each day this week brings one short message.'''
closing = '''Thank you for all you do.'''
lang = "en-GB"
grace = "3h"

[signature]
name = "Morgan Example"
role = "Training Officer"
organisation = "Example Safeguarding Children Board"
location = "Civic Centre, Example Town"
phones = [{ label = "External", number = "01632 960001" }]
email = "training@board.example"

[[broadcast]]
theme = "Training and guidance"
summary = "Where to find the courses of this year."
body = '''
Dear {{ recipient.first_name or "colleague" }},

The courses of this year are open. Please **book early**.
'''
links = [{ text = "Course list", url = "https://board.example/courses", note = "Updated monthly" }]

[[broadcast]]
theme = "Listening to children"
summary = "How to hear what a child does not say."
body = '''
Dear {{ recipient.first_name or "colleague" }},

Three questions open most conversations.

- What went well today?
- Who was with you?
- What would you change?
'''
"#;

/// `recipients.toml`.
pub const RECIPIENTS: &str = r#"[lists.front-line]
title = "Front-line staff"
members = [
    "Asha Example <asha@board.example>",
    { address = "ben@board.example", name = "Ben Example", role = "Nurse", first_name = "Ben" },
    "chloe@board.example",
]

[lists.schools]
title = "Schools"
members = [
    "Chloe Example <chloe@board.example>",
    "Dev Example <dev@board.example>",
    "Ewa Example <ewa@board.example>",
    "Femi Example <femi@board.example>",
]
"#;

const ORGANISATION_AND_SENDER: &str = r#"[organisation]
name = "Example Safeguarding Children Board"
website = "https://board.example"
holidays = "england-and-wales"

[sender]
from = "Example Safeguarding Children Board <news@board.example>"
reply_to = "training@board.example"
message_id_domain = "board.example"
unsubscribe = "mailto:unsubscribe@board.example"
"#;

/// `weekcast.toml` of a board whose mail goes to `outbox/`.
pub fn outbox_settings() -> String {
    format!("{ORGANISATION_AND_SENDER}\n[transport]\nkind = \"outbox\"\n")
}

/// `weekcast.toml` of a board whose server listens on this port of the loopback interface. `more` are further lines of
/// `[transport]`, such as `connections = 1`.
pub fn smtp_settings(port: u16, more: &str) -> String {
    format!(
        "{ORGANISATION_AND_SENDER}\n[transport]\nkind = \"smtp\"\nhost = \"127.0.0.1\"\nport = {port}\n\
         security = \"none\"\n{more}\n"
    )
}

impl Workspace {
    /// The small week, with mail that goes to `outbox/`, ten minutes before its first day is due.
    pub fn small_week() -> Self {
        Self::new().week(NAME, WEEK).recipients(RECIPIENTS).settings(&outbox_settings()).at(BEFORE_MONDAY)
    }

    /// The small week, with mail that goes to a server on this port.
    pub fn small_week_to(port: u16) -> Self {
        Self::small_week().settings(&smtp_settings(port, ""))
    }

    /// The small week, with mail that goes over STARTTLS and one connection to a server on this port, which an authority
    /// has certified, with the sign-in of `news` whose password is in `BOARD_PASSWORD`.
    pub fn small_week_over_tls(port: u16, authority: &Authority) -> Self {
        let sign_in = "username = \"news\"\npassword = { env = \"BOARD_PASSWORD\" }";
        let settings = smtp_settings(port, &format!("{sign_in}\nconnections = 1\nca_file = \"ca.pem\""));
        let settings = settings.replace("security = \"none\"", "security = \"starttls\"");
        Self::small_week().settings(&settings).file("ca.pem", authority.pem())
    }
}
