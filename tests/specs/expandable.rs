//! An id, or the object it names.

use spec_expandable::{Client, Host};

use crate::server::{Answer, Server};

pub async fn call() {
    let answers =
        [r#"{"id": "ordr_1", "buyer": "buyr_2"}"#, r#"{"id": "ordr_1", "buyer": {"id": "buyr_2", "name": "Ann"}}"#];
    let server = Server::answering(answers.iter().map(|body| Answer::json(200, *body)).collect());
    let client = Client::builder().base_url(Host::Default, server.url()).build().expect("a client");
    let order = client.orders().retrieve("ordr_1").await.expect("an order");
    assert_eq!(server.request().line, "GET /orders/ordr_1 HTTP/1.1");
    let buyer = order.buyer.expect("a buyer");
    assert_eq!((buyer.id().map(|id| id.as_str()), buyer.as_object().is_some()), (Some("buyr_2"), false));
    let order = client.orders().retrieve(&order.id).await.expect("an order");
    let buyer = order.buyer.expect("a buyer");
    assert_eq!(buyer.id().map(|id| id.as_str()), Some("buyr_2"));
    assert_eq!(buyer.as_object().and_then(|buyer| buyer.name.as_deref()), Some("Ann"));
}
