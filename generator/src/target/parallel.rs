//! Work that is done on all cores, with what comes out in the order of what went in.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread::{Builder, available_parallelism, scope};

/// Threads that are of use: what they make has to be kept until it is written.
const MOST: usize = 8;

/// Stack of a thread: as much as the program's own has.
const STACK: usize = 8 << 20;

/// Does the work for each number below `count`. Threads take the next number when they are done with one.
pub(super) fn each<T: Send>(count: usize, work: impl Fn(usize) -> T + Sync) -> Vec<T> {
    let threads = available_parallelism().map_or(1, usize::from).min(MOST).min(count);
    let next = AtomicUsize::new(0);
    let take = || {
        let numbers = std::iter::from_fn(|| Some(next.fetch_add(1, Ordering::Relaxed)).filter(|next| *next < count));
        numbers.map(|number| (number, work(number))).collect::<Vec<_>>()
    };
    let mut done = scope(|scope| {
        // Where no thread can be had, there is one less.
        let spawn = |_| Builder::new().stack_size(STACK).spawn_scoped(scope, take).ok();
        let others: Vec<_> = (1..threads).filter_map(spawn).collect();
        let mut done = take();
        for other in others {
            done.extend(other.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic)));
        }
        done
    });
    done.sort_by_key(|(number, _)| *number);
    done.into_iter().map(|(_, made)| made).collect()
}

#[cfg(test)]
mod tests {
    use super::each;

    #[test]
    fn what_comes_out_is_in_order() {
        assert_eq!(each(1000, |number| number * 2), (0..1000).map(|number| number * 2).collect::<Vec<_>>());
        assert_eq!(each(0, |number| number), Vec::<usize>::new());
    }
}
