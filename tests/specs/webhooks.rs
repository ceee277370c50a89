//! What the API sends by itself has types, and the crate's documentation says which.

use spec_webhooks::types::{Parcel, ParcelLostPayload};
use spec_webhooks::{Client, Host};

use crate::server::{Answer, Server};

pub async fn call() {
    let server = Server::answering(vec![Answer::json(204, "")]);
    let client = Client::builder().base_url(Host::Default, server.url()).build().expect("a client");
    client.subscriptions().create().await.expect("nothing");
    assert_eq!(server.request().line, "POST /subscriptions HTTP/1.1");
    let lost: ParcelLostPayload =
        serde_json::from_str(r#"{"where": "at sea", "parcel": {"id": "1"}}"#).expect("an event");
    assert_eq!(
        (lost.where_.as_deref(), lost.parcel.and_then(|Parcel { id, .. }| id).as_deref()),
        (Some("at sea"), Some("1"))
    );
}
