// Every page is whole: links lead to pages and places that are there, ids are unique, and each has what readers, search
// engines and screen readers look for. Read as text: no browser is needed to know it.
import assert from "node:assert/strict";
import { test } from "node:test";
import { posix } from "node:path";

import { tags, unescaped } from "./support/html.mjs";
import { files, given, pages, read } from "./support/sites.mjs";

const ADDRESS = { a: "href", link: "href", script: "src", img: "src" };

/** Addresses of a page that lead into the site. */
function inside(page) {
  const found = tags(page).flatMap(({ name, attributes }) => attributes[ADDRESS[name]] ?? []);
  return found.filter((address) => !/^[a-z][a-z0-9+.-]*:/i.test(address));
}

/** What is wrong with a page. */
function faults(site, path, all, idsOf) {
  const text = read(site, path);
  const found = tags(text);
  const of = (name) => found.filter((tag) => tag.name === name);
  const faults = [];
  const ids = found.map(({ attributes }) => attributes.id).filter((id) => id !== undefined);
  for (const id of new Set(ids)) {
    if (ids.filter((other) => other === id).length > 1) faults.push(`the id ${id} is there twice`);
    if (!/^[\w-]+$/.test(id)) faults.push(`the id ${id} is no plain word`);
  }
  for (const name of ["aria-controls", "aria-labelledby", "aria-describedby", "for"]) {
    const named = found.flatMap(({ attributes }) => (attributes[name] ?? "").split(/\s+/).filter(Boolean));
    for (const id of named) if (!ids.includes(id)) faults.push(`${name} names ${id}, which is not there`);
  }
  if (of("h1").length !== 1) faults.push(`${of("h1").length} h1`);
  if (!of("title")[0]?.text.trim()) faults.push("no title");
  if (!of("html")[0]?.attributes.lang) faults.push("no lang");
  const [description] = of("meta").filter(({ attributes }) => attributes.name === "description");
  if (description && !description.attributes.content.trim()) faults.push("a description that says nothing");
  const twin = of("link").find(({ attributes }) => attributes.type === "text/markdown");
  if (twin?.attributes.href !== "index.md") faults.push("its head names no twin in Markdown");
  if (!all.has(posix.join(posix.dirname(path), "index.md"))) faults.push("no twin in Markdown");
  for (const address of inside(text)) {
    const [file, id] = address.split("#");
    const target = file === "" ? path : posix.join(posix.dirname(path), decodeURIComponent(file));
    if (!all.has(target)) faults.push(`${address} leads nowhere`);
    else if (id !== undefined && !idsOf(target).has(decodeURIComponent(id)))
      faults.push(`${address} has no such place`);
  }
  return faults;
}

function checked(site) {
  const all = new Set(files(site));
  const known = new Map();
  const idsOf = (path) => {
    if (!known.has(path)) known.set(path, new Set(tags(read(site, path)).map(({ attributes }) => attributes.id)));
    return known.get(path);
  };
  const found = pages(site).flatMap((path) => faults(site, path, all, idsOf).map((fault) => `${path}: ${fault}`));
  assert.deepEqual(found, []);
}

for (const name of ["SITE", "HOSTILE_SITE", "EMPTY_SITE"]) {
  test(`every page of ${name} is whole, and so is every link`, () => checked(given(name)));
}

test("links of the twins in Markdown lead to twins", () => {
  const site = given("SITE");
  const all = new Set(files(site));
  const found = [];
  for (const path of [...all].filter((path) => path.endsWith(".md"))) {
    const prose = read(site, path)
      .replace(/^(`{3,})[^\n]*\n[^]*?\n\1$/gm, "")
      .replace(/(`+)[^`]+\1/g, "");
    for (const [, address] of prose.matchAll(/\]\(([^)\s]+)\)/g)) {
      if (/^[a-z]+:/.test(address)) continue;
      const target = posix.join(
        posix.dirname(path),
        address.replaceAll("\\", "").split("#")[0] || posix.basename(path),
      );
      if (!all.has(target) || !target.endsWith(".md")) found.push(`${path}: ${address}`);
    }
  }
  assert.deepEqual(found, []);
});

test("the lists name every page", () => {
  const site = given("SITE");
  const map = read(site, "sitemap.xml");
  const list = read(site, "llms.txt");
  const named = [...map.matchAll(/<loc>([^<]*)<\/loc>/g)].map(([, address]) => unescaped(address));
  const [home] = named.toSorted((one, other) => one.length - other.length);
  const wanted = pages(site).map((path) => home + path.replace(/index\.html$/, ""));
  assert.deepEqual(named.toSorted(), wanted.toSorted());
  const missing = pages(site).filter((path) => !list.includes(`](${path.replace(/html$/, "md")})`));
  assert.deepEqual(
    missing.filter((path) => path !== "index.html"),
    [],
  );
});
