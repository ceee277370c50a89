//! Card numbers in text that came from elsewhere, such as an error message that quotes what was sent.

use std::ops::Range;

/// Fewest and most digits of a card number (ISO/IEC 7812).
const FEWEST: usize = 12;
const MOST: usize = 19;

/// Most characters that part the groups of a number.
const MOST_BETWEEN: usize = 2;

/// The text with every number that may be a card's replaced.
///
/// Twelve to nineteen digits in a row, or in groups, may be one when their check digit fits, whatever digits stand beside them:
/// a date or a security code does not hide a number. So may digits that stand alone, as many as a card network's numbers have
/// and beginning as they do, also when their check digit does not fit: a number that was mistyped is what a server complains about.
pub(super) fn mask(text: &str) -> String {
    // Most texts have too few digits, and every answer has one of them.
    if text.bytes().filter(u8::is_ascii_digit).count() < FEWEST {
        return text.to_owned();
    }
    let mut masked = String::with_capacity(text.len());
    let mut end = 0;
    for found in runs(text).iter().flat_map(|run| mistyped(run).map_or_else(|| numbers(run), |whole| vec![whole])) {
        masked.push_str(text.get(end..found.start).unwrap_or_default());
        masked.push_str("[redacted]");
        end = found.end;
    }
    masked.push_str(text.get(end..).unwrap_or_default());
    masked
}

/// A digit and where it stands.
type Digit = (usize, u32);

/// Digits between which stands nothing but what parts groups.
fn runs(text: &str) -> Vec<Vec<Digit>> {
    let (mut runs, mut run, mut between) = (Vec::new(), Vec::new(), 0);
    for (at, letter) in text.char_indices() {
        if let Some(digit) = letter.to_digit(10) {
            run.push((at, digit));
            between = 0;
            continue;
        }
        between += 1;
        if !parts(letter) || between > MOST_BETWEEN {
            runs.push(std::mem::take(&mut run));
        }
    }
    runs.push(run);
    runs
}

fn parts(letter: char) -> bool {
    letter.is_whitespace() || matches!(letter, '-' | '.' | '_' | '/' | '\u{2010}'..='\u{2015}')
}

/// Where in the text digits of a run stand that may be a card number's. Which of two that overlap is one cannot be told, so
/// that both go.
fn numbers(run: &[Digit]) -> Vec<Range<usize>> {
    let mut found: Vec<Range<usize>> = Vec::new();
    for start in 0..run.len() {
        let rest = run.get(start..).unwrap_or_default();
        let longest = (FEWEST..=MOST).rev().find_map(|count| rest.get(..count).filter(|digits| fits(digits)));
        let Some([(from, _), .., (last, _)]) = longest else { continue };
        match found.last_mut() {
            Some(before) if *from < before.end => before.end = before.end.max(last + 1),
            _ => found.push(*from..last + 1),
        }
    }
    found
}

/// Where a run stands that is as long as the numbers of a card network and begins as they do.
fn mistyped(run: &[Digit]) -> Option<Range<usize>> {
    let [(from, first), (_, second), .., (last, _)] = run else { return None };
    let begins = (run.len(), first, second);
    let is_like_one = matches!(begins, (14..=15, 3, _) | (16..=MOST, 2, 2..=7) | (16..=MOST, 3..=6, _));
    is_like_one.then_some(*from..last + 1)
}

/// Whether the check digit fits (ISO/IEC 7812, annex B).
fn fits(digits: &[Digit]) -> bool {
    let weighed = digits.iter().rev().enumerate().map(|(at, (_, digit))| match (at % 2, digit * 2) {
        (0, _) => *digit,
        (_, double) if double > 9 => double - 9,
        (_, double) => double,
    });
    weighed.sum::<u32>() % 10 == 0
}
