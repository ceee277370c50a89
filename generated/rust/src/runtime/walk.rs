//! A list on its way: a call, and which of its pages comes next. Nothing here waits; whatever does asks for a request,
//! sends it, and hands over the answer.

use super::interpret::Said;
use super::paging::{Next, Page, Pager, Received, Turn};
use super::prepare::fill;
use super::{
    Answer, Call, DecodeError, Endpoint, Error, ErrorKind, Operation, Paged, Position, Request, SchemeKind,
    link_header, percent,
};

/// The pages of one call.
pub(super) struct Walk<O, M> {
    request: Request<O, M>,
    pager: Pager,
    /// What was wrong with the last page's way to the next, until it is told.
    lost: Option<Error>,
}

/// What to do for the next page.
pub(super) enum Step<O, M> {
    /// Send this, and accept its answer. A failure is to be told; then this comes again.
    Ask(Request<AtPage<O>, M>),
    /// Tell this; the end comes after it.
    Fail(Error),
    /// There is none.
    End,
}

impl<O: Paged, M> Walk<O, M> {
    pub(super) fn new(request: Request<O, M>) -> Self {
        let name = O::PAGING.parameter().map(percent::component);
        let mut call = Call::default();
        // What cannot be encoded fails when it is sent.
        let _ = request.operation().encode(&mut call);
        let own = call.query.iter().find(|(own, _)| Some(own) == name.as_ref());
        let own = own.map(|(_, value)| percent::decode(value));
        Self { pager: Pager::new(O::PAGING, own), request, lost: None }
    }

    pub(super) fn resume(&mut self, position: Position) {
        self.pager.resume(position);
        self.lost = None;
    }

    pub(super) fn step(&mut self) -> Step<O, M> {
        match self.pager.next() {
            Next::Ask(turn) => Step::Ask(self.request.asking(self.at(turn))),
            Next::Lost(problem) => Step::Fail(self.lost.take().unwrap_or_else(|| lost::<O>(problem))),
            Next::End => Step::End,
        }
    }

    /// Takes the answer of what was asked for; `None` when none of its items is to be given.
    pub(super) fn accept(&mut self, answer: &Answer<O::Output>) -> Option<Page> {
        let url = self.url().unwrap_or_default();
        let keys = self.keys_in_query();
        let received = Received { body: &answer.body, headers: &answer.headers, url: &url, keys: &keys };
        let page = self.pager.accept(&received);
        if let Some(problem) = self.pager.problem() {
            let said = Said { request_id: answer.request_id.clone(), rate_limit: answer.rate_limit, retry_after: None };
            let mut headers = answer.headers.clone();
            self.request.client().shared.hide(&mut headers);
            let error = lost::<O>(problem).with_answer(answer.status, headers, answer.body.clone());
            self.lost = Some(error.saying(said).after(answer.attempts, false, &None));
        }
        page
    }

    /// Where the next page is; `None` at the end.
    pub(super) fn position(&self) -> Option<Position> {
        self.pager.position()
    }

    /// Where a page goes on when that many of its items were given.
    pub(super) fn position_in(&self, page: &Page, given: usize) -> Position {
        self.pager.position_in(&page.turn, given)
    }

    /// Names of the query parameters that hold keys, as they are on the wire.
    fn keys_in_query(&self) -> Vec<String> {
        let schemes = self.request.client().shared.profile.schemes.iter();
        let names = schemes.filter_map(|scheme| match scheme.kind {
            SchemeKind::Query(name) => Some(percent::component(name)),
            _ => None,
        });
        names.collect()
    }

    fn at(&self, turn: Turn) -> AtPage<O> {
        AtPage { operation: self.request.operation().clone(), turn }
    }

    /// Where the page that was asked for is.
    fn url(&self) -> Option<String> {
        let base = self.request.client().shared.bases.get(O::ENDPOINT.host)?.as_deref().ok()?;
        let turn = self.pager.turn()?;
        let mut call = Call::default();
        self.at(turn.clone()).encode(&mut call).ok()?;
        match call.target {
            Some(target) => Some(format!("{}{target}", super::base_url::origin(base))),
            None => Some(format!("{base}{}", fill(O::ENDPOINT.path, &call.path).ok()?)),
        }
    }
}

fn lost<O: Paged>(problem: &str) -> Error {
    Error::new(ErrorKind::Paging, problem).with_operation(O::ENDPOINT.id)
}

/// A call, turned to one of its pages.
#[derive(Clone)]
pub(super) struct AtPage<O> {
    operation: O,
    turn: Turn,
}

impl<O: Operation> std::fmt::Debug for AtPage<O> {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.operation.fmt(formatter)
    }
}

impl<O: Paged> Operation for AtPage<O> {
    type Output = O::Output;
    const ENDPOINT: Endpoint = O::ENDPOINT;
    const SCOPES: &'static [(usize, &'static [&'static str])] = O::SCOPES;

    fn endpoint(&self) -> Endpoint {
        self.operation.endpoint()
    }

    fn encode(&self, call: &mut Call) -> Result<(), Error> {
        self.operation.encode(call)?;
        let value = match &self.turn {
            Turn::AsGiven => return Ok(()),
            Turn::Number(number) => number.to_string(),
            Turn::Cursor(cursor) => percent::component(cursor),
            Turn::Link(target) => {
                call.query.clear();
                call.target = Some(target.clone());
                return Ok(());
            }
        };
        let name = percent::component(O::PAGING.parameter().unwrap_or_default());
        match call.query.iter_mut().find(|(own, _)| *own == name) {
            Some((_, own)) => *own = value,
            None => call.query.push((name, value)),
        }
        Ok(())
    }

    fn decode_answer(answer: &Answer<()>) -> Result<Self::Output, DecodeError> {
        O::decode_answer(answer)
    }
}
