/** A small API and a server that answers from a script. */

import { Core } from "../runtime/core.js";
import type { Operation, Profile } from "../runtime/operation.js";
import type { FetchInit } from "../runtime/options.js";
import type { Settings } from "../runtime/shared.js";

export const SECRET_KEY = "skey_test_5xuy4w91xqz7d1w9u0t";
export const CARD = "4242424242424242";

export const profile: Profile = {
  errorName: "ShopError",
  userAgent: "shop-sdk/1.0.0",
  servers: [
    { name: "api", url: "https://api.shop.example", variables: {}, schemes: ["secretKey", "machine"] },
    { name: "vault", url: "https://vault.shop.example", variables: {}, schemes: ["publicKey"] },
  ],
  schemes: [
    { name: "secretKey", kind: { type: "basicKey" }, prefixes: ["skey_"] },
    { name: "publicKey", kind: { type: "basicKey" }, prefixes: ["pkey_"] },
    { name: "machine", kind: { type: "clientCredentials", tokenUrl: "/token" }, prefixes: [] },
    { name: "queryKey", kind: { type: "query", name: "api_key" }, prefixes: [] },
  ],
  browserSchemes: ["publicKey"],
  headers: [{ option: "apiVersion", name: "Shop-Version", value: "1" }],
  idempotency: { header: "Idempotency-Key", methods: ["POST"] },
  requestIdHeaders: ["X-Request-Id"],
  error: { code: "/code", message: "/message" },
};

export const pay: Operation = {
  id: "payments.create",
  method: "POST",
  path: "/payments",
  server: 0,
  security: [["secretKey"]],
  retry: "unsafe",
  body: {
    kind: "json",
    mediaType: "application/json",
    always: true,
    parts: [
      { name: "amount", shape: "int64" },
      { name: "card", shape: { fields: { number: "secret", code: "secret" } } },
      { name: "customer", shape: "id" },
    ],
  },
  answer: { as: "json", shape: { fields: { id: "id", amount: "int64" } }, id: "id" },
};

export const get: Operation = {
  id: "payments.retrieve",
  method: "GET",
  path: "/payments/{id}",
  server: 0,
  security: [["secretKey"]],
  retry: "safe",
  params: [{ in: "path", name: "id", style: "simple", shape: "id" }],
  answer: { as: "json", shape: { fields: { id: "id", amount: "int64" } }, id: "id" },
};

export const list: Operation = {
  id: "payments.list",
  method: "GET",
  path: "/payments",
  server: 0,
  security: [["secretKey"]],
  retry: "safe",
  params: [{ in: "query", name: "offset", style: "formExplode", shape: "int64" }],
  answer: { as: "json", shape: { fields: { data: { list: "json" }, total: "int64" } } },
  paging: { items: "/data", by: "offset", parameter: "offset", total: "/total" },
};

/** What the server does with a request: an answer, or a failure of the connection. */
export type Reply = () => Response | Promise<Response>;

/** A request as it was sent. */
export interface Sent {
  readonly url: string;
  readonly init: FetchInit;
  readonly headers: Headers;
  readonly body: string;
}

/** A `fetch` that gives replies in order. The last stays. */
export class Server {
  readonly sent: Sent[] = [];
  readonly #replies: Reply[];

  constructor(...replies: Reply[]) {
    this.#replies = replies;
  }

  readonly fetch = async (url: string, init: FetchInit): Promise<Response> => {
    const body = init.body instanceof Uint8Array ? new TextDecoder().decode(init.body) : "";
    this.sent.push({ url, init, headers: new Headers(init.headers), body });
    const reply = this.#replies.length > 1 ? this.#replies.shift() : this.#replies[0];
    if (reply === undefined) {
      throw new Error("the server was asked more often than it has replies");
    }
    return await reply();
  };
}

export function json(status: number, body: unknown, headers: Record<string, string> = {}): Reply {
  return () => new Response(JSON.stringify(body), { status, headers });
}

/** Ends the connection as Node's `fetch` tells it. */
export function broken(code: string, syscall?: string): Reply {
  return () => {
    const cause = Object.assign(new Error(`it broke: ${code}`), { code, syscall });
    throw new TypeError("fetch failed", { cause });
  };
}

export const refused = broken("ECONNREFUSED", "connect");
export const reset = broken("ECONNRESET", "read");
export const paid = json(200, { id: "pay_1", amount: 100 });

/** A client that waits for nothing. */
export function client(server: Server, settings: Partial<Settings> = {}): Core {
  return new Core(profile, {
    credentials: { secretKey: SECRET_KEY },
    baseUrls: {},
    variables: {},
    tokenUrls: {},
    clientHeaders: {},
    backoff: { base: 0, cap: 0 },
    fetch: server.fetch,
    ...settings,
  });
}
