//! Tokens of OAuth 2 that the client fetches for itself.

use std::time::Duration;

use bytes::Bytes;
use http::Method;

use crate::runtime::{
    Body, Call, Client, ClientBuilder, Credential, DecodeError, Endpoint, Error, ErrorKind, Evidence, HostProfile,
    Operation, Profile, Request, RetryClass, Scheme, SchemeKind, TransportErrorKind, Upload,
};
use crate::scripted::{Act, Scripted, response};

static PROFILE: Profile = Profile {
    user_agent: "tokens",
    hosts: &[HostProfile { name: "api", url: "https://api.test/v1", security: &[], variables: &[] }],
    schemes: &[Scheme { name: "oauth", kind: SchemeKind::ClientCredentials("https://id.test/token"), prefixes: &[] }],
    headers: &[],
    idempotency: None,
    request_id_headers: &["x-id"],
    rate_limit: None,
    error_code: "/code",
    error_message: "/message",
};

/// A call whose token must allow something.
#[derive(Clone, Debug)]
struct Read;

/// A call whose token need not.
#[derive(Clone, Debug)]
struct Write(Upload);

const fn endpoint(method: Method) -> Endpoint {
    Endpoint {
        id: "things",
        method,
        path: "/things",
        host: 0,
        security: &[&[0]],
        retry: RetryClass::Unsafe,
        evidence: Evidence::Published,
        accept: None,
    }
}

impl Operation for Read {
    type Output = ();
    const ENDPOINT: Endpoint = endpoint(Method::GET);
    const SCOPES: &'static [(usize, &'static [&'static str])] = &[(0, &["things:read", "a b"])];

    fn encode(&self, _call: &mut Call) -> Result<(), Error> {
        Ok(())
    }

    fn decode(_body: &Bytes) -> Result<(), DecodeError> {
        Ok(())
    }
}

impl Operation for Write {
    type Output = ();
    const ENDPOINT: Endpoint = endpoint(Method::POST);

    fn encode(&self, call: &mut Call) -> Result<(), Error> {
        call.bytes("text/plain", self.0.clone())
    }

