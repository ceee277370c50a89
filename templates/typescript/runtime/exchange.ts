/** Sends a request once and waits for its answer. */

import { SdkError, type ErrorKind } from "./errors.js";
import { failureOf, isSuccess, said, type Head } from "./interpret.js";
import { joined } from "./multipart.js";
import type { FetchInit } from "./options.js";
import type { Redact } from "./secret.js";
import type { Shared } from "./shared.js";

/** What is sent. */
export interface Request {
  readonly method: string;
  readonly url: string;
  readonly headers: [string, string][];
  readonly body: Uint8Array | ReadableStream<Uint8Array> | undefined;
}

/** How long it is waited for, and for how much of it. */
export interface Patience {
  /** Milliseconds until the last byte, or until the first where the body is left to the caller. */
  readonly time: number;
  readonly signal: AbortSignal | undefined;
  /** The body of a success is read by the caller. */
  readonly streams: boolean;
}

/** A success: its head, and its body whole or still to be read. */
export interface Received {
  readonly head: Head;
  readonly body: Uint8Array;
  readonly stream: ReadableStream<Uint8Array> | undefined;
}

/** Longest delay that timers know; a longer one would go off at once. */
const LONGEST_TIMER = 2 ** 31 - 1;

/** Sends a request. What is not a success is thrown, and read to its end. */
export async function exchange(shared: Shared, request: Request, patience: Patience): Promise<Received> {
  const controller = new AbortController();
  const { time, signal } = patience;
  let end = (error: SdkError): void => {
    throw error;
  };
  // The work is not trusted to end when it is told to: an own `fetch` may know nothing of signals.
  const alarm = new Promise<never>((_, reject) => {
    end = (error) => {
      reject(error);
      controller.abort();
    };
  });
  const timer = timerFor(time, () => {
    end(late(time));
  });
  const stop = (): void => {
    end(aborted(shared, signal));
  };
  const release = (): void => {
    signal?.removeEventListener("abort", stop);
  };
  signal?.addEventListener("abort", stop);
  let received: Received | undefined;
  try {
    received = await Promise.race([receive(shared, request, patience, { controller, release }), alarm]);
    return received;
  } finally {
    clearTimeout(timer);
    // A body that is still being read goes on to listen.
    if (received?.stream === undefined) {
      release();
    }
  }
}

/** A timer. One for longer than timers know would go off at once. */
function timerFor(time: number, ring: () => void): ReturnType<typeof setTimeout> {
  return setTimeout(ring, Math.min(time, LONGEST_TIMER));
}

/** What ends with a request. */
interface Leash {
  readonly controller: AbortController;
  readonly release: () => void;
}

async function receive(shared: Shared, request: Request, patience: Patience, leash: Leash): Promise<Received> {
  const redact: Redact = (text) => shared.redact(text);
  let response: Response;
  try {
    response = await shared.fetch(request.url, initOf(request, leash.controller.signal));
  } catch (error) {
    throw unsent(error, redact);
  }
  const isHiddenRedirect = response.type === "opaqueredirect" || response.status === 0;
  const head: Head = { status: response.status, headers: response.headers, isHiddenRedirect };
  if (!isSuccess(head)) {
    // The head of a failure says enough by itself.
    const body = await readAll(response, shared.maxResponseBytes).catch(() => undefined);
    throw failureOf(shared, head, body ?? new Uint8Array());
  }
  if (patience.streams) {
    const stream = guarded(response, patience.time, leash, redact);
    return { head, body: new Uint8Array(), stream };
  }
  let body: Uint8Array | undefined;
  try {
    body = await readAll(response, shared.maxResponseBytes);
  } catch (error) {
    throw unsent(error, redact).with({ ...partOf(shared, head), kind: "lost" });
  }
  if (body === undefined) {
    const detail = `more than ${shared.maxResponseBytes} bytes`;
    throw new SdkError({ kind: "too_large", detail, ...partOf(shared, head) });
  }
  return { head, body, stream: undefined };
}

function partOf(shared: Shared, head: Head): { status: number; headers: Headers } {
  return { status: head.status, headers: head.headers, ...said(shared, head) };
}

function initOf(request: Request, signal: AbortSignal): FetchInit {
  const { method, headers, body } = request;
  const init = { method, headers, redirect: "manual", signal } as const;
  if (body === undefined) {
    return init;
  }
  // Bytes of a caller may lie in memory that is shared between threads, which `fetch` does not send; it tells so itself.
  return body instanceof Uint8Array
    ? { ...init, body: body as ReturnType<TextEncoder["encode"]> }
    : { ...init, body, duplex: "half" };
}

