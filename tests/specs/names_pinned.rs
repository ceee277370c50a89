//! Names that the document, an overlay or the configuration gives, beside those on the wire.

use spec_names_pinned::types::{State, Thing, ThingFacts, ThingFilter, V2BigThing};
use spec_names_pinned::{Client, Host};

use crate::server::Server;

pub async fn call() {
    let server = Server::ok(
        r#"{"_id":"1","@type":"t","meta":{"k":"v"},"state":2,"big":{"_id":"2","@type":"u","sz":3,"meta":{"k":"w"}}}"#,
    );
    let builder = Client::builder().base_url(Host::Vault, server.url()).base_url(Host::Main, "http://127.0.0.1:9");
    let client = builder.secret_key("secret").build().expect("a client");
    let call = client.things().rename("a").filter(ThingFilter::Blocked).first_page(4).new_name("b");
    let thing: Thing = call.await.expect("an answer");
    let sent = server.request();
    assert_eq!(sent.line, "POST /v2/things/a?f=b&p%5B1%5D=4 HTTP/1.1");
    assert_eq!((sent.text(), sent.header("x-key")), (r#"{"n":"b"}"#, Some("secret")));
    assert_eq!(
        (thing.node_id.as_deref(), thing.class.as_deref(), thing.state),
        (Some("1"), Some("t"), Some(State::Gone))
    );
    let facts = |meta: &Option<ThingFacts>| meta.as_ref().and_then(|facts| facts.k.clone());
    assert_eq!(facts(&thing.meta).as_deref(), Some("v"));
    let big: V2BigThing = thing.big.expect("a thing");
    assert_eq!((big.node_id.as_deref(), big.class.as_deref(), big.size), (Some("2"), Some("u"), Some(3)));
    assert_eq!(facts(&big.meta).as_deref(), Some("w"));
}
