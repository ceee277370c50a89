//! A reference that leads nowhere leaves JSON, and the rest as it is.

use spec_dangling_ref::{Client, Host};

use crate::server::Server;

pub async fn call() {
    let server = Server::ok(r#"{"text":"Hello","sender":{"name":["Ann",1]}}"#);
    let client = Client::builder().base_url(Host::Default, server.url()).build().expect("a client");
    let letter = client.letters().retrieve("l-1").await.expect("an answer");
    assert_eq!(server.request().line, "GET /letters/l-1 HTTP/1.1");
    assert_eq!(letter.text.as_deref(), Some("Hello"));
    let sender = letter.sender.expect("whatever it is");
    assert_eq!(serde_json::to_string(&sender).expect("JSON"), r#"{"name":["Ann",1]}"#);
}
