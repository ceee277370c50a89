//! The emitted crate against servers that misbehave, over real sockets: no call outlives its time, and nothing that may
//! charge twice arrives twice unless its caller said so.

mod blocking;
mod server;

use std::collections::BTreeSet;
use std::future::IntoFuture;
use std::time::Duration;

use omise::types::Currency;
use omise::{Client, ClientBuilder, Error, ErrorKind};
use server::{Fault, FaultServer};
use tokio::task::JoinSet;

/// What is expected of calls to a server with that fault. A call that changes nothing is a GET, one that does no harm
/// twice a DELETE, and one that may charge twice a POST.
#[derive(Clone, Copy, Debug)]
struct Case {
    fault: Fault,
    kind: ErrorKind,
    /// How often a GET or DELETE arrives.
    harmless: usize,
    /// How often a POST arrives by itself.
    charge: usize,
    /// Whether a POST may have been carried out.
    unknown: bool,
}

impl Case {
    /// How long a client waits: long, unless it waits for nothing.
    fn patience(&self) -> Duration {
        if self.kind == ErrorKind::Timeout { TIMEOUT } else { PATIENCE }
    }

    fn client(&self, server: &FaultServer) -> Client {
        client(server, self.patience())
    }

    /// The call was sent so often, and arrived as often; on a busy machine its time may be up before it arrives.
    fn counts(&self, error: &Error, server: &FaultServer, expected: usize) {
        let arrived = server.arrivals().len();
        assert_eq!(usize::try_from(error.attempts()), Ok(expected), "{self:?}");
        let is_slow = self.kind == ErrorKind::Timeout;
        assert!(arrived == expected || is_slow && arrived < expected, "{self:?}: arrived {arrived} times");
    }

    /// How a call ended that changes nothing.
    fn was_asked(&self, error: &Error, server: &FaultServer) {
        self.counts(error, server, self.harmless);
        assert!(!error.outcome_unknown(), "{self:?}");
        assert!(error.idempotency_key().is_none(), "{self:?}");
    }

    /// How a call ended that may charge twice.
    fn was_charged(&self, error: &Error, server: &FaultServer) {
        self.counts(error, server, self.charge);
        assert_eq!(error.outcome_unknown(), self.unknown, "{self:?}");
        assert!(error.idempotency_key().is_some(), "{self:?}");
    }

    /// How a call ended that may charge twice and is sent again all the same.
    fn was_charged_again(&self, error: &Error, server: &FaultServer) {
        self.counts(error, server, self.harmless.max(self.charge));
        let arrivals = server.arrivals();
        let keys: BTreeSet<_> = arrivals.iter().map(|arrival| arrival.idempotency_key.as_deref()).collect();
        assert!(keys.iter().all(|key| *key == error.idempotency_key() && key.is_some()), "{self:?}: {keys:?}");
        assert!(arrivals.iter().all(|arrival| arrival.line == "POST /charges HTTP/1.1"), "{self:?}");
        assert_eq!(error.outcome_unknown(), self.unknown, "{self:?}");
    }
}

const fn case(fault: Fault, kind: ErrorKind, harmless: usize, charge: usize, unknown: bool) -> Case {
    Case { fault, kind, harmless, charge, unknown }
}

