//! What only OpenAPI 3.1 can say.

use spec_newer_keywords::types::{Owner, Pet, PetNode, PetSize};
use spec_newer_keywords::{Client, Host};

use crate::server::Server;

pub async fn call() {
    let whole = r#"{"name":null,"kind":"pet","age":3,"mixed":7,"free":[1],"owner":{},"size":"big","former_size":"small","chain":{"next":{}},"point":[1.5,2.0],"pair":["a",1],"photo":"YWI=","notes":"{}","vet":{"name":"Al"},"labels":{"x1":1},"choice":{"a":1,"b":"c"}}"#;
    let server = Server::ok(whole);
    let client = Client::builder().base_url(Host::Default, server.url()).build().expect("a client");
    let pet = client.pets().create(Pet::new(None).size(PetSize::Big).point([1.5, 2.0])).await.expect("a pet");
    assert_eq!(server.request().text(), r#"{"name":null,"size":"big","point":[1.5,2.0]}"#);
    assert_eq!((pet.age, &pet.former_size), (Some(3), &Some(PetSize::Small)));
    assert_eq!(pet.vet, Some(Some(Owner::new().name("Al"))));
    assert_eq!(pet.chain, Some(PetNode::new().next(PetNode::new())));
    assert_eq!(pet.photo.as_ref().map(|photo| photo.as_slice().to_vec()), Some(b"ab".to_vec()));
    assert_eq!(serde_json::to_string(&pet).expect("it serialises"), whole);
}
