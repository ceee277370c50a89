/** When a call is sent again, and what its error says when it is not. Whatever may have charged is never repeated. */

import assert from "node:assert/strict";
import { test } from "node:test";

import { SdkError } from "../runtime/errors.js";
import type { Operation } from "../runtime/operation.js";
import type { RequestOptions } from "../runtime/options.js";
import { broken, client, get, json, paid, pay, refused, reset, Server, type Reply } from "./shop.js";

const put: Operation = { ...pay, id: "payments.replace", method: "PUT", retry: "idempotent" };

interface Outcome {
  readonly sent: number;
  readonly error: SdkError | undefined;
  readonly server: Server;
}

async function outcome(operation: Operation, replies: Reply[], options: RequestOptions = {}): Promise<Outcome> {
  const server = new Server(...replies);
  const isGet = operation.method === "GET";
  try {
    await client(server).call(operation, isGet ? ["pay_1"] : [], isGet ? {} : { amount: 1 }, options);
    return { sent: server.sent.length, error: undefined, server };
  } catch (error) {
    assert.ok(error instanceof SdkError);
    return { sent: server.sent.length, error, server };
  }
}

const unavailable = json(503, { code: "down", message: "try later" });

test("what was certainly not carried out is sent again, whatever it is", async () => {
  for (const failure of [refused, json(429, {}), broken("ENOTFOUND", "getaddrinfo"), broken("CERT_HAS_EXPIRED")]) {
    for (const operation of [get, put, pay]) {
      const { sent, error } = await outcome(operation, [failure, failure, paid]);
      assert.deepEqual([sent, error], [3, undefined], operation.id);
    }
  }
});

test("what may have been carried out is sent again only where that does no harm", async () => {
  const failures = [reset, unavailable, json(408, {}), broken("ECONNREFUSED", "read"), broken("EPIPE", "write")];
  for (const failure of failures) {
    assert.equal((await outcome(get, [failure, paid])).sent, 2);
    assert.equal((await outcome(put, [failure, paid])).sent, 2);
    const { sent, error } = await outcome(pay, [failure, paid]);
    assert.equal(sent, 1);
    assert.equal(error?.outcomeUnknown, true);
    assert.equal(error.retryable, true);
    assert.equal(error.attempts, 1);
  }
});

test("an unsafe call is repeated after an ambiguous failure only when it is told to be", async () => {
  assert.equal((await outcome(pay, [reset, paid], { retryAmbiguous: true })).sent, 2);
});

test("all attempts of a call carry one key, which the error tells", async () => {
  const { server, error } = await outcome(pay, [refused, json(429, {}), unavailable]);
  const keys = server.sent.map(({ headers }) => headers.get("idempotency-key"));
  assert.equal(keys.length, 3);
  assert.equal(new Set(keys).size, 1);
  assert.match(keys[0] ?? "", /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
  assert.equal(error?.idempotencyKey, keys[0]);
  const own = await outcome(pay, [unavailable], { idempotencyKey: "order-42" });
  assert.equal(own.error?.idempotencyKey, "order-42");
  assert.equal((await outcome(get, [unavailable])).error?.idempotencyKey, undefined);
});

test("a refusal does not undo what an attempt before it may have done", async () => {
  const { sent, error } = await outcome(pay, [reset, refused], { retryAmbiguous: true, maxRetries: 1 });
  assert.equal(sent, 2);
  assert.equal(error?.kind, "connect");
  assert.equal(error.outcomeUnknown, true);
  const refusal = await outcome(pay, [reset, json(400, { code: "bad" })], { retryAmbiguous: true });
  assert.equal(refusal.error?.status, 400);
  assert.equal(refusal.error.outcomeUnknown, true);
});

test("a refusal is certain", async () => {
  for (const status of [400, 401, 402, 404, 422]) {
    const { sent, error } = await outcome(pay, [json(status, { code: "no", message: "never" })]);
    assert.deepEqual([sent, error?.outcomeUnknown, error?.retryable], [1, false, false], String(status));
    assert.deepEqual([error?.kind, error?.code, error?.detail], ["api", "no", "never"]);
  }
  assert.equal((await outcome(pay, [json(499, {})])).error?.outcomeUnknown, true);
});

test("redirects are not followed", async () => {
  const elsewhere = (status: number): Reply => json(status, {}, { location: "https://evil.example/" });
  for (const [status, isUnknown] of [
    [302, true],
    [303, true],
    [307, false],
    [308, false],
  ] as const) {
    const { sent, error, server } = await outcome(pay, [elsewhere(status)]);
    assert.deepEqual([sent, error?.kind, error?.outcomeUnknown], [1, "redirect", isUnknown], String(status));
    assert.equal(server.sent[0]?.init.redirect, "manual");
  }
});

test("a safe call leaves nothing unknown", async () => {
  const { sent, error } = await outcome(get, [unavailable]);
  assert.deepEqual([sent, error?.outcomeUnknown, error?.attempts], [3, false, 3]);
});

test("an answer that cannot be read may be one of success", async () => {
  for (const body of ["<html>", "[]", '{"id": ""}', '{"id": "pay_1", "amount": "1"}', "null", ""]) {
    const { sent, error } = await outcome(pay, [(): Response => new Response(body)]);
    assert.deepEqual([sent, error?.kind, error?.outcomeUnknown], [1, "decode", true], body);
  }
});

test("a server that asks for too long a wait ends the call", async () => {
  const busy = json(429, {}, { "retry-after": "31" });
  const { sent, error } = await outcome(pay, [busy]);
  assert.deepEqual([sent, error?.retryAfter], [1, 31_000]);
});

test("retries of a client come from one budget", async () => {
  const server = new Server(refused);
  const core = client(server, { retryBudget: 3 });
  await assert.rejects(core.call(get, ["pay_1"], {}).then());
  await assert.rejects(core.call(get, ["pay_1"], {}).then());
  await assert.rejects(core.call(get, ["pay_1"], {}).then());
  assert.equal(server.sent.length, 3 + 2 + 1);
});

test("a stream is sent once", async () => {
  const upload: Operation = { ...pay, body: { kind: "binary", mediaType: "text/plain", always: true, key: "body" } };
  const server = new Server(refused, paid);
  const body = new Blob(["bytes"]).stream();
  await assert.rejects(client(server).call(upload, [], { body }).then());
  assert.equal(server.sent.length, 1);
});

test("nothing is waited for longer than it may take", async () => {
  const never: Reply = () => new Promise<Response>(() => undefined);
  const { sent, error } = await outcome(pay, [never], { timeout: 50 });
  assert.deepEqual([sent, error?.kind, error?.outcomeUnknown], [1, "timeout", true]);
  const total = await outcome(get, [never], { timeout: 60_000, totalTimeout: 300 });
  assert.deepEqual([total.sent, total.error?.kind], [1, "timeout"]);
});

test("an aborted call tells whether anything was sent", async () => {
  const controller = new AbortController();
  const never: Reply = () => {
    controller.abort();
    return new Promise<Response>(() => undefined);
  };
  const { error } = await outcome(pay, [never], { signal: controller.signal });
  assert.deepEqual(
    [error?.kind, error?.aborted, error?.retryable, error?.outcomeUnknown, error?.attempts],
    ["lost", true, false, true, 1],
  );
  const before = await outcome(pay, [paid], { signal: AbortSignal.abort() });
  assert.deepEqual([before.sent, before.error?.aborted, before.error?.outcomeUnknown], [0, true, false]);
});
