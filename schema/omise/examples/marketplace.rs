//! Takes a payment for a seller, keeps a fee, and pays the seller out.
//!
//! ```console
//! $ export OMISE_SECRET_KEY=skey_test_... SELLER_ACCOUNT=...
//! $ cargo run --example marketplace -- ORDER tokn_test_... 100000 team_...
//! ```
//!
//! The amount is in satang, `SELLER_ACCOUNT` is the number of the seller's bank account, and the last argument is the
//! seller's sub-merchant. `OMISE_API_URL` names a mock in place of the API.

use std::env;
use std::error::Error;

use omise::types::{
    ChargeStatus, CreateChargePlatformFee, CreateRecipientBankAccount, Currency, RecipientId, RecipientType,
};
use omise::{Client, Host};

/// Of a hundred.
const FEE: i64 = 5;

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = env::args().skip(1).collect();
    let [order, token, amount, seller] = arguments.as_slice() else {
        return Err("usage: marketplace ORDER TOKEN AMOUNT SUB_MERCHANT".into());
    };
    let amount: i64 = amount.parse()?;
    let fee = amount / 100 * FEE;
    let client = client()?;

    // Accounts that allowed this one to act for them.
    for chain in client.chains().list().items().collect_up_to(10).await? {
        println!("{} is linked", chain.id);
    }
    let recipient = recipient(&client, seller).await?;

    let sent = client
        .charges()
        .create(amount, Currency::Thb)
        .card(token)
        .platform_fee(CreateChargePlatformFee::new().fixed(fee))
        .header("SUB_MERCHANT_ID", seller)
        .metadata([("order", order.as_str())])
        // A token pays once, so this names one try to pay the order.
        .idempotency_key(format!("charge-{order}-{token}"))
        .await;
    let charge = sent.map_err(unless_unknown)?;
    match (&charge.status, &charge.authorize_uri) {
        (Some(ChargeStatus::Successful), _) => println!("{} is paid, and {fee} of it is ours", charge.id),
        (Some(ChargeStatus::Pending), Some(uri)) => {
            return Err(format!("{}: nothing is paid out before the customer approves at {uri}", charge.id).into());
        }
        (status, _) => return Err(format!("{} is {status:?}: nothing is paid out", charge.id).into()),
    }

    let sent = client
        .transfers()
        .create()
        .amount(amount - fee)
        .recipient(&recipient)
        .metadata([("order", order.as_str())])
        .idempotency_key(format!("transfer-{order}"))
        .await;
    let transfer = sent.map_err(unless_unknown)?;
    println!("{} pays {:?} out", transfer.id, transfer.amount);
    Ok(())
}

/// Where a seller's money goes.
async fn recipient(client: &Client, seller: &str) -> Result<RecipientId, Box<dyn Error>> {
    let number = env::var("SELLER_ACCOUNT").map_err(|_| "set SELLER_ACCOUNT")?;
    let account = CreateRecipientBankAccount::new("Somchai Prasert", number).brand("bbl");
    let recipient = client
        .recipients()
        .create("Somchai Prasert", RecipientType::Individual, account)
        .description(seller)
        .idempotency_key(format!("recipient-{seller}"))
        .await?;
    Ok(recipient.id)
}

/// What to say of a call that moves money. One whose outcome is unknown ends the program: whoever runs it has to look.
fn unless_unknown(error: omise::Error) -> Box<dyn Error> {
    if error.outcome_unknown() {
        let key = error.idempotency_key().unwrap_or_default().to_owned();
        return format!("{error}\nit may have been carried out: look for {key} before this is run again").into();
    }
    error.into()
}

fn client() -> Result<Client, Box<dyn Error>> {
    let key = env::var("OMISE_SECRET_KEY").map_err(|_| "set OMISE_SECRET_KEY")?;
    let mut builder = Client::builder().secret_key(key);
    if let Ok(url) = env::var("OMISE_API_URL") {
        builder = builder.base_url(Host::Api, url);
    }
    Ok(builder.build()?)
}
