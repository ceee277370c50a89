//! Limits and defaults are documented and not enforced: the server judges.

use spec_constraints::types::Order;
use spec_constraints::{Client, Host};

use crate::server::{Answer, Server};

pub async fn call() {
    let server = Server::answering(vec![Answer::new(204, ""), Answer::json(200, "[{}]")]);
    let client = Client::builder().base_url(Host::Default, server.url()).build().expect("a client");
    let order = Order::new().amount(-1).name("").tags(["a", "a"]).user("root").rate(9.0).gift(true);
    client.orders().create(order).await.expect("it is sent");
    assert_eq!(
        server.request().text(),
        r#"{"amount":-1,"name":"","tags":["a","a"],"user":"root","rate":9.0,"gift":true}"#
    );
    let orders = client.orders().list().limit(1000).await.expect("orders");
    assert_eq!(server.request().line, "GET /orders?limit=1000 HTTP/1.1");
    assert_eq!(orders, vec![Order::new()]);
}
