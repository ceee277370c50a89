//! The types that somebody would write by hand for the same answers, with nothing but what serde derives: no unknown
//! values of enums are kept, no null stands for a missing value, ids and times are text. They have the members that the API
//! documents, as the emitted ones do: a type that leaves some out has less to do.

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
    unmanaged_payment: Option<UnmanagedPayment>,
    three_ds_info: Option<ThreeDsInfo>,
    currency: String,
    funding_currency: String,
    ip: Option<String>,
    refunds: Option<List<Refund>>,
    link: Option<String>,
    description: Option<String>,
    metadata: Map<String, Value>,
    missing_3ds_fields: Option<Vec<String>>,
    card: Option<Card>,
    source: Option<Source>,
    schedule: Option<String>,
    linked_account: Option<LinkedAccount>,
    customer: Option<String>,
    dispute: Option<Dispute>,
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
    merchant_name: Option<String>,
    merchant_uid: Option<String>,
    statement_descriptor: Option<String>,
    authentication: Option<String>,
    authenticated_by: Option<String>,
    refunded: Option<i64>,
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

#[derive(Serialize, Deserialize)]
struct UnmanagedPayment {
    authorization_code: Option<String>,
    backend_name: Option<String>,
    iin: Option<String>,
}

#[derive(Serialize, Deserialize)]
struct ThreeDsInfo {
    three_ds_version: Option<String>,
    authenticated_at: Option<String>,
    eci: Option<String>,
    transaction_status: Option<String>,
}

#[derive(Serialize, Deserialize)]
struct Source {
    object: String,
    id: String,
    livemode: bool,
    location: Option<String>,
    amount: Option<i64>,
    barcode: Option<String>,
    bank: Option<String>,
    created_at: Option<String>,
    currency: String,
    email: Option<String>,
    flow: String,
    installment_term: Option<i64>,
    ip: Option<String>,
    absorption_type: Option<String>,
    name: Option<String>,
    mobile_number: Option<String>,
    phone_number: Option<String>,
    platform_type: Option<String>,
    scannable_code: Option<Barcode>,
    qr_settings: Option<Value>,
    billing: Option<Address>,
    shipping: Option<Address>,
    items: Option<Vec<Item>>,
    references: Option<References>,
    provider_references: Option<ProviderReferences>,
    store_id: Option<String>,
    store_name: Option<String>,
    terminal_id: Option<String>,
    #[serde(rename = "type")]
    type_: String,
    zero_interest_installments: Option<bool>,
    charge_status: Option<String>,
    receipt_amount: Option<i64>,
    discounts: Option<Vec<Value>>,
    promotion_code: Option<String>,
}

#[derive(Serialize, Deserialize)]
struct Barcode {
    object: String,
    #[serde(rename = "type")]
    type_: Option<String>,
    image: Option<Value>,
}

#[derive(Serialize, Deserialize)]
struct Address {
    city: Option<String>,
    country: Option<String>,
    postal_code: Option<String>,
    state: Option<String>,
    street1: Option<String>,
    street2: Option<String>,
}

#[derive(Serialize, Deserialize)]
struct Item {
    sku: Option<String>,
    name: Option<String>,
    amount: Option<i64>,
    quantity: Option<i64>,
    category: Option<String>,
    brand: Option<String>,
    item_uri: Option<String>,
    image_uri: Option<String>,
}

#[derive(Serialize, Deserialize)]
struct References {
    expires_at: Option<String>,
    device_id: Option<String>,
    customer_amount: Option<i64>,
    customer_currency: Option<String>,
    customer_exchange_rate: Option<String>,
    omise_tax_id: Option<String>,
    reference_number_1: Option<String>,
    reference_number_2: Option<String>,
    barcode: Option<String>,
    payment_code: Option<String>,
}

#[derive(Serialize, Deserialize)]
struct ProviderReferences {
    reference_number_1: Option<String>,
    reference_number_2: Option<String>,
}

#[derive(Serialize, Deserialize)]
struct Dispute {
    object: String,
    id: String,
    livemode: bool,
    location: String,
    currency: String,
    amount: i64,
    funding_amount: Option<i64>,
    funding_currency: Option<String>,
    metadata: Map<String, Value>,
    charge: Option<String>,
    documents: Option<List<Document>>,
    transactions: Option<Vec<Transaction>>,
    admin_message: Option<String>,
    message: Option<String>,
    reason_code: Option<String>,
    reason_message: Option<String>,
    status: String,
    closed_at: Option<String>,
    created_at: String,
    merchant_name: Option<String>,
}

#[derive(Serialize, Deserialize)]
struct Document {
    object: String,
    id: String,
    filename: String,
    location: Option<String>,
    livemode: bool,
    download_uri: Option<String>,
    created_at: Option<String>,
}

#[derive(Serialize, Deserialize)]
struct Transaction {
    object: String,
    id: String,
    amount: i64,
    currency: String,
    direction: String,
    key: Option<String>,
    origin: Option<String>,
    location: Option<String>,
    transferable_at: Option<String>,
    created_at: Option<String>,
}

#[derive(Serialize, Deserialize)]
struct LinkedAccount {
    object: String,
    id: String,
    livemode: bool,
    location: Option<String>,
    registration_uri: Option<String>,
    return_uri: Option<String>,
    #[serde(rename = "type")]
    type_: Option<String>,
    status: Option<String>,
    last_digits: Option<String>,
    metadata: Map<String, Value>,
    failure_code: Option<String>,
    failure_message: Option<String>,
    registered_at: Option<String>,
    expires_at: Option<String>,
}
