// What a reader of the first page loads of scripts, and of everything that the search needs.
import assert from "node:assert/strict";
import { test } from "node:test";
import { gzipSync } from "node:zlib";

import { files, given, read } from "./support/sites.mjs";

const LIMIT = 60_000;

test(`the scripts are at most ${LIMIT} bytes, compressed`, (context) => {
  const site = given("SITE");
  const scripts = files(site).filter((path) => /\.m?js$/.test(path));
  const sizes = scripts.map((path) => [path, gzipSync(read(site, path)).length]);
  for (const [path, size] of sizes) context.diagnostic(`${path}: ${size}`);
  const total = sizes.reduce((sum, [, size]) => sum + size, 0);
  context.diagnostic(`in all: ${total}`);
  assert.ok(total <= LIMIT, `${total} bytes`);
});
