//! The emitted crate against a real HTTP server: exactly these bytes for these calls, exactly these values for these
//! answers.

use std::time::Duration;

use omise::types::{CreateTokenCard, Currency, ListOrder, SearchChargesFilters, TokenId};
use omise::{Client, DateTime, ErrorKind, File};
use serde_json::json;

use crate::support::server::{Answer, Server};

/// `Basic` and `skey_test_1:` or `pkey_test_1:` in base64.
const SECRET: &str = "Basic c2tleV90ZXN0XzE6";
const PUBLIC: &str = "Basic cGtleV90ZXN0XzE6";

/// A client whose api host is `api` and whose vault is `vault`.
fn client(api: &str, vault: &str) -> Client {
    Client::builder()
        .secret_key("skey_test_1")
        .public_key("pkey_test_1")
        .base_url(omise::Host::Api, api)
        .base_url(omise::Host::Vault, vault)
        .timeout(Duration::from_secs(10))
        .build()
        .expect("the client builds")
}

/// Nothing listens on port 9 of the loopback: a call to it fails.
const NOWHERE: &str = "http://127.0.0.1:9";

fn charge() -> String {
    json!({"object": "charge", "id": "chrg_test_1", "amount": 100_000, "currency": "THB", "status": "pending"})
        .to_string()
}

#[tokio::test]
async fn create_charge() {
    let server = Server::ok(charge());
    let token = TokenId::from("tokn_test_1");
    let charge = client(&server.url(), NOWHERE)
        .charges()
        .create(100_000, Currency::Thb)
        .card(&token)
        .metadata([("order", json!({"id": 42, "lines": ["tea", null]}))])
        .webhook_endpoints(["https://example.org/a", "https://example.org/b"])
        .await
        .expect("a charge");
    assert_eq!(charge.id, "chrg_test_1");
    assert_eq!(charge.amount, Some(100_000));
    assert_eq!(charge.currency, Currency::Thb);
    let request = server.request();
    assert_eq!(request.line, "POST /charges HTTP/1.1");
    assert_eq!(request.header("authorization"), Some(SECRET));
    assert_eq!(request.header("omise-version"), Some("2019-05-29"));
    assert_eq!(request.header("content-type"), Some("application/json"));
    assert_eq!(request.header("accept"), Some("application/json"));
    let expected = concat!(
        r#"{"currency":"THB","amount":100000,"#,
        r#""metadata":{"order":{"id":42,"lines":["tea",null]}},"card":"tokn_test_1","#,
        r#""webhook_endpoints":["https://example.org/a","https://example.org/b"]}"#,
    );
    assert_eq!(request.text(), expected);
}

