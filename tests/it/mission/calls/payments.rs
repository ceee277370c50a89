//! Payments: charges and refunds, and what charges are made from.

use omise::Client;
use omise::resources::{CreateLinkArgs, CreateLinksPlusArgs};
use omise::types::{
    AuthorizationType, ChargeFailureCode, ChargeStatus, CreateChargePlatformFee, CreateSourceBilling,
    CreateSourceQrSettings, CreateSourceShipping, CreateTokenCard, Currency, ListOrder, RefundStatus,
    SearchChargesFilters, SearchChargesFiltersSourceOfFund, SearchLinksFilters, SearchRefundsFilters, SourceItem,
    SourceType,
};

use super::{Calls, moment};

pub(super) async fn make(omise: &Client, calls: &mut Calls<'_>) {
    charges(omise, calls).await;
    refunds(omise, calls).await;
    sources(omise, calls).await;
    tokens(omise, calls).await;
    links(omise, calls).await;
    links_plus(omise, calls).await;
}

async fn charges(omise: &Client, calls: &mut Calls<'_>) {
    calls.make("charges.capture", omise.charges().capture("chrg_test_1").capture_amount(50_000)).await;
    calls
        .make(
            "charges.create",
            omise
                .charges()
                .create(100_000, Currency::Thb)
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
                .statement_descriptor("TEA HOUSE")
                .destination("recp_test_1"),
        )
        .await;
    calls.make("charges.expire", omise.charges().expire("chrg_test_1")).await;
    calls
        .make(
            "charges.list",
            omise
                .charges()
                .list()
                .from(moment())
                .to(moment())
                .offset(20)
                .limit(10)
                .order(ListOrder::ReverseChronological)
                .expand(true),
        )
        .await;
    calls
        .make(
            "charges.list_disputes",
            omise
                .charges()
                .list_disputes("chrg_test_1")
                .from(moment())
                .to(moment())
                .offset(20)
                .limit(10)
                .order(ListOrder::ReverseChronological)
                .expand(true),
        )
        .await;
    calls
        .make(
            "charges.list_events",
            omise
                .charges()
                .list_events("chrg_test_1")
                .from(moment())
                .to(moment())
                .offset(20)
                .limit(10)
                .order(ListOrder::ReverseChronological),
        )
        .await;
    calls
        .make(
            "charges.list_refunds",
            omise
                .charges()
                .list_refunds("chrg_test_1")
                .from(moment())
                .to(moment())
                .offset(20)
                .limit(10)
                .order(ListOrder::ReverseChronological)
                .expand(true),
        )
        .await;
    calls.make("charges.mark_as_failed", omise.charges().mark_as_failed("chrg_test_1")).await;
    calls.make("charges.mark_as_paid", omise.charges().mark_as_paid("chrg_test_1")).await;
    calls.make("charges.retrieve", omise.charges().retrieve("chrg_test_1").expand(true)).await;
    calls.make("charges.reverse", omise.charges().reverse("chrg_test_1")).await;
    calls
        .make(
            "charges.search",
            omise
                .charges()
                .search()
                .query("tea")
                .filters(
                    SearchChargesFilters::new()
                        .amount("100..500")
                        .authorized(true)
                        .capture(true)
                        .capture_id("capture-id")
                        .captured(true)
                        .card_last_digits("4242")
                        .created("this_month")
                        .currency(Currency::Thb)
                        .customer_present(true)
                        .disputed(true)
                        .failure_code(ChargeFailureCode::ExpiredCard)
                        .is_installment(true)
                        .refunded("100..500")
                        .refund_amount("100..500")
                        .reversed(true)
                        .safe(true)
                        .scheduled(true)
                        .source_of_fund(SearchChargesFiltersSourceOfFund::from("card"))
                        .source_type(SourceType::Truemoney)
                        .status(ChargeStatus::Failed)
                        .voided(true)
                        .installment_terms(6)
                        .acquirer_reference_number("acquirer-reference-number"),
                )
                .page(2)
                .per_page(50)
                .order(ListOrder::ReverseChronological),
        )
        .await;
    calls
        .make(
            "charges.update",
            omise.charges().update("chrg_test_1").description("A cup of tea").metadata([("order", "42")]),
        )
        .await;
}

async fn refunds(omise: &Client, calls: &mut Calls<'_>) {
    calls
        .make("refunds.create", omise.refunds().create("chrg_test_1", 100_000).void(true).metadata([("order", "42")]))
        .await;
    calls
        .make(
            "refunds.list",
            omise
                .refunds()
                .list()
                .from(moment())
                .to(moment())
                .offset(20)
                .limit(10)
                .order(ListOrder::ReverseChronological)
                .expand(true),
        )
        .await;
    calls.make("refunds.retrieve", omise.refunds().retrieve("chrg_test_1", "rfnd_test_1").expand(true)).await;
    calls
        .make(
            "refunds.search",
            omise
                .refunds()
                .search()
                .query("tea")
                .filters(
                    SearchRefundsFilters::new()
                        .amount("100..500")
                        .card_first_digits("424242")
                        .card_last_digits("4242")
                        .charge_id("chrg_test_1")
                        .created("this_month")
                        .status(RefundStatus::Closed)
                        .voided(true)
                        .acquirer_reference_number("acquirer-reference-number"),
                )
                .page(2)
                .per_page(50)
                .order(ListOrder::ReverseChronological),
        )
        .await;
}

