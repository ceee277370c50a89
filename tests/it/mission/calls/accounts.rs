//! The account itself, its balance and what happens in it.

use omise::Client;
use omise::types::{
    ApiVersionDate, AuthorizationType, CreateChargePlatformFee, Currency, ListOrder, LiveAccountStatus,
    RoutingCondition, RoutingField, RoutingOperator, SearchAuditsFilters, SearchReceiptsFilters, SearchScope,
    SearchSubMerchantsFilters, UpdateAccountMetadataExportKeys,
};

use super::{Calls, moment};

pub(super) async fn make(omise: &Client, calls: &mut Calls<'_>) {
    account(omise, calls).await;
    audits(omise, calls).await;
    balance(omise, calls).await;
    capability(omise, calls).await;
    chains(omise, calls).await;
    consent(omise, calls).await;
    events(omise, calls).await;
    forex(omise, calls).await;
    mfa_confirmations(omise, calls).await;
    receipts(omise, calls).await;
    routing_group_rules(omise, calls).await;
    schema(omise, calls).await;
    search(omise, calls).await;
    sub_merchants(omise, calls).await;
    system_info(omise, calls).await;
    transactions(omise, calls).await;
    webhook_secrets(omise, calls).await;
}

async fn account(omise: &Client, calls: &mut Calls<'_>) {
    calls.make("account.list_api_versions", omise.account().list_api_versions()).await;
    calls.make("account.retrieve", omise.account().retrieve()).await;
    calls
        .make(
            "account.update",
            omise
                .account()
                .update()
                .chain_enabled(true)
                .zero_interest_installments(true)
                .chain_return_uri("https://example.org")
                .webhook_uri("https://example.org")
                .metadata_export_keys(
                    UpdateAccountMetadataExportKeys::new()
                        .charge(["order"])
                        .transfer(["order"])
                        .refund(["order"])
                        .dispute(["order"]),
                ),
        )
        .await;
    calls
        .make("account.update_api_version", omise.account().update_api_version(ApiVersionDate::from("2019-05-29")))
        .await;
}

async fn audits(omise: &Client, calls: &mut Calls<'_>) {
    calls
        .make(
            "audits.search",
            omise
                .audits()
                .search()
                .query("tea")
                .filters(
                    SearchAuditsFilters::new()
                        .created("this_month")
                        .actor_email(["somchai@example.org"])
                        .actor_type("actor-type")
                        .auditable_type("auditable-type")
                        .auditable_uid("auditable-uid")
                        .verb("verb"),
                )
                .page(2)
                .per_page(50)
                .order(ListOrder::ReverseChronological),
        )
        .await;
}

async fn balance(omise: &Client, calls: &mut Calls<'_>) {
    calls.make("balance.retrieve", omise.balance().retrieve()).await;
}

async fn capability(omise: &Client, calls: &mut Calls<'_>) {
    calls.make("capability.retrieve", omise.capability().retrieve()).await;
}

async fn chains(omise: &Client, calls: &mut Calls<'_>) {
    calls.make("chains.authorize", omise.chains().authorize("acch_test_1")).await;
    calls
        .make(
            "chains.create_charge",
            omise
                .chains()
                .create_charge(100_000, Currency::Thb, "recp_test_1")
                .capture(true)
                .ip("203.0.113.7")
                .metadata([("order", "42")])
                .card("tokn_test_1")
                .customer("cust_test_1")
                .source("src_test_1")
                .linked_account("lnac_test_1")
                .description("A cup of tea")
                .return_uri("https://example.org")
                .expires_at(moment())
                .platform_fee(CreateChargePlatformFee::new().fixed(500).amount(100_000).percentage(2))
                .zero_interest_installments(true)
                .authorization_type(AuthorizationType::PreAuth)
                .first_charge("chrg_test_0")
                .transaction_indicator("transaction-indicator")
                .recurring_reason("recurring-reason")
                .webhook_endpoints(["https://example.org/hook"])
                .statement_descriptor("TEA HOUSE"),
        )
        .await;
    calls
        .make(
            "chains.create_transfer",
            omise
                .chains()
                .create_transfer(100_000, "recp_test_1")
                .fail_fast(true)
                .metadata([("order", "42")])
                .split_transfer(true)
                .idemp_key("idemp-key")
                .merchant_id("chrg_test_1"),
        )
        .await;
    calls
        .make(
            "chains.list",
            omise
                .chains()
                .list()
                .from(moment())
                .to(moment())
                .offset(20)
                .limit(10)
                .order(ListOrder::ReverseChronological),
        )
        .await;
    calls
        .make(
            "chains.list_keys",
            omise
                .chains()
                .list_keys("acch_test_1")
                .from(moment())
                .to(moment())
                .offset(20)
                .limit(10)
                .order(ListOrder::ReverseChronological),
        )
        .await;
    calls.make("chains.retrieve", omise.chains().retrieve("acch_test_1")).await;
    calls.make("chains.retrieve_account", omise.chains().retrieve_account("acch_test_1")).await;
    calls.make("chains.retrieve_transfer", omise.chains().retrieve_transfer("acch_test_1")).await;
    calls.make("chains.revoke", omise.chains().revoke("acch_test_1")).await;
}

