/** Values of callers as JSON that can be written, and as the text, lists and maps that forms and parameters are made of. */

import { encodeBase64 } from "./base64.js";
import { Decimal, numberText } from "./decimal.js";
import { DEEPEST, writeJson, type Node } from "./json.js";

/** A value that cannot be sent. `message` says why, never what it was. */
export class UnsendableError extends Error {}

/** Any value as JSON has it, members that are `undefined` left out. `write` writes what is inside. */
export function toNode(value: unknown, depth = 0): Node | undefined {
  const scalar = scalarNode(value);
  if (scalar !== undefined || value === undefined) {
    return scalar;
  }
  if (depth >= DEEPEST) {
    throw new UnsendableError("it is nested too deeply, or holds itself");
  }
  if (Array.isArray(value)) {
    return value.map((item) => toNode(item, depth + 1) ?? null);
  }
  const object = members(value);
  const node = new Map<string, Node>();
  for (const [key, member] of Object.entries(object)) {
    const written = toNode(member, depth + 1);
    if (written !== undefined) {
      node.set(key, written);
    }
  }
  return node;
}

/** A value that is no list and no object; `undefined` for those, and for nothing. */
export function scalarNode(value: unknown): Node | undefined {
  switch (typeof value) {
    case "string":
    case "boolean":
    case "bigint":
      return value;
    case "number":
      if (!Number.isFinite(value)) {
        throw new UnsendableError("a number in it is none that JSON has");
      }
      return value;
    case "undefined":
      return undefined;
    case "object":
      break;
    default:
      throw new UnsendableError("something in it is nothing that JSON has");
  }
  if (value === null || value instanceof Decimal) {
    return value;
  }
  if (value instanceof Uint8Array) {
    return encodeBase64(value);
  }
  if (value instanceof Date) {
    if (Number.isNaN(value.getTime())) {
      throw new UnsendableError("a date in it is none");
    }
    return value.toISOString();
  }
  return undefined;
}

/** The members of an object: its own, unless it says by `toJSON` what it is. */
export function members(value: unknown): Record<string, unknown> {
  const object = value as Record<string, unknown>;
  const toJson = object["toJSON"];
  const said: unknown = typeof toJson === "function" ? toJson.call(object, "") : object;
  if (typeof said !== "object" || said === null || Array.isArray(said)) {
    throw new UnsendableError("something in it is nothing that JSON has");
  }
  return said as Record<string, unknown>;
}

/** Whether a node is neither a list nor an object. */
export function isScalar(node: Node): node is Exclude<Node, Node[] | Map<string, Node>> {
  return !Array.isArray(node) && !(node instanceof Map);
}

/** A scalar as it is, anything deeper as JSON. */
export function nodeText(node: Node): string {
  if (node === null) {
    return "";
  }
  if (typeof node === "number") {
    return numberText(node);
  }
  return isScalar(node) ? String(node) : writeJson(node);
}

/** Leaves out the members that are null, at any depth. */
export function withoutNulls(node: Node): Node {
  if (Array.isArray(node)) {
    return node.map(withoutNulls);
  }
  if (node instanceof Map) {
    const kept = Array.from(node).filter(([, value]) => value !== null);
    return new Map(kept.map(([key, value]) => [key, withoutNulls(value)]));
  }
  return node;
}

/** Writes a value the way Rack reads it: `a[b]=`, `list[]=`, `items[][name]=`. */
export function rack(name: string, node: Node, write: (name: string, value: string) => void): void {
  if (Array.isArray(node)) {
    node.forEach((item) => {
      rack(`${name}[]`, item, write);
    });
  } else if (node instanceof Map) {
    node.forEach((value, key) => {
      rack(`${name}[${key}]`, value, write);
    });
  } else {
    write(name, nodeText(node));
  }
}
