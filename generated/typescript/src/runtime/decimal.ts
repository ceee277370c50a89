/** Decimal numbers that keep their digits. */

const NUMBER = /^-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?$/;

/** Whether a text is a number by JSON's grammar. */
export function isNumberText(text: string): boolean {
  return NUMBER.test(text);
}

/**
 * A decimal number that keeps its text, `0.10` staying `0.10`: it never becomes a binary float by itself.
 *
 * Wherever text is wanted it is its digits, and `Number(decimal)` is the nearest float, for those who can do with it.
 */
export class Decimal {
  /** The number as written. */
  readonly text: string;

  /** Whether JSON has it in quotes, as some APIs write such numbers. */
  readonly quoted: boolean;

  /** @throws RangeError when a text is no number. */
  constructor(value: string | number | bigint, quoted = false) {
    const text = String(value);
    if (!isNumberText(text)) {
      throw new RangeError("a decimal number is wanted");
    }
    this.text = text;
    this.quoted = quoted;
  }

  toString(): string {
    return this.text;
  }

  toJSON(): string {
    return this.text;
  }
}

/**
 * A float as JSON text: its shortest digits, always with a point or an exponent. Every language of this SDK writes floats
 * the same way, so that equal calls are equal bytes.
 */
export function floatText(value: number): string {
  if (value === 0) {
    return Object.is(value, -0) ? "-0.0" : "0.0";
  }
  const [, sign = "", lead = "", rest = "", power = ""] =
    /^(-?)(\d)(?:\.(\d+))?e([+-]\d+)$/.exec(value.toExponential()) ?? [];
  const digits = lead + rest;
  // How many digits stand before the point.
  const point = Number(power) + 1;
  if (point > 16 || point <= -5) {
    return `${sign}${lead}${rest === "" ? "" : `.${rest}`}e${point - 1}`;
  }
  if (point <= 0) {
    return `${sign}0.${"0".repeat(-point)}${digits}`;
  }
  const whole = digits.slice(0, point).padEnd(point, "0");
  return `${sign}${whole}.${digits.slice(point) || "0"}`;
}

/** A number as JSON text: integers as they are, others as floats. */
export function numberText(value: number): string {
  return Number.isInteger(value) && Math.abs(value) < 2 ** 63 ? BigInt(value).toString() : floatText(value);
}
