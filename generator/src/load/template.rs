//! Path templates.

/// The template with plain variables. Some documents mark them as RFC 6570 does, `{;id*}`: how a variable is written
/// is for its parameter to say, and what belongs to the query (`{?page}`) is not part of the path.
pub fn plain(path: &str) -> String {
    let mut plain = String::with_capacity(path.len());
    let mut rest = path;
    while let Some((before, after)) = rest.split_once('{') {
        plain.push_str(before);
        let Some((variable, after)) = after.split_once('}') else {
            plain.push('{');
            rest = after;
            continue;
        };
        if !variable.starts_with(['?', '&']) {
            plain.push_str(&format!("{{{}}}", name(variable)));
        }
        rest = after;
    }
    plain + rest
}

/// The names between braces, each once.
pub fn variables(path: &str) -> Vec<String> {
    let mut names: Vec<String> = Vec::new();
    for after in path.split('{').skip(1) {
        let Some((variable, _)) = after.split_once('}') else { continue };
        let name = name(variable);
        if !variable.starts_with(['?', '&']) && !name.is_empty() && !names.iter().any(|known| known == name) {
            names.push(name.to_owned());
        }
    }
    names
}

fn name(variable: &str) -> &str {
    let bare = variable.strip_prefix(['.', ';', '/', '+', '#']).unwrap_or(variable);
    let bare = bare.strip_suffix('*').unwrap_or(bare);
    if bare.is_empty() { variable } else { bare }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_of_rfc_6570_are_left_out() {
        for (path, wanted, names) in [
            ("/a/{b}/{c_d}.json", "/a/{b}/{c_d}.json", vec!["b", "c_d"]),
            ("/a{;b}/{.c*}{d*}{/e}", "/a{b}/{c}{d}{e}", vec!["b", "c", "d", "e"]),
            ("/a{?b,c}{&d*}", "/a", vec![]),
            ("/{a}/{a}", "/{a}/{a}", vec!["a"]),
            ("/{}/{*}/{/}{é}", "/{}/{*}/{/}{é}", vec!["*", "/", "é"]),
            ("/a{b", "/a{b", vec![]),
            ("/a{{b}}{", "/a{{b}}{", vec!["b"]),
        ] {
            assert_eq!(plain(path), wanted);
            assert_eq!(variables(path), names, "{path}");
        }
    }
}
