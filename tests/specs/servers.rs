//! The server of an operation, of its path, of the document, and another in its place.

use spec_servers::{Client, ErrorKind, Host};

use crate::server::{Answer, Server};

pub async fn call() {
    let server = Server::answering(vec![Answer::new(204, ""); 7]);
    let at = |place: &str| format!("{}{place}", server.url());
    let builder = Client::builder().base_url(Host::Live, at("/live/")).base_url(Host::Files, at("/files"));
    let builder = builder.base_url(Host::Upload, at("/upload")).base_url(Host::Sandbox, at("/sandbox"));
    let client = builder.build().expect("a client");
    let places = client.places();
    let line = || server.request().line;

    places.root().await.expect("an answer");
    assert_eq!(line(), "GET /live/root HTTP/1.1", "a slash at the end of a base URL is not sent twice");
    places.path().await.expect("an answer");
    assert_eq!(line(), "GET /files/path HTTP/1.1");
    places.operation().await.expect("an answer");
    assert_eq!(line(), "POST /upload/path HTTP/1.1", "the operation's own before its path's");
    places.again().await.expect("an answer");
    assert_eq!(line(), "GET /live/again HTTP/1.1", "one URL is one host");

    let refused = places.relative().await.expect_err("nobody said where");
    assert_eq!(refused.kind(), ErrorKind::Config);
    assert!(refused.to_string().contains("the base URL of relative is not an absolute URL"), "{refused}");
    let builder = || Client::builder().base_url(Host::Sandbox, at("/sandbox"));
    let relative = builder().base_url(Host::Relative, at("/v2")).build().expect("a client");
    relative.places().relative().await.expect("an answer");
    assert_eq!(line(), "GET /v2/relative HTTP/1.1");

    let sandbox = builder().replace_host(Host::Live, Host::Sandbox).build().expect("a client");
    sandbox.places().root().await.expect("an answer");
    assert_eq!(line(), "GET /sandbox/root HTTP/1.1");
    sandbox.places().again().await.expect("an answer");
    assert_eq!(line(), "GET /sandbox/again HTTP/1.1");
}
