//! The words by which mail systems that send no standard report are known, from the notes that they are documented to
//! send. A note without any of them is still read, as an unknown form.

use crate::bounce::kind::Kind;

/// One form of note.
pub(crate) struct Dialect {
    /// Its name.
    pub(crate) form: &'static str,
    /// Words of it, in lower case; white space counts as one space.
    words: &'static str,
    /// What it is about.
    pub(crate) kind: Kind,
}

const fn bounce(form: &'static str, words: &'static str) -> Dialect {
    Dialect { form, words, kind: Kind::Bounce }
}

const fn delay(form: &'static str, words: &'static str) -> Dialect {
    Dialect { form, words, kind: Kind::Delayed }
}

/// Delays first: their notes often hold the words of a bounce as well.
const DIALECTS: [Dialect; 35] = [
    delay("Sendmail", "had transient non-fatal errors"),
    delay("Sendmail", "this is a warning message only"),
    delay("Exim", "has not been delivered to one or more of its recipients after"),
    delay("Exim", "a message that you sent has not yet been delivered"),
    delay("Postfix", "your message could not be delivered for more than"),
    delay("Exchange", "delivery to these recipients or groups has been delayed"),
    delay("Exchange", "delivery to these recipients or distribution lists has been delayed"),
    delay("Gmail", "there was a temporary problem delivering your message"),
    delay("Gmail", "delivery incomplete"),
    delay("unknown", "you do not need to resend your message"),
    delay("unknown", "no action is required on your part"),
    bounce("qmail", "this is the qmail-send program"),
    bounce("Yahoo", "message from yahoo"),
    bounce("Yahoo", "we were unable to deliver your message to the following address"),
    bounce("Exim", "this message was created automatically by mail delivery software"),
    bounce("Exchange 5.5", "did not reach the following recipient(s)"),
    bounce("Exchange", "delivery has failed to these recipients"),
    bounce("Exchange Online", "couldn't be delivered"),
    bounce("Exchange Online", "couldn\u{2019}t be delivered"),
    bounce("Gmail", "address not found"),
    bounce("Gmail", "delivery to the following recipient failed permanently"),
    bounce("Gmail", "your message wasn't delivered to"),
    bounce("Sendmail", "had permanent fatal errors"),
    bounce("Postfix", "this is the mail system at host"),
    bounce("Domino", "was not delivered to:"),
    bounce("Courier", "courier mail server"),
    bounce("DragonFly", "this is the dragonfly mail agent"),
    bounce("MDaemon", "mdaemon"),
    bounce("Mimecast", "attempted to send to the following address could not be delivered"),
    bounce("Mimecast", "mimecast"),
    bounce("Proofpoint", "proofpoint"),
    bounce("Barracuda", "barracuda"),
    bounce("GroupWise", "the message that you sent was undeliverable to the following"),
    bounce("CommuniGate", "failed to deliver to"),
    bounce("IMail", "undeliverable to"),
];

/// Where the copy of the returned message begins in a text, in lower case.
const COPY_BEGINS: [&str; 14] = [
    "below this line is a copy of the message",
    "this is a copy of the message",
    "this is a copy of your message",
    "message header follows",
    "unsent message follows",
    "unsent message below",
    "original message follows",
    "original message headers",
    "the header of the original message",
    "message headers follow",
    "message text follows",
    "returned message follows",
    "----- original message -----",
    "--- original message ---",
];

/// Subjects of notes, in lower case; they begin so.
const SUBJECTS: [&str; 24] = [
    "undeliverable",
    "undelivered mail",
    "undelivered message",
    "delivery status notification",
    "delivery failure",
    "delivery notification",
    "delivery report",
    "delivery delayed",
    "delayed mail",
    "email delivery failure",
    "mail delivery",
    "mail failed",
    "mail failure",
    "message delivery has failed",
    "[postmaster]",
    "permanent delivery failure",
    "mail system error",
    "message could not be delivered",
    "returned mail",
    "failure notice",
    "warning: message",
    "warning: could not send",
    "warning--could not send",
    "unzustellbar",
];

/// The form of a note, by its words.
pub(crate) fn dialect(text: &str) -> Option<&'static Dialect> {
    let text = spaced(text);
    DIALECTS.iter().find(|dialect| text.contains(dialect.words))
}

/// Whether a subject is that of a note.
pub(crate) fn is_note(subject: &str) -> bool {
    let subject = spaced(subject);
    SUBJECTS.iter().any(|begin| subject.starts_with(begin))
}

/// Whether a subject is that of a delay.
pub(crate) fn is_delay(subject: &str) -> bool {
    let subject = spaced(subject);
    subject.contains("delay") || subject.starts_with("warning")
}

/// The note and the copy of the message behind it.
pub(crate) fn apart(text: &str) -> (&str, &str) {
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        let lower = spaced(line);
        if COPY_BEGINS.iter().any(|words| lower.contains(words)) {
            return text.split_at_checked(at).unwrap_or((text, ""));
        }
        at += line.len();
    }
    (text, "")
}

/// In lower case, white space as one space.
fn spaced(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase()
}
