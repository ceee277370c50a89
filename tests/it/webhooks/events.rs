//! What is genuine is read, whatever it is about and whichever version of the API it is written in.

use omise::types::{AnyObject, Event, EventKey};
use omise::webhooks::{WebhookErrorKind, sign};
use serde_json::{Value, json};

use super::{BODY, SECRET, moment, verifier};
use crate::support::capture::Capture;

fn delivered(body: &str) -> Event {
    let headers = sign(SECRET, moment(), body).expect("a secret");
    verifier().verify(&headers, body).unwrap_or_else(|error| panic!("{error}: {body}"))
}

/// A delivered event with these members, of a charge that was made.
fn event(mut members: Value) -> Event {
    members["object"] = json!("event");
    members["id"] = json!("evnt_test_1");
    members["key"] = json!("charge.create");
    delivered(&members.to_string())
}

fn unknown(event: &Event) -> &Value {
    match &event.data {
        Some(AnyObject::Unknown(value)) => value,
        other => panic!("{other:?}"),
    }
}

#[test]
fn an_event_is_typed() {
    let event = delivered(BODY);
    assert_eq!(event.key, EventKey::ChargeComplete);
    assert_eq!(event.id.as_str(), "evnt_test_5xyz");
    let Some(AnyObject::Charge(charge)) = &event.data else { panic!("{:?}", event.data) };
    assert_eq!(charge.amount, Some(100_000));
}

#[test]
fn keys_and_objects_of_tomorrow_are_kept() {
    let event = delivered(
        r#"{"object":"event","id":"evnt_1","key":"wallet.top_up","data":{"object":"wallet","coins":[1,2]},"new":{}}"#,
    );
    assert_eq!(event.key, EventKey::Unknown("wallet.top_up".to_owned()));
    assert_eq!(*unknown(&event), json!({"object": "wallet", "coins": [1, 2]}));
}

#[test]
fn data_of_any_shape_is_kept() {
    for data in [json!(1), json!("chrg_1"), json!([{"object": "charge"}]), json!({}), json!({"object": 3}), json!(true)]
    {
        let event = event(json!({"data": data}));
        assert_eq!(*unknown(&event), data);
        assert_eq!(event.key, EventKey::ChargeCreate);
    }
    for nothing in [json!({"data": null}), json!({})] {
        assert_eq!(event(nothing).data, None);
    }
}

/// An event of the version of 2017, in which much was called otherwise, and what became an object was a text.
fn older() -> Value {
    json!({
        "object": "event", "id": "evnt_test_4", "livemode": false, "location": "/events/evnt_test_4",
        "key": "charge.create", "created": "2017-11-02T00:00:00Z",
        "data": {
            "object": "charge", "id": "chrg_test_4", "livemode": false, "amount": 2000, "currency": "thb",
            "refunded": 0, "created": "2017-11-02T00:00:00Z", "captured": true, "reference": null,
        },
    })
}

#[test]
fn an_older_version_is_read() {
    let event = delivered(&older().to_string());
    assert_eq!((event.id.as_str(), event.created_at.is_none()), ("evnt_test_4", true));
    let Some(AnyObject::Charge(charge)) = &event.data else { panic!("{:?}", event.data) };
    assert_eq!((charge.id.as_str(), charge.amount), ("chrg_test_4", Some(2000)));
    assert_eq!(charge.currency.as_str(), "thb");

    // Where a field is of another type, the object is kept as it came.
    let mut other = older();
    other["data"]["amount"] = json!("20.00");
    other["data"]["refunds"] = json!("none");
    assert_eq!(*unknown(&delivered(&other.to_string())), other["data"]);
}

#[test]
fn what_is_genuine_and_no_event_says_where() {
    let body = r#"{"object":"event","webhook_deliveries":{"id":"whdl_canary"}}"#;
    let headers = sign(SECRET, moment(), body).expect("a secret");
    verifier().check(&headers, body).expect("it is genuine");
    let error = verifier().verify(&headers, body).expect_err("it is no event");
    assert_eq!(error.kind(), WebhookErrorKind::Decode);
    assert!(error.to_string().contains("webhook_deliveries") && !error.to_string().contains("canary"), "{error}");
}

#[tokio::test]
async fn a_list_of_events_may_mix_versions() {
    let mut odd = older();
    odd["data"] = json!({"object": "charge", "amount": "20.00"});
    let new: Value = serde_json::from_str(BODY).expect("JSON");
    let unheard = json!({"object": "event", "id": "evnt_test_9", "key": "a.b", "data": {"object": "thing"}});
    let list = json!({"object": "list", "total": 4, "data": [new, older(), odd, unheard]});
    let capture = Capture::answering(200, list.to_string());
    let page = capture.client().events().list().await.expect("a page");
    let kinds: Vec<&str> = page.data.iter().map(|event| event.key.as_str()).collect();
    assert_eq!(kinds, ["charge.complete", "charge.create", "charge.create", "a.b"]);
    let typed: Vec<bool> = page.data.iter().map(|event| matches!(event.data, Some(AnyObject::Charge(_)))).collect();
    assert_eq!(typed, [true, true, false, false]);
}
