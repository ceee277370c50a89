/** What callers give becomes what is sent, and nothing that must not be sent. */

import { Decimal, floatText, isNumberText } from "./decimal.js";
import { DEEPEST, type Node } from "./json.js";
import { members, scalarNode, toNode, UnsendableError } from "./node.js";
import { BOUNDS, memberOf, resolve, type ObjectShape, type Scalar, type Shape } from "./shape.js";

/** Writes a value, and puts the secrets in it where they are found again. */
export function write(shape: Shape, value: unknown, secrets: string[]): Node | undefined {
  return writeAt(shape, value, secrets, 0);
}

function writeAt(shape: Shape, value: unknown, secrets: string[], depth: number): Node | undefined {
  const resolved = resolve(shape);
  if (value === undefined || value === null) {
    return value;
  }
  if (depth >= DEEPEST) {
    throw new UnsendableError("it is nested too deeply, or holds itself");
  }
  const inside = (inner: Shape, member: unknown): Node | undefined => writeAt(inner, member, secrets, depth + 1);
  if (typeof resolved === "string") {
    return writeScalar(resolved, value, secrets);
  }
  if ("nullable" in resolved) {
    return inside(resolved.nullable, value);
  }
  if ("expandable" in resolved) {
    return typeof value === "string" ? writeScalar("id", value, secrets) : inside(resolved.expandable, value);
  }
  if ("anyOf" in resolved) {
    return inside(bestFor(resolved.anyOf, value), value);
  }
  if (scalarNode(value) !== undefined) {
    return toNode(value);
  }
  if (Array.isArray(value)) {
    return value.map((item) => inside("list" in resolved ? resolved.list : "json", item) ?? null);
  }
  if ("by" in resolved) {
    const tag = members(value)[resolved.by];
    return inside((typeof tag === "string" ? memberOf(resolved.tags, tag) : undefined) ?? "json", value);
  }
  const node = new Map<string, Node>();
  for (const [key, member] of Object.entries(members(value))) {
    const written = inside(shapeOf(resolved, key), member);
    if (written !== undefined) {
      node.set(key, written);
    }
  }
  return node;
}

/** The shape of a member of an object. */
function shapeOf(shape: ObjectShape | { readonly map: Shape } | { readonly list: Shape }, key: string): Shape {
  if ("fields" in shape) {
    return memberOf(shape.fields, key) ?? shape.extra ?? "json";
  }
  return "map" in shape ? shape.map : "json";
}

function writeScalar(shape: Scalar, value: unknown, secrets: string[]): Node | undefined {
  if (shape === "secret" && typeof value === "string") {
    secrets.push(value);
  }
  if (shape === "id" && typeof value === "string" && !isId(value)) {
    throw new UnsendableError("an id in it is empty or has a line break");
  }
  // An amount such as 19.99 * 100 is no whole number, and one beyond 2^53 not the one that was written.
  if (BOUNDS[shape] !== undefined && typeof value === "number" && !Number.isSafeInteger(value)) {
    throw new UnsendableError("a whole number in it has a fraction, or is too large for a `number`: give a `bigint`");
  }
  // Text stays text: some APIs have their decimals in quotes.
  if (shape === "decimal" && typeof value === "string" && !isNumberText(value)) {
    throw new UnsendableError("a decimal in it is no number");
  }
  // A float is told from an integer by its point.
  return shape === "float" && typeof value === "number" ? new Decimal(floatText(value)) : toNode(value);
}

/** An answer that leaves an id out has none to pass on; and no id has a line break, which comes along from files. */
function isId(text: string): boolean {
  return text.trim() !== "" && !hasControl(text);
}

/** Whether a text has a control character. */
export function hasControl(text: string): boolean {
  return /\p{Cc}/u.test(text);
}

/** The member of a union whose known properties cover most of what an object has. */
function bestFor(shapes: readonly Shape[], value: unknown): Shape {
  if (typeof value !== "object" || value === null || scalarNode(value) !== undefined) {
    return "json";
  }
  const isList = Array.isArray(value);
  let best: Shape = "json";
  let fewest = Infinity;
  for (const shape of shapes) {
    const resolved = resolve(shape);
    if (typeof resolved !== "object" || isList !== "list" in resolved) {
      continue;
    }
    const known = "fields" in resolved ? resolved.fields : {};
    const keys = isList || "map" in resolved ? [] : Object.keys(value);
    const unknown = keys.filter((key) => !Object.hasOwn(known, key)).length;
    if (unknown < fewest) {
      [best, fewest] = [shape, unknown];
    }
  }
  return best;
}
