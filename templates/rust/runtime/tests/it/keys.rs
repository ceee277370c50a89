//! Which key goes with which call, and which keys are refused.

use bytes::Bytes;
use http::Method;

use crate::runtime::{
    Call, Client, ClientBuilder, Credential, DecodeError, Endpoint, Error, ErrorKind, Evidence, HostProfile, Operation,
    Profile, Request, RetryClass, Scheme, SchemeKind,
};
use crate::scripted::Scripted;

#[tokio::test]
async fn the_first_configured_alternative_wins() {
    let transport = Scripted::default();
    let both = super::requests::client(&transport);
    both.charges().list().await.unwrap_err();
    assert_eq!(transport.seen()[0].header("authorization"), Some("Basic cGtleV8xOg=="));

    let secret = Client::builder().secret_key("skey_1").transport(transport.clone()).build().unwrap();
    secret.charges().list().await.unwrap_err();
    assert_eq!(transport.seen()[1].header("authorization"), Some("Basic c2tleV8xOg=="));
}

#[tokio::test]
async fn a_missing_key_is_an_error_before_anything_is_sent() {
    let transport = Scripted::default();
    let client = Client::builder().public_key("pkey_1").transport(transport.clone()).build().unwrap();
    let error = client.charges().create(1, "THB").await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Config);
    let text = "charges.create: configuration: needs secret_key: set it on the client's builder";
    assert_eq!(error.to_string(), text);

    let none = Client::builder().transport(transport.clone()).build().unwrap();
    let error = none.charges().list().await.unwrap_err();
    assert!(error.to_string().contains("needs public_key, or secret_key"), "{error}");
    assert!(transport.seen().is_empty());
}

#[test]
fn a_key_of_the_wrong_kind_is_refused_by_build() {
    let build = |key: &str| Client::builder().secret_key(key).transport(Scripted::default()).build();
    for (key, words) in [
        ("pkey_secretpart", "secret_key was given a public_key: it must begin with `skey_`"),
        ("whatever_secretpart", "secret_key must begin with `skey_`"),
        ("skey_secretpart\n", "secret_key holds a space or a line break"),
        ("", "secret_key is empty"),
        ("skey_", "secret_key ends after its prefix"),
        ("skey_secretpart:x", "secret_key holds a colon or a letter that no key has"),
    ] {
        let error = build(key).unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Config);
        assert_eq!(error.to_string(), format!("configuration: {words}"));
        assert!(!format!("{error:?}").contains("secretpart"));
    }
}

static TWO_KINDS: Profile = Profile {
    schemes: &[
        Scheme { name: "secret", kind: SchemeKind::BasicKey, prefixes: &["skey_"] },
        Scheme { name: "links", kind: SchemeKind::Header("Authorization"), prefixes: &[] },
    ],
    ..EVERY_KIND
};

#[test]
fn a_key_that_is_plainly_anothers_is_refused_where_any_would_do() {
    let build = |key: &str| {
        let builder = <ClientBuilder>::new(&TWO_KINDS).credential(1, Credential::key(key));
        builder.transport(Scripted::default()).build()
    };
    assert_eq!(build("skey_secretpart").unwrap_err().to_string(), "configuration: links was given a secret");
    assert!(build("anything").is_ok());
}

static EVERY_KIND: Profile = Profile {
    user_agent: "kinds",
    hosts: &[HostProfile { name: "api", url: "https://api.test", security: &[], variables: &[] }],
    schemes: &[
        Scheme { name: "basic", kind: SchemeKind::Basic, prefixes: &[] },
        Scheme { name: "bearer", kind: SchemeKind::Bearer, prefixes: &[] },
        Scheme { name: "header", kind: SchemeKind::Header("X-Key"), prefixes: &[] },
        Scheme { name: "query", kind: SchemeKind::Query("api key"), prefixes: &[] },
        Scheme { name: "cookie", kind: SchemeKind::Cookie("session"), prefixes: &[] },
        Scheme { name: "digest", kind: SchemeKind::Http("Digest"), prefixes: &[] },
    ],
    headers: &[],
    idempotency: None,
    request_id_headers: &[],
    rate_limit: None,
    error_code: "",
    error_message: "",
};

#[derive(Clone, Debug)]
struct Kinds<const FIRST: usize, const SECOND: usize>;

impl<const FIRST: usize, const SECOND: usize> Operation for Kinds<FIRST, SECOND> {
    type Output = ();
    const ENDPOINT: Endpoint = Endpoint {
        id: "kinds",
        method: Method::GET,
        path: "/k",
        host: 0,
        security: &[&[FIRST, SECOND], &[]],
        retry: RetryClass::Safe,
        evidence: Evidence::Published,
        accept: None,
    };

    fn encode(&self, call: &mut Call) -> Result<(), Error> {
        call.cookie("theme", crate::runtime::Style::Form, "dark blue")
    }

    fn decode(_body: &Bytes) -> Result<(), DecodeError> {
        Ok(())
    }
}

#[tokio::test]
async fn every_kind_of_key_travels_its_own_way() {
    let transport = Scripted::default();
    let client = <ClientBuilder>::new(&EVERY_KIND)
        .credential(0, Credential::basic("me", "p ä:ss"))
        .credential(1, Credential::key("token"))
        .credential(2, Credential::key("raw"))
        .credential(3, Credential::key("a&b=c"))
        .credential(4, Credential::key("crumb;"))
        .transport(transport.clone())
        .build()
        .unwrap();
    Request::new(&client, Kinds::<0, 2>).await.unwrap();
    Request::new(&client, Kinds::<1, 3>).await.unwrap();
    Request::new(&client, Kinds::<4, 4>).await.unwrap();
    let seen = transport.seen();
    assert_eq!(seen[0].header("authorization"), Some("Basic bWU6cCDDpDpzcw=="));
    assert_eq!(seen[0].header("x-key"), Some("raw"));
    assert!(seen[0].head.headers["x-key"].is_sensitive());
    assert_eq!(seen[1].header("authorization"), Some("Bearer token"));
    assert_eq!(seen[1].line(), "GET https://api.test/k?api%20key=a%26b%3Dc");
    assert_eq!(seen[2].header("cookie"), Some("theme=dark%20blue; session=crumb%3B; session=crumb%3B"));

    let bare = <ClientBuilder>::new(&EVERY_KIND).transport(transport.clone()).build().unwrap();
    Request::new(&bare, Kinds::<0, 1>).await.unwrap();
    assert_eq!(transport.seen()[3].header("authorization"), None, "an empty alternative needs no key");
}

#[tokio::test]
async fn two_keys_are_never_sent_in_one_header() {
    let transport = Scripted::default();
    let builder = <ClientBuilder>::new(&EVERY_KIND).transport(transport.clone());
    let builder = builder.credential(1, Credential::key("token")).credential(5, Credential::key(r#"a="b", c="d""#));
    let client = builder.build().unwrap();
    let error = Request::new(&client, Kinds::<1, 5>).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Config);
    assert!(transport.seen().is_empty());
    Request::new(&client, Kinds::<5, 5>).header("AUTHORIZATION", "Digest own").await.unwrap();
    assert_eq!(transport.seen()[0].header("authorization"), Some("Digest own"));
}

#[test]
fn credentials_of_other_schemes_may_hold_spaces_but_no_line_break() {
    let build = |key: &str| {
        let builder = <ClientBuilder>::new(&EVERY_KIND).transport(Scripted::default());
        builder.credential(5, Credential::key(key)).build()
    };
    build("a=b, c=d").unwrap();
    build("a=b\r\nX-Other: c").unwrap_err();
}
