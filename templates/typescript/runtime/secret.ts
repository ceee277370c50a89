/** Secrets, and whatever may be the number of a card, in text that came from elsewhere. */

/** Takes what it knows to be secret out of text that came from elsewhere. */
export type Redact = (text: string) => string;

const REDACTED = "[redacted]";

/** Fewest letters of a secret argument that is looked for: shorter ones are in every text. */
const SHORTEST_SECRET = 3;

/** Fewest letters of a key in a header of the caller's own. */
const SHORTEST_KEY = 8;

/** The text with something else in place of each `secret`, in whatever case its ASCII letters are. */
export function without(text: string, secret: string): string {
  if (secret === "") {
    return text;
  }
  const lower = lowerAscii(text);
  const wanted = lowerAscii(secret);
  let kept = "";
  let from = 0;
  for (let at = lower.indexOf(wanted); at >= 0; at = lower.indexOf(wanted, from)) {
    kept += text.slice(from, at) + REDACTED;
    from = at + wanted.length;
  }
  return kept + text.slice(from);
}

/** `toLowerCase` may change how long a text is; what is found in one must be found in the other. */
function lowerAscii(text: string): string {
  return text.replace(/[A-Z]/g, (letter) => letter.toLowerCase());
}

/** Those of a call's secrets that are long enough to be looked for. */
export function tellingSecrets(secrets: readonly string[]): string[] {
  return secrets.filter((secret) => secret.length >= SHORTEST_SECRET);
}

/** What may be a key in the value of a header of the caller's own: the whole, or what follows the name of a scheme. */
export function carriedKeys(value: string): string[] {
  const whole = value.trim();
  const space = whole.indexOf(" ");
  const parts = space < 0 ? [whole] : [whole, whole.slice(space + 1).trim()];
  return parts.filter((part) => part.length >= SHORTEST_KEY);
}

/** Fewest and most digits of a card number (ISO/IEC 7812). */
const FEWEST = 12;
const MOST = 19;

/** Digits with up to two characters between them that part groups. */
const RUN = /[0-9](?:[\s\-._/\u2010-\u2015]{0,2}[0-9])*/gu;

/**
 * The text with every number that may be a card's replaced.
 *
 * Twelve to nineteen digits in a row, or in groups, may be one when their check digit fits, whatever digits stand beside
 * them. So may digits that stand alone, as many as a card network's numbers have and beginning as they do, also when their
 * check digit does not fit: a number that was mistyped is what a server complains about.
 */
export function maskCards(text: string): string {
  return text.replace(RUN, (run) => {
    const digits = Array.from(run.matchAll(/[0-9]/g), (found) => ({ at: found.index, digit: Number(found[0]) }));
    const ranges = looksMistyped(digits) ? [{ from: 0, to: run.length }] : numbers(digits);
    let masked = "";
    let end = 0;
    for (const { from, to } of ranges) {
      masked += run.slice(end, from) + REDACTED;
      end = to;
    }
    return masked + run.slice(end);
  });
}

interface Digit {
  readonly at: number;
  readonly digit: number;
}

/** Where digits of a run stand that may be a card number's. Which of two that overlap is one cannot be told: both go. */
function numbers(run: readonly Digit[]): { from: number; to: number }[] {
  const found: { from: number; to: number }[] = [];
  for (let start = 0; start + FEWEST <= run.length; start++) {
    for (let count = Math.min(MOST, run.length - start); count >= FEWEST; count--) {
      const digits = run.slice(start, start + count);
      const [first, last] = [digits[0], digits[count - 1]];
      if (first === undefined || last === undefined || !hasCheckDigit(digits)) {
        continue;
      }
      const before = found[found.length - 1];
      if (before !== undefined && first.at < before.to) {
        before.to = Math.max(before.to, last.at + 1);
      } else {
        found.push({ from: first.at, to: last.at + 1 });
      }
      break;
    }
  }
  return found;
}

/** Whether a run is as long as the numbers of a card network and begins as they do. */
function looksMistyped(run: readonly Digit[]): boolean {
  const first = run[0]?.digit ?? 0;
  const second = run[1]?.digit ?? 0;
  if (run.length === 14 || run.length === 15) {
    return first === 3;
  }
  const isLong = run.length >= 16 && run.length <= MOST;
  return isLong && ((first === 2 && second >= 2 && second <= 7) || (first >= 3 && first <= 6));
}

/** Whether the check digit fits (ISO/IEC 7812, annex B). */
function hasCheckDigit(digits: readonly Digit[]): boolean {
  let sum = 0;
  digits.forEach(({ digit }, at) => {
    const isDoubled = (digits.length - at) % 2 === 0;
    const weighed = isDoubled ? digit * 2 : digit;
    sum += weighed > 9 ? weighed - 9 : weighed;
  });
  return sum % 10 === 0;
}
