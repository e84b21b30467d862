//! The command lines of SMTP (RFC 5321 §4.1), read strictly: a rehearsal should find what a strict server would refuse.

use crate::catcher::path::split_path;

/// A command that was understood.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Command {
    /// EHLO.
    Ehlo,
    /// HELO.
    Helo,
    /// MAIL FROM.
    Mail {
        /// Without angle brackets; empty for the null reverse-path.
        reverse_path: String,
        /// Octets that SIZE announces (RFC 1870).
        size: Option<u64>,
    },
    /// RCPT TO.
    Rcpt {
        /// Without angle brackets and source route.
        forward_path: String,
    },
    /// DATA.
    Data,
    /// RSET.
    Rset,
    /// NOOP.
    Noop,
    /// QUIT.
    Quit,
}

/// Why a line is not a command that the catcher obeys.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum CommandFault {
    /// No such verb.
    #[error("500 5.5.1 command not recognised")]
    Unknown,
    /// A verb of SMTP that a catcher has no use for.
    #[error("502 5.5.1 command not implemented")]
    NotImplemented,
    /// The argument is missing, superfluous or malformed.
    #[error("501 5.5.4 syntax: {0}")]
    Syntax(&'static str),
    /// A parameter of an extension that EHLO does not list.
    #[error("555 5.5.4 parameter not recognised")]
    Parameter,
}

/// Verbs that are known and not obeyed.
const NOT_IMPLEMENTED: [&str; 7] = ["VRFY", "EXPN", "HELP", "STARTTLS", "AUTH", "BDAT", "TURN"];

impl Command {
    /// Reads one line without its CRLF.
    ///
    /// # Errors
    /// A [`CommandFault`], which displays as the reply to give.
    pub fn parse(line: &[u8]) -> Result<Self, CommandFault> {
        let line = std::str::from_utf8(line).ok().filter(|line| line.bytes().all(is_printable));
        let line = line.ok_or(CommandFault::Syntax("printable ASCII only"))?.trim_end();
        let (verb, argument) = line.split_once(' ').unwrap_or((line, ""));
        let verb = verb.to_ascii_uppercase();
        match verb.as_str() {
            "EHLO" => domain(argument).map(|()| Self::Ehlo),
            "HELO" => domain(argument).map(|()| Self::Helo),
            "MAIL" => mail(argument),
            "RCPT" => rcpt(argument),
            "DATA" => nothing(argument).map(|()| Self::Data),
            "RSET" => nothing(argument).map(|()| Self::Rset),
            "QUIT" => nothing(argument).map(|()| Self::Quit),
            "NOOP" => Ok(Self::Noop),
            other if NOT_IMPLEMENTED.contains(&other) => Err(CommandFault::NotImplemented),
            _ => Err(CommandFault::Unknown),
        }
    }
}

fn is_printable(byte: u8) -> bool {
    (b' '..=b'~').contains(&byte)
}

fn nothing(argument: &str) -> Result<(), CommandFault> {
    if argument.is_empty() { Ok(()) } else { Err(CommandFault::Syntax("no argument allowed")) }
}

fn domain(argument: &str) -> Result<(), CommandFault> {
    let one_word = !argument.is_empty() && !argument.contains(' ');
    if one_word { Ok(()) } else { Err(CommandFault::Syntax("EHLO or HELO, a space and a domain")) }
}

fn mail(argument: &str) -> Result<Command, CommandFault> {
    let fault = CommandFault::Syntax("MAIL FROM:<address>");
    let (reverse_path, parameters) = split_path(after(argument, "FROM:").ok_or(fault)?).ok_or(fault)?;
    let mut size = None;
    for parameter in parameters.split_ascii_whitespace() {
        let (keyword, value) = parameter.split_once('=').unwrap_or((parameter, ""));
        match (keyword.to_ascii_uppercase().as_str(), value.to_ascii_uppercase().as_str()) {
            ("SIZE", octets) => size = Some(octets.parse().map_err(|_| CommandFault::Syntax("SIZE=octets"))?),
            ("BODY", "7BIT" | "8BITMIME") => {}
            ("BODY", _) => return Err(CommandFault::Syntax("BODY=7BIT or BODY=8BITMIME")),
            _ => return Err(CommandFault::Parameter),
        }
    }
    Ok(Command::Mail { reverse_path, size })
}

