// Search as one types. The index and the engine are fetched when the box is first used, by script tags, since pages may
// be opened from disk.
(() => {
  "use strict";

  const box = document.querySelector("[data-search]");
  if (!box) return;
  const input = box.querySelector("input");
  const list = box.querySelector('[role="listbox"]');
  const status = box.querySelector("[data-search-status]");
  const base = document.body.dataset.root;
  const LIMIT = 12;
  // Whoever types the name of a call wants the call before whatever mentions it.
  const WEIGHT = { operation: 1.4, resource: 1.3, guide: 1.4, type: 1.1, catalogue: 1.1, section: 1, value: 0.9, argument: 0.7, field: 0.6 };
  const PREFIX = { argument: "param-", field: "field-" };
  const SMALL = new Set(["a", "an", "the", "of", "for", "to", "and", "in", "from"]);

  let engine = null;
  let loading = null;
  let active = -1;

  const split = (text) => text.split(/[^\p{L}\p{N}_]+/u);
  // A name is found in the case of any language: failureCode is failure_code. Charges are found under charge, as in the index.
  const term = (word) => singular(word.replace(/([\p{Ll}\p{N}])(\p{Lu})/gu, "$1_$2").toLowerCase());
  const singular = (word) => (/..[^s]s$/.test(word) ? word.slice(0, -1).replace(/(.)ie$/, "$1y") : word);

  const script = (path) =>
    new Promise((resolve, reject) => {
      const element = document.createElement("script");
      element.src = base + path;
      element.onload = resolve;
      element.onerror = () => reject(new Error(path));
      document.head.append(element);
    });

  function load() {
    loading ??= (async () => {
      let data = null;
      window.__searchIndex = (given) => {
        data = given;
      };
      await Promise.all([script("assets/vendor/minisearch.js"), script("assets/search-index.js")]);
      delete window.__searchIndex;
      engine = window.MiniSearch.loadJS(whole(data), {
        fields: data.fields,
        storeFields: ["title", "name", "path", "kind", "summary"],
        tokenize: split,
        processTerm: term,
      });
    })().catch(() => {
      loading = null;
      status.textContent = "The search index could not be loaded.";
    });
    return loading;
  }

  // The index leaves out what follows from the rest: how entries are numbered, and of what is on a page that page's address and
  // title. A place whose anchor is not given has the one that its name makes.
  function whole({ fields, kinds, average, lengths, stored, index }) {
    const byNumber = (list) => Object.fromEntries(list.map((item, number) => [number, item]));
    const entries = stored.map(([kind, title, path, name, summary]) => ({ kind: kinds[kind], title, path, name, summary }));
    stored.forEach(([, , page, anchor], number) => {
      if (typeof page !== "number") return;
      const entry = entries[number];
      entry.path = entries[page].path + (anchor ?? `#${PREFIX[entry.kind] ?? ""}${slug(entry.title)}`);
      entry.name = "";
      entry.summary = entries[page].title;
    });
    return {
      documentCount: stored.length,
      nextId: stored.length,
      documentIds: byNumber(stored.map((_, number) => number)),
      fieldIds: Object.fromEntries(fields.map((field, number) => [field, number])),
      fieldLength: byNumber(lengths),
      averageFieldLength: average,
      storedFields: byNumber(entries),
      dirtCount: 0,
      index: index.map(([term, ...lists]) => [term, Object.fromEntries(lists.map((steps, field) => [field, postings(steps)]))]),
      serializationVersion: 2,
    };
  }

  // How far each entry is from the one before; below zero, how often the term stands in that one.
  function postings(steps) {
    const found = {};
    let at = 0;
    for (const step of steps) {
      if (step < 0) found[at] = -step;
      else found[(at += step)] = 1;
    }
    return found;
  }

  const slug = (name) =>
    name
      .toLowerCase()
      .replace(/[^a-z0-9]+/g, "-")
      .replace(/^-/, "")
      .slice(0, 80)
      .replace(/-+$/, "") || "item";

  function find(query) {
    const options = {
      boost: { title: 4, name: 2.5 },
      prefix: true,
      fuzzy: (word) => (word.length > 4 ? 0.2 : false),
      weights: { prefix: 0.6, fuzzy: 0.2 },
      boostDocument: (_, __, stored) => WEIGHT[stored?.kind] ?? 1,
    };
    const every = engine.search(query, { ...options, combineWith: "AND" });
    const found = every.length ? every : engine.search(query, options);
    const asked = words(query);
    const route = ` ${query.trim().toLowerCase()}`;
    for (const result of found) {
      const title = words(result.title);
      const begins = asked[0] && title[0]?.startsWith(asked[0]) ? 0.5 : 0;
      const isWhole = title.join() === asked.join() ? 1 : 0;
      result.score *= 1 + 2 * share(title, asked) + begins + isWhole;
      // Whoever types an address wants the calls that have it, not those below it.
      if (route.includes("/") && ` ${result.name}`.toLowerCase().endsWith(route)) result.score *= 5;
    }
    return found.sort((a, b) => b.score - a.score).slice(0, LIMIT);
  }

  const words = (text) => split(text).map(term).filter((word) => word && !SMALL.has(word));

  // How much of a title was asked for: "create charge" is all of "Create a charge", and little of a longer one.
  function share(title, asked) {
    const given = title.filter((word) => asked.some((one) => word === one || (one.length > 2 && word.startsWith(one))));
    return title.length ? given.length / title.length : 0;
  }

  // Text with what matched in <mark>; made of text nodes, since titles are an API's and not ours.
  function marked(text, terms) {
    const fragment = document.createDocumentFragment();
    const wanted = terms.filter(Boolean).sort((a, b) => b.length - a.length).map((word) => word.replace(/[.*+?^${}()|[\]\\]/g, "\\$&"));
    const parts = wanted.length ? text.split(new RegExp(`(${wanted.join("|")})`, "iu")) : [text];
    parts.forEach((part, index) => {
      if (index % 2 === 0) return fragment.append(part);
      const mark = document.createElement("mark");
      mark.textContent = part;
      fragment.append(mark);
    });
    return fragment;
  }

  function span(name, content) {
    const element = document.createElement("span");
    element.className = name;
    element.append(content);
    return element;
  }

  function option(result, index) {
    const link = document.createElement("a");
    link.id = `site-result-${index}`;
    link.setAttribute("role", "option");
    link.setAttribute("aria-selected", "false");
    link.tabIndex = -1;
    link.href = base + result.path;
    link.append(span("result-title", marked(result.title, result.terms)), span("result-kind", result.kind));
    if (result.name) link.append(span("result-name", marked(result.name, result.terms)));
    if (result.summary) link.append(span("result-summary", result.summary));
    // Pressing must not take the focus from the box before the click arrives.
    link.addEventListener("mousedown", (event) => event.preventDefault());
    link.addEventListener("mousemove", () => activate(index, false));
    link.addEventListener("click", (event) => {
      if (!event.ctrlKey && !event.metaKey && !event.shiftKey) close();
    });
    return link;
  }

  function activate(index, scroll = true) {
    const options = list.children;
    if (active >= 0) options[active]?.setAttribute("aria-selected", "false");
    active = index;
    if (active < 0) return input.removeAttribute("aria-activedescendant");
    options[active].setAttribute("aria-selected", "true");
    input.setAttribute("aria-activedescendant", options[active].id);
    if (scroll) options[active].scrollIntoView({ block: "nearest" });
  }

  function open(results) {
    list.replaceChildren(...results.map(option));
    list.hidden = false;
    input.setAttribute("aria-expanded", "true");
    activate(-1);
    activate(0);
    list.scrollTop = 0;
  }

  function close() {
    list.hidden = true;
    list.replaceChildren();
    active = -1;
    input.setAttribute("aria-expanded", "false");
    input.removeAttribute("aria-activedescendant");
    box.classList.remove("empty");
  }

  async function update() {
    const query = input.value.trim();
    if (query) await load();
    // While the index came, more was typed: the later call answers.
    if (!engine || query !== input.value.trim()) return;
    if (!query) {
      status.textContent = "";
      return close();
    }
    const results = find(query);
    if (results.length) open(results);
    else close();
    box.classList.toggle("empty", !results.length);
    status.textContent = results.length ? `${results.length} results` : `Nothing found for ${query}`;
  }

  function keys(event) {
    // Enter ends the writing of a word in some scripts, and means that alone.
    if (event.isComposing) return;
    const count = list.hidden ? 0 : list.children.length;
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step && count) {
      event.preventDefault();
      activate((active + step + count) % count);
    } else if (step) {
      event.preventDefault();
      update();
    } else if (event.key === "Enter" && count) {
      event.preventDefault();
      const link = list.children[Math.max(active, 0)];
      if (event.ctrlKey || event.metaKey) window.open(link.href);
      else link.click();
    } else if (event.key === "Escape") {
      event.preventDefault();
      if (input.value) {
        input.value = "";
        update();
        close();
      } else {
        input.blur();
      }
    }
  }

  // Keys that write elsewhere stay there.
  const writes = (element) => element.matches?.("input, textarea, select, [contenteditable]");

  document.addEventListener("keydown", (event) => {
    const slash = event.key === "/" && !event.ctrlKey && !event.metaKey && !event.altKey && !writes(event.target);
    const k = event.key.toLowerCase() === "k" && (event.ctrlKey || event.metaKey) && !event.altKey && !event.shiftKey;
    if (!slash && !k) return;
    event.preventDefault();
    input.focus();
    input.select();
  });
  input.addEventListener("focus", load);
  input.addEventListener("focus", () => {
    if (input.value.trim()) update();
  });
  input.addEventListener("input", update);
  input.addEventListener("keydown", keys);
  box.addEventListener("focusout", (event) => {
    if (!box.contains(event.relatedTarget)) close();
  });
  box.hidden = false;
})();
