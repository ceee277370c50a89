//! Card numbers in text that came from elsewhere, such as an error message that quotes what was sent.

/// Fewest and most digits of a card number (ISO/IEC 7812).
const FEWEST: usize = 12;
const MOST: usize = 19;

/// The text with every number that may be a card's replaced.
///
/// A run of 12 to 19 digits, alone or in groups parted by single spaces or dashes, is one when its check digit fits.
pub(super) fn mask(text: &str) -> String {
    let mut masked = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(start) = rest.find(|letter: char| letter.is_ascii_digit()) {
        let (before, from) = rest.split_at(start);
        let (run, after) = from.split_at(run_length(from));
        masked.push_str(before);
        masked.push_str(if is_card_number(run) { "[redacted]" } else { run });
        rest = after;
    }
    masked.push_str(rest);
    masked
}

/// Bytes of the run of digits a text begins with, parted by single spaces or dashes, without what parts it at its end.
fn run_length(text: &str) -> usize {
    let (mut length, mut parted) = (0, true);
    for (at, byte) in text.bytes().enumerate() {
        match byte {
            b'0'..=b'9' => {
                length = at + 1;
                parted = false;
            }
            b' ' | b'-' if !parted => parted = true,
            _ => break,
        }
    }
    length
}

/// Whether the digits have a card's count and a fitting check digit (ISO/IEC 7812, annex B).
fn is_card_number(run: &str) -> bool {
    let digits: Vec<u32> = run.chars().filter_map(|letter| letter.to_digit(10)).collect();
    let weighed = digits.iter().rev().enumerate().map(|(at, digit)| match (at % 2, digit * 2) {
        (0, _) => *digit,
        (_, double) if double > 9 => double - 9,
        (_, double) => double,
    });
    (FEWEST..=MOST).contains(&digits.len()) && weighed.sum::<u32>() % 10 == 0
}
