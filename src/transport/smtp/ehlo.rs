//! What the server offers in its reply to EHLO (RFC 5321 §4.1.1.1); keywords in any case.

use crate::transport::smtp::answer::Answer;

/// The extensions that a delivery makes use of.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Offer {
    /// STARTTLS (RFC 3207).
    pub(crate) starttls: bool,
    /// PIPELINING (RFC 2920).
    pub(crate) pipelining: bool,
    /// DSN (RFC 3461).
    pub(crate) dsn: bool,
    /// The largest message in octets, if the server says (RFC 1870).
    pub(crate) size: Option<u64>,
    /// The mechanisms of AUTH (RFC 4954), upper case.
    pub(crate) mechanisms: Vec<String>,
}

impl Offer {
    /// Reads the reply; its first line is the server's name.
    pub(crate) fn read(answer: &Answer) -> Self {
        let mut offer = Self::default();
        for line in answer.lines.iter().skip(1) {
            // "AUTH=LOGIN" is a spelling of old servers.
            let line = line.to_ascii_uppercase().replace("AUTH=", "AUTH ");
            let mut words = line.split_whitespace();
            match words.next() {
                Some("STARTTLS") => offer.starttls = true,
                Some("PIPELINING") => offer.pipelining = true,
                Some("DSN") => offer.dsn = true,
                // 0 means that no limit is known (RFC 1870 §4).
                Some("SIZE") => {
                    offer.size = words.next().and_then(|number| number.parse().ok()).filter(|size| *size > 0);
                }
                Some("AUTH") => {
                    for mechanism in words {
                        if !offer.mechanisms.iter().any(|known| known == mechanism) {
                            offer.mechanisms.push(mechanism.to_owned());
                        }
                    }
                }
                _ => {}
            }
        }
        offer
    }

    /// Whether a mechanism of AUTH is offered.
    pub(crate) fn mechanism(&self, name: &str) -> bool {
        self.mechanisms.iter().any(|mechanism| mechanism == name)
    }
}

#[cfg(test)]
mod tests {
    use super::Offer;
    use crate::transport::smtp::answer::Answer;

    #[test]
    fn keywords_are_read_in_any_case_and_the_name_is_not_one() {
        let lines = [
            "STARTTLS greets you",
            "pipelining",
            "Dsn",
            "SIZE 1000",
            "Auth plain LOGIN",
            "AUTH=LOGIN XOAUTH2",
            "8BITMIME",
        ];
        let offer = Offer::read(&Answer { code: 250, lines: lines.map(str::to_owned).to_vec() });
        let mechanisms = ["PLAIN", "LOGIN", "XOAUTH2"].map(str::to_owned).to_vec();
        assert_eq!(offer, Offer { starttls: false, pipelining: true, dsn: true, size: Some(1000), mechanisms });
        let lines = ["x", "STARTTLS", "SIZE 0", "SIZE", ""];
        let offer = Offer::read(&Answer { code: 250, lines: lines.map(str::to_owned).to_vec() });
        assert_eq!(offer, Offer { starttls: true, ..Offer::default() });
    }
}
