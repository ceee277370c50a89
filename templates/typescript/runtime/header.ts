/** Headers of requests: names in any case, values that cannot become other headers. */

import { SdkError } from "./errors.js";

/** Headers that belong to the transport: a wrong one would let the body be read as another request. */
const TRANSPORT = new Set(["content-length", "host", "transfer-encoding", "connection"]);

const NAME = /^[!#$%&'*+\-.^_`|~0-9A-Za-z]+$/;
const VALUE = /^[\t\x20-\x7e]*$/;

export function isHeaderName(name: string): boolean {
  return NAME.test(name);
}

export function isHeaderValue(value: unknown): value is string {
  return typeof value === "string" && VALUE.test(value);
}

/** Whether the transport alone may set a header. */
export function isTransportHeader(name: string): boolean {
  return TRANSPORT.has(name.toLowerCase());
}

/** Headers to send. Of two with one name the later counts. Errors name a header, never its value. */
export class OutgoingHeaders {
  readonly #headers: Map<string, readonly [name: string, value: string]>;

  constructor(from?: OutgoingHeaders) {
    this.#headers = new Map(from === undefined ? [] : from.#headers);
  }

  set(name: string, value: string, kind: "argument" | "config" = "argument"): void {
    if (!isHeaderName(name)) {
      throw new SdkError({ kind, detail: `${JSON.stringify(name)} is not a header name` });
    }
    if (isTransportHeader(name)) {
      throw new SdkError({ kind, detail: `the header \`${name}\` is set by the client itself` });
    }
    if (!isHeaderValue(value)) {
      throw new SdkError({ kind, detail: `the header \`${name}\` has a character that headers cannot carry` });
    }
    this.#headers.set(name.toLowerCase(), [name, value]);
  }

  has(name: string): boolean {
    return this.#headers.has(name.toLowerCase());
  }

  delete(name: string): void {
    this.#headers.delete(name.toLowerCase());
  }

  /** Names in lower case. */
  names(): Set<string> {
    return new Set(this.#headers.keys());
  }

  /** As `fetch` takes them. */
  entries(): [string, string][] {
    return Array.from(this.#headers.values(), ([name, value]) => [name, value]);
  }
}
