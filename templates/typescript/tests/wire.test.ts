/** What values become on the wire, and what is read from it. */

import assert from "node:assert/strict";
import { test } from "node:test";

import { decodeBase64, encodeBase64 } from "../runtime/base64.js";
import { Decimal, floatText } from "../runtime/decimal.js";
import { exactJson, parseExactJson } from "../runtime/exact-json.js";
import { writeJson, type Node } from "../runtime/json.js";
import { encodeForm, fieldParts } from "../runtime/multipart.js";
import { toNode } from "../runtime/node.js";
import { component, form, QUERY, QUERY_RESERVED } from "../runtime/percent.js";
import { read } from "../runtime/reading.js";
import type { Shape } from "../runtime/shape.js";
import { inline, pairs, type Style } from "../runtime/style.js";
import { write } from "../runtime/writing.js";
import { client, get, json, paid, pay, Server } from "./shop.js";

test("integers keep all their digits, both ways", async () => {
  const big = "9007199254740993";
  const server = new Server(() => new Response(`{"id":"pay_1","amount":${big}}`));
  const payment = (await client(server).call(pay, [], { amount: BigInt(big) })) as { amount: unknown };
  assert.equal(server.sent[0]?.body, `{"amount":${big}}`);
  assert.equal(payment.amount, BigInt(big));
  for (const number of ["0", "-1", "9007199254740991", "-9223372036854775808", "18446744073709551615", "0.10", "1e3"]) {
    assert.equal(exactJson(parseExactJson(`[${number}]`)), `[${number}]`);
  }
  assert.equal(typeof (parseExactJson("9007199254740991") as unknown), "number");
});

test("JSON is read as it is defined, and nothing else is", () => {
  const text = '{"a":[1,-2.5,true,false,null,"\\u00e9\\n\\ud83d\\ude00 é"],"":{},"__proto__":{"x":1}}';
  assert.deepEqual(parseExactJson(` ${text} `), JSON.parse(text));
  assert.equal(Object.getPrototypeOf(parseExactJson(text)), Object.prototype);
  for (const wrong of [
    "",
    "{",
    "[1,]",
    "{a:1}",
    "01",
    "1.",
    "+1",
    "nul",
    '"\n"',
    '"\\x"',
    "1 2",
    "[1",
    '{"a" 1}',
    "\u00a01",
  ]) {
    assert.throws(() => parseExactJson(wrong), Error, wrong);
  }
  assert.throws(() => parseExactJson("[".repeat(200) + "]".repeat(200)), /nested too deeply/);
});

test("floats are written as every language of this SDK writes them", () => {
  const texts = [1, 1.5, -0, 0.1, 1e15, 1e16, 123456.789, 0.00001, 0.000001, 1.5e-7, 1e21, -2.5e300].map(floatText);
  assert.deepEqual(texts, [
    "1.0", "1.5", "-0.0", "0.1", "1000000000000000.0", "1e16", "123456.789", "0.00001", "1e-6", "1.5e-7", "1e21", "-2.5e300",
  ]); // prettier-ignore
  assert.equal(writeJson(write("float", 3, []) ?? null), "3.0");
  assert.equal(writeJson(write("int64", 3, []) ?? null), "3");
});

test("decimals keep their text", () => {
  const rate = read("decimal", parseExactJson("0.10") as never);
  assert.ok(rate instanceof Decimal);
  assert.deepEqual(
    [String(rate), Number(rate), JSON.stringify({ rate }), exactJson({ rate })],
    ["0.10", 0.1, '{"rate":"0.10"}', '{"rate":0.10}'],
  );
  assert.equal(exactJson(read("decimal", "1.50")), '"1.50"');
  assert.throws(() => new Decimal("ten"), RangeError);
});

