//! What the codes of a mail server mean, in words for a person who runs none.

use crate::model::reply::{EnhancedStatus, Reply};

/// What a reply says, and whom to turn to. Neither claims more than the code does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ReplyWords {
    /// In lower case, without a full stop.
    pub meaning: &'static str,
    /// One thing to do.
    pub remedy: &'static str,
    /// On which side the cause lies.
    pub whose: &'static str,
}

/// RFC 3463 §3, the codes registered since (RFC 4954, RFC 5248, RFC 7372, RFC 7505), and those of Exchange Online that a
/// sender of lists meets. `None` in place of the detail stands for every other detail of the subject. Class 4 and 5 share the words.
const ENHANCED: [(u16, Option<u16>, &str, Remedy); 59] = [
    (1, Some(0), "something is wrong with the address", ASK),
    (1, Some(1), "there is no such mailbox", CORRECT),
    (1, Some(2), "there is no such mail domain, or it takes no mail", CORRECT),
    (1, Some(3), "the address is not written as an address", CORRECT),
    (1, Some(4), "the address stands for more than one mailbox", CORRECT),
    (1, Some(6), "the mailbox has moved and left no new address", CORRECT),
    (1, Some(8), "the sender's address was not accepted", IT),
    // RFC 7505: the domain takes no mail. Exchange: no such recipient.
    (1, Some(10), "there is no such mailbox, or its domain takes no mail", CORRECT),
    (1, Some(5), "the address was accepted", NOTHING),
    (1, Some(7), "the sender's address is not written as an address", IT),
    (1, Some(90), "the sender has written to as many recipients today as Exchange allows", TOMORROW),
    (1, None, "the address was not accepted", CORRECT),
    (2, Some(1), "the mailbox is switched off", CORRECT),
    (2, Some(2), "the mailbox is full", ASK),
    (2, Some(3), "the message is larger than this mailbox takes", SMALLER),
    (2, Some(4), "the list behind the address could not be expanded", OWNER),
    (2, None, "the mailbox could not take the message", ASK),
    (3, Some(1), "the mail system has no room", LATER),
    (3, Some(4), "the message is larger than the mail system takes", SMALLER),
    (3, Some(2), "the mail system takes no mail at the moment, or has too many connections", LATER),
    (3, None, "the mail system could not take the message", LATER),
    // Exchange answers 5.4.1 to addresses that its directory does not know.
    (4, Some(1), "the recipient's mail system did not answer, or does not know the address", ASK),
    (4, Some(4), "no way to the recipient's mail system was found", IT),
    (4, Some(6), "the message went round in a circle between mail systems", IT),
    (4, Some(7), "the mail system gave up after trying for too long", LATER),
    (4, Some(310), "the recipient's mail domain does not exist", CORRECT),
    (4, Some(312), "the name of the recipient's mail system could not be looked up", LATER),
    (4, None, "the network between the mail systems failed", LATER),
    (5, Some(3), "the message had more recipients than the server takes", IT),
    (5, None, "the mail systems did not understand each other", IT),
    (6, Some(7), "the mail system does not take addresses with letters beyond English ones", CORRECT),
    (6, None, "the content of the message could not be handled", IT),
    (7, Some(3), "the mail server wants a sign-in before it takes mail", SIGN_IN),
    (7, Some(8), "the mail server did not accept the password or token", SIGN_IN),
    (7, Some(9), "the mail server does not accept this way of signing in", SIGN_IN),
    (7, Some(11), "the mail server wants the connection encrypted before the sign-in", SIGN_IN),
    (7, Some(12), "the mailbox takes mail from inside its own organisation only", ASK),
    (
        7,
        Some(57),
        "Exchange wants a sign-in, or the account may not send this way (\"Authenticated SMTP\" is off)",
        SIGN_IN,
    ),
    (7, Some(60), "the account that signs in may not send in the name of the sender's address", SIGN_IN),
    (7, Some(64), "Exchange does not know the sending mail server and passes nothing on for it", SIGN_IN),
    (
        7,
        Some(139),
        "Exchange refused the sign-in: passwords for sending are switched off, or a rule stands against it",
        SIGN_IN,
    ),
    (7, Some(20), "the message bears no DKIM signature that holds", IT),
    (7, Some(23), "the mail server that sent is not among those that the sender's domain names (SPF)", IT),
    (7, Some(25), "the sending mail server has no name that leads back to it (reverse DNS)", IT),
    (7, Some(27), "the sender's domain says that it takes no mail, so answers could not reach it", IT),
    (7, Some(28), "too much mail came at once, as from a flood", LATER),
    (7, Some(501), "Exchange took the message or its sender for spam", IT),
    (7, Some(502), "Exchange took the message or its sender for spam", IT),
    (7, Some(503), "Exchange took the message or its sender for spam", IT),
    (7, Some(705), "Exchange stopped the organisation's mail: too much of it looked like spam", IT),
    (7, Some(708), "Exchange takes no mail from the sending server's address", IT),
    (7, Some(1), "a rule of the mail system does not let this message through", IT),
    (7, Some(124), "the sender is not on the group's list of permitted senders", OWNER),
    (7, Some(133), "the group takes mail from inside its own organisation only", OWNER),
    (7, Some(134), "the mailbox takes mail from inside its own organisation only", ASK),
    (7, Some(26), "checks of the sender's identity failed (SPF, DKIM or DMARC)", IT),
    (7, Some(750), "the sender's domain is not registered with the mail system", IT),
    (7, None, "the mail system refused the message for a reason of security or policy", IT),
    (0, None, "the mail system gave no closer reason", IT),
];

