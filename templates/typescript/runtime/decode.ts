/** The body of a success becomes what the operation gives. */

import { JsonSyntaxError, parseJson, type Raw } from "./json.js";
import type { Content, Operation } from "./operation.js";
import { MisfitError, read } from "./reading.js";

/** A body that is not what the operation answers with. The message says where, never what stood there. */
export class DecodeError extends Error {}

/** What a success gives. */
export function decodeAnswer(operation: Operation, status: number, body: Uint8Array): unknown {
  if (operation.answer !== undefined) {
    return decodeContent(operation.answer, body);
  }
  if (operation.answers === undefined) {
    return undefined;
  }
  const key = keyOf(operation.answers, status);
  const content = key === undefined ? undefined : operation.answers[key];
  const value = content === null || content === undefined ? undefined : decodeContent(content, body);
  if (operation.cases === undefined) {
    return value;
  }
  return { kind: key === undefined ? "unknown" : operation.cases[key], status, value };
}

/** A status that is listed beats its range, and a range beats `default`. */
function keyOf(answers: Readonly<Record<string, unknown>>, status: number): string | undefined {
  const keys = [String(status), `${Math.floor(status / 100)}XX`, "default"];
  return keys.find((key) => Object.hasOwn(answers, key));
}

function decodeContent(content: Content, body: Uint8Array): unknown {
  if (content.as === "bytes") {
    return body;
  }
  const text = utf8(body);
  if (content.as === "text") {
    return text;
  }
  let value: unknown;
  try {
    value = read(content.shape ?? "json", json(text));
  } catch (error) {
    throw error instanceof MisfitError ? new DecodeError(error.message) : error;
  }
  checkKind(content, value);
  return value;
}

function utf8(body: Uint8Array): string {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(body);
  } catch {
    throw new DecodeError("the body is not UTF-8");
  }
}

function json(text: string): Raw {
  try {
    return parseJson(text);
  } catch (error) {
    throw error instanceof JsonSyntaxError ? new DecodeError(`the body is not JSON: ${error.message}`) : error;
  }
}

/** An error or a stranger's object may have a status of success too, and every member there is can be missing. */
function checkKind({ is, id }: Content, value: unknown): void {
  const object = value as Record<string, unknown>;
  const isIt = is === undefined || object[is.member] === is.value;
  const hasId = id === undefined || (typeof object[id] === "string" && object[id] !== "");
  if (!isIt || !hasId) {
    const kind = is === undefined ? "an object" : `an object \`${is.value}\``;
    throw new DecodeError(`expected ${kind}${id === undefined ? "" : " with an id"}`);
  }
}

/** Reads the JSON of a delivery or of a failure. */
export function decodeJson(content: Omit<Content, "as">, body: Uint8Array): unknown {
  return decodeContent({ as: "json", ...content }, body);
}
