/** A call becomes a request. Nothing here reaches the network; all refusals happen here. */

import { join, writeArgument } from "./arguments.js";
import { originOf } from "./base-url.js";
import { encodeBody } from "./body.js";
import { chooseKeys, type ChosenKey, type Credential } from "./credential.js";
import { SdkError } from "./errors.js";
import { OutgoingHeaders } from "./header.js";
import type { Node } from "./json.js";
import { isScalar, nodeText } from "./node.js";
import type { Operation, Param } from "./operation.js";
import type { RequestOptions } from "./options.js";
import type { Turn } from "./paging.js";
import { component, QUERY, QUERY_RESERVED, template } from "./percent.js";
import type { Shared } from "./shared.js";
import { inline, pairs, type Pair } from "./style.js";
import { hasControl } from "./writing.js";

/** What a caller gave: path arguments in their order, and an object with all others. */
export interface Given {
  readonly path: readonly unknown[];
  readonly params: Readonly<Record<string, unknown>>;
  /** Which page, where the call is for one. */
  readonly turn?: Turn;
}

/** A token that a request still needs. */
export interface Grant {
  readonly credential: Credential;
  readonly scopes: readonly string[];
  readonly url: string;
}

/** A request that is ready to be sent, but for its token. */
export interface Prepared {
  readonly method: string;
  readonly url: string;
  /** Where it goes, without the query. */
  readonly place: string;
  readonly headers: OutgoingHeaders;
  readonly body: Uint8Array | ReadableStream<Uint8Array> | undefined;
  readonly grant: Grant | undefined;
  /** What the call sends and no error may repeat. */
  readonly secrets: readonly string[];
}

/** Arguments on their way, by where they travel. */
interface Written {
  readonly path: Map<string, string>;
  readonly query: Pair[];
  readonly headers: Pair[];
  readonly cookies: Pair[];
}

/** Builds the request, or says why it cannot be sent. */
export async function prepare(
  shared: Shared,
  operation: Operation,
  given: Given,
  options: RequestOptions,
  idempotencyKey: string | undefined,
): Promise<Prepared> {
  if (operation.guess === true && !shared.allowUnverified) {
    const detail = "this route is a guess; `allowUnverified: true` on the client permits it";
    throw new SdkError({ kind: "unverified", detail });
  }
  const base = shared.baseOf(operation);
  const own = { request: namesOf(options.headers), client: shared.headers.names() };
  const keys = chooseKeys(operation, shared.profile.schemes, shared.credentials, own);
  const secrets: string[] = [];
  const written = writeParams(operation, given, secrets);
  const path = fillPath(operation.path, written.path);
  const headers = new OutgoingHeaders(shared.headers);
  const query = turned(operation, written.query, given.turn);
  const grant = addKeys(shared, base, keys, { headers, query, cookies: written.cookies });
  const isLink = given.turn?.is === "link";
  const place = isLink ? originOf(base) + given.turn.text : base + path;

  headers.delete("Content-Type");
  if (operation.accept !== undefined) {
    headers.set("Accept", operation.accept);
  }
  if (written.cookies.length > 0) {
    headers.set("Cookie", join(written.cookies, "; "));
  }
  written.headers.forEach(([name, value]) => {
    headers.set(name, value);
  });
  Object.entries(options.headers ?? {}).forEach(([name, value]) => {
    headers.set(name, value);
  });
  const { idempotency } = shared.profile;
  if (idempotency !== undefined && idempotencyKey !== undefined) {
    headers.set(idempotency.header, idempotencyKey);
  }
  const body = operation.body === undefined ? undefined : await encodeBody(operation.body, given.params, secrets);
  if (body !== undefined && !headers.has("Content-Type")) {
    headers.set("Content-Type", body.mediaType);
  }
  return {
    method: operation.method,
    url: urlOf(base, place, query),
    place: place.split("?", 1)[0] ?? place,
    headers,
    body: body?.content,
    grant,
    secrets,
  };
}

function namesOf(headers: Readonly<Record<string, string>> | undefined): Set<string> {
  return new Set(Object.keys(headers ?? {}).map((name) => name.toLowerCase()));
}

function writeParams(operation: Operation, given: Given, secrets: string[]): Written {
  const written: Written = { path: new Map(), query: [], headers: [], cookies: [] };
  let positional = 0;
  for (const param of operation.params ?? []) {
    let value = param.value;
    if (value === undefined) {
      value = param.in === "path" ? given.path[positional++] : given.params[param.key ?? param.name];
    }
    const node = writeArgument(param.name, param.shape, value, secrets) ?? null;
    switch (param.in) {
      case "path":
        written.path.set(param.name, pathText(param, node));
        break;
      case "query":
        written.query.push(...queryPairs(param, node));
        break;
      case "cookie":
        written.cookies.push(...pairs(param.name, param.style, node, QUERY));
        break;
      case "header":
        written.headers.push(...headerPairs(param, node));
        break;
    }
  }
  return written;
}

