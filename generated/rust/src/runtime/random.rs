//! Chance, from the operating system.

use super::Error;

/// A text that no other call has: a version 4 UUID (RFC 9562).
///
/// # Errors
/// When the system has no randomness to give: two calls with one key would be taken for one.
pub(super) fn unique_key() -> Result<String, Error> {
    let mut bytes = [0; 16];
    getrandom::fill(&mut bytes).map_err(|error| {
        Error::config("the system gives no random numbers; set an idempotency key yourself").with_source(error)
    })?;
    let version = 0x4000_0000_0000_0000_0000_u128;
    let variant = 0x8000_0000_0000_0000_u128;
    let value = u128::from_be_bytes(bytes) & !(0xf000_0000_0000_0000_0000 | 0xc000_0000_0000_0000) | version | variant;
    let digits = format!("{value:032x}");
    let group = |from: usize, to: usize| digits.get(from..to).unwrap_or_default();
    let groups = [group(0, 8), group(8, 12), group(12, 16), group(16, 20), group(20, 32)];
    Ok(groups.join("-"))
}

/// Any number. Without randomness the largest one, which makes a wait its longest.
pub(super) fn chance() -> u32 {
    getrandom::u32().unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_are_version_4_uuids_and_differ() {
        let keys: Vec<String> = (0..64).map(|_| unique_key().unwrap()).collect();
        for key in &keys {
            let lengths: Vec<usize> = key.split('-').map(str::len).collect();
            assert_eq!(lengths, [8, 4, 4, 4, 12], "{key}");
            assert_eq!(key.as_bytes()[14], b'4', "{key}");
            assert!(b"89ab".contains(&key.as_bytes()[19]), "{key}");
        }
        let different: std::collections::BTreeSet<&String> = keys.iter().collect();
        assert_eq!(different.len(), keys.len());
    }
}
