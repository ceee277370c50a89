//! The client fetches a token, keeps it, and replaces it when it is refused; or the caller gives one.

use spec_oauth2_client_credentials::{Client, ErrorKind, Host};

use crate::server::{Answer, Server};

fn token(text: &str) -> Answer {
    Answer::json(200, format!(r#"{{"access_token":"{text}","token_type":"bearer","expires_in":3600}}"#))
}

pub async fn call() {
    let parcels = || Answer::json(200, r#"["p-1"]"#);
    let refused = Answer::json(401, r#"{"error":"expired"}"#);
    let answers = vec![token("t1"), parcels(), parcels(), token("t2"), refused, token("t3"), Answer::new(204, "")];
    let server = Server::answering(answers);
    let base = format!("{}/v1", server.url());
    let client = Client::builder().base_url(Host::Default, &base).oauth("me", "hush").build().expect("a client");

    assert_eq!(client.parcels().list().await.expect("an answer"), ["p-1"]);
    let fetch = server.request();
    assert_eq!(fetch.line, "POST /oauth/token HTTP/1.1", "the document's URL is relative to the server's");
    assert_eq!(fetch.header("authorization"), Some("Basic bWU6aHVzaA=="));
    assert_eq!(fetch.header("content-type"), Some("application/x-www-form-urlencoded"));
    assert_eq!(fetch.header("accept"), Some("application/json"));
    assert_eq!(fetch.text(), "grant_type=client_credentials&scope=parcels%3Aread");
    let sent = server.request();
    assert_eq!((sent.line.as_str(), sent.header("authorization")), ("GET /v1/parcels HTTP/1.1", Some("Bearer t1")));
    client.parcels().list().await.expect("an answer");
    assert_eq!(server.request().header("authorization"), Some("Bearer t1"), "the token is kept");

    let answer = client.parcels().send("hello").send().await.expect("an answer");
    assert_eq!(answer.attempts(), 2);
    assert_eq!(server.request().text(), "grant_type=client_credentials&scope=parcels%3Aread+parcels%3Awrite");
    assert_eq!(server.request().header("authorization"), Some("Bearer t2"));
    assert_eq!(server.request().line, "POST /oauth/token HTTP/1.1", "a refused token is replaced");
    let again = server.request();
    assert_eq!((again.header("authorization"), again.text()), (Some("Bearer t3"), "hello"));
    let shown = format!("{client:?}");
    assert!(!shown.contains("hush") && !shown.contains("t3"), "{shown}");

    elsewhere().await;
}

async fn elsewhere() {
    let denied = Answer::json(400, r#"{"error":"invalid_scope","error_description":"hush is not allowed that"}"#);
    let (id, server) =
        (Server::answering(vec![token("t1"), denied]), Server::answering(vec![Answer::json(200, "[]"); 2]));
    let builder = || Client::builder().base_url(Host::Default, server.url());
    let client = builder().oauth("me", "hush").oauth_token_url(format!("{}/own?a=b", id.url()));
    let client = client.build().expect("a client");
    client.parcels().list().await.expect("an answer");
    assert_eq!(id.request().line, "POST /own?a=b HTTP/1.1");
    assert_eq!(server.request().header("authorization"), Some("Bearer t1"));
    let error = client.parcels().send("hello").await.expect_err("no token");
    assert_eq!((error.kind(), error.attempts()), (ErrorKind::Token, 0));
    let words = "parcels.send: no token: HTTP 400 Bad Request: invalid_scope: [redacted] is not allowed that";
    assert_eq!(error.to_string(), words);

    let own = builder().oauth_token("mine").build().expect("a client");
    own.parcels().list().await.expect("an answer");
    assert_eq!(server.request().header("authorization"), Some("Bearer mine"));
}