/// x.7.606 to x.7.649 of Exchange Online.
const BANNED: std::ops::RangeInclusive<u16> = 606..=649;

/// RFC 5321 §4.2.3 and RFC 4954 §6, where a server sends no enhanced code.
const BASIC: [(u16, &str, Remedy); 15] = [
    (421, "the mail system is closing or busy", LATER),
    (450, "the mailbox was not available at that moment", LATER),
    (451, "the mail system had a fault of its own", LATER),
    (452, "the mail system has no room", LATER),
    (454, "the sign-in could not be checked at that moment", LATER),
    (501, "an address or a command was not written as the mail system wants it", CORRECT),
    (503, "the mail systems did not understand each other", IT),
    (530, "the mail server wants a sign-in before it takes mail", SIGN_IN),
    (535, "the mail server did not accept the password or token", SIGN_IN),
    (550, "the mailbox is not available, or a rule forbids the message", ASK),
    (551, "the mailbox is somewhere else", CORRECT),
    (552, "the message or the mailbox is too large", SMALLER),
    (553, "the address was not accepted", CORRECT),
    (556, "the recipient's domain takes no mail", CORRECT),
    (554, "the mail system refused the message without a closer reason", IT),
];

/// What to do, and on which side the cause lies.
type Remedy = (&'static str, &'static str);

const CORRECT: Remedy =
    ("correct the address, or take it off the list", "the list's: the address is wrong or out of date");
const ASK: Remedy = ("ask the person whether the address still works", "the recipient's side");
const OWNER: Remedy =
    ("ask the owner of the group to admit the sender", "the recipient's side: the settings of the group");
const SMALLER: Remedy = ("make the message smaller, or link to the files", "the message's: it is too large");
const LATER: Remedy = ("try again later", "nobody's: it passes by itself");
const TOMORROW: Remedy =
    ("go on tomorrow, with a daily_limit in weekcast.toml", "the sender's side: a limit of the mail system");
const IT: Remedy =
    ("show the reply to IT", "the mail systems': not the list's and not the text's, as far as the code says");
const SIGN_IN: Remedy =
    ("show the reply to IT, who look at the account and at weekcast.toml", "the sender's side: the settings");
const NOTHING: Remedy = ("nothing to do", "nobody's");

