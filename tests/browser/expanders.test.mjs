// Expanders work by keys, links lead into them, and the address of a field is one that stays.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";

import { KINDS, given } from "./support/sites.mjs";
import { launch, onDisk, visit } from "./support/visit.mjs";

const site = given("SITE");
let browser;
before(async () => (browser = await launch()));
after(() => browser.close());

/** Fails unless a place is seen, below the header. */
async function isInView(page, id) {
  const target = page.locator(`[id="${id}"]`);
  assert.ok(await target.isVisible(), `${id} is not to be seen`);
  const at = await target.evaluate((one) => ({
    top: one.getBoundingClientRect().top,
    header: document.querySelector("header").getBoundingClientRect().bottom,
    height: innerHeight,
  }));
  assert.ok(at.top >= at.header - 1 && at.top < at.height - 20, `${id}: ${JSON.stringify(at)}`);
}

/** The ids of fields inside expanders, the outermost first. */
const inside = (page) => page.locator("details .field[id]").evaluateAll((all) => all.map((one) => one.id));

test("Enter and Space open and close an expander", async () => {
  const tour = await visit(browser, onDisk(site));
  const { page } = tour;
  await tour.go(KINDS.object);
  const details = page.locator("details").first();
  const isOpen = () => details.evaluate((one) => one.open);
  await details.locator("> summary").focus();
  assert.equal(await isOpen(), false);
  await page.keyboard.press("Enter");
  assert.equal(await isOpen(), true);
  await page.keyboard.press("Space");
  assert.equal(await isOpen(), false);
  await page.keyboard.press("Enter");
  await page.keyboard.press("Tab");
  assert.ok(await details.evaluate((one) => one.contains(document.activeElement)), "what it holds comes next");
  assert.deepEqual(await tour.end(), []);
});

test("one button opens all and closes all", async () => {
  const tour = await visit(browser, onDisk(site));
  const { page } = tour;
  await tour.go(KINDS.object);
  const section = page.locator("[data-expand]").first();
  const closed = () => section.locator("details:not([open])").count();
  assert.ok((await closed()) > 1);
  await section.getByRole("button", { name: "Open all" }).focus();
  await page.keyboard.press("Enter");
  assert.equal(await closed(), 0);
  await section.getByRole("button", { name: "Close all" }).click();
  assert.equal(await section.locator("details[open]").count(), 0);
  assert.deepEqual(await tour.end(), []);
});

for (const [width, height] of [
  [1280, 800],
  [390, 800],
]) {
  test(`a link into closed expanders opens them and leads there, at ${width}`, async () => {
    const tour = await visit(browser, onDisk(site), { viewport: { width, height } });
    const { page } = tour;
    for (const path of [KINDS.operation, KINDS.object]) {
      await tour.go(path);
      const ids = await inside(page);
      assert.ok(ids.length > 3, path);
      for (const id of [ids[0], ids[Math.floor(ids.length / 2)], ids.at(-1)]) {
        await tour.go(`${path}#${id}`);
        await isInView(page, id);
      }
    }
    assert.deepEqual(await tour.end(), []);
  });
}

test("a link on the page itself does too, and again after it was closed", async () => {
  const tour = await visit(browser, onDisk(site));
  const { page } = tour;
  await tour.go(KINDS.object);
  const id = (await inside(page)).at(-1);
  const follow = () =>
    page.evaluate((id) => {
      const link = document.createElement("a");
      link.href = `#${id}`;
      document.body.append(link);
      link.click();
    }, id);
  for (const time of ["first", "second"]) {
    await follow();
    await page
      .waitForFunction((id) => document.getElementById(id).checkVisibility(), id)
      .catch(() => assert.fail(time));
    await isInView(page, id);
    await page.evaluate(() => {
      for (const one of document.querySelectorAll("details[open]")) one.open = false;
      scrollTo(0, 0);
    });
  }
  assert.deepEqual(await tour.end(), []);
});

test("a link to a field of the page leads below the header", async () => {
  const tour = await visit(browser, onDisk(site));
  for (const place of [
    `${KINDS.operation}#param-amount`,
    `${KINDS.operation}#errors`,
    `${KINDS.object}#field-failure-code`,
  ]) {
    await tour.go(place);
    await isInView(tour.page, place.split("#")[1]);
  }
  assert.deepEqual(await tour.end(), []);
});

test("addresses of fields are plain and stay", async () => {
  const tour = await visit(browser, onDisk(site));
  const { page } = tour;
  for (const path of [KINDS.operation, KINDS.list, KINDS.object]) {
    await tour.go(path);
    const fields = await page.locator(".field").evaluateAll((all) =>
      all.map((one) => ({
        id: one.id,
        name: one.querySelector(":scope > dt .name").textContent,
        link: one.querySelector(":scope > dt a.anchor").getAttribute("href"),
      })),
    );
    assert.ok(fields.length > 0, path);
    for (const { id, name, link } of fields) {
      assert.match(id, /^(param|field|header)-[a-z0-9]+(-[a-z0-9]+)*$/, path);
      assert.equal(link, `#${id}`, path);
      const own = name
        .toLowerCase()
        .replace(/[^a-z0-9]+/g, "-")
        .replace(/^-|-$/g, "");
      assert.ok(id.includes(own), `${path}: ${name} is at ${id}`);
    }
  }
  await tour.go(KINDS.operation);
  const amount = page.locator("#param-amount");
  await amount.hover();
  await amount.getByRole("link", { name: "Link to amount" }).click();
  assert.equal(tour.where(), `${KINDS.operation}#param-amount`);
  assert.deepEqual(await tour.end(), []);
});
