//! Properties of every part come together, later parts say more of earlier ones, and what could not be read stays as it came.

use serde_json::json;
use spec_all_of::types::DogMood;
use spec_all_of::{Client, Host};

use crate::server::Server;

pub async fn call() {
    let sent = json!({
        "name": "Rex", "legs": 4, "tags": ["good"], "mood": "sleepy", "breed": "pug",
        "owner": {"name": "Ann", "legs": 2}, "shape": {"height": 30, "width": {"cm": 12}},
    });
    let server = Server::ok(sent.to_string());
    let client = Client::builder().base_url(Host::Default, server.url()).build().expect("a client");
    let dog = client.animals().retrieve("1").await.expect("a dog");
    assert_eq!((dog.name.as_str(), dog.legs, dog.breed.as_str()), ("Rex", Some(4), "pug"));
    assert_eq!(dog.tags.as_deref(), Some(["good".to_owned()].as_slice()));
    assert_eq!(dog.mood, Some(DogMood::Sleepy));
    assert_eq!(dog.owner.as_ref().map(|owner| owner.name.as_str()), Some("Ann"));
    let shape = dog.shape.as_ref().expect("a shape");
    assert_eq!((shape.height, &shape.extra["width"]), (Some(30), &json!({"cm": 12})));
    assert_eq!(serde_json::to_value(&dog).expect("it serialises"), sent);
}
