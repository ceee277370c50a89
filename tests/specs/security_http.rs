//! `Authorization`: the schemes that are known, and those whose credentials the caller writes.

use spec_security_http::{Client, ErrorKind, Host};

use crate::server::{Answer, Server};

pub async fn call() {
    let server = Server::answering(vec![Answer::new(204, ""); 7]);
    let builder = || Client::builder().base_url(Host::Default, server.url());
    let authorization = || server.request().header("authorization").map(str::to_owned);
    let client = builder().login("ä", "p:w d").jwt("a.b.c").genie("g-1").single_sign_on("token");
    let client = client.hoba(r#"result="1.2.3""#).build().expect("a client");
    let schemes = client.schemes();

    schemes.basic().await.expect("an answer");
    assert_eq!(authorization().as_deref(), Some("Basic w6Q6cDp3IGQ="));
    schemes.bearer().await.expect("an answer");
    assert_eq!(authorization().as_deref(), Some("Bearer a.b.c"));
    schemes.own().await.expect("an answer");
    assert_eq!(authorization().as_deref(), Some("GenieKey g-1"));
    schemes.hoba().await.expect("an answer");
    assert_eq!(authorization().as_deref(), Some(r#"HOBA result="1.2.3""#));
    schemes.open_id().await.expect("an answer");
    assert_eq!(authorization().as_deref(), Some("Bearer token"));

    // What differs from request to request is set on the request; then nothing need be set on the builder.
    let digest = r#"Digest username="ann", uri="/digest", response="6629fae4""#;
    schemes.digest().header("authorization", digest).await.expect("an answer");
    assert_eq!(authorization().as_deref(), Some(digest));
    let refused = schemes.digest().await.expect_err("no credentials");
    assert_eq!(refused.kind(), ErrorKind::Config);
    assert!(refused.to_string().contains("needs digest"), "{refused}");

    let own = builder().default_header("Authorization", "Bearer own").build().expect("a client");
    own.schemes().bearer().await.expect("an answer");
    assert_eq!(authorization().as_deref(), Some("Bearer own"));

    let colon = builder().login("a:b", "c").build().expect_err("HTTP Basic has no such user");
    assert!(colon.to_string().contains("a colon"), "{colon}");
}
