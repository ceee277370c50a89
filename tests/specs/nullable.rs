//! In a request a value, null, and absence are three things; in an answer null and absence are read alike.

use spec_nullable::types::Address;
use spec_nullable::{Client, Host};

use crate::server::{Answer, Server};

pub async fn call() {
    let profile = r#"{"id": null, "nickname": null, "address": {"street": "s", "door": null}}"#;
    let server = Server::answering(vec![
        Answer::json(200, profile),
        Answer::json(200, profile),
        Answer::json(200, profile),
        Answer::json(200, r#"{"address": {"floor": null}}"#),
        Answer::json(200, "null"),
        Answer::json(200, "[1]"),
    ]);
    let client = Client::builder().base_url(Host::Default, server.url()).build().expect("a client");
    let read = client.profiles().update("1", 4).await.expect("a profile");
    assert_eq!(server.request().text(), r#"{"level":4}"#);
    assert_eq!((read.id.as_deref(), &read.nickname), (None, &None));
    let address = read.address.expect("an address");
    assert_eq!((address.floor, &address.door), (None, &Some(None)));
    assert_eq!(serde_json::to_string(&address).expect("it serialises"), r#"{"street":"s","floor":null,"door":null}"#);

    client.profiles().update("1", None).nickname("Al").age(7).address(address).await.expect("a profile");
    assert_eq!(
        server.request().text(),
        r#"{"nickname":"Al","age":7,"level":null,"address":{"street":"s","floor":null,"door":null}}"#
    );

    let request = client.profiles().update("1", None).nickname_as_null().age_null().tags_null();
    request.nickname_null("x").notes(()).await.expect("a profile");
    assert_eq!(
        server.request().text(),
        r#"{"nickname":null,"nickname_null":"x","age":null,"level":null,"tags":null,"notes":null}"#
    );

    let tags = [Some("a".to_owned()), None];
    let read = client.profiles().update("1", None).tags(tags).address(Address::new("s", 2)).await.expect("a profile");
    assert_eq!(server.request().text(), r#"{"level":null,"address":{"street":"s","floor":2},"tags":["a",null]}"#);
    // What must be sent may be missing in an answer all the same.
    let address = read.address.expect("an address");
    assert_eq!((address.street.as_str(), address.floor), ("", None));

    assert_eq!(client.levels().replace(None).await.expect("an answer"), None);
    assert_eq!(server.request().text(), "null");
    assert_eq!(client.levels().replace(3).await.expect("an answer"), Some(vec![1]));
    assert_eq!(server.request().text(), "3");
}
