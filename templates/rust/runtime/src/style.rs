//! How a parameter is written (OpenAPI 3.0, "Style Values").

use super::node::Node;
use super::percent::{self, Escape};

/// How a parameter is written into a path, a query, a header or a cookie.
///
/// The `…Explode` forms are OpenAPI's `explode: true`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Style {
    /// `a,b`; objects `k,v`.
    Simple,
    /// `a,b`; objects `k=v`.
    SimpleExplode,
    /// `name=a,b`; objects `name=k,v`.
    Form,
    /// `name=a&name=b`; objects `k=v`.
    FormExplode,
    /// `.a,b`; objects `.k,v`: as RFC 6570 and OpenAPI 3.0.4 have it, where 3.0.0 to 3.0.3 print `.a.b`.
    Label,
    /// `.a.b`; objects `.k=v`.
    LabelExplode,
    /// `;name=a,b`; objects `;name=k,v`.
    Matrix,
    /// `;name=a;name=b`; objects `;k=v`.
    MatrixExplode,
    /// `name=a b`.
    SpaceDelimited,
    /// `name=a|b`.
    PipeDelimited,
    /// `name[key]=value`, lists as `name[key][]=value`.
    DeepObject,
    /// The value as JSON text.
    Json,
}

/// Writes a value without its name, as paths and headers want it. `encode` escapes one piece.
///
/// `None` when there is nothing to write: null, or a list or object with nothing in it.
pub(super) fn inline(name: &str, style: Style, node: &Node, encode: fn(&str) -> String) -> Option<String> {
    if let Style::Json = style {
        return Some(encode(&node.to_json()));
    }
    let (lead, between, keyed) = match style {
        Style::Label => (".", ",", false),
        Style::LabelExplode => (".", ".", true),
        Style::Matrix => (";", ",", false),
        Style::MatrixExplode => (";", ";", true),
        Style::SimpleExplode | Style::FormExplode => ("", ",", true),
        Style::SpaceDelimited => ("", "%20", false),
        Style::PipeDelimited => ("", "%7C", false),
        _ => ("", ",", false),
    };
    let named = matches!(style, Style::Matrix | Style::MatrixExplode);
    let pieces: Vec<String> = match node {
        Node::Null => return None,
        Node::Text(_) | Node::Bare(_) if named => {
            vec![assign(&encode(name), &encode(&node.to_text()))]
        }
        Node::Text(_) | Node::Bare(_) => vec![encode(&node.to_text())],
        Node::List(items) => items
            .iter()
            .map(|item| {
                let value = encode(&item.to_text());
                if named && keyed { assign(&encode(name), &value) } else { value }
            })
            .collect(),
        Node::Map(entries) => entries
            .iter()
            .filter(|(_, value)| !value.is_null())
            .map(|(key, value)| {
                let (key, value) = (encode(key), encode(&value.to_text()));
                let joint = if keyed { "=" } else { between };
                format!("{key}{joint}{value}")
            })
            .collect(),
    };
    if pieces.is_empty() {
        return None;
    }
    let joined = pieces.join(between);
    let name_once = named && !keyed && node.scalar().is_none();
    Some(if name_once { format!("{lead}{}={joined}", encode(name)) } else { format!("{lead}{joined}") })
}

/// RFC 6570: a matrix parameter without a value has no `=`.
fn assign(name: &str, value: &str) -> String {
    if value.is_empty() { name.to_owned() } else { format!("{name}={value}") }
}

/// Writes a value as pairs of a name and a value, both escaped.
pub(super) fn pairs(name: &str, style: Style, node: Node, escape: Escape) -> Vec<(String, String)> {
    // Only JSON can say null; elsewhere a member that is null is left out.
    let node = if style == Style::Json { node } else { node.without_nulls() };
    let pair = |name: &str, value: &str| ((escape.name)(name), (escape.value)(value));
    let mut pairs = Vec::new();
    match (style, &node) {
        (_, Node::Null) => {}
        (Style::Json, node) => pairs.push(pair(name, &node.to_json())),
        (_, Node::Text(_) | Node::Bare(_)) => pairs.push(pair(name, &node.to_text())),
        (Style::DeepObject, node) => node.rack(name, &mut |key, value| pairs.push(pair(key, value))),
        (Style::FormExplode | Style::SimpleExplode, Node::List(items)) => {
            for item in items {
                match item {
                    Node::Null | Node::Text(_) | Node::Bare(_) => pairs.push(pair(name, &item.to_text())),
                    // OpenAPI leaves a list of objects undefined; the Rack form loses nothing.
                    deep => deep.rack(&format!("{name}[]"), &mut |key, value| pairs.push(pair(key, value))),
                }
            }
        }
        (Style::FormExplode | Style::SimpleExplode, Node::Map(entries)) => {
            for (key, value) in entries {
                value.rack(key, &mut |key, value| pairs.push(pair(key, value)));
            }
        }
        (style, node) => {
            let style = match style {
                Style::SpaceDelimited | Style::PipeDelimited => style,
                _ => Style::Simple,
            };
            if let Some(value) = inline(name, style, node, escape.item) {
                pairs.push(((escape.name)(name), value));
            }
        }
    }
    pairs
}

/// Writes pairs of a form body. There a space is `+`, also between the items of a joined list.
pub(super) fn form(name: &str, style: Style, node: Node) -> Vec<(String, String)> {
    let mut pairs = pairs(name, style, node, percent::FORM_BODY);
    if style == Style::SpaceDelimited {
        for (_, value) in &mut pairs {
            *value = value.replace("%20", "+");
        }
    }
    pairs
}
