//! Arguments in headers: `simple` alone, not percent-encoded; three names are never arguments.

use spec_header_params::types::Size;
use spec_header_params::{Client, Date, ErrorKind, Host};

use crate::server::Server;

pub async fn call() {
    let server = Server::ok(r#"["p1"]"#);
    let client = Client::builder().base_url(Host::Default, server.url()).build().expect("a client");
    let since: Date = "2026-11-25".parse().expect("a date");
    let size = || Size::new().width(2).height(3);
    let refused = client.parcels().list("no 1\r\nX-Admin: yes").await.expect_err("it would be another header");
    assert_eq!(refused.kind(), ErrorKind::Argument);
    assert!(!refused.to_string().contains("no 1"), "{refused}");
    let call = client.parcels().list("no 1/ä%20").x_tags(["a", "b"]).x_size(size()).x_size_exploded(size());
    let parcels = call.x_since(since).x_dry_run(true).await.expect("an answer");
    assert_eq!(parcels, ["p1"]);
    let request = server.request();
    assert_eq!(request.line, "GET /parcels HTTP/1.1");
    assert_eq!(request.header("x-depot"), Some("no 1/ä%20"));
    assert_eq!(request.header("x-tags"), Some("a,b"));
    assert_eq!(request.header("x-size"), Some("width,2,height,3"));
    assert_eq!(request.header("x-size-exploded"), Some("width=2,height=3"));
    assert_eq!(request.header("x-since"), Some("2026-11-25"));
    assert_eq!(request.header("x-dry-run"), Some("true"));
    assert_eq!(request.header("accept"), Some("application/json"), "the client's own");
    assert_eq!(request.header("content-type"), None);
    assert_eq!(request.header("authorization"), None);
    assert_eq!(request.header("content-length"), None);
}