/// The words for a reply: by its enhanced code where there is one, by its three digits otherwise.
#[must_use]
pub fn reply_words(reply: &Reply) -> ReplyWords {
    if let Some(words) = reply.enhanced().and_then(|status| enhanced(reply, status)) {
        return words;
    }
    let basic = BASIC.iter().find(|(code, ..)| *code == reply.code);
    match (basic, reply.code / 100) {
        (Some((_, meaning, remedy)), _) => words(meaning, *remedy),
        (None, 2) => words("the mail server accepted the message", NOTHING),
        (None, 4) => words("the mail system could not take the message at that moment", LATER),
        (None, 5) => words("the mail system refused the message", IT),
        _ => words("the mail server answered out of turn", IT),
    }
}

fn words(meaning: &'static str, (remedy, whose): Remedy) -> ReplyWords {
    ReplyWords { meaning, remedy, whose }
}

fn enhanced(reply: &Reply, status: EnhancedStatus) -> Option<ReplyWords> {
    if status.class == 2 {
        return None;
    }
    // A deferral for policy is nearly always a rate or greylisting limit (RFC 6647), whatever its detail.
    if status.class == 4 && status.subject == 7 {
        return Some(words("the mail system asks to slow down or to come back later", LATER));
    }
    // x.0.0 says nothing; the three digits may.
    if status.subject == 0 && BASIC.iter().any(|(code, ..)| *code == reply.code) {
        return None;
    }
    if status.subject == 7 && BANNED.contains(&status.detail) {
        return Some(words("Exchange has the sending mail server on its block list", IT));
    }
    let fits = |detail: Option<u16>| detail.is_none_or(|detail| detail == status.detail);
    let found = ENHANCED.iter().find(|(subject, detail, ..)| *subject == status.subject && fits(*detail));
    // What is refused for now is tried again without anybody's doing.
    found.map(|(_, _, meaning, remedy)| words(meaning, if status.class == 4 { LATER } else { *remedy }))
}

#[cfg(test)]
mod tests {
    use super::{ENHANCED, reply_words};
    use crate::model::Reply;

    #[test]
    fn codes_become_words() {
        for (code, text, meaning) in [
            (550, "5.1.1 <a@b.example> unknown", "there is no such mailbox"),
            (552, "5.2.2 over quota", "the mailbox is full"),
            (452, "4.2.2 over quota", "the mailbox is full"),
            (550, "5.7.1 no", "a rule of the mail system does not let this message through"),
            (550, "5.7.133 no", "the group takes mail from inside its own organisation only"),
            (550, "5.7.999 no", "the mail system refused the message for a reason of security or policy"),
            (451, "4.7.500 busy", "the mail system asks to slow down or to come back later"),
            (550, "5.0.0 no", "the mailbox is not available, or a rule forbids the message"),
            (599, "5.0.0 no", "the mail system gave no closer reason"),
            (550, "4.1.1 classes differ", "the mailbox is not available, or a rule forbids the message"),
            (554, "", "the mail system refused the message without a closer reason"),
            (599, "x", "the mail system refused the message"),
            (499, "x", "the mail system could not take the message at that moment"),
            (550, "5.7.606 banned", "Exchange has the sending mail server on its block list"),
            (535, "5.7.8 no", "the mail server did not accept the password or token"),
            (250, "2.0.0 queued", "the mail server accepted the message"),
            (354, "go on", "the mail server answered out of turn"),
        ] {
            assert_eq!(reply_words(&Reply::new(code, text)).meaning, meaning, "{code} {text}");
        }
        assert_eq!(reply_words(&Reply::new(452, "4.2.2 full")).remedy, "try again later");
    }

    #[test]
    fn a_closer_detail_stands_before_the_rest_of_its_subject() {
        for (index, (subject, detail, ..)) in ENHANCED.iter().enumerate() {
            let hidden = ENHANCED[..index].iter().any(|(s, d, ..)| s == subject && (d.is_none() || d == detail));
            assert!(!hidden, "x.{subject}.{detail:?} can never be found");
        }
    }
}
