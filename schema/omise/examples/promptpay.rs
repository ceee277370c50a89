//! Takes a payment by PromptPay: the customer scans a QR code with a banking app.
//!
//! ```console
//! $ export OMISE_SECRET_KEY=skey_test_... OMISE_PUBLIC_KEY=pkey_test_...
//! $ cargo run --example promptpay -- ORDER 100000
//! ```
//!
//! The amount is in satang. The event `charge.complete` tells that it is paid: see `webhook_server`. `OMISE_API_URL` names
//! a mock in place of the API.

use std::env;
use std::error::Error;

use omise::types::{Currency, SourceType};
use omise::{Client, Host};

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = env::args().skip(1).collect();
    let [order, amount] = arguments.as_slice() else {
        return Err("usage: promptpay ORDER AMOUNT".into());
    };
    let amount: i64 = amount.parse()?;
    let client = client()?;
    // A source alone moves no money, so that one too many does no harm.
    let source = client.sources().create(amount, Currency::Thb, SourceType::Promptpay).await?;
    let sent = client
        .charges()
        .create(amount, Currency::Thb)
        .source(&source.id)
        .metadata([("order", order.as_str())])
        .idempotency_key(format!("promptpay-{order}-{}", source.id))
        .await;
    let charge = match sent {
        Ok(charge) => charge,
        // Without its QR code nobody can pay such a charge, and it expires by itself.
        Err(error) if error.outcome_unknown() => {
            eprintln!("{error}; the next run makes a source and a charge of its own");
            return Err(error.into());
        }
        Err(error) => return Err(error.into()),
    };
    let code = charge.source.as_ref().and_then(|source| source.scannable_code.as_ref());
    let image = code.and_then(|code| code.image.as_ref()).and_then(|image| image.download_uri.as_deref());
    println!("{} is pending", charge.id);
    println!("show this QR code: {}", image.unwrap_or("(none was given)"));
    if let Some(until) = &charge.expires_at {
        println!("it is good until {until}");
    }
    Ok(())
}

fn client() -> Result<Client, Box<dyn Error>> {
    let key = env::var("OMISE_SECRET_KEY").map_err(|_| "set OMISE_SECRET_KEY")?;
    let mut builder = Client::builder().secret_key(key);
    if let Ok(key) = env::var("OMISE_PUBLIC_KEY") {
        builder = builder.public_key(key);
    }
    if let Ok(url) = env::var("OMISE_API_URL") {
        builder = builder.base_url(Host::Api, url);
    }
    Ok(builder.build()?)
}
