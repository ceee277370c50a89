//! What someone may have meant.

/// How alike two texts must be, from 0 to 1, for the one to be offered for the other.
const ALIKE: f64 = 0.6;

/// How many are offered.
const OFFERED: usize = 3;

/// The candidates that look like a text, the most alike first. Case does not count.
pub(crate) fn near<'c>(text: &str, candidates: impl IntoIterator<Item = &'c str>) -> Vec<&'c str> {
    let text = text.to_lowercase();
    let mut found: Vec<(f64, &str)> = candidates
        .into_iter()
        .map(|candidate| (strsim::normalized_damerau_levenshtein(&text, &candidate.to_lowercase()), candidate))
        .filter(|(alike, _)| *alike >= ALIKE)
        .collect();
    found.sort_by(|(a, one), (b, other)| b.total_cmp(a).then(one.cmp(other)));
    found.dedup();
    found.into_iter().take(OFFERED).map(|(_, candidate)| candidate).collect()
}

/// `did you mean "a", "b" or "c"?`; `None` when nothing comes near.
pub(crate) fn did_you_mean<'c>(text: &str, candidates: impl IntoIterator<Item = &'c str>) -> Option<String> {
    let found: Vec<String> = near(text, candidates).into_iter().map(|candidate| format!("`{candidate}`")).collect();
    let (last, others) = found.split_last()?;
    Some(match others {
        [] => format!("did you mean {last}?"),
        others => format!("did you mean {} or {last}?", others.join(", ")),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_alike_is_offered_in_order() {
        let candidates = ["charges", "Change", "chains", "refunds", "charges"];
        assert_eq!(near("chrages", candidates), ["charges"]);
        assert_eq!(near("CHANGES", candidates), ["Change", "charges"]);
        assert_eq!(did_you_mean("changes", candidates).as_deref(), Some("did you mean `Change` or `charges`?"));
        assert_eq!(did_you_mean("zzz", candidates), None);
    }
}
