//! The same servers, called by clients that hold their threads: they fail alike, and as often.

use omise::types::Currency;
use omise::{Error, blocking};

use super::{Case, ErrorKind, FaultServer, PATIENCE, TIMEOUT, each};

fn client(case: Case, server: &FaultServer) -> blocking::Client {
    blocking::Client::builder()
        .secret_key("skey_test_1")
        .base_url(omise::Host::Api, server.url())
        .timeout(if case.kind == ErrorKind::Timeout { TIMEOUT } else { PATIENCE })
        .max_response_bytes(1_000_000)
        .build()
        .expect("the client builds")
}

/// The failure of a call that holds a thread of its own, which must come in time.
async fn failure<T, F>(case: Case, server: &FaultServer, call: F) -> Error
where
    T: Send + 'static,
    F: FnOnce(blocking::Client) -> Result<T, Error> + Send + 'static,
{
    let client = client(case, server);
    let held = tokio::task::spawn_blocking(move || call(client).err());
    let result = tokio::time::timeout(2 * PATIENCE, held).await;
    let result = result.unwrap_or_else(|_| panic!("{:?}: the call outlived its time", case.fault));
    let error = result.expect("it does not panic").unwrap_or_else(|| panic!("{case:?}: it does not fail"));
    assert_eq!(error.kind(), case.kind, "{:?}: {error:?}", case.fault);
    error
}

#[tokio::test(flavor = "multi_thread")]
async fn what_changes_nothing_is_asked_again() {
    each(|case, server| async move {
        let error = failure(case, &server, |client| client.charges().retrieve("chrg_test_1").send()).await;
        case.counts(&error, &server, case.harmless);
        assert!(!error.outcome_unknown(), "{case:?}");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_may_charge_twice_arrives_once() {
    each(|case, server| async move {
        let error = failure(case, &server, |client| client.charges().create(100_000, Currency::Thb).send()).await;
        case.counts(&error, &server, case.charge);
        assert_eq!(error.outcome_unknown(), case.unknown, "{case:?}");
        assert!(error.idempotency_key().is_some(), "{case:?}");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_caller_may_say_that_it_is_sent_again_and_then_it_has_one_key() {
    each(|case, server| async move {
        let call =
            |client: blocking::Client| client.charges().create(100_000, Currency::Thb).retry_ambiguous(true).send();
        let error = failure(case, &server, call).await;
        case.counts(&error, &server, case.harmless.max(case.charge));
        let arrivals = server.arrivals();
        assert!(
            arrivals.iter().all(|arrival| arrival.idempotency_key.as_deref() == error.idempotency_key()),
            "{case:?}"
        );
        assert_eq!(error.outcome_unknown(), case.unknown, "{case:?}");
    })
    .await;
}
