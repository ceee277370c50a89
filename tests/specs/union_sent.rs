//! A member of a union is sent with what tells it apart.

use spec_union_sent::types::{Card, Cash, Gift, MethodChoice as Method, Transfer};
use spec_union_sent::{Client, Host};

use crate::server::{Answer, Server};

pub async fn call() {
    let answers = [
        r#"{"type":"wire","bank":"b"}"#,
        r#"{"type":"credit","token":"t"}"#,
        r#"{"type":"cash"}"#,
        r#"{"type":"shells","n":1}"#,
        r#"{"type":"gift","code":"c"}"#,
    ];
    let server = Server::answering(answers.iter().map(|body| Answer::json(200, *body)).collect());
    let client = Client::builder().base_url(Host::Default, server.url()).build().expect("a client");
    let wire = client.payments().create(Transfer::new().bank("b")).reference("r").await.expect("an answer");
    assert_eq!(server.request().text(), r#"{"method":{"type":"wire","bank":"b"},"reference":"r"}"#);
    assert_eq!(wire, Method::Transfer(Box::new(Transfer::new().bank("b"))));
    // Of two names for one member the caller's own is kept.
    let card = client.payments().create(Card::new("credit", "t")).reference(7).await.expect("an answer");
    assert_eq!(server.request().text(), r#"{"method":{"type":"credit","token":"t"},"reference":7}"#);
    assert!(matches!(card, Method::Card(card) if card.type_ == "credit"));
    let cash = client.payments().create(Cash::new()).await.expect("an answer");
    assert_eq!(server.request().text(), r#"{"method":{"type":"cash"}}"#);
    assert!(matches!(cash, Method::Cash(_)));
    let shells = client.payments().create(cash).await.expect("an answer");
    assert!(matches!(&shells, Method::Unknown(value) if value["n"] == 1), "{shells:?}");
    let gift = client.payments().create(Gift::new("c")).await.expect("an answer");
    server.request();
    assert_eq!(server.request().text(), r#"{"method":{"type":"gift","code":"c"}}"#);
    assert_eq!(gift, Method::Gift(Box::new(Gift::new("c"))));
}
