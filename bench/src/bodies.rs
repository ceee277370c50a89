//! Bodies of answers, with every member that the API gives.

use serde_json::{Value, json};

/// What an account holds: a small answer.
pub(crate) fn balance() -> String {
    json!({
        "object": "balance", "livemode": false, "location": "/balance", "currency": "THB",
        "total": 5_432_100, "transferable": 5_000_000, "reserve": 32_100, "on_hold": 400_000,
        "created_at": "2026-02-03T04:05:06Z", "at": "2026-03-04T05:06:07Z",
    })
    .to_string()
}

/// A payment by card.
pub(crate) fn charge(at: usize) -> Value {
    let id = format!("chrg_test_{at:019}");
    json!({
        "object": "charge", "id": id, "location": format!("/charges/{id}"), "amount": 234_500,
        "authorization_type": null, "authorized_amount": 234_500, "captured_amount": 234_500,
        "acquirer_reference_number": null, "net": 225_340, "fee": 8_561, "fee_vat": 599, "interest": 0, "interest_vat": 0,
        "funding_amount": 234_500, "refunded_amount": 0,
        "transaction_fees": {"fee_flat": "0.0", "fee_rate": "3.65", "vat_rate": "7.0"},
        "platform_fee": {"fixed": null, "amount": null, "percentage": null},
        "currency": "THB", "funding_currency": "THB", "ip": "203.0.113.20",
        "refunds": {
            "object": "list", "data": [], "limit": 20, "offset": 0, "total": 0,
            "location": format!("/charges/{id}/refunds"), "order": "chronological",
            "from": "1970-01-01T00:00:00Z", "to": "2026-03-04T05:06:07Z",
        },
        "link": null, "description": format!("Two boxes of tea, order {at}"),
        "metadata": {"order": format!("{at}"), "shop": "Riverside"},
        "card": card(), "source": null, "schedule": null, "customer": "cust_test_0000000000000000042", "dispute": null,
        "transaction": format!("trxn_test_{at:019}"), "failure_code": null, "failure_message": null,
        "merchant_advice": null, "merchant_advice_code": null, "status": "successful",
        "authorize_uri": null, "return_uri": "https://shop.example/return", "created_at": "2026-03-01T10:20:30Z",
        "paid_at": "2026-03-01T10:20:31Z", "authorized_at": "2026-03-01T10:20:31Z",
        "expires_at": "2026-03-08T10:20:30Z", "expired_at": null, "reversed_at": null, "multi_capture": false,
        "zero_interest_installments": false, "branch": null, "terminal": null, "device": null, "authorized": true,
        "capturable": false, "capture": true, "disputable": true, "livemode": false, "refundable": true,
        "partially_refundable": true, "reversed": false, "reversible": false, "voided": false, "paid": true,
        "expired": false, "can_perform_void": false, "approval_code": "170314",
    })
}

fn card() -> Value {
    json!({
        "object": "card", "id": "card_test_0000000000000000007", "livemode": false, "location": null, "deleted": false,
        "street1": "12 Charoen Krung", "street2": null, "city": "Bangkok", "state": null, "phone_number": null,
        "postal_code": "10500", "country": "th", "financing": "credit", "bank": "Bank of the Example",
        "brand": "Visa", "fingerprint": "c29tZSBieXRlcyBvZiBubyBjYXJkIGF0IGFsbA==", "first_digits": null,
        "last_digits": "4242", "name": "Somchai Prasert", "expiration_month": 11, "expiration_year": 2031,
        "security_code_check": true, "tokenization_method": null, "created_at": "2026-03-01T10:20:29Z",
    })
}

/// A page of charges, from the one of that number on.
pub(crate) fn page(from: usize, limit: usize, total: usize) -> String {
    let end = (from + limit).min(total);
    let data: Vec<Value> = (from..end).map(charge).collect();
    json!({
        "object": "list", "data": data, "limit": limit, "offset": from, "total": total, "location": "/charges",
        "order": "chronological", "from": "1970-01-01T00:00:00Z", "to": "2026-03-04T05:06:07Z",
    })
    .to_string()
}
