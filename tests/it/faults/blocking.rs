//! The same servers, called by clients that hold their threads: they fail alike, and as often.

use omise::types::Currency;
use omise::{Error, blocking};

use super::{Case, FaultServer, configured, each, failure};

/// The failure of a call that holds a thread of its own.
async fn held<T, F>(case: Case, server: &FaultServer, call: F) -> Error
where
    T: std::fmt::Debug + Send + 'static,
    F: FnOnce(blocking::Client) -> Result<T, Error> + Send + 'static,
{
    let client = configured(blocking::Client::builder(), server, case.patience()).build().expect("the client builds");
    let thread = tokio::task::spawn_blocking(move || call(client));
    failure(case, async { thread.await.expect("it does not panic") }).await
}

#[tokio::test(flavor = "multi_thread")]
async fn what_changes_nothing_is_asked_again() {
    each(|case, server| async move {
        let error = held(case, &server, |client| client.charges().retrieve("chrg_test_1").send()).await;
        case.was_asked(&error, &server);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_may_charge_twice_arrives_once() {
    each(|case, server| async move {
        let error = held(case, &server, |client| client.charges().create(100_000, Currency::Thb).send()).await;
        case.was_charged(&error, &server);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_caller_may_say_that_it_is_sent_again_and_then_it_has_one_key() {
    each(|case, server| async move {
        let again =
            |client: blocking::Client| client.charges().create(100_000, Currency::Thb).retry_ambiguous(true).send();
        let error = held(case, &server, again).await;
        case.was_charged_again(&error, &server);
    })
    .await;
}
