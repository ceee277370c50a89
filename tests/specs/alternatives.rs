//! Alternatives that hold together are one object, in which none of theirs must be there.

use serde_json::json;
use spec_alternatives::{Client, Host};

use crate::server::Server;

pub async fn call() {
    let sent = json!({"id": "1", "mail": "a", "box": 7, "stamp": "red"});
    let server = Server::ok(sent.to_string());
    let client = Client::builder().base_url(Host::Default, server.url()).build().expect("a client");
    let letter = client.letters().retrieve().await.expect("a letter");
    assert_eq!((letter.id.as_str(), letter.box_, letter.street.as_deref()), ("1", Some(7), None));
    assert_eq!((letter.stamp.as_deref(), letter.paid), (Some("red"), None));
    assert_eq!(serde_json::to_value(&letter).expect("it serialises"), sent);
}
