//! STARTTLS (RFC 3207) as the server: certificates of an authority made for the test, and a server whose TLS is too old.

use std::io;
use std::sync::Arc;

use rcgen::{BasicConstraints, CertificateParams, CertifiedIssuer, DnType, IsCa, KeyPair};
use rustls::ServerConfig;
use rustls::crypto::ring;
use rustls::pki_types::{CertificateDer, PrivateKeyDer, PrivatePkcs8KeyDer};

use crate::support::smtp_server::connection::Connection;
use crate::support::smtp_server::rule::Stage;

/// What a server does in a handshake.
#[derive(Debug, Clone)]
pub enum Identity {
    /// Shows a certificate.
    Certificate(Arc<ServerConfig>),
    /// Says these octets and goes: what a server says whose newest TLS is 1.1.
    Old(Vec<u8>),
}

/// An authority that certifies servers.
pub struct Authority(CertifiedIssuer<'static, KeyPair>);

impl Authority {
    /// A new one; its name is for people.
    pub fn new(name: &str) -> Self {
        let mut params = CertificateParams::new(Vec::new()).unwrap();
        params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
        params.distinguished_name.push(DnType::CommonName, name);
        Self(CertifiedIssuer::self_signed(params, KeyPair::generate().unwrap()).unwrap())
    }

    /// Its own certificate, as `ca_file` wants it.
    pub fn pem(&self) -> String {
        self.0.pem()
    }

    /// A certificate for a name or address, and its key, both as PEM.
    pub fn certify_as_pem(&self, name: &str) -> (String, String) {
        let key = KeyPair::generate().unwrap();
        let params = CertificateParams::new(vec![name.to_owned()]).unwrap();
        (params.signed_by(&key, &self.0).unwrap().pem(), key.serialize_pem())
    }

    /// A server that shows a certificate for a name or address.
    pub fn certify(&self, name: &str, change: impl FnOnce(&mut CertificateParams)) -> Identity {
        let key = KeyPair::generate().unwrap();
        let mut params = CertificateParams::new(vec![name.to_owned()]).unwrap();
        change(&mut params);
        let certificate = params.signed_by(&key, &self.0).unwrap();
        Identity::shows(certificate.der().clone(), &key)
    }
}

impl Identity {
    /// A server that has signed its certificate itself.
    pub fn self_signed(name: &str) -> Self {
        let key = KeyPair::generate().unwrap();
        let certificate = CertificateParams::new(vec![name.to_owned()]).unwrap().self_signed(&key).unwrap();
        Self::shows(certificate.der().clone(), &key)
    }

    /// A server that knows TLS 1.1 at most and says so by an alert (RFC 5246 §7.2.2, protocol_version).
    pub fn too_old() -> Self {
        Self::Old(vec![0x15, 3, 2, 0, 2, 2, 70])
    }

    /// A server that answers with TLS 1.1 nevertheless: a ServerHello by RFC 4346 §7.4.1.3.
    pub fn insists_on_old() -> Self {
        let mut octets = vec![0x16, 3, 2, 0, 42, 2, 0, 0, 38, 3, 2];
        octets.extend([7; 32]);
        octets.extend([0, 0, 0x2f, 0]);
        Self::Old(octets)
    }

    fn shows(certificate: CertificateDer<'static>, key: &KeyPair) -> Self {
        let key = PrivateKeyDer::Pkcs8(PrivatePkcs8KeyDer::from(key.serialize_der()));
        let config = ServerConfig::builder_with_provider(Arc::new(ring::default_provider()))
            .with_safe_default_protocol_versions()
            .unwrap()
            .with_no_client_auth()
            .with_single_cert(vec![certificate], key)
            .unwrap();
        Self::Certificate(Arc::new(config))
    }
}

impl Connection {
    pub(crate) fn starttls(&mut self) -> io::Result<()> {
        let Some(identity) = self.shared.script.identity(self.number) else {
            self.violation("STARTTLS that was not offered");
            return self.wire.send("502 5.5.1 no TLS here\r\n");
        };
        if self.wire.has_more() {
            self.violation("octets after STARTTLS before its reply");
        }
        if self.reply(Stage::StartTls, "220 2.0.0 go ahead")? != 220 {
            return Ok(());
        }
        if let Some(action) = self.shared.fault(Stage::Handshake, "") {
            self.wire.wait_for_octets()?;
            self.act(&action, "")?;
            return Err(self.wire.close());
        }
        match identity {
            Identity::Certificate(config) => self.wire.secure(config)?,
            Identity::Old(octets) => {
                self.wire.wait_for_octets()?;
                self.wire.send(octets)?;
                return Err(self.wire.close());
            }
        }
        self.starts_over_in_tls();
        Ok(())
    }
}
