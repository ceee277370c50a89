//! Files that refer to one another are one document.

use spec_external_files::types::{Bird, Nest};
use spec_external_files::{Client, Host};

use crate::server::{Answer, Server};

pub async fn call() {
    let bird = r#"{"id":"r-1","nest":{"place":"oak","owner":{"id":"r-2"}},"eggs":[{"grams":60,"laid_by":"r-2"}]}"#;
    let birds = Answer::json(200, format!("[{bird}]"));
    let nests = Answer::json(200, r#"[{"place":"oak"}]"#);
    let server = Server::answering(vec![birds, Answer::json(201, bird), Answer::json(200, bird), nests]);
    let client = Client::builder().base_url(Host::Default, server.url()).key("k-1").build().expect("a client");

    let found = client.birds().list().limit(5).await.expect("an answer");
    assert_eq!(server.request().line, "GET /birds?limit=5 HTTP/1.1");
    let laid_by = found[0].eggs.as_ref().and_then(|eggs| eggs[0].laid_by.as_deref());
    assert_eq!((found[0].id.as_str(), laid_by), ("r-1", Some("r-2")));

    let nest = Nest::new("oak").owner(Bird::new("r-2"));
    let created = client.birds().create(Bird::new("r-1").nest(nest)).await.expect("an answer");
    assert_eq!(created, found[0]);
    assert_eq!(server.request().text(), r#"{"id":"r-1","nest":{"place":"oak","owner":{"id":"r-2"}}}"#);
    client.birds().retrieve("r-1").await.expect("an answer");
    assert_eq!(server.request().line, "GET /birds/r-1 HTTP/1.1");

    let nests = client.nests().list().limit(1).order("-age").await.expect("an answer");
    assert_eq!(nests[0].place, "oak");
    let request = server.request();
    assert_eq!(request.line, "GET /nests?limit=1&order=-age HTTP/1.1");
    assert_eq!(request.header("x-key"), Some("k-1"), "the scheme stands in another file");
}
