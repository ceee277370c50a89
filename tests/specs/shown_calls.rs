//! Calls that the documentation shows: values of every kind, all compiled with the other documents' ones, and one made.

use serde_json::{Value, json};
use spec_shown_calls::types::Part;
use spec_shown_calls::{Client, Host};

use crate::server::Server;

pub async fn call() {
    let server = Server::ok("");
    let client = Client::builder().base_url(Host::Default, server.url()).build().expect("a client");
    client.parts().replace(Some(vec![Part::new("Name", Some("Maker".into()))])).await.expect("an answer");
    let sent: Value = serde_json::from_str(server.request().text()).expect("JSON");
    assert_eq!(sent, json!([{"name": "Name", "maker": "Maker", "kind": "part"}]));
}
