//! A call of each operation, as a user writes it, with every argument it has.

mod accounts;
mod customers;
mod disputes;
mod payments;
mod payouts;

use bytes::Bytes;
use omise::{Client, Date, DateTime, ErrorKind, File, Operation, Request};

use crate::support::capture::Capture;

/// What came of a call: the request it made, unless it was refused before it made one, and why it failed.
pub(crate) struct Made {
    pub(crate) name: &'static str,
    pub(crate) request: Option<http::Request<Bytes>>,
    pub(crate) failure: Option<ErrorKind>,
    /// What `Debug` shows of it before it is sent: as a request, and as its arguments.
    pub(crate) shown: String,
}

/// Makes calls with a client that sends through `capture`.
pub(crate) struct Calls<'c> {
    capture: &'c Capture,
    pub(crate) made: Vec<Made>,
}

impl<'c> Calls<'c> {
    pub(crate) fn new(capture: &'c Capture) -> Self {
        Self { capture, made: Vec::new() }
    }

    /// Makes one. The answer is not what is tested here, so a body that does not fit is no failure.
    pub(crate) async fn make<O: Operation>(&mut self, name: &'static str, mut request: Request<O>) {
        let mut shown = format!("{request:?} {request:#?}");
        let arguments = request.operation_mut();
        shown.push_str(&format!(" {arguments:?} {arguments:#?}"));
        let before = self.capture.count();
        let failure = request.send().await.err().map(|error| error.kind());
        let request = (self.capture.count() > before).then(|| self.capture.request());
        self.made.push(Made { name, request, failure, shown });
    }
}

/// Makes every call, and gives them in the order of their names.
pub(crate) async fn all(omise: &Client, capture: &Capture) -> Vec<Made> {
    let mut calls = Calls::new(capture);
    payments::make(omise, &mut calls).await;
    disputes::make(omise, &mut calls).await;
    payouts::make(omise, &mut calls).await;
    customers::make(omise, &mut calls).await;
    accounts::make(omise, &mut calls).await;
    calls.made.sort_by_key(|made| made.name.split_once('.'));
    calls.made
}

fn day() -> Date {
    Date::new(2027, 1, 31).expect("a day")
}

fn moment() -> DateTime {
    "2027-01-31T00:00:00Z".parse().expect("a moment")
}

fn pdf() -> File {
    File::new("receipt.pdf", Bytes::from_static(b"%PDF")).with_content_type("application/pdf")
}

fn csv() -> File {
    File::new("schedules.csv", Bytes::from_static(b"customer_key,customer")).with_content_type("text/csv")
}
