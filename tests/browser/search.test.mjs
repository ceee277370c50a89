// The search finds what readers look for, by keys alone, also on pages that were opened from disk.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";

import { serve } from "./support/server.mjs";
import { KINDS, given } from "./support/sites.mjs";
import { launch, onDisk, visit } from "./support/visit.mjs";

// What is asked for, where it is, and among how many results it must be.
const WANTED = [
  ["charges.create", "charges/create/index.html", 1],
  ["create a charge", "charges/create/index.html", 1],
  ["Create charge", "charges/create/index.html", 1],
  ["POST /charges", "charges/create/index.html", 1],
  ["/charges", "charges/create/index.html", 6],
  ["/charges", "charges/list/index.html", 6],
  ["/charges/{id}/capture", "charges/capture/index.html", 1],
  ["mark_as_paid", "charges/mark-as-paid/index.html", 5],
  ["authorize_uri", "types/charge/index.html#field-authorize-uri", 3],
  ["authorizeUri", "types/charge/index.html#field-authorize-uri", 3],
  ["failureCode", "types/charge/index.html#field-failure-code", 5],
  ["charges", "charges/index.html", 3],
  ["currency", "types/currency/index.html", 5],
  ["Idempotency and retries", "guides/idempotency/index.html", 1],
  ["the life of a charge", "guides/charges/index.html", 1],
  ["pagination", "guides/pagination/index.html", 1],
  ["charge", "charges/create/index.html", 8],
  ["test cards", "guides/testing/index.html", 1],
  ["save a card", "guides/customers/index.html", 5],
  ["retry", "guides/idempotency/index.html", 3],
  ["promptpay", "catalogues/source-types/index.html#promptpay", 1],
  ["insufficient_fund", "catalogues/charge-failure-codes/index.html#insufficient-fund", 1],
];

const site = given("SITE");
let browser;
before(async () => (browser = await launch()));
after(() => browser.close());

/** Types what is looked for, and gives where the results lead, from the site's root. */
async function results(page, query) {
  await page.locator("#site-search").fill(query);
  await page.waitForFunction((query) => {
    const status = document.querySelector("[data-search-status]").textContent;
    return document.querySelector("#site-search").value === query && /results$|^Nothing found/.test(status);
  }, query);
  const links = page.locator("#site-results [role=option]");
  return links.evaluateAll((links) => links.map((link) => new URL(link.getAttribute("href"), document.baseURI).href));
}

for (const [query, path, within] of WANTED) {
  test(`«${query}» finds ${path}`, async () => {
    const tour = await visit(browser, onDisk(site));
    await tour.go(KINDS.operation);
    const found = (await results(tour.page, query)).map((href) => href.replace(onDisk(site), ""));
    const at = found.indexOf(path);
    assert.ok(at >= 0 && at < within, `it is number ${at + 1} of ${JSON.stringify(found, null, 1)}`);
    assert.deepEqual(await tour.end(), []);
  });
}

