//! The envelope as commands: MAIL, RCPT and DATA, each with its stage and the codes that mean success.

use std::io::Write as _;

use lettre::Address as WireAddress;
use lettre::transport::smtp::commands::{Data, Mail, Rcpt};
use lettre::transport::smtp::extension::MailParameter;

use crate::model::{Address, Envelope};
use crate::transport::interface::Stage;

/// A command of the envelope: its stage, the codes of success, its name.
pub(crate) type Step = (Stage, &'static [u16], &'static str);

/// 251 means "not here, will be forwarded" (RFC 5321 §3.4): taken. 252 is for VRFY only.
pub(crate) const STEPS: [Step; 3] =
    [(Stage::Mail, &[250], "MAIL"), (Stage::Rcpt, &[250, 251], "RCPT"), (Stage::Data, &[354], "DATA")];

/// The three commands, each with its line end; `dsn` says whether the server offers that extension.
pub(crate) fn commands(envelope: &Envelope, dsn: bool) -> [String; 3] {
    [mail(envelope, dsn).to_string(), rcpt(envelope).to_string(), Data.to_string()]
}

/// Appends all three, to be written in one go (RFC 2920).
pub(crate) fn push_commands(out: &mut Vec<u8>, envelope: &Envelope, dsn: bool) {
    // Writing into memory cannot fail.
    let _ = write!(out, "{}{}{Data}", mail(envelope, dsn), rcpt(envelope));
}

/// With DSN (RFC 3461 §4.3, §4.4), a report names the message by ENVID and returns only its header: less of a
/// recipient's mail lies about.
fn mail(envelope: &Envelope, dsn: bool) -> Mail {
    let parameter = |keyword: &str, value: &str| MailParameter::Other {
        keyword: keyword.to_owned(),
        value: Some(value.to_owned()),
    };
    let id = envelope.envelope_id.as_deref().filter(|_| dsn);
    let parameters = id.map(|id| vec![parameter("RET", "HDRS"), parameter("ENVID", id)]);
    Mail::new(Some(on_the_wire(&envelope.reverse_path)), parameters.unwrap_or_default())
}

fn rcpt(envelope: &Envelope) -> Rcpt {
    Rcpt::new(on_the_wire(&envelope.forward_path), Vec::new())
}

/// Our own type has checked more than lettre's would: one dot-atom, one A-label domain, ASCII only.
pub(crate) fn on_the_wire(address: &Address) -> WireAddress {
    let (local, domain) = address.as_str().rsplit_once('@').unwrap_or((address.as_str(), ""));
    WireAddress::new_dangerous(local, domain)
}