async fn sources(omise: &Client, calls: &mut Calls<'_>) {
    calls
        .make(
            "sources.create",
            omise
                .sources()
                .create(100_000, Currency::Thb, SourceType::Truemoney)
                .zero_interest_installments(true)
                .barcode("1234567890")
                .email("somchai@example.org")
                .bank("kbank")
                .installment_term(6)
                .ip("203.0.113.7")
                .name("Somchai Prasert")
                .mobile_number("+66800000000")
                .platform_type("WEB")
                .store_id("store-id")
                .store_name("store-name")
                .terminal_id("terminal-id")
                .promotion_code("promotion-code")
                .supplier_id("supplier-id")
                .billing(
                    CreateSourceBilling::new()
                        .city("Bangkok")
                        .country("TH")
                        .postal_code("10110")
                        .street1("1 Rama IV Road")
                        .street2("Floor 2"),
                )
                .shipping(
                    CreateSourceShipping::new()
                        .city("Bangkok")
                        .country("TH")
                        .postal_code("10110")
                        .street1("1 Rama IV Road")
                        .street2("Floor 2"),
                )
                .qr_settings(CreateSourceQrSettings::new().image_type("png"))
                .with_items([SourceItem::new()
                    .sku("tea-1")
                    .name("Tea")
                    .amount(100_000)
                    .quantity(2)
                    .category("drinks")
                    .brand("Tea House")
                    .item_uri("https://example.org")
                    .image_uri("https://example.org")]),
        )
        .await;
    calls.make("sources.retrieve", omise.sources().retrieve("src_test_1")).await;
}

async fn tokens(omise: &Client, calls: &mut Calls<'_>) {
    calls
        .make(
            "tokens.create",
            omise.tokens().create(
                CreateTokenCard::new("Somchai Prasert", "4242424242424242", 12, 2030)
                    .security_code("123")
                    .city("Bangkok")
                    .postal_code("10110")
                    .street1("1 Rama IV Road")
                    .street2("Floor 2")
                    .state("Bangkok")
                    .country("TH")
                    .phone_number("+66800000000")
                    .email("somchai@example.org"),
            ),
        )
        .await;
    calls.make("tokens.retrieve", omise.tokens().retrieve("tokn_test_1")).await;
}

async fn links(omise: &Client, calls: &mut Calls<'_>) {
    calls
        .make(
            "links.create",
            omise
                .links()
                .create(CreateLinkArgs {
                    amount: 100_000,
                    currency: Currency::Thb,
                    title: "Tea".into(),
                    description: "A cup of tea".into(),
                })
                .multiple(true),
        )
        .await;
    calls.make("links.destroy", omise.links().destroy("link_test_1")).await;
    calls
        .make(
            "links.list",
            omise
                .links()
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
            "links.list_charges",
            omise
                .links()
                .list_charges("link_test_1")
                .from(moment())
                .to(moment())
                .offset(20)
                .limit(10)
                .order(ListOrder::ReverseChronological)
                .expand(true),
        )
        .await;
    calls.make("links.retrieve", omise.links().retrieve("link_test_1")).await;
    calls
        .make(
            "links.search",
            omise
                .links()
                .search()
                .query("tea")
                .filters(
                    SearchLinksFilters::new()
                        .amount("100..500")
                        .created("this_month")
                        .currency(Currency::Thb)
                        .multiple(true)
                        .used(true)
                        .used_at("this_month")
                        .pending(true),
                )
                .page(2)
                .per_page(50)
                .order(ListOrder::ReverseChronological),
        )
        .await;
    calls
        .make(
            "links.update",
            omise.links().update("link_test_1").title("Tea").description("A cup of tea").metadata([("order", "42")]),
        )
        .await;
}

async fn links_plus(omise: &Client, calls: &mut Calls<'_>) {
    calls
        .make(
            "links_plus.create",
            omise
                .links_plus()
                .create(CreateLinksPlusArgs { team_id: 7, template_id: 8, name: "Tea".into(), amount: 100_000 })
                .currency(Currency::Thb)
                .multiple_usage(true)
                .custom_webhook("https://example.org")
                .return_url("https://example.org"),
        )
        .await;
    calls
        .make("links_plus.list", omise.links_plus().list(7).offset(20).limit(10).order(ListOrder::ReverseChronological))
        .await;
    calls.make("links_plus.list_templates", omise.links_plus().list_templates(7)).await;
    calls.make("links_plus.retrieve", omise.links_plus().retrieve(9)).await;
    calls.make("links_plus.retrieve_template", omise.links_plus().retrieve_template(8)).await;
}