const CASES: &[Case] = &[
    case(Fault::Reset, ErrorKind::Lost, 3, 1, true),
    case(Fault::Close, ErrorKind::Lost, 3, 1, true),
    case(Fault::Stall, ErrorKind::Timeout, 3, 1, true),
    case(Fault::StallInBody, ErrorKind::Timeout, 3, 1, true),
    case(Fault::SlowHead, ErrorKind::Timeout, 3, 1, true),
    case(Fault::SlowBody, ErrorKind::Timeout, 3, 1, true),
    case(Fault::Truncate, ErrorKind::Lost, 3, 1, true),
    case(Fault::TruncateChunk, ErrorKind::Lost, 3, 1, true),
    case(Fault::Garbage, ErrorKind::Lost, 3, 1, true),
    case(Fault::EndlessHead, ErrorKind::Lost, 3, 1, true),
    case(Fault::EndlessBody, ErrorKind::TooLarge, 1, 1, true),
    case(Fault::Answer(500, "", "{}"), ErrorKind::Api, 3, 1, true),
    case(Fault::Answer(503, "Retry-After: 0\r\n", "busy"), ErrorKind::Api, 3, 1, true),
    case(Fault::Answer(408, "", ""), ErrorKind::Api, 3, 1, true),
    case(Fault::Answer(429, "Retry-After: 0\r\n", ""), ErrorKind::Api, 3, 3, false),
    case(Fault::Answer(429, "Retry-After: 3600\r\n", ""), ErrorKind::Api, 1, 1, false),
    case(Fault::Answer(307, "Location: /charges\r\n", ""), ErrorKind::Redirect, 1, 1, false),
    case(Fault::Answer(308, "Location: /charges\r\n", ""), ErrorKind::Redirect, 1, 1, false),
    case(Fault::Answer(302, "Location: /charges\r\n", ""), ErrorKind::Redirect, 1, 1, true),
    case(Fault::Answer(400, "", r#"{"object":"error","code":"invalid_charge"}"#), ErrorKind::Api, 1, 1, false),
    case(Fault::Answer(200, "", "{\"object\":\"charge\","), ErrorKind::Decode, 1, 1, true),
    case(Fault::Answer(200, "", "<html>"), ErrorKind::Decode, 1, 1, true),
];

/// One attempt to ask a server that never answers takes no longer than this.
const TIMEOUT: Duration = Duration::from_secs(1);

/// Longer than any of this takes; the machine may be busy.
const PATIENCE: Duration = Duration::from_secs(120);

/// Sets up a client of either kind.
fn configured<M>(builder: ClientBuilder<M>, server: &FaultServer, timeout: Duration) -> ClientBuilder<M> {
    let builder = builder.secret_key("skey_test_1").base_url(omise::Host::Api, server.url());
    builder.timeout(timeout).max_response_bytes(1_000_000)
}

fn client(server: &FaultServer, timeout: Duration) -> Client {
    configured(Client::builder(), server, timeout).build().expect("the client builds")
}

/// The failure of a call, which must come in time.
async fn failure<T: std::fmt::Debug>(case: Case, call: impl IntoFuture<Output = Result<T, Error>>) -> Error {
    let result = tokio::time::timeout(2 * PATIENCE, call.into_future()).await;
    let result = result.unwrap_or_else(|_| panic!("{:?}: the call outlived its time", case.fault));
    let error = result.expect_err("it fails");
    assert_eq!(error.kind(), case.kind, "{:?}: {error:?}", case.fault);
    error
}

/// Runs the check against a server of each kind, all at once.
async fn each<F: Future<Output = ()> + Send + 'static>(check: impl Fn(Case, FaultServer) -> F) {
    let mut checks = JoinSet::new();
    for case in CASES {
        checks.spawn(check(*case, FaultServer::start(case.fault).await));
    }
    let mut checked = 0;
    while let Some(check) = checks.join_next().await {
        check.expect("it holds");
        checked += 1;
    }
    assert_eq!(checked, CASES.len());
}

#[tokio::test(flavor = "multi_thread")]
async fn what_changes_nothing_is_asked_again() {
    each(|case, server| async move {
        let error = failure(case, case.client(&server).charges().retrieve("chrg_test_1")).await;
        case.was_asked(&error, &server);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_does_no_harm_twice_is_sent_again() {
    each(|case, server| async move {
        let error = failure(case, case.client(&server).customers().destroy("cust_test_1")).await;
        case.counts(&error, &server, case.harmless);
        assert_eq!(error.outcome_unknown(), case.unknown, "{case:?}");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_may_charge_twice_arrives_once() {
    each(|case, server| async move {
        let error = failure(case, case.client(&server).charges().create(100_000, Currency::Thb)).await;
        case.was_charged(&error, &server);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_caller_may_say_that_it_is_sent_again_and_then_it_has_one_key() {
    each(|case, server| async move {
        let call = case.client(&server).charges().create(100_000, Currency::Thb).retry_ambiguous(true);
        let error = failure(case, call).await;
        case.was_charged_again(&error, &server);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_call_ends_when_its_whole_time_is_up() {
    for fault in [Fault::Stall, Fault::SlowHead, Fault::SlowBody, Fault::Answer(500, "", "")] {
        let server = FaultServer::start(fault).await;
        let call = client(&server, TIMEOUT).charges().retrieve("chrg_test_1");
        let call = call.max_retries(1000).total_timeout(Duration::from_secs(1));
        let began = std::time::Instant::now();
        let result = tokio::time::timeout(PATIENCE, call.send()).await.expect("it ends");
        result.expect_err("it fails");
        assert!(began.elapsed() < Duration::from_secs(60), "{fault:?}: a second became {:?}", began.elapsed());
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_large_answer_is_read_up_to_the_limit() {
    let server = FaultServer::start(Fault::Large).await;
    let error = client(&server, PATIENCE).charges().create(1, Currency::Thb).await.expect_err("it is too large");
    assert_eq!((error.kind(), error.attempts()), (ErrorKind::TooLarge, 1));
    assert!(error.outcome_unknown());
    let builder = Client::builder().secret_key("skey_test_1").base_url(omise::Host::Api, server.url());
    let charge = builder.build().expect("it builds").charges().create(1, Currency::Thb).await.expect("16 MiB are read");
    assert_eq!(charge.description.map(|text| text.len()), Some(10_000_000));
}

/// The connection was used before: a request on it that is not answered may have been read all the same.
#[tokio::test(flavor = "multi_thread")]
async fn a_connection_that_closes_when_it_is_used_again_loses_the_answer() {
    let server = FaultServer::start(Fault::CloseOnReuse).await;
    let client = client(&server, PATIENCE);
    client.charges().create(1, Currency::Thb).await.expect("the first is answered");
    let error = client.charges().create(1, Currency::Thb).await.expect_err("the second is not");
    assert_eq!(error.kind(), ErrorKind::Lost);
    assert!(error.outcome_unknown());
    assert_eq!(server.arrivals().len(), 2);
}

/// Such a reset meets some connections before they are made, and those have sent nothing.
#[tokio::test(flavor = "multi_thread")]
async fn a_reset_before_the_request_is_read_loses_it_or_refuses_the_connection() {
    for _ in 0..20 {
        let server = FaultServer::start(Fault::ResetAtOnce).await;
        let call = client(&server, PATIENCE).charges().create(100_000, Currency::Thb).max_retries(0);
        let error = call.await.expect_err("it fails");
        assert!([ErrorKind::Lost, ErrorKind::Connect].contains(&error.kind()), "{error:?}");
        assert_eq!(error.outcome_unknown(), error.kind() == ErrorKind::Lost);
        assert_eq!(server.arrivals().len(), 1);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn where_nobody_listens_nothing_is_in_doubt() {
    let client = Client::builder().secret_key("skey_test_1").base_url(omise::Host::Api, "http://127.0.0.1:9");
    let error = client.build().expect("it builds").charges().create(1, Currency::Thb).await.expect_err("it fails");
    assert_eq!((error.kind(), error.attempts()), (ErrorKind::Connect, 3));
    assert!(error.is_retryable() && !error.outcome_unknown());
}
