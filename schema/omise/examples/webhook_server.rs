//! Receives events, and asks the API before it believes what they tell.
//!
//! ```console
//! $ export OMISE_SECRET_KEY=skey_test_... OMISE_WEBHOOK_SECRET=...
//! $ cargo run --example webhook_server --features webhooks -- 127.0.0.1:3000
//! ```
//!
//! While a secret is rolled, `OMISE_WEBHOOK_SECRET` holds both with a comma between. `OMISE_API_URL` names a mock in place of
//! the API. The crate depends on no web framework: this is axum, and any other gives headers and body as well.

use std::env;
use std::error::Error;

use axum::Router;
use axum::body::Bytes;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use axum::routing::post;
use omise::types::{AnyObject, Event, EventKey};
use omise::webhooks::Verifier;
use omise::{Client, Host};
use tokio::net::TcpListener;

#[derive(Clone)]
struct App {
    client: Client,
    verifier: Verifier,
}

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    let address = env::args().nth(1).unwrap_or_else(|| "127.0.0.1:3000".to_owned());
    let secrets = env::var("OMISE_WEBHOOK_SECRET").map_err(|_| "set OMISE_WEBHOOK_SECRET")?;
    let app = App { client: client()?, verifier: Verifier::new(secrets.split(','))? };
    let router = Router::new().route("/webhooks", post(receive)).with_state(app);
    let listener = TcpListener::bind(address).await?;
    println!("listening on http://{}/webhooks", listener.local_addr()?);
    let stop = async {
        // Without a way to be told, it runs until it is ended.
        if tokio::signal::ctrl_c().await.is_err() {
            std::future::pending::<()>().await;
        }
    };
    axum::serve(listener, router).with_graceful_shutdown(stop).await?;
    Ok(())
}

/// The body is taken as bytes: the signature is over them, and not over what JSON makes of them.
async fn receive(State(app): State<App>, headers: HeaderMap, body: Bytes) -> StatusCode {
    let event = match app.verifier.verify(&headers, &body) {
        Ok(event) => event,
        Err(error) if error.is_refusal() => {
            eprintln!("refused: {error}");
            return StatusCode::UNAUTHORIZED;
        }
        // Genuine, and nothing this program can read: delivered again it reads no better.
        Err(error) => {
            eprintln!("ignored: {error}");
            return StatusCode::OK;
        }
    };
    match handle(&app.client, &event).await {
        Ok(()) => StatusCode::OK,
        // It is delivered again.
        Err(error) => {
            eprintln!("{}: {error}", event.id);
            StatusCode::SERVICE_UNAVAILABLE
        }
    }
}

/// An event may come twice, late, or after a later one: it says that something happened, and the API says how it stands.
async fn handle(client: &Client, event: &Event) -> Result<(), omise::Error> {
    match (&event.key, &event.data) {
        (EventKey::ChargeComplete, Some(AnyObject::Charge(charge))) => {
            let charge = client.charges().retrieve(&charge.id).await?;
            println!("{} is {:?}", charge.id, charge.status);
        }
        (key, _) => println!("{}: nothing to do for {key}", event.id),
    }
    Ok(())
}

fn client() -> Result<Client, Box<dyn Error>> {
    let key = env::var("OMISE_SECRET_KEY").map_err(|_| "set OMISE_SECRET_KEY")?;
    let mut builder = Client::builder().secret_key(key);
    if let Ok(url) = env::var("OMISE_API_URL") {
        builder = builder.base_url(Host::Api, url);
    }
    Ok(builder.build()?)
}
