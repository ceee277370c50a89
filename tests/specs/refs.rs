//! What stands behind references is called as if it stood in their places.

use spec_refs::types::{Letter, Sheet};
use spec_refs::{Client, Host};

use crate::server::{Answer, Server};

pub async fn call() {
    let letter = r#"{"text":"Hello","page":{"number":7}}"#;
    let server =
        Server::answering(vec![Answer::json(201, letter), Answer::json(200, letter), Answer::json(201, letter)]);
    let client = Client::builder().base_url(Host::Default, server.url()).alias("k-1").build().expect("a client");

    let sent = Letter::new("Hello").page(Sheet::new().number(7));
    let answer = client.letters().send(2, sent.clone()).x_trace("t-1").await.expect("an answer");
    assert_eq!(answer, sent);
    let request = server.request();
    assert_eq!(request.line, "POST /letters?copies=2 HTTP/1.1");
    assert_eq!((request.header("x-trace"), request.header("x-key")), (Some("t-1"), Some("k-1")));
    assert_eq!(request.text(), letter);

    assert_eq!(client.letters().retrieve("l/1").await.expect("an answer"), sent);
    assert_eq!(server.request().line, "GET /letters/l%2F1 HTTP/1.1", "a path item with its parameters");

    assert_eq!(client.stamps().list().x_trace("t-2").await.expect("an answer"), sent);
    assert_eq!(server.request().header("x-trace"), Some("t-2"), "a parameter of another operation");
}
