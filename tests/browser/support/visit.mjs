// A browser, and visits to a site that write down everything a page should not do.
import { createRequire } from "node:module";
import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";

import { given } from "./sites.mjs";

const require = createRequire(join(resolve(given("TOOLS")), "package.json"));
const { chromium } = require("playwright-core");

/** The source of axe-core. */
export const axe = () => require("axe-core").source;

export function launch() {
  return chromium.launch({ executablePath: given("CHROMIUM"), args: ["--no-sandbox", "--force-color-profile=srgb"] });
}

/** Where a site on disk is, as an address. */
export const onDisk = (site) => `${pathToFileURL(resolve(site)).href}/`;

/**
 * A visit to the site at an address. Nothing beyond it is reached: whatever is asked for elsewhere is refused and written
 * down in `problems`, as are what the console says of errors, dialogs, cookies, and what the page's policy forbade.
 */
export async function visit(browser, base, options = {}) {
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 }, ...options });
  context.setDefaultTimeout(20_000);
  const problems = [];
  const note = (page, text) => problems.push(`${page.url().replace(base, "")}: ${text}`);
  await context.exposeBinding("__report", ({ page }, text) => note(page, text));
  await context.addInitScript(trap);
  await context.route("**/*", (route) => (route.request().url().startsWith(base) ? route.continue() : route.abort()));
  const watch = (page) => {
    page.on("console", (message) => {
      if (["error", "warning"].includes(message.type())) note(page, `the console says: ${message.text()}`);
    });
    page.on("pageerror", (error) => note(page, `a script failed: ${error}`));
    page.on("crash", () => note(page, "it crashed"));
    page.on("popup", () => note(page, "it opened another page"));
    page.on("dialog", async (dialog) => {
      note(page, `a dialog: ${dialog.message()}`);
      await dialog.dismiss();
    });
    page.on("request", (request) => {
      if (!request.url().startsWith(base)) note(page, `it asked for ${request.url()}`);
    });
    page.on("requestfailed", (request) => {
      // Whoever leaves a page while it loads breaks off what it asked for.
      const why = request.failure()?.errorText;
      if (why !== "net::ERR_ABORTED" || !request.url().startsWith(base)) note(page, `${request.url()} failed: ${why}`);
    });
    page.on("response", (response) => {
      if (response.status() >= 400) note(page, `${response.url()} answered ${response.status()}`);
    });
  };
  context.on("page", watch);
  const page = await context.newPage();
  return {
    page,
    context,
    problems,
    /** Opens a page of the site, as one who comes by that address. */
    async go(path) {
      // A mere change of the hash would not load the page.
      if (page.url().split("#")[0] === base + path.split("#")[0]) await page.goto("about:blank");
      await page.goto(base + path, { waitUntil: "load" });
    },
    /** Where the page is, from the site's root. */
    where: () => decodeURI(page.url()).replace(decodeURI(base), ""),
    /** Ends the visit, and gives what went wrong on it. */
    async end() {
      const cookies = await context.cookies();
      await context.close();
      return [...problems, ...cookies.map((cookie) => `a cookie: ${cookie.name}`)];
    },
  };
}

/** Runs in each page before anything of its own. */
function trap() {
  document.addEventListener("securitypolicyviolation", (event) => {
    window.__report(`its policy forbade ${event.violatedDirective} ${event.blockedURI}`);
  });
  Object.defineProperty(Document.prototype, "cookie", {
    get: () => "",
    set: (text) => window.__report(`it set a cookie: ${text}`),
  });
  // What hostile text sets where it runs.
  Object.defineProperty(window, "__hit", { set: (text) => window.__report(`text of the document ran: ${text}`) });
}
