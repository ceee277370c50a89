//! One route under three names, each with its own arguments, and each told apart in errors.

use spec_aliases::resources::CreateOrderGiftArgs;
use spec_aliases::types::CreateOrderGiver;
use spec_aliases::{Client, Date, ErrorKind, Host};

use crate::server::{Answer, Server};

pub async fn call() {
    let server = Server::answering(vec![Answer::json(200, r#"{"id":"o1"}"#); 3]);
    let client = |guesses| {
        let builder = Client::builder().base_url(Host::Default, server.url());
        builder.allow_unverified(guesses).build().expect("a client")
    };
    let shop = client(false);
    shop.orders().create("s1", 7).await.expect("an order");
    let request = server.request();
    assert_eq!((request.line.as_str(), request.text()), ("POST /orders/s1 HTTP/1.1", r#"{"article":7}"#));

    let day = Date::new(2027, 1, 31).expect("a day");
    let order = shop.reservations().create("s1", day, 7).note("window").await.expect("an order");
    assert_eq!(order.id, "o1");
    let request = server.request();
    assert_eq!(request.line, "POST /orders/s1?note=window HTTP/1.1");
    assert_eq!(request.text(), r#"{"article":7,"until":"2027-01-31"}"#);

    let giver = CreateOrderGiver::new().name("Mali");
    let args = || CreateOrderGiftArgs { shop: "s1".into(), note: "for you".into(), giver: giver.clone(), article: 7 };
    let refused = shop.orders().create_gift(args()).await.expect_err("a guess");
    assert_eq!((refused.kind(), refused.operation()), (ErrorKind::Unverified, Some("orders.create_gift")));
    client(true).orders().create_gift(args()).await.expect("an order");
    let request = server.request();
    assert_eq!(request.line, "POST /orders/s1?note=for%20you HTTP/1.1");
    assert_eq!(request.text(), r#"{"article":7,"giver":{"name":"Mali"}}"#);
}
