//! Replies of an SMTP server: the three-digit code (RFC 5321 §4.2) and the enhanced status (RFC 3463).

use std::fmt;

/// How the record knows, in every ledger so far, that a message went into the folder that takes the place of a server.
const INTO_FOLDER: &str = "written to ";

/// One reply, its lines joined by a space, control characters escaped.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reply {
    /// 200 to 599.
    pub code: u16,
    /// The text after the code.
    pub text: String,
}

/// class.subject.detail of RFC 3463, such as 5.1.1.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct EnhancedStatus {
    /// 2, 4 or 5.
    pub class: u8,
    /// 0 other, 1 address, 2 mailbox, 3 mail system, 4 network, 5 protocol, 6 content, 7 security.
    pub subject: u16,
    /// Depends on the subject.
    pub detail: u16,
}

impl Reply {
    /// A reply; control characters of the text are replaced, because it is shown on terminals.
    #[must_use]
    pub fn new(code: u16, text: &str) -> Self {
        let text: String = text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
        Self { code, text: text.trim().to_owned() }
    }

    /// What stands for a server's answer where a message was written to a folder and sent to nobody.
    #[must_use]
    pub fn of_folder(file: &str) -> Self {
        Self::new(250, &format!("{INTO_FOLDER}{file}"))
    }

    /// Whether the message was written to a folder and sent to nobody.
    #[must_use]
    pub fn is_of_folder(&self) -> bool {
        self.code == 250 && self.text.starts_with(INTO_FOLDER) && self.text.ends_with(".eml")
    }

    /// 2yz.
    #[must_use]
    pub fn is_positive(&self) -> bool {
        (200..300).contains(&self.code)
    }

    /// 4yz: try again later.
    #[must_use]
    pub fn is_transient(&self) -> bool {
        (400..500).contains(&self.code)
    }

    /// 5yz: do not try again.
    #[must_use]
    pub fn is_permanent(&self) -> bool {
        (500..600).contains(&self.code)
    }

    /// The enhanced status at the beginning of the text (RFC 2034), if its class agrees with the code.
    #[must_use]
    pub fn enhanced(&self) -> Option<EnhancedStatus> {
        let word = self.text.split_whitespace().next()?;
        let mut parts = word.split('.');
        let mut number = || parts.next()?.parse::<u16>().ok().filter(|n| *n < 1000);
        let (class, subject, detail) = (number()?, number()?, number()?);
        let class = u8::try_from(class).ok().filter(|class| u16::from(*class) == self.code / 100)?;
        parts.next().is_none().then_some(EnhancedStatus { class, subject, detail })
    }
}

impl fmt::Display for Reply {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.code, self.text)
    }
}

impl fmt::Display for EnhancedStatus {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}.{}.{}", self.class, self.subject, self.detail)
    }
}

#[cfg(test)]
mod tests {
    use super::Reply;

    #[test]
    fn the_enhanced_status_is_read_where_it_agrees_with_the_code() {
        let status = |code, text| Reply::new(code, text).enhanced().map(|status| status.to_string());
        assert_eq!(status(550, "5.1.1 no such user"), Some("5.1.1".into()));
        assert_eq!(status(550, "4.1.1 no such user"), None);
        assert_eq!(status(550, "no such user"), None);
        assert_eq!(status(550, "5.1 x"), None);
        assert_eq!(Reply::new(250, "ok\u{1b}[2J").text, "ok [2J");
    }
}
