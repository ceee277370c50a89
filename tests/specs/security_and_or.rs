//! All keys of one requirement, the first requirement whose keys are all there, or none where none is needed.

use spec_security_and_or::{Client, ErrorKind, Host};

use crate::server::{Answer, Recorded, Server};

fn keys(request: &Recorded) -> [Option<&str>; 3] {
    ["x-app", "x-user", "authorization"].map(|name| request.header(name))
}

pub async fn call() {
    let server = Server::answering(vec![Answer::new(204, ""); 9]);
    let builder = || Client::builder().base_url(Host::Default, server.url());
    let every = builder().app("a").user("u").token("t").login("l", "p").build().expect("a client");
    let half = builder().app("a").token("t").build().expect("a client");
    let none = builder().build().expect("a client");

    every.doors().both().await.expect("an answer");
    assert_eq!(keys(&server.request()), [Some("a"), Some("u"), None], "the first alternative has all its keys");
    half.doors().both().await.expect("an answer");
    assert_eq!(keys(&server.request()), [None, None, Some("Bearer t")], "half an alternative is none");
    half.doors().both().header("X-User", "mine").await.expect("an answer");
    assert_eq!(keys(&server.request()), [Some("a"), Some("mine"), None], "a header set by the caller is a key given");
    let refused = none.doors().both().await.expect_err("no key");
    assert_eq!(refused.kind(), ErrorKind::Config);
    assert!(refused.to_string().contains("needs app and user, or token"), "{refused}");

    half.doors().optional().await.expect("an answer");
    assert_eq!(keys(&server.request()), [None, None, Some("Bearer t")], "what is configured is sent");
    none.doors().optional().await.expect("an answer");
    assert_eq!(keys(&server.request()), [None; 3]);
    every.doors().public().await.expect("an answer");
    assert_eq!(keys(&server.request()), [None; 3], "an operation's own empty list overrides the document's");
    every.doors().unknown().await.expect("an answer");
    assert_eq!(keys(&server.request()), [Some("a"), None, None], "an alternative with an unknown scheme is left out");

    let refused = every.doors().clash().await.expect_err("one header cannot hold two keys");
    assert!(refused.to_string().contains("login and another key travel in one header, `authorization`"), "{refused}");
    every.doors().clash().header("Authorization", "Custom both").await.expect("an answer");
    assert_eq!(keys(&server.request()), [None, None, Some("Custom both")]);
}
