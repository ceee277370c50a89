/** Settings of a client: where its calls go, and how long they wait. */

import assert from "node:assert/strict";
import { test } from "node:test";

import { fillUrl, tokenUrl } from "../runtime/base-url.js";
import { Core } from "../runtime/core.js";
import type { Operation, Profile, Server as Host } from "../runtime/operation.js";
import { retryAfter } from "../runtime/retry-after.js";
import { waitBefore, type Situation } from "../runtime/retry.js";
import { client, get, paid, pay, profile, SECRET_KEY, Server } from "./shop.js";

const host: Host = {
  name: "api",
  url: "https://{tenant}.shop.example:{port}/{path}",
  variables: {
    tenant: { option: "tenant" },
    port: { option: "port", default: "443" },
    path: { option: "path", default: "v1" },
  },
  schemes: [],
};

test("variables of a URL stay in their piece of it", () => {
  assert.equal(fillUrl(host, { tenant: "a-b" }), "https://a-b.shop.example:443/v1");
  assert.equal(fillUrl(host, { tenant: "a", path: "v1/x" }), "https://a.shop.example:443/v1/x");
  for (const given of [
    {},
    { tenant: "evil.example/" },
    { tenant: "a@b" },
    { tenant: "a", path: "x?y" },
    { tenant: "a#" },
  ]) {
    assert.throws(() => fillUrl(host, given), /variable/, JSON.stringify(given));
  }
});

test("tokens are fetched over TLS, from where the document says", () => {
  const base = "https://api.shop.example/v1";
  assert.equal(tokenUrl("/token", base, false), "https://api.shop.example/token");
  assert.equal(tokenUrl("token", base, false), "https://api.shop.example/v1/token");
  assert.equal(tokenUrl("//id.example/t", base, false), "https://id.example/t");
  assert.throws(() => tokenUrl("http://id.example/t", base, false), /not https/);
  assert.throws(() => tokenUrl("https://id.example/t#f", base, false), /fragment/);
});

test("a server may stand in for another one", async () => {
  const [api] = profile.servers;
  assert.ok(api);
  const sandbox: Host = { ...api, name: "sandbox", url: "https://sandbox.shop.example", standsInFor: "api" };
  const both: Profile = { ...profile, servers: [...profile.servers, sandbox] };
  const server = new Server(paid);
  const common = {
    credentials: { secretKey: SECRET_KEY },
    baseUrls: {},
    variables: {},
    tokenUrls: {},
    clientHeaders: {},
  };
  await new Core(both, { ...common, fetch: server.fetch, server: "sandbox" }).call(get, ["pay_1"], {});
  assert.equal(server.sent[0]?.url, "https://sandbox.shop.example/payments/pay_1");
  assert.throws(() => new Core(both, { ...common, server: "vault" }), /`server` names none/);
});

test("a call without its key, or with a setting that is none, is refused", async () => {
  const open: Operation = { ...get, security: [["secretKey"], []] };
  const server = new Server(paid);
  await assert.rejects(client(server, { credentials: {} }).call(pay, [], {}).then(), /needs secretKey/);
  await client(server, { credentials: {} }).call(open, ["pay_1"], {});
  assert.equal(server.sent[0]?.headers.get("authorization"), null);
  await client(server, { credentials: {} }).call(pay, [], { amount: 1 }, { headers: { authorization: "Bearer mine" } });
  assert.equal(server.sent[1]?.headers.get("authorization"), "Bearer mine");
  for (const settings of [
    { timeout: 0 },
    { totalTimeout: -1 },
    { maxRetries: NaN },
    { headers: { "Idempotency-Key": "k" } },
  ]) {
    assert.throws(() => client(server, settings), { kind: "config" });
  }
});

test("what a server asks to wait is read in seconds and in every format of dates", () => {
  const now = (): number => Date.UTC(1999, 11, 31, 23, 59, 59);
  const asked = (text: string, date?: string): number | undefined =>
    retryAfter(new Headers({ "retry-after": text, ...(date === undefined ? {} : { date }) }), now);
  assert.equal(asked(" 120 "), 120_000);
  const until = ["Sat, 01 Jan 2000 00:00:09 GMT", "Saturday, 01-Jan-00 00:00:09 GMT", "Sat Jan  1 00:00:09 2000"];
  for (const text of until) {
    assert.equal(asked(text), 10_000, text);
    assert.equal(asked(text, "Sat, 01 Jan 2000 00:00:07 GMT"), 2000, text);
  }
  assert.equal(asked("Wed, 01 Dec 1999 00:00:00 GMT"), 0);
  for (const nonsense of ["", "-1", "1.5", "soon", "1 minute"]) {
    assert.equal(asked(nonsense), undefined, nonsense);
  }
});

test("waits double up to a limit, are spread, and never go past the time there is", () => {
  const policy = { most: 99, longestWait: 30_000, base: 500, cap: 8000 };
  const base: Situation = {
    retryClass: "safe",
    retryAmbiguous: false,
    retries: 0,
    retryAfter: undefined,
    left: undefined,
  };
  const wait = (situation: Partial<Situation>, chance: number): number | undefined =>
    waitBefore(policy, "again", { ...base, ...situation }, chance);
  assert.deepEqual(
    [0, 1, 2, 4, 50].map((retries) => wait({ retries }, 0.5)),
    [250, 500, 1000, 4000, 4000],
  );
  assert.equal(wait({ retryAfter: 30_000 }, 0.5), 30_250);
  assert.equal(wait({ retryAfter: 30_001 }, 0), undefined);
  assert.deepEqual(
    [wait({ left: 250 }, 0.5), wait({ left: 251 }, 0.5), wait({ left: 0 }, 0)],
    [undefined, 250, undefined],
  );
  assert.equal(wait({ retries: 99 }, 0), undefined);
});
