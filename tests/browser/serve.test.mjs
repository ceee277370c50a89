// `cargo xtask docs --serve`: what is changed shows in the page that is open, and the page is otherwise the published one.
import assert from "node:assert/strict";
import { spawn, spawnSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { createInterface } from "node:readline";
import { after, before, test } from "node:test";

import { files, given, read, repository } from "./support/sites.mjs";
import { launch, visit } from "./support/visit.mjs";

const xtask = resolve(given("XTASK"));
const templates = resolve(process.env.TEMPLATES ?? repository("templates"));
const folder = mkdtempSync(join(tmpdir(), "served-"));
const write = (path, text) => writeFileSync(join(folder, path), text);
const guide = (text) => `+++\ntitle = "First steps"\nsummary = "How to begin."\nsection = "Start"\n+++\n${text}\n`;
const ARGUMENTS = ["docs", "--config", join(folder, "sdk.toml"), "--templates", join(folder, "templates")];

let browser;
let served;
let base;

/** The site of a small document, so that it is made anew in a moment. */
before(async () => {
  mkdirSync(join(folder, "guides"));
  cpSync(join(templates, "docs"), join(folder, "templates/docs"), { recursive: true });
  write("sdk.toml", 'name = "small"\nschema = "openapi.yaml"\n\n[docs]\nguides = "guides"\n');
  write(
    "openapi.yaml",
    "openapi: 3.0.3\ninfo: {title: Small, version: '1'}\npaths:\n  /things:\n    get: {operationId: things.list, responses: {'204': {description: none}}}\n",
  );
  write("guides/first.md", guide("The first words."));
  served = spawn(xtask, [...ARGUMENTS, "--serve"], { stdio: ["ignore", "pipe", "inherit"] });
  for await (const line of createInterface({ input: served.stdout })) {
    base = line.trim();
    break;
  }
  assert.match(base, /^http:\/\/127\.0\.0\.1:\d+\/$/);
  browser = await launch();
});

after(async () => {
  await browser?.close();
  served?.kill();
  rmSync(folder, { recursive: true, force: true });
});

// One change follows the other at once, as when somebody saves what he is writing.
test("a change of a guide, a template, a style or the document shows by itself", async () => {
  const tour = await visit(browser, base);
  const { page } = tour;
  await tour.go("guides/first/index.html");
  await page.getByText("The first words.").waitFor();
  write("guides/first.md", guide("Other words."));
  await page.getByText("Other words.").waitFor();
  const footer = join(folder, "templates/docs/_footer.html.tera");
  writeFileSync(footer, readFileSync(footer, "utf8").replace("<p>", "<p>Below everything. "));
  await page.getByText("Below everything.").waitFor();
  const styles = join(folder, "templates/docs/assets/docs.css");
  writeFileSync(styles, `${readFileSync(styles, "utf8")}\nh1 { letter-spacing: 3px; }\n`);
  await page.waitForFunction(() => getComputedStyle(document.querySelector("h1")).letterSpacing === "3px");
  await tour.go("things/list/index.html");
  const schema = readFileSync(join(folder, "openapi.yaml"), "utf8");
  write("openapi.yaml", schema.replace("things.list,", "things.list, summary: All that there is,"));
  await page.getByRole("heading", { name: "All that there is" }).waitFor();
  assert.deepEqual(await tour.end(), []);
});

test("what cannot be used leaves the last site, and the next change is seen", async () => {
  const tour = await visit(browser, base);
  await tour.go("guides/first/index.html");
  write("guides/first.md", "no head");
  await tour.page.waitForTimeout(1500);
  await tour.page.reload();
  assert.equal(await tour.page.locator("h1").textContent(), "First steps");
  write("guides/first.md", guide("Mended."));
  await tour.page.getByText("Mended.").waitFor();
  assert.deepEqual(await tour.end(), []);
});

test("only the script that reloads it sets it apart from the published site", async () => {
  const out = join(folder, "out");
  const made = spawnSync(xtask, [...ARGUMENTS, "--out", out], { encoding: "utf8" });
  assert.equal(made.status, 0, made.stderr);
  const published = files(out).filter((path) => path !== ".generated.json");
  for (const path of published) {
    const answer = await fetch(base + path);
    assert.equal(answer.status, 200, path);
    const text = await answer.text();
    const alike = path.endsWith(".html")
      ? text.replace(" connect-src 'self';", "").replace(/<script src="\/-\/reload\.js"[^<>]*><\/script>/, "")
      : text;
    assert.equal(alike, read(out, path), path);
    if (path.endsWith(".html")) assert.notEqual(text, alike, `${path} would not reload`);
  }
});

test("a folder is its page, and what is not there is not found", async () => {
  assert.equal((await fetch(base)).status, 200);
  assert.equal((await fetch(`${base}things`)).url, `${base}things/`);
  for (const path of ["nowhere/", "..%2fsdk.toml", "%2e%2e/sdk.toml", "assets/"]) {
    assert.equal((await fetch(base + path)).status, 404, path);
  }
});
