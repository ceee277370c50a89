//! Lines, headers and hosts of requests; what is refused before anything is sent.

use std::future::IntoFuture;
use std::time::Duration;

use http::Method;

use crate::runtime::{Client, ErrorKind};
use crate::sample::{ChargeId, ChargeStatus, Filters};
use crate::scripted::{Act, Scripted, response};

/// A client with both keys over that transport.
pub fn client(transport: &Scripted) -> Client {
    Client::builder().secret_key("skey_1").public_key("pkey_1").transport(transport.clone()).build().unwrap()
}

fn is_spawnable<T: Send + 'static>(value: T) -> T {
    value
}

#[tokio::test]
async fn a_create_is_sent_as_declared() {
    let transport = Scripted::answering(200, r#"{"id":"chrg_1","amount":100000,"status":"successful"}"#);
    let charge = client(&transport).charges().create(100_000, "THB").card("tokn_1").await.unwrap();
    assert_eq!(charge.id, "chrg_1");
    assert_eq!(charge.status, ChargeStatus::Successful);

    let seen = transport.seen();
    assert_eq!(seen.len(), 1);
    assert_eq!(seen[0].line(), "POST https://api.example.com/charges");
    assert_eq!(seen[0].text(), r#"{"amount":100000,"currency":"THB","card":"tokn_1"}"#);
    assert_eq!(seen[0].header("content-type"), Some("application/json"));
    assert_eq!(seen[0].header("content-length"), Some("50"));
    assert_eq!(seen[0].header("accept"), Some("application/json"));
    assert_eq!(seen[0].header("api-version"), Some("2019-05-29"));
    assert_eq!(seen[0].header("user-agent"), Some("sample-rust/0.1.0"));
    assert_eq!(seen[0].header("authorization"), Some("Basic c2tleV8xOg=="));
    assert!(seen[0].head.headers["authorization"].is_sensitive());
    assert_eq!(seen[0].header("idempotency-key").map(str::len), Some(36));
    assert_eq!(transport.slept(), [Duration::from_secs(65)]);
}

#[tokio::test]
async fn a_list_has_its_query_and_no_body() {
    let transport = Scripted::answering(200, "[]");
    let filters = Filters { status: Some(ChargeStatus::from("odd one")), amount: None };
    client(&transport).charges().list().limit(20).filters(filters).await.unwrap();
    let seen = transport.seen();
    let line = "GET https://api.example.com/charges?limit=20&filters%5Bstatus%5D=odd%20one";
    assert_eq!(seen[0].line(), line);
    assert!(seen[0].body.is_empty());
    assert_eq!(seen[0].header("content-type"), None);
    assert_eq!(seen[0].header("content-length"), None);
}

#[tokio::test]
async fn path_arguments_are_encoded_or_refused() {
    let transport = Scripted::answering(200, "{}");
    let client = client(&transport);
    for bad in ["", ".", "..", " ", " .. ", "chrg_1\n", "\u{7f}"] {
        let error = client.charges().retrieve(bad).await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Argument, "{bad:?}");
        assert_eq!(error.attempts(), 0);
        assert!(!error.outcome_unknown());
        assert!(error.to_string().starts_with("charges.retrieve: argument: `id`"), "{error}");
    }
    assert!(transport.seen().is_empty());
    client.charges().retrieve("a/../b?c#d%2e é;=,@:").await.unwrap();
    let path = "/charges/a%2F..%2Fb%3Fc%23d%252e%20%C3%A9%3B%3D%2C%40%3A";
    assert_eq!(transport.seen()[0].head.uri.path(), path);
}

/// A body like those of generated code, with ids inside of it and in lists.
#[derive(serde::Serialize)]
struct Refunding {
    charge: ChargeId,
    others: Vec<ChargeId>,
}

#[tokio::test]
async fn no_body_has_an_id_that_is_empty() {
    let transport = Scripted::answering(200, "{}");
    let client = client(&transport);
    let refunding = |charge: &str, other: &str| Refunding { charge: charge.into(), others: vec![other.into()] };
    for bad in
        [refunding("", "chrg_2"), refunding("chrg_1", ""), refunding(" ", "chrg_2"), refunding("chrg_1\n", "chrg_2")]
    {
        let error = client.request(Method::POST, "/refunds").json(&bad).unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Argument);
        assert_eq!(error.message(), "`the body` has a `ChargeId` that is empty or has a line break");
        // Elsewhere it is as good as any other: what was answered without one can be kept.
        assert!(serde_json::to_string(&bad).is_ok());
    }
    assert!(transport.seen().is_empty());
    client.request(Method::POST, "/refunds").json(&refunding("chrg_1", "chrg_2")).unwrap().await.unwrap();
    assert_eq!(transport.seen()[0].text(), r#"{"charge":"chrg_1","others":["chrg_2"]}"#);
}

#[tokio::test]
async fn a_call_has_one_idempotency_key() {
    let transport = Scripted::answering(200, "{}");
    let client = client(&transport);
    let call = |key: &str| client.charges().create(1, "THB").idempotency_key("order-1").header("IDEMPOTENCY-KEY", key);
    let error = call("order-2").await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Argument);
    assert!(error.message().contains("two idempotency keys"), "{error}");
    assert!(transport.seen().is_empty());
    call("order-1").await.unwrap();
    assert_eq!(transport.seen()[0].header("idempotency-key"), Some("order-1"));
}

