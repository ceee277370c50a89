//! Work on several things at once, with what comes out in the order of what went in.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread::{Builder, scope};

/// Stack of a thread: as much as the program's own has.
const STACK: usize = 8 << 20;

/// Does the work for each item, on so many threads. They take the next item when they are done with one.
pub fn each<I: Sync, T: Send>(items: &[I], at_once: usize, work: impl Fn(&I) -> T + Sync) -> Vec<T> {
    let next = AtomicUsize::new(0);
    let take = || {
        let numbers = std::iter::repeat_with(|| next.fetch_add(1, Ordering::Relaxed));
        let taken = numbers.map_while(|number| Some((number, items.get(number)?)));
        taken.map(|(number, item)| (number, work(item))).collect::<Vec<_>>()
    };
    let mut done = scope(|scope| {
        // Where no thread can be had, there is one less.
        let spawn = |_| Builder::new().stack_size(STACK).spawn_scoped(scope, take).ok();
        let others: Vec<_> = (1..at_once.min(items.len())).filter_map(spawn).collect();
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
        let items: Vec<usize> = (0..1000).collect();
        let doubled: Vec<_> = items.iter().map(|item| item * 2).collect();
        for at_once in [0, 1, 7] {
            assert_eq!(each(&items, at_once, |item| item * 2), doubled);
        }
        assert_eq!(each(&[], 7, |item: &usize| *item), Vec::<usize>::new());
    }
}
