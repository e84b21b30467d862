//! Whose fault is it: a failed delivery to what is done about it (delivery design, "Whose fault is it").

use crate::model::Reply;
use crate::transport::{Cause, Dot, Failure, Stage};

/// What follows from a failure.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Verdict {
    /// The endpoint's: back off, the recipient goes back to pending and no attempt is charged.
    Endpoint(Reason),
    /// The settings' or the sender's: stop the run; the recipient goes back to pending.
    Stop(StopKind, Reason),
    /// The recipient's, for now.
    Deferred(Option<Reply>, Reason),
    /// The recipient's, for good; counts for the breaker.
    Refused(Reply),
    /// Nobody knows whether the server has it.
    InDoubt(Reason),
}

/// A cause in words, for people.
pub type Reason = String;

/// Why a run stops.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum StopKind {
    /// Sign-in or certificate refused: trying again by itself could lock the account.
    Unavailable,
    /// The server cannot be reached, or breaks off again and again.
    Unreachable,
    /// The settings do not fit the server.
    Settings,
    /// The message is too large for the server, or cannot be sent as it is.
    Message,
    /// The ledger or the disk failed.
    Ledger,
    /// The breaker: one refusal after another with the same code.
    Breaker,
    /// The endpoint stayed busy.
    Busy,
    /// Ctrl-C or a stop signal.
    Asked,
    /// The daily limit is reached.
    Limit,
}

/// Why a run stopped before everything was tried.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stopped {
    /// What kind of reason.
    pub kind: StopKind,
    /// In words.
    pub reason: String,
}

/// Judges a failure.
#[must_use]
pub fn judge(failure: &Failure) -> Verdict {
    let reason = words(failure);
    match &failure.cause {
        Cause::Gate => return Verdict::Stop(StopKind::Ledger, reason),
        Cause::Disk(_) => return Verdict::Stop(StopKind::Ledger, reason),
        Cause::Message(_) if failure.dot == Dot::NotSent => return Verdict::Stop(StopKind::Message, reason),
        Cause::NoStartTls | Cause::NoSignIn(_) => return Verdict::Stop(StopKind::Settings, reason),
        Cause::Injected | Cause::NoToken(_) => return Verdict::Stop(StopKind::Unavailable, reason),
        Cause::Tls(_) if failure.stage == Stage::Tls => return Verdict::Stop(StopKind::Unavailable, reason),
        Cause::Reply(reply) => return judge_reply(failure, reply, reason),
        _ => {}
    }
    match failure.dot {
        Dot::MayBeOut => Verdict::InDoubt(reason),
        // Dropped, timed out or garbled before the dot: the connection's fault, safe to try again.
        Dot::NotSent => Verdict::Endpoint(reason),
    }
}

fn judge_reply(failure: &Failure, reply: &Reply, reason: Reason) -> Verdict {
    if !reply.is_transient() && !reply.is_permanent() {
        // A 2xx or 3xx that is not the right one: to the dot it is doubt, before it nothing can have been taken.
        return match failure.dot {
            Dot::MayBeOut => Verdict::InDoubt(reason),
            Dot::NotSent => Verdict::Endpoint(reason),
        };
    }
    let subject = reply.enhanced().map(|status| (status.subject, status.detail));
    let wants_sign_in = matches!(reply.code, 530 | 534 | 535 | 538);
    let throttled = is_throttled(reply);
    match failure.stage {
        Stage::Connect | Stage::Greeting | Stage::Ehlo | Stage::Tls | Stage::Mail
            if reply.is_permanent() && failure.stage >= Stage::Tls =>
        {
            Verdict::Stop(StopKind::Settings, reason)
        }
        Stage::SignIn if reply.is_permanent() => Verdict::Stop(StopKind::Unavailable, reason),
        Stage::Connect | Stage::Greeting | Stage::Ehlo | Stage::Tls | Stage::SignIn | Stage::Mail => {
            Verdict::Endpoint(reason)
        }
        _ if is_quota(reply) => Verdict::Stop(StopKind::Limit, reason),
        _ if wants_sign_in => Verdict::Stop(StopKind::Unavailable, reason),
        // 421 at the dot or to RCPT closes the connection; the message was not taken (RFC 5321 §3.8).
        _ if reply.code == 421 || throttled => Verdict::Endpoint(reason),
        // RFC 5321 §4.5.3.1.10: 552 to RCPT means "too many", which is transient.
        Stage::Rcpt if reply.code == 552 => Verdict::Deferred(Some(reply.clone()), reason),
        _ if reply.is_transient() => Verdict::Deferred(Some(reply.clone()), reason),
        Stage::Data | Stage::Body | Stage::EndOfData if reply.code == 552 || subject == Some((3, 4)) => {
            Verdict::Stop(StopKind::Message, reason)
        }
        _ => Verdict::Refused(reply.clone()),
    }
}

