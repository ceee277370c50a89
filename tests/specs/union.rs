//! A discriminated member and a member by shape, as they come over the wire.

use spec_union::types::{EventData, EventValue, Tree};
use spec_union::{Client, Host};

use crate::server::Server;

pub async fn call() {
    let server = Server::ok(r#"{"data": {"object": "paid", "amount": 5}, "tree": ["a", ["b"]], "value": 3}"#);
    let client = Client::builder().base_url(Host::Default, server.url()).build().expect("a client");
    let event = client.events().retrieve("evt/1").await.expect("an event");
    assert_eq!(server.request().line, "GET /events/evt%2F1 HTTP/1.1");
    let Some(EventData::Paid(paid)) = event.data else { panic!("{event:?}") };
    assert_eq!(paid.amount, Some(5));
    assert_eq!(event.value, Some(EventValue::Integer(3)));
    let nested = Tree::ListTree(vec![Tree::Text("b".into())]);
    assert_eq!(event.tree, Some(Tree::ListTree(vec![Tree::Text("a".into()), nested])));
}
