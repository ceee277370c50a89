//! Parameters of a path and of one call, and one name in every place.

use spec_param_places::resources::{ReplaceShopArgs, RetrieveShopArgs};
use spec_param_places::{Client, Host};

use crate::server::{Answer, Server};

pub async fn call() {
    let server = Server::answering(vec![Answer::new(204, ""); 2]);
    let client = Client::builder().base_url(Host::Default, server.url()).build().expect("a client");
    let args = RetrieveShopArgs { id: "s1".into(), lang: "en".into() };
    client.shops().retrieve(args).x_trace("t").await.expect("an answer");
    let request = server.request();
    assert_eq!(request.line, "GET /shops/s1?lang=en HTTP/1.1");
    assert_eq!(request.header("x-trace"), Some("t"));

    let args = ReplaceShopArgs { id: "path".into(), body_id: "body".into() };
    let call = client.shops().replace(args).lang(1).x_trace(2).query_id(3).header_id(true).cookie_id("cookie");
    call.body("a field").await.expect("an answer");
    let request = server.request();
    assert_eq!(request.line, "POST /shops/path?lang=1&id=3 HTTP/1.1");
    assert_eq!(request.headers.iter().filter(|(name, _)| name == "x-trace").count(), 1, "the call's own wins");
    assert_eq!(request.header("x-trace"), Some("2"));
    assert_eq!((request.header("id"), request.header("cookie")), (Some("true"), Some("id=cookie")));
    assert_eq!(request.text(), r#"{"id":"body","body":"a field"}"#);
}
