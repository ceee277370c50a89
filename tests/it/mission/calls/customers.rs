//! Customers and what is stored of them.

use omise::Client;
use omise::resources::CreateLinkedAccountArgs;
use omise::types::{LinkedAccountStatus, ListOrder, SearchCustomersFilters, SearchLinkedAccountsFilters};

use super::{Calls, moment};

pub(super) async fn make(omise: &Client, calls: &mut Calls<'_>) {
    customers(omise, calls).await;
    cards(omise, calls).await;
    linked_accounts(omise, calls).await;
}

async fn customers(omise: &Client, calls: &mut Calls<'_>) {
    calls
        .make(
            "customers.create",
            omise
                .customers()
                .create()
                .metadata([("order", "42")])
                .card("tokn_test_1")
                .description("A cup of tea")
                .email("somchai@example.org")
                .linked_account("lnac_test_1"),
        )
        .await;
    calls.make("customers.destroy", omise.customers().destroy("cust_test_1")).await;
    calls
        .make(
            "customers.list",
            omise
                .customers()
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
            "customers.list_schedules",
            omise
                .customers()
                .list_schedules("cust_test_1")
                .from(moment())
                .to(moment())
                .offset(20)
                .limit(10)
                .order(ListOrder::ReverseChronological)
                .expand(true),
        )
        .await;
    calls.make("customers.retrieve", omise.customers().retrieve("cust_test_1").expand(true)).await;
    calls
        .make(
            "customers.search",
            omise
                .customers()
                .search()
                .query("tea")
                .filters(SearchCustomersFilters::new().created("this_month"))
                .page(2)
                .per_page(50)
                .order(ListOrder::ReverseChronological),
        )
        .await;
    calls
        .make(
            "customers.update",
            omise
                .customers()
                .update("cust_test_1")
                .metadata([("order", "42")])
                .card("tokn_test_1")
                .default_card("card_test_1")
                .linked_account("lnac_test_1")
                .description("A cup of tea")
                .email("somchai@example.org"),
        )
        .await;
}

async fn cards(omise: &Client, calls: &mut Calls<'_>) {
    calls.make("cards.destroy", omise.cards().destroy("cust_test_1", "card_test_1")).await;
    calls
        .make(
            "cards.list",
            omise
                .cards()
                .list("cust_test_1")
                .from(moment())
                .to(moment())
                .offset(20)
                .limit(10)
                .order(ListOrder::ReverseChronological),
        )
        .await;
    calls.make("cards.retrieve", omise.cards().retrieve("cust_test_1", "card_test_1")).await;
    calls
        .make(
            "cards.update",
            omise
                .cards()
                .update("cust_test_1", "card_test_1")
                .name("Somchai Prasert")
                .expiration_month(12)
                .expiration_year(2030)
                .postal_code("10110")
                .city("Bangkok"),
        )
        .await;
}

async fn linked_accounts(omise: &Client, calls: &mut Calls<'_>) {
    calls
        .make(
            "linked_accounts.create",
            omise
                .linked_accounts()
                .create(CreateLinkedAccountArgs { type_: "type".into(), return_uri: "https://example.org".into() })
                .metadata([("order", "42")])
                .citizen_id("1101700000000"),
        )
        .await;
    calls.make("linked_accounts.destroy", omise.linked_accounts().destroy("lnac_test_1")).await;
    calls
        .make(
            "linked_accounts.list",
            omise
                .linked_accounts()
                .list()
                .from(moment())
                .to(moment())
                .offset(20)
                .limit(10)
                .order(ListOrder::ReverseChronological),
        )
        .await;
    calls.make("linked_accounts.retrieve", omise.linked_accounts().retrieve("lnac_test_1")).await;
    calls
        .make(
            "linked_accounts.search",
            omise
                .linked_accounts()
                .search()
                .query("tea")
                .filters(
                    SearchLinkedAccountsFilters::new()
                        .created("this_month")
                        .status(LinkedAccountStatus::Successful)
                        .type_("type"),
                )
                .page(2)
                .per_page(50)
                .order(ListOrder::ReverseChronological),
        )
        .await;
}
