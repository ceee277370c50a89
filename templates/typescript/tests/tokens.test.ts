/** Tokens that the client fetches for itself. */

import assert from "node:assert/strict";
import { test } from "node:test";
import { inspect } from "node:util";

import type { Core } from "../runtime/core.js";
import { SdkError } from "../runtime/errors.js";
import type { Operation } from "../runtime/operation.js";
import { client, get, json, paid, pay, reset, Server, type Reply } from "./shop.js";

const machine = (operation: Operation): Operation => ({
  ...operation,
  security: [[{ scheme: "machine", scopes: ["read", "write"] }]],
});

const token = (name: string, expires: unknown = 3600): Reply =>
  json(200, { access_token: name, token_type: "Bearer", expires_in: expires });

const over = (server: Server): Core =>
  client(server, { credentials: { machine: { clientId: "me", clientSecret: "s/cret" } }, maxRetries: 0 });

test("a token is fetched once and kept", async () => {
  const server = new Server(token("t-one"), paid);
  const core = over(server);
  await Promise.all([core.call(machine(get), ["pay_1"], {}), core.call(machine(get), ["pay_2"], {})]);
  await core.call(machine(get), ["pay_3"], {});
  const [fetched, ...calls] = server.sent;
  assert.equal(fetched?.url, "https://api.shop.example/token");
  assert.equal(fetched.body, "grant_type=client_credentials&scope=read+write");
  assert.equal(fetched.headers.get("authorization"), `Basic ${Buffer.from("me:s%2Fcret").toString("base64")}`);
  assert.deepEqual(
    calls.map(({ headers }) => headers.get("authorization")),
    Array(3).fill("Bearer t-one"),
  );
});

test("a token at the end of its life is not used", async () => {
  const server = new Server(token("t-one", "0"), paid, token("t-two"), paid);
  const core = over(server);
  await core.call(machine(get), ["pay_1"], {});
  await core.call(machine(get), ["pay_1"], {});
  assert.equal(server.sent[3]?.headers.get("authorization"), "Bearer t-two");
});

test("a token that is refused is fetched anew, and the call sent once more, for it did nothing", async () => {
  const server = new Server(token("t-one"), json(401, {}), token("t-two"), paid);
  await over(server).call(machine(pay), [], { amount: 1 });
  assert.equal(server.sent.length, 4);
  const keys = [1, 3].map((at) => server.sent[at]?.headers.get("idempotency-key"));
  assert.equal(keys[0], keys[1]);
});

test("without a token nothing of the call is sent", async () => {
  const failures: Reply[] = [
    reset,
    json(400, { error: "invalid_client", error_description: "who is s/cret?" }),
    json(200, { access_token: "" }),
    json(200, { access_token: "x", token_type: "mac" }),
    json(302, {}, { location: "https://evil.example" }),
  ];
  for (const failure of failures) {
    const server = new Server(failure);
    await assert.rejects(over(server).call(machine(pay), [], { amount: 1 }).then(), (error) => {
      assert.ok(error instanceof SdkError);
      assert.deepEqual([error.kind, error.outcomeUnknown, error.attempts], ["token", false, 0]);
      assert.ok(!inspect(error).includes("s/cret"));
      return true;
    });
    assert.ok(server.sent.every(({ url }) => url.endsWith("/token")));
  }
});

test("no error repeats a token", async () => {
  const server = new Server(token("t-very-secret"), json(400, { message: "T-VERY-SECRET is not enough" }));
  await assert.rejects(over(server).call(machine(get), ["pay_1"], {}).then(), /\[redacted\] is not enough/);
});
