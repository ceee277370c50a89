/** JSON text of values that this package gives, and back. */

import { parseJson, writeJson } from "./json.js";
import { toNode } from "./node.js";

/**
 * A value as JSON text, integers and decimals with all their digits. `JSON.stringify` refuses a `bigint`, which is what an
 * integer beyond 2^53 is here, and puts decimals in quotes.
 */
export function exactJson(value: unknown): string {
  return writeJson(toNode(value) ?? null);
}

/**
 * What a JSON text says, with all digits: an integer beyond 2^53 is a `bigint`, and any other number that a `number` would
 * spell otherwise, `1.50` say, is a `Decimal`.
 *
 * @throws Error when the text is no JSON. It says where, not what stood there.
 */
export function parseExactJson(text: string): unknown {
  return parseJson(text);
}
