//! Maps for what is looked up often.
//!
//! The standard library's maps resist keys that were chosen to collide, and take several times as long for it. Ours are seeded by
//! chance for each map and live for one run over a document of limited size. No output may depend on their order.

use foldhash::fast::RandomState;

pub(crate) type HashMap<K, V> = std::collections::HashMap<K, V, RandomState>;
pub(crate) type HashSet<K> = std::collections::HashSet<K, RandomState>;
