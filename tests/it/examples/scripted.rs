//! What the contract server never does: lists with pages, and answers that are lost.

use std::process::Output;

use serde_json::{Value, json};

use super::{Programs, TOKEN, in_every_language};
use crate::support::cargo::text;
use crate::support::server::{Answer, Recorded, Server};

/// Runs a program against these answers; what it said, and the first lines of its requests.
fn run(with: &Programs, name: &str, arguments: &[&str], answers: Vec<Answer>) -> (Output, Vec<String>) {
    let count = answers.len();
    let server = Server::answering(answers);
    let ran = with.program(name, &server.url()).args(arguments).output().expect("the example starts");
    let requests = (0..count).map(|_| server.request().line).collect();
    (ran, requests)
}

fn charge(id: &str, order: &str) -> Value {
    json!({
        "object": "charge", "id": id, "amount": 100_000, "currency": "THB", "status": "successful",
        "created_at": "2026-01-02T03:04:05Z", "refunded_amount": 0, "metadata": {"order": order},
    })
}

fn list(total: usize, items: &[Value]) -> Answer {
    Answer::json(200, json!({"object": "list", "total": total, "data": items}).to_string())
}

/// An answer that breaks off: what was asked for may have been done.
fn lost() -> Answer {
    Answer::json(200, charge("chrg_test_1", "order-7").to_string()).cut_after(5)
}

#[test]
fn every_page_is_exported() {
    in_every_language(|with| {
        let pages = vec![list(3, &[charge("chrg_1", "a"), charge("chrg_2", "b")]), list(3, &[charge("chrg_3", "c")])];
        let (ran, requests) = run(with, "list_and_export", &["2026-01-01"], pages);
        assert!(ran.status.success(), "{}", text(&ran));
        let rows =
            ["chrg_1", "chrg_2", "chrg_3"].map(|id| format!("{id},2026-01-02T03:04:05Z,100000,THB,successful,0\n"));
        let expected = format!("id,created_at,amount,currency,status,refunded_amount\n{}", rows.concat());
        assert_eq!(String::from_utf8_lossy(&ran.stdout), expected);
        assert!(requests[1].contains("offset=2"), "{requests:?}");
    });
}

