//! Tells the hooks of a client about an attempt.

use std::time::Instant;

use http::{HeaderMap, Method};

use super::attempts::Plan;
use super::client::Shared;
use super::hook::{Attempt, End, Outcome};
use super::prepare::RESERVED;
use super::{Answer, Body, Error};

/// An attempt that hooks were told about. Dropped without an end, it was abandoned.
pub(super) struct Watch<'a> {
    watched: Option<Watched<'a>>,
}

struct Watched<'a> {
    shared: &'a Shared,
    plan: &'a Plan,
    method: Method,
    host: String,
    number: u32,
    began: Instant,
}

impl<'a> Watch<'a> {
    /// Tells that an attempt begins, and adds what headers the hooks want.
    pub(super) fn begin(shared: &'a Shared, plan: &'a Plan, number: u32, request: &mut http::Request<Body>) -> Self {
        if shared.hooks.is_empty() {
            return Self { watched: None };
        }
        let watched = Watched {
            shared,
            plan,
            method: request.method().clone(),
            host: request.uri().host().unwrap_or_default().to_owned(),
            number,
            began: shared.transport.now(),
        };
        let mut extra = HeaderMap::new();
        let attempt = watched.attempt();
        shared.hooks.iter().for_each(|hook| hook.before(&attempt, &mut extra));
        add(shared, request.headers_mut(), extra);
        Self { watched: Some(watched) }
    }

    /// The attempt succeeded.
    pub(super) fn answered<T>(mut self, answer: &Answer<T>) {
        if let Some(watched) = self.watched.take() {
            let end = End::Answer { status: answer.status, request_id: answer.request_id.as_deref() };
            watched.tell(end, None);
        }
    }

    /// The attempt failed, and another one may follow after that wait.
    pub(super) fn failed(mut self, error: &Error, retry_in: Option<std::time::Duration>) {
        if let Some(watched) = self.watched.take() {
            watched.tell(End::Failure(error), retry_in);
        }
    }
}

impl Drop for Watch<'_> {
    fn drop(&mut self) {
        if let Some(watched) = self.watched.take() {
            watched.tell(End::Abandoned, None);
        }
    }
}

impl Watched<'_> {
    fn attempt(&self) -> Attempt<'_> {
        Attempt {
            operation: self.plan.operation,
            method: &self.method,
            path: self.plan.template().unwrap_or_default(),
            host: &self.host,
            number: self.number,
            idempotency_key: self.plan.idempotency_key.as_deref(),
        }
    }

    fn tell(&self, end: End<'_>, retry_in: Option<std::time::Duration>) {
        let elapsed = self.shared.transport.now().saturating_duration_since(self.began);
        let (attempt, outcome) = (self.attempt(), Outcome { elapsed, end, retry_in });
        // The last to begin is the first to end.
        self.shared.hooks.iter().rev().for_each(|hook| hook.after(&attempt, &outcome));
    }
}

/// Adds the headers of hooks, but for those that are not theirs to set.
fn add(shared: &Shared, headers: &mut HeaderMap, extra: HeaderMap) {
    let idempotency = shared.profile.idempotency.map(|profile| profile.header);
    for (name, value) in &extra {
        let is_key = headers.get(name).is_some_and(http::HeaderValue::is_sensitive);
        let is_idempotency = idempotency.is_some_and(|own| name.as_str().eq_ignore_ascii_case(own));
        if !is_key && !is_idempotency && !RESERVED.contains(name) {
            headers.insert(name.clone(), value.clone());
        }
    }
}