async fn consent(omise: &Client, calls: &mut Calls<'_>) {
    calls.make("consent.retrieve", omise.consent().retrieve()).await;
    calls.make("consent.update", omise.consent().update().principal("principal").policies([("order", "42")])).await;
}

async fn events(omise: &Client, calls: &mut Calls<'_>) {
    calls
        .make(
            "events.list",
            omise
                .events()
                .list()
                .from(moment())
                .to(moment())
                .offset(20)
                .limit(10)
                .order(ListOrder::ReverseChronological),
        )
        .await;
    calls.make("events.retrieve", omise.events().retrieve("evnt_test_1")).await;
}

async fn forex(omise: &Client, calls: &mut Calls<'_>) {
    calls.make("forex.retrieve", omise.forex().retrieve("usd")).await;
}

async fn mfa_confirmations(omise: &Client, calls: &mut Calls<'_>) {
    calls.make("mfa_confirmations.create", omise.mfa_confirmations().create().resend(true)).await;
}

async fn receipts(omise: &Client, calls: &mut Calls<'_>) {
    calls
        .make(
            "receipts.list",
            omise
                .receipts()
                .list()
                .from(moment())
                .to(moment())
                .offset(20)
                .limit(10)
                .order(ListOrder::ReverseChronological),
        )
        .await;
    calls.make("receipts.retrieve", omise.receipts().retrieve("rcpt_test_1")).await;
    calls
        .make(
            "receipts.search",
            omise
                .receipts()
                .search()
                .query("tea")
                .filters(SearchReceiptsFilters::new().created("this_month"))
                .page(2)
                .per_page(50)
                .order(ListOrder::ReverseChronological),
        )
        .await;
}

async fn routing_group_rules(omise: &Client, calls: &mut Calls<'_>) {
    calls
        .make(
            "routing_group_rules.create",
            omise
                .routing_group_rules()
                .create("Large", [RoutingCondition::new(RoutingField::Amount, RoutingOperator::Gt, 100_000)], "bank")
                .priority(1)
                .enabled(true)
                .metadata([("order", "42")]),
        )
        .await;
    calls
        .make(
            "routing_group_rules.list",
            omise
                .routing_group_rules()
                .list()
                .from(moment())
                .to(moment())
                .offset(20)
                .limit(10)
                .order(ListOrder::ReverseChronological),
        )
        .await;
}

async fn schema(omise: &Client, calls: &mut Calls<'_>) {
    calls.make("schema.retrieve", omise.schema().retrieve().version("2019-05-29").private(true)).await;
}

async fn search(omise: &Client, calls: &mut Calls<'_>) {
    calls
        .make(
            "search.search",
            omise
                .search()
                .search(SearchScope::Charge)
                .page(2)
                .per_page(50)
                .filters([("order", "42")])
                .order(ListOrder::ReverseChronological)
                .query("tea"),
        )
        .await;
}

async fn sub_merchants(omise: &Client, calls: &mut Calls<'_>) {
    calls.make("sub_merchants.create", omise.sub_merchants().create("Somchai Prasert")).await;
    calls
        .make(
            "sub_merchants.list",
            omise
                .sub_merchants()
                .list()
                .from(moment())
                .to(moment())
                .offset(20)
                .limit(10)
                .order(ListOrder::ReverseChronological),
        )
        .await;
    calls
        .make(
            "sub_merchants.search",
            omise
                .sub_merchants()
                .search()
                .query("tea")
                .filters(
                    SearchSubMerchantsFilters::new()
                        .agreement_accepted(1)
                        .created("this_month")
                        .live_activated(true)
                        .owner_uid("owner-uid")
                        .registration_status(LiveAccountStatus::Accepted),
                )
                .page(2)
                .per_page(50)
                .order(ListOrder::ReverseChronological),
        )
        .await;
}

async fn system_info(omise: &Client, calls: &mut Calls<'_>) {
    calls.make("system_info.retrieve", omise.system_info().retrieve()).await;
}

async fn transactions(omise: &Client, calls: &mut Calls<'_>) {
    calls
        .make(
            "transactions.list",
            omise
                .transactions()
                .list()
                .from(moment())
                .to(moment())
                .offset(20)
                .limit(10)
                .order(ListOrder::ReverseChronological),
        )
        .await;
    calls.make("transactions.retrieve", omise.transactions().retrieve("trxn_test_1")).await;
}

async fn webhook_secrets(omise: &Client, calls: &mut Calls<'_>) {
    calls.make("webhook_secrets.create", omise.webhook_secrets().create().metadata([("order", "42")])).await;
    calls.make("webhook_secrets.destroy", omise.webhook_secrets().destroy("whsec_test_1")).await;
    calls
        .make(
            "webhook_secrets.list",
            omise.webhook_secrets().list().offset(20).limit(10).order(ListOrder::ReverseChronological),
        )
        .await;
}
