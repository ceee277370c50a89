/** Percent-encoding: exactly what each place needs, nothing left to the taste of a URL parser. */

/** Everything but the unreserved characters of RFC 3986. */
const COMPONENT = /[A-Za-z0-9\-._~]/;

/** What `application/x-www-form-urlencoded` leaves as it is. */
const FORM = /[A-Za-z0-9*\-._]/;

/**
 * What `allowReserved` lets stand in a value: the reserved characters of RFC 3986, but for those that a query cannot
 * hold (`#`, `[`, `]`), those that would end the value or change it (`&`, `+`), and `'`, which URL parsers escape.
 */
const RESERVED = /[A-Za-z0-9\-._~:/?@!$()*,;=]/;

/** The same among other values. */
const RESERVED_ITEM = /[A-Za-z0-9\-._~:/?@!$()*;=]/;

/** What a path template may hold as it is written. A `%` is one of an escape that stands there already. */
const TEMPLATE = /[!#$%&'()*+,\-./0-9:;=?@A-Z[\]_a-z~]/;

const encoder = new TextEncoder();

function encode(text: string, kept: RegExp): string {
  let encoded = "";
  for (const letter of text) {
    if (kept.test(letter)) {
      encoded += letter;
      continue;
    }
    for (const byte of encoder.encode(letter)) {
      encoded += `%${byte.toString(16).toUpperCase().padStart(2, "0")}`;
    }
  }
  return encoded;
}

/** A piece of a path, a query or a cookie. */
export function component(text: string): string {
  return encode(text, COMPONENT);
}

/** Undoes {@link component}; what is no escape stays as it is. */
export function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** What stands between the arguments of a path. */
export function template(text: string): string {
  return encode(text, TEMPLATE);
}

/** A piece of a form body. */
export function form(text: string): string {
  return text
    .split(" ")
    .map((part) => encode(part, FORM))
    .join("+");
}

/** How the pieces of a pair are escaped. */
export interface Escape {
  /** Names and keys. */
  readonly name: (text: string) => string;
  /** A value that stands alone. */
  readonly value: (text: string) => string;
  /** A value that stands among others, separated by `,`. */
  readonly item: (text: string) => string;
}

/** Of a query or a cookie. */
export const QUERY: Escape = { name: component, value: component, item: component };

/** Of a query whose values may hold reserved characters. */
export const QUERY_RESERVED: Escape = {
  name: component,
  value: (text) => encode(text, RESERVED),
  item: (text) => encode(text, RESERVED_ITEM),
};

/** Of a form body. */
export const FORM_BODY: Escape = { name: form, value: form, item: form };
