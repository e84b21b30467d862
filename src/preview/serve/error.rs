//! Why the preview cannot be served.

/// What stopped it.
#[derive(Debug, thiserror::Error)]
pub enum ServeError {
    /// The port is taken, or may not be used.
    #[error("port {port} of this computer cannot be used: {cause}")]
    Port {
        /// The port asked for; 0 for any.
        port: u16,
        /// What the system said.
        cause: std::io::Error,
    },
    /// Changes of files cannot be noticed.
    #[error("the project folder cannot be watched: {0}")]
    Watch(#[from] notify::Error),
}

impl ServeError {
    /// One remedy.
    #[must_use]
    pub fn help(&self) -> &'static str {
        match self {
            Self::Port { .. } => "name another one with --port N, or leave --port out to get a free one",
            Self::Watch(_) => "use weekcast preview without --serve, and give it again after each change",
        }
    }
}
