//! Links and callbacks are told in the documentation; what a callback brings has a type, for the caller to read it.

use spec_links_callbacks::types::Shipment;
use spec_links_callbacks::{Client, Host};

use crate::server::{Answer, Server};

pub async fn call() {
    let answers = vec![Answer::json(201, r#"{"id":"o-1","total":1200}"#), Answer::json(200, r#"["tea"]"#)];
    let server = Server::answering(answers);
    let client = Client::builder().base_url(Host::Default, server.url()).build().expect("a client");
    let order = client.orders().create("https://shop.example/hook").await.expect("an answer");
    let request = server.request();
    assert_eq!(request.line, "POST /orders HTTP/1.1");
    assert_eq!(request.text(), r#"{"notify":"https://shop.example/hook"}"#);
    let lines = client.orders().lines(order.id.expect("an id")).await.expect("an answer");
    assert_eq!(server.request().line, "GET /orders/o-1/lines HTTP/1.1");
    assert_eq!(lines, ["tea"]);

    let shipment: Shipment = serde_json::from_str(r#"{"order":"o-1","carrier":"van"}"#).expect("a shipment");
    assert_eq!((shipment.order.as_str(), shipment.carrier.as_deref()), ("o-1", Some("van")));
}
