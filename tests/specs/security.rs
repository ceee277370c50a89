//! Keys of the whole document, of one operation, and of none.

use spec_security::{Client, ErrorKind, Host};

use crate::server::{Answer, Server};

pub async fn call() {
    let server = Server::answering(vec![Answer::json(200, "[]"), Answer::new(204, ""), Answer::new(204, "")]);
    let builder = || Client::builder().base_url(Host::Default, server.url());
    let client = builder().key("k-1").login("ann", "secret").build().expect("a client");

    client.doors().list().await.expect("an answer");
    let request = server.request();
    assert_eq!(request.line, "GET /doors HTTP/1.1");
    assert_eq!(request.header("x-key"), Some("k-1"));
    assert_eq!(request.header("authorization"), None, "the operation asks for the key alone");

    client.doors().create().await.expect("an answer");
    let request = server.request();
    assert_eq!(request.header("x-key"), Some("k-1"));
    assert_eq!(request.header("authorization"), Some("Basic YW5uOnNlY3JldA=="));

    client.health().check().await.expect("an answer");
    let request = server.request();
    assert_eq!((request.header("x-key"), request.header("authorization")), (None, None));

    let refused = builder().build().expect("a client").doors().create().await.expect_err("no key");
    assert_eq!(refused.kind(), ErrorKind::Config);
    let words = "doors.create: configuration: needs key and login, or token: set it on the client's builder";
    assert_eq!(refused.to_string(), words);
    assert_eq!(refused.attempts(), 0);
}