/// Whether a transient reply speaks of how fast or how often we call, not of the recipient.
///
/// 4.7.1 is how most servers greylist, which is the recipient's own wait, unless it says otherwise; the other 4.7.x are
/// rates.
fn is_throttled(reply: &Reply) -> bool {
    let text = reply.text.to_lowercase();
    let speaks_of_rate =
        ["rate", "too many", "throttl", "limit exceeded", "slow down"].iter().any(|word| text.contains(word));
    match (reply.code, reply.enhanced().map(|status| (status.subject, status.detail))) {
        (432, _) => true,
        (450..=452, Some((7, 1))) => speaks_of_rate,
        (450..=452, Some((7, _))) => true,
        (450..=452, _) => speaks_of_rate && !text.contains("mailbox"),
        _ => false,
    }
}

/// Whether a refusal says that the sender has sent too much: Exchange Online's 5.2.0 SubmissionQuotaExceeded and 5.1.90,
/// Google's 5.4.5. It would be said of every recipient until tomorrow.
fn is_quota(reply: &Reply) -> bool {
    let status = reply.enhanced().map(|status| (status.subject, status.detail));
    let text = reply.text.to_lowercase();
    reply.is_permanent()
        && match status {
            Some((4, 5) | (1, 90)) => true,
            Some((2, 0)) => text.contains("quota") && text.contains("submission"),
            _ => false,
        }
}

/// The failure in words, with the stage.
#[must_use]
pub fn words(failure: &Failure) -> Reason {
    let place = match failure.stage {
        Stage::Connect => "when connecting",
        Stage::Greeting => "at the greeting",
        Stage::Ehlo => "at EHLO",
        Stage::Tls => "when securing the connection",
        Stage::SignIn => "at sign-in",
        Stage::Mail => "at MAIL",
        Stage::Rcpt => "at RCPT",
        Stage::Data => "at DATA",
        Stage::Body => "while the message was being sent",
        Stage::EndOfData => "at the end of the message",
    };
    match &failure.cause {
        Cause::Reply(reply) => format!("the server answered {reply} {place}"),
        Cause::Unreadable(what) => format!("the server's answer {place} could not be read: {what}"),
        Cause::Timeout => format!("the server did not answer in time {place}"),
        Cause::Closed(what) => format!("the connection broke {place}: {what}"),
        Cause::Unreachable(what) => format!("the server cannot be reached: {what}"),
        Cause::Tls(what) => format!("the connection could not be secured: {what}"),
        Cause::NoStartTls => "the server offers no STARTTLS, which the settings ask for".to_owned(),
        Cause::NoToken(what) => format!("there is no token to sign in with: {what}"),
        Cause::NoSignIn(what) => format!("the server offers no way to sign in that weekcast can use: {what}"),
        Cause::Injected => "the server sent clear text into the change to encryption, as an attacker would".to_owned(),
        Cause::Gate => "the ledger could not be written, so the message was held back".to_owned(),
        Cause::Message(what) => format!("the message cannot be sent: {what}"),
        Cause::Disk(what) => format!("the outbox cannot be written: {what}"),
    }
}

#[cfg(test)]
mod tests {
    use super::{StopKind, Verdict, judge};
    use crate::model::Reply;
    use crate::transport::{Cause, Dot, Failure, Stage};

