//! Settings that can never work, found before anything is connected.

/// Why no connector can be made of the settings.
#[derive(Debug, thiserror::Error)]
pub enum TransportError {
    /// `ca_file` is of no use.
    #[error("the certificates in `ca_file` cannot be used: {0}")]
    CaFile(String),
    /// TLS cannot be set up, such as where the operating system has no authorities.
    #[error("TLS cannot be set up")]
    Tls(#[source] rustls::Error),
    /// The host is neither a name nor an address.
    #[error("\"{0}\" is not the name of a server")]
    Host(String),
    /// The username or the secret cannot be shown to a server.
    #[error("the {0} is empty or holds a control character")]
    Credentials(&'static str),
}
