//! Payouts, and what is done again and again.

use omise::Client;
use omise::types::{
    BankAccountType, CreateRecipientBankAccount, CreateScheduleCharge, CreateScheduleOn, CreateScheduleTransfer,
    Currency, ListOrder, RecipientFailureCode, RecipientType, SchedulePeriod, ScheduleStatus,
    SearchChargeSchedulesFilters, SearchRecipientsFilters, SearchTransferSchedulesFilters, SearchTransfersFilters,
    TransferFailureCode, UpdateRecipientBankAccount, Weekday,
};

use super::{Calls, csv, day, moment};

pub(super) async fn make(omise: &Client, calls: &mut Calls<'_>) {
    recipients(omise, calls).await;
    transfers(omise, calls).await;
    schedules(omise, calls).await;
    occurrences(omise, calls).await;
    charge_schedules(omise, calls).await;
    transfer_schedules(omise, calls).await;
}

async fn recipients(omise: &Client, calls: &mut Calls<'_>) {
    calls
        .make(
            "recipients.create",
            omise
                .recipients()
                .create(
                    "Somchai Prasert",
                    RecipientType::Individual,
                    CreateRecipientBankAccount::new("Somchai Prasert", "1234567890")
                        .type_(BankAccountType::Normal)
                        .brand("kbank")
                        .bank_code("004")
                        .branch_code("001"),
                )
                .description("A cup of tea")
                .email("somchai@example.org")
                .metadata([("order", "42")])
                .tax_id("0105500000000"),
        )
        .await;
    calls.make("recipients.destroy", omise.recipients().destroy("recp_test_1")).await;
    calls
        .make(
            "recipients.list",
            omise
                .recipients()
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
            "recipients.list_schedules",
            omise
                .recipients()
                .list_schedules("recp_test_1")
                .from(moment())
                .to(moment())
                .offset(20)
                .limit(10)
                .order(ListOrder::ReverseChronological)
                .expand(true),
        )
        .await;
    calls.make("recipients.retrieve", omise.recipients().retrieve("recp_test_1").expand(true)).await;
    calls
        .make(
            "recipients.search",
            omise
                .recipients()
                .search()
                .query("tea")
                .filters(
                    SearchRecipientsFilters::new()
                        .active(true)
                        .activated_at("this_month")
                        .bank_last_digits("7890")
                        .created("this_month")
                        .deleted(true)
                        .failure_code(RecipientFailureCode::NameMismatch)
                        .type_(RecipientType::Individual)
                        .verified(true)
                        .verified_at("this_month"),
                )
                .page(2)
                .per_page(50)
                .order(ListOrder::ReverseChronological),
        )
        .await;
    calls
        .make(
            "recipients.update",
            omise
                .recipients()
                .update("recp_test_1")
                .bank_account(
                    UpdateRecipientBankAccount::new()
                        .name("Somchai Prasert")
                        .number("1234567890")
                        .type_(BankAccountType::Normal)
                        .brand("kbank")
                        .bank_code("004")
                        .branch_code("001"),
                )
                .description("A cup of tea")
                .email("somchai@example.org")
                .metadata([("order", "42")])
                .name("Somchai Prasert")
                .tax_id("0105500000000")
                .type_(RecipientType::Individual),
        )
        .await;
    calls.make("recipients.verify", omise.recipients().verify("recp_test_1")).await;
}

async fn transfers(omise: &Client, calls: &mut Calls<'_>) {
    calls
        .make(
            "transfers.create",
            omise
                .transfers()
                .create()
                .amount(100_000)
                .recipient("recp_test_1")
                .fail_fast(true)
                .metadata([("order", "42")])
                .split_transfer(true)
                .idemp_key("idemp-key")
                .merchant_id("chrg_test_1"),
        )
        .await;
    calls.make("transfers.destroy", omise.transfers().destroy("trsf_test_1")).await;
    calls
        .make(
            "transfers.list",
            omise
                .transfers()
                .list()
                .from(moment())
                .to(moment())
                .offset(20)
                .limit(10)
                .order(ListOrder::ReverseChronological)
                .expand(true),
        )
        .await;
    calls.make("transfers.mark_as_paid", omise.transfers().mark_as_paid("trsf_test_1")).await;
    calls.make("transfers.mark_as_sent", omise.transfers().mark_as_sent("trsf_test_1")).await;
    calls.make("transfers.retrieve", omise.transfers().retrieve("trsf_test_1").expand(true)).await;
    calls
        .make(
            "transfers.search",
            omise
                .transfers()
                .search()
                .query("tea")
                .filters(
                    SearchTransfersFilters::new()
                        .amount("100..500")
                        .created("this_month")
                        .currency(Currency::Thb)
                        .deleted(true)
                        .fee("10..20")
                        .paid(true)
                        .paid_at("this_month")
                        .sent(true)
                        .sent_at("this_month"),
                )
                .page(2)
                .per_page(50)
                .order(ListOrder::ReverseChronological),
        )
        .await;
    calls
        .make(
            "transfers.update",
            omise
                .transfers()
                .update("trsf_test_1")
                .success(true)
                .failure_code(TransferFailureCode::TransferFailed)
                .failure_message("failure-message"),
        )
        .await;
}

