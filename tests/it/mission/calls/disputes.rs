//! Disputes and their documents.

use omise::Client;
use omise::types::{Currency, DisputeDecision, DisputeStatus, DocumentKind, ListOrder, SearchDisputesFilters};

use super::{Calls, moment, pdf};

pub(super) async fn make(omise: &Client, calls: &mut Calls<'_>) {
    disputes(omise, calls).await;
    documents(omise, calls).await;
}

async fn disputes(omise: &Client, calls: &mut Calls<'_>) {
    calls.make("disputes.accept", omise.disputes().accept("dspt_test_1")).await;
    calls.make("disputes.close", omise.disputes().close("dspt_test_1").status(DisputeDecision::Won)).await;
    calls.make("disputes.create", omise.disputes().create("chrg_test_1")).await;
    calls
        .make(
            "disputes.list",
            omise
                .disputes()
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
            "disputes.list_closed",
            omise
                .disputes()
                .list_closed()
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
            "disputes.list_open",
            omise
                .disputes()
                .list_open()
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
            "disputes.list_pending",
            omise
                .disputes()
                .list_pending()
                .from(moment())
                .to(moment())
                .offset(20)
                .limit(10)
                .order(ListOrder::ReverseChronological)
                .expand(true),
        )
        .await;
    calls.make("disputes.retrieve", omise.disputes().retrieve("dspt_test_1").expand(true)).await;
    calls
        .make(
            "disputes.search",
            omise
                .disputes()
                .search()
                .query("tea")
                .filters(
                    SearchDisputesFilters::new()
                        .amount("100..500")
                        .card_first_digits("424242")
                        .card_last_digits("4242")
                        .charge_id("chrg_test_1")
                        .closed_at("this_month")
                        .created("this_month")
                        .currency(Currency::Thb)
                        .delayed(true)
                        .status(DisputeStatus::Open),
                )
                .page(2)
                .per_page(50)
                .order(ListOrder::ReverseChronological),
        )
        .await;
    calls
        .make(
            "disputes.update",
            omise.disputes().update("dspt_test_1").message("We sent it.").metadata([("order", "42")]),
        )
        .await;
}

async fn documents(omise: &Client, calls: &mut Calls<'_>) {
    calls
        .make("documents.create", omise.documents().create("dspt_test_1", pdf()).kind(DocumentKind::ProofOfReceipt))
        .await;
    calls.make("documents.destroy", omise.documents().destroy("dspt_test_1", "docu_test_1")).await;
    calls
        .make(
            "documents.list",
            omise
                .documents()
                .list("dspt_test_1")
                .from(moment())
                .to(moment())
                .offset(20)
                .limit(10)
                .order(ListOrder::ReverseChronological),
        )
        .await;
    calls.make("documents.retrieve", omise.documents().retrieve("dspt_test_1", "docu_test_1")).await;
}
