/** Multipart forms (RFC 7578). */

import { SdkError } from "./errors.js";
import { Fnv } from "./fnv.js";
import { isHeaderName, isHeaderValue } from "./header.js";
import { writeJson, type Node } from "./json.js";
import { isScalar, nodeText } from "./node.js";
import { bytesOf, isBytesInput, type FileInput, type NamedFile } from "./upload.js";

/** One part of a form. */
export interface FormPart {
  readonly name: string;
  readonly fileName?: string;
  readonly contentType?: string | undefined;
  readonly headers?: readonly (readonly [string, string])[];
  readonly content: Uint8Array;
}

/** A field of any value: a scalar as text, a list as one part an element, an object as JSON. */
export function fieldParts(name: string, contentType: string | undefined, node: Node): FormPart[] {
  const asJson = contentType !== undefined && isJson(contentType);
  if (node === null) {
    return [];
  }
  if (Array.isArray(node) && !asJson) {
    return node.map((item) => fieldPart(name, contentType, item, false));
  }
  return [fieldPart(name, contentType, node, asJson)];
}

/** Text needs no media type; what is written as JSON says so. */
function fieldPart(name: string, contentType: string | undefined, node: Node, asJson: boolean): FormPart {
  const isJsonText = asJson || !isScalar(node);
  const text = isJsonText ? writeJson(node) : nodeText(node);
  const implied = isJsonText ? "application/json" : undefined;
  return { name, contentType: contentType ?? implied, content: new TextEncoder().encode(text) };
}

/** A file. What it says of itself comes before what the operation says of files. */
export async function filePart(name: string, contentType: string | undefined, given: unknown): Promise<FormPart> {
  const file = namedFile(name, given);
  const headers = Object.entries(file.headers ?? {});
  for (const [header, value] of headers) {
    if (!isHeaderName(header) || !isHeaderValue(value)) {
      throw new SdkError({ kind: "argument", detail: `a file cannot have the header ${JSON.stringify(header)}` });
    }
  }
  return {
    name,
    fileName: file.name,
    contentType:
      [file.type, contentType].find((type) => type !== undefined && type !== "") ?? "application/octet-stream",
    headers,
    content: await bytesOf(file.content),
  };
}

function namedFile(name: string, given: unknown): NamedFile {
  if (given instanceof Blob) {
    const own = (given as Partial<File>).name;
    return { name: own ?? "blob", content: given, type: given.type };
  }
  const file = given as Partial<NamedFile> | null | undefined;
  if (typeof file !== "object" || file === null || typeof file.name !== "string" || !isBytesInput(file.content)) {
    const detail = `\`${name}\` is a file: give a File, a Blob, or an object with \`name\` and \`content\``;
    throw new SdkError({ kind: "argument", detail });
  }
  return file as NamedFile;
}

/** The files of an argument that may have many. */
export function filesOf(given: unknown): FileInput[] {
  return (Array.isArray(given) ? given : [given]) as FileInput[];
}

/** Whether a media type is JSON or made of it. */
function isJson(mediaType: string): boolean {
  const [essence = ""] = mediaType.split(";", 1);
  return /[/+]json$/i.test(essence.trim());
}

/** Joins the parts. */
export function encodeForm(parts: readonly FormPart[]): { boundary: string; body: Uint8Array } {
  const boundary = boundaryOf(parts);
  const encoder = new TextEncoder();
  const pieces: Uint8Array[] = [];
  for (const part of parts) {
    pieces.push(encoder.encode(headOf(part, boundary)), part.content, encoder.encode("\r\n"));
  }
  pieces.push(encoder.encode(`--${boundary}--\r\n`));
  return { boundary, body: joined(pieces) };
}

function headOf(part: FormPart, boundary: string): string {
  let head = `--${boundary}\r\nContent-Disposition: form-data; name="${quoted(part.name)}"`;
  head += part.fileName === undefined ? "" : `; filename="${quoted(part.fileName)}"`;
  // A line break would start a header of its own.
  head += part.contentType === undefined ? "" : `\r\nContent-Type: ${part.contentType.replace(/[\r\n]/g, "")}`;
  for (const [name, value] of part.headers ?? []) {
    // Header names are written as HTTP libraries write them, in lower case.
    head += `\r\n${name.toLowerCase()}: ${value}`;
  }
  return `${head}\r\n\r\n`;
}

/** Names are quoted as browsers quote them. */
function quoted(name: string): string {
  return name.replaceAll('"', "%22").replaceAll("\r", "%0D").replaceAll("\n", "%0A");
}

/** Pieces of bytes as one. */
export function joined(pieces: readonly Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(pieces.reduce((length, piece) => length + piece.length, 0));
  let at = 0;
  for (const piece of pieces) {
    whole.set(piece, at);
    at += piece.length;
  }
  return whole;
}

/**
 * A boundary that occurs in no part: that is checked, not hoped. It is made from the content, so equal forms are equal byte
 * for byte.
 */
function boundaryOf(parts: readonly FormPart[]): string {
  const encoder = new TextEncoder();
  const hash = new Fnv();
  parts.forEach((part) => {
    hash.add(encoder.encode(part.name));
  });
  parts.forEach((part) => {
    hash.add(part.content);
  });
  for (;;) {
    const boundary = `form-part-${hash.text}`;
    const bytes = encoder.encode(boundary);
    if (!parts.some((part) => contains(part.content, bytes))) {
      return boundary;
    }
    hash.add(bytes);
  }
}

function contains(content: Uint8Array, wanted: Uint8Array): boolean {
  const [first = 0] = wanted;
  for (let at = content.indexOf(first); at >= 0; at = content.indexOf(first, at + 1)) {
    if (wanted.every((byte, offset) => content[at + offset] === byte)) {
      return true;
    }
  }
  return false;
}
