//! The header (RFC 5322 §3.6): what all copies of a broadcast share, and what is one recipient's.

use std::sync::LazyLock;

use chrono::format::{Item, StrftimeItems};

use crate::compose::encoded_word::push_text;
use crate::compose::error::ComposeError;
use crate::compose::mailbox::{push_mailbox, push_phrase, refuse_hidden};
use crate::compose::message_id::check_identifier;
use crate::compose::stamp::Stamp;
use crate::model::{Recipient, Sender, Unsubscribe};

/// Weekday and month are English whatever the week's language (RFC 5322 §3.3); %z is the zone of that very day. Read once:
/// reading it took as long as writing the date.
static DATE: LazyLock<Vec<Item<'static>>> = LazyLock::new(|| StrftimeItems::new("%a, %d %b %Y %H:%M:%S %z").collect());

/// What the header of every copy of a week's broadcasts says.
#[derive(Debug, Clone, Copy)]
pub struct Header<'a> {
    /// Who sends, where answers go, how to stop.
    pub sender: &'a Sender,
    /// Title of the week, for people: the words of List-Id.
    pub week_title: &'a str,
    /// Name of the week, for programs: the left side of List-Id.
    pub week_name: &'a str,
}

/// The lines before the recipient's own: From and Reply-To.
///
/// # Errors
/// [`ComposeError::Control`] in a name.
pub(in crate::compose) fn opening(header: &Header<'_>) -> Result<String, ComposeError> {
    let mut out = String::from("From: ");
    push_mailbox(&mut out, header.sender.name.as_deref(), &header.sender.address, "sender's name")?;
    if let Some((name, address)) = &header.sender.reply_to {
        out.push_str("\r\nReply-To: ");
        push_mailbox(&mut out, name.as_deref(), address, "name in reply_to")?;
    }
    out.push_str("\r\n");
    Ok(out)
}

/// The recipient's own lines: To, Subject, Date, Message-ID, and the thread of a correction.
///
/// # Errors
/// [`ComposeError::Control`], [`ComposeError::Empty`] or [`ComposeError::Identifier`].
pub(in crate::compose) fn push_own(
    out: &mut String,
    recipient: &Recipient,
    subject: &str,
    stamp: &Stamp<'_>,
) -> Result<(), ComposeError> {
    out.push_str("To: ");
    push_mailbox(out, recipient.name(), &recipient.address, "recipient's name")?;
    out.push_str("\r\nSubject: ");
    let subject = subject.trim();
    refuse_hidden(subject, "subject")?;
    if subject.is_empty() {
        return Err(ComposeError::Empty("subject"));
    }
    push_text(out, subject);
    let date = stamp.date.with_timezone(&stamp.zone).format_with_items(DATE.iter());
    check_identifier(stamp.message_id, "Message-ID")?;
    out.push_str(&format!("\r\nDate: {date}\r\nMessage-ID: <{}>\r\n", stamp.message_id));
    if let Some(original) = stamp.in_reply_to {
        check_identifier(original, "In-Reply-To")?;
        out.push_str(&format!("In-Reply-To: <{original}>\r\nReferences: <{original}>\r\n"));
    }
    Ok(())
}

/// The lines after the recipient's own, up to Content-Type: those of a mailing that wants no automatic answers.
///
/// No Auto-Submitted: a person sends this (RFC 3834 §5). X-Auto-Response-Suppress keeps out-of-office notes of Exchange
/// away and lets non-delivery reports through.
///
/// # Errors
/// [`ComposeError::Control`], [`ComposeError::Domain`] or [`ComposeError::Unsubscribe`].
pub(in crate::compose) fn closing(header: &Header<'_>) -> Result<String, ComposeError> {
    let mut out = String::from("MIME-Version: 1.0\r\nList-Id: ");
    let title = header.week_title.trim();
    refuse_hidden(title, "title of the week")?;
    if !title.is_empty() {
        push_phrase(&mut out, title);
        out.push_str("\r\n ");
    }
    let domain = &header.sender.message_id_domain;
    let plain = |c: char| c.is_ascii_alphanumeric() || c == '-';
    if domain.len() > 253 || domain.split('.').any(|label| label.is_empty() || !label.chars().all(plain)) {
        return Err(ComposeError::Domain(domain.clone()));
    }
    out.push_str(&format!("<{}.{domain}>\r\n", list_label(header.week_name)));
    if let Some(unsubscribe) = &header.sender.unsubscribe {
        push_unsubscribe(&mut out, unsubscribe)?;
    }
    out.push_str("Precedence: bulk\r\nX-Auto-Response-Suppress: OOF, AutoReply\r\n");
    Ok(out)
}