async fn schedules(omise: &Client, calls: &mut Calls<'_>) {
    calls
        .make(
            "schedules.create",
            omise
                .schedules()
                .create(1, SchedulePeriod::Month, day())
                .start_date(day())
                .charge(
                    CreateScheduleCharge::new(100_000, "cust_test_1")
                        .card("tokn_test_1")
                        .currency(Currency::Thb)
                        .description("A cup of tea"),
                )
                .transfer(
                    CreateScheduleTransfer::new("recp_test_1")
                        .amount(100_000)
                        .currency(Currency::Thb)
                        .percentage_of_balance(2),
                )
                .on(CreateScheduleOn::new()
                    .days_of_month([1, 15])
                    .weekday_of_month("2nd_monday")
                    .weekdays([Weekday::Monday])),
        )
        .await;
    calls.make("schedules.destroy", omise.schedules().destroy("schd_test_1")).await;
    calls
        .make(
            "schedules.list",
            omise
                .schedules()
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
            "schedules.list_occurrences",
            omise
                .schedules()
                .list_occurrences("schd_test_1")
                .from(moment())
                .to(moment())
                .offset(20)
                .limit(10)
                .order(ListOrder::ReverseChronological)
                .expand(true),
        )
        .await;
    calls.make("schedules.retrieve", omise.schedules().retrieve("schd_test_1").expand(true)).await;
}

async fn occurrences(omise: &Client, calls: &mut Calls<'_>) {
    calls.make("occurrences.retrieve", omise.occurrences().retrieve("occu_test_1").expand(true)).await;
}

async fn charge_schedules(omise: &Client, calls: &mut Calls<'_>) {
    calls.make("charge_schedules.bulk_create", omise.charge_schedules().bulk_create(csv())).await;
    calls
        .make("charge_schedules.bulk_delete", omise.charge_schedules().bulk_delete(["schd_test_1", "schd_test_2"]))
        .await;
    calls
        .make("charge_schedules.bulk_download_report", omise.charge_schedules().bulk_download_report("recurr_test_1"))
        .await;
    calls.make("charge_schedules.bulk_monitor", omise.charge_schedules().bulk_monitor("recurr_test_1")).await;
    calls
        .make("charge_schedules.bulk_pause", omise.charge_schedules().bulk_pause(["schd_test_1", "schd_test_2"]))
        .await;
    calls
        .make("charge_schedules.bulk_resume", omise.charge_schedules().bulk_resume(["schd_test_1", "schd_test_2"]))
        .await;
    calls
        .make(
            "charge_schedules.list",
            omise
                .charge_schedules()
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
            "charge_schedules.search",
            omise
                .charge_schedules()
                .search()
                .query("tea")
                .filters(
                    SearchChargeSchedulesFilters::new()
                        .status(ScheduleStatus::Active)
                        .active(true)
                        .amount("100..500")
                        .created("this_month")
                        .card_last_digits("4242"),
                )
                .page(2)
                .per_page(50)
                .order(ListOrder::ReverseChronological),
        )
        .await;
}

async fn transfer_schedules(omise: &Client, calls: &mut Calls<'_>) {
    calls
        .make(
            "transfer_schedules.list",
            omise
                .transfer_schedules()
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
            "transfer_schedules.search",
            omise
                .transfer_schedules()
                .search()
                .query("tea")
                .filters(
                    SearchTransferSchedulesFilters::new()
                        .status(ScheduleStatus::Active)
                        .active(true)
                        .created("this_month"),
                )
                .page(2)
                .per_page(50)
                .order(ListOrder::ReverseChronological),
        )
        .await;
}
