/** Lists: where they end, and what happens when something goes wrong on the way. */

import assert from "node:assert/strict";
import { test } from "node:test";

import type { ListCall } from "../runtime/list.js";
import { isPath, nextLink, resolveLink } from "../runtime/link-header.js";
import type { Operation, Paging } from "../runtime/operation.js";
import { client, json, list, reset, Server, type Reply } from "./shop.js";

interface Page {
  readonly data: number[];
}

const walk = (server: Server, operation: Operation = list, params = {}): ListCall<Page, number> =>
  client(server, { maxRetries: 0 }).list<Page, number>(operation, [], params);

const by = (paging: Paging): Operation => ({
  ...list,
  paging,
  params: [{ in: "query", name: "after", style: "formExplode", shape: "string" }],
});

const queries = (server: Server): string[] => server.sent.map(({ url }) => new URL(url).search);

test("a list is one page when it is awaited, and all items when it is walked", async () => {
  const server = new Server(json(200, { data: [1, 2], total: 3 }), json(200, { data: [3], total: 3 }));
  const items: number[] = [];
  for await (const item of walk(server)) {
    items.push(item);
  }
  assert.deepEqual(items, [1, 2, 3]);
  assert.deepEqual(queries(server), ["", "?offset=2"]);
  assert.deepEqual((await walk(new Server(json(200, { data: [7] })))).data, [7]);
});

test("nothing is sent before a list is asked for", async () => {
  const server = new Server(json(200, { data: [] }));
  walk(server);
  await new Promise((resolve) => setImmediate(resolve));
  assert.equal(server.sent.length, 0);
});

test("a list ends at an empty and at a repeated page", async () => {
  assert.deepEqual(
    await walk(new Server(json(200, { data: [] })))
      .items()
      .collect(),
    [],
  );
  const same = new Server(json(200, { data: [1, 2] }));
  assert.deepEqual(await walk(same).items().collect(), [1, 2]);
  assert.equal(same.sent.length, 2);
});

test("a list that repeats itself although there is more is an error, after its items", async () => {
  const items = walk(new Server(json(200, { data: [1, 2], total: 9 }))).items();
  assert.deepEqual(
    [await items.next(), await items.next()].map(({ value }) => value),
    [1, 2],
  );
  await assert.rejects(items.next(), { kind: "paging", name: "ShopError" });
  assert.deepEqual(await items.next(), { done: true, value: undefined });
});

test("a page that failed is asked for again, and no item is given twice", async () => {
  const server = new Server(json(200, { data: [1, 2], total: 3 }), reset, json(200, { data: [3], total: 3 }));
  const items = walk(server).items();
  assert.deepEqual([(await items.next()).value, (await items.next()).value], [1, 2]);
  await assert.rejects(items.next(), { kind: "lost" });
  assert.equal((await items.next()).value, 3);
  assert.deepEqual(queries(server), ["", "?offset=2", "?offset=2"]);
});

test("who asks at the same time gets one item after the other", async () => {
  const items = walk(new Server(json(200, { data: [1, 2], total: 3 }), json(200, { data: [3], total: 3 }))).items();
  const all = await Promise.all([items.next(), items.next(), items.next(), items.next()]);
  assert.deepEqual(
    all.map(({ value }) => value),
    [1, 2, 3, undefined],
  );
});

test("a list goes on where it was left, here or in another process", async () => {
  const items = walk(new Server(json(200, { data: [1, 2, 3], total: 4 }))).items();
  for await (const item of items) {
    if (item === 2) {
      break;
    }
  }
  const position: unknown = JSON.parse(JSON.stringify(items.position));
  assert.equal((await items.next()).value, 3);
  const server = new Server(json(200, { data: [3, 4], total: 4 }));
  assert.deepEqual(
    await walk(server)
      .items(position as never)
      .collect(),
    [3, 4],
  );
  assert.deepEqual(queries(server), ["?offset=2"]);
});

test("cursors are followed until they end or lead in a circle", async () => {
  const operation = by({ by: "cursor", items: "/data", parameter: "after", next: "/next", hasMore: "/more" });
  const page = (item: number, next: string | null, more: boolean): Reply => json(200, { data: [item], next, more });
  const server = new Server(page(1, "a b", true), page(2, "c", true), page(3, null, false));
  assert.deepEqual(await walk(server, operation).items().collect(), [1, 2, 3]);
  assert.deepEqual(queries(server), ["", "?after=a%20b", "?after=c"]);
  const circle = new Server(page(1, "a", true), page(2, "b", true), page(3, "a", true));
  await assert.rejects(walk(circle, operation).items().collect(), /leads back/);
  const nowhere = new Server(page(1, null, true));
  await assert.rejects(walk(nowhere, operation).items().collect(), /not where/);
});

test("links are followed on their own origin alone, with fresh keys", async () => {
  const operation = by({ by: "link", items: "/data" });
  const page = (item: number, link: string): Reply => json(200, { data: [item] }, { link });
  const server = new Server(page(1, '<?after=2&api_key=old>; rel="next"'), page(2, "<x>; rel=prev"));
  const all = client(server, { credentials: { secretKey: "skey_1" } }).list<Page, number>(operation, [], {});
  assert.deepEqual(await all.items().collect(), [1, 2]);
  assert.deepEqual(queries(server), ["", "?after=2"]);
  for (const link of ["https://evil.example/payments", "//evil.example/", "https://api.shop.example@evil.example/"]) {
    const leaving = new Server(page(1, `<${link}>; rel=next`));
    await assert.rejects(walk(leaving, operation).items().collect(), /another origin/);
    assert.equal(leaving.sent.length, 1);
  }
});

test("links are read and resolved", () => {
  const next = (link: string): string | undefined => nextLink(new Headers({ link }));
  assert.equal(next('<a>; rel=prev, <b>; title="x,; \\" y"; rel="next last"'), "b");
  assert.equal(next('<a>; rel=next; anchor="#x"'), undefined);
  assert.equal(next("nonsense"), undefined);
  const here = "https://x.example/v1/a?b=1";
  assert.equal(resolveLink(here, "c"), "/v1/c");
  assert.equal(resolveLink(here, "?c=2#f"), "/v1/a?c=2");
  assert.equal(resolveLink(here, "https://X.example:443/d?e"), "/d?e");
  assert.throws(() => resolveLink(here, "/../d"), /malformed/);
  assert.deepEqual(["/a?b", "//a", "/a/../b", "a", "/a b"].map(isPath), [true, false, false, false, false]);
});
