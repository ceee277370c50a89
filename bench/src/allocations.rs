//! How often and how much a call takes of the heap, once its connection is there.

use stats_alloc::Region;

use crate::ALLOCATOR;
use crate::calls::{Caller, ID, runtime};
use crate::row;
use crate::server::Server;

/// Calls that are counted together: what happens now and then is spread over them.
const CALLS: u32 = 200;
const RUNS: usize = 5;

pub(crate) fn run() {
    let runtime = runtime();
    let server = Server::start(1);
    for caller in runtime.block_on(async { Caller::all(&server.url) }) {
        let calls = || {
            if caller.is_async() {
                runtime.block_on(async {
                    for _ in 0..CALLS {
                        drop(caller.call(ID).await);
                    }
                });
            } else {
                (0..CALLS).for_each(|_| drop(caller.block()));
            }
        };
        calls();
        let (mut counts, mut bytes) = (Vec::new(), Vec::new());
        for _ in 0..RUNS {
            let region = Region::new(ALLOCATOR);
            calls();
            let change = region.change();
            let count = change.allocations + change.reallocations;
            counts.push(count as f64 / f64::from(CALLS));
            bytes.push(change.bytes_allocated as f64 / f64::from(CALLS));
        }
        row::print("call", "allocations", caller.name(), "allocations", "count", &counts);
        row::print("call", "allocations", caller.name(), "bytes allocated", "bytes", &bytes);
    }
}
