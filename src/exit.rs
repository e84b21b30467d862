//! The exit statuses: sysexits, the convention that sendmail made, in one table that README prints.

/// How a command ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Exit {
    /// Done.
    Done,
    /// Done, but refusals or doubts remain.
    Remains,
    /// The command line is wrong.
    Usage,
    /// The week or the lists are wrong.
    Data,
    /// A file is missing.
    NoInput,
    /// The server cannot be reached, or refused the sign-in.
    Unavailable,
    /// A bug.
    Software,
    /// The ledger or the disk failed.
    Io,
    /// Some are deferred, or another sender holds the ledger: run again.
    TryAgain,
    /// Held, or not signed off.
    Held,
    /// The settings are wrong.
    Config,
}

impl Exit {
    /// Every status with its number and meaning, in the order of the numbers.
    pub const TABLE: [(Self, u8, &'static str); 11] = [
        (Self::Done, 0, "done"),
        (Self::Remains, 1, "done, but refusals or doubts remain"),
        (Self::Usage, 64, "the command line is wrong"),
        (Self::Data, 65, "the week or the lists are wrong"),
        (Self::NoInput, 66, "a file is missing"),
        (Self::Unavailable, 69, "the mail server cannot be reached, or refused the sign-in"),
        (Self::Software, 70, "a bug in weekcast"),
        (Self::Io, 74, "the ledger or the disk failed"),
        (Self::TryAgain, 75, "some are deferred, or another sender holds the ledger: run again"),
        (Self::Held, 76, "held, or not signed off"),
        (Self::Config, 78, "the settings are wrong"),
    ];

    /// The number for the shell.
    #[must_use]
    pub fn status(self) -> u8 {
        Self::TABLE.iter().find(|(exit, ..)| *exit == self).map_or(70, |(_, status, _)| *status)
    }
}
