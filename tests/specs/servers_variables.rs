//! Variables in the URL of a server: their defaults, their setters, and what no value can do.

use spec_servers_variables::{BasePath, Client, ErrorKind, Host, Region, SchemeVariable};

use crate::server::{Answer, Server};

pub async fn call() {
    let server = Server::answering(vec![Answer::new(204, ""); 3]);
    let port = server.url().rsplit(':').next().expect("a port").to_owned();
    let local = || Client::builder().scheme(SchemeVariable::Http).tenant("127.0.0.1").port(&port);

    local().build().expect("a client").things().list().await.expect("an answer");
    let request = server.request();
    assert_eq!(request.line, "GET /v2/things HTTP/1.1");
    assert_eq!(request.header("host"), Some(format!("127.0.0.1:{port}").as_str()));
    local().base_path(BasePath::V1).build().expect("a client").things().list().await.expect("an answer");
    assert_eq!(server.request().line, "GET /v1/things HTTP/1.1");
    local().base_path(BasePath::Empty).build().expect("a client").things().list().await.expect("an answer");
    assert_eq!(server.request().line, "GET /things HTTP/1.1");

    for tenant in ["evil.example/", "me@evil.example", "evil.example?", ""] {
        let refused = Client::builder().tenant(tenant).build().expect_err("a host and no more");
        assert_eq!(refused.kind(), ErrorKind::Config);
    }
    let plain = Client::builder().scheme(SchemeVariable::Http).build().expect_err("keys would travel in the clear");
    assert!(plain.to_string().contains("is not https"), "{plain}");

    let client = Client::builder().region(Region::Asia1).build().expect_err("a value is missing");
    assert!(client.to_string().contains("the base URL of logs needs its variable `undescribed`"), "{client}");
    let shown = Client::builder().region(Region::Asia1).undescribed("a").build().expect("a client");
    let hosts = format!("{shown:?}");
    assert!(hosts.contains("https://asia-1.logs.example.org/a"), "{hosts}");
    assert!(hosts.contains("https://demo.example.org:443/v2"), "{hosts}");
    let elsewhere = Client::builder().base_url(Host::Tenants, "https://elsewhere.example/x").build().expect("a client");
    assert!(format!("{elsewhere:?}").contains("https://elsewhere.example/x"));
}
