//! What a run of the program left behind, and what a test may claim of it.

use std::path::PathBuf;

/// A run that ended.
#[derive(Debug, Clone)]
pub struct Run {
    /// The command line, for messages.
    pub command: String,
    /// The exit status; -1 where a signal ended it.
    pub status: i32,
    /// Standard output.
    pub stdout: String,
    /// Standard error.
    pub stderr: String,
    /// The project folder, which differs from run to run.
    pub project: PathBuf,
}

impl Run {
    /// Claims status 0.
    #[track_caller]
    pub fn succeeds(self) -> Self {
        self.exits(0)
    }

    /// Claims a status.
    #[track_caller]
    pub fn exits(self, status: i32) -> Self {
        assert_eq!(self.status, status, "the status is wrong\n{}", self.transcript());
        self
    }

    /// Claims that standard output holds a text.
    #[track_caller]
    pub fn says(self, text: &str) -> Self {
        assert!(self.stdout.contains(text), "standard output lacks {text:?}\n{}", self.transcript());
        self
    }

    /// Claims that standard error holds a text.
    #[track_caller]
    pub fn complains(self, text: &str) -> Self {
        assert!(self.stderr.contains(text), "standard error lacks {text:?}\n{}", self.transcript());
        self
    }

    /// Claims that neither stream holds a text, such as a password.
    #[track_caller]
    pub fn conceals(self, text: &str) -> Self {
        let shown = self.stdout.contains(text) || self.stderr.contains(text);
        assert!(!shown, "{text:?} is shown\n{}", self.transcript());
        self
    }

    /// Standard output as one JSON value.
    #[track_caller]
    pub fn json(&self) -> serde_json::Value {
        match serde_json::from_str(&self.stdout) {
            Ok(value) => value,
            Err(error) => panic!("standard output is not JSON: {error}\n{}", self.transcript()),
        }
    }

    /// Command, status and both streams, with the project folder as `PROJECT`: the same text each time, fit for a
    /// golden file.
    pub fn transcript(&self) -> String {
        let Self { command, status, stdout, stderr, project } = self;
        let text =
            format!("$ weekcast {command}\nstatus {status}\n--- stdout ---\n{stdout}\n--- stderr ---\n{stderr}\n");
        // A path may be shown with links resolved, as /private/var on macOS.
        let resolved = project.canonicalize().unwrap_or_else(|_| project.clone());
        text.replace(&*resolved.to_string_lossy(), "PROJECT").replace(&*project.to_string_lossy(), "PROJECT")
    }
}
