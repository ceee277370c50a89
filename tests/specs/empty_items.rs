//! A list that does not say what it holds, and a value that does not say what it is.

use serde_json::json;
use spec_empty_items::{Client, Host};

use crate::server::Server;

pub async fn call() {
    let sent = json!({"things": [1, "two", {"three": [3]}, null], "label": {"th": "x"}});
    let server = Server::ok(sent.to_string());
    let client = Client::builder().base_url(Host::Default, server.url()).build().expect("a client");
    let found = client.boxes().retrieve("1").await.expect("a box");
    assert_eq!(found.things.as_ref().expect("things").len(), 4);
    assert_eq!(serde_json::to_value(&found).expect("it serialises"), sent);
}