    /// Short names, so that the whole table can be read at once.
    fn name(verdict: &Verdict) -> &'static str {
        match verdict {
            Verdict::Endpoint(_) => "endpoint",
            Verdict::Stop(StopKind::Unavailable, _) => "stop: unavailable",
            Verdict::Stop(StopKind::Settings, _) => "stop: settings",
            Verdict::Stop(StopKind::Message, _) => "stop: message",
            Verdict::Stop(StopKind::Ledger, _) => "stop: ledger",
            Verdict::Stop(..) => "stop: other",
            Verdict::Deferred(..) => "deferred",
            Verdict::Refused(_) => "refused",
            Verdict::InDoubt(_) => "in doubt",
        }
    }

    #[test]
    fn every_reply_at_every_stage_has_one_verdict() {
        use Stage::{Data, Ehlo, EndOfData, Greeting, Mail, Rcpt, SignIn};
        for (stage, code, text, expected) in [
            (Greeting, 421, "busy", "endpoint"),
            (Greeting, 554, "no", "endpoint"),
            (Ehlo, 550, "no", "endpoint"),
            (SignIn, 454, "4.7.0 later", "endpoint"),
            (SignIn, 535, "5.7.8 wrong", "stop: unavailable"),
            (Mail, 451, "4.3.0 later", "endpoint"),
            (EndOfData, 554, "5.2.0 STOREDRV.Submission.Exception:SubmissionQuotaExceededException", "stop: other"),
            (Rcpt, 550, "5.4.5 Daily user sending limit exceeded", "stop: other"),
            (
                EndOfData,
                550,
                "5.1.90 Your message can't be sent because you've reached your daily limit",
                "stop: other",
            ),
            (Rcpt, 552, "5.2.2 mailbox quota exceeded", "deferred"),
            (Rcpt, 550, "5.2.0 mailbox cannot take it", "refused"),
            (Mail, 550, "5.7.60 not allowed to send as", "stop: settings"),
            (Mail, 530, "5.7.0 sign in first", "stop: settings"),
            (Rcpt, 421, "busy", "endpoint"),
            (Rcpt, 450, "4.2.0 greylisted", "deferred"),
            (Rcpt, 451, "4.7.1 greylisted", "deferred"),
            (Rcpt, 451, "4.7.1 rate limit exceeded", "endpoint"),
            (Rcpt, 451, "4.7.0 too many messages", "endpoint"),
            (EndOfData, 451, "4.7.1 greylisted", "deferred"),
            (EndOfData, 451, "4.7.28 too many messages", "endpoint"),
            (EndOfData, 452, "4.2.2 mailbox size limit exceeded", "deferred"),
            (Rcpt, 451, "try again", "deferred"),
            (Rcpt, 432, "4.3.2 too many", "endpoint"),
            (Rcpt, 552, "full", "deferred"),
            (Rcpt, 550, "5.1.1 unknown", "refused"),
            (Rcpt, 530, "5.7.0 sign in", "stop: unavailable"),
            (Data, 451, "later", "deferred"),
            (Data, 554, "5.7.1 no", "refused"),
            (EndOfData, 421, "closing", "endpoint"),
            (EndOfData, 451, "4.3.0 later", "deferred"),
            (EndOfData, 550, "5.7.1 spam", "refused"),
            (EndOfData, 552, "5.3.4 too large", "stop: message"),
            (EndOfData, 354, "go on", "in doubt"),
        ] {
            let dot = if stage == EndOfData { Dot::MayBeOut } else { Dot::NotSent };
            let failure = Failure { stage, cause: Cause::Reply(Reply::new(code, text)), dot };
            assert_eq!(name(&judge(&failure)), expected, "{stage:?} {code} {text}");
        }
    }

    #[test]
    fn without_a_reply_only_the_dot_decides() {
        for cause in [Cause::Timeout, Cause::Closed("reset".into()), Cause::Unreadable("x".into())] {
            for (dot, expected) in [(Dot::NotSent, "endpoint"), (Dot::MayBeOut, "in doubt")] {
                let failure = Failure { stage: Stage::EndOfData, cause: cause.clone(), dot };
                assert_eq!(name(&judge(&failure)), expected, "{cause:?} {dot:?}");
            }
        }
        let gate = Failure { stage: Stage::Data, cause: Cause::Gate, dot: Dot::NotSent };
        assert_eq!(name(&judge(&gate)), "stop: ledger");
    }
}
