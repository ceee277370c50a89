//! Arguments in cookies: one `Cookie` header, pairs separated by `; `, values percent-encoded.

use spec_cookie_params::types::Size;
use spec_cookie_params::{Client, Host};

use crate::server::{Answer, Server};

pub async fn call() {
    let server = Server::answering(vec![Answer::new(204, ""); 2]);
    let client = Client::builder().base_url(Host::Default, server.url()).build().expect("a client");
    client.basket().retrieve("a; b=c").await.expect("an answer");
    let request = server.request();
    assert_eq!(request.line, "GET /basket HTTP/1.1");
    assert_eq!(request.header("cookie"), Some("visit=a%3B%20b%3Dc"));
    let size = Size::new().width(2).height(3);
    client.basket().retrieve("v").seen([1, 2]).each([3, 4]).size(size).await.expect("an answer");
    let cookie = "visit=v; seen=1,2; each=3; each=4; size=width,2,height,3";
    assert_eq!(server.request().header("cookie"), Some(cookie));
}
