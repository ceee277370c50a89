/** The one error of every call. */

import { tolerantJson } from "./json.js";
import type { Redact } from "./secret.js";

/** What kind of failure it was. The names stay what they are in later versions. */
export type ErrorKind =
  /** The client is not set up for this: a missing key, a bad base URL. Nothing was sent. */
  | "config"
  /** An argument cannot be sent: an empty id in a path, a line break in a header. Nothing was sent. */
  | "argument"
  /** Nobody has seen this route yet and the client does not allow such calls. Nothing was sent. */
  | "unverified"
  /** The token that the call needs could not be fetched. Nothing of the call was sent. */
  | "token"
  /** No connection could be made. Nothing was sent. */
  | "connect"
  /** No answer within the time allowed. */
  | "timeout"
  /** The connection broke, or the call was aborted, before the answer was there. */
  | "lost"
  /** The server redirected, which is never followed: a repeated request may be a second charge. */
  | "redirect"
  /** The server answered with an error. */
  | "api"
  /** The server answered with success, but not with what the operation answers with. */
  | "decode"
  /** The answer is larger than the client allows. */
  | "too_large"
  /** The API says that a list goes on, and its pages do not. The items there were have been given. */
  | "paging";

/** What an answer says about the rate limit. Nothing in the client depends on it. */
export interface RateLimit {
  /** Requests allowed in a window. */
  readonly limit: number | undefined;
  /** Requests left in this window. */
  readonly remaining: number | undefined;
  /** When the window ends, as sent; what the number counts is for the API's documentation to say. */
  readonly reset: number | undefined;
}

/** All that is known of a failure. */
export interface ErrorFacts {
  readonly kind: ErrorKind;
  readonly detail: string;
  readonly operation?: string | undefined;
  readonly status?: number | undefined;
  readonly headers?: Headers | undefined;
  readonly body?: Uint8Array | undefined;
  readonly code?: string | undefined;
  readonly requestId?: string | undefined;
  readonly rateLimit?: RateLimit | undefined;
  readonly retryAfter?: number | undefined;
  readonly idempotencyKey?: string | undefined;
  readonly attempts?: number | undefined;
  readonly outcomeUnknown?: boolean | undefined;
  readonly aborted?: boolean | undefined;
  readonly cause?: unknown;
}

/** What a failure says about sending the same request again. */
export type Remedy = "none" | "again" | "againIfHarmless";

const DESCRIPTIONS: Readonly<Record<ErrorKind, string>> = {
  config: "configuration",
  argument: "argument",
  unverified: "unverified operation",
  token: "no token",
  connect: "no connection",
  timeout: "timeout",
  lost: "connection lost",
  redirect: "redirect",
  api: "error answer",
  decode: "unreadable answer",
  too_large: "answer too large",
  paging: "incomplete list",
};

/**
 * Why a call has no answer.
 *
 * It says which operation failed and how. Neither its message nor what shows it holds a key or what was sent; the body of
 * an answer is shown by nothing and read only by who asks for it.
 */
export class SdkError extends Error {
  /** What kind of failure it was. */
  readonly kind: ErrorKind;
  /** Name of the operation, `charges.create`; `undefined` for a client that could not be made. */
  readonly operation: string | undefined;
  /** HTTP status, when there was an answer. */
  readonly status: number | undefined;
  /** The API's own code for the failure, as sent. */
  readonly code: string | undefined;
  /** The API's own words, or ours when it said nothing. May be empty. */
  readonly detail: string;
  /** The server's name for this request, to quote to its support. */
  readonly requestId: string | undefined;
  /** What the answer says about the rate limit; `undefined` when it says nothing. */
  readonly rateLimit: RateLimit | undefined;
  /** Milliseconds that the server asks to wait before the next call (`Retry-After`). */
  readonly retryAfter: number | undefined;
  /**
   * The idempotency key that all attempts carried: the caller's, or one the client made. To try the same call once more,
   * give it as `idempotencyKey`.
   */
  readonly idempotencyKey: string | undefined;
  /** How often the request was sent, or tried to be, retries included; 0 when it was refused before that. */
  readonly attempts: number;
  /**
   * Whether the server may have carried out the call although it ended in this error.
   *
   * True for a call that changes something when one of its attempts may have arrived and no readable verdict came back for
   * it, whatever became of the others. Sending such a call again may do it twice: look whether it was done first.
   */
  readonly outcomeUnknown: boolean;
  /** Whether the caller's own signal ended the call. */
  readonly aborted: boolean;
  readonly #facts: ErrorFacts;

