//! A place of a schema with a discriminator holds any schema made of it.

use serde_json::json;
use spec_inheritance::types::{Pet, Shape};
use spec_inheritance::{Client, Host};

use crate::server::{Answer, Server};

pub async fn call() {
    let pets = json!([
        {"kind": "lion", "name": "Leo", "lives": 1, "pride": "north"},
        {"kind": "cat", "name": "Tom", "lives": 9},
        {"kind": "pet", "name": "Rock"},
        {"kind": "fish", "name": "Wanda", "fins": 3},
    ]);
    let shapes = json!([{"is": "circle", "area": 3, "radius": 1}, {"is": "square", "area": 4, "side": 2}]);
    let server = Server::answering(vec![Answer::json(200, pets.to_string()), Answer::json(200, shapes.to_string())]);
    let client = Client::builder().base_url(Host::Default, server.url()).build().expect("a client");
    let found = client.pets().list().await.expect("pets");
    assert!(matches!(&found[0], Pet::Lion(lion) if lion.pride.as_deref() == Some("north") && lion.lives == Some(1)));
    assert!(matches!(&found[1], Pet::Cat(cat) if cat.lives == Some(9)));
    assert!(matches!(&found[2], Pet::Itself(pet) if pet.name == "Rock"));
    assert!(matches!(&found[3], Pet::Unknown(fish) if fish["fins"] == 3));
    assert_eq!(serde_json::to_value(&found).expect("it serialises"), pets);
    let found = client.shapes().list().await.expect("shapes");
    assert!(matches!(&found[0], Shape::Circle(circle) if circle.radius == Some(1) && circle.area == Some(3)));
    assert!(matches!(&found[1], Shape::Square(square) if square.side == Some(2)));
    assert_eq!(serde_json::to_value(&found).expect("it serialises"), shapes);
}
