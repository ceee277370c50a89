/** The client, but for what one API calls its options and its resources. */

import { attempts, type Plan, type Success } from "./attempts.js";
import { Call, type Answer } from "./call.js";
import { decodeAnswer, DecodeError } from "./decode.js";
import { SdkError } from "./errors.js";
import { said } from "./interpret.js";
import { ListCall } from "./list.js";
import type { Operation, Profile, RetryClass } from "./operation.js";
import type { RequestOptions } from "./options.js";
import type { Turn } from "./paging.js";
import { component, decode } from "./percent.js";
import { prepare, type Given, type Prepared } from "./prepare.js";
import { carriedKeys } from "./secret.js";
import { Shared, type Settings } from "./shared.js";
import { pairs } from "./style.js";
import { write } from "./writing.js";
import { QUERY } from "./percent.js";

/** An object of arguments, as generated code has them. */
type Params = object | undefined;

/** What a call that the API has and this package does not know consists of. */
export interface AnyRequest {
  /** Added to the query; a list is sent as several pairs. */
  readonly query?: Readonly<Record<string, unknown>> | undefined;
  /** Sent as JSON. */
  readonly body?: unknown;
  /** The server that is asked: the first unless set. */
  readonly server?: string | undefined;
  /** The keys that are sent, by the names of the client's options: the first one that the server's calls take unless set. */
  readonly auth?: readonly string[] | undefined;
}

/** What every client can do. Nothing that shows it shows its keys. */
export class Core {
  readonly #shared: Shared;

  /** @internal */
  constructor(profile: Profile, settings: Settings) {
    try {
      this.#shared = new Shared(profile, settings);
    } catch (error) {
      throw error instanceof SdkError ? error.with({}, profile.errorName) : error;
    }
  }