test("keys alone lead to the place that was found", async () => {
  const tour = await visit(browser, onDisk(site));
  const { page } = tour;
  await tour.go(KINDS.home);
  await page.keyboard.press("/");
  assert.equal(await page.evaluate(() => document.activeElement.id), "site-search");
  assert.equal(await page.locator("#site-search").inputValue(), "", "the key itself is not typed");
  await page.keyboard.type("failure_code");
  const options = page.locator("#site-results [role=option]");
  // What was found while it was still being typed is replaced.
  await page.waitForFunction(() =>
    document.querySelector("#site-results [aria-selected=true]")?.href.includes("failure-code"),
  );
  const chosen = async () => {
    const ids = await options.evaluateAll((all) =>
      all.filter((one) => one.ariaSelected === "true").map((one) => one.id),
    );
    assert.equal(ids.length, 1);
    assert.equal(await page.locator("#site-search").getAttribute("aria-activedescendant"), ids[0]);
    return options.evaluateAll((all, id) => all.findIndex((one) => one.id === id), ids[0]);
  };
  const count = await options.count();
  assert.equal(await chosen(), 0);
  await page.keyboard.press("ArrowDown");
  assert.equal(await chosen(), 1);
  await page.keyboard.press("ArrowUp");
  await page.keyboard.press("ArrowUp");
  assert.equal(await chosen(), count - 1, "the list is a ring");
  await page.keyboard.press("ArrowDown");
  assert.equal(await chosen(), 0);
  assert.ok(count > 2, `${count} results`);
  const addresses = await options.evaluateAll((all) => all.map((one) => one.href));
  const wanted = addresses.findIndex((address) => address.endsWith("types/charge/index.html#field-failure-code"));
  for (let at = 0; at < wanted; at += 1) await page.keyboard.press("ArrowDown");
  await page.keyboard.press("Enter");
  await page.waitForURL(/failure-code$/);
  assert.equal(tour.where(), "types/charge/index.html#field-failure-code");
  const field = page.locator("#field-failure-code");
  assert.ok(await field.isVisible());
  const { top, header } = await field.evaluate((field) => ({
    top: field.getBoundingClientRect().top,
    header: document.querySelector("header").getBoundingClientRect().bottom,
  }));
  assert.ok(top >= header && top < 800, `it is at ${top}, below a header of ${header}`);
  assert.deepEqual(await tour.end(), []);
});

test("Escape empties the box, then leaves it; the other key for it works too", async () => {
  const tour = await visit(browser, onDisk(site));
  const { page } = tour;
  await tour.go(KINDS.operation);
  await page.keyboard.press("Control+k");
  await page.keyboard.type("refund");
  await page.locator("#site-results [role=option]").first().waitFor();
  await page.keyboard.press("Escape");
  assert.ok(await page.locator("#site-results").isHidden());
  assert.equal(await page.locator("#site-search").inputValue(), "");
  assert.equal(await page.locator("#site-search").getAttribute("aria-expanded"), "false");
  await page.keyboard.press("Escape");
  assert.notEqual(await page.evaluate(() => document.activeElement.id), "site-search");
  assert.deepEqual(await tour.end(), []);
});

test("a result on the page that is open leads to its place there", async () => {
  const tour = await visit(browser, onDisk(site));
  const { page } = tour;
  await tour.go(KINDS.object);
  await page.keyboard.press("/");
  await page.keyboard.type("authorize_uri");
  const option = page.locator('[role=option][href$="types/charge/index.html#field-authorize-uri"]');
  await option.click();
  assert.equal(tour.where(), "types/charge/index.html#field-authorize-uri");
  assert.ok(await page.locator("#site-results").isHidden());
  await page.waitForFunction(() => document.querySelector("#field-authorize-uri").getBoundingClientRect().top < 800);
  assert.deepEqual(await tour.end(), []);
});

test("whatever is typed does no harm", async () => {
  const tour = await visit(browser, onDisk(site));
  await tour.go(KINDS.home);
  for (const query of [
    "(",
    "[a-z]+\\",
    "<img src=x onerror=alert(1)>",
    "\"'`",
    "   ",
    "{{ 7*7 }}",
    "日本",
    "__proto__",
    "constructor",
    "zzzzqqqq",
  ]) {
    await tour.page.locator("#site-search").fill(query);
    await tour.page.waitForTimeout(100);
  }
  assert.match(await tour.page.locator("[data-search-status]").textContent(), /^Nothing found/);
  assert.deepEqual(await tour.end(), []);
});

test("it works on a page that is served", async () => {
  const server = await serve(site);
  const tour = await visit(browser, server.base);
  await tour.go(KINDS.guide);
  const found = await results(tour.page, "charges.create");
  assert.equal(found[0], `${server.base}charges/create/index.html`);
  assert.deepEqual(await tour.end(), []);
  server.close();
});
