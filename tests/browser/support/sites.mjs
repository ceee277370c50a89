// The sites that are looked at, and what is on them. Whoever runs the scripts has made the sites and says where they are:
//
//     SITE          the site of the API that is configured, with what changed since an older document
//     HOSTILE_SITE  the site of `hostile.yaml`, with what changed since a document without paths
//     EMPTY_SITE    the site of a document without paths
//     XTASK         the program that makes sites
//     TOOLS         where `.ci/tools` installed the browser's driver; `target/tools` unless it is set
//     CHROMIUM      the browser; Debian's unless it is set
import { readFileSync, readdirSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const REPOSITORY = join(dirname(fileURLToPath(import.meta.url)), "../../..");

/** A file or folder of the repository. */
export const repository = (path) => join(REPOSITORY, path);

const DEFAULTS = { TOOLS: repository("target/tools"), CHROMIUM: "/usr/bin/chromium" };

export function given(name) {
  const value = process.env[name] ?? DEFAULTS[name];
  if (!value) throw new Error(`${name} is not set: run \`BROWSER=1 cargo test -p tests browser\``);
  return value;
}

/** A page of each kind, and of types one of each shape. */
export const KINDS = {
  home: "index.html",
  guide: "guides/quickstart/index.html",
  "guide with tables": "guides/testing/index.html",
  resource: "charges/index.html",
  operation: "charges/create/index.html",
  list: "charges/list/index.html",
  object: "types/charge/index.html",
  types: "types/index.html",
  enum: "types/currency/index.html",
  union: "types/any-object/index.html",
  catalogue: "catalogues/errors/index.html",
  changelog: "changelog/index.html",
};

/** Every file of a site, by its path in it. */
export function files(site) {
  const entries = readdirSync(site, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  const paths = entries.map((entry) => join(entry.parentPath ?? entry.path, entry.name).slice(site.length));
  return paths.map((path) => path.replace(/^[\\/]+/, "").replaceAll("\\", "/")).sort();
}

/** Every page of a site. */
export const pages = (site) => files(site).filter((path) => path.endsWith(".html"));

export const read = (site, path) => readFileSync(join(site, path), "utf8");
