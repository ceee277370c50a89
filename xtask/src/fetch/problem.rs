//! What can go wrong on the way from a server to the schema's folder, as values with a code.

use omise_generator::diagnostic::Diagnostic;

use crate::failure::Failure;

/// An address that is not asked.
pub(super) const ADDRESS: &str = "E030";
/// A server that cannot be reached, or that stops talking.
pub(super) const UNREACHED: &str = "E031";
/// An answer whose status is not that of a document.
pub(super) const STATUS: &str = "E032";
/// A redirect that is not followed.
pub(super) const REDIRECT: &str = "E033";
/// A reply beyond the limit.
pub(super) const TOO_LARGE: &str = "E034";
/// A reply that is not whole, or in an encoding that was not asked for.
pub(super) const GARBLED: &str = "E035";
/// A reply that is not an OpenAPI document.
pub(super) const NOT_A_DOCUMENT: &str = "E036";
/// A file on disk that a fetch would lose.
pub(super) const NOT_OURS: &str = "E037";
/// A key that cannot be sent.
pub(super) const KEY: &str = "E038";
/// A lock file that cannot be read.
pub(super) const LOCK: &str = "E039";

/// A problem, with what the command has to know about it.
#[derive(Debug)]
pub(super) struct Problem {
    pub(super) diagnostic: Box<Diagnostic>,
    /// Whether the same request may fare better.
    pub(super) retry: Retry,
    code: u8,
}

/// Whether the same request may fare better.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Retry {
    /// It will not.
    Never,
    /// After the usual pause.
    Soon,
    /// After as many seconds as the server said.
    After(u64),
}

impl Problem {
    /// The server, or the way to it: exit code 3.
    pub(super) fn network(code: &str, message: impl Into<String>) -> Self {
        Self { diagnostic: Box::new(Diagnostic::error(code, message)), retry: Retry::Never, code: 3 }
    }

    /// What was asked for, or what came, cannot be used: exit code 2.
    pub(super) fn input(code: &str, message: impl Into<String>) -> Self {
        Self { diagnostic: Box::new(Diagnostic::error(code, message)), retry: Retry::Never, code: 2 }
    }

    /// Says what to do.
    pub(super) fn help(mut self, help: impl Into<String>) -> Self {
        self.diagnostic.help = Some(help.into());
        self
    }

    pub(super) fn retry(mut self, retry: Retry) -> Self {
        self.retry = retry;
        self
    }
}

impl From<Problem> for Failure {
    fn from(problem: Problem) -> Self {
        Self::Problem { diagnostic: problem.diagnostic, code: problem.code }
    }
}
