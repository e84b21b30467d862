//! The files that smtp-sink keeps, read back (smtp-sink(1), "DUMP FILE FORMAT").

/// A message that smtp-sink took.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Kept {
    /// The addresses of the RCPT commands, in their order.
    pub recipients: Vec<String>,
    /// The address of the MAIL command; empty for `<>`.
    pub sender: String,
    /// The message, dots unstuffed. smtp-sink writes LF for every line end; CRLF is put back, so that a message with
    /// bare LF, which this cannot tell, is the scripted server's to find.
    pub message: Vec<u8>,
}

/// Reads a dump: smtp-sink's own headers, of which the last is a `Received` of three lines, the message, an empty line.
#[track_caller]
pub fn parse(dump: &[u8]) -> Kept {
    let (mut recipients, mut sender) = (Vec::new(), None);
    let mut lines = dump.split_inclusive(|octet| *octet == b'\n');
    for line in lines.by_ref() {
        let line = String::from_utf8_lossy(line);
        if let Some(arguments) = line.strip_prefix("X-Mail-Args: ") {
            sender = Some(address(arguments));
        } else if let Some(arguments) = line.strip_prefix("X-Rcpt-Args: ") {
            recipients.push(address(arguments));
        } else if line.starts_with("Received: ") {
            break;
        }
    }
    let mut message: Vec<&[u8]> = lines.skip(2).collect();
    assert_eq!(message.pop(), Some(b"\n".as_slice()), "not a whole dump: {}", String::from_utf8_lossy(dump));
    let message = message.into_iter().flat_map(|line| [line.strip_suffix(b"\n").unwrap_or(line), b"\r\n"]);
    Kept { recipients, sender: sender.expect("a dump names the sender"), message: message.flatten().copied().collect() }
}

/// `c@d.example` of `<c@d.example> NOTIFY=NEVER`.
fn address(arguments: &str) -> String {
    let end = arguments.rfind('>').expect("a path ends with >");
    arguments[..end].trim_start_matches('<').to_owned()
}