  /** @internal */
  call<T>(operation: Operation, path: readonly unknown[], params: Params, options: RequestOptions = {}): Call<T> {
    const given: Given = { path, params: { ...params } };
    return new Call<T>({
      send: async () => (await this.#answered<T>(operation, given, options)).answer,
      stream: () => this.#streamed(operation, given, options),
    });
  }

  /** @internal */
  list<P, T>(
    operation: Operation,
    path: readonly unknown[],
    params: Params,
    options: RequestOptions = {},
  ): ListCall<P, T> {
    const given: Given = { path, params: { ...params } };
    const { profile } = this.#shared;
    const keys = profile.schemes.flatMap(({ kind }) => (kind.type === "query" ? [component(kind.name)] : []));
    return new ListCall<P, T>({
      operation: operation.id,
      errorName: profile.errorName,
      paging: operation.paging ?? { by: "link", items: "" },
      keys,
      own: () => ownPage(operation, given),
      ask: (turn) => this.#page<P>(operation, given, options, turn),
    });
  }

  /**
   * Makes a call that this package does not know. The path begins with `/`, goes below the base URL of the server, and holds
   * its arguments already, each percent-encoded. It carries the same keys and headers, and fails in the same ways, as any
   * other.
   *
   * What is repeated after a failure follows from the method: GET, HEAD and OPTIONS change nothing, PUT and DELETE do no harm
   * twice, any other method may.
   */
  request(method: string, path: string, request: AnyRequest = {}, options: RequestOptions = {}): Call<unknown> {
    const operation = this.#anyOperation(method.toUpperCase(), path, request);
    if (!path.startsWith("/") || /[?#]/.test(path)) {
      const detail = "a path begins with `/` and has neither `?` nor `#`; `query` adds to the query";
      return this.#refused(operation, detail);
    }
    return this.call(
      operation,
      [],
      { ...request.query, ...(request.body === undefined ? {} : { body: request.body }) },
      options,
    );
  }

  /** What may be shown of the client: neither keys nor headers. */
  toJSON(): Record<string, unknown> {
    return this.#shared.describe();
  }

  [Symbol.for("nodejs.util.inspect.custom")](): Record<string, unknown> {
    return this.toJSON();
  }

  /** A call that is not made. */
  #refused(operation: Operation, detail: string): Call<unknown> {
    const refuse = (): Promise<never> =>
      this.#named(operation, () => Promise.reject(new SdkError({ kind: "argument", detail })));
    return new Call({ send: refuse, stream: refuse });
  }

  /** One page of a list. A key is one call's, so that pages carry none of the caller's. */
  async #page<P>(
    operation: Operation,
    given: Given,
    options: RequestOptions,
    turn: Turn,
  ): Promise<{ answer: Answer<P>; url: string }> {
    const { prepared, answer } = await this.#answered<P>(
      operation,
      { ...given, turn },
      { ...options, idempotencyKey: undefined },
    );
    return { answer, url: prepared.place };
  }

  async #answered<T>(
    operation: Operation,
    given: Given,
    options: RequestOptions,
  ): Promise<{ answer: Answer<T>; prepared: Prepared }> {
    return this.#named(operation, async () => {
      const { prepared, success, key } = await this.#sent(operation, given, options, false);
      const answer = this.#answer(success, key);
      try {
        const value = decodeAnswer(operation, answer.status, answer.body) as T;
        return { answer: { ...answer, value }, prepared };
      } catch (error) {
        if (!(error instanceof DecodeError)) {
          throw error;
        }
        const { status, headers, body, requestId, rateLimit, attempts: sent, idempotencyKey } = answer;
        const outcomeUnknown = operation.retry !== "safe";
        const facts = { status, headers, body, requestId, rateLimit, attempts: sent, idempotencyKey, outcomeUnknown };
        throw new SdkError({ kind: "decode", detail: error.message, ...facts });
      }
    });
  }

  async #streamed(
    operation: Operation,
    given: Given,
    options: RequestOptions,
  ): Promise<Answer<ReadableStream<Uint8Array>>> {
    return this.#named(operation, async () => {
      const { success, key } = await this.#sent(operation, given, options, true);
      return { ...this.#answer(success, key), value: success.stream ?? new Blob([]).stream() };
    });
  }

  async #sent(
    operation: Operation,
    given: Given,
    options: RequestOptions,
    streams: boolean,
  ): Promise<{ prepared: Prepared; success: Success; key: string | undefined }> {
    const shared = this.#shared;
    checkArguments(operation, given);
    checkTimes(options);
    const key = idempotencyKey(shared.profile, operation, options);
    const prepared = await prepare(shared, operation, given, options, key);
    const total = options.totalTimeout ?? shared.totalTimeout;
    const plan: Plan = {
      retryClass: operation.retry,
      policy: { ...shared.policy, most: options.maxRetries ?? shared.policy.most },
      retryAmbiguous: options.retryAmbiguous === true,
      timeout: options.timeout ?? shared.timeout,
      deadline: total === undefined ? undefined : performance.now() + total,
      signal: options.signal,
      streams,
      secrets: [...prepared.secrets, ...Object.values(options.headers ?? {}).flatMap(carriedKeys)],
    };
    try {
      return { prepared, success: await attempts(shared, prepared, plan), key };
    } catch (error) {
      throw error instanceof SdkError ? error.with({ idempotencyKey: key }) : error;
    }
  }

  #answer({ head, body, attempts: sent }: Success, key: string | undefined): Answer<undefined> {
    const { status, headers } = head;
    return {
      value: undefined,
      status,
      headers,
      ...said(this.#shared, head),
      body,
      attempts: sent,
      idempotencyKey: key,
    };
  }

  /** Errors leave the client under its name, and say which operation failed. */
  async #named<T>(operation: Operation, work: () => Promise<T>): Promise<T> {
    try {
      return await work();
    } catch (error) {
      throw error instanceof SdkError ? error.with({ operation: operation.id }, this.#shared.profile.errorName) : error;
    }
  }

  #anyOperation(method: string, path: string, request: AnyRequest): Operation {
    const { servers } = this.#shared.profile;
    const server = request.server === undefined ? 0 : servers.findIndex(({ name }) => name === request.server);
    const security = request.auth === undefined ? servers[server]?.schemes.map((name) => [name]) : [request.auth];
    const names = Object.keys(request.query ?? {});
    const params = names.map((name) => ({ in: "query", name, style: "formExplode", shape: "json" }) as const);
    const body = { kind: "json", mediaType: "application/json", always: false, key: "body", shape: "json" } as const;
    return {
      id: `${method} request`,
      method,
      // Braces are those of a template elsewhere.
      path: path.replaceAll("{", "%7B").replaceAll("}", "%7D"),
      server,
      security: security ?? [],
      retry: retryClassOf(method),
      params,
      body,
      answer: { as: "json", shape: { nullable: "json" } },
    };
  }
}

