//! What a document does not describe is sent and read as it is.

use serde_json::{Value, json};
use spec_untyped::{Client, Host};

use crate::server::Server;

pub async fn call() {
    let sent = json!({"any": [1, {"a": null}], "titled": 1.5, "excluded": {"b": true}, "short": "x", "list": [1, "2"], "object": {"c": [0]}});
    let server = Server::ok(sent.to_string());
    let client = Client::builder().base_url(Host::Default, server.url()).build().expect("a client");
    let blob = client.blobs().create(json!([{"deep": 12_345_678_901_234_567_890_u64}])).await.expect("a blob");
    let body: Value = serde_json::from_str(server.request().text()).expect("JSON");
    assert_eq!(body, json!([{"deep": 12_345_678_901_234_567_890_u64}]));
    assert_eq!(serde_json::to_value(&blob).expect("it serialises"), sent);
}
