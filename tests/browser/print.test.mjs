// On paper nothing is folded away: whatever is inside expanders is there, samples are in the language that was chosen or in
// all, and what only a screen needs is not there.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";

import { KINDS, given } from "./support/sites.mjs";
import { launch, onDisk, visit } from "./support/visit.mjs";

const site = given("SITE");
let browser;
before(async () => (browser = await launch()));
after(() => browser.close());

/** What of these would not be printed. */
const missing = (page, selector) =>
  page.locator(selector).evaluateAll((all) => {
    const is = (one) =>
      one.checkVisibility({ checkVisibilityCSS: true, contentVisibilityAuto: true }) && one.getClientRects().length > 0;
    return all
      .filter((one) => !is(one))
      .map((one) => `${one.tagName}.${one.className} ${one.textContent.trim().slice(0, 40)}`);
  });

for (const javaScriptEnabled of [true, false]) {
  test(`everything is printed, ${javaScriptEnabled ? "with" : "without"} scripts`, async () => {
    const tour = await visit(browser, onDisk(site), { javaScriptEnabled });
    const { page } = tour;
    for (const path of Object.values(KINDS)) {
      await tour.go(path);
      await page.emulateMedia({ media: "print" });
      assert.deepEqual(await missing(page, "main h2, .field, .values > li, .variant, pre:not(.sample pre)"), [], path);
      const samples = await missing(page, ".sample");
      const groups = await page.locator("[data-samples]").count();
      const offered = await page.locator(".sample").count();
      assert.equal(offered - samples.length, javaScriptEnabled ? groups : offered, `${path}: samples`);
      // Paper has no tabs that say which language it is.
      assert.deepEqual(await missing(page, ".sample:visible > .sample-label"), [], path);
      assert.equal(
        await page.locator("header.top, nav:visible, button:visible, input:visible").filter({ visible: true }).count(),
        0,
        path,
      );
      // What is cut off by a box that scrolls is lost on paper.
      const cut = await page
        .locator("main pre, main .scroll")
        .evaluateAll((all) =>
          all
            .filter((one) => one.scrollHeight > one.clientHeight + 1 || one.scrollWidth > one.clientWidth + 1)
            .map((one) => one.textContent.slice(0, 40)),
        );
      assert.deepEqual(cut, [], path);
      await page.emulateMedia({ media: "screen" });
    }
    assert.deepEqual(await tour.end(), []);
  });
}

test("expanders are closed again after printing", async () => {
  const tour = await visit(browser, onDisk(site));
  const { page } = tour;
  await tour.go(KINDS.object);
  const closed = () => page.locator("details:not([open])").count();
  const before = await closed();
  await page.evaluate(() => dispatchEvent(new Event("beforeprint")));
  assert.equal(await closed(), 0);
  await page.evaluate(() => dispatchEvent(new Event("afterprint")));
  assert.equal(await closed(), before);
  assert.deepEqual(await tour.end(), []);
});