/** The whole body; `undefined` when it is longer than allowed. */
async function readAll(response: Response, limit: number): Promise<Uint8Array | undefined> {
  if (response.body === null) {
    return new Uint8Array();
  }
  const reader = response.body.getReader();
  const pieces: Uint8Array[] = [];
  let length = 0;
  for (;;) {
    const { done, value } = await reader.read();
    if (done) {
      return joined(pieces);
    }
    length += value.length;
    if (length > limit) {
      reader.cancel().catch(() => undefined);
      return undefined;
    }
    pieces.push(value);
  }
}

/** A body that may not stand still for longer than the call's patience. */
function guarded(response: Response, time: number, leash: Leash, redact: Redact): ReadableStream<Uint8Array> {
  const reader = response.body?.getReader();
  return new ReadableStream<Uint8Array>({
    async pull(sink) {
      const timer = timerFor(time, () => {
        sink.error(late(time));
        leash.controller.abort();
      });
      try {
        const next = await reader?.read();
        if (next?.value !== undefined) {
          sink.enqueue(next.value);
          return;
        }
        sink.close();
      } catch (error) {
        sink.error(unsent(error, redact).with({ kind: "lost" }));
      } finally {
        clearTimeout(timer);
      }
      leash.release();
    },
    async cancel() {
      leash.release();
      await reader?.cancel();
    },
  });
}

/** No answer in time. */
export function late(time: number): SdkError {
  return new SdkError({ kind: "timeout", detail: `no answer within ${Math.round(time) / 1000} seconds` });
}

/** The caller's own signal ended the call while it was on its way. */
export function aborted(shared: Shared, signal: AbortSignal | undefined): SdkError {
  const cause = signal?.reason instanceof Error ? plainCause(signal.reason, (text) => shared.redact(text)) : undefined;
  return new SdkError({ kind: "lost", detail: "the call was aborted", aborted: true, cause });
}

/** Failures before a connection: what they name was not there, or did not prove who it is. */
const NO_CONNECTION =
  /^(?:ECONNREFUSED|ENOTFOUND|EAI_[A-Z]+|EHOSTUNREACH|ENETUNREACH|EHOSTDOWN|ENETDOWN|EADDRNOTAVAIL|ETIMEDOUT)$/;
const NO_TRUST =
  /^(?:CERT_[A-Z_]+|DEPTH_ZERO_SELF_SIGNED_CERT|SELF_SIGNED_CERT_IN_CHAIN|UNABLE_TO_[A-Z_]+|ERR_TLS_CERT_[A-Z_]+)$/;

/** What a failure of `fetch` means. Where it is not certain that nothing was sent, something may have been. */
function unsent(error: unknown, redact: Redact): SdkError {
  if (error instanceof SdkError) {
    return error;
  }
  const cause = error instanceof Error && error.cause !== undefined ? error.cause : error;
  const kind: ErrorKind = isUnconnected(cause) ? "connect" : "lost";
  return new SdkError({ kind, detail: "", cause: plainCause(cause, redact) });
}

function isUnconnected(cause: unknown): boolean {
  if (cause instanceof AggregateError && cause.errors.length > 0) {
    return cause.errors.every(isUnconnected);
  }
  const { code, syscall } = (typeof cause === "object" && cause !== null ? cause : {}) as Record<string, unknown>;
  if (typeof code !== "string") {
    return false;
  }
  if (code === "UND_ERR_CONNECT_TIMEOUT" || code === "ConnectionRefused" || NO_TRUST.test(code)) {
    return true;
  }
  // A connection that is there already fails with some of the same codes, at another step.
  return NO_CONNECTION.test(code) && (syscall === "connect" || syscall === "getaddrinfo");
}

/** What a failure says, without whatever else hangs on it: an own `fetch` may hang the request there. */
function plainCause(cause: unknown, redact: Redact): Error | undefined {
  if (!(cause instanceof Error)) {
    return undefined;
  }
  const code: unknown = "code" in cause ? cause.code : undefined;
  const text = typeof code === "string" && !cause.message.includes(code) ? `${code}: ${cause.message}` : cause.message;
  const shown = new Error(redact(text));
  Object.defineProperty(shown, "name", { value: redact(cause.name) });
  delete shown.stack;
  return shown;
}
