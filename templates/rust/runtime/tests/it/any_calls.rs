//! Calls that generated code does not have.

use http::Method;
use serde_json::json;

use crate::requests::client;
use crate::runtime::{ErrorKind, RetryClass};
use crate::scripted::{Act, Scripted, response};

#[tokio::test]
async fn a_call_of_ones_own_has_keys_headers_and_answers_like_any_other() {
    let transport = Scripted::answering(200, r#"{"id":7}"#);
    let call = client(&transport).request(Method::POST, "/beta/things").query("a b", "c&d").json(&json!({"x": 1}));
    let answer = call.unwrap().send().await.unwrap();
    assert_eq!(answer.json().unwrap()["id"], 7);
    assert_eq!(&**answer, br#"{"id":7}"#);
    let seen = &transport.seen()[0];
    assert_eq!(seen.line(), "POST https://api.example.com/beta/things?a%20b=c%26d");
    assert_eq!(seen.text(), r#"{"x":1}"#);
    assert_eq!(seen.header("content-type"), Some("application/json"));
    assert_eq!(seen.header("authorization"), Some("Basic c2tleV8xOg=="));
    assert_eq!(seen.header("api-version"), Some("2019-05-29"));
    assert!(seen.header("idempotency-key").is_some());
}

#[tokio::test]
async fn another_host_takes_its_own_keys() {
    let transport = Scripted::default();
    let client = client(&transport);
    client.request(Method::GET, "/tokens/1").host_at(1).await.unwrap();
    let seen = &transport.seen()[0];
    assert_eq!(seen.line(), "GET https://vault.example.com/v1/tokens/1");
    assert_eq!(seen.header("authorization"), Some("Basic cGtleV8xOg=="));
    client.request(Method::PUT, "/raw").body("text/csv", "a,b").await.unwrap();
    assert_eq!((transport.seen()[1].text(), transport.seen()[1].header("content-type")), ("a,b", Some("text/csv")));
}

#[tokio::test]
async fn paths_that_lead_elsewhere_are_refused() {
    let transport = Scripted::default();
    for path in ["", "charges", "/a/../b", "/a/%2e%2E/b", "/.", "/a?b=c", "/a#b", "https://elsewhere.test/"] {
        let error = client(&transport).request(Method::GET, path).await.unwrap_err();
        assert_eq!((error.kind(), error.operation()), (ErrorKind::Argument, Some("request")), "{path}");
    }
    assert!(transport.seen().is_empty());
    client(&transport).request(Method::GET, "/a b/é%20/").await.unwrap();
    assert_eq!(transport.seen()[0].head.uri.path(), "/a%20b/%C3%A9%20/");
}

#[tokio::test]
async fn the_method_says_what_may_be_sent_again_unless_the_caller_does() {
    let script = || Scripted::new([Act::Answer(response(500, "")), Act::Answer(response(200, ""))]);
    for (method, again) in [(Method::GET, true), (Method::DELETE, true), (Method::POST, false), (Method::PATCH, false)]
    {
        let transport = script();
        let result = client(&transport).request(method.clone(), "/a").await;
        assert_eq!(result.is_ok(), again, "{method}");
        assert_eq!(result.err().is_some_and(|error| error.outcome_unknown()), !again, "{method}");
    }
    let transport = script();
    client(&transport).request(Method::POST, "/a").retry_class(RetryClass::Idempotent).await.unwrap();
    assert_eq!(transport.seen().len(), 2);
}