function retryClassOf(method: string): RetryClass {
  if (["GET", "HEAD", "OPTIONS", "TRACE"].includes(method)) {
    return "safe";
  }
  return ["PUT", "DELETE"].includes(method) ? "idempotent" : "unsafe";
}

/** An argument that nobody knows is refused: left out in silence, a mistyped `capture` would capture. */
function checkArguments(operation: Operation, { params }: Given): void {
  const known = new Set<string>();
  operation.params?.forEach((param) => param.in !== "path" && known.add(param.key ?? param.name));
  operation.body?.parts?.forEach((part) => known.add(part.key ?? part.name));
  if (operation.body !== undefined && operation.body.parts === undefined) {
    known.add(operation.body.key ?? "body");
  }
  const stranger = Object.keys(params).find((name) => params[name] !== undefined && !known.has(name));
  if (stranger !== undefined) {
    throw new SdkError({ kind: "argument", detail: `${JSON.stringify(stranger)} is no argument of this call` });
  }
}

function checkTimes(options: RequestOptions): void {
  for (const name of ["timeout", "totalTimeout"] as const) {
    const time = options[name];
    if (time !== undefined && !(time > 0)) {
      throw new SdkError({ kind: "argument", detail: `\`${name}\` must be more than 0 milliseconds` });
    }
  }
}

/** The key that makes a write repeatable: the caller's, else a new one; none where the API takes none for this method. */
function idempotencyKey(profile: Profile, operation: Operation, options: RequestOptions): string | undefined {
  const { idempotency } = profile;
  if (!idempotency?.methods.includes(operation.method)) {
    return undefined;
  }
  const wanted = idempotency.header.toLowerCase();
  const asHeader = Object.entries(options.headers ?? {}).find(([name]) => name.toLowerCase() === wanted)?.[1];
  const own = options.idempotencyKey;
  if (own !== undefined && asHeader !== undefined && own !== asHeader) {
    throw new SdkError({ kind: "argument", detail: "the call was given two idempotency keys" });
  }
  const key = own ?? asHeader;
  if (key?.trim() === "") {
    throw new SdkError({ kind: "argument", detail: "the idempotency key is empty" });
  }
  return key ?? randomKey();
}

/** A text that no other call has: a version 4 UUID. `randomUUID` is not there on pages that came without TLS. */
function randomKey(): string {
  const bytes = globalThis.crypto.getRandomValues(new Uint8Array(16));
  const digits = Array.from(bytes, (byte, at) => {
    const marked = at === 6 ? (byte & 0x0f) | 0x40 : at === 8 ? (byte & 0x3f) | 0x80 : byte;
    return marked.toString(16).padStart(2, "0");
  }).join("");
  return digits.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
}

/** What the call's own arguments have for the parameter that moves its pages. */
function ownPage(operation: Operation, { params }: Given): string | undefined {
  const { paging } = operation;
  if (paging === undefined || paging.by === "link") {
    return undefined;
  }
  const param = operation.params?.find(({ in: place, name }) => place === "query" && name === paging.parameter);
  if (param === undefined) {
    return undefined;
  }
  try {
    const node = write(param.shape, params[param.key ?? param.name], []) ?? null;
    const own = pairs(param.name, param.style, node, QUERY)[0]?.[1];
    return own === undefined ? undefined : decode(own);
  } catch {
    // What cannot be written fails when it is sent.
    return undefined;
  }
}