/// The week's name as a label of RFC 2919 §2: lower case, everything else a hyphen, at most 63 characters.
fn list_label(name: &str) -> String {
    let plain = |c: char| if c.is_ascii_alphanumeric() { c.to_ascii_lowercase() } else { '-' };
    let label: String = name.chars().map(plain).take(63).collect();
    let label = label.trim_matches('-');
    if label.is_empty() { "week".to_owned() } else { label.to_owned() }
}

/// RFC 2369 §3.2, and RFC 8058 where an https address takes a POST.
fn push_unsubscribe(out: &mut String, unsubscribe: &Unsubscribe) -> Result<(), ComposeError> {
    let mut separator = "List-Unsubscribe: ";
    for (scheme, address) in [("mailto:", &unsubscribe.mailto), ("https://", &unsubscribe.https)] {
        let Some(address) = address else { continue };
        // Angle brackets, commas and white space end the address; they belong percent-encoded into it.
        let plain = |c: char| c.is_ascii_graphic() && !"<>\"\\,".contains(c);
        let rest = address.get(scheme.len()..).unwrap_or_default();
        let right_scheme = address.get(..scheme.len()).is_some_and(|begin| begin.eq_ignore_ascii_case(scheme));
        if !right_scheme || rest.is_empty() || !address.chars().all(plain) {
            return Err(ComposeError::Unsubscribe(address.clone()));
        }
        out.push_str(&format!("{separator}<{address}>"));
        separator = ",\r\n ";
    }
    if separator == ",\r\n " {
        out.push_str("\r\n");
    }
    if unsubscribe.https.is_some() {
        out.push_str("List-Unsubscribe-Post: List-Unsubscribe=One-Click\r\n");
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::{list_label, push_unsubscribe};
    use crate::model::Unsubscribe;

    #[test]
    fn a_list_label_is_one_dns_label() {
        for (name, expected) in [
            ("cse-awareness-week", "cse-awareness-week"),
            ("CSE week, 2027", "cse-week--2027"),
            ("\u{e9}\r\n", "week"),
            ("", "week"),
        ] {
            assert_eq!(list_label(name), expected);
        }
        assert_eq!(list_label(&"x".repeat(99)).len(), 63);
    }

    #[test]
    fn one_click_only_with_https() {
        let lines = |mailto: Option<&str>, https: Option<&str>| {
            let mut out = String::new();
            let unsubscribe = Unsubscribe { mailto: mailto.map(Into::into), https: https.map(Into::into) };
            push_unsubscribe(&mut out, &unsubscribe).map(|()| out)
        };
        let mailto = "mailto:stop@board.example?subject=stop";
        let https = "https://board.example/stop";
        assert_eq!(lines(None, None).as_deref(), Ok(""));
        assert_eq!(lines(Some(mailto), None), Ok(format!("List-Unsubscribe: <{mailto}>\r\n")));
        assert_eq!(
            lines(Some(mailto), Some(https)),
            Ok(format!(
                "List-Unsubscribe: <{mailto}>,\r\n <{https}>\r\nList-Unsubscribe-Post: List-Unsubscribe=One-Click\r\n"
            ))
        );
        for bad in ["mailto:", "https://b.example", "mailto:a>\r\nBcc: b", "mailto:a b", "mailto:\u{e9}", "\u{e9}"] {
            assert!(lines(Some(bad), None).is_err(), "{bad:?}");
        }
        assert!(lines(None, Some("http://b.example")).is_err());
    }
}
