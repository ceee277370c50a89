/** Arguments of calls on their way to the wire. */

import { SdkError } from "./errors.js";
import type { Node } from "./json.js";
import { UnsendableError } from "./node.js";
import type { Shape } from "./shape.js";
import type { Pair } from "./style.js";
import { write } from "./writing.js";

/** Writes one value. Errors name the argument, never what it was. */
export function writeArgument(name: string, shape: Shape, value: unknown, secrets: string[]): Node | undefined {
  try {
    return write(shape, value, secrets);
  } catch (error) {
    if (error instanceof UnsendableError) {
      throw new SdkError({ kind: "argument", detail: `\`${name}\` cannot be sent: ${error.message}` });
    }
    throw error;
  }
}

/** Pairs as one text. */
export function join(all: readonly Pair[], between: string): string {
  return all.map(([name, value]) => `${name}=${value}`).join(between);
}