#[tokio::test]
async fn hosts_have_their_own_base_urls() {
    let transport = Scripted::default();
    let client = Client::builder()
        .public_key("pkey_1")
        .secret_key("skey_1")
        .base_url_at(0, "http://127.0.0.1:8080/prefix/")
        .transport(transport.clone())
        .build()
        .unwrap();
    client.charges().retrieve("chrg_1").await.unwrap();
    client.charges().create_token("4242").await.unwrap();
    let lines: Vec<String> = transport.seen().iter().map(super::scripted::Seen::line).collect();
    assert_eq!(lines, ["GET http://127.0.0.1:8080/prefix/charges/chrg_1", "POST https://vault.example.com/v1/tokens"]);
}

#[test]
fn base_urls_are_https_or_this_machine() {
    let build = |url: &str| Client::builder().base_url_at(0, url).transport(Scripted::default()).build();
    for good in ["https://x.test", "https://x.test/v1//", "http://localhost:1", "http://127.0.0.2", "http://[::1]:8"] {
        build(good).unwrap();
    }
    for bad in [
        "http://x.test",
        "http://localhost.evil.test",
        "ftp://x.test",
        "x.test",
        "/v1",
        "",
        "https://",
        "https://u:p@x.test",
        "https://x.test/?a=1",
        "https://x.test/#a",
        "https://x.test/a/../b",
        "https://x.test/ a",
    ] {
        let error = build(bad).unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Config, "{bad}");
        assert!(error.to_string().contains("base URL of api"), "{error}");
        assert!(!error.to_string().contains("u:p"));
    }
    let builder = Client::builder().base_url_at(0, "http://x.test").allow_insecure_http(true);
    builder.transport(Scripted::default()).build().unwrap();
}

#[tokio::test]
async fn guesses_are_refused_unless_allowed() {
    let transport = Scripted::default();
    let error = client(&transport).charges().guess().await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Unverified);
    assert!(transport.seen().is_empty());

    let builder = Client::builder().allow_unverified(true).transport(transport.clone());
    let error = builder.build().unwrap().charges().guess().await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Config, "its host has no absolute URL");

    let builder = Client::builder().allow_unverified(true).base_url_at(2, "https://other.test");
    builder.transport(transport.clone()).build().unwrap().charges().guess().await.unwrap();
    assert_eq!(transport.seen()[0].line(), "DELETE https://other.test/guess");
    assert_eq!(transport.seen()[0].header("authorization"), None);
}

#[tokio::test]
async fn headers_of_a_request_come_before_those_of_the_client() {
    let transport = Scripted::default();
    let client = Client::builder()
        .secret_key("skey_1")
        .default_header("Api-Version", "2017-11-02")
        .default_header("user-agent", "shop/1")
        .default_header("Accept-Language", "th")
        .transport(transport.clone())
        .build()
        .unwrap();
    client
        .charges()
        .retrieve("chrg_1")
        .header("SUB_MERCHANT_ID", "team_1")
        .header("Accept-Language", "ja")
        .await
        .unwrap();
    let seen = &transport.seen()[0];
    assert_eq!(seen.header("api-version"), Some("2017-11-02"));
    assert_eq!(seen.header("user-agent"), Some("shop/1"));
    assert_eq!(seen.header("accept-language"), Some("ja"));
    assert_eq!(seen.header("sub_merchant_id"), Some("team_1"));
}

#[tokio::test]
async fn malformed_headers_are_refused() {
    let transport = Scripted::default();
    let client = client(&transport);
    for (name, value) in [("a b", "x"), ("x", "a\r\nb: c"), ("Content-Length", "0"), ("host", "evil.test"), ("", "x")] {
        let error = client.charges().create(1, "THB").header(name, value).await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Argument, "{name}");
        assert!(!error.to_string().contains('\n'));
    }
    let error = client.charges().create(1, "THB").idempotency_key("a\nb").await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Argument);
    assert!(transport.seen().is_empty());
    let builder = Client::builder().default_header("x", "a\0").transport(transport);
    assert_eq!(builder.build().unwrap_err().kind(), ErrorKind::Argument);
}

#[tokio::test]
async fn an_idempotency_key_goes_with_writes_only() {
    let transport = Scripted::default();
    let client = client(&transport);
    client.charges().create(1, "THB").idempotency_key("order-1").await.unwrap();
    client.charges().retrieve("chrg_1").idempotency_key("order-1").await.unwrap();
    assert_eq!(transport.seen()[0].header("idempotency-key"), Some("order-1"));
    assert_eq!(transport.seen()[1].header("idempotency-key"), None);
}

#[tokio::test]
async fn a_request_may_be_spawned() {
    let transport = Scripted::default();
    let client = client(&transport);
    let sent = is_spawnable(client.charges().retrieve("chrg_1").send());
    tokio::spawn(sent).await.unwrap().unwrap();
    let awaited = is_spawnable(client.charges().retrieve("chrg_1").into_future());
    tokio::spawn(awaited).await.unwrap().unwrap();
    drop(is_spawnable(client.charges().retrieve("chrg_1")));
    drop(client.charges().create(1, "THB").send());
    assert_eq!(transport.seen().len(), 2, "a request that is not awaited is not sent");
}

#[cfg(not(feature = "reqwest"))]
#[test]
fn without_the_built_in_transport_one_must_be_given() {
    let error = Client::builder().build().unwrap_err();
    assert!(error.to_string().contains("no transport"), "{error}");
}

#[tokio::test]
async fn an_idempotency_key_given_as_a_header_is_known_and_an_empty_one_refused() {
    let transport = Scripted::new([Act::Answer(response(500, "{}"))]);
    let client = client(&transport);
    let error = client.charges().create(1, "THB").idempotency_key(" ").await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Argument);
    assert!(transport.seen().is_empty());
    let error = client.charges().create(1, "THB").header("idempotency-key", "k-2").await.unwrap_err();
    assert_eq!(error.idempotency_key(), Some("k-2"));
    assert_eq!(transport.seen()[0].header("idempotency-key"), Some("k-2"));
}
