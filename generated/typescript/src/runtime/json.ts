/**
 * JSON whose numbers keep their digits, read and written.
 *
 * `JSON.parse` turns every number into a float, and an id or an amount beyond 2^53 into another one. Here an integer that
 * a `number` cannot hold is a `bigint`, and any other number whose text a `number` would not give back is a `Decimal`,
 * until its type says what it is to be.
 */

import { Decimal, numberText } from "./decimal.js";

/** JSON as it was read. */
export type Raw = null | boolean | string | number | bigint | Decimal | Raw[] | { [key: string]: Raw };

/** JSON that is to be written: scalars, lists, and objects as maps, whose order nothing changes. */
export type Node = null | boolean | string | number | bigint | Decimal | Node[] | Map<string, Node>;

/** Deepest nesting that is read or written: more is an attack, or an object that holds itself. */
export const DEEPEST = 128;

/** What is wrong with a text that is no JSON, and where. It never says what stood there: that may be a secret. */
export class JsonSyntaxError extends Error {
  constructor(
    what: string,
    readonly at: number,
  ) {
    super(`${what} at character ${at + 1}`);
  }
}

/** Reads a JSON text (RFC 8259). */
export function parseJson(text: string): Raw {
  return new Reader(text).document();
}

/** Longest text of an integer that is read as one: no API counts further, and longer ones take long to read. */
const LONGEST_INTEGER = 100;

const SPACE = /[ \t\n\r]*/y;
const NUMBER = /-?(?:0|[1-9][0-9]*)(\.[0-9]+)?([eE][+-]?[0-9]+)?/y;

const PLAIN = /[^"\\\u0000-\u001f]*/y;
const HEX = /[0-9a-fA-F]{4}/y;

const ESCAPES: Readonly<Record<string, string>> = {
  '"': '"',
  "\\": "\\",
  "/": "/",
  b: "\b",
  f: "\f",
  n: "\n",
  r: "\r",
  t: "\t",
};

class Reader {
  #at = 0;
  #depth = 0;

  constructor(readonly text: string) {}

  document(): Raw {
    const value = this.#value();
    this.#skip(SPACE);
    if (this.#at < this.text.length) {
      throw this.#wrong("something follows the value");
    }
    return value;
  }

  #value(): Raw {
    this.#skip(SPACE);
    switch (this.text[this.#at]) {
      case "{":
        return this.#nested(() => this.#object());
      case "[":
        return this.#nested(() => this.#list());
      case '"':
        return this.#string();
      case "t":
        return this.#word("true", true);
      case "f":
        return this.#word("false", false);
      case "n":
        return this.#word("null", null);
      default:
        return this.#number();
    }
  }

  #nested<T>(read: () => T): T {
    if (++this.#depth > DEEPEST) {
      throw this.#wrong("values are nested too deeply");
    }
    this.#at++;
    const value = read();
    this.#depth--;
    return value;
  }

  #object(): Record<string, Raw> {
    const members: Record<string, Raw> = {};
    this.#skip(SPACE);
    if (this.#take("}")) {
      return members;
    }
    for (;;) {
      this.#skip(SPACE);
      if (this.text[this.#at] !== '"') {
        throw this.#wrong("a key is missing");
      }
      const key = this.#string();
      this.#skip(SPACE);
      this.#expect(":");
      const value = this.#value();
      // Assigned, this one key would set what the object inherits from.
      if (key === "__proto__") {
        Object.defineProperty(members, key, { value, enumerable: true, configurable: true, writable: true });
      } else {
        members[key] = value;
      }
      this.#skip(SPACE);
      if (!this.#take(",")) {
        this.#expect("}");
        return members;
      }
    }
  }

  #list(): Raw[] {
    const items: Raw[] = [];
    this.#skip(SPACE);
    if (this.#take("]")) {
      return items;
    }
    for (;;) {
      items.push(this.#value());
      this.#skip(SPACE);
      if (!this.#take(",")) {
        this.#expect("]");
        return items;
      }
    }
  }

  #string(): string {
    this.#at++;
    let text = "";
    for (;;) {
      text += this.#skip(PLAIN);
      if (this.#take('"')) {
        return text;
      }
      if (!this.#take("\\")) {
        throw this.#wrong("a string does not end");
      }
      text += this.#escaped();
    }
  }

  #escaped(): string {
    const letter = this.text[this.#at] ?? "";
    if (letter === "u") {
      this.#at++;
      const digits = this.#skip(HEX);
      if (digits === "") {
        throw this.#wrong("an escape is malformed");
      }
      return String.fromCharCode(parseInt(digits, 16));
    }
    const meant = ESCAPES[letter];
    if (meant === undefined) {
      throw this.#wrong("an escape is unknown");
    }
    this.#at++;
    return meant;
  }

  #number(): Raw {
    NUMBER.lastIndex = this.#at;
    const found = NUMBER.exec(this.text);
    if (found === null) {
      throw this.#wrong("a value is missing");
    }
    const text = found[0];
    this.#at += text.length;
    const number = Number(text);
    if (found[1] === undefined && found[2] === undefined) {
      if (Number.isSafeInteger(number)) {
        return number;
      }
      return text.length <= LONGEST_INTEGER ? BigInt(text) : new Decimal(text);
    }
    return String(number) === text ? number : new Decimal(text);
  }

  #word<T>(word: string, value: T): T {
    if (!this.text.startsWith(word, this.#at)) {
      throw this.#wrong("a word is unknown");
    }
    this.#at += word.length;
    return value;
  }

  #skip(pattern: RegExp): string {
    pattern.lastIndex = this.#at;
    const found = pattern.exec(this.text)?.[0] ?? "";
    this.#at += found.length;
    return found;
  }

  #take(letter: string): boolean {
    const isThere = this.text[this.#at] === letter;
    this.#at += isThere ? 1 : 0;
    return isThere;
  }

  #expect(letter: string): void {
    if (!this.#take(letter)) {
      throw this.#wrong(`\`${letter}\` is missing`);
    }
  }

  #wrong(what: string): JsonSyntaxError {
    return new JsonSyntaxError(what, this.#at);
  }
}

