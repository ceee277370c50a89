/**
 * What the client knows of a type at run time: enough to tell an answer from something else, and to know which texts are
 * secrets, ids and decimals. Types themselves are gone by then.
 */

/** A value that is neither a list nor an object. */
export type Scalar =
  | "bool"
  | "int32"
  | "int64"
  | "uint32"
  | "uint64"
  | "float"
  /** A number that keeps its digits. */
  | "decimal"
  | "string"
  /** Text that no error may repeat. */
  | "secret"
  /** Text that is never empty where it is sent. */
  | "id"
  /** Bytes, which JSON has as base64. */
  | "bytes"
  /** Anything. */
  | "json";

/** An object with known members. */
export interface ObjectShape {
  readonly fields: Readonly<Record<string, Shape>>;
  /** Its other members. */
  readonly extra?: Shape;
}

/** An object that one of its members tells the type of. */
export interface TaggedShape {
  readonly by: string;
  readonly tags: Readonly<Record<string, Shape>>;
}

/** What a value may be. A function gives a named type, which may hold itself. */
export type Shape =
  | Scalar
  | (() => Shape)
  | ObjectShape
  | TaggedShape
  | { readonly list: Shape }
  | { readonly map: Shape }
  | { readonly nullable: Shape }
  /** An id, or the object that it names. */
  | { readonly expandable: Shape }
  /** One of these, whichever fits. */
  | { readonly anyOf: readonly Shape[] }
  /** An object with these members beside or instead of its own: a page, and what it lists. */
  | { readonly of: Shape; readonly with: Readonly<Record<string, Shape>> };

/** A shape that is no name and no page. */
export type Resolved = Exclude<Shape, (() => Shape) | { readonly of: Shape }>;

/** The shape behind names. */
export function resolve(shape: Shape): Resolved {
  let found = shape;
  // Only an alias of itself is longer, and that is no type.
  for (let steps = 0; steps < 100; steps++) {
    if (typeof found === "function") {
      found = found();
    } else if (typeof found === "object" && "of" in found) {
      const object = resolve(found.of);
      if (typeof object !== "object" || !("fields" in object)) {
        return "json";
      }
      return { ...object, fields: { ...object.fields, ...found.with } };
    } else {
      return found;
    }
  }
  return "json";
}

/** The type of a member of an object, if it is known. Names such as `constructor` are no members. */
export function memberOf(shapes: Readonly<Record<string, Shape>>, name: string): Shape | undefined {
  return Object.hasOwn(shapes, name) ? shapes[name] : undefined;
}

/** Bounds of whole numbers. */
export const BOUNDS: Readonly<Partial<Record<Scalar, readonly [bigint, bigint]>>> = {
  int32: [-(2n ** 31n), 2n ** 31n - 1n],
  int64: [-(2n ** 63n), 2n ** 63n - 1n],
  uint32: [0n, 2n ** 32n - 1n],
  uint64: [0n, 2n ** 64n - 1n],
};
