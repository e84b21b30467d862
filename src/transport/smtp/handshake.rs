//! The TLS handshake, and its failures in words that IT can act on.

use std::io;
use std::sync::Arc;

use rustls::pki_types::ServerName;
use rustls::{CertificateError, ClientConfig};
use tokio::time::{Duration, timeout};
use tokio_rustls::TlsConnector;

use crate::model::list_of;
use crate::transport::interface::{Cause, Failure, Stage};
use crate::transport::smtp::wire::{Stream, in_words};

/// Everything for a handshake with one server.
pub(crate) struct Tls {
    connector: TlsConnector,
    name: ServerName<'static>,
}

impl Tls {
    /// TLS with a server of that name.
    pub(crate) fn new(config: Arc<ClientConfig>, name: ServerName<'static>) -> Self {
        Self { connector: TlsConnector::from(config), name }
    }

    /// Establishes TLS on a stream.
    ///
    /// # Errors
    /// [`Stage::Tls`] with [`Cause::Tls`] for what only a change of settings or certificate mends, otherwise
    /// [`Cause::Closed`] or [`Cause::Timeout`].
    pub(crate) async fn handshake(
        &self,
        stream: Box<dyn Stream>,
        deadline: Duration,
    ) -> Result<Box<dyn Stream>, Failure> {
        let fail = |cause| Failure::before_the_dot(Stage::Tls, cause);
        match timeout(deadline, self.connector.connect(self.name.clone(), stream)).await {
            Err(_) => Err(fail(Cause::Timeout)),
            Ok(Ok(stream)) => Ok(Box::new(stream)),
            Ok(Err(error)) => Err(fail(self.cause(&error))),
        }
    }

    fn cause(&self, error: &io::Error) -> Cause {
        match error.get_ref().and_then(|inner| inner.downcast_ref::<rustls::Error>()) {
            Some(error) => Cause::Tls(explained(error, &self.name.to_str())),
            // A server that knows only older versions often just hangs up.
            None => Cause::Closed(format!("{} during the TLS handshake", in_words(error))),
        }
    }
}

fn explained(error: &rustls::Error, host: &str) -> String {
    use rustls::{AlertDescription, Error};
    match error {
        Error::InvalidCertificate(fault) => format!("the certificate of \"{host}\" {}", certificate(fault)),
        Error::PeerIncompatible(_) | Error::AlertReceived(AlertDescription::ProtocolVersion) => {
            format!("\"{host}\" speaks no TLS that is still safe: 1.2 or newer is needed")
        }
        Error::InvalidMessage(_) | Error::InappropriateMessage { .. } => {
            format!("\"{host}\" does not speak TLS here; port and security may not belong together")
        }
        other => format!("the TLS handshake with \"{host}\" failed: {other}"),
    }
}

fn certificate(fault: &CertificateError) -> String {
    match fault {
        CertificateError::UnknownIssuer => "is signed by an authority that is not trusted, or by itself".to_owned(),
        CertificateError::Expired | CertificateError::ExpiredContext { .. } => "has expired".to_owned(),
        CertificateError::NotValidYet | CertificateError::NotValidYetContext { .. } => {
            "is not valid yet, or this computer's clock is wrong".to_owned()
        }
        CertificateError::NotValidForName => "was made for another name".to_owned(),
        CertificateError::NotValidForNameContext { presented, .. } if presented.is_empty() => {
            "names no host".to_owned()
        }
        CertificateError::NotValidForNameContext { presented, .. } => {
            // rustls writes them as DnsName("…").
            let bare = |name: &String| name.split('"').nth(1).unwrap_or(name).replace(char::is_control, " ");
            let names: Vec<String> = presented.iter().take(5).map(bare).collect();
            format!("was made for another name: {}", list_of(&names))
        }
        CertificateError::Revoked => "has been revoked".to_owned(),
        other if format!("{other:?}").contains("CaUsedAsEndEntity") => {
            "is self-signed: it is an authority's own certificate, not a server's".to_owned()
        }
        other => format!("is not valid: {other}"),
    }
}