test("an answer is what its type says, and tells where it is not", () => {
  const shape: Shape = {
    fields: { id: "id", live: "bool", items: { list: { fields: { amount: "int64" } } }, kind: "string" },
  };
  const whole = { id: "x", live: null, items: [{ amount: 1, tomorrow: { a: 1 } }], new: "field", kind: "unheard of" };
  assert.deepEqual(read(shape, structuredClone(whole) as never), whole);
  assert.deepEqual(read(shape, {}), {});
  assert.throws(() => read(shape, { items: [{ amount: 1 }, { amount: "2" }] }), {
    message: "items[1].amount: expected an integer, found a string",
  });
  assert.throws(() => read(shape, { live: "yes" }), { message: "live: expected true or false, found a string" });
  assert.throws(() => read(shape, []), { message: "expected an object, found a list" });
  assert.throws(() => read(shape, null), { message: "expected an object, found null" });
  assert.throws(() => read("int32", 2 ** 31), /an integer/);
});

test("unions read what fits and keep what does not", () => {
  const tagged: Shape = { by: "object", tags: { card: { fields: { rate: "decimal" } } } };
  const known = read(tagged, parseExactJson('{"object":"card","rate":1.50}') as never) as { rate: Decimal };
  assert.equal(known.rate.text, "1.50");
  assert.deepEqual(read(tagged, { object: "ghost", rate: 2 }), { object: "ghost", rate: 2 });
  assert.deepEqual(read(tagged, { object: "card", rate: true }), { object: "card", rate: true });
  assert.equal(read({ expandable: tagged }, "card_1"), "card_1");
});

test("arguments that cannot be sent are refused by name, before anything is sent", async () => {
  const cyclic: Record<string, unknown> = {};
  cyclic["self"] = cyclic;
  for (const params of [
    { amount: NaN },
    // 1998.9999999999998, and one more than the last that is exact.
    { amount: 19.99 * 100 },
    { amount: 2 ** 53 },
    { amount: () => 1 },
    { customer: "" },
    { customer: "a\n" },
    { card: cyclic },
    { amuont: 1 },
  ]) {
    const server = new Server(paid);
    const [name = ""] = Object.keys(params);
    await assert.rejects(client(server).call(pay, [], params).then(), (error: Error & { kind?: string }) => {
      assert.equal(error.kind, "argument");
      assert.ok(error.message.includes(name));
      return true;
    });
    assert.equal(server.sent.length, 0);
  }
});

test("members are sent in the order of the document, whatever the caller's", async () => {
  const server = new Server(paid);
  await client(server).call(pay, [], { customer: "cust_1", card: undefined, amount: 1 });
  assert.equal(server.sent[0]?.body, '{"amount":1,"customer":"cust_1"}');
});

test("headers: version, key, agent and the caller's own", async () => {
  const server = new Server(paid);
  const core = client(server, {
    userAgent: "shop/2.0",
    clientHeaders: { apiVersion: "2" },
    headers: { "X-Team": "a" },
  });
  await core.call(get, ["pay_1"], {}, { headers: { "x-team": "b" } });
  const headers = server.sent[0]?.headers;
  assert.equal(headers?.get("shop-version"), "2");
  assert.equal(headers.get("user-agent"), "shop/2.0 shop-sdk/1.0.0");
  assert.equal(headers.get("x-team"), "b");
  assert.equal(headers.get("content-type"), null);
  await assert.rejects(core.call(get, ["pay_1"], {}, { headers: { Host: "evil" } }).then(), { kind: "argument" });
});

test("what has no method is called all the same", async () => {
  const server = new Server(json(200, [1, { a: 2 }]));
  const value = await client(server).request("post", "/new/thing", { query: { q: "a b", n: [1, 2] }, body: { x: 1 } });
  assert.deepEqual(value, [1, { a: 2 }]);
  assert.equal(server.sent[0]?.url, "https://api.shop.example/new/thing?q=a%20b&n=1&n=2");
  assert.equal(server.sent[0].body, '{"x":1}');
  assert.ok(server.sent[0].headers.has("idempotency-key"));
  await assert.rejects(client(server).request("GET", "/x?y").then(), { kind: "argument" });
  // A server gets the keys of its own calls, and no others.
  await assert.rejects(client(server).request("GET", "/x", { server: "vault" }).then(), /needs publicKey/);
  await assert.rejects(client(server).request("GET", "/x", { server: "elsewhere" }).then(), { kind: "config" });
  assert.equal(server.sent.length, 1);
});

