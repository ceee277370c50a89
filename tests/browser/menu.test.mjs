// The menu of narrow windows takes the focus, keeps it, and gives it back; odd addresses and other scripts do no harm.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";

import { KINDS, given } from "./support/sites.mjs";
import { launch, onDisk, visit } from "./support/visit.mjs";

const site = given("SITE");
let browser;
before(async () => (browser = await launch()));
after(() => browser.close());

const inMenu = (page) => page.evaluate(() => document.activeElement.closest("#site-navigation") !== null);

for (const reducedMotion of ["no-preference", "reduce"]) {
  test(`the menu opens and closes by keys, motion: ${reducedMotion}`, async () => {
    const tour = await visit(browser, onDisk(site), { viewport: { width: 390, height: 844 }, reducedMotion });
    const { page } = tour;
    await tour.go(KINDS.operation);
    await page.locator("[data-menu]").focus();
    await page.keyboard.press("Enter");
    assert.ok(await inMenu(page), "the menu has the focus");
    await page.keyboard.press("Tab");
    assert.ok(await inMenu(page), "the next stop is in the menu");
    await page.keyboard.press("Escape");
    assert.equal(await page.locator("[data-menu]").getAttribute("aria-expanded"), "false");
    assert.ok(await page.evaluate(() => document.activeElement.matches("[data-menu]")), "the focus is back");
    assert.deepEqual(await tour.end(), []);
  });
}

test("an address that is no text leads to the page", async () => {
  const tour = await visit(browser, onDisk(site));
  await tour.page.goto(`${onDisk(site)}${KINDS.operation}#%`);
  assert.deepEqual(await tour.end(), []);
});

test("Enter that ends a word in the making leads nowhere", async () => {
  const tour = await visit(browser, onDisk(site));
  const { page } = tour;
  await tour.go(KINDS.home);
  await page.locator("#site-search").fill("charge");
  await page.locator("#site-results [role=option]").first().waitFor();
  const before = page.url();
  await page.locator("#site-search").evaluate((input) =>
    input.dispatchEvent(new KeyboardEvent("keydown", { key: "Enter", isComposing: true, bubbles: true, cancelable: true })),
  );
  assert.equal(page.url(), before);
  assert.ok(await page.locator("#site-results").isVisible());
  assert.deepEqual(await tour.end(), []);
});
