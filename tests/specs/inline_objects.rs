//! Objects described where they are used.

use spec_inline_objects::types::{CreateParcelContent, CreateParcelSender, CreateParcelSenderAddress};
use spec_inline_objects::{Client, Host};

use crate::server::{Answer, Server};

pub async fn call() {
    let answer = r#"{"number": "p1", "route": [{"stop": "Trat", "at": "2026-01-02T03:04:05Z"}, {}]}"#;
    let server = Server::answering(vec![Answer::json(201, answer)]);
    let client = Client::builder().base_url(Host::Default, server.url()).build().expect("a client");
    let sender = CreateParcelSender::new("Ann").address(CreateParcelSenderAddress::new().city("Trat"));
    let request = client.parcels().create(500, sender).insured(true);
    let parcel = request.contents([CreateParcelContent::new("tea").count(2)]).await.expect("a parcel");
    assert_eq!(
        server.request().text(),
        r#"{"weight":500,"sender":{"name":"Ann","address":{"city":"Trat"}},"insured":true,"contents":[{"label":"tea","count":2}]}"#
    );
    assert_eq!(parcel.number, "p1");
    let route = parcel.route.expect("a route");
    assert_eq!((route[0].stop.as_deref(), route[1].at.is_none()), (Some("Trat"), true));
}
