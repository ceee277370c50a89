//! Values this version does not know are sent and read like those it does.

use spec_open_enum::types::{LampModel, State};
use spec_open_enum::{Client, Host};

use crate::server::Server;

pub async fn call() {
    let server =
        Server::ok(r#"[{"state": "off", "kind": "lamp", "model": "medium"}, {"state": "dim", "kind": "torch"}]"#);
    let client = Client::builder().base_url(Host::Default, server.url()).build().expect("a client");
    let lamps = client.lamps().list().state(State::Unknown("dim".into())).level(-1).await.expect("lamps");
    assert_eq!(server.request().line, "GET /lamps?state=dim&level=-1 HTTP/1.1");
    assert_eq!((&lamps[0].state, &lamps[0].model), (&State::Off, &Some(LampModel::Unknown("medium".into()))));
    assert_eq!((&lamps[1].state, lamps[1].kind.as_str()), (&State::Unknown("dim".into()), "torch"));
}
