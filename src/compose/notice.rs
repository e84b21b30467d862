//! A notice: a short plain message of the program itself to whoever looks after the week. Unlike a broadcast, no person sends
//! it, and it says so (RFC 3834 §5), so that nobody's out-of-office answers it.

use std::sync::Arc;

use crate::compose::error::ComposeError;
use crate::compose::header::{Header, opening, push_own};
use crate::compose::quoted_printable::push_text;
use crate::compose::scan;
use crate::compose::stamp::Stamp;
use crate::model::{Address, Envelope, Fields, Kind, Message, Recipient, Sender};

/// What a notice says to whom.
pub struct Notice<'a> {
    /// From whom.
    pub sender: &'a Sender,
    /// To whom: the name, if known, and the address.
    pub to: (Option<&'a str>, &'a Address),
    /// The subject.
    pub subject: &'a str,
    /// The text, in lines that end with LF.
    pub text: &'a str,
    /// Message-ID and Date.
    pub stamp: Stamp<'a>,
}

impl Notice<'_> {
    /// The message, ready for the wire.
    ///
    /// # Errors
    /// [`ComposeError`]: a hostile value, or a flaw that the final scan found.
    pub fn message(&self) -> Result<Message, ComposeError> {
        let (name, address) = self.to;
        let recipient = Recipient {
            address: address.clone(),
            lists: Arc::from([]),
            fields: Fields::default().with_name(name),
            kind: Kind::Individual,
            place: self.sender.place.clone(),
        };
        let mut head = opening(&Header { sender: self.sender, week_title: "", week_name: "" })?;
        push_own(&mut head, &recipient, self.subject, &self.stamp)?;
        head.push_str("MIME-Version: 1.0\r\nX-Auto-Response-Suppress: All\r\n");
        let end = "Content-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n";
        // The scan is that of broadcasts, in which the field below would be a lie.
        scan::header(format!("{head}{end}").as_bytes())?;
        scan::recipient(head.as_bytes(), address.as_str())?;
        head.push_str("Auto-Submitted: auto-generated\r\n");
        head.push_str(end);
        let mut bytes = head.into_bytes();
        let start = bytes.len();
        push_text(&mut bytes, self.text);
        if !bytes.ends_with(b"\r\n") {
            bytes.extend_from_slice(b"\r\n");
        }
        scan::octets(&bytes[start..])?;
        let envelope =
            Envelope { reverse_path: self.sender.address.clone(), forward_path: address.clone(), envelope_id: None };
        Ok(Message { envelope, bytes })
    }
}

#[cfg(test)]
mod tests {
    use chrono::{DateTime, Utc};

    use super::Notice;
    use crate::compose::stamp::Stamp;
    use crate::model::{Address, Place, Sender};

    fn message(subject: &str, text: &str) -> Result<String, crate::compose::ComposeError> {
        let address = |text: &str| Address::parse(text).unwrap();
        let sender = Sender {
            name: Some("Example Board".into()),
            address: address("news@board.example"),
            reply_to: None,
            message_id_domain: "board.example".into(),
            unsubscribe: None,
            place: Place::file("weekcast.toml"),
        };
        let date = "2027-06-07T07:31:00Z".parse::<DateTime<Utc>>().unwrap();
        let stamp = Stamp { message_id: "x.1@board.example", date, zone: chrono_tz::Europe::London, in_reply_to: None };
        let officer = address("officer@board.example");
        let notice = Notice { sender: &sender, to: (Some("Morgan Example"), &officer), subject, text, stamp };
        notice.message().map(|message| String::from_utf8(message.bytes).unwrap())
    }

    #[test]
    fn it_is_a_plain_message_that_says_that_no_person_sent_it() {
        let expected = "From: Example Board <news@board.example>\r\nTo: Morgan Example <officer@board.example>\r\n\
                        Subject: weekcast: monday is done\r\nDate: Mon, 07 Jun 2027 08:31:00 +0100\r\n\
                        Message-ID: <x.1@board.example>\r\nMIME-Version: 1.0\r\nX-Auto-Response-Suppress: All\r\n\
                        Auto-Submitted: auto-generated\r\nContent-Type: text/plain; charset=utf-8\r\n\
                        Content-Transfer-Encoding: quoted-printable\r\n\r\nIt is done.\r\n=2E\r\nCaf=C3=A9\r\n";
        assert_eq!(message("weekcast: monday is done", "It is done.\n.\nCaf\u{e9}").unwrap(), expected);
        assert!(message("a\r\nBcc: b@c.example", "x").is_err());
        assert!(message(" ", "x").is_err());
    }
}
