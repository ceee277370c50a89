//! Writes the charges since a day to standard output, as CSV for a spreadsheet.
//!
//! ```console
//! $ export OMISE_SECRET_KEY=skey_test_...
//! $ cargo run --example list_and_export -- 2026-01-01 > charges.csv
//! ```
//!
//! Pages are asked for one after the other, so that any number of charges fits in memory. `OMISE_API_URL` names a mock in
//! place of the API.

use std::env;
use std::error::Error;
use std::io::{self, BufWriter, Write};

use omise::types::{Charge, ListOrder};
use omise::{Client, DateTime, Host};

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = env::args().skip(1).collect();
    let [day] = arguments.as_slice() else {
        return Err("usage: list_and_export YYYY-MM-DD".into());
    };
    let since: DateTime = format!("{day}T00:00:00Z").parse()?;
    let client = client()?;
    let mut out = BufWriter::new(io::stdout().lock());
    writeln!(out, "id,created_at,amount,currency,status,refunded_amount")?;
    // Oldest first: what is made meanwhile comes at the end and shifts nothing.
    let list = client.charges().list().from(since).order(ListOrder::Chronological).limit(100);
    let mut charges = list.items();
    let mut count = 0_usize;
    while let Some(charge) = charges.next().await {
        match charge {
            Ok(charge) => writeln!(out, "{}", row(&charge))?,
            Err(error) => {
                // What was written is whole lines. A program that goes on by itself keeps `charges.position()`.
                out.flush()?;
                eprintln!("stopped after {count} charges: go on from the moment in the last line");
                return Err(error.into());
            }
        }
        count += 1;
    }
    out.flush()?;
    eprintln!("{count} charges");
    Ok(())
}

/// Amounts stay whole numbers of the smallest unit: a spreadsheet's fractions are not exact.
fn row(charge: &Charge) -> String {
    let number = |amount: Option<i64>| amount.map(|amount| amount.to_string()).unwrap_or_default();
    let created = charge.created_at.as_ref().map(ToString::to_string).unwrap_or_default();
    let status = charge.status.as_ref().map(ToString::to_string).unwrap_or_default();
    let (amount, refunded) = (number(charge.amount), number(charge.refunded_amount));
    [charge.id.as_str(), &created, &amount, charge.currency.as_str(), &status, &refunded].join(",")
}

fn client() -> Result<Client, Box<dyn Error>> {
    let key = env::var("OMISE_SECRET_KEY").map_err(|_| "set OMISE_SECRET_KEY")?;
    let mut builder = Client::builder().secret_key(key);
    if let Ok(url) = env::var("OMISE_API_URL") {
        builder = builder.base_url(Host::Api, url);
    }
    Ok(builder.build()?)
}