fn rcpt(argument: &str) -> Result<Command, CommandFault> {
    let fault = CommandFault::Syntax("RCPT TO:<address>");
    let (forward_path, parameters) = split_path(after(argument, "TO:").ok_or(fault)?).ok_or(fault)?;
    if forward_path.is_empty() {
        return Err(fault);
    }
    if parameters.is_empty() { Ok(Command::Rcpt { forward_path }) } else { Err(CommandFault::Parameter) }
}

/// The rest after a keyword in any case; RFC 5321 §3.3 allows no space beside the colon.
fn after<'a>(argument: &'a str, keyword: &str) -> Option<&'a str> {
    let (head, rest) = argument.split_at_checked(keyword.len())?;
    head.eq_ignore_ascii_case(keyword).then_some(rest)
}

#[cfg(test)]
mod tests {
    use super::{Command, CommandFault};

    fn mail(reverse_path: &str, size: Option<u64>) -> Command {
        Command::Mail { reverse_path: reverse_path.into(), size }
    }

    fn rcpt(forward_path: &str) -> Command {
        Command::Rcpt { forward_path: forward_path.into() }
    }

    #[test]
    fn commands_are_read_in_any_case() {
        for (line, expected) in [
            ("EHLO client.example", Command::Ehlo),
            ("helo client.example", Command::Helo),
            ("MAIL FROM:<news@board.example>", mail("news@board.example", None)),
            ("mail from:<> size=12 body=8bitmime", mail("", Some(12))),
            ("RCPT TO:<asha@board.example>", rcpt("asha@board.example")),
            ("RCPT TO:<@relay.example,@b.example:asha@board.example>", rcpt("asha@board.example")),
            ("RCPT TO:<\"a > b\\\"\"@board.example>", rcpt("\"a > b\\\"\"@board.example")),
            ("RCPT TO:<Postmaster>", rcpt("Postmaster")),
            ("DATA", Command::Data),
            ("data  ", Command::Data),
            ("RSET", Command::Rset),
            ("NOOP anything", Command::Noop),
            ("QUIT", Command::Quit),
        ] {
            assert_eq!(Command::parse(line.as_bytes()), Ok(expected), "{line}");
        }
    }

    #[test]
    fn faults_display_as_the_reply_to_give() {
        for (line, reply) in [
            ("", "500"),
            ("HELLO x", "500"),
            ("STARTTLS", "502"),
            ("EHLO", "501"),
            ("EHLO a b", "501"),
            ("DATA now", "501"),
            ("MAIL FROM: <news@board.example>", "501"),
            ("MAIL FROM:news@board.example", "501"),
            ("MAIL FROM:<news@board.example", "501"),
            ("MAIL FROM:<news@board.example>SIZE=1", "501"),
            ("MAIL FROM:<news@board.example> SIZE=x", "501"),
            ("MAIL FROM:<news@board.example> BODY=BINARYMIME", "501"),
            ("MAIL FROM:<news@board.example> SMTPUTF8", "555"),
            ("RCPT TO:<>", "501"),
            ("RCPT TO:<asha>", "501"),
            ("RCPT TO:<as ha@board.example>", "501"),
            ("RCPT TO:<asha@board.example> NOTIFY=NEVER", "555"),
            ("RCPT TO:<asha@bo\u{0}ard.example>", "501"),
            ("RCPT TO:<äsha@board.example>", "501"),
            ("RCPT", "501"),
        ] {
            let fault = Command::parse(line.as_bytes()).expect_err(line);
            assert!(fault.to_string().starts_with(reply), "{line}: {fault}");
        }
        let long = format!("RCPT TO:<{}@board.example>", "a".repeat(300));
        assert!(matches!(Command::parse(long.as_bytes()), Err(CommandFault::Syntax(_))));
    }
}
