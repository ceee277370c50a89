// Pages ask for nothing but files of the site, set no cookie, keep to a strict policy, and leave the console empty.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";

import { tags } from "./support/html.mjs";
import { serve } from "./support/server.mjs";
import { KINDS, given, pages, read } from "./support/sites.mjs";
import { launch, onDisk, visit } from "./support/visit.mjs";

const site = given("SITE");
let browser;
before(async () => (browser = await launch()));
after(() => browser.close());

/** Does what readers do on a page. */
async function use(page) {
  // From the outermost in; more than a few would show nothing new.
  for (const summary of (await page.locator("details > summary").all()).slice(0, 8)) {
    if (await summary.isVisible()) await summary.click();
  }
  for (const tab of await page.getByRole("tab").all()) await tab.click();
  const copy = page.locator(".block:visible .copy").first();
  if (await copy.count()) await copy.click();
  await page.locator("#site-search").fill("charge");
  await page.locator("#site-results [role=option]").first().waitFor();
}

test("opened from disk, no page does anything else", async () => {
  const tour = await visit(browser, onDisk(site));
  for (const path of pages(site)) await tour.go(path);
  assert.deepEqual(await tour.end(), []);
});

test("nor when it is used", async () => {
  const tour = await visit(browser, onDisk(site));
  for (const path of Object.values(KINDS)) {
    await tour.go(path);
    await use(tour.page);
  }
  assert.deepEqual(await tour.end(), []);
});

test("nor when it is served, with its policy as a header", async () => {
  const server = await serve(site);
  const tour = await visit(browser, server.base);
  for (const path of Object.values(KINDS)) {
    await tour.go(path);
    await use(tour.page);
  }
  assert.deepEqual(await tour.end(), []);
  server.close();
});

test("every page has the policy, before anything that it is for", () => {
  for (const path of pages(site)) {
    const found = tags(read(site, path));
    const at = found.findIndex(({ attributes }) => attributes["http-equiv"] === "Content-Security-Policy");
    assert.ok(at >= 0, path);
    const rules = new Map(found[at].attributes.content.split(";").map((rule) => rule.trim().split(/\s+(.*)/)));
    assert.equal(rules.get("default-src"), "'none'", path);
    for (const [name, sources] of rules) {
      const allowed = name === "img-src" ? ["'none'", "'self'", "'self' data:"] : ["'none'", "'self'"];
      assert.ok(allowed.includes(sources), `${path}: ${name} ${sources}`);
    }
    for (const name of ["script", "link", "style", "img"]) {
      const first = found.findIndex((tag) => tag.name === name);
      assert.ok(first < 0 || first > at, `${path}: <${name}> stands before the policy`);
    }
  }
});

test("what a page should not do is noticed", async () => {
  const tour = await visit(browser, onDisk(site));
  await tour.go(KINDS.home);
  await tour.page.evaluate(() => {
    const script = document.createElement("script");
    script.textContent = "alert(1)";
    const image = new Image();
    image.src = "https://example.com/image.png";
    document.cookie = "a=b";
    console.warn("careful");
    document.body.append(script, image);
  });
  await tour.page.waitForTimeout(300);
  const problems = (await tour.end()).join("\n");
  for (const expected of ["script-src", "https://example.com/image.png", "it set a cookie", "careful"]) {
    assert.ok(problems.includes(expected), `${expected}\n${problems}`);
  }
});
