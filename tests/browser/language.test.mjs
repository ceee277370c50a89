// The language that a reader chose holds on every page that shows it, also on pages opened from disk.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";

import { serve } from "./support/server.mjs";
import { KINDS, given } from "./support/sites.mjs";
import { launch, onDisk, visit } from "./support/visit.mjs";

const LANGUAGES = ["curl", "rust", "typescript", "python", "go"];

const site = given("SITE");
let browser;
before(async () => (browser = await launch()));
after(() => browser.close());

/** The languages whose samples are seen, in the groups that offer several. */
const seen = (page) =>
  page
    .locator("[data-samples]:has([role=tab]) > .sample:visible")
    .evaluateAll((all) => all.map((one) => one.dataset.language));

async function holds(base) {
  const tour = await visit(browser, base);
  const { page } = tour;
  await tour.go(KINDS.operation);
  assert.deepEqual(await seen(page), ["curl"], "nothing was chosen yet");
  await page.getByRole("tab", { name: "Python" }).first().click();
  assert.deepEqual(await seen(page), ["python"]);
  const link = page.getByRole("navigation", { name: "Documentation" }).getByRole("link", { name: "Retrieve a charge" });
  await link.click();
  await page.waitForURL(/charges\/retrieve\//);
  assert.deepEqual(await seen(page), ["python"]);
  assert.equal(await page.getByRole("tab", { name: "Python" }).first().getAttribute("aria-selected"), "true");
  for (const path of [KINDS.guide, KINDS.home]) {
    await tour.go(path);
    const languages = await seen(page);
    assert.ok(languages.length > 0 && languages.every((language) => language === "python"), `${path}: ${languages}`);
  }
  await page.reload();
  assert.ok((await seen(page)).every((language) => language === "python"));
  assert.deepEqual(await tour.end(), []);
}

test("from page to page, opened from disk", () => holds(onDisk(site)));

test("from page to page, served", async () => {
  const server = await serve(site);
  await holds(server.base);
  server.close();
});

test("every language is offered where a call is shown", async () => {
  const tour = await visit(browser, onDisk(site));
  for (const path of [KINDS.home, KINDS.operation, KINDS.list]) {
    await tour.go(path);
    const offered = await tour.page
      .locator("[data-samples]")
      .first()
      .locator(".sample")
      .evaluateAll((all) => all.map((one) => one.dataset.language));
    assert.deepEqual(offered, LANGUAGES, path);
  }
  assert.deepEqual(await tour.end(), []);
});

test("keys move between the tabs", async () => {
  const tour = await visit(browser, onDisk(site));
  const { page } = tour;
  await tour.go(KINDS.operation);
  const tabs = page.locator("[role=tablist]").first().getByRole("tab");
  await tabs.first().focus();
  await page.keyboard.press("ArrowRight");
  assert.equal(await page.evaluate(() => document.activeElement.textContent), await tabs.nth(1).textContent());
  assert.equal(await tabs.nth(1).getAttribute("aria-selected"), "true");
  await page.keyboard.press("End");
  assert.equal(await tabs.last().getAttribute("aria-selected"), "true");
  await page.keyboard.press("ArrowRight");
  assert.equal(await tabs.first().getAttribute("aria-selected"), "true");
  const panel = page.locator(`[id="${await tabs.first().getAttribute("aria-controls")}"]`);
  assert.ok(await panel.isVisible());
  await page.keyboard.press("Tab");
  assert.ok(await panel.evaluate((panel) => panel.contains(document.activeElement)), "the code comes next");
  assert.deepEqual(await tour.end(), []);
});

test("what was clicked stays where it is", async () => {
  const tour = await visit(browser, onDisk(site));
  const { page } = tour;
  await tour.go(KINDS.guide);
  const lists = page.locator("[role=tablist]");
  const list = lists.nth((await lists.count()) - 1);
  await list.scrollIntoViewIfNeeded();
  const top = () => list.evaluate((list) => list.getBoundingClientRect().top);
  const before = await top();
  await list.getByRole("tab").last().click();
  assert.ok(Math.abs((await top()) - before) < 2, `from ${before} to ${await top()}`);
  assert.deepEqual(await tour.end(), []);
});

test("the theme that was chosen holds too", async () => {
  const tour = await visit(browser, onDisk(site), { colorScheme: "light" });
  const { page } = tour;
  const ground = () => page.evaluate(() => getComputedStyle(document.body).backgroundColor);
  await tour.go(KINDS.home);
  const light = await ground();
  await page.getByRole("button", { name: "Dark theme" }).click();
  const dark = await ground();
  assert.notEqual(light, dark);
  await tour.go(KINDS.operation);
  assert.equal(await ground(), dark);
  await page.getByRole("button", { name: "Dark theme" }).click();
  assert.equal(await ground(), light);
  assert.deepEqual(await tour.end(), []);
});
