//! Many calls at once. The server answers none before all are there. The process is measured from outside.

use crate::calls::{Caller, runtime};
use crate::server::Server;

pub(crate) fn run(count: usize, tool: &str) {
    let runtime = runtime();
    let server = Server::start(count);
    runtime.block_on(async {
        let caller = Caller::named(tool, &server.url);
        let task = |caller: Caller| async move { caller.call("crowd").await };
        let calls: Vec<_> = (0..count).map(|_| tokio::spawn(task(caller.clone()))).collect();
        for call in calls {
            let charge = call.await.expect("it ends");
            assert_eq!(charge.object, "charge");
        }
    });
}
