//! What bodies and answers hold, by media type.

use super::super::rules as r;
use super::super::{Direction, Rule};
use super::node::Node;
use super::{Both, Comparison, Draft, Role, Spot};

/// A media type: what it is called, and its parameters.
struct Media<'d> {
    written: &'d str,
    name: String,
    parameters: String,
    node: Node<'d>,
}

impl<'d> Comparison<'d> {
    pub(super) fn content(&mut self, holder: &Both<'d>, direction: Direction) {
        let all = |node: Option<Node<'d>>| -> Vec<Media<'d>> {
            node.map(|node| node.members().map(media).collect()).unwrap_or_default()
        };
        let (old, new) = holder.get("content");
        let (old, mut new) = (all(old), all(new));
        let exact = |old: &Media<'d>, new: &Media<'d>| new.name == old.name && new.parameters == old.parameters;
        let named = |old: &Media<'d>, new: &Media<'d>| new.name == old.name;
        let left = self.media_pairs(holder, old, &mut new, direction, &exact);
        let left = self.media_pairs(holder, left, &mut new, direction, &named);
        for old in left {
            let like = new.iter().enumerate().find_map(|(index, new)| Some((index, likeness(&old, new)?)));
            match like {
                Some((index, rule)) => {
                    let new = new.remove(index);
                    self.renamed(holder, &old, &new, rule, direction);
                    self.media(holder, &old, &new, direction);
                }
                None => {
                    let spots = (Spot::from(&old.node), Spot::missing(&holder.new));
                    Draft::new(holder.id, &r::MEDIA_TYPE_REMOVED, direction, spots).was(old.written).push(self);
                }
            }
        }
        for new in new {
            let spots = (Spot::missing(&holder.old), Spot::from(&new.node));
            Draft::new(holder.id, &r::MEDIA_TYPE_ADDED, direction, spots).is(new.written).push(self);
        }
    }

    /// Compares the media types that are the same, and gives back those of the old side that are left.
    fn media_pairs(
        &mut self,
        holder: &Both<'d>,
        old: Vec<Media<'d>>,
        new: &mut Vec<Media<'d>>,
        direction: Direction,
        is_same: &dyn Fn(&Media<'d>, &Media<'d>) -> bool,
    ) -> Vec<Media<'d>> {
        let mut left = Vec::new();
        for old in old {
            match new.iter().position(|new| is_same(&old, new)) {
                Some(index) => {
                    let new = new.remove(index);
                    if new.parameters != old.parameters {
                        self.renamed(holder, &old, &new, &r::MEDIA_TYPE_PARAMETERS_CHANGED, direction);
                    }
                    self.media(holder, &old, &new, direction);
                }
                None => left.push(old),
            }
        }
        left
    }

    fn renamed(
        &mut self,
        holder: &Both<'d>,
        old: &Media<'d>,
        new: &Media<'d>,
        rule: &'static Rule,
        direction: Direction,
    ) {
        let spots = (Spot::from(&old.node), Spot::from(&new.node));
        Draft::new(holder.id, rule, direction, spots).was(old.written).is(new.written).push(self);
    }

    fn media(&mut self, holder: &Both<'d>, old: &Media<'d>, new: &Media<'d>, direction: Direction) {
        let both = holder.with(old.node.clone(), new.node.clone());
        self.schema_of(&both, direction, Role::Other, is_text(&new.name));
        let (Some(old), Some(new)) = both.get("encoding") else { return };
        for (part, old) in old.members() {
            let Some(new) = new.get(part) else { continue };
            let both = both.with(old, new);
            for key in ["contentType", "style", "explode", "allowReserved"] {
                let (before, after) = both.values(key);
                if before != after {
                    let draft = Draft::new(both.id, &r::ENCODING_CHANGED, direction, both.spots(key));
                    draft.before(before).after(after).name(part).push(self);
                }
            }
        }
    }
}

fn media<'d>((written, node): (&'d str, Node<'d>)) -> Media<'d> {
    let (name, parameters) = written.split_once(';').unwrap_or((written, ""));
    let mut parameters: Vec<String> = parameters.split(';').map(|one| one.trim().to_ascii_lowercase()).collect();
    parameters.sort();
    Media { written, name: name.trim().to_ascii_lowercase(), parameters: parameters.join(";"), node }
}

/// How two media types with different names are the same one after all.
fn likeness(old: &Media<'_>, new: &Media<'_>) -> Option<&'static Rule> {
    match (is_kind_of(&new.name, &old.name), is_kind_of(&old.name, &new.name)) {
        (false, false) => None,
        _ if old.parameters != new.parameters => Some(&r::MEDIA_TYPE_PARAMETERS_CHANGED),
        (true, _) => Some(&r::MEDIA_TYPE_SPECIALIZED),
        (false, true) => Some(&r::MEDIA_TYPE_GENERALIZED),
    }
}

/// Whether whatever is of the first media type is of the second: `application/problem+json` is `application/json`.
fn is_kind_of(special: &str, general: &str) -> bool {
    let (Some((kind, name)), Some((wide_kind, wide_name))) = (special.split_once('/'), general.split_once('/')) else {
        return false;
    };
    let has_suffix = name.rsplit_once('+').is_some_and(|(_, suffix)| suffix == wide_name);
    (wide_kind == "*" || kind == wide_kind) && (wide_name == "*" || has_suffix)
}

/// Whether a media type writes every value as text, so that a reader cannot tell `1` from `"1"`.
fn is_text(name: &str) -> bool {
    let is_json = name.contains("json");
    !is_json && (name.contains("xml") || name.starts_with("text/") || name.contains("form"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn suffixes_and_wildcards_tell_kinds() {
        assert!(is_kind_of("application/problem+json", "application/json"));
        assert!(is_kind_of("application/json", "application/*"));
        assert!(is_kind_of("text/csv", "*/*"));
        assert!(!is_kind_of("application/json", "application/problem+json"));
        assert!(!is_kind_of("application/xml", "application/json"));
    }
}
