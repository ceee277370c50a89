/** How a parameter is written (OpenAPI 3.0, "Style Values"). */

import { writeJson, type Node } from "./json.js";
import { isScalar, nodeText, rack, withoutNulls } from "./node.js";
import { FORM_BODY, type Escape } from "./percent.js";

/** How a parameter is written into a path, a query, a header or a cookie; `…Explode` is OpenAPI's `explode: true`. */
export type Style =
  /** `a,b`; objects `k,v`. */
  | "simple"
  /** `a,b`; objects `k=v`. */
  | "simpleExplode"
  /** `name=a,b`; objects `name=k,v`. */
  | "form"
  /** `name=a&name=b`; objects `k=v`. */
  | "formExplode"
  /** `.a,b`; objects `.k,v`. */
  | "label"
  /** `.a.b`; objects `.k=v`. */
  | "labelExplode"
  /** `;name=a,b`; objects `;name=k,v`. */
  | "matrix"
  /** `;name=a;name=b`; objects `;k=v`. */
  | "matrixExplode"
  /** `name=a b`. */
  | "spaceDelimited"
  /** `name=a|b`. */
  | "pipeDelimited"
  /** `name[key]=value`, lists as `name[key][]=value`. */
  | "deepObject"
  /** The value as JSON text. */
  | "json";

/** A name and a value, both escaped. */
export type Pair = readonly [name: string, value: string];

/** What stands first, what stands between pieces, and whether members of objects have `=`. */
const LAYOUTS: Readonly<Partial<Record<Style, readonly [string, string, boolean]>>> = {
  label: [".", ",", false],
  labelExplode: [".", ".", true],
  matrix: [";", ",", false],
  matrixExplode: [";", ";", true],
  simpleExplode: ["", ",", true],
  formExplode: ["", ",", true],
  spaceDelimited: ["", "%20", false],
  pipeDelimited: ["", "%7C", false],
};

/**
 * Writes a value without its name, as paths and headers want it. `encode` escapes one piece.
 *
 * `undefined` when there is nothing to write: null, or a list or object with nothing in it.
 */
export function inline(name: string, style: Style, node: Node, encode: (text: string) => string): string | undefined {
  if (style === "json") {
    return encode(writeJson(node));
  }
  const [lead, between, keyed] = LAYOUTS[style] ?? ["", ",", false];
  const named = style === "matrix" || style === "matrixExplode";
  const pieces: string[] = [];
  if (node === null) {
    return undefined;
  } else if (Array.isArray(node)) {
    for (const item of node) {
      const value = encode(nodeText(item));
      pieces.push(named && keyed ? assign(encode(name), value) : value);
    }
  } else if (node instanceof Map) {
    for (const [key, value] of node) {
      if (value !== null) {
        pieces.push(`${encode(key)}${keyed ? "=" : between}${encode(nodeText(value))}`);
      }
    }
  } else {
    const value = encode(nodeText(node));
    pieces.push(named ? assign(encode(name), value) : value);
  }
  if (pieces.length === 0) {
    return undefined;
  }
  const joined = pieces.join(between);
  const isNamedOnce = named && !keyed && !isScalar(node);
  return isNamedOnce ? `${lead}${encode(name)}=${joined}` : `${lead}${joined}`;
}

/** RFC 6570: a matrix parameter without a value has no `=`. */
function assign(name: string, value: string): string {
  return value === "" ? name : `${name}=${value}`;
}

/** Writes a value as pairs. */
export function pairs(name: string, style: Style, given: Node, escape: Escape): Pair[] {
  // Only JSON can say null; elsewhere a member that is null is left out.
  const node = style === "json" ? given : withoutNulls(given);
  const found: Pair[] = [];
  const write = (key: string, value: string): void => {
    found.push([escape.name(key), escape.value(value)]);
  };
  const isExploded = style === "formExplode" || style === "simpleExplode";
  if (node === null) {
    return found;
  } else if (style === "json") {
    write(name, writeJson(node));
  } else if (isScalar(node)) {
    write(name, nodeText(node));
  } else if (style === "deepObject") {
    rack(name, node, write);
  } else if (isExploded && Array.isArray(node)) {
    for (const item of node) {
      // OpenAPI leaves a list of objects undefined; the Rack form loses nothing.
      if (isScalar(item)) {
        write(name, nodeText(item));
      } else {
        rack(`${name}[]`, item, write);
      }
    }
  } else if (isExploded && node instanceof Map) {
    node.forEach((value, key) => {
      rack(key, value, write);
    });
  } else {
    const isDelimited = style === "spaceDelimited" || style === "pipeDelimited";
    const value = inline(name, isDelimited ? style : "simple", node, escape.item);
    if (value !== undefined) {
      found.push([escape.name(name), value]);
    }
  }
  return found;
}

/** Writes pairs of a form body. There a space is `+`, also between the items of a joined list. */
export function formPairs(name: string, style: Style, node: Node): Pair[] {
  const found = pairs(name, style, node, FORM_BODY);
  return style === "spaceDelimited" ? found.map(([key, value]) => [key, value.replaceAll("%20", "+")]) : found;
}
