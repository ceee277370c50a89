// Pictures of pages of every kind, in both themes, wide and narrow, for people to look at: `PICTURES` says where they go.
import { mkdirSync } from "node:fs";
import { join } from "node:path";

import { KINDS, given } from "./support/sites.mjs";
import { launch, onDisk, visit } from "./support/visit.mjs";

const out = given("PICTURES");
mkdirSync(out, { recursive: true });
const browser = await launch();
for (const colorScheme of ["light", "dark"]) {
  for (const width of [390, 1280]) {
    const tour = await visit(browser, onDisk(given("SITE")), {
      colorScheme,
      viewport: { width, height: width === 390 ? 844 : 900 },
    });
    for (const [kind, path] of Object.entries(KINDS)) {
      await tour.go(path);
      const name = `${kind.replaceAll(" ", "-")}-${colorScheme}-${width}.png`;
      await tour.page.screenshot({ path: join(out, name), animations: "disabled" });
    }
    await tour.context.close();
  }
}
await browser.close();
