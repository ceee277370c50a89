// axe-core finds nothing wrong with pages of any kind, in either theme, wide and narrow, also with everything open.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";

import { KINDS, given } from "./support/sites.mjs";
import { axe, launch, onDisk, visit } from "./support/visit.mjs";

const TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];

const site = given("SITE");
const source = axe();
let browser;
before(async () => (browser = await launch()));
after(() => browser.close());

/** What is wrong with the page as it is, each with the first places. */
async function violations(page) {
  await page.evaluate(source);
  const found = await page.evaluate(async (values) => {
    // Style sheets of pages opened from disk cannot be fetched, and need not be.
    const options = { runOnly: { type: "tag", values }, resultTypes: ["violations"], preload: false };
    return (await window.axe.run(document, options)).violations;
  }, TAGS);
  return found.map(({ id, help, nodes }) => {
    const places = nodes.slice(0, 3).map((node) => `${node.target.join(" ")} ${node.any[0]?.message ?? ""}`.trim());
    return `${id}: ${help} (${nodes.length}): ${places.join(" | ")}`;
  });
}

/** Waits until nothing moves: what fades in has not its colours yet. */
const settled = (page) => page.evaluate(() => Promise.all(document.getAnimations().map((one) => one.finished)));

for (const colorScheme of ["light", "dark"]) {
  for (const width of [390, 1280]) {
    for (const [kind, path] of Object.entries(KINDS)) {
      test(`${kind}, ${colorScheme}, ${width}`, async () => {
        const tour = await visit(browser, onDisk(site), { colorScheme, viewport: { width, height: 900 } });
        const { page } = tour;
        await tour.go(path);
        assert.deepEqual(await violations(page), []);
        const opened = await page.locator("details").evaluateAll((all) => all.map((one) => (one.open = true)).length);
        if (opened) assert.deepEqual(await violations(page), [], "with everything open");
        assert.deepEqual(await tour.end(), []);
      });
    }

    test(`the search, ${colorScheme}, ${width}`, async () => {
      const tour = await visit(browser, onDisk(site), { colorScheme, viewport: { width, height: 900 } });
      await tour.go(KINDS.operation);
      await tour.page.locator("#site-search").focus();
      await tour.page.keyboard.type("charge");
      await tour.page.locator("#site-results [role=option]").first().waitFor();
      assert.deepEqual(await violations(tour.page), []);
      assert.deepEqual(await tour.end(), []);
    });
  }

  test(`the menu, ${colorScheme}`, async () => {
    const tour = await visit(browser, onDisk(site), { colorScheme, viewport: { width: 390, height: 900 } });
    await tour.go(KINDS.operation);
    await tour.page.getByRole("button", { name: "Menu", exact: true }).click();
    await settled(tour.page);
    assert.deepEqual(await violations(tour.page), []);
    assert.deepEqual(await tour.end(), []);
  });
}

test("what is wrong is noticed", async () => {
  const tour = await visit(browser, onDisk(site));
  await tour.go(KINDS.home);
  await tour.page.evaluate(() => {
    const text = document.createElement("p");
    text.textContent = "pale";
    text.style.color = "#eee";
    document.querySelector("main").append(text, document.createElement("button"));
  });
  const found = (await violations(tour.page)).map((one) => one.split(":")[0]);
  assert.ok(found.includes("color-contrast") && found.includes("button-name"), String(found));
  await tour.context.close();
});
