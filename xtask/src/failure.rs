//! Why a command ends with another code than 0.

use omise_generator::diagnostic::Diagnostic;
use omise_generator::output::OutputError;

/// Why a command did not do, or did not like, what it was asked.
#[derive(Debug)]
pub(crate) enum Failure {
    /// The answer is "no"; what was found has been printed.
    No(String),
    /// The arguments or a file they name cannot be used.
    Usage {
        /// What is wrong.
        message: String,
        /// What to do.
        help: String,
    },
    /// The input has errors; they have been printed.
    Unreadable,
    /// Something outside this machine, or the files it left, is not as it must be.
    Problem {
        /// What it is and what to do.
        diagnostic: Box<Diagnostic>,
        /// The process's exit code.
        code: u8,
    },
    /// A file could not be written.
    Output(OutputError),
}

impl Failure {
    /// The process's exit code.
    pub(crate) fn code(&self) -> u8 {
        match self {
            Self::No(_) => 1,
            Self::Problem { code, .. } => *code,
            Self::Usage { .. } | Self::Unreadable => 2,
            Self::Output(error) if error.is_refusal() => 2,
            Self::Output(_) => 3,
        }
    }

    pub(crate) fn usage(message: impl Into<String>, help: impl Into<String>) -> Self {
        Self::Usage { message: message.into(), help: help.into() }
    }
}

impl From<OutputError> for Failure {
    fn from(error: OutputError) -> Self {
        Self::Output(error)
    }
}
