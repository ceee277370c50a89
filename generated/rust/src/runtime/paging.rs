//! How the pages of a list follow each other: which page to ask for, and what an answer says about the next one.
//!
//! Nothing here waits or sends. A list ends at an empty page, at one that was there before, and where the API's own
//! count says that it is over; never later, so no list is endless. When the API says at such an end that there is more,
//! that is an error: a list with a hole must not look complete.

use std::collections::HashSet;
use std::hash::{DefaultHasher, Hash, Hasher};

use http::HeaderMap;
use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;

use super::{json_at, link_header};

/// How the pages of a list follow each other, as generated code says it. Fields of answers are JSON pointers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Paging {
    /// The list of items.
    items: &'static str,
    rule: Rule,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Rule {
    /// By how many items to skip.
    Offset { parameter: &'static str, total: Option<&'static str> },
    /// By the page's number.
    Number { parameter: &'static str, first: u64, pages: Option<&'static str> },
    /// By what the answer says.
    Cursor { parameter: &'static str, next: &'static str, has_more: Option<&'static str> },
    /// By the last item there was: `field` is a pointer into it.
    LastItem { parameter: &'static str, field: &'static str, has_more: Option<&'static str> },
    /// By the header `Link` (RFC 8288).
    Link,
}

impl Paging {
    /// Pages that `parameter` moves by how many items to skip; `total` is the count of all items.
    #[must_use]
    pub const fn offset(items: &'static str, parameter: &'static str, total: Option<&'static str>) -> Self {
        Self { items, rule: Rule::Offset { parameter, total } }
    }

    /// Pages that `parameter` names by number, the first one being `first`; `pages` is the count of all pages.
    #[must_use]
    pub const fn page(items: &'static str, parameter: &'static str, first: u64, pages: Option<&'static str>) -> Self {
        Self { items, rule: Rule::Number { parameter, first, pages } }
    }

    /// Pages that `parameter` names by what the answer has at `next`; `has_more` says whether there is one.
    #[must_use]
    pub const fn cursor(
        items: &'static str,
        parameter: &'static str,
        next: &'static str,
        has_more: Option<&'static str>,
    ) -> Self {
        Self { items, rule: Rule::Cursor { parameter, next, has_more } }
    }

    /// Pages that `parameter` names by what the last item before has at `field`; `has_more` says whether there is one.
    #[must_use]
    pub const fn last_item(
        items: &'static str,
        parameter: &'static str,
        field: &'static str,
        has_more: Option<&'static str>,
    ) -> Self {
        Self { items, rule: Rule::LastItem { parameter, field, has_more } }
    }

    /// Pages that the header `Link` leads to.
    #[must_use]
    pub const fn link(items: &'static str) -> Self {
        Self { items, rule: Rule::Link }
    }

    /// The query parameter that moves.
    pub(super) fn parameter(&self) -> Option<&'static str> {
        match self.rule {
            Rule::Offset { parameter, .. }
            | Rule::Number { parameter, .. }
            | Rule::Cursor { parameter, .. }
            | Rule::LastItem { parameter, .. } => Some(parameter),
            Rule::Link => None,
        }
    }
}

/// A place in a list, to go on from later: `serde` writes and reads it.
///
/// It means something to the same call with the same arguments. Where pages are found by how many items to skip it is
/// such a number; elsewhere it is a page, and how many of its items were given. It may be as secret as the cursor in it.
#[derive(Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Position {
    /// The page, as its parameter or its link has it; that of the call's own arguments when there is none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    page: Option<String>,
    /// How many of its items were given.
    #[serde(default)]
    given: usize,
}

impl std::fmt::Debug for Position {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.debug_struct("Position").field("given", &self.given).finish_non_exhaustive()
    }
}

/// Which page.
#[derive(Clone, PartialEq, Eq)]
pub(super) enum Turn {
    /// The one that the call's own arguments name.
    AsGiven,
    /// This value of the parameter.
    Number(u64),
    /// This value of the parameter.
    Cursor(String),
    /// This path and query.
    Link(String),
}

/// What comes after the pages there were.
#[derive(Clone)]
pub(super) enum Next {
    Ask(Turn),
    /// There should be more, and there is no way to it.
    Lost(&'static str),
    End,
}

/// What the state machine looks at of an answer.
pub(super) struct Received<'a> {
    pub(super) body: &'a [u8],
    pub(super) headers: &'a HeaderMap,
    /// Where it came from; links are relative to it.
    pub(super) url: &'a str,
    /// Query parameters that hold keys: the client adds them itself, so links are kept without.
    pub(super) keys: &'a [String],
}

/// A page whose items are to be given.
#[derive(Clone)]
pub(super) struct Page {
    pub(super) turn: Turn,
    /// How many of its items come before those to give.
    pub(super) skip: usize,
}

