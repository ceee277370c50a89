// The picture of the site in the README: `node tests/browser/picture.mjs docs/images/site.png`, with SITE and TOOLS set as the
// tests set them.
import { statSync } from "node:fs";

import { given, KINDS } from "./support/sites.mjs";
import { launch, onDisk, visit } from "./support/visit.mjs";

const LIMIT = 200_000;

const [, , out] = process.argv;
const browser = await launch();
const options = { colorScheme: "light", viewport: { width: 1280, height: 800 } };
const tour = await visit(browser, onDisk(given("SITE")), options);
await tour.go(KINDS.operation);
await tour.page.screenshot({ path: out, animations: "disabled" });
await browser.close();
const { size } = statSync(out);
if (size > LIMIT) throw new Error(`${out} has ${size} bytes, more than ${LIMIT}`);
