//! A call of each operation with nothing but what must be sent.

use bytes::Bytes;
use omise::resources::{CreateLinkArgs, CreateLinkedAccountArgs, CreateLinksPlusArgs};
use omise::types::{
    ApiVersionDate, CreateRecipientBankAccount, CreateTokenCard, Currency, RecipientType, RoutingCondition,
    RoutingField, RoutingOperator, SchedulePeriod, SearchScope, SourceType,
};
use omise::{Client, Date, File};

use crate::mission::calls::{Calls, Made};
use crate::support::capture::Capture;

/// Makes every call with a client that sends through `capture`.
pub(super) async fn all(omise: &Client, capture: &Capture) -> Vec<Made> {
    let mut calls = Calls::new(capture);
    payments(omise, &mut calls).await;
    disputes(omise, &mut calls).await;
    payouts(omise, &mut calls).await;
    customers(omise, &mut calls).await;
    accounts(omise, &mut calls).await;
    calls.made
}

macro_rules! make {
    ($calls:ident; $($name:literal => $call:expr;)*) => { $( $calls.make($name, $call).await; )* };
}

async fn payments(omise: &Client, calls: &mut Calls<'_>) {
    let card = CreateTokenCard::new("Somchai Prasert", "4242424242424242", 12, 2030);
    let link = CreateLinkArgs {
        amount: 100_000,
        currency: Currency::Thb,
        title: "Tea".into(),
        description: "A cup of tea".into(),
    };
    let page = CreateLinksPlusArgs { team_id: 7, template_id: 8, name: "Tea".into(), amount: 100_000 };
    make! { calls;
        "charges.capture" => omise.charges().capture("chrg_test_1");
        "charges.create" => omise.charges().create(100_000, Currency::Thb);
        "charges.expire" => omise.charges().expire("chrg_test_1");
        "charges.list" => omise.charges().list();
        "charges.list_disputes" => omise.charges().list_disputes("chrg_test_1");
        "charges.list_events" => omise.charges().list_events("chrg_test_1");
        "charges.list_refunds" => omise.charges().list_refunds("chrg_test_1");
        "charges.mark_as_failed" => omise.charges().mark_as_failed("chrg_test_1");
        "charges.mark_as_paid" => omise.charges().mark_as_paid("chrg_test_1");
        "charges.retrieve" => omise.charges().retrieve("chrg_test_1");
        "charges.reverse" => omise.charges().reverse("chrg_test_1");
        "charges.search" => omise.charges().search();
        "charges.update" => omise.charges().update("chrg_test_1");
        "links.create" => omise.links().create(link);
        "links.destroy" => omise.links().destroy("link_test_1");
        "links.list" => omise.links().list();
        "links.list_charges" => omise.links().list_charges("link_test_1");
        "links.retrieve" => omise.links().retrieve("link_test_1");
        "links.search" => omise.links().search();
        "links.update" => omise.links().update("link_test_1");
        "links_plus.create" => omise.links_plus().create(page);
        "links_plus.list" => omise.links_plus().list(7);
        "links_plus.list_templates" => omise.links_plus().list_templates(7);
        "links_plus.retrieve" => omise.links_plus().retrieve(9);
        "links_plus.retrieve_template" => omise.links_plus().retrieve_template(8);
        "refunds.create" => omise.refunds().create("chrg_test_1", 5_000);
        "refunds.list" => omise.refunds().list();
        "refunds.retrieve" => omise.refunds().retrieve("chrg_test_1", "rfnd_test_1");
        "refunds.search" => omise.refunds().search();
        "sources.create" => omise.sources().create(100_000, Currency::Thb, SourceType::Promptpay);
        "sources.retrieve" => omise.sources().retrieve("src_test_1");
        "tokens.create" => omise.tokens().create(card);
        "tokens.retrieve" => omise.tokens().retrieve("tokn_test_1");
    }
}

