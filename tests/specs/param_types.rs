//! What parameters of each type look like.

use spec_param_types::types::{SearchTripsClass, SearchTripsStop};
use spec_param_types::{Client, Host};

use crate::server::{Answer, Server};

pub async fn call() {
    let server = Server::answering(vec![Answer::new(204, ""); 2]);
    let client = Client::builder().base_url(Host::Default, server.url()).build().expect("a client");
    let day: spec_param_types::Date = "2026-11-25".parse().expect("a date");
    client.trips().search(day.clone(), 2).await.expect("an answer");
    assert_eq!(server.request().line, "GET /trips/2026-11-25/2?version=2 HTTP/1.1", "defaults are the server's");
    #[allow(deprecated)]
    let call = client.trips().search(day, 2).agent("00000000-0000-0000-0000-00000000000f".parse().expect("a uuid"));
    let call = call.class(SearchTripsClass::First).detail("full").quiet(true).ratio(0.5);
    let call = call.price("12345678901234567890.10".parse::<spec_param_types::Decimal>().expect("a decimal"));
    let call = call.after("2026-11-25T10:00:00+07:00".parse::<spec_param_types::DateTime>().expect("a moment"));
    let call = call.stops([SearchTripsStop::North, SearchTripsStop::Unknown("east".into())]).anything("x y");
    call.await.expect("an answer");
    let line = "GET /trips/2026-11-25/2?version=2&class=first&detail=full&quiet=true&ratio=0.5\
        &price=12345678901234567890.10&after=2026-11-25T10%3A00%3A00%2B07%3A00\
        &agent=00000000-0000-0000-0000-00000000000f&stops=north&stops=east&anything=x%20y HTTP/1.1";
    assert_eq!(server.request().line, line);
}
