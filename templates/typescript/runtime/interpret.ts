/** A response becomes an answer or an error. Nothing here waits or reaches the network. */

import { SdkError, type RateLimit } from "./errors.js";
import { tolerantJson, writeJson } from "./json.js";
import { toNode } from "./node.js";
import { pointed } from "./pointer.js";
import { retryAfter } from "./retry-after.js";
import type { Shared } from "./shared.js";

/** The head of an answer. */
export interface Head {
  readonly status: number;
  readonly headers: Headers;
  /** Browsers keep to themselves where a redirect leads and which one it is. */
  readonly isHiddenRedirect: boolean;
}

/** What a head says beside its status. */
export interface Said {
  readonly requestId: string | undefined;
  readonly rateLimit: RateLimit | undefined;
}

/** Reads the head of an answer. */
export function said(shared: Shared, { headers }: Head): Said {
  const names = shared.profile.requestIdHeaders;
  const id = names.map((name) => headers.get(name)).find((value) => value !== null);
  return {
    requestId: typeof id === "string" ? shared.redact(id) : undefined,
    rateLimit: rateLimit(shared, headers),
  };
}

function rateLimit(shared: Shared, headers: Headers): RateLimit | undefined {
  const names = shared.profile.rateLimit;
  if (names === undefined) {
    return undefined;
  }
  const read = (name: string): number | undefined => {
    const text = name === "" ? "" : (headers.get(name)?.trim() ?? "");
    return /^[0-9]+$/.test(text) ? Number(text) : undefined;
  };
  const found = { limit: read(names.limit), remaining: read(names.remaining), reset: read(names.reset) };
  return Object.values(found).every((value) => value === undefined) ? undefined : found;
}

export function isSuccess({ status }: Head): boolean {
  return status >= 200 && status < 300;
}

/** Whether a head points elsewhere. */
function isRedirect(head: Head): boolean {
  return head.isHiddenRedirect || (head.status >= 300 && head.status < 400);
}

/** The error that an answer is, when it is none of success. */
export function failureOf(shared: Shared, head: Head, body: Uint8Array): SdkError {
  const facts = {
    ...said(shared, head),
    status: head.isHiddenRedirect ? undefined : head.status,
    headers: head.headers,
    body,
    retryAfter: retryAfter(head.headers, Date.now),
  };
  if (isRedirect(head)) {
    return new SdkError({ kind: "redirect", detail: "the server points elsewhere, which is never followed", ...facts });
  }
  // A body that is not JSON, a proxy's HTML say, has no code and no message; the status must do.
  const json = tolerantJson(body);
  const { code, message } = shared.profile.error;
  return new SdkError({
    kind: "api",
    detail: find(shared, json, message) ?? "",
    code: find(shared, json, code),
    ...facts,
  });
}

/** The text at a JSON pointer. Keys and card numbers that the server quotes are taken out. */
function find(shared: Shared, json: unknown, pointer: string): string | undefined {
  const value = pointer === "" ? undefined : pointed(json, pointer);
  if (value === undefined || value === null) {
    return undefined;
  }
  return shared.redact(typeof value === "string" ? value : writeJson(toNode(value) ?? null));
}
