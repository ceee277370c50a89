// Without scripts everything can be read: all samples, what is inside every expander, and the way to every page.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";

import { KINDS, given } from "./support/sites.mjs";
import { launch, onDisk, visit } from "./support/visit.mjs";

const site = given("SITE");
let browser;
before(async () => (browser = await launch()));
after(() => browser.close());

const plain = (options = {}) => visit(browser, onDisk(site), { javaScriptEnabled: false, ...options });

/** What of these cannot be seen, in a few words. */
const unseen = (page, selector) =>
  page.locator(selector).evaluateAll((all) => {
    const is = (one) =>
      one.checkVisibility({ checkVisibilityCSS: true, checkOpacity: true }) && one.getBoundingClientRect().height > 0;
    return all.filter((one) => !is(one)).map((one) => `${one.className}: ${one.textContent.trim().slice(0, 40)}`);
  });

test("all samples, and what they are in, can be read", async () => {
  const tour = await plain();
  for (const path of Object.values(KINDS)) {
    await tour.go(path);
    assert.deepEqual(await unseen(tour.page, ".sample, .sample pre, .sample-label, main pre"), [], path);
  }
  await tour.go(KINDS.operation);
  assert.ok((await tour.page.locator(".sample").count()) > 1, "there are several");
  assert.deepEqual(await tour.end(), []);
});

test("every expander opens, and holds something", async () => {
  const tour = await plain();
  const { page } = tour;
  for (const path of [KINDS.operation, KINDS.object, KINDS.list]) {
    await tour.go(path);
    for (const summary of await page.locator("details > summary").all()) {
      await summary.focus();
      await page.keyboard.press("Enter");
    }
    assert.equal(await page.locator("details:not([open])").count(), 0, path);
    assert.deepEqual(await unseen(page, "details > :not(summary), details .field, details .values > li"), [], path);
  }
  assert.deepEqual(await tour.end(), []);
});

test("a link into a closed expander opens it", async () => {
  const tour = await plain();
  const { page } = tour;
  await tour.go(KINDS.object);
  const id = await page.locator("details [id]").last().getAttribute("id");
  await tour.go(`${KINDS.object}#${id}`);
  const target = page.locator(`[id="${id}"]`);
  assert.ok(await target.isVisible());
  assert.ok(await target.evaluate((one) => one.getBoundingClientRect().top < innerHeight));
  assert.deepEqual(await tour.end(), []);
});

test("what only scripts could do is not offered", async () => {
  const tour = await plain();
  for (const path of Object.values(KINDS)) {
    await tour.go(path);
    assert.equal(await tour.page.locator("button:visible, input:visible").count(), 0, path);
  }
  assert.deepEqual(await tour.end(), []);
});

test("a narrow page has its menu", async () => {
  const tour = await plain({ viewport: { width: 390, height: 800 } });
  const { page } = tour;
  await tour.go(KINDS.operation);
  const link = page.getByRole("navigation", { name: "Documentation" }).getByRole("link", { name: "Refunds" }).last();
  assert.ok(!(await link.isVisible()));
  await page.getByRole("link", { name: "Menu", exact: true }).click();
  await link.click();
  await page.waitForURL(/refunds\//);
  assert.deepEqual(await tour.end(), []);
});
