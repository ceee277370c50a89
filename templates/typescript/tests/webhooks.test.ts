/** Deliveries: which are taken, and why others are not. */

import assert from "node:assert/strict";
import { test } from "node:test";
import { inspect } from "node:util";

import {
  EventVerifier,
  signDelivery,
  WebhookError,
  type WebhookHeaders,
  type WebhookScheme,
} from "../runtime/webhook.js";

const scheme: WebhookScheme = {
  signatureHeader: "Shop-Signature",
  timestampHeader: "Shop-Time",
  signed: [{ part: "timestamp" }, { part: "text", text: "." }, { part: "body" }],
  secretEncoding: "base64",
  digestEncoding: "hex",
  separator: ",",
  toleranceSeconds: 300,
  event: { shape: { fields: { object: "string", id: "id" } }, is: { member: "object", value: "event" }, id: "id" },
};

const SECRET = Buffer.from("a secret of the shop").toString("base64");
const OTHER = Buffer.from("another secret").toString("base64");
const NOW = 1_700_000_000_000;
const BODY = '{"object":"event","id":"evnt_1"}';

const verifier = (secrets: string | string[] = SECRET, now = NOW): EventVerifier<{ id: string }> =>
  new EventVerifier(scheme, secrets, { now: () => now });

async function refusal(headers: WebhookHeaders, body = BODY, from = verifier()): Promise<string> {
  const error: unknown = await from.verify(headers, body).then(
    () => undefined,
    (reason: unknown) => reason,
  );
  assert.ok(error instanceof WebhookError);
  assert.ok(!inspect(error).includes(SECRET));
  return error.code;
}

test("what is signed by one of the secrets is taken, however its headers come", async () => {
  const signed = await signDelivery(scheme, SECRET, NOW, BODY);
  const lower = Object.fromEntries(Object.entries(signed).map(([name, value]) => [name.toLowerCase(), [value]]));
  for (const headers of [signed, lower, new Headers(signed)]) {
    assert.equal((await verifier().verify(headers, BODY)).id, "evnt_1");
    assert.equal((await verifier([OTHER, SECRET]).verify(headers, new TextEncoder().encode(BODY))).id, "evnt_1");
  }
  const both = { ...signed, "Shop-Signature": `${"0".repeat(64)}, ${signed["Shop-Signature"] ?? ""}` };
  await verifier().verify(both, BODY);
});

test("the digest is that of HMAC-SHA256", async () => {
  const { createHmac } = await import("node:crypto");
  const wanted = createHmac("sha256", Buffer.from(SECRET, "base64")).update(`1700000000.${BODY}`).digest("hex");
  assert.equal((await signDelivery(scheme, SECRET, NOW, BODY))["Shop-Signature"], wanted);
});

test("whatever was changed, left out or sent at another time is refused, with the reason", async () => {
  const signed = await signDelivery(scheme, SECRET, NOW, BODY);
  const [signature, time] = [signed["Shop-Signature"] ?? "", "1700000000"];
  assert.equal(await refusal(signed, BODY.replace("evnt_1", "evnt_2")), "mismatch");
  assert.equal(await refusal({ ...signed, "Shop-Time": "1700000001" }), "mismatch");
  assert.equal(await refusal({ ...signed, "Shop-Signature": signature.slice(2) }), "mismatch");
  assert.equal(await refusal({ ...signed, "Shop-Signature": "nonsense" }), "mismatch");
  assert.equal(await refusal(signed, BODY, verifier(OTHER)), "mismatch");
  assert.equal(await refusal({ "Shop-Time": time }), "missing");
  assert.equal(await refusal({ "Shop-Signature": signature }), "missing");
  assert.equal(await refusal({ ...signed, "Shop-Signature": Array(17).fill(signature).join(",") }), "malformed");
  assert.equal(await refusal({ "Shop-Signature": signature, "Shop-Time": [time, time] }), "malformed");
  assert.equal(await refusal(signed, BODY, verifier(SECRET, NOW + 300_001)), "stale");
  assert.equal(await refusal(signed, BODY, verifier(SECRET, NOW - 300_001)), "stale");
  await verifier(SECRET, NOW + 300_000).verify(signed, BODY);
});

test("what is genuine and no event is told from what is not genuine", async () => {
  for (const body of ["{}", "[]", "nonsense", '{"object":"event","id":""}']) {
    const signed = await signDelivery(scheme, SECRET, NOW, body);
    assert.equal(await refusal(signed, body), "decode");
    await verifier().check(signed, body);
  }
});

test("a secret that is none is refused at once, and none is shown", () => {
  for (const secrets of [[], "", "  ", "no base64!"]) {
    assert.throws(() => verifier(secrets), { code: "secret" });
  }
  assert.ok(!inspect(verifier(), { depth: 9, showHidden: true }).includes(SECRET));
});