async fn disputes(omise: &Client, calls: &mut Calls<'_>) {
    let file = File::new("receipt.pdf", Bytes::from_static(b"%PDF")).with_content_type("application/pdf");
    make! { calls;
        "disputes.accept" => omise.disputes().accept("dspt_test_1");
        "disputes.close" => omise.disputes().close("dspt_test_1");
        "disputes.create" => omise.disputes().create("chrg_test_1");
        "disputes.list" => omise.disputes().list();
        "disputes.list_closed" => omise.disputes().list_closed();
        "disputes.list_open" => omise.disputes().list_open();
        "disputes.list_pending" => omise.disputes().list_pending();
        "disputes.retrieve" => omise.disputes().retrieve("dspt_test_1");
        "disputes.search" => omise.disputes().search();
        "disputes.update" => omise.disputes().update("dspt_test_1");
        "documents.create" => omise.documents().create("dspt_test_1", file);
        "documents.destroy" => omise.documents().destroy("dspt_test_1", "docu_test_1");
        "documents.list" => omise.documents().list("dspt_test_1");
        "documents.retrieve" => omise.documents().retrieve("dspt_test_1", "docu_test_1");
    }
}

async fn payouts(omise: &Client, calls: &mut Calls<'_>) {
    let csv = File::new("schedules.csv", Bytes::from_static(b"customer_key,customer")).with_content_type("text/csv");
    let account = CreateRecipientBankAccount::new("Somchai Prasert", "1234567890");
    let date = Date::new(2027, 1, 31).expect("a date");
    make! { calls;
        "charge_schedules.bulk_create" => omise.charge_schedules().bulk_create(csv);
        "charge_schedules.bulk_delete" => omise.charge_schedules().bulk_delete(["schd_test_1", "schd_test_2"]);
        "charge_schedules.bulk_download_report" => omise.charge_schedules().bulk_download_report("recurr_test_1");
        "charge_schedules.bulk_monitor" => omise.charge_schedules().bulk_monitor("recurr_test_1");
        "charge_schedules.bulk_pause" => omise.charge_schedules().bulk_pause(["schd_test_1", "schd_test_2"]);
        "charge_schedules.bulk_resume" => omise.charge_schedules().bulk_resume(["schd_test_1", "schd_test_2"]);
        "charge_schedules.list" => omise.charge_schedules().list();
        "charge_schedules.search" => omise.charge_schedules().search();
        "occurrences.retrieve" => omise.occurrences().retrieve("occu_test_1");
        "recipients.create" => omise.recipients().create("Somchai Prasert", RecipientType::Individual, account);
        "recipients.destroy" => omise.recipients().destroy("recp_test_1");
        "recipients.list" => omise.recipients().list();
        "recipients.list_schedules" => omise.recipients().list_schedules("recp_test_1");
        "recipients.retrieve" => omise.recipients().retrieve("recp_test_1");
        "recipients.search" => omise.recipients().search();
        "recipients.update" => omise.recipients().update("recp_test_1");
        "recipients.verify" => omise.recipients().verify("recp_test_1");
        "schedules.create" => omise.schedules().create(1, SchedulePeriod::Month, date);
        "schedules.destroy" => omise.schedules().destroy("schd_test_1");
        "schedules.list" => omise.schedules().list();
        "schedules.list_occurrences" => omise.schedules().list_occurrences("schd_test_1");
        "schedules.retrieve" => omise.schedules().retrieve("schd_test_1");
        "transfer_schedules.list" => omise.transfer_schedules().list();
        "transfer_schedules.search" => omise.transfer_schedules().search();
        "transfers.create" => omise.transfers().create();
        "transfers.destroy" => omise.transfers().destroy("trsf_test_1");
        "transfers.list" => omise.transfers().list();
        "transfers.mark_as_paid" => omise.transfers().mark_as_paid("trsf_test_1");
        "transfers.mark_as_sent" => omise.transfers().mark_as_sent("trsf_test_1");
        "transfers.retrieve" => omise.transfers().retrieve("trsf_test_1");
        "transfers.search" => omise.transfers().search();
        "transfers.update" => omise.transfers().update("trsf_test_1");
    }
}

