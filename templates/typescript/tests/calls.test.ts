/** How a call behaves as a promise, and what of its answer is reachable. */

import assert from "node:assert/strict";
import { test } from "node:test";

import { SdkError } from "../runtime/errors.js";
import type { Operation } from "../runtime/operation.js";
import { client, get, json, paid, pay, reset, Server, type Reply } from "./shop.js";

const bytes: Operation = { ...get, answer: { as: "bytes" } };

test("a call is sent though nobody waits for it, and once however often it is asked", async () => {
  const server = new Server(paid);
  const call = client(server).call(pay, [], { amount: 1 });
  await new Promise((resolve) => setImmediate(resolve));
  assert.equal(server.sent.length, 1);
  const [value, { value: same }] = await Promise.all([call, call.withResponse()]);
  assert.deepEqual([await call, same], [value, value]);
  assert.equal(server.sent.length, 1);
});

test("what was given counts as it was given", async () => {
  const server = new Server(paid);
  const params = { amount: 1 };
  const call = client(server).call(pay, [], params);
  params.amount = 2;
  await call;
  assert.equal(server.sent[0]?.body, '{"amount":1}');
});

test("the whole answer is reachable", async () => {
  const server = new Server(reset, json(200, { id: "pay_1", amount: 5 }, { "x-request-id": "req_1", "x-other": "o" }));
  const answer = await client(server).call<{ amount: number }>(get, ["pay_1"], {}).withResponse();
  assert.deepEqual([answer.value.amount, answer.status, answer.requestId, answer.attempts], [5, 200, "req_1", 2]);
  assert.equal(answer.headers.get("x-other"), "o");
  assert.equal(new TextDecoder().decode(answer.body), '{"id":"pay_1","amount":5}');
});

test("a body is given as a stream where it is asked for at once", async () => {
  const file: Reply = () => new Response("a long file");
  const { value, body } = await client(new Server(file), { maxResponseBytes: 3 }).call(bytes, ["pay_1"], {}).stream();
  assert.equal(await new Response(value).text(), "a long file");
  assert.equal(body.length, 0);
  const late = client(new Server(file)).call(bytes, ["pay_1"], {});
  await late;
  await assert.rejects(late.stream(), TypeError);
  const taken = client(new Server(file)).call(bytes, ["pay_1"], {});
  await taken.stream();
  await assert.rejects(taken.then(), TypeError);
});

test("a stream that fails or a refusal is an error of the call", async () => {
  const refused = client(new Server(json(404, { code: "none" }))).call(bytes, ["pay_1"], {});
  await assert.rejects(refused.stream(), { kind: "api", status: 404 });
  const broken: Reply = () =>
    new Response(
      new ReadableStream({
        start(sink) {
          sink.enqueue(new Uint8Array([1]));
        },
        pull(sink) {
          sink.error(new Error("reset"));
        },
      }),
    );
  const { value } = await client(new Server(broken)).call(bytes, ["pay_1"], {}).stream();
  await assert.rejects(new Response(value).text(), SdkError);
  const whole = client(new Server(broken), { maxRetries: 0 }).call(bytes, ["pay_1"], {});
  await assert.rejects(whole.then(), { kind: "lost", status: 200 });
});

test("an answer that is too large is not read", async () => {
  const call = client(new Server(paid), { maxResponseBytes: 5 }).call(pay, [], { amount: 1 });
  await assert.rejects(call.then(), { kind: "too_large", outcomeUnknown: true });
});

test("a call that cannot be sent rejects, and throws nowhere else", async () => {
  const call = client(new Server(paid)).call(get, [""], {}, { timeout: 5 });
  await assert.rejects(call.then(), { kind: "argument", operation: "payments.retrieve", attempts: 0 });
  const never = client(new Server(paid)).call(get, ["pay_1"], {}, { timeout: 0 });
  await assert.rejects(never.then(), { kind: "argument" });
});

test("an operation that nobody has seen is refused unless it is allowed", async () => {
  const guess: Operation = { ...get, guess: true };
  const server = new Server(paid);
  await assert.rejects(client(server).call(guess, ["pay_1"], {}).then(), { kind: "unverified" });
  assert.equal(server.sent.length, 0);
  await client(server, { allowUnverified: true }).call(guess, ["pay_1"], {});
});

test("what a success gives depends on its status where the API says so", async () => {
  const answers = { "201": { as: "json", shape: "string" }, "2XX": { as: "text" }, "204": null } as const;
  const { answer: _, ...other } = get;
  const byStatus: Operation = { ...other, answers, cases: { "201": "created", "2XX": "other", "204": "none" } };
  const given = (reply: Reply): Promise<unknown> => client(new Server(reply)).call(byStatus, ["pay_1"], {});
  assert.deepEqual(await given(json(201, "made")), { kind: "created", status: 201, value: "made" });
  assert.deepEqual(await given(() => new Response("text", { status: 202 })), {
    kind: "other",
    status: 202,
    value: "text",
  });
  assert.deepEqual(await given(() => new Response(null, { status: 204 })), {
    kind: "none",
    status: 204,
    value: undefined,
  });
});
