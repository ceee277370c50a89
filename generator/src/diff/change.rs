//! A change as a value, and the table that gives its verdict.

use serde::Serialize;
use serde_json::Value;

use super::Rule;

/// Which way what changed travels.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Direction {
    /// From the client to the API: the caller writes it.
    Request,
    /// From the API to the client: the caller reads it.
    Response,
    /// Neither way, such as a property of a request that only answers hold.
    None,
}

/// What a change does to the set of values, or of calls, that the old document allowed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Effect {
    /// The set is the same, or nobody who looks only at the set can tell.
    None,
    /// More is allowed than before.
    Widens,
    /// Less is allowed than before.
    Narrows,
    /// Something went and something else came, or which of the two cannot be told.
    Incomparable,
}

impl Effect {
    /// The effect on what is *not* in the set.
    pub(super) fn negated(self) -> Self {
        match self {
            Self::Widens => Self::Narrows,
            Self::Narrows => Self::Widens,
            same => same,
        }
    }
}

/// Whether an old client goes on working.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Wire {
    /// Nothing that is sent changes.
    Unaffected,
    /// What is sent may change, and old clients go on working.
    Compatible,
    /// A request of an old client, or an answer it gets, stops working.
    Breaking,
}

/// What a change does to code written against the generated SDK.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Source {
    /// The emitted code is the same.
    None,
    /// Only what people read, or what happens inside, differs.
    Patch,
    /// Something was added.
    Minor,
    /// Code that compiled may not compile.
    Major,
}

/// The verdict on the wire. Every verdict comes from here.
pub fn verdict(effect: Effect, direction: Direction) -> Wire {
    use {Direction as D, Effect as E, Wire as W};
    match (effect, direction) {
        (E::None, _) | (_, D::None) => W::Unaffected,
        (E::Incomparable, _) | (E::Narrows, D::Request) | (E::Widens, D::Response) => W::Breaking,
        (E::Widens, D::Request) | (E::Narrows, D::Response) => W::Compatible,
    }
}

/// Why the table says what it says, in a sentence without a full stop.
pub fn because(effect: Effect, direction: Direction) -> &'static str {
    use {Direction as D, Effect as E};
    match (effect, direction) {
        (_, D::None) => "it is never sent this way",
        (E::None, _) => "what is sent and accepted stays the same",
        (E::Narrows, D::Request) => "less is accepted than before: what an old client sends may be refused",
        (E::Widens, D::Request) => "all that was accepted still is: old clients send nothing else",
        (E::Incomparable, D::Request) => {
            "something that was accepted no longer is: what an old client sends may be refused"
        }
        (E::Narrows, D::Response) => "less is answered than before: old clients are ready for all of it",
        (E::Widens, D::Response) => "more is answered than before: an old client may get what it cannot read",
        (E::Incomparable, D::Response) => "something else is answered: an old client may get what it cannot read",
    }
}

/// Where something stands in one of the two documents.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Place {
    /// Whether it is there. If not, this is where it would stand.
    pub exists: bool,
    /// The file.
    pub file: String,
    /// RFC 6901 pointer into the file.
    pub pointer: String,
    /// Line, from one; `None` where the file does not say.
    pub line: Option<usize>,
    /// Column, from one.
    pub column: Option<usize>,
}

/// One way in which a change reaches callers.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Reach {
    /// Which way.
    pub direction: Direction,
    /// What it does to what travels that way.
    pub effect: Effect,
    /// [`verdict`] of the two.
    pub wire: Wire,
    /// `GET /charges`: operations that lead to it, as the new document writes them, or the old one when they are gone.
    pub operations: Vec<String>,
}

/// One change: one edit of one place, whoever is reached by it.
#[derive(Clone, Debug)]
pub struct Change {
    /// What kind of change it is.
    pub rule: &'static Rule,
    /// What changed, as people call it: `Charge.amount`.
    pub subject: String,
    /// What happened to it, without a full stop.
    pub message: String,
    /// Where it stood.
    pub old: Place,
    /// Where it stands.
    pub new: Place,
    /// The old value.
    pub before: Option<Value>,
    /// The new value.
    pub after: Option<Value>,
    /// The ways it takes, worst first; never empty.
    pub reach: Vec<Reach>,
    /// What it does to source code; `None` where sources were not compared, or where no symbol is made of its place.
    pub source: Option<Source>,
    /// What users of the SDK write for it: `Charge::amount`.
    pub symbols: Vec<String>,
    /// Why it was agreed to.
    pub allowed: Option<String>,
}

impl Change {
    /// Its stable name.
    pub fn id(&self) -> &'static str {
        self.rule.id
    }

    /// The worst verdict of its ways.
    pub fn wire(&self) -> Wire {
        self.reach.iter().map(|reach| reach.wire).max().unwrap_or(Wire::Unaffected)
    }

    /// Whether it breaks old clients or the code of users.
    pub fn is_breaking(&self) -> bool {
        self.wire() == Wire::Breaking || self.source == Some(Source::Major)
    }

    /// Every operation it reaches, each once.
    pub fn operations(&self) -> Vec<&str> {
        let mut all: Vec<&str> = Vec::new();
        for operation in self.reach.iter().flat_map(|reach| &reach.operations) {
            if !all.contains(&operation.as_str()) {
                all.push(operation);
            }
        }
        all
    }

    /// The place to show: the new one, or the old one of what is gone.
    pub fn place(&self) -> &Place {
        if self.new.exists || !self.old.exists { &self.new } else { &self.old }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_writer_must_not_lose_and_the_reader_must_not_gain() {
        assert_eq!(verdict(Effect::Narrows, Direction::Request), Wire::Breaking);
        assert_eq!(verdict(Effect::Narrows, Direction::Response), Wire::Compatible);
        assert_eq!(verdict(Effect::Widens, Direction::Request), Wire::Compatible);
        assert_eq!(verdict(Effect::Widens, Direction::Response), Wire::Breaking);
        assert_eq!(verdict(Effect::Incomparable, Direction::Response), Wire::Breaking);
        assert_eq!(verdict(Effect::Incomparable, Direction::None), Wire::Unaffected);
        assert_eq!(verdict(Effect::None, Direction::Request), Wire::Unaffected);
    }
}