/// The pages of one list.
pub(super) struct Pager {
    paging: Paging,
    next: Next,
    /// What the call's own arguments have for the parameter.
    own: Option<String>,
    /// How many items of the next page were given before.
    skip: usize,
    /// The most items a page had.
    largest: usize,
    /// Hashes of pages.
    seen: HashSet<u64>,
    /// Hashes of cursors and links.
    asked: HashSet<u64>,
}

const REPEATED: &str = "the API gave a page again that it had given before, and says that there are more";
const EMPTY: &str = "the API gave an empty page, and says that there are more";
const NOWHERE: &str = "the API says that there are more pages, but not where";
const UNNAMED: &str = "the last item of a page lacks what the next page is found by";
const CIRCLE: &str = "the API leads back to a page that it had given before";
const FOREIGN_POSITION: &str = "this position is none of this list";

impl Pager {
    /// `own` is the parameter's value among the call's own arguments.
    pub(super) fn new(paging: Paging, own: Option<String>) -> Self {
        let asked = own.iter().map(|cursor| hash(cursor)).collect();
        let next = Next::Ask(Turn::AsGiven);
        Self { paging, next, own, skip: 0, largest: 0, seen: HashSet::new(), asked }
    }

    /// Goes on from a position.
    pub(super) fn resume(&mut self, position: Position) {
        self.skip = position.given;
        // Where it was before is no circle.
        self.seen.clear();
        self.asked.clear();
        let turn = match (position.page, self.paging.rule) {
            (None, _) => Some(Turn::AsGiven),
            (Some(page), Rule::Offset { .. } | Rule::Number { .. }) => page.parse().ok().map(Turn::Number),
            (Some(page), Rule::Cursor { .. } | Rule::LastItem { .. }) => Some(Turn::Cursor(page)),
            (Some(page), Rule::Link) => link_header::is_path(&page).then_some(Turn::Link(page)),
        };
        if let Some(Turn::Cursor(page) | Turn::Link(page)) = &turn {
            self.asked.insert(hash(page));
        }
        self.next = turn.map_or(Next::Lost(FOREIGN_POSITION), Next::Ask);
    }

    /// What to ask for. It stays the same until an answer is accepted, so a failure is asked for again. What is lost is
    /// told once.
    pub(super) fn next(&mut self) -> Next {
        let next = self.next.clone();
        if matches!(next, Next::Lost(_)) {
            self.next = Next::End;
        }
        next
    }

    /// The page that was asked for.
    pub(super) fn turn(&self) -> Option<&Turn> {
        match &self.next {
            Next::Ask(turn) => Some(turn),
            Next::Lost(_) | Next::End => None,
        }
    }