#[test]
fn an_export_that_stops_says_where_to_go_on() {
    in_every_language(|with| {
        let refused = || Answer::json(400, r#"{"object":"error","code":"bad_request","message":"no"}"#);
        let (ran, _) =
            run(with, "list_and_export", &["2026-01-01"], vec![list(3, &[charge("chrg_1", "a")]), refused()]);
        assert!(!ran.status.success());
        let said = text(&ran);
        assert!(said.contains("\nchrg_1,") && said.contains("stopped after 1 charges"), "{said}");
    });
}

#[test]
fn a_charge_whose_answer_is_lost_is_looked_for_and_not_sent_again() {
    in_every_language(|with| {
        let arguments = ["order-7", TOKEN, "100000"];
        let mut failed = charge("chrg_3", "order-7");
        failed["status"] = json!("failed");
        let others = || list(2, &[charge("chrg_2", "order-8"), failed.clone()]);
        let found = || list(2, &[charge("chrg_2", "order-8"), charge("chrg_1", "order-7")]);
        let (ran, requests) = run(with, "charge_card", &arguments, vec![others(), lost(), found()]);
        assert!(ran.status.success(), "{}", text(&ran));
        assert!(text(&ran).contains("chrg_1 is paid"), "{}", text(&ran));
        assert!(requests[1].starts_with("POST /charges ") && requests[2].starts_with("GET /charges?"), "{requests:?}");

        // Another run looks first, and finds it.
        let (ran, _) = run(with, "charge_card", &arguments, vec![found()]);
        assert!(ran.status.success() && text(&ran).contains("chrg_1 was made before"), "{}", text(&ran));

        let (ran, _) = run(with, "charge_card", &arguments, vec![others(), lost(), others()]);
        assert!(!ran.status.success() && text(&ran).contains("look again later"), "{}", text(&ran));
    });
}

#[test]
fn a_refund_that_was_made_is_not_made_again() {
    in_every_language(|with| {
        let refund = json!({"object": "refund", "id": "rfnd_1", "amount": 5000, "metadata": {"case": "case-7"}});
        let arguments = ["case-7", "chrg_test_1", "5000"];
        let (ran, _) = run(with, "refund", &arguments, vec![list(1, std::slice::from_ref(&refund))]);
        assert!(ran.status.success() && text(&ran).contains("rfnd_1 was made before"), "{}", text(&ran));

        let (ran, requests) = run(with, "refund", &arguments, vec![list(0, &[]), lost(), list(1, &[refund])]);
        assert!(ran.status.success() && text(&ran).contains("rfnd_1 gives"), "{}", text(&ran));
        assert!(requests[1].starts_with("POST ") && requests[2].starts_with("GET "), "{requests:?}");
    });
}

/// Runs the marketplace: the seller's account is known, and this becomes of the charge and of what follows it.
fn marketplace(with: &Programs, charged: Value, others: Vec<Answer>) -> (Output, Vec<Recorded>) {
    let recipient = Answer::json(200, r#"{"object":"recipient","id":"recp_1"}"#);
    let mut answers = vec![list(0, &[]), recipient, Answer::json(200, charged.to_string())];
    answers.extend(others);
    let count = answers.len();
    let server = Server::answering(answers);
    let arguments = ["order-7", TOKEN, "100000", "team_1"];
    let mut program = with.program("marketplace", &server.url());
    let ran = program.args(arguments).env("SELLER_ACCOUNT", "0123456789").output().expect("the example starts");
    (ran, (0..count).map(|_| server.request()).collect())
}

#[test]
fn a_seller_is_paid_out() {
    in_every_language(|with| {
        let transfer = Answer::json(200, r#"{"object":"transfer","id":"trsf_1","amount":95000}"#);
        let (ran, requests) = marketplace(with, charge("chrg_1", "order-7"), vec![transfer]);
        let said = text(&ran);
        assert!(ran.status.success() && said.contains("trsf_1 pays") && !said.contains("0123456789"), "{said}");
        let lines: Vec<&str> = requests.iter().map(|request| request.line.as_str()).collect();
        let expected = ["GET /chains", "POST /recipients", "POST /charges", "POST /transfers"];
        assert!(
            lines.iter().zip(expected).all(|(line, expected)| line.starts_with(expected)) && lines.len() == 4,
            "{lines:?}"
        );
        let charge = &requests[2];
        assert_eq!(charge.header("sub_merchant_id"), Some("team_1"));
        let body: Value = serde_json::from_str(charge.text()).expect("JSON");
        assert_eq!(body["platform_fee"]["fixed"], 5000);
        let body: Value = serde_json::from_str(requests[3].text()).expect("JSON");
        assert_eq!((&body["amount"], &body["recipient"]), (&json!(95_000), &json!("recp_1")));
    });
}

#[test]
fn what_is_not_paid_is_not_paid_out() {
    in_every_language(|with| {
        for status in ["failed", "pending", "expired", "reversed", "of-tomorrow"] {
            let mut unpaid = charge("chrg_1", "order-7");
            unpaid["status"] = json!(status);
            unpaid["authorize_uri"] = json!("https://example.com/approve");
            let (ran, _) = marketplace(with, unpaid, Vec::new());
            assert!(!ran.status.success() && text(&ran).contains("nothing is paid out"), "{status}: {}", text(&ran));
        }
    });
}

#[test]
fn a_payout_whose_answer_is_lost_is_left_to_people() {
    in_every_language(|with| {
        let (ran, _) = marketplace(with, charge("chrg_1", "order-7"), vec![lost()]);
        assert!(!ran.status.success() && text(&ran).contains("look for transfer-order-7 before"), "{}", text(&ran));
    });
}