  /** @internal */
  constructor(facts: ErrorFacts, name = "SdkError") {
    super(describe(facts), facts.cause === undefined ? undefined : { cause: facts.cause });
    Object.defineProperty(this, "name", { value: name, configurable: true });
    if (this.stack?.startsWith("Error") === true) {
      this.stack = name + this.stack.slice("Error".length);
    }
    this.kind = facts.kind;
    this.operation = facts.operation;
    this.status = facts.status;
    this.code = facts.code;
    this.detail = facts.detail;
    this.requestId = facts.requestId;
    this.rateLimit = facts.rateLimit;
    this.retryAfter = facts.retryAfter;
    this.idempotencyKey = facts.idempotencyKey;
    this.attempts = facts.attempts ?? 0;
    this.outcomeUnknown = facts.outcomeUnknown ?? false;
    this.aborted = facts.aborted ?? false;
    this.#facts = facts;
  }

  /** Headers of the answer; `undefined` when there was none. */
  get headers(): Headers | undefined {
    return this.#facts.headers;
  }

  /** Raw body of the answer, as it came: it may quote what was sent. Empty when there was none. */
  get body(): Uint8Array {
    return this.#facts.body ?? new Uint8Array();
  }

  /**
   * The body of the answer as JSON, with the fields this version does not know; `undefined` when there was no answer, or it is
   * no JSON, but a proxy's HTML, say.
   */
  json(): unknown {
    return tolerantJson(this.body);
  }

  /**
   * Whether the same call may succeed later: no connection, a timeout, 408, 429, a server's own failure.
   *
   * This is about success, not about safety: ask {@link SdkError.outcomeUnknown} before sending again.
   */
  get retryable(): boolean {
    switch (this.kind) {
      case "connect":
      case "timeout":
      case "lost":
        return !this.aborted;
      case "api":
        return isPassing(this.status);
      case "token":
        return this.cause instanceof SdkError && this.cause.retryable;
      default:
        return false;
    }
  }

  /** @internal The same failure, with more known of it. */
  with(facts: Partial<ErrorFacts>, name = this.name): SdkError {
    return new SdkError({ ...this.#facts, ...facts }, name);
  }

  /** @internal The same failure without secrets in what the server said. */
  redacted(redact: Redact): SdkError {
    const clean = (text: string | undefined): string | undefined => (text === undefined ? text : redact(text));
    const { detail, code, requestId } = this.#facts;
    return this.with({ detail: redact(detail), code: clean(code), requestId: clean(requestId) });
  }

  /** @internal */
  get remedy(): Remedy {
    if (!this.retryable) {
      return "none";
    }
    const wasRefused = this.kind === "connect" || this.kind === "token" || this.status === 429;
    return wasRefused ? "again" : "againIfHarmless";
  }

  /** @internal Whether the request may have been carried out although it ended in this error. */
  get mayHaveHappened(): boolean {
    const status = this.status;
    switch (this.kind) {
      case "timeout":
      case "lost":
      case "decode":
      case "too_large":
        return true;
      case "redirect":
        // 307 and 308 ask for the request to be made elsewhere; the others follow something done. Browsers do not tell.
        return status !== 307 && status !== 308;
      case "api":
        // A refusal is certain; what servers in between invent, such as 499 or 600, is not.
        return status !== undefined && (status < 400 || status >= 499 || status === 408);
      default:
        return false;
    }
  }
}

/** Whether an answer of another moment may be another one. */
function isPassing(status: number | undefined): boolean {
  return status === 408 || status === 429 || (status !== undefined && status >= 500 && status < 600);
}

function describe(facts: ErrorFacts): string {
  const { kind, status } = facts;
  let text = facts.operation === undefined ? "" : `${facts.operation}: `;
  if (kind === "api" && status !== undefined) {
    text += `HTTP ${status}`;
  } else {
    text += DESCRIPTIONS[kind] + (status === undefined ? "" : ` (HTTP ${status})`);
  }
  for (const said of [facts.code, facts.detail]) {
    text += said === undefined || said === "" ? "" : `: ${oneLine(said)}`;
  }
  text += facts.requestId === undefined ? "" : ` (request id ${oneLine(facts.requestId)})`;
  return facts.outcomeUnknown === true ? `${text}; it may have been carried out` : text;
}

/** Text from a server, kept from forging lines in a log or flooding it. */
function oneLine(text: string): string {
  const letters = Array.from(text);
  const shown = letters
    .slice(0, 500)
    .join("")
    .replace(/\p{Cc}/gu, " ");
  return letters.length > 500 ? `${shown}...` : shown;
}
