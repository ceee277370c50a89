//! Charges a card whose token the customer's browser or phone made, so that its number never comes here.
//!
//! ```console
//! $ export OMISE_SECRET_KEY=skey_test_...
//! $ cargo run --example charge_card -- ORDER tokn_test_... 100000
//! ```
//!
//! The amount is in the smallest unit: 100000 satang are 1,000 THB. Run again for the same order, it finds the charge that
//! was made, and makes none beside it. `OMISE_API_URL` names a mock in place of the API.

use std::env;
use std::error::Error;
use std::time::{Duration, SystemTime};

use omise::types::{Charge, ChargeStatus, Currency, ListOrder};
use omise::{Client, DateTime, Host};

/// How long ago an earlier run for the same order may have been.
const LOOK_BACK: Duration = Duration::from_secs(24 * 60 * 60);

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = env::args().skip(1).collect();
    let [order, token, amount] = arguments.as_slice() else {
        return Err("usage: charge_card ORDER TOKEN AMOUNT".into());
    };
    let client = client()?;
    // An earlier run may have charged the card, and lost the answer. A shop that keeps what it did looks there first.
    let since = DateTime::from(SystemTime::now() - LOOK_BACK);
    if let Some(charge) = find(&client, order, &since).await? {
        println!("{} was made before", charge.id);
        report(&charge);
        return Ok(());
    }
    let sent = client
        .charges()
        .create(amount.parse()?, Currency::Thb)
        .card(token)
        .description(format!("Order {order}"))
        .metadata([("order", order.as_str())])
        .return_uri("https://www.example.com/orders/complete")
        // A token pays once, so this names one try to pay the order.
        .idempotency_key(format!("charge-{order}-{token}"))
        .await;
    let charge = match sent {
        Ok(charge) => charge,
        // Nobody knows whether the card was charged: look before anything is tried again.
        Err(error) if error.outcome_unknown() => {
            eprintln!("{error}; looking for the charge");
            let found = find(&client, order, &since).await?;
            found.ok_or("there is no such charge yet: look again later, and do not charge another way until then")?
        }
        Err(error) => return Err(error.into()),
    };
    report(&charge);
    Ok(())
}

/// The charge of an order among those made since, but for one that failed and left the order to be paid.
async fn find(client: &Client, order: &str, since: &DateTime) -> Result<Option<Charge>, omise::Error> {
    let mut charges = client.charges().list().from(since.clone()).order(ListOrder::ReverseChronological).items();
    while let Some(charge) = charges.next().await {
        let charge = charge?;
        let metadata = charge.metadata.as_ref();
        let is_of_order = metadata.and_then(|metadata| metadata.get("order")).is_some_and(|own| own == order);
        if is_of_order && !matches!(charge.status, Some(ChargeStatus::Failed | ChargeStatus::Expired)) {
            return Ok(Some(charge));
        }
    }
    Ok(None)
}

fn report(charge: &Charge) {
    match (&charge.status, &charge.authorize_uri) {
        (Some(ChargeStatus::Successful), _) => println!("{} is paid", charge.id),
        (Some(ChargeStatus::Failed), _) => {
            // A card that is declined is an answer, not an error.
            println!("{} failed: {:?} {:?}", charge.id, charge.failure_code, charge.failure_message);
        }
        // 3-D Secure: the customer approves at the bank, and an event tells how it ended.
        (_, Some(uri)) => println!("{}: send the customer to {uri}", charge.id),
        (status, None) => println!("{} is {status:?}", charge.id),
    }
}

fn client() -> Result<Client, Box<dyn Error>> {
    let key = env::var("OMISE_SECRET_KEY").map_err(|_| "set OMISE_SECRET_KEY")?;
    let mut builder = Client::builder().secret_key(key);
    if let Ok(url) = env::var("OMISE_API_URL") {
        builder = builder.base_url(Host::Api, url);
    }
    Ok(builder.build()?)
}
