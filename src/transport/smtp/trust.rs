//! Whose certificates are believed: the operating system's authorities, or those of `ca_file` alone.

use std::sync::Arc;

use rustls::client::danger::ServerCertVerifier;
use rustls::crypto::ring;
use rustls::pki_types::CertificateDer;
use rustls::pki_types::pem::PemObject as _;
use rustls::{ClientConfig, RootCertStore};
use rustls_platform_verifier::Verifier;

use crate::transport::error::TransportError;

/// Whose certificates are believed.
#[derive(Debug, Clone)]
pub enum Trust {
    /// Everybody whom the operating system believes, a council's own authority included.
    System,
    /// Only these authorities.
    Authorities(Arc<RootCertStore>),
}

impl Trust {
    /// The authorities of a PEM file, and no others.
    ///
    /// # Errors
    /// [`TransportError::CaFile`] when it is not PEM, holds no certificate, or one that cannot be an authority.
    pub fn from_pem(pem: &[u8]) -> Result<Self, TransportError> {
        let mut roots = RootCertStore::empty();
        for certificate in CertificateDer::pem_slice_iter(pem) {
            let certificate = certificate.map_err(|error| TransportError::CaFile(error.to_string()))?;
            roots.add(certificate).map_err(|error| TransportError::CaFile(error.to_string()))?;
        }
        if roots.is_empty() {
            return Err(TransportError::CaFile("it holds no certificate".to_owned()));
        }
        Ok(Self::Authorities(Arc::new(roots)))
    }

    /// TLS 1.2 or 1.3 with this trust. The provider is given explicitly: none is installed for the process.
    ///
    /// # Errors
    /// [`TransportError::Tls`] when the operating system's authorities cannot be read.
    pub(crate) fn client_config(&self) -> Result<ClientConfig, TransportError> {
        let provider = Arc::new(ring::default_provider());
        let builder = ClientConfig::builder_with_provider(Arc::clone(&provider))
            .with_protocol_versions(&[&rustls::version::TLS13, &rustls::version::TLS12])
            .map_err(TransportError::Tls)?;
        let config = match self {
            Self::Authorities(roots) => builder.with_root_certificates(Arc::clone(roots)),
            Self::System => {
                let verifier: Arc<dyn ServerCertVerifier> =
                    Arc::new(Verifier::new(provider).map_err(TransportError::Tls)?);
                // "Dangerous" only in name: the verifier is the operating system's.
                builder.dangerous().with_custom_certificate_verifier(verifier)
            }
        };
        Ok(config.with_no_client_auth())
    }
}
