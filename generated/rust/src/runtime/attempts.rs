//! A call as a series of attempts: sent again where that is worth it, safe, in time, and within the client's budget.

use std::borrow::Cow;
use std::sync::Arc;
use std::time::{Duration, Instant};

use super::client::Shared;
use super::exchange::{Outgoing, Sending, Until, copy};
use super::random;
use super::retry::{Remedy, RetryPolicy, Situation};
use super::trace::Span;
use super::watch::Watch;
use super::{Answer, Body, Error, RetryClass, Secret, download};

/// How a call is made: what all of its attempts have in common.
pub(super) struct Plan {
    pub(super) operation: &'static str,
    /// Path with its arguments in braces; owned where the caller wrote it himself, arguments and all.
    pub(super) path: Cow<'static, str>,
    pub(super) class: RetryClass,
    pub(super) policy: RetryPolicy,
    pub(super) retry_ambiguous: bool,
    /// For one attempt.
    pub(super) timeout: Duration,
    /// For all of them and the waits between.
    pub(super) total_timeout: Option<Duration>,
    pub(super) idempotency_key: Option<String>,
    /// What the call sends and nothing may show, the server's words included.
    pub(super) secrets: Vec<Secret>,
}

impl Plan {
    /// The path as it is in every call of the operation; `None` where it is the caller's own.
    pub(super) fn template(&self) -> Option<&'static str> {
        match self.path {
            Cow::Borrowed(path) => Some(path),
            Cow::Owned(_) => None,
        }
    }
}

/// Makes the call; the body of a success is still to be decoded.
pub(super) async fn exchange(shared: Arc<Shared>, outgoing: Outgoing) -> Result<Answer<()>, Error> {
    Ok(attempts(&shared, outgoing, Until::Read).await?.with_value(()))
}

/// Makes the call; the body of a success is still to be read.
pub(super) async fn open(shared: Arc<Shared>, outgoing: Outgoing) -> Result<Answer<Body>, Error> {
    let patience = outgoing.plan.timeout;
    let mut answer = attempts(&shared, outgoing, Until::Begun).await?;
    let body = std::mem::take(&mut answer.value);
    Ok(answer.with_value(download::guarded(shared, body, patience)))
}

async fn attempts(shared: &Shared, outgoing: Outgoing, until: Until) -> Result<Answer<Body>, Error> {
    let Outgoing { mut request, grant, plan } = outgoing;
    let deadline = plan.total_timeout.and_then(|total| shared.transport.now().checked_add(total));
    let mut sending = Sending { shared, secrets: &plan.secrets, timeout: plan.timeout, deadline, until, sent: 0 };
    let mut past = Past::default();
    loop {
        let again = copy(&request);
        // Hooks run within the span: one that lets the server go on with the trace finds it there.
        let span = Span::attempt(&plan, &request, sending.sent);
        let watch = span.within(|| Watch::begin(shared, &plan, past.retries + 1, &mut request));
        let error = match span.around(sending.once(grant.as_ref(), request)).await {
            Ok(answer) => {
                span.within(|| watch.answered(&answer));
                span.answered(answer.status);
                shared.budget.reward();
                return Ok(Answer { attempts: sending.sent, ..answer });
            }
            Err(error) => error.with_operation(plan.operation),
        };
        past.ambiguous |= error.may_have_happened();
        let next = again.and_then(|again| Some((again, past.wait(shared, &plan, &error, deadline)?)));
        let error = error.after(sending.sent, past.ambiguous && plan.class != RetryClass::Safe, &plan.idempotency_key);
        span.within(|| watch.failed(&error, next.as_ref().map(|(_, wait)| *wait)));
        span.failed(&error);
        let Some((again, wait)) = next else { return Err(error) };
        shared.transport.sleep(wait).await;
        past.retries += 1;
        request = again;
    }
}

/// What has become of a call so far.
#[derive(Default)]
struct Past {
    retries: u32,
    /// Whether any attempt may have been carried out. A later one that was refused does not undo that.
    ambiguous: bool,
}

impl Past {
    /// How long to wait before the call is sent again; `None` when it is not.
    fn wait(&self, shared: &Shared, plan: &Plan, error: &Error, deadline: Option<Instant>) -> Option<Duration> {
        let remedy = error.remedy();
        if remedy == Remedy::None {
            if error.status().is_some() {
                shared.budget.reward();
            }
            return None;
        }
        let situation = Situation {
            class: plan.class,
            retry_ambiguous: plan.retry_ambiguous,
            retries: self.retries,
            retry_after: error.retry_after(),
            left: deadline.map(|deadline| deadline.saturating_duration_since(shared.transport.now())),
        };
        let wait = plan.policy.wait(remedy, &situation, random::chance())?;
        shared.budget.take().then_some(wait)
    }
}
