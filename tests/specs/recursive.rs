//! A folder in a folder, and a person who lives in one.

use serde_json::json;
use spec_recursive::{Client, Host};

use crate::server::Server;

pub async fn call() {
    let sent = json!({
        "parent": {"children": []},
        "children": [{"children": [{"children": []}]}],
        "owner": {"name": "Ann", "home": {"children": []}, "friends": {"bo": {"name": "Bo"}}},
    });
    let server = Server::ok(sent.to_string());
    let client = Client::builder().base_url(Host::Default, server.url()).build().expect("a client");
    let folder = client.folders().retrieve(7).await.expect("a folder");
    assert_eq!(server.request().line, "GET /folders/7 HTTP/1.1");
    assert_eq!(folder.children[0].children.len(), 1);
    let owner = folder.owner.as_ref().expect("an owner");
    assert_eq!(owner.friends.as_ref().expect("friends")["bo"].name.as_deref(), Some("Bo"));
    assert_eq!(serde_json::to_value(&folder).expect("it serialises"), sent);
}
