/** The header `Link` (RFC 8288), and where its links lead. */

/** A link that cannot be followed. */
export class BadLinkError extends Error {}

interface Link {
  readonly target: string;
  readonly parameters: ReadonlyMap<string, string>;
}

const MALFORMED = "the link to the next page is malformed";
const ELSEWHERE = "the link to the next page leads to another origin";

/** What the first link with the relation `next` points to, as it is written. A link with an anchor is another page's. */
export function nextLink(headers: Headers): string | undefined {
  const isNext = ({ parameters }: Link): boolean => {
    const relations = (parameters.get("rel") ?? "").toLowerCase().split(/\s+/);
    return relations.includes("next") && !parameters.has("anchor");
  };
  return linksOf(headers.get("link") ?? "").find(isNext)?.target;
}

/** Whether a text is a path, and a query perhaps, below some host. */
export function isPath(text: string): boolean {
  const [path = ""] = text.split("?", 1);
  const hasDots = path.split("/").some((segment) => segment === "." || segment === "..");
  return /^\/(?!\/)[\x21-\x7e]*$/.test(text) && !/[#\\]/.test(text) && !hasDots;
}

/**
 * The path and query of a link on the page at `url`. One that leaves the page's origin is refused: it would be followed
 * with the keys that this host is trusted with.
 */
export function resolveLink(url: string, written: string): string {
  const [link = ""] = written.split("#", 1);
  const found = /^([^:]*):\/\/[^/?]*([^?]*)(.*)$/.exec(url);
  if (found === null) {
    throw new BadLinkError(MALFORMED);
  }
  const [, scheme = "", path = "", query = ""] = found;
  const here = path === "" ? "/" : path;
  let target: string;
  if (link.startsWith("//")) {
    target = sameOrigin(`${scheme}:${link}`, url);
  } else if (/^[^/?]*:/.test(link)) {
    target = sameOrigin(link, url);
  } else if (link === "") {
    target = here + query;
  } else if (link.startsWith("/")) {
    target = link;
  } else if (link.startsWith("?")) {
    target = here + link;
  } else {
    target = `${here.slice(0, here.lastIndexOf("/"))}/${link}`;
  }
  if (!isPath(target)) {
    throw new BadLinkError(MALFORMED);
  }
  return target;
}

/** The path and query of an absolute link, as written. */
function sameOrigin(link: string, url: string): string {
  let there: URL;
  try {
    there = new URL(link);
  } catch {
    throw new BadLinkError(MALFORMED);
  }
  const hasUser = /^[^:]*:\/\/[^/?]*@/.test(link) || /[\\\s]/.test(link);
  const isWeb = there.protocol === "https:" || there.protocol === "http:";
  if (!isWeb || hasUser || there.origin !== new URL(url).origin) {
    throw new BadLinkError(ELSEWHERE);
  }
  const rest = /^[^:]*:\/\/[^/?]*(.*)$/.exec(link)?.[1] ?? "";
  return rest.startsWith("/") ? rest : `/${rest}`;
}

/** A path and query without the parameters of those names, which are as they are on the wire. */
export function withoutParameters(target: string, names: readonly string[]): string {
  const mark = target.indexOf("?");
  if (mark < 0) {
    return target;
  }
  const path = target.slice(0, mark);
  const pairs = target.slice(mark + 1).split("&");
  const kept = pairs.filter((pair) => !names.includes(pair.split("=", 1)[0] ?? ""));
  return kept.length === 0 ? path : `${path}?${kept.join("&")}`;
}

const TARGET = /[ \t,]*<([^>]*)>[ \t]*/y;
const PARAMETER = /;\s*([^;,=\s]*)\s*(?:=\s*(?:"((?:[^"\\]|\\.)*)"|([^;,]*)))?\s*/y;

/** The links of one header, up to where it is malformed. */
function linksOf(value: string): Link[] {
  const links: Link[] = [];
  let at = 0;
  for (;;) {
    TARGET.lastIndex = at;
    const target = TARGET.exec(value);
    if (target === null) {
      return links;
    }
    at = TARGET.lastIndex;
    const parameters = new Map<string, string>();
    for (;;) {
      PARAMETER.lastIndex = at;
      const parameter = PARAMETER.exec(value);
      if (parameter === null) {
        break;
      }
      at = PARAMETER.lastIndex;
      const name = (parameter[1] ?? "").toLowerCase();
      // The first of several parameters counts.
      if (name !== "" && !parameters.has(name)) {
        parameters.set(name, parameter[2]?.replace(/\\(.)/g, "$1") ?? parameter[3]?.trim() ?? "");
      }
    }
    links.push({ target: (target[1] ?? "").trim(), parameters });
    if (at < value.length && value[at] !== ",") {
      return links;
    }
  }
}