test("percent-encoding is exact", () => {
  assert.equal(component("a b+c'(é)~/%"), "a%20b%2Bc%27%28%C3%A9%29~%2F%25");
  assert.equal(form("a b+c*~"), "a+b%2Bc*%7E");
  assert.deepEqual(pairs("q", "form", "a/b?c&d+e'", QUERY_RESERVED), [["q", "a/b?c%26d%2Be%27"]]);
});

test("parameters are written in the style of their place", () => {
  const list: Node = ["a", "b c"];
  const object: Node = new Map<string, Node>([
    ["k", 1],
    ["n", null],
  ]);
  const styles: [Style, string | undefined, string | undefined][] = [
    ["simple", "a,b%20c", "k,1"],
    ["simpleExplode", "a,b%20c", "k=1"],
    ["label", ".a,b%20c", ".k,1"],
    ["labelExplode", ".a.b%20c", ".k=1"],
    ["matrix", ";x=a,b%20c", ";x=k,1"],
    ["matrixExplode", ";x=a;x=b%20c", ";k=1"],
    ["json", "%5B%22a%22%2C%22b%20c%22%5D", "%7B%22k%22%3A1%2C%22n%22%3Anull%7D"],
  ];
  for (const [style, ofList, ofObject] of styles) {
    assert.equal(inline("x", style, list, component), ofList, style);
    assert.equal(inline("x", style, object, component), ofObject, style);
  }
  assert.deepEqual(pairs("x", "formExplode", list, QUERY), [
    ["x", "a"],
    ["x", "b%20c"],
  ]);
  assert.deepEqual(pairs("x", "deepObject", toNode({ a: { b: [1] } }) ?? null, QUERY), [
    ["x%5Ba%5D%5Bb%5D%5B%5D", "1"],
  ]);
  assert.deepEqual(pairs("x", "pipeDelimited", list, QUERY), [["x", "a%7Cb%20c"]]);
  assert.deepEqual(pairs("x", "form", null, QUERY), []);
});

test("forms of the same parts are the same bytes, and no part can end them", () => {
  const parts = fieldParts("note", undefined, "text");
  const { boundary, body } = encodeForm(parts);
  assert.equal(boundary, encodeForm(parts).boundary);
  assert.equal(
    new TextDecoder().decode(body),
    `--${boundary}\r\nContent-Disposition: form-data; name="note"\r\n\r\ntext\r\n--${boundary}--\r\n`,
  );
  const hostile = fieldParts("note", undefined, `--${boundary}--`);
  assert.ok(!`--${boundary}--`.includes(encodeForm(hostile).boundary));
  const named = new TextDecoder().decode(encodeForm(fieldParts('a"\r\nX: 1', undefined, "v")).body);
  assert.match(named, /name="a%22%0D%0AX: 1"/);
});

test("base64 has one text for each value", () => {
  for (const text of ["", "f", "fo", "foo", "foob", "fooba", "foobar"]) {
    const bytes = new TextEncoder().encode(text);
    assert.equal(encodeBase64(bytes), Buffer.from(text).toString("base64"));
    assert.deepEqual(decodeBase64(encodeBase64(bytes)), bytes);
    assert.deepEqual(decodeBase64(encodeBase64(bytes).replace(/=/g, "")), bytes);
  }
  for (const wrong of ["a", "====", "Zg=", "Zh==", "Z g=", "Zm9v="]) {
    assert.equal(decodeBase64(wrong), undefined, wrong);
  }
});
