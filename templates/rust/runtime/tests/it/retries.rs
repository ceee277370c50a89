//! What is sent again, when, and how often; what is never sent again.

use std::collections::BTreeSet;
use std::time::Duration;

use bytes::Bytes;

use crate::requests::client;
use crate::runtime::{Body, Client, Error, ErrorKind, RateLimit, TransportErrorKind, Upload};
use crate::sample::Charge;
use crate::scripted::{Act, Scripted, response};

fn answer(status: u16) -> Act {
    Act::Answer(response(status, "{}"))
}

fn asking(status: u16, retry_after: &str) -> Act {
    let mut answer = response(status, "");
    answer.headers_mut().insert("retry-after", retry_after.parse().unwrap());
    Act::Answer(answer)
}

fn fail(kind: TransportErrorKind) -> Act {
    Act::Fail(kind)
}

/// A success whose body breaks off.
fn broken() -> Act {
    let body =
        Body::from_stream(Once(Some(Err(crate::runtime::TransportError::new(TransportErrorKind::Lost, "scripted")))));
    Act::Answer(response(200, "").map(|_| body))
}

struct Once(Option<Result<Bytes, crate::runtime::TransportError>>);

impl futures_core::Stream for Once {
    type Item = Result<Bytes, crate::runtime::TransportError>;

    fn poll_next(
        mut self: std::pin::Pin<&mut Self>,
        _: &mut std::task::Context<'_>,
    ) -> std::task::Poll<Option<Self::Item>> {
        std::task::Poll::Ready(self.0.take())
    }
}

async fn create(transport: &Scripted) -> Result<Charge, Error> {
    client(transport).charges().create(1, "THB").await
}

async fn retrieve(transport: &Scripted) -> Result<Charge, Error> {
    client(transport).charges().retrieve("chrg_1").await
}

type MakeAct = fn() -> Act;

