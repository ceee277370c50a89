// A document without paths has a site too: one page, whose search finds nothing and says so.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";

import { given, pages } from "./support/sites.mjs";
import { launch, onDisk, visit } from "./support/visit.mjs";

const site = given("EMPTY_SITE");
let browser;
before(async () => (browser = await launch()));
after(() => browser.close());

test("the one page works", async () => {
  assert.deepEqual(pages(site), ["index.html"]);
  const tour = await visit(browser, onDisk(site));
  const { page } = tour;
  await tour.go("index.html");
  assert.ok((await page.locator("h1").textContent()).trim());
  for (const heading of await page.locator("main h2").all()) {
    const below = await heading.evaluate((one) => one.parentElement.textContent.replace(one.textContent, "").trim());
    assert.ok(below, `there is nothing below «${await heading.textContent()}»`);
  }
  await page.keyboard.press("/");
  await page.keyboard.type("anything");
  await page.waitForFunction(() =>
    document.querySelector("[data-search-status]").textContent.startsWith("Nothing found"),
  );
  assert.deepEqual(await tour.end(), []);
});
