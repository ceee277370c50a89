// No page is wider than the window, whatever the window: what is wide by nature scrolls in a box of its own.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";

import { KINDS, given, pages } from "./support/sites.mjs";
import { launch, onDisk, visit } from "./support/visit.mjs";

const WIDTHS = [320, 390, 768, 1280];

const site = given("SITE");
let browser;
before(async () => (browser = await launch()));
after(() => browser.close());

/** By how much a page is too wide, and what sticks out of it. */
const excess = (page) =>
  page.evaluate(() => {
    const width = document.documentElement.clientWidth;
    const over = document.scrollingElement.scrollWidth - width;
    if (over <= 0) return null;
    const is = (one) =>
      one.getBoundingClientRect().right > width + 1 && one.checkVisibility({ checkVisibilityCSS: true });
    const culprits = [...document.body.querySelectorAll("*")].filter(is);
    return `${over} px: ${culprits
      .slice(-3)
      .map((one) => `${one.tagName}.${one.className} ${one.textContent.slice(0, 40)}`)
      .join(" | ")}`;
  });

async function checked(root, paths, widths) {
  const tour = await visit(browser, onDisk(root));
  const { page } = tour;
  const found = [];
  for (const path of paths) {
    await tour.go(path);
    await page.locator("details").evaluateAll((all) => all.forEach((one) => (one.open = true)));
    for (const width of widths) {
      await page.setViewportSize({ width, height: 800 });
      const over = await excess(page);
      if (over) found.push(`${path} at ${width}: ${over}`);
    }
  }
  assert.deepEqual(found, []);
  assert.deepEqual(await tour.end(), []);
}

test("pages of every kind, with everything open", () => checked(site, Object.values(KINDS), WIDTHS));

test("every page, at the narrowest", () => checked(site, pages(site), [320]));

test("pages of a document whose words are long and odd", () => {
  const hostile = given("HOSTILE_SITE");
  return checked(hostile, pages(hostile), WIDTHS);
});
