/** What was received becomes what its type says, or an error that says where it is something else. */

import { Decimal, isNumberText } from "./decimal.js";
import { plain, type Raw } from "./json.js";
import { BOUNDS, memberOf, resolve, type Scalar, type Shape, type TaggedShape } from "./shape.js";

/** A value that is not what its type says. It tells where and what was expected, never what stood there. */
export class MisfitError extends Error {
  constructor(
    what: string,
    /** Where in the JSON: `data[3].card.expiration_year`; empty for the whole. */
    readonly path: string,
  ) {
    super(path === "" ? what : `${path}: ${what}`);
  }
}

/**
 * Reads a value. Null is read wherever it stands in an object, whatever the type: an answer that leaves something out is
 * still an answer. So are members and tags that are not known yet.
 */
export function read(shape: Shape, raw: Raw): unknown {
  const resolved = resolve(shape);
  const isNullable = typeof resolved === "object" && "nullable" in resolved;
  if (raw === null && !isNullable && resolved !== "json") {
    throw misfit(expected(resolved), raw, "");
  }
  return readAt(resolved, raw, "");
}

function readAt(shape: Shape, raw: Raw, path: string): unknown {
  const resolved = resolve(shape);
  if (raw === null) {
    return null;
  }
  if (typeof resolved === "string") {
    return readScalar(resolved, raw, path);
  }
  if ("nullable" in resolved) {
    return readAt(resolved.nullable, raw, path);
  }
  if ("expandable" in resolved) {
    return typeof raw === "string" ? raw : readAt(resolved.expandable, raw, path);
  }
  if ("anyOf" in resolved) {
    return readAny(resolved.anyOf, raw);
  }
  if ("by" in resolved) {
    return readTagged(resolved, raw);
  }
  if ("list" in resolved) {
    if (!Array.isArray(raw)) {
      throw misfit("a list", raw, path);
    }
    raw.forEach((item, at) => {
      raw[at] = readAt(resolved.list, item, `${path}[${at}]`) as Raw;
    });
    return raw;
  }
  if (!isObject(raw)) {
    throw misfit("an object", raw, path);
  }
  for (const key of Object.keys(raw)) {
    const member = "map" in resolved ? resolved.map : (memberOf(resolved.fields, key) ?? resolved.extra ?? "json");
    const value = readAt(member, raw[key] ?? null, path === "" ? key : `${path}.${key}`);
    if (value !== raw[key]) {
      Object.defineProperty(raw, key, { value, enumerable: true, configurable: true, writable: true });
    }
  }
  return raw;
}

/** The first that the value fits; what fits none is kept as it is. */
function readAny(shapes: readonly Shape[], raw: Raw): unknown {
  for (const shape of shapes) {
    try {
      return readAt(shape, structuredCopy(raw), "");
    } catch (error) {
      if (!(error instanceof MisfitError)) {
        throw error;
      }
    }
  }
  return plain(raw);
}

function readTagged(shape: TaggedShape, raw: Raw): unknown {
  const tag = isObject(raw) ? raw[shape.by] : undefined;
  const member = typeof tag === "string" ? memberOf(shape.tags, tag) : undefined;
  return member === undefined ? plain(raw) : readAny([member], raw);
}

/** A copy that may be written into. Scalars cannot change, and are shared. */
function structuredCopy(raw: Raw): Raw {
  if (Array.isArray(raw)) {
    return raw.map(structuredCopy);
  }
  if (!isObject(raw)) {
    return raw;
  }
  return Object.fromEntries(Object.entries(raw).map(([key, value]) => [key, structuredCopy(value)]));
}

function readScalar(shape: Scalar, raw: Raw, path: string): unknown {
  switch (shape) {
    case "json":
      return plain(raw);
    case "bool":
      return typeof raw === "boolean" ? raw : fail("true or false", raw, path);
    case "float":
      if (typeof raw === "number" || typeof raw === "bigint" || raw instanceof Decimal) {
        return raw instanceof Decimal ? Number(raw.text) : Number(raw);
      }
      return fail("a number", raw, path);
    case "decimal":
      return decimal(raw) ?? fail("a number", raw, path);
    case "int32":
    case "int64":
    case "uint32":
    case "uint64":
      return isWithin(shape, raw) ? raw : fail("an integer", raw, path);
    default:
      return typeof raw === "string" ? raw : fail("a string", raw, path);
  }
}

function isWithin(shape: Scalar, raw: Raw): boolean {
  const [least, most] = BOUNDS[shape] ?? [0n, 0n];
  const isInteger = typeof raw === "bigint" || (typeof raw === "number" && Number.isSafeInteger(raw));
  return isInteger && raw >= least && raw <= most;
}

function decimal(raw: Raw): Decimal | undefined {
  if (raw instanceof Decimal) {
    return raw;
  }
  if (typeof raw === "number" || typeof raw === "bigint") {
    return new Decimal(raw);
  }
  return typeof raw === "string" && isNumberText(raw) ? new Decimal(raw, true) : undefined;
}

function isObject(raw: Raw): raw is Record<string, Raw> {
  return typeof raw === "object" && raw !== null && !Array.isArray(raw) && !(raw instanceof Decimal);
}

function fail(what: string, raw: Raw, path: string): never {
  throw misfit(what, raw, path);
}

function misfit(what: string, raw: Raw, path: string): MisfitError {
  return new MisfitError(`expected ${what}, found ${kindOf(raw)}`, path);
}

function kindOf(raw: Raw): string {
  if (raw === null) {
    return "null";
  }
  if (Array.isArray(raw)) {
    return "a list";
  }
  if (raw instanceof Decimal || typeof raw === "number" || typeof raw === "bigint") {
    return "a number";
  }
  return { string: "a string", boolean: "true or false" }[typeof raw as string] ?? "an object";
}

function expected(shape: Shape): string {
  if (typeof shape === "object" && "list" in shape) {
    return "a list";
  }
  return typeof shape === "object" ? "an object" : "a value";
}
