// What makes reading easier where scripts run. Without them every page is whole: all languages, plain links.
(() => {
  "use strict";

  const root = document.documentElement;
  const all = (selector, within = document) => [...within.querySelectorAll(selector)];
  const first = (selector, within = document) => within.querySelector(selector);

  const store = {
    get(key) {
      try {
        return localStorage.getItem(key);
      } catch {
        return null;
      }
    },
    set(key, value) {
      try {
        localStorage.setItem(key, value);
      } catch {
        // The choice then lasts as long as the page.
      }
    },
  };

  function make(tag, attributes, text) {
    const element = document.createElement(tag);
    for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
    if (text !== undefined) element.textContent = text;
    return element;
  }

  // Theme ----------------------------------------------------------------------------------------------------------

  function theme() {
    const button = first("[data-theme-toggle]");
    const system = matchMedia("(prefers-color-scheme: dark)");
    const dark = () => (root.dataset.theme ? root.dataset.theme === "dark" : system.matches);
    const show = () => button.setAttribute("aria-pressed", String(dark()));
    button.addEventListener("click", () => {
      const next = dark() ? "light" : "dark";
      root.dataset.theme = next;
      store.set("docs.theme", next);
      show();
    });
    system.addEventListener("change", show);
    button.hidden = false;
    show();
  }

  // Languages ------------------------------------------------------------------------------------------------------

  const groups = [];

  // A group without the language keeps what it shows.
  function choose(language, origin) {
    const before = origin ? origin.getBoundingClientRect().top : 0;
    for (const group of groups) group.select(language);
    // Groups above may have grown or shrunk; what was clicked stays where it is.
    if (origin) scrollBy({ top: origin.getBoundingClientRect().top - before, behavior: "instant" });
  }

  // Names of what changed, in the chosen language where it has one.
  function names(list) {
    const own = all(":scope > [data-language]", list);
    groups.push({
      select(language) {
        const known = own.some((name) => name.dataset.language === language);
        own.forEach((name) => (name.hidden = known && name.dataset.language !== language));
      },
    });
  }

  function namesChoice(chosen) {
    const line = first("[data-names-choice]");
    if (!line) return;
    const select = first("select", line);
    const known = [...select.options].some((option) => option.value === chosen);
    if (known) select.value = chosen;
    else choose(select.value);
    select.addEventListener("change", () => {
      store.set("docs.language", select.value);
      choose(select.value);
    });
    line.hidden = false;
  }

  function tabs(group, number) {
    const panels = all(":scope > .sample", group);
    if (panels.length < 2) return;
    const list = make("div", { role: "tablist", "aria-label": "Language", class: "tabs" });
    const buttons = panels.map((panel, index) => {
      const id = `site-tab-${number}-${index}`;
      const label = first(".sample-label", panel);
      const button = make("button", { type: "button", role: "tab", id, "aria-controls": `${id}-panel` }, label.textContent);
      label.hidden = true;
      panel.id = `${id}-panel`;
      panel.setAttribute("role", "tabpanel");
      panel.setAttribute("aria-labelledby", id);
      list.append(button);
      return button;
    });
    const show = (chosen) => {
      buttons.forEach((button, index) => {
        button.setAttribute("aria-selected", String(index === chosen));
        button.tabIndex = index === chosen ? 0 : -1;
        panels[index].hidden = index !== chosen;
      });
    };
    const pick = (index) => {
      const { language } = panels[index].dataset;
      store.set("docs.language", language);
      choose(language, list);
    };
    list.addEventListener("click", (event) => {
      const index = buttons.indexOf(event.target);
      if (index >= 0) pick(index);
    });
    list.addEventListener("keydown", (event) => {
      const at = buttons.indexOf(document.activeElement);
      const last = buttons.length - 1;
      const to = { ArrowRight: at === last ? 0 : at + 1, ArrowLeft: at === 0 ? last : at - 1, Home: 0, End: last }[event.key];
      if (at < 0 || to === undefined || event.ctrlKey || event.metaKey || event.altKey) return;
      event.preventDefault();
      buttons[to].focus();
      pick(to);
    });
    group.prepend(list);
    group.classList.add("ready");
    groups.push({
      select(language) {
        const index = panels.findIndex((panel) => panel.dataset.language === language);
        if (index >= 0) show(index);
      },
    });
    show(0);
  }

  // Copying --------------------------------------------------------------------------------------------------------

  // Pages opened from disk have no clipboard in some browsers; a selection serves there.
  async function copy(text) {
    try {
      await navigator.clipboard.writeText(text);
      return true;
    } catch {
      const area = make("textarea", { readonly: "", class: "visually-hidden", "aria-hidden": "true" });
      area.value = text;
      document.body.append(area);
      area.select();
      const done = document.execCommand("copy");
      area.remove();
      return done;
    }
  }

  function copyButton(of, what) {
    const button = make("button", { type: "button", class: "copy" });
    const label = make("span", { class: "visually-hidden" }, ` ${what}`);
    const word = make("span", { "aria-live": "polite" }, "Copy");
    button.append(word, label);
    let timer;
    button.addEventListener("click", async () => {
      const done = await copy(of.textContent.replace(/\n$/, ""));
      word.textContent = done ? "Copied" : "Select and copy";
      button.focus();
      clearTimeout(timer);
      timer = setTimeout(() => (word.textContent = "Copy"), 1600);
    });
    return button;
  }

  function copying() {
    for (const pre of all("pre")) {
      let box = pre.closest(".block");
      if (!box) {
        box = make("div", { class: "block" });
        pre.replaceWith(box);
        box.append(pre);
      }
      if (!pre.hasAttribute("tabindex")) {
        pre.tabIndex = 0;
        pre.setAttribute("role", "group");
        pre.setAttribute("aria-label", "Code");
      }
      box.append(copyButton(pre, pre.getAttribute("aria-label") || "code"));
    }
    for (const code of all("code[data-copy]")) code.after(copyButton(code, "address"));
  }

  // Places ---------------------------------------------------------------------------------------------------------

  // What is behind `#`; nothing where that is no text.
  function anchor(hash) {
    try {
      return decodeURIComponent(hash.slice(1));
    } catch {
      return "";
    }
  }

  function arrive() {
    const id = anchor(location.hash);
    const target = id && document.getElementById(id);
    if (!target || id === "site-navigation") return;
    for (let at = target; at; at = at.parentElement) if (at.tagName === "DETAILS") at.open = true;
    // An own expander of the target opens too: who links to an object wants to see it.
    const inner = first(":scope > dd > details", target);
    if (inner) inner.open = true;
    target.scrollIntoView({ block: "start", behavior: "instant" });
  }

  function places() {
    addEventListener("hashchange", arrive);
    // The same link again changes no hash, and still should lead there.
    document.addEventListener("click", (event) => {
      const link = event.target.closest?.('a[href^="#"]');
      if (link && link.hash === location.hash && !event.defaultPrevented) requestAnimationFrame(arrive);
    });
    arrive();
  }

  // Expanders ------------------------------------------------------------------------------------------------------

  function expanders() {
    for (const section of all("[data-expand]")) {
      const details = all("details", section);
      const heading = first("h2", section);
      if (details.length < 2 || !heading) continue;
      const button = make("button", { type: "button", class: "expand" }, "Open all");
      const opened = () => details.every((one) => one.open);
      const show = () => (button.textContent = opened() ? "Close all" : "Open all");
      button.addEventListener("click", () => {
        const open = !opened();
        for (const one of details) one.open = open;
        show();
      });
      section.addEventListener("toggle", show, true);
      const bar = make("div", { class: "bar" });
      heading.replaceWith(bar);
      bar.append(heading, button);
    }
    let closed = [];
    addEventListener("beforeprint", () => {
      closed = all("details:not([open])");
      for (const one of closed) one.open = true;
    });
    addEventListener("afterprint", () => {
      for (const one of closed) one.open = false;
    });
  }

  // Menu -----------------------------------------------------------------------------------------------------------

  // A link to the navigation that CSS shows when it is the target; here it opens in place, and gives the focus back.
  function menu() {
    const opener = first("[data-menu]");
    const closer = first("[data-menu-close]");
    const nav = document.getElementById("site-navigation");
    opener.setAttribute("role", "button");
    opener.setAttribute("aria-expanded", "false");
    opener.setAttribute("aria-controls", nav.id);
    closer.setAttribute("role", "button");
    const show = (open) => {
      nav.classList.toggle("open", open);
      root.classList.toggle("menu-open", open);
      opener.setAttribute("aria-expanded", String(open));
    };
    const set = (open) => {
      show(open);
      (open ? closer : opener).focus();
    };
    const press = (element, open) => {
      element.addEventListener("click", (event) => {
        event.preventDefault();
        set(open());
      });
      element.addEventListener("keydown", (event) => {
        if (event.key !== " ") return;
        event.preventDefault();
        set(open());
      });
    };
    press(opener, () => !nav.classList.contains("open"));
    press(closer, () => false);
    addEventListener("keydown", (event) => {
      if (event.key === "Escape" && nav.classList.contains("open")) set(false);
    });
    // The shade beside the open menu belongs to nothing: a press there closes it.
    addEventListener("pointerdown", (event) => {
      if (nav.classList.contains("open") && !nav.contains(event.target) && !opener.contains(event.target)) set(false);
    });
    // Whoever walks out of it by keys has left it.
    nav.addEventListener("focusout", (event) => {
      if (event.relatedTarget && !nav.contains(event.relatedTarget) && event.relatedTarget !== opener) show(false);
    });
    matchMedia("(min-width: 60rem)").addEventListener("change", () => show(false));
    const here = first('[aria-current="page"]', nav);
    if (here && nav.scrollHeight > nav.clientHeight) nav.scrollTop = here.offsetTop - nav.clientHeight / 3;
  }

  // Lists ----------------------------------------------------------------------------------------------------------

  function filters() {
    for (const table of all("[data-filter]")) {
      const rows = all("tbody tr", table);
      if (rows.length < 12) continue;
      const id = "site-filter";
      const box = make("div", { class: "filter" });
      const input = make("input", { type: "search", id, autocomplete: "off", spellcheck: "false" });
      const count = make("span", { role: "status" }, `${rows.length} rows`);
      box.append(make("label", { for: id }, "Filter"), input, count);
      const texts = rows.map((row) => row.textContent.toLowerCase());
      input.addEventListener("input", () => {
        const words = input.value.toLowerCase().split(/\s+/).filter(Boolean);
        let shown = 0;
        rows.forEach((row, index) => {
          row.hidden = !words.every((word) => texts[index].includes(word));
          if (!row.hidden) shown += 1;
        });
        count.textContent = shown === rows.length ? `${shown} rows` : `${shown} of ${rows.length} rows`;
      });
      table.before(box);
    }
  }

  function contents() {
    const links = all("[data-contents] a");
    const targets = links.map((link) => document.getElementById(anchor(link.hash)));
    if (!targets.some(Boolean)) return;
    const mark = () => {
      let now = -1;
      targets.forEach((target, index) => {
        if (target && target.getBoundingClientRect().top < 120) now = index;
      });
      links.forEach((link, index) => {
        if (index === now) link.setAttribute("aria-current", "true");
        else link.removeAttribute("aria-current");
      });
    };
    let waiting = false;
    addEventListener(
      "scroll",
      () => {
        if (waiting) return;
        waiting = true;
        requestAnimationFrame(() => {
          waiting = false;
          mark();
        });
      },
      { passive: true },
    );
    mark();
  }

  theme();
  all("[data-samples]").forEach(tabs);
  all(".names").forEach(names);
  const language = store.get("docs.language");
  if (language) choose(language);
  namesChoice(language);
  copying();
  expanders();
  menu();
  filters();
  contents();
  places();
})();
