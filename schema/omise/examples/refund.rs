//! Gives a payment back, in whole or in part.
//!
//! ```console
//! $ export OMISE_SECRET_KEY=skey_test_...
//! $ cargo run --example refund -- CASE chrg_test_... 5000
//! ```
//!
//! The amount is in the smallest unit. CASE is your own name for this refund: run again with the same one, it finds the
//! refund that was made. `OMISE_API_URL` names a mock in place of the API.

use std::env;
use std::error::Error;

use omise::types::Refund;
use omise::{Client, Host};

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = env::args().skip(1).collect();
    let [case, charge, amount] = arguments.as_slice() else {
        return Err("usage: refund CASE CHARGE AMOUNT".into());
    };
    let amount: i64 = amount.parse()?;
    let client = client()?;
    // An earlier run may have done it, and lost the answer.
    if let Some(refund) = find(&client, charge, case).await? {
        println!("{} was made before", refund.id);
        return Ok(());
    }
    let sent = client
        .refunds()
        .create(charge, amount)
        .metadata([("case", case.as_str())])
        .idempotency_key(format!("refund-{case}"))
        .await;
    let refund = match sent {
        Ok(refund) => refund,
        // Asking for the refunds of the charge is safe, sending this one again is not.
        Err(error) if error.outcome_unknown() => {
            eprintln!("{error}; looking for the refund");
            let found = find(&client, charge, case).await?;
            found.ok_or("there is no such refund yet: run this again later")?
        }
        Err(error) => {
            eprintln!("refused as {:?}", error.api_code());
            return Err(error.into());
        }
    };
    println!("{} gives {:?} {} back", refund.id, refund.amount, refund.currency);
    Ok(())
}

/// The refund of a charge that was made for a case.
async fn find(client: &Client, charge: &str, case: &str) -> Result<Option<Refund>, omise::Error> {
    let mut refunds = client.charges().list_refunds(charge).items();
    while let Some(refund) = refunds.next().await {
        let refund = refund?;
        let metadata = refund.metadata.as_ref();
        if metadata.and_then(|metadata| metadata.get("case")).is_some_and(|own| own == case) {
            return Ok(Some(refund));
        }
    }
    Ok(None)
}

fn client() -> Result<Client, Box<dyn Error>> {
    let key = env::var("OMISE_SECRET_KEY").map_err(|_| "set OMISE_SECRET_KEY")?;
    let mut builder = Client::builder().secret_key(key);
    if let Ok(url) = env::var("OMISE_API_URL") {
        builder = builder.base_url(Host::Api, url);
    }
    Ok(builder.build()?)
}
