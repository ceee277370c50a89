//! What somebody probably meant.

/// The name most like `written`, if one is like it: a letter or two more, less, other or exchanged, in another case, or
/// cut short.
pub(super) fn closest<'name>(written: &str, names: impl IntoIterator<Item = &'name str>) -> Option<&'name str> {
    let lower = written.to_lowercase();
    let names: Vec<&str> = names.into_iter().collect();
    let most = match written.chars().count() {
        0..3 => 0,
        3..6 => 1,
        _ => 2,
    };
    let near = names.iter().copied().filter(|name| *name != written).filter_map(|name| {
        let distance = strsim::osa_distance(&lower, &name.to_lowercase());
        (distance <= most).then_some((distance, name))
    });
    let nearest = near.min_by_key(|(distance, _)| *distance).map(|(_, name)| name);
    let is_short = |name: &&str| lower.len() > 3 && name.to_lowercase().starts_with(&lower) && *name != written;
    nearest.or_else(|| names.into_iter().find(is_short))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn near_names_are_found_and_far_ones_are_not() {
        let names = ["description", "required", "readOnly", "type", "in", "items"];
        for (written, meant) in [
            ("descripton", Some("description")),
            ("requierd", Some("required")),
            ("readonly", Some("readOnly")),
            ("tpye", Some("type")),
            ("item", Some("items")),
            ("IN", Some("in")),
            ("desc", Some("description")),
            ("is", None),
            ("summary", None),
            ("type", None),
        ] {
            assert_eq!(closest(written, names), meant, "{written}");
        }
    }
}