    /// Why there is no way to the next page, when there should be one.
    pub(super) fn problem(&self) -> Option<&'static str> {
        match self.next {
            Next::Lost(problem) => Some(problem),
            Next::Ask(_) | Next::End => None,
        }
    }

    /// Where the next page is; `None` at the end.
    pub(super) fn position(&self) -> Option<Position> {
        match &self.next {
            Next::Ask(turn) => Some(self.position_in(turn, self.skip)),
            Next::Lost(_) | Next::End => None,
        }
    }

    /// Where a page goes on when that many of its items were given.
    pub(super) fn position_in(&self, turn: &Turn, given: usize) -> Position {
        let page = match (turn, self.paging.rule) {
            (turn, Rule::Offset { .. }) if given > 0 => {
                let offset = self.number(turn).saturating_add(count(given));
                return Position { page: Some(offset.to_string()), given: 0 };
            }
            (Turn::AsGiven, _) => None,
            (Turn::Number(number), _) => Some(number.to_string()),
            (Turn::Cursor(text) | Turn::Link(text), _) => Some(text.clone()),
        };
        Position { page, given }
    }

    /// Takes the answer of the page that was asked for. `None` when none of its items is to be given.
    pub(super) fn accept(&mut self, received: &Received<'_>) -> Option<Page> {
        let Next::Ask(turn) = self.next.clone() else { return None };
        let skip = std::mem::take(&mut self.skip);
        let list = json_at::find(received.body, self.paging.items);
        let items: Vec<&RawValue> = list.and_then(|list| serde_json::from_str(list.get()).ok()).unwrap_or_default();
        if items.is_empty() {
            self.next = if self.has_more(received) == Some(true) { Next::Lost(EMPTY) } else { Next::End };
            return None;
        }
        if !self.seen.insert(hash(list.map_or("", RawValue::get))) {
            self.next = if self.is_unfinished(&turn, received) { Next::Lost(REPEATED) } else { Next::End };
            return None;
        }
        self.next = self.after(&turn, &items, received);
        self.largest = self.largest.max(items.len());
        Some(Page { turn, skip })
    }

    /// What comes after a page with items that were not there before.
    fn after(&mut self, turn: &Turn, items: &[&RawValue], received: &Received<'_>) -> Next {
        let has_more = self.has_more(received);
        match self.paging.rule {
            Rule::Offset { total, .. } => {
                let next = self.number(turn).checked_add(count(items.len()));
                // A count smaller than the page counts something else.
                let total = number_at(received, total).filter(|total| *total >= count(items.len()));
                let is_last = total.map(|total| next.is_none_or(|next| next >= total));
                self.unless_last(is_last, items.len(), next)
            }
            Rule::Number { first, pages, .. } => {
                let number = self.number(turn);
                let pages = number_at(received, pages).filter(|pages| *pages > 0);
                let is_last = pages.map(|pages| number.saturating_sub(first) >= pages - 1);
                self.unless_last(is_last, items.len(), number.checked_add(1))
            }
            _ if has_more == Some(false) => Next::End,
            Rule::Cursor { next, .. } => {
                let next = json_at::find(received.body, next).and_then(json_at::text);
                self.unless_asked(next.map(Turn::Cursor), turn, has_more)
            }
            Rule::LastItem { field, .. } => {
                let last = items.last().and_then(|item| json_at::find(item.get().as_bytes(), field));
                match last.and_then(json_at::text) {
                    Some(next) => self.unless_asked(Some(Turn::Cursor(next)), turn, has_more),
                    None => Next::Lost(UNNAMED),
                }
            }
            Rule::Link => match link_header::next(received.headers) {
                None => Next::End,
                Some(link) => match link_header::resolve(received.url, &link) {
                    Ok(next) => {
                        let next = link_header::without(&next, received.keys);
                        self.unless_asked(Some(Turn::Link(next)), turn, Some(true))
                    }
                    Err(problem) => Next::Lost(problem),
                },
            },
        }
    }

    /// The next number. Without a count, a page smaller than another is the last: the API may give fewer items than it
    /// was asked for, but does not give fewer than it can.
    fn unless_last(&self, is_last: Option<bool>, items: usize, next: Option<u64>) -> Next {
        match next {
            Some(next) if !is_last.unwrap_or(items < self.largest) => Next::Ask(Turn::Number(next)),
            _ => Next::End,
        }
    }

    /// The next cursor or link, if nothing was found there before. One that leads to the page it came with ends the
    /// list, unless the API says otherwise.
    fn unless_asked(&mut self, next: Option<Turn>, turn: &Turn, has_more: Option<bool>) -> Next {
        let ended = if has_more == Some(true) { Next::Lost(CIRCLE) } else { Next::End };
        let text = match &next {
            Some(Turn::Cursor(text) | Turn::Link(text)) => text,
            _ if has_more == Some(true) => return Next::Lost(NOWHERE),
            _ => return Next::End,
        };
        let is_own = matches!(turn, Turn::AsGiven) && self.own.as_ref() == Some(text);
        if next.as_ref() == Some(turn) || is_own {
            return ended;
        }
        if !self.asked.insert(hash(text)) {
            return Next::Lost(CIRCLE);
        }
        next.map_or(Next::End, Next::Ask)
    }

    /// What the API says by a field of its own.
    fn has_more(&self, received: &Received<'_>) -> Option<bool> {
        match self.paging.rule {
            Rule::Cursor { has_more, .. } | Rule::LastItem { has_more, .. } => {
                has_more.and_then(|at| json_at::find(received.body, at)).and_then(json_at::flag)
            }
            _ => None,
        }
    }

    /// Whether an answer says that this page, whose items were all given before, has others.
    fn is_unfinished(&self, turn: &Turn, received: &Received<'_>) -> bool {
        match self.paging.rule {
            Rule::Offset { total, .. } => number_at(received, total).is_some_and(|total| total > self.number(turn)),
            Rule::Number { first, pages, .. } => {
                number_at(received, pages).is_some_and(|pages| pages > self.number(turn).saturating_sub(first))
            }
            Rule::Cursor { next, .. } => {
                let next = json_at::find(received.body, next).and_then(json_at::text);
                self.has_more(received).unwrap_or(next.is_some())
            }
            Rule::LastItem { .. } => self.has_more(received) == Some(true),
            Rule::Link => link_header::next(received.headers).is_some(),
        }
    }

    /// The number of a page that is found by one.
    fn number(&self, turn: &Turn) -> u64 {
        let first = match self.paging.rule {
            Rule::Number { first, .. } => first,
            _ => 0,
        };
        match turn {
            Turn::Number(number) => *number,
            _ => self.own.as_deref().and_then(|own| own.parse().ok()).unwrap_or(first),
        }
    }
}

fn number_at(received: &Received<'_>, pointer: Option<&str>) -> Option<u64> {
    json_at::find(received.body, pointer?).and_then(json_at::text)?.parse().ok()
}

fn count(items: usize) -> u64 {
    u64::try_from(items).unwrap_or(u64::MAX)
}

fn hash(text: &str) -> u64 {
    let mut hasher = DefaultHasher::new();
    text.hash(&mut hasher);
    hasher.finish()
}
