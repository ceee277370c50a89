//! Begins a subscription: a customer with a card, charged on the first of every month by a schedule.
//!
//! ```console
//! $ export OMISE_SECRET_KEY=skey_test_...
//! $ cargo run --example subscription -- MEMBER someone@example.com tokn_test_... 2030-12-31
//! ```
//!
//! The token is made by the customer's browser or phone, and the date is the last day. `OMISE_API_URL` names a mock in place
//! of the API.

use std::env;
use std::error::Error;

use omise::types::{CreateScheduleCharge, CreateScheduleOn, Currency, SchedulePeriod};
use omise::{Client, Date, Host};

/// 299 THB, in satang.
const PRICE: i64 = 29_900;

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = env::args().skip(1).collect();
    let [member, email, token, until] = arguments.as_slice() else {
        return Err("usage: subscription MEMBER EMAIL TOKEN UNTIL".into());
    };
    let until: Date = until.parse()?;
    let client = client()?;
    // A customer keeps the card: a token is good for one use.
    let customer = client
        .customers()
        .create()
        .email(email)
        .card(token)
        .description(format!("Member {member}"))
        .idempotency_key(format!("customer-{member}"))
        .await?;
    println!("{} keeps the card", customer.id);
    let payment = CreateScheduleCharge::new(PRICE, &customer.id).currency(Currency::Thb);
    let sent = client
        .schedules()
        .create(1, SchedulePeriod::Month, until)
        .on(CreateScheduleOn::new().days_of_month([1]))
        .charge(payment)
        .idempotency_key(format!("schedule-{member}"))
        .await;
    let schedule = match sent {
        Ok(schedule) => schedule,
        // Two schedules charge twice a month: what the customer has tells whether this one is there.
        Err(error) if error.outcome_unknown() => {
            eprintln!("{error}; looking for the schedule");
            let found = client.customers().list_schedules(&customer.id).items().collect_up_to(1).await?;
            found.into_iter().next().ok_or("there is no schedule yet: look again before it is made again")?
        }
        Err(error) => return Err(error.into()),
    };
    println!("{}: {}", schedule.id, schedule.in_words.as_deref().unwrap_or("every month"));
    for day in schedule.next_occurrences_on.iter().flatten().take(3) {
        println!("charged on {day}");
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