/** What was read, with numbers as programs use them: those that are no safe integers and no floats stay `bigint`. */
export function plain(raw: Raw): unknown {
  if (raw instanceof Decimal) {
    return Number(raw.text);
  }
  if (Array.isArray(raw)) {
    raw.forEach((item, at) => {
      raw[at] = plain(item) as Raw;
    });
    return raw;
  }
  if (typeof raw === "object" && raw !== null) {
    for (const key of Object.keys(raw)) {
      const value = raw[key] ?? null;
      // Most values are what they were; assigning `__proto__` would do something else.
      if (typeof value === "object" && value !== null) {
        Object.defineProperty(raw, key, { value: plain(value), enumerable: true, configurable: true, writable: true });
      }
    }
  }
  return raw;
}

/** What a body holds if it is JSON. */
export function tolerantJson(body: Uint8Array): unknown {
  try {
    return plain(parseJson(new TextDecoder().decode(body)));
  } catch {
    return undefined;
  }
}

/** Writes JSON: integers with all their digits, decimals as they are, nothing between the tokens. */
export function writeJson(node: Node): string {
  switch (typeof node) {
    case "bigint":
      return node.toString();
    case "number":
      return numberText(node);
    case "object":
      break;
    default:
      return JSON.stringify(node);
  }
  if (node === null) {
    return "null";
  }
  if (node instanceof Decimal) {
    return node.quoted ? JSON.stringify(node.text) : node.text;
  }
  if (Array.isArray(node)) {
    return `[${node.map(writeJson).join(",")}]`;
  }
  const members = Array.from(node, ([key, value]) => `${JSON.stringify(key)}:${writeJson(value)}`);
  return `{${members.join(",")}}`;
}
