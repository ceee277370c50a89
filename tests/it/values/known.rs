//! Every value that the published document, the guides, official clients or unofficial guides are known to use.
//!
//! A table of our own, so that a slip in the schema is not confirmed by the schema.

/// Payment methods of sources.
pub(super) const SOURCE_TYPES: &[&str] = &[
    // Published.
    "alipay",
    "alipay_cn",
    "alipay_hk",
    "alipayplus_mpm",
    "alipayplus_upm",
    "atome",
    "atome_qr",
    "bkash",
    "boost",
    "dana",
    "duitnow_obw",
    "duitnow_qr",
    "easypaisa",
    "econtext",
    "fpx",
    "gcash",
    "grabpay",
    "installment_bay",
    "installment_bbl",
    "installment_first_choice",
    "installment_kbank",
    "installment_ktc",
    "installment_mbb",
    "installment_paynext_extra_jumpapp",
    "installment_paynext_extra_qr",
    "installment_scb",
    "installment_ttb",
    "installment_uob",
    "installment_wlb_bay",
    "installment_wlb_bbl",
    "installment_wlb_first_choice",
    "installment_wlb_kbank",
    "installment_wlb_ktc",
    "installment_wlb_scb",
    "installment_wlb_ttb",
    "installment_wlb_uob",
    "internet_banking_bay",
    "internet_banking_bbl",
    "kakaopay",
    "maybank_qr",
    "mobile_banking_bay",
    "mobile_banking_bbl",
    "mobile_banking_kbank",
    "mobile_banking_ktb",
    "mobile_banking_ocbc",
    "mobile_banking_scb",
    "paynow",
    "paypay",
    "promptpay",
    "qr_code_upi",
    "rabbit_linepay",
    "shopeepay",
    "shopeepay_jumpapp",
    "touch_n_go",
    "truemoney",
    "truemoney_jumpapp",
    "truemoney_qr",
    "wechat_pay",
    "wechat_pay_mpm",
    "wechat_pay_upm",
    // Of official clients.
    "barcode_alipay",
    "barcode_wechat",
    "bill_payment_tesco_lotus",
    "points_citi",
    "mobile_banking_ocbc_pao",
    "touch_n_go_alipay_plus",
    "grabpay_rms",
    "applepay",
    // Of unofficial guides.
    "payeasy",
    "netbanking",
    "promptpay_credit",
    "maybankqrpay",
    "installment_krungsri",
    "internet_banking_scb",
];

/// What events tell.
pub(super) const EVENT_KEYS: &[&str] = &[
    // Of the official guides.
    "card.update",
    "card.destroy",
    "charge.create",
    "charge.update",
    "charge.capture",
    "charge.reverse",
    "charge.complete",
    "customer.create",
    "customer.update",
    "customer.destroy",
    "customer.update.card",
    "dispute.create",
    "dispute.update",
    "dispute.close",
    "link.create",
    "recipient.create",
    "recipient.update",
    "recipient.destroy",
    "recipient.activate",
    "recipient.deactivate",
    "recipient.verify",
    "refund.create",
    // Of official clients.
    "transfer.create",
    "transfer.update",
    "transfer.destroy",
    "dispute.accept",
    "schedule.create",
    "schedule.destroy",
    "link.destroy",
    "card.create",
    "refund.destroy",
    "charge.expire",
    // Of unofficial guides.
    "charge.failed",
];

/// What errors say went wrong.
pub(super) const ERROR_CODES: &[&str] = &[
    // Recorded, or of the official guides.
    "authentication_failure",
    "not_found",
    "invalid_charge",
    "used_token",
    "failed_reverse",
    "invalid_file_type",
    "bad_request",
    "backend_error",
    "brand_not_supported",
    "documents_locked",
    "expired_charge",
    "failed_capture",
    "failed_expire",
    "failed_fraud_check",
    "failed_multi_currency",
    "failed_refund",
    "missing_file",
    // Of official clients and integrations.
    "invalid_card",
    "invalid_card_token",
    "missing_card",
    "invalid_link",
    "invalid_recipient",
    "invalid_bank_account",
    "service_not_found",
    "not_authorized",
    // Of unofficial guides.
    "limit_reached",
    "transfer_already_paid",
    "transfer_not_sent",
    "invalid_link_id",
    "invalid_chain_id",
    "invalid_date_format",
];

/// Why a charge failed.
pub(super) const CHARGE_FAILURE_CODES: &[&str] = &[
    // Published.
    "failed_fraud_check",
    "failed_processing",
    "insufficient_balance",
    "insufficient_fund",
    "invalid_account_number",
    "invalid_security_code",
    "payment_cancelled",
    "payment_rejected",
    "timeout",
    "expired_card",
    // Of unofficial guides.
    "confirmed_amount_mismatch",
    "invalid_account",
    "stolen_or_lost_card",
];

/// Why a transfer failed.
pub(super) const TRANSFER_FAILURE_CODES: &[&str] = &[
    "insufficient_balance",
    "invalid_recipient",
    "transfers_suspended",
    "transfer_deleted",
    "transfer_sent",
    "transfer_failed",
];

/// Why a recipient could not be verified.
pub(super) const RECIPIENT_FAILURE_CODES: &[&str] = &["name_mismatch", "account_not_found", "bank_not_found"];

/// Currencies of the multi-currency guide.
pub(super) const CURRENCIES: &[&str] =
    &["AUD", "CAD", "CHF", "CNY", "DKK", "EUR", "GBP", "HKD", "IDR", "JPY", "MYR", "SGD", "THB", "USD"];
