//! Values and calls that documentation shows: made from the model, the same on every run, and alike in every language.

mod call;
mod fitting;
mod node;
mod value;

pub(in crate::target) use call::Call;
pub(in crate::target) use fitting::{Shown, untyped};
pub(in crate::target) use node::{Content, Node, NodeField};
pub(in crate::target) use value::Maker;

/// A page of the web that everybody may name (RFC 2606).
pub(in crate::target) const WEB_PAGE: &str = "https://example.com";

/// Which way a value goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::target) enum Direction {
    /// To the API: without what only answers hold, and without what may be left out and of which nothing is shown.
    Sent,
    /// From the API: with every member that an answer may have.
    Answered,
}

/// Why a type that answers hold has no sample.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::target) enum Missing {
    /// A union that lists nothing.
    NoMembers,
    /// Whatever it may be holds the type itself, or nests too deep.
    Endless,
    /// A list whose items have no sample of their own: they are no objects.
    Items,
}

impl Missing {
    pub(in crate::target) fn reason(self) -> &'static str {
        match self {
            Self::NoMembers => "a union of nothing",
            Self::Endless => "it has no end",
            Self::Items => "its items have none of their own",
        }
    }
}
