//! The first problems of each code: the thousandth says nothing that the third did not.

use std::collections::BTreeMap;

use super::Diagnostic;

/// The problems that are shown, in their order, and a line for each code of which some are not.
pub fn brief(problems: &[Diagnostic], most: usize) -> (Vec<&Diagnostic>, Vec<String>) {
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    let mut shown = Vec::new();
    for problem in problems {
        let count = counts.entry(&problem.code).or_default();
        *count += 1;
        if *count <= most {
            shown.push(problem);
        }
    }
    let more = counts.into_iter().filter(|(_, count)| *count > most);
    let more = more.map(|(code, count)| format!("and {} more of {code}", grouped(count - most)));
    (shown, more.collect())
}

/// `1,234,567`.
fn grouped(count: usize) -> String {
    let digits = count.to_string();
    let mut text = String::new();
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_of_each_code_are_shown_and_the_rest_is_counted() {
        let codes = ["W002", "W001", "W001", "W002", "W001"];
        let problems: Vec<_> =
            codes.iter().zip(0..).map(|(code, n)| Diagnostic::warning(code, format!("{n}"))).collect();
        let (shown, more) = brief(&problems, 2);
        assert_eq!(shown.iter().map(|said| said.message.as_str()).collect::<Vec<_>>(), ["0", "1", "2", "3"]);
        assert_eq!(more, ["and 1 more of W001"]);
        assert_eq!(brief(&problems, usize::MAX).1, Vec::<String>::new());
    }

    #[test]
    fn digits_are_in_groups_of_three() {
        for (count, text) in [(0, "0"), (999, "999"), (1_000, "1,000"), (1_234_567, "1,234,567")] {
            assert_eq!(grouped(count), text);
        }
    }
}