async fn customers(omise: &Client, calls: &mut Calls<'_>) {
    let linked =
        CreateLinkedAccountArgs { type_: "direct_debit_kbank".into(), return_uri: "https://example.org".into() };
    make! { calls;
        "cards.destroy" => omise.cards().destroy("cust_test_1", "card_test_1");
        "cards.list" => omise.cards().list("cust_test_1");
        "cards.retrieve" => omise.cards().retrieve("cust_test_1", "card_test_1");
        "cards.update" => omise.cards().update("cust_test_1", "card_test_1");
        "customers.create" => omise.customers().create();
        "customers.destroy" => omise.customers().destroy("cust_test_1");
        "customers.list" => omise.customers().list();
        "customers.list_schedules" => omise.customers().list_schedules("cust_test_1");
        "customers.retrieve" => omise.customers().retrieve("cust_test_1");
        "customers.search" => omise.customers().search();
        "customers.update" => omise.customers().update("cust_test_1");
        "linked_accounts.create" => omise.linked_accounts().create(linked);
        "linked_accounts.destroy" => omise.linked_accounts().destroy("lnac_test_1");
        "linked_accounts.list" => omise.linked_accounts().list();
        "linked_accounts.retrieve" => omise.linked_accounts().retrieve("lnac_test_1");
        "linked_accounts.search" => omise.linked_accounts().search();
    }
}

async fn accounts(omise: &Client, calls: &mut Calls<'_>) {
    let large = RoutingCondition::new(RoutingField::Amount, RoutingOperator::Gt, 100_000);
    make! { calls;
        "account.list_api_versions" => omise.account().list_api_versions();
        "account.retrieve" => omise.account().retrieve();
        "account.update" => omise.account().update();
        "account.update_api_version" => omise.account().update_api_version(ApiVersionDate::from("2019-05-29"));
        "audits.search" => omise.audits().search();
        "balance.retrieve" => omise.balance().retrieve();
        "capability.retrieve" => omise.capability().retrieve();
        "chains.authorize" => omise.chains().authorize("acch_test_1");
        "chains.create_charge" => omise.chains().create_charge(100_000, Currency::Thb, "recp_test_1");
        "chains.create_transfer" => omise.chains().create_transfer(100_000, "recp_test_1");
        "chains.list" => omise.chains().list();
        "chains.list_keys" => omise.chains().list_keys("acch_test_1");
        "chains.retrieve" => omise.chains().retrieve("acch_test_1");
        "chains.retrieve_account" => omise.chains().retrieve_account("acch_test_1");
        "chains.retrieve_transfer" => omise.chains().retrieve_transfer("acch_test_1");
        "chains.revoke" => omise.chains().revoke("acch_test_1");
        "consent.retrieve" => omise.consent().retrieve();
        "consent.update" => omise.consent().update();
        "events.list" => omise.events().list();
        "events.retrieve" => omise.events().retrieve("evnt_test_1");
        "forex.retrieve" => omise.forex().retrieve("usd");
        "mfa_confirmations.create" => omise.mfa_confirmations().create();
        "receipts.list" => omise.receipts().list();
        "receipts.retrieve" => omise.receipts().retrieve("rcpt_test_1");
        "receipts.search" => omise.receipts().search();
        "routing_group_rules.create" => omise.routing_group_rules().create("Large", [large], "bank");
        "routing_group_rules.list" => omise.routing_group_rules().list();
        "schema.retrieve" => omise.schema().retrieve();
        "search.search" => omise.search().search(SearchScope::Charge);
        "sub_merchants.create" => omise.sub_merchants().create("Tea House");
        "sub_merchants.list" => omise.sub_merchants().list();
        "sub_merchants.search" => omise.sub_merchants().search();
        "system_info.retrieve" => omise.system_info().retrieve();
        "transactions.list" => omise.transactions().list();
        "transactions.retrieve" => omise.transactions().retrieve("trxn_test_1");
        "webhook_secrets.create" => omise.webhook_secrets().create();
        "webhook_secrets.destroy" => omise.webhook_secrets().destroy("whsec_test_1");
        "webhook_secrets.list" => omise.webhook_secrets().list();
    }
}