/// Failures of one attempt after which the call may have been carried out.
fn ambiguous() -> [(&'static str, MakeAct); 6] {
    [
        ("408", || answer(408)),
        ("500", || answer(500)),
        ("502", || answer(502)),
        ("503 that asks to wait", || asking(503, "0")),
        ("lost", || fail(TransportErrorKind::Lost)),
        ("broken body", broken),
    ]
}

#[tokio::test]
async fn what_was_not_carried_out_is_sent_again_whatever_it_is() {
    let refused: [MakeAct; 2] = [|| fail(TransportErrorKind::Connect), || answer(429)];
    for refused in refused {
        let transport = Scripted::new([refused(), refused(), answer(200)]);
        create(&transport).await.unwrap();
        assert_eq!(transport.seen().len(), 3);
        let transport = Scripted::new([refused(), refused(), refused(), answer(200)]);
        let error = create(&transport).await.unwrap_err();
        assert_eq!((error.attempts(), transport.seen().len()), (3, 3));
        assert!(error.is_retryable() && !error.outcome_unknown(), "{error:?}");
    }
}

#[tokio::test]
async fn a_call_that_may_charge_twice_is_never_sent_again_by_itself() {
    for (name, act) in ambiguous() {
        let transport = Scripted::new([act(), answer(200)]);
        let error = create(&transport).await.unwrap_err();
        assert_eq!((error.attempts(), transport.seen().len()), (1, 1), "{name}");
        assert!(error.outcome_unknown(), "{name}");
        assert_eq!(error.idempotency_key(), transport.seen()[0].header("idempotency-key"), "{name}");

        let transport = Scripted::new([act(), act(), answer(200)]);
        let call = client(&transport).charges().create(1, "THB").retry_ambiguous(true);
        let answer = call.send().await.unwrap();
        assert_eq!((answer.attempts(), transport.seen().len()), (3, 3), "{name}");

        let transport = Scripted::new([act(), act(), self::answer(200)]);
        retrieve(&transport).await.unwrap();
        assert_eq!(transport.seen().len(), 3, "{name}");
    }
    let transport = Scripted::new([Act::Hang, answer(200)]).late();
    let error = create(&transport).await.unwrap_err();
    assert_eq!((error.kind(), error.attempts(), error.outcome_unknown()), (ErrorKind::Timeout, 1, true));
}

#[tokio::test]
async fn verdicts_and_what_cannot_be_read_are_not_sent_again() {
    for status in [301, 307, 308, 400, 401, 402, 403, 404, 409, 422] {
        let transport = Scripted::new([answer(status), answer(200)]);
        let error = retrieve(&transport).await.unwrap_err();
        assert_eq!((error.attempts(), transport.seen().len()), (1, 1), "{status}");
    }
    let transport = Scripted::new([Act::Answer(response(200, "no json")), answer(200)]);
    let error = client(&transport).charges().create(1, "THB").retry_ambiguous(true).await.unwrap_err();
    assert_eq!((error.kind(), error.attempts()), (ErrorKind::Decode, 1));
    assert!(error.outcome_unknown() && error.idempotency_key().is_some());
}

/// The first attempt may have been carried out; that the second was refused does not undo it.
#[tokio::test]
async fn what_one_attempt_may_have_done_no_other_undoes() {
    for last in [fail(TransportErrorKind::Connect), answer(404), answer(429), answer(400)] {
        let transport = Scripted::new([answer(500), last]);
        let call = client(&transport).charges().create(1, "THB").retry_ambiguous(true).max_retries(1);
        let error = call.await.unwrap_err();
        assert_eq!(error.attempts(), 2);
        assert!(error.outcome_unknown(), "{error:?}");
        assert!(error.to_string().ends_with("it may have been carried out"), "{error}");
    }
    // A call that changes nothing is never in doubt.
    let transport = Scripted::new([answer(500), answer(404)]);
    assert!(!retrieve(&transport).await.unwrap_err().outcome_unknown());
}

#[tokio::test]
async fn all_attempts_of_a_call_carry_one_key_and_each_call_another() {
    let mut keys = BTreeSet::new();
    for _ in 0..3 {
        let transport = Scripted::new((0..6).map(|_| answer(429)));
        let request = client(&transport).charges().create(1, "THB");
        for request in [request.clone(), request] {
            let error = request.await.unwrap_err();
            keys.insert(error.idempotency_key().unwrap().to_owned());
        }
        let seen = transport.seen();
        let sent: BTreeSet<&str> = seen.iter().map(|seen| seen.header("idempotency-key").unwrap()).collect();
        assert_eq!(sent.len(), 2, "one for each call");
        assert_eq!(seen.len(), 6);
    }
    assert_eq!(keys.len(), 6);
    let transport = Scripted::new([answer(429), answer(200)]);
    client(&transport).charges().create(1, "THB").idempotency_key("mine").await.unwrap();
    assert!(transport.seen().iter().all(|seen| seen.header("idempotency-key") == Some("mine")));
    let transport = Scripted::new([answer(503), answer(200)]);
    retrieve(&transport).await.unwrap();
    assert!(transport.seen().iter().all(|seen| seen.header("idempotency-key").is_none()), "a GET takes none");
    let bad = Client::builder().default_header("idempotency-key", "one for all").transport(transport).build();
    assert_eq!(bad.unwrap_err().kind(), ErrorKind::Config);
}

#[tokio::test]
async fn attempts_are_the_same_bytes() {
    let transport = Scripted::new([answer(429), fail(TransportErrorKind::Connect), answer(200)]);
    client(&transport).charges().create(100_000, "THB").card("tokn_1").await.unwrap();
    let seen: Vec<String> = transport
        .seen()
        .iter()
        .map(|seen| format!("{} {:?} {}", seen.line(), seen.head.headers, seen.text()))
        .collect();
    assert_eq!(seen.len(), 3);
    assert!(seen.iter().all(|one| *one == seen[0]), "{seen:#?}");
}

#[tokio::test]
async fn waits_grow_and_what_the_server_asks_is_honoured() {
    let waits = |transport: &Scripted| -> Vec<Duration> {
        transport.slept().into_iter().filter(|slept| *slept != Duration::from_secs(65)).collect()
    };
    let transport = Scripted::new([answer(500), answer(500), answer(500), answer(500)]);
    client(&transport).charges().retrieve("chrg_1").max_retries(3).await.unwrap_err();
    let slept = waits(&transport);
    assert_eq!(slept.len(), 3);
    for (slept, most) in slept.iter().zip([500, 1000, 2000]) {
        assert!(*slept < Duration::from_millis(most), "{slept:?} of {most}");
    }

    let transport = Scripted::new([asking(429, "7"), answer(200)]);
    create(&transport).await.unwrap();
    let slept = waits(&transport);
    assert!(slept[0] >= Duration::from_secs(7) && slept[0] < Duration::from_millis(7500), "{slept:?}");

    // The clock of the script begins in 1970.
    let transport = Scripted::new([asking(429, "Thu, 01 Jan 1970 00:00:20 GMT"), answer(200)]);
    create(&transport).await.unwrap();
    assert!(waits(&transport)[0] >= Duration::from_secs(20));

    let transport = Scripted::new([asking(429, "31"), answer(200)]);
    let error = create(&transport).await.unwrap_err();
    assert_eq!((error.attempts(), error.retry_after()), (1, Some(Duration::from_secs(31))));
    assert!(waits(&transport).is_empty());

    let patient = Scripted::new([asking(429, "31"), answer(200)]);
    let builder = Client::builder().secret_key("skey_1").max_retry_wait(Duration::from_secs(60));
    let client = builder.transport(patient.clone()).build().unwrap();
    client.charges().create(1, "THB").await.unwrap();
    assert!(waits(&patient)[0] >= Duration::from_secs(31));
}

#[tokio::test]
async fn the_time_for_a_call_holds_for_all_of_its_attempts() {
    let total = Duration::from_secs(100);
    let transport = Scripted::new([Act::Hang, Act::Hang, Act::Hang, Act::Hang]).late();
    let call = client(&transport).charges().retrieve("chrg_1").max_retries(9).total_timeout(total);
    let error = call.await.unwrap_err();
    assert_eq!((error.kind(), error.attempts()), (ErrorKind::Timeout, 2));
    assert_eq!(transport.slept().iter().sum::<Duration>(), total);

    // No time is left for the wait.
    let transport = Scripted::new([asking(429, "20"), answer(200)]);
    let call = client(&transport).charges().retrieve("chrg_1").total_timeout(Duration::from_secs(20));
    assert_eq!(call.await.unwrap_err().attempts(), 1);

    let transport = Scripted::new([Act::Hang]).late();
    let builder = Client::builder().secret_key("skey_1").total_timeout(Duration::from_secs(3)).max_retries(0);
    let client = builder.transport(transport.clone()).build().unwrap();
    let error = client.charges().create(1, "THB").await.unwrap_err();
    assert_eq!(error.to_string(), "charges.create: timeout: no answer within 3 seconds; it may have been carried out");
    assert_eq!(transport.slept(), [Duration::from_secs(3)]);
}

#[tokio::test]
async fn retries_are_counted_per_client_and_per_call() {
    let transport = Scripted::new((0..4).map(|_| answer(500)));
    let builder = Client::builder().secret_key("skey_1").max_retries(0);
    let client = builder.transport(transport.clone()).build().unwrap();
    assert_eq!(client.charges().retrieve("chrg_1").await.unwrap_err().attempts(), 1);
    assert_eq!(client.charges().retrieve("chrg_1").max_retries(1).await.unwrap_err().attempts(), 2);
}

#[tokio::test]
async fn an_outage_is_not_multiplied() {
    let transport = Scripted::new((0..200).map(|_| answer(503)));
    let builder = Client::builder().secret_key("skey_1").retry_budget(10);
    let client = builder.transport(transport.clone()).build().unwrap();
    for _ in 0..100 {
        client.charges().retrieve("chrg_1").await.unwrap_err();
    }
    assert_eq!(transport.seen().len(), 110);

    // Answers, refusals among them, earn retries back.
    let transport = Scripted::new((0..5).map(|_| answer(404)).chain([answer(503), answer(200), answer(503)]));
    let builder = Client::builder().secret_key("skey_1").retry_budget(1);
    let client = builder.transport(transport.clone()).build().unwrap();
    for _ in 0..5 {
        client.charges().retrieve("chrg_1").await.unwrap_err();
    }
    client.charges().retrieve("chrg_1").await.unwrap();
    client.charges().retrieve("chrg_1").await.unwrap_err();
}

#[tokio::test]
async fn a_stream_is_sent_once() {
    let transport = Scripted::new([answer(429), answer(200)]);
    let body = Upload::stream(Once(Some(Ok(Bytes::from_static(b"abc")))));
    let call = client(&transport).request(http::Method::PUT, "/files").body("text/plain", body);
    let error = call.await.unwrap_err();
    assert_eq!((error.status().unwrap().as_u16(), error.attempts(), transport.seen().len()), (429, 1, 1));
}

#[tokio::test]
async fn the_rate_limit_is_read_where_it_is_told() {
    let mut told = response(200, "{}");
    told.headers_mut().insert("x-limit", "1000".parse().unwrap());
    told.headers_mut().insert("x-left", " 3 ".parse().unwrap());
    told.headers_mut().insert("x-reset", "soon".parse().unwrap());
    let transport = Scripted::new([Act::Answer(told), answer(200), asking(429, "60")]);
    let client = client(&transport);
    let limit: Option<RateLimit> = client.charges().retrieve("chrg_1").send().await.unwrap().rate_limit();
    let limit = limit.unwrap();
    assert_eq!((limit.limit, limit.remaining, limit.reset), (Some(1000), Some(3), None));
    assert_eq!(client.charges().retrieve("chrg_1").send().await.unwrap().rate_limit(), None);
    assert_eq!(client.charges().retrieve("chrg_1").await.unwrap_err().rate_limit(), None);
}
