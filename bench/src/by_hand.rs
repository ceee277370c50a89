//! The types that somebody would write by hand for the same answers, with nothing but what serde derives: no unknown
//! values of enums are kept, no null stands for a missing value, ids and times are text.

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

#[derive(Serialize, Deserialize)]
pub(crate) struct Balance {
    object: String,
    livemode: bool,
    location: String,
    currency: String,
    total: i64,
    transferable: i64,
    reserve: i64,
    on_hold: i64,
    created_at: String,
    at: Option<String>,
}

#[derive(Serialize, Deserialize)]
pub(crate) struct List<T> {
    object: String,
    data: Vec<T>,
    limit: i64,
    offset: i64,
    total: i64,
    location: Option<String>,
    order: Option<String>,
    from: String,
    to: String,
}

#[derive(Serialize, Deserialize)]
pub(crate) struct Charge {
    object: String,
    id: String,
    location: String,
    amount: i64,
    authorization_type: Option<String>,
    authorized_amount: Option<i64>,
    captured_amount: Option<i64>,
    acquirer_reference_number: Option<String>,
    net: i64,
    fee: i64,
    fee_vat: i64,
    interest: i64,
    interest_vat: i64,
    funding_amount: i64,
    refunded_amount: i64,
    transaction_fees: Option<TransactionFees>,
    platform_fee: Option<PlatformFee>,
    currency: String,
    funding_currency: String,
    ip: Option<String>,
    refunds: Option<List<Refund>>,
    link: Option<String>,
    description: Option<String>,
    metadata: Map<String, Value>,
    card: Option<Card>,
    source: Option<Value>,
    schedule: Option<String>,
    customer: Option<String>,
    dispute: Option<Value>,
    transaction: Option<String>,
    failure_code: Option<String>,
    failure_message: Option<String>,
    merchant_advice: Option<String>,
    merchant_advice_code: Option<String>,
    status: Status,
    authorize_uri: Option<String>,
    return_uri: Option<String>,
    created_at: Option<String>,
    paid_at: Option<String>,
    authorized_at: Option<String>,
    expires_at: Option<String>,
    expired_at: Option<String>,
    reversed_at: Option<String>,
    multi_capture: Option<bool>,
    zero_interest_installments: bool,
    branch: Option<String>,
    terminal: Option<String>,
    device: Option<String>,
    authorized: bool,
    capturable: bool,
    capture: bool,
    disputable: bool,
    livemode: bool,
    refundable: bool,
    partially_refundable: Option<bool>,
    reversed: bool,
    reversible: bool,
    voided: bool,
    paid: bool,
    expired: bool,
    can_perform_void: Option<bool>,
    approval_code: Option<String>,
}

#[derive(Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Status {
    Expired,
    Failed,
    Pending,
    Reversed,
    Successful,
}

#[derive(Serialize, Deserialize)]
struct TransactionFees {
    fee_flat: String,
    fee_rate: String,
    vat_rate: String,
}

#[derive(Serialize, Deserialize)]
struct PlatformFee {
    fixed: Option<i64>,
    amount: Option<i64>,
    percentage: Option<String>,
}

#[derive(Serialize, Deserialize)]
pub(crate) struct Refund {
    object: String,
    id: String,
    amount: i64,
    currency: String,
    charge: String,
    created_at: String,
}

#[derive(Serialize, Deserialize)]
struct Card {
    object: String,
    id: String,
    livemode: bool,
    location: Option<String>,
    deleted: bool,
    street1: Option<String>,
    street2: Option<String>,
    city: Option<String>,
    state: Option<String>,
    phone_number: Option<String>,
    postal_code: Option<String>,
    country: Option<String>,
    financing: Option<String>,
    bank: Option<String>,
    brand: String,
    fingerprint: String,
    first_digits: Option<String>,
    last_digits: String,
    name: Option<String>,
    expiration_month: u32,
    expiration_year: u32,
    security_code_check: bool,
    tokenization_method: Option<String>,
    created_at: Option<String>,
}
