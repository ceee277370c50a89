//! An answer that is of another kind than the call promises is none, whatever its status; nor is one without its id.

use omise::test_util::{Reply, Scripted};
use omise::types::{Currency, Event};
use omise::{Client, Error, ErrorKind};

fn answering(body: &'static str) -> (Client, Scripted) {
    let api = Scripted::new();
    api.push(Reply::bytes(200, body));
    let client = Client::builder().secret_key("skey_test_1").transport(api.clone()).build().expect("a client");
    (client, api)
}

fn told(error: &Error) -> (ErrorKind, bool) {
    (error.kind(), error.outcome_unknown())
}

#[tokio::test]
async fn what_is_no_charge_leaves_it_open_whether_there_is_one() {
    let bodies = [
        "{}",
        r#"{"object":"error","code":"failed_fraud_check","message":"no"}"#,
        r#"{"object":"customer","id":"cust_test_1"}"#,
        r#"{"object":"charge"}"#,
        r#"{"object":"charge","id":null}"#,
        r#"{"object":"charge","id":""}"#,
        r#"{"id":"chrg_test_1"}"#,
    ];
    for body in bodies {
        let (client, api) = answering(body);
        let error = client.charges().create(1, Currency::Thb).await.expect_err(body);
        assert_eq!(told(&error), (ErrorKind::Decode, true), "{body}");
        assert!(error.message().contains("expected an object `charge` with an id"), "{error}");
        assert_eq!((error.body().as_ref(), error.idempotency_key().is_some()), (body.as_bytes(), true));
        assert_eq!(api.requests().len(), 1, "it is not sent again");
    }
    let (client, _) = answering(r#"{"object":"charge","id":"chrg_test_1"}"#);
    assert_eq!(client.charges().create(1, Currency::Thb).await.expect("a charge").id, "chrg_test_1");
}

#[tokio::test]
async fn what_is_no_list_has_no_end_either() {
    for body in ["{}", r#"{"data":[]}"#, r#"{"object":"charge","id":"chrg_test_1"}"#] {
        let (client, _) = answering(body);
        let error = client.charges().list().await.expect_err(body);
        assert_eq!(told(&error), (ErrorKind::Decode, false), "{body}");
        let (client, _) = answering(body);
        assert_eq!(
            client.charges().list().items().next().await.expect("an error").expect_err(body).kind(),
            ErrorKind::Decode
        );
    }
    let (client, _) = answering(r#"{"object":"list","data":[],"total":0}"#);
    assert!(client.charges().list().items().next().await.is_none());
}

#[test]
fn what_is_no_event_is_not_taken_however_well_it_is_signed() {
    use omise::webhooks::{Verifier, WebhookErrorKind, sign};
    use std::time::{Duration, UNIX_EPOCH};

    let at = UNIX_EPOCH + Duration::from_secs(1_700_000_000);
    let verify = |body: &str| -> Result<Event, WebhookErrorKind> {
        let verifier = Verifier::new(["c2VjcmV0"]).expect("a secret").clock(move || at);
        let headers = sign("c2VjcmV0", at, body).expect("signed");
        verifier.verify(&headers, body).map_err(|error| error.kind())
    };
    for body in ["{}", r#"{"object":"charge","id":"chrg_test_1"}"#, r#"{"object":"event"}"#] {
        assert_eq!(verify(body).expect_err(body), WebhookErrorKind::Decode, "{body}");
    }
    assert_eq!(
        verify(r#"{"object":"event","id":"evnt_test_1","key":"new.kind"}"#).expect("an event").id,
        "evnt_test_1"
    );
}

#[tokio::test]
async fn an_id_that_an_answer_left_out_goes_nowhere() {
    let (client, api) = answering(r#"{"object":"transfer","id":"trsf_test_1"}"#);
    let errors = [
        client.transfers().create().amount(1).recipient("").await.expect_err("no recipient"),
        client.charges().create(1, Currency::Thb).customer("").await.expect_err("no customer"),
        client.charges().retrieve("").await.expect_err("no charge"),
    ];
    for error in &errors {
        assert_eq!(told(error), (ErrorKind::Argument, false), "{error}");
    }
    assert!(errors[0].message().contains("`RecipientId` that is empty"), "{}", errors[0]);
    assert!(api.requests().is_empty());
}
