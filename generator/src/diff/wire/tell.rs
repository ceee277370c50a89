//! From findings to changes: one for each cause, with the operations it reaches.

use serde_json::Value;

use crate::load::Document;
use crate::maps::HashMap;

use super::super::{Change, Direction, Effect, Place, Reach, verdict};
use super::graph::Roots;
use super::naming::subject;
use super::node::Side;
use super::{Comparison, Finding, Said, Spot};

/// What findings of one cause have in common. Copies of a place were written at one.
#[derive(PartialEq, Eq, Hash)]
struct Cause {
    rule: &'static str,
    places: [(String, String, bool); 2],
    told: [String; 3],
}

/// A way that a change takes, and where it comes from.
type Way = (Direction, Effect, Roots);

/// Letters of a value that a message shows.
const LONGEST: usize = 80;

/// The changes behind all findings, worst first, then in the order of the new document.
pub(super) fn changes(comparison: &Comparison<'_>, old: &Document, new: &Document) -> Vec<Change> {
    let reached = comparison.graph.reached(comparison.findings.iter().map(|finding| finding.node));
    let mut causes: HashMap<Cause, usize> = HashMap::default();
    let mut merged: Vec<(&Finding<'_>, Vec<Way>)> = Vec::new();
    for finding in &comparison.findings {
        let roots = reached.get(&finding.node).cloned().unwrap_or_default();
        let index = *causes.entry(cause(comparison, finding)).or_insert_with(|| {
            merged.push((finding, Vec::new()));
            merged.len() - 1
        });
        let Some((_, ways)) = merged.get_mut(index) else { continue };
        match ways
            .iter_mut()
            .find(|(direction, effect, _)| (*direction, *effect) == (finding.direction, finding.effect))
        {
            Some((_, _, known)) => known.join(&roots),
            None => ways.push((finding.direction, finding.effect, roots)),
        }
    }
    let mut changes: Vec<Change> =
        merged.iter().map(|(finding, ways)| change(comparison, finding, ways, old, new)).collect();
    changes.sort_by(|one, other| other.wire().cmp(&one.wire()).then_with(|| order(one).cmp(&order(other))));
    changes
}

fn order(change: &Change) -> (&str, Option<usize>, Option<usize>, &str, &str) {
    let place = change.place();
    (&place.file, place.line, place.column, change.rule.id, &change.message)
}

fn cause(comparison: &Comparison<'_>, finding: &Finding<'_>) -> Cause {
    let place = |side: &Side<'_>, spot: &Spot| {
        let origin = side.origin(&spot.at);
        (origin.document.to_string(), origin.pointer, spot.exists)
    };
    let told = |said: &Option<Said<'_>>| said.as_ref().map(|said| said.value().to_string()).unwrap_or_default();
    Cause {
        rule: finding.rule.id,
        places: [place(&comparison.old, &finding.old), place(&comparison.new, &finding.new)],
        told: [told(&finding.before), told(&finding.after), finding.name.clone().unwrap_or_default()],
    }
}

fn change(comparison: &Comparison<'_>, finding: &Finding<'_>, ways: &[Way], old: &Document, new: &Document) -> Change {
    let mut reach: Vec<Reach> = ways
        .iter()
        .map(|(direction, effect, roots)| Reach {
            direction: *direction,
            effect: *effect,
            wire: verdict(*effect, *direction),
            operations: comparison.graph.names(roots).map(str::to_owned).collect(),
        })
        .collect();
    reach.sort_by(|one, other| other.wire.cmp(&one.wire).then(one.direction.cmp(&other.direction)));
    let (side, spot) = if finding.new.exists || !finding.old.exists {
        (&comparison.new, &finding.new)
    } else {
        (&comparison.old, &finding.old)
    };
    let value = |said: &Option<Said<'_>>| said.as_ref().map(Said::value);
    let (before, after) = (value(&finding.before), value(&finding.after));
    Change {
        rule: finding.rule,
        subject: subject(side, &spot.at),
        message: message(finding, before.as_ref(), after.as_ref()),
        old: place(&comparison.old, &finding.old, old),
        new: place(&comparison.new, &finding.new, new),
        before,
        after,
        reach,
        source: None,
        symbols: Vec::new(),
        allowed: None,
    }
}

fn place(side: &Side<'_>, spot: &Spot, document: &Document) -> Place {
    let origin = side.origin(&spot.at);
    let position = document.position(&origin);
    Place {
        exists: spot.exists,
        file: origin.document.to_string(),
        line: position.map(|(line, _)| line),
        column: position.map(|(_, column)| column),
        pointer: origin.pointer,
    }
}

/// The rule's message with its values put in.
fn message(finding: &Finding<'_>, before: Option<&Value>, after: Option<&Value>) -> String {
    let mut text = String::new();
    let mut rest = finding.rule.message;
    while let Some((plain, tail)) = rest.split_once('{') {
        text.push_str(plain);
        let Some((name, tail)) = tail.split_once('}') else { break };
        match name {
            "before" => text.push_str(&told(before)),
            "after" => text.push_str(&told(after)),
            _ => text.push_str(finding.name.as_deref().unwrap_or("it")),
        }
        rest = tail;
    }
    text.push_str(rest);
    text
}

fn told(value: Option<&Value>) -> String {
    let text = match value {
        None => return "nothing".to_owned(),
        Some(Value::String(text)) => text.clone(),
        Some(value) => value.to_string(),
    };
    let short: String = text.chars().take(LONGEST).collect();
    if short.len() < text.len() { format!("`{short}…`") } else { format!("`{text}`") }
}
