/** Keys and card numbers leave by the door they are meant for, and by no other. */

import assert from "node:assert/strict";
import { test } from "node:test";
import { inspect } from "node:util";

import { SdkError } from "../runtime/errors.js";
import { maskCards, without } from "../runtime/secret.js";
import { CARD, client, get, json, paid, pay, SECRET_KEY, Server } from "./shop.js";

const BASIC = Buffer.from(`${SECRET_KEY}:`).toString("base64");

/** All that a program may show of a value without asking for its parts. */
function shown(value: object): string {
  const error = value as Partial<Error>;
  return [inspect(value, { depth: 9, showHidden: true }), JSON.stringify(value), String(value), error.stack].join("\n");
}

function assertHidden(text: string, ...secrets: string[]): void {
  for (const secret of [SECRET_KEY, BASIC, BASIC.replace(/=+$/, ""), CARD, ...secrets]) {
    assert.ok(!text.toLowerCase().includes(secret.toLowerCase()), `${secret} is in ${text}`);
  }
}

async function failure(server: Server, settings = {}, options = {}): Promise<SdkError> {
  const call = client(server, settings).call(pay, [], { amount: 1, card: { number: CARD, code: "a-code" } }, options);
  const error: unknown = await call.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  assert.ok(error instanceof SdkError);
  return error;
}

test("a client shows what it is, not its keys", () => {
  const core = client(new Server(paid), { headers: { "X-Token": "a-token-of-mine" } });
  const text = shown(core);
  assertHidden(text, "a-token-of-mine");
  assert.match(text, /secretKey/);
  assert.match(text, /api\.shop\.example/);
});

test("errors repeat nothing secret that a server quotes", async () => {
  const message = `key ${SECRET_KEY} Basic ${BASIC} ${SECRET_KEY.toUpperCase()} card 4242 4242 4242 4242 a-code my-token-1`;
  const server = new Server(json(400, { code: CARD, message }, { "x-request-id": SECRET_KEY }));
  const error = await failure(server, {}, { headers: { Authorization: "Bearer my-token-1" } });
  assertHidden(shown(error), "4242 4242", "a-code", "my-token-1");
  assert.match(error.detail, /key \[redacted\]/);
  assert.match(new TextDecoder().decode(error.body), /a-code/);
  assert.equal((error.json() as { code: unknown }).code, CARD);
});

test("errors of the connection keep nothing of the request", async () => {
  const server = new Server(() => {
    throw Object.assign(new Error(`no route for ${SECRET_KEY}`), { config: { headers: { Authorization: BASIC } } });
  });
  const error = await failure(server);
  assertHidden(shown(error));
  assert.equal(error.kind, "lost");
});

test("a key that no header can carry is not quoted", async () => {
  const error = await failure(new Server(paid), {}, { headers: { "X-Mine": "secret\nX-Other: 1" } });
  assert.equal(error.kind, "argument");
  assertHidden(shown(error), "X-Other");
});

test("a wrong key is named, not shown", () => {
  for (const [secretKey, why] of [
    ["pkey_test_123", /was given a publicKey/],
    ["", /is empty/],
    ["skey_", /ends after its prefix/],
    [`${SECRET_KEY}\n`, /space or a line break/],
    ["letmein", /must begin with/],
  ] as const) {
    assert.throws(
      () => client(new Server(paid), { credentials: { secretKey } }),
      (error) => {
        assert.ok(error instanceof SdkError);
        assert.equal(error.kind, "config");
        assert.equal(error.name, "ShopError");
        assert.match(error.message, why);
        assert.ok(secretKey.length < 6 || !shown(error).includes(secretKey.trim()));
        return true;
      },
    );
  }
});

test("keys go to the hosts they are for, over TLS", async () => {
  const server = new Server(paid);
  await client(server).call(get, ["pay_1"], {});
  assert.equal(server.sent[0]?.url, "https://api.shop.example/payments/pay_1");
  assert.equal(server.sent[0].headers.get("authorization"), `Basic ${BASIC}`);
  for (const api of ["http://api.shop.example", "https://u:p@api.shop.example", "ftp://x.example", "https://x/../y"]) {
    assert.throws(() => client(new Server(paid), { baseUrls: { api } }), /base URL of api/);
  }
  client(new Server(paid), { baseUrls: { api: "http://127.0.0.1:4000" } });
});

test("no argument leads to another path or host", async () => {
  for (const id of ["", " ", ".", "..", "a\nb", null, undefined]) {
    const server = new Server(paid);
    await assert.rejects(client(server).call(get, [id], {}).then(), { kind: "argument" });
    assert.equal(server.sent.length, 0);
  }
  const server = new Server(paid);
  await client(server).call(get, ["../a?b#c@evil.example"], {});
  assert.equal(server.sent[0]?.url, "https://api.shop.example/payments/..%2Fa%3Fb%23c%40evil.example");
});

test("a page cannot be told to read a secret key", () => {
  Object.defineProperty(globalThis, "document", { value: {}, configurable: true });
  try {
    assert.throws(() => client(new Server(paid)), /belongs on a server/);
    client(new Server(paid), { credentials: { publicKey: "pkey_test_1" } });
    client(new Server(paid), { dangerouslyAllowBrowser: true });
  } finally {
    Reflect.deleteProperty(globalThis, "document");
  }
});

test("card numbers are found in groups, in rows and mistyped, and other numbers are left", () => {
  for (const text of [CARD, "4242-4242-4242-4242", "4242 4242 4242 4243", "3782 822463 10005", `123${CARD}99`]) {
    assert.match(maskCards(`card ${text} declined`), /^card .*\[redacted\].* declined$/);
    assert.doesNotMatch(maskCards(text), /\d{12}/);
  }
  for (const text of ["amount 100000", "2024-01-31T10:00:00Z", "chrg_test_5xuy4w91xqz7d1w9u0t", "1234567890"]) {
    assert.equal(maskCards(text), text);
  }
});

test("secrets are found in any case", () => {
  assert.equal(without("aSECRETb secret", "Secret"), "a[redacted]b [redacted]");
  assert.equal(without("text", ""), "text");
});
