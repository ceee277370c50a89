/** Bodies of requests, encoded as the operation declares. */

import { SdkError } from "./errors.js";
import { writeJson, type Node } from "./json.js";
import { encodeForm, fieldParts, filePart, filesOf, type FormPart } from "./multipart.js";
import { rack } from "./node.js";
import type { BodyPlan, Part } from "./operation.js";
import { form } from "./percent.js";
import { join, writeArgument } from "./arguments.js";
import { formPairs, type Pair } from "./style.js";
import { bytesOf, isBytesInput, isStream, mediaTypeOf, type BodyInput } from "./upload.js";

/** A body and what it is. */
export interface EncodedBody {
  readonly mediaType: string;
  readonly content: Uint8Array | ReadableStream<Uint8Array>;
}

type Params = Readonly<Record<string, unknown>>;

/** Encodes the body; `undefined` when there is none. */
export async function encodeBody(plan: BodyPlan, params: Params, secrets: string[]): Promise<EncodedBody | undefined> {
  if (plan.parts !== undefined) {
    return plan.kind === "multipart"
      ? multipartOf(plan, plan.parts, params, secrets)
      : fieldsOf(plan, plan.parts, params, secrets);
  }
  const name = plan.key ?? "body";
  const value = params[name];
  if (value === undefined || (value === null && plan.kind !== "json")) {
    if (plan.always) {
      throw new SdkError({ kind: "argument", detail: `\`${name}\` is the body of the call and was not given` });
    }
    return undefined;
  }
  if (plan.kind === "text" || plan.kind === "binary") {
    return rawBody(plan, name, value);
  }
  return wholeBody(plan, name, writeArgument(name, plan.shape ?? "json", value, secrets) ?? null);
}

async function rawBody(plan: BodyPlan, name: string, value: unknown): Promise<EncodedBody> {
  const content = value as BodyInput;
  if (isStream(content)) {
    return { mediaType: plan.mediaType, content };
  }
  if (!isBytesInput(content)) {
    throw new SdkError({ kind: "argument", detail: `\`${name}\` is neither bytes nor text, a blob or a stream` });
  }
  return { mediaType: mediaTypeOf(content) ?? plan.mediaType, content: await bytesOf(content) };
}

function wholeBody(plan: BodyPlan, name: string, node: Node): EncodedBody {
  if (plan.kind === "json") {
    return text(plan.mediaType, writeJson(node));
  }
  if (!(node instanceof Map)) {
    throw new SdkError({ kind: "argument", detail: `\`${name}\` must be an object` });
  }
  if (plan.kind === "form") {
    return text(plan.mediaType, join(rackPairs(node), "&"));
  }
  const parts = Array.from(node).flatMap(([key, value]) => fieldParts(key, undefined, value));
  return multipart(plan.mediaType, parts);
}

/** JSON or a form whose properties were given one by one. A body that need not be there is left out when it is empty. */
function fieldsOf(plan: BodyPlan, parts: readonly Part[], params: Params, secrets: string[]): EncodedBody | undefined {
  const plain = new Map<string, Node>();
  const styled: Pair[] = [];
  for (const part of parts) {
    const node = writeArgument(part.name, part.shape, valueOf(part, params), secrets);
    if (node === undefined) {
      continue;
    }
    if (plan.kind === "form" && part.style !== undefined) {
      styled.push(...formPairs(part.name, part.style, node));
    } else {
      plain.set(part.name, node);
    }
  }
  if (plan.kind === "form") {
    const pairs = [...rackPairs(plain), ...styled];
    return pairs.length > 0 || plan.always ? text(plan.mediaType, join(pairs, "&")) : undefined;
  }
  return plain.size > 0 || plan.always ? text(plan.mediaType, writeJson(plain)) : undefined;
}

async function multipartOf(
  plan: BodyPlan,
  parts: readonly Part[],
  params: Params,
  secrets: string[],
): Promise<EncodedBody | undefined> {
  const all: FormPart[] = [];
  for (const part of parts) {
    const value = valueOf(part, params);
    if (value === undefined || value === null) {
      continue;
    }
    if (part.file === true) {
      for (const file of filesOf(value)) {
        all.push(await filePart(part.name, part.contentType, file));
      }
      continue;
    }
    const node = writeArgument(part.name, part.shape, value, secrets) ?? null;
    all.push(...fieldParts(part.name, part.contentType, node));
  }
  return all.length > 0 || plan.always ? multipart(plan.mediaType, all) : undefined;
}

function valueOf(part: Part, params: Params): unknown {
  return part.value === undefined ? params[part.key ?? part.name] : part.value;
}

function rackPairs(members: ReadonlyMap<string, Node>): Pair[] {
  const pairs: Pair[] = [];
  members.forEach((value, key) => {
    rack(key, value, (name, written) => pairs.push([form(name), form(written)]));
  });
  return pairs;
}

function multipart(mediaType: string, parts: readonly FormPart[]): EncodedBody {
  const { boundary, body } = encodeForm(parts);
  return { mediaType: `${mediaType}; boundary=${boundary}`, content: body };
}

function text(mediaType: string, content: string): EncodedBody {
  return { mediaType, content: new TextEncoder().encode(content) };
}
