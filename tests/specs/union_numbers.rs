//! Members that have the same properties are told apart by a whole number, and so is what stands in them.

use serde_json::json;
use spec_union_numbers::types::Step;
use spec_union_numbers::{Client, Host};

use crate::server::Server;

pub async fn call() {
    let sent = json!([
        {"kind": 2, "about": {"whom": "Ann"}},
        {"kind": 1, "about": {"seconds": 5}},
        {"kind": -1, "about": {"why": "done"}},
        {"kind": 9, "about": {"whom": "Ann"}},
    ]);
    let server = Server::ok(sent.to_string());
    let client = Client::builder().base_url(Host::Default, server.url()).build().expect("a client");
    let steps = client.steps().list().await.expect("steps");
    assert_eq!(serde_json::to_value(&steps).expect("it serialises"), sent);
    let [tell, wait, stop, new] = steps.as_slice() else { panic!("{steps:?}") };
    assert!(
        matches!(tell, Step::Tell(tell) if tell.about.as_ref().is_some_and(|about| about.whom.as_deref() == Some("Ann")))
    );
    assert!(matches!((wait, stop), (Step::Wait(_), Step::Stop(_))));
    assert!(matches!(new, Step::Unknown(_)), "{new:?}");
}
