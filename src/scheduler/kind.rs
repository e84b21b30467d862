//! The three schedulers.

/// Which scheduler.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// Linux.
    Systemd,
    /// Task Scheduler.
    Windows,
    /// macOS.
    Launchd,
}

impl Kind {
    /// The kind's word, as it is typed and as JSON has it.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Systemd => "systemd",
            Self::Windows => "windows",
            Self::Launchd => "launchd",
        }
    }

    /// What people call it.
    #[must_use]
    pub fn title(self) -> &'static str {
        match self {
            Self::Systemd => "systemd",
            Self::Windows => "Task Scheduler",
            Self::Launchd => "launchd",
        }
    }
}
