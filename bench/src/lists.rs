//! Every item of a long list, one after the other: memory must not grow with the list. The process is measured from outside.

use omise::types::Charge;

use crate::calls::{Caller, runtime};
use crate::server::Server;

/// Items of a page.
const LIMIT: usize = 100;

pub(crate) fn run(count: usize, tool: &str) {
    let runtime = runtime();
    let server = Server::start(1);
    let sum = match runtime.block_on(async { Caller::named(tool, &server.url) }) {
        Caller::Omise(client) => runtime.block_on(async {
            let mut items = client.charges().list().limit(i64::try_from(LIMIT).expect("it fits")).items();
            let (mut taken, mut sum) = (0, 0);
            while taken < count
                && let Some(charge) = items.next().await
            {
                sum += charge.expect("an item").amount.unwrap_or_default();
                taken += 1;
            }
            assert_eq!(taken, count, "the list is long enough");
            sum
        }),
        Caller::Reqwest(client, _) => runtime.block_on(by_hand(&client, &server.url, count)),
        caller => panic!("{} does not stream", caller.name()),
    };
    assert!(sum > 0, "the items are real");
}

/// What somebody would write without the crate.
async fn by_hand(client: &reqwest::Client, url: &str, count: usize) -> i64 {
    let mut sum = 0;
    for offset in (0..count).step_by(LIMIT) {
        let answer =
            client.get(format!("{url}/charges?offset={offset}&limit={LIMIT}")).send().await.expect("an answer");
        let bytes = answer.bytes().await.expect("a body");
        let page: omise::types::List<Charge> = serde_json::from_slice(&bytes).expect("a page");
        sum += page.data.iter().filter_map(|charge| charge.amount).sum::<i64>();
    }
    sum
}