#[test]
fn a_call_can_block() {
    let server = Server::ok(charge());
    let client = omise::blocking::Client::builder().secret_key("skey_test_1").base_url(omise::Host::Api, server.url());
    let call = client.build().expect("a client").charges().create(100_000, "THB").card("tokn_test_1");
    let charge = call.send().expect("a charge").into_inner();
    assert_eq!(charge.id, "chrg_test_1");
    let request = server.request();
    assert_eq!(request.line, "POST /charges HTTP/1.1");
    assert_eq!(request.text(), r#"{"currency":"THB","amount":100000,"card":"tokn_test_1"}"#);
}

#[tokio::test]
async fn create_token_goes_to_the_vault_with_the_public_key() {
    let server = Server::ok(json!({"object": "token", "id": "tokn_test_1", "used": false}).to_string());
    let card = CreateTokenCard::new("Somchai Prasert", "4242424242424242", 12, 2030).security_code("123");
    assert!(!format!("{card:?}").contains("4242") && !format!("{card:?}").contains("123"), "{card:?}");
    let token = client(NOWHERE, &server.url()).tokens().create(card).await.expect("a token");
    assert_eq!(token.id, "tokn_test_1");
    let request = server.request();
    assert_eq!(request.line, "POST /tokens HTTP/1.1");
    assert_eq!(request.header("authorization"), Some(PUBLIC));
    let expected = concat!(
        r#"{"card":{"name":"Somchai Prasert","number":"4242424242424242","expiration_month":12,"#,
        r#""expiration_year":2030,"security_code":"123"}}"#,
    );
    assert_eq!(request.text(), expected);
}

#[tokio::test]
async fn search_with_filters() {
    let answer = json!({"object": "search", "data": [serde_json::from_str::<serde_json::Value>(&charge()).expect("JSON")], "page": 2, "total_pages": 3});
    let server = Server::ok(answer.to_string());
    let found = client(&server.url(), NOWHERE)
        .charges()
        .search()
        .query("tea & cake")
        .filters(SearchChargesFilters::default().amount("1000..2000").captured(true).created("2024/01/01..2024/01/31"))
        .page(2)
        .await
        .expect("a page");
    assert_eq!(found.data[0].id, "chrg_test_1");
    assert_eq!(found.total_pages, Some(3));
    let expected = concat!(
        "GET /charges/search?scope=charge&query=tea%20%26%20cake",
        "&filters%5Bamount%5D=1000..2000&filters%5Bcaptured%5D=true",
        "&filters%5Bcreated%5D=2024%2F01%2F01..2024%2F01%2F31&page=2 HTTP/1.1",
    );
    assert_eq!(server.request().line, expected);
}

#[tokio::test]
async fn list_with_dates() {
    let server = Server::ok(json!({"object": "list", "data": [], "total": 0}).to_string());
    let from: DateTime = "2026-01-01T00:00:00+07:00".parse().expect("a time");
    let page = client(&server.url(), NOWHERE)
        .charges()
        .list()
        .from(from)
        .limit(100)
        .order(ListOrder::ReverseChronological)
        .await
        .expect("a page");
    assert!(page.data.is_empty());
    let expected = "GET /charges?from=2026-01-01T00%3A00%3A00%2B07%3A00&limit=100&order=reverse_chronological HTTP/1.1";
    assert_eq!(server.request().line, expected);
}

#[tokio::test]
async fn update_and_delete() {
    let server = Server::ok(json!({"object": "customer", "id": "cust_test_1"}).to_string());
    let customer = client(&server.url(), NOWHERE).customers().update("cust_test_1").email("a@example.org").await;
    assert_eq!(customer.expect("a customer").id, "cust_test_1");
    let request = server.request();
    assert_eq!(request.line, "PATCH /customers/cust_test_1 HTTP/1.1");
    assert_eq!(request.text(), r#"{"email":"a@example.org"}"#);

    let server = Server::ok(json!({"object": "customer", "id": "cust_test_1", "deleted": true}).to_string());
    let gone = client(&server.url(), NOWHERE).customers().destroy("cust_test_1").await.expect("a customer");
    assert_eq!(gone.deleted, Some(true));
    let request = server.request();
    assert_eq!(request.line, "DELETE /customers/cust_test_1 HTTP/1.1");
    assert_eq!(request.body, b"");
}

#[tokio::test]
async fn document_upload() {
    let server = Server::ok(json!({"object": "document", "id": "docu_test_1"}).to_string());
    let file = File::new("re\"ceipt.pdf", &b"%PDF-1.7\r\n"[..]).with_content_type("application/pdf");
    let kind = omise::types::DocumentKind::DetailsOfPurchase;
    let document = client(&server.url(), NOWHERE).documents().create("dspt_test_1", file).kind(kind).await;
    assert_eq!(document.expect("a document").id, "docu_test_1");
    let request = server.request();
    assert_eq!(request.line, "POST /disputes/dspt_test_1/documents HTTP/1.1");
    let content_type = request.header("content-type").expect("a content type");
    let boundary = content_type.strip_prefix("multipart/form-data; boundary=").expect("multipart").trim_matches('"');
    let text = request.text();
    let mut parts: Vec<&str> =
        text.split(&format!("--{boundary}")).map(|part| part.trim_matches(['\r', '\n'])).collect();
    assert_eq!(parts.pop(), Some("--"));
    assert_eq!(parts.remove(0), "");
    parts.sort_unstable();
    let expected = [
        "Content-Disposition: form-data; name=\"file\"; filename=\"re%22ceipt.pdf\"\r\nContent-Type: application/pdf\r\n\r\n%PDF-1.7",
        "Content-Disposition: form-data; name=\"kind\"\r\n\r\ndetails_of_purchase",
    ];
    assert_eq!(parts, expected);
}

#[tokio::test]
async fn failures_are_errors_with_everything_known_of_them() {
    let body = json!({"object": "error", "code": "not_found", "message": "charge chrg_test_2 was not found", "location": "https://docs.omise.co/api/errors#not-found"});
    let server = Server::answering(vec![Answer::json(404, body.to_string())]);
    let error = client(&server.url(), NOWHERE).charges().retrieve("chrg_test_2").await.expect_err("it fails");
    assert_eq!(error.kind(), ErrorKind::Api);
    assert_eq!(error.status().map(|status| status.as_u16()), Some(404));
    assert_eq!(error.code(), Some("not_found"));
    assert_eq!(error.api_code(), Some(omise::types::ErrorCode::NotFound));
    assert_eq!(error.message(), "charge chrg_test_2 was not found");
    assert_eq!(error.request_id(), Some("req-1"));

    let body = json!({"object": "error", "code": "authentication_failure", "message": "authentication failed"});
    let server = Server::answering(vec![Answer::json(401, body.to_string())]);
    let error = client(&server.url(), NOWHERE).charges().retrieve("chrg_test_2").await.expect_err("it fails");
    assert_eq!(error.status().map(|status| status.as_u16()), Some(401));
    assert_eq!(error.api_code(), Some(omise::types::ErrorCode::AuthenticationFailure));
    let shown = format!("{error} {error:?}");
    assert!(!shown.contains("skey_test_1") && !shown.contains("c2tleV90ZXN0XzE6"), "{shown}");
}

#[tokio::test]
async fn an_answer_that_does_not_decode_keeps_its_bytes() {
    let server = Server::ok("{\"object\": \"charge\", \"amount\": ");
    let error = client(&server.url(), NOWHERE).charges().retrieve("chrg_test_2").await.expect_err("it fails");
    assert_eq!(error.kind(), ErrorKind::Decode);
    assert_eq!(error.status().map(|status| status.as_u16()), Some(200));
    assert_eq!(error.request_id(), Some("req-1"));

    let server = Server::ok(r#"{"object": "charge", "id": "chrg_test_1", "card": {"expiration_month": "May"}}"#);
    let error = client(&server.url(), NOWHERE).charges().retrieve("chrg_test_2").await.expect_err("it fails");
    assert!(error.to_string().contains("card.expiration_month"), "{error}");

    let server = Server::answering(vec![Answer::json(200, charge()).cut_after(20)]);
    let cut = client(&server.url(), NOWHERE).charges().retrieve("chrg_test_1").max_retries(0);
    assert_eq!(cut.await.expect_err("it fails").kind(), ErrorKind::Lost, "half an answer is none");

    let server = Server::answering(vec![Answer::json(200, charge()).cut_after(20), Answer::json(200, charge())]);
    let again =
        client(&server.url(), NOWHERE).charges().retrieve("chrg_test_1").send().await.expect("it is asked again");
    assert_eq!(again.attempts(), 2);

    let server = Server::ok("[]");
    let error = client(&server.url(), NOWHERE).charges().retrieve("chrg_test_2").await.expect_err("it fails");
    assert_eq!(error.kind(), ErrorKind::Decode, "a list is no charge");
}

#[tokio::test]
async fn keys_and_arguments_are_checked_before_anything_is_sent() {
    let wrong = Client::builder().secret_key("pkey_test_1").build().expect_err("a public key is no secret key");
    assert_eq!(wrong.kind(), ErrorKind::Config);
    let public_only = Client::builder().public_key("pkey_test_1").build().expect("the client builds");
    let missing = public_only.charges().retrieve("chrg_test_1").await.expect_err("it needs the secret key");
    assert_eq!(missing.kind(), ErrorKind::Config);
    for id in ["", ".", ".."] {
        let refused = client(NOWHERE, NOWHERE).charges().retrieve(id).await.expect_err("it is refused");
        assert_eq!(refused.kind(), ErrorKind::Argument, "{id:?}");
    }
}

fn refund(id: usize) -> serde_json::Value {
    json!({"object": "refund", "id": format!("rfnd_test_{id}"), "amount": 100 * id})
}

#[tokio::test]
async fn a_list_is_read_page_by_page() {
    let page = |offset: usize, ids: std::ops::Range<usize>| {
        let data: Vec<_> = ids.map(refund).collect();
        let list = json!({"object": "list", "data": data, "offset": offset, "limit": 2, "total": 5});
        Answer::json(200, list.to_string())
    };
    let missing = json!({"object": "error", "code": "not_found", "message": "not now"}).to_string();
    let answers = vec![page(0, 0..2), Answer::json(404, missing), page(2, 2..4), page(4, 4..5)];
    let server = Server::answering(answers);
    let mut refunds = client(&server.url(), NOWHERE).refunds().list().limit(1000).items();
    let mut ids = Vec::new();
    let mut failures = 0;
    while let Some(refund) = refunds.next().await {
        match refund {
            Ok(refund) => ids.push(refund.id.to_string()),
            Err(error) => {
                assert_eq!(error.code(), Some("not_found"));
                failures += 1;
            }
        }
    }
    assert_eq!(ids, ["rfnd_test_0", "rfnd_test_1", "rfnd_test_2", "rfnd_test_3", "rfnd_test_4"]);
    assert_eq!(failures, 1);
    for query in ["limit=1000", "limit=1000&offset=2", "limit=1000&offset=2", "limit=1000&offset=4"] {
        let request = server.request();
        assert_eq!(request.line, format!("GET /refunds?{query} HTTP/1.1"));
        assert_eq!(request.header("authorization"), Some(SECRET));
    }
}

#[tokio::test]
async fn a_search_is_read_page_by_page() {
    let page = |number: usize| {
        let found = json!({"object": "search", "data": [refund(number)], "page": number, "total_pages": 3});
        Answer::json(200, found.to_string())
    };
    let server = Server::answering(vec![page(1), page(2), page(3)]);
    let mut found = client(&server.url(), NOWHERE).refunds().search().query("tea").per_page(1).items();
    assert_eq!(found.collect_up_to(2).await.expect("two").len(), 2);
    let rest = found.collect_up_to(100).await.expect("the rest");
    assert_eq!(rest.iter().map(|refund| refund.id.to_string()).collect::<Vec<_>>(), ["rfnd_test_3"]);
    for number in 1..=3 {
        let page = if number == 1 { String::new() } else { format!("&page={number}") };
        let line = format!("GET /refunds/search?scope=refund&query=tea&per_page=1{page} HTTP/1.1");
        assert_eq!(server.request().line, line);
    }
}