function pathText(param: Param, node: Node): string {
  const text = isScalar(node) ? nodeText(node) : undefined;
  const isRefused = text !== undefined && (["", ".", ".."].includes(text.trim()) || hasControl(text));
  const written = isRefused ? undefined : inline(param.name, param.style, node, component);
  if (written === undefined || written === "") {
    const detail = `\`${param.name}\` is part of the path: it cannot be empty, \`.\` or \`..\`, nor hold a line break`;
    throw new SdkError({ kind: "argument", detail });
  }
  return written;
}

function queryPairs(param: Param, node: Node): Pair[] {
  const found = pairs(param.name, param.style, node, param.reserved === true ? QUERY_RESERVED : QUERY);
  const isEmpty = param.empty === true && found.length === 0 && node !== null;
  return isEmpty ? [[component(param.name), ""]] : found;
}

/** Headers are not percent-encoded; JSON there is kept to ASCII. */
function headerPairs(param: Param, node: Node): Pair[] {
  const text = node === null ? undefined : inline(param.name, param.style, node, (piece) => piece);
  if (text === undefined) {
    return [];
  }
  return [[param.name, param.style === "json" ? asciiJson(text) : text]];
}

function asciiJson(json: string): string {
  return json.replace(/[^\x20-\x7e]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`);
}

/** Puts the arguments in place of the braces. A fragment is not part of what is sent. */
function fillPath(pattern: string, values: ReadonlyMap<string, string>): string {
  const [bare = ""] = pattern.split("#", 1);
  const pieces = bare.split(/\{([^}]*)\}/);
  const filled = pieces.map((piece, at) => {
    if (at % 2 === 0) {
      return template(piece);
    }
    const value = values.get(piece);
    if (value === undefined) {
      throw new SdkError({ kind: "argument", detail: `\`${piece}\` is part of the path and was not given` });
    }
    return value;
  });
  const path = filled.join("");
  return withoutDots(path.startsWith("/") ? path : `/${path}`);
}

/**
 * What survived argument by argument may still have become a dot segment together with its neighbours. Escaped dots are
 * dots to those who read URLs.
 */
function withoutDots(path: string): string {
  const isDots = (segment: string): boolean => /^(?:\.|%2e){1,2}$/i.test(segment);
  if (path.split(/[/\\]/).some(isDots)) {
    throw new SdkError({ kind: "argument", detail: "the arguments make `.` or `..` of a path segment" });
  }
  return path;
}

/** The query of a page of a list. */
function turned(operation: Operation, query: readonly Pair[], turn: Turn | undefined): Pair[] {
  const { paging } = operation;
  if (turn === undefined || turn.is === "asGiven" || paging === undefined) {
    return [...query];
  }
  if (turn.is === "link" || paging.by === "link") {
    return [];
  }
  const name = component(paging.parameter);
  const value = turn.is === "number" ? String(turn.number) : component(turn.text);
  const at = query.findIndex(([own]) => own === name);
  const moved: Pair = [name, value];
  return at < 0 ? [...query, moved] : query.map((pair, place) => (place === at ? moved : pair));
}

/** Where keys go. */
interface Carrier {
  readonly headers: OutgoingHeaders;
  readonly query: Pair[];
  readonly cookies: Pair[];
}

/** Puts each key where its scheme wants it. Gives the token that one of them stands for, when it must be fetched. */
function addKeys(shared: Shared, base: string, keys: readonly ChosenKey[], to: Carrier): Grant | undefined {
  const taken = new Set<string>();
  let grant: Grant | undefined;
  const setHeader = (scheme: string, name: string, value: string): void => {
    if (taken.has(name.toLowerCase())) {
      throw new SdkError({ kind: "config", detail: `${scheme} and another key travel in one header, \`${name}\`` });
    }
    taken.add(name.toLowerCase());
    to.headers.set(name, value, "config");
  };
  for (const { credential, scopes } of keys) {
    const { name, kind } = credential.scheme;
    switch (kind.type) {
      case "header":
        setHeader(name, kind.name, credential.header);
        break;
      case "query":
        to.query.push([component(kind.name), component(credential.key)]);
        break;
      case "cookie":
        to.cookies.push([component(kind.name), component(credential.key)]);
        break;
      default:
        setHeader(name, "Authorization", credential.header);
    }
    if (credential.tokenUrl !== undefined) {
      grant = { credential, scopes, url: shared.tokenUrl(credential, base) };
    }
  }
  return grant;
}

/** The whole URL. Whatever its parts were made of, it stays where the keys may go. */
function urlOf(base: string, place: string, query: readonly Pair[]): string {
  const mark = place.includes("?") ? "&" : "?";
  const url = query.length === 0 ? place : place + mark + join(query, "&");
  let isHere = false;
  try {
    isHere = new URL(url).origin === new URL(base).origin;
  } catch {
    // It is told below: the parser's own words would quote the query, which may hold a key.
  }
  if (!isHere) {
    throw new SdkError({ kind: "argument", detail: "the arguments make a URL that is malformed" });
  }
  return url;
}
