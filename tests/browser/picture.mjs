// The picture of the site in the README, of a site without marks of what changed:
//
//     cargo xtask docs
//     SITE=target/docs node tests/browser/picture.mjs docs/images/site.png
import { mkdirSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";

import { compact } from "./support/png.mjs";
import { KINDS, given } from "./support/sites.mjs";
import { launch, onDisk, visit } from "./support/visit.mjs";

const LIMIT = 200_000;

const out = process.argv[2];
const browser = await launch();
const tour = await visit(browser, onDisk(given("SITE")), { colorScheme: "light" });
await tour.go(KINDS.operation);
const picture = compact(await tour.page.screenshot({ animations: "disabled" }));
await browser.close();
if (picture.length > LIMIT) throw new Error(`the picture has ${picture.length} bytes, more than ${LIMIT}`);
mkdirSync(dirname(out), { recursive: true });
writeFileSync(out, picture);
