//! What the codes of a mail server mean, in words for a person who runs none.

use crate::model::reply::{EnhancedStatus, Reply};

/// What a reply says, and whom to turn to. Neither claims more than the code does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ReplyWords {
    /// In lower case, without a full stop.
    pub meaning: &'static str,
    /// One thing to do.
    pub remedy: &'static str,
}

/// RFC 3463 §3, the codes registered since (RFC 7372, RFC 7505), and those of Exchange Online that a sender of lists
/// meets. `None` in place of the detail stands for every other detail of the subject. Class 4 and 5 share the words.
const ENHANCED: [(u16, Option<u16>, &str, &str); 33] = [
    (1, Some(0), "something is wrong with the address", ASK),
    (1, Some(1), "there is no such mailbox", CORRECT),
    (1, Some(2), "there is no such mail domain, or it takes no mail", CORRECT),
    (1, Some(3), "the address is not written as an address", CORRECT),
    (1, Some(4), "the address stands for more than one mailbox", CORRECT),
    (1, Some(6), "the mailbox has moved and left no new address", CORRECT),
    (1, Some(8), "the sender's address was not accepted", IT),
    // RFC 7505: the domain takes no mail. Exchange: no such recipient.
    (1, Some(10), "there is no such mailbox, or its domain takes no mail", CORRECT),
    (1, None, "the address was not accepted", CORRECT),
    (2, Some(1), "the mailbox is switched off", CORRECT),
    (2, Some(2), "the mailbox is full", ASK),
    (2, Some(3), "the message is larger than this mailbox takes", SMALLER),
    (2, Some(4), "the list behind the address could not be expanded", OWNER),
    (2, None, "the mailbox could not take the message", ASK),
    (3, Some(1), "the mail system has no room", LATER),
    (3, Some(4), "the message is larger than the mail system takes", SMALLER),
    (3, None, "the mail system could not take the message", LATER),
    // Exchange answers 5.4.1 to addresses that its directory does not know.
    (4, Some(1), "the recipient's mail system did not answer, or does not know the address", ASK),
    (4, Some(4), "no way to the recipient's mail system was found", IT),
    (4, Some(6), "the message went round in a circle between mail systems", IT),
    (4, Some(7), "the mail system gave up after trying for too long", LATER),
    (4, None, "the network between the mail systems failed", LATER),
    (5, Some(3), "the message had more recipients than the server takes", IT),
    (5, None, "the mail systems did not understand each other", IT),
    (6, None, "the content of the message could not be handled", IT),
    (7, Some(1), "a rule of the mail system does not let this message through", IT),
    (7, Some(124), "the sender is not on the group's list of permitted senders", OWNER),
    (7, Some(133), "the group takes mail from inside its own organisation only", OWNER),
    (7, Some(134), "the mailbox takes mail from inside its own organisation only", ASK),
    (7, Some(26), "checks of the sender's identity failed (SPF, DKIM or DMARC)", IT),
    (7, Some(750), "the sender's domain is not registered with the mail system", IT),
    (7, None, "the mail system refused the message for a reason of security or policy", IT),
    (0, None, "the mail system gave no closer reason", IT),
];

/// RFC 5321 §4.2.3, where a server sends no enhanced code.
const BASIC: [(u16, &str, &str); 9] = [
    (421, "the mail system is closing or busy", LATER),
    (450, "the mailbox was not available at that moment", LATER),
    (451, "the mail system had a fault of its own", LATER),
    (452, "the mail system has no room", LATER),
    (550, "the mailbox is not available, or a rule forbids the message", ASK),
    (551, "the mailbox is somewhere else", CORRECT),
    (552, "the message or the mailbox is too large", SMALLER),
    (553, "the address was not accepted", CORRECT),
    (554, "the mail system refused the message without a closer reason", IT),
];

const CORRECT: &str = "correct the address, or take it off the list";
const ASK: &str = "ask the person whether the address still works";
const OWNER: &str = "ask the owner of the group to admit the sender";
const SMALLER: &str = "make the message smaller, or link to the files";
const LATER: &str = "try again later";
const IT: &str = "show the reply to IT";

/// The words for a reply: by its enhanced code where there is one, by its three digits otherwise.
#[must_use]
pub fn reply_words(reply: &Reply) -> ReplyWords {
    if let Some(words) = reply.enhanced().and_then(|status| enhanced(reply, status)) {
        return words;
    }
    let basic = BASIC.iter().find(|(code, ..)| *code == reply.code);
    match (basic, reply.code / 100) {
        (Some((_, meaning, remedy)), _) => ReplyWords { meaning, remedy },
        (None, 2) => ReplyWords { meaning: "the mail server accepted the message", remedy: "nothing to do" },
        (None, 4) => ReplyWords { meaning: "the mail system could not take the message at that moment", remedy: LATER },
        (None, 5) => ReplyWords { meaning: "the mail system refused the message", remedy: IT },
        _ => ReplyWords { meaning: "the mail server answered out of turn", remedy: IT },
    }
}

fn enhanced(reply: &Reply, status: EnhancedStatus) -> Option<ReplyWords> {
    if status.class == 2 {
        return None;
    }
    // A deferral for policy is nearly always a rate or greylisting limit (RFC 6647), whatever its detail.
    if status.class == 4 && status.subject == 7 {
        return Some(ReplyWords { meaning: "the mail system asks to slow down or to come back later", remedy: LATER });
    }
    // x.0.0 says nothing; the three digits may.
    if status.subject == 0 && BASIC.iter().any(|(code, ..)| *code == reply.code) {
        return None;
    }
    let fits = |detail: Option<u16>| detail.is_none_or(|detail| detail == status.detail);
    ENHANCED.iter().find(|(subject, detail, ..)| *subject == status.subject && fits(*detail)).map(
        |(_, _, meaning, remedy)| ReplyWords {
            meaning,
            // What is refused for now is tried again without anybody's doing.
            remedy: if status.class == 4 { LATER } else { remedy },
        },
    )
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
