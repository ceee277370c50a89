// Text of a document stays text: on no page of `hostile.yaml` does anything of it run, lead astray, or fetch.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";

import { tags } from "./support/html.mjs";
import { serve } from "./support/server.mjs";
import { given, pages, read } from "./support/sites.mjs";
import { launch, onDisk, visit } from "./support/visit.mjs";

const site = given("HOSTILE_SITE");
let browser;
before(async () => (browser = await launch()));
after(() => browser.close());

/** Everything on a page that could be pressed or passed over. */
async function press(page) {
  await page.locator("details").evaluateAll((all) => all.forEach((one) => (one.open = true)));
  await page.evaluate(() => {
    // Hostile handlers listen for these; links would only lead away.
    for (const one of document.querySelectorAll("main *")) {
      for (const kind of ["mouseover", "focus", "load", "error", "toggle"]) one.dispatchEvent(new Event(kind));
    }
    for (const button of document.querySelectorAll("main button")) button.click();
  });
}

async function tourOf(base) {
  const tour = await visit(browser, base);
  for (const path of pages(site)) {
    await tour.go(path);
    await press(tour.page);
    assert.equal(tour.where(), path, "the page is still the one that was opened");
  }
  return tour;
}

test("nothing of it runs or is fetched, opened from disk", async () => {
  assert.ok(pages(site).length > 6);
  assert.deepEqual(await (await tourOf(onDisk(site))).end(), []);
});

test("nor served", async () => {
  const server = await serve(site);
  assert.deepEqual(await (await tourOf(server.base)).end(), []);
  server.close();
});

test("nor without the policy, which is only the second wall", async () => {
  const tour = await visit(browser, onDisk(site), { bypassCSP: true });
  for (const path of pages(site)) {
    await tour.go(path);
    await press(tour.page);
  }
  assert.deepEqual(await tour.end(), []);
});

test("nor as a result of the search", async () => {
  const tour = await visit(browser, onDisk(site));
  const { page } = tour;
  await tour.go("index.html");
  for (const query of ["script", "hit", "things", "img", "quotes", "alert"]) {
    await page.locator("#site-search").fill(query);
    await page.waitForTimeout(150);
  }
  const addresses = await page.locator("#site-results a").evaluateAll((all) => all.map((one) => one.href));
  for (const address of addresses) assert.ok(address.startsWith(onDisk(site)), address);
  assert.deepEqual(await tour.end(), []);
});

test("its pages hold only what templates wrote", () => {
  const known = new Set(["script", "link", "meta"]);
  for (const path of pages(site)) {
    // The reading is strict: a `<` that begins no tag of ours fails it.
    for (const { name, attributes } of tags(read(site, path))) {
      assert.ok(
        !["iframe", "object", "embed", "base", "form", "style", "img", "math", "frame", "xmp"].includes(name),
        `${path}: <${name}>`,
      );
      for (const [attribute, value] of Object.entries(attributes)) {
        assert.ok(
          !attribute.startsWith("on") && attribute !== "style" && attribute !== "srcset",
          `${path}: ${attribute}`,
        );
        if (["href", "src", "action", "formaction", "data"].includes(attribute) || attribute.endsWith(":href")) {
          const scheme = value
            .replace(/[\u0000-\u0020]/g, "")
            .match(/^([a-z][a-z0-9+.-]*):/i)?.[1]
            .toLowerCase();
          assert.ok([undefined, "https", "http", "mailto"].includes(scheme), `${path}: ${value}`);
          assert.ok(!value.startsWith("//"), `${path}: ${value}`);
          if (known.has(name)) assert.equal(scheme, undefined, `${path}: <${name}> ${value}`);
        }
      }
    }
  }
});

test("its text is shown as it was written", async () => {
  const tour = await visit(browser, onDisk(site));
  await tour.go("index.html");
  assert.match(await tour.page.title(), /<\/title><script>/);
  assert.match(await tour.page.locator("h1").textContent(), /\{\{ 7\*7 \}\}/, "no template reads it");
  assert.ok((await tour.page.locator("main").textContent()).includes("<iframe"));
  assert.deepEqual(await tour.end(), []);
});