    fn decode(_body: &Bytes) -> Result<(), DecodeError> {
        Ok(())
    }
}

fn builder(transport: &Scripted) -> ClientBuilder {
    let credential = Credential::basic("client:1", "canary s/cret");
    <ClientBuilder>::new(&PROFILE).credential(0, credential).transport(transport.clone())
}

fn client(acts: impl IntoIterator<Item = Act>) -> (Client, Scripted) {
    let transport = Scripted::new(acts);
    (builder(&transport).build().unwrap(), transport)
}

fn granted(token: &str, expires_in: &str) -> http::Response<Body> {
    let text = format!(r#"{{"access_token":"{token}","token_type":"Bearer","expires_in":{expires_in}}}"#);
    http::Response::builder().status(200).body(Body::from(text.into_bytes())).unwrap()
}

fn grant(token: &str) -> Act {
    Act::Answer(granted(token, "3600"))
}

fn done() -> Act {
    Act::Answer(response(204, ""))
}

fn lines(transport: &Scripted) -> Vec<String> {
    let line = |seen: &crate::scripted::Seen| match seen.head.uri.path() {
        "/token" => "token".to_owned(),
        _ => seen.header("authorization").unwrap().to_owned(),
    };
    transport.seen().iter().map(line).collect()
}

#[tokio::test]
async fn a_token_is_fetched_with_the_id_and_the_secret_and_kept() {
    let (client, transport) = client([grant("t1"), done(), done(), grant("t2"), done()]);
    Request::new(&client, Read).await.unwrap();
    Request::new(&client, Read).await.unwrap();
    let fetch = transport.seen().remove(0);
    assert_eq!(fetch.line(), "POST https://id.test/token");
    // base64 of `client%3A1:canary+s%2Fcret`
    assert_eq!(fetch.header("authorization"), Some("Basic Y2xpZW50JTNBMTpjYW5hcnkrcyUyRmNyZXQ="));
    assert!(fetch.head.headers["authorization"].is_sensitive());
    assert_eq!(fetch.header("content-type"), Some("application/x-www-form-urlencoded"));
    assert_eq!(fetch.header("content-length"), Some("53"));
    assert_eq!(fetch.header("accept"), Some("application/json"));
    assert_eq!(fetch.header("user-agent"), Some("tokens"));
    assert_eq!(fetch.text(), "grant_type=client_credentials&scope=things%3Aread+a+b");
    assert!(transport.seen()[1].head.headers["authorization"].is_sensitive());

    // Another set of scopes is another token.
    Request::new(&client, Write("x".into())).await.unwrap();
    assert_eq!(lines(&transport), ["token", "Bearer t1", "Bearer t1", "token", "Bearer t2"]);
    assert_eq!(transport.seen()[3].text(), "grant_type=client_credentials");
}

#[tokio::test]
async fn a_token_is_fetched_again_shortly_before_it_expires() {
    for (expires_in, used, fresh) in
        [("3600", 3569, true), ("3600", 3570, false), ("\"20\"", 17, true), ("20", 18, false)]
    {
        let acts = [Act::Answer(granted("t1", expires_in)), done(), grant("t2"), done()];
        let (client, transport) = client(acts);
        Request::new(&client, Read).await.unwrap();
        transport.pass(Duration::from_secs(used));
        Request::new(&client, Read).await.unwrap();
        assert_eq!(transport.seen().len(), if fresh { 3 } else { 4 }, "{expires_in} after {used}");
    }
    let forever = r#"{"access_token":"t1","token_type":"bearer"}"#;
    let (client, transport) = client([Act::Answer(response(200, forever)), done(), done()]);
    Request::new(&client, Read).await.unwrap();
    transport.pass(Duration::from_secs(10_000_000));
    Request::new(&client, Read).await.unwrap();
    assert_eq!(lines(&transport), ["token", "Bearer t1", "Bearer t1"]);
}

#[tokio::test]
async fn calls_at_once_share_one_fetch_and_its_failure() {
    let (fine, transport) = client([Act::Later(granted("t1", "60"))]);
    let call = || Request::new(&fine, Read).send();
    let (a, b, c) = tokio::join!(call(), call(), call());
    assert!(a.is_ok() && b.is_ok() && c.is_ok());
    assert_eq!(lines(&transport), ["token", "Bearer t1", "Bearer t1", "Bearer t1"]);

    let (refused, transport) = client([Act::Later(response(503, "down")), grant("t2"), done()]);
    let call = || Request::new(&refused, Read).max_retries(0).send();
    let (a, b, c) = tokio::join!(call(), call(), call());
    for error in [a.unwrap_err(), b.unwrap_err(), c.unwrap_err()] {
        assert_eq!((error.kind(), error.attempts(), error.is_retryable()), (ErrorKind::Token, 0, true), "{error}");
        assert_eq!(error.to_string(), "things: no token: HTTP 503 Service Unavailable");
        assert!(!error.outcome_unknown());
    }
    assert_eq!(transport.seen().len(), 1);
    call().await.unwrap();
    assert_eq!(lines(&transport), ["token", "token", "Bearer t2"], "a failure is not remembered");
}

#[tokio::test]
async fn a_call_that_is_dropped_leaves_the_fetch_to_another() {
    let (client, transport) = client([Act::Hang, grant("t1"), done()]);
    let first = tokio::spawn(Request::new(&client, Read).send());
    while transport.seen().is_empty() {
        tokio::task::yield_now().await;
    }
    let second = tokio::spawn(Request::new(&client, Read).send());
    tokio::task::yield_now().await;
    first.abort();
    second.await.unwrap().unwrap();
    assert_eq!(lines(&transport), ["token", "token", "Bearer t1"]);
}

#[tokio::test]
async fn a_refused_token_is_replaced_once() {
    let refuse = || Act::Answer(response(401, "{}"));
    let (renewed, transport) = client([grant("t1"), refuse(), grant("t2"), done(), done()]);
    let answer = Request::new(&renewed, Write("paid".into())).send().await.unwrap();
    assert_eq!(answer.attempts(), 2);
    Request::new(&renewed, Write("paid".into())).await.unwrap();
    assert_eq!(lines(&transport), ["token", "Bearer t1", "token", "Bearer t2", "Bearer t2"]);
    assert_eq!((transport.seen()[1].text(), transport.seen()[3].text()), ("paid", "paid"));

    let (refused, transport) = client([grant("t1"), refuse(), grant("t2"), refuse()]);
    let error = Request::new(&refused, Read).await.unwrap_err();
    assert_eq!((error.kind(), error.attempts()), (ErrorKind::Api, 2));
    assert_eq!(transport.seen().len(), 4);

    let (gone, transport) =
        client([grant("t1"), refuse(), Act::Answer(response(400, r#"{"error":"invalid_client"}"#))]);
    let error = Request::new(&gone, Read).await.unwrap_err();
    assert_eq!((error.kind(), error.attempts(), error.is_retryable()), (ErrorKind::Token, 1, false));
    assert_eq!(error.to_string(), "things: no token: HTTP 400 Bad Request: invalid_client");
    assert_eq!(transport.seen().len(), 3);
}

#[tokio::test]
async fn a_token_that_another_call_replaced_is_not_fetched_again() {
    let refuse = || Act::Later(response(401, "{}"));
    let (client, transport) = client([grant("t1"), done(), refuse(), refuse(), grant("t2"), done(), done()]);
    let call = || Request::new(&client, Read).send();
    call().await.unwrap();
    let (a, b) = tokio::join!(call(), call());
    assert!(a.is_ok() && b.is_ok());
    let expected = ["token", "Bearer t1", "Bearer t1", "Bearer t1", "token", "Bearer t2", "Bearer t2"];
    assert_eq!(lines(&transport), expected);
}

#[tokio::test]
async fn the_callers_own_token_is_never_replaced() {
    let transport = Scripted::new([Act::Answer(response(401, "{}")), done()]);
    let builder = <ClientBuilder>::new(&PROFILE).credential(0, Credential::key("own")).transport(transport.clone());
    let client = builder.build().unwrap();
    let error = Request::new(&client, Read).await.unwrap_err();
    assert_eq!((error.kind(), error.attempts()), (ErrorKind::Api, 1));
    Request::new(&client, Read).header("Authorization", "Bearer mine").await.unwrap();
    assert_eq!(lines(&transport), ["Bearer own", "Bearer mine"]);
}

#[tokio::test]
async fn the_token_url_may_be_relative_and_is_never_plain_http() {
    for (url, resolved) in [
        ("/oauth/token?tenant=a", "POST https://api.test/oauth/token?tenant=a"),
        ("oauth/token", "POST https://api.test/v1/oauth/token"),
        ("//id.test/token/", "POST https://id.test/token/"),
        ("http://127.0.0.1:1/token", "POST http://127.0.0.1:1/token"),
    ] {
        let transport = Scripted::new([grant("t1"), done()]);
        let client = builder(&transport).token_url_at(0, url).build().unwrap();
        Request::new(&client, Read).await.unwrap();
        assert_eq!(transport.seen()[0].line(), resolved);
    }
    for url in [
        "http://id.test/token",
        "https://me@id.test/token",
        "https://id.test/a/../token",
        "https://id.test/#a",
        "ftp://id.test/",
    ] {
        let error = builder(&Scripted::default()).token_url_at(0, url).build().unwrap_err();
        assert!(error.to_string().starts_with("configuration: the token URL of oauth "), "{error}");
    }
    let transport = Scripted::default();
    let client = builder(&transport).token_url_at(0, "../token").build().unwrap();
    assert_eq!(Request::new(&client, Read).await.unwrap_err().kind(), ErrorKind::Config);
    assert!(transport.seen().is_empty(), "nothing is sent");
}

#[tokio::test]
async fn answers_without_a_usable_token_are_errors() {
    for (status, body) in [
        (302, ""),
        (200, ""),
        (200, "[]"),
        (200, r#"{"token":"canary"}"#),
        (200, r#"{"access_token":""}"#),
        (200, r#"{"access_token":"canary\n","token_type":"bearer"}"#),
        (200, r#"{"access_token":"canary","token_type":"mac"}"#),
        (200, r#"{"access_token":17,"note":"canary"}"#),
    ] {
        let (client, transport) = client([Act::Answer(response(status, body))]);
        let error = Request::new(&client, Read).await.unwrap_err();
        assert_eq!((error.kind(), error.is_retryable()), (ErrorKind::Token, false), "{body}");
        assert!(!format!("{error} {error:?} {error:#?}").contains("canary"), "{error:?}");
        assert_eq!(transport.seen().len(), 1);
    }
    let (client, _) = client([Act::Fail(TransportErrorKind::Connect)]);
    let error = Request::new(&client, Read).max_retries(0).await.unwrap_err();
    assert_eq!((error.kind(), error.is_retryable()), (ErrorKind::Token, true));
}

#[tokio::test]
async fn neither_the_secret_nor_a_token_is_ever_shown() {
    let clean = |text: &str| {
        for secret in ["canary", "cret", "Y2FuYXJ5", "Y2xpZW50"] {
            assert!(!text.contains(secret), "{secret} in {text}");
        }
    };
    let quoting = r#"{"error":"canary s/cret","error_description":"canary s/cret, canary+s%2Fcret, Y2xpZW50JTNBMTpjYW5hcnkrcyUyRmNyZXQ="}"#;
    let (refused, transport) = client([Act::Answer(response(401, quoting))]);
    clean(&format!("{refused:?} {:?}", builder(&transport)));
    let error = Request::new(&refused, Read).await.unwrap_err();
    clean(&format!("{error} {error:?} {error:#?}"));
    assert!(error.body().is_empty(), "the body may quote the secret in any form");
    clean(&format!("{:?}", transport.seen()[0].head));

    let quoting = r#"{"code":"canary.t.1","message":"no rights for Bearer canary.t.1"}"#;
    let mut answer = response(403, quoting);
    answer.headers_mut().insert("x-id", "canary.t.1".parse().unwrap());
    let (client, transport) = client([grant("canary.t.1"), Act::Answer(answer)]);
    let error = Request::new(&client, Read).await.unwrap_err();
    clean(&format!("{error} {error:?} {error:#?} {client:?}"));
    assert_eq!(error.message(), "no rights for Bearer [redacted]");
    clean(&format!("{:?}", transport.seen()[1].head));
}

#[test]
fn an_id_without_a_secret_is_refused() {
    let build = |id: &str, secret: &str| {
        let builder = <ClientBuilder>::new(&PROFILE).transport(Scripted::default());
        builder.credential(0, Credential::basic(id, secret)).build()
    };
    build("id", "secret").unwrap();
    let error = build("id", "").unwrap_err();
    assert_eq!(error.to_string(), "configuration: the secret of oauth is empty");
}
