//! `deepObject`, with the lists in it that OpenAPI does not define.

use spec_deep_object::types::SearchRoomsFilters;
use spec_deep_object::{Client, Host};

use crate::server::{Answer, Server};

pub async fn call() {
    let server = Server::answering(vec![Answer::new(204, "")]);
    let client = Client::builder().base_url(Host::Default, server.url()).build().expect("a client");
    let filters = SearchRoomsFilters::new().seats(4).free(true).floor([1, 2]);
    let call = client.rooms().search().filters(filters).ids(["a b", "c"]).x_trace("t").theme("dark");
    call.await.expect("an answer");
    let request = server.request();
    let line = "GET /rooms?filters%5Bseats%5D=4&filters%5Bfree%5D=true&filters%5Bfloor%5D%5B%5D=1\
        &filters%5Bfloor%5D%5B%5D=2&ids=a%20b,c HTTP/1.1";
    assert_eq!(request.line, line);
    assert_eq!((request.header("x-trace"), request.header("cookie")), (Some("t"), Some("theme=dark")));
}
