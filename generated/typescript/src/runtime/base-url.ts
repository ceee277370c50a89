/** Base URLs: where a host is, and whether a key may be sent there. */

import type { Server } from "./operation.js";

/** A URL that cannot be used. The message goes on from the name of the URL. */
export class BadUrlError extends Error {}

/**
 * The URL of a server with its variables in place. `given` are the client's options.
 *
 * A value may not leave the piece of the URL it stands in: with it the keys would go elsewhere.
 */
export function fillUrl(server: Server, given: Readonly<Record<string, string | undefined>>): string {
  let url = "";
  let rest = server.url;
  for (;;) {
    const found = /^([^{]*)\{([^}]*)\}/.exec(rest);
    if (found === null) {
      return url + rest;
    }
    const [whole, before = "", name = ""] = found;
    url += before;
    rest = rest.slice(whole.length);
    const variable = Object.hasOwn(server.variables, name) ? server.variables[name] : undefined;
    if (variable === undefined) {
      throw new BadUrlError(`has a variable \`${name}\` that nobody knows`);
    }
    const value = given[variable.option] ?? variable.default;
    if (value === undefined) {
      throw new BadUrlError(`needs its variable \`${name}\`: set it on the client`);
    }
    if (!mayStand(value, url, rest)) {
      throw new BadUrlError(`has a variable \`${name}\` that cannot be ${JSON.stringify(value)}`);
    }
    url += value;
  }
}

/** Whether a value has only characters that its piece of a URL may have. */
function mayStand(value: string, before: string, after: string): boolean {
  const [, beyond] = before.split("://", 2);
  if (beyond !== undefined) {
    // The path, or the host and its port.
    return beyond.includes("/") ? /^[\w\-.~/:@!$&'()*+,;=%]*$/.test(value) : /^[\w\-.:]*$/.test(value);
  }
  // A path of somewhere, or the whole URL, is checked as one.
  return after.startsWith("://") ? /^[A-Za-z0-9+\-.]*$/.test(value) : true;
}

/**
 * Checks a base URL and brings it to the form that paths are appended to: no slash at the end.
 *
 * Keys travel in every request, so only `https` will do, except to this machine itself.
 */
export function parseBaseUrl(text: string, allowInsecure: boolean): string {
  if (/[?#]/.test(text)) {
    throw new BadUrlError("has a query or a fragment, which a base URL cannot have");
  }
  const bare = text.replace(/\/+$/, "");
  check(bare, allowInsecure);
  return bare;
}

/** Scheme, host and port of a base URL, as it has them. */
export function originOf(base: string): string {
  return /^[^:]*:\/\/[^/]*/.exec(base)?.[0] ?? base;
}

/** Where tokens are fetched: an absolute URL, or one that is relative to a base URL. */
export function tokenUrl(text: string, base: string, allowInsecure: boolean): string {
  const [scheme = ""] = base.split("://", 1);
  let absolute = text;
  if (text.startsWith("//")) {
    absolute = `${scheme}:${text}`;
  } else if (text.startsWith("/")) {
    absolute = originOf(base) + text;
  } else if (!text.includes("://")) {
    absolute = `${base}/${text}`;
  }
  if (absolute.includes("#")) {
    throw new BadUrlError("has a fragment, which is never sent");
  }
  check(absolute, allowInsecure);
  return absolute;
}

function check(text: string, allowInsecure: boolean): void {
  // What URL parsers take out or turn into a slash would make another URL than the one that is read here.
  if (!/^[a-zA-Z][a-zA-Z0-9+\-.]*:\/\/[^\s\\\p{Cc}]*$/u.test(text)) {
    throw new BadUrlError("is not an absolute URL like https://api.example.com");
  }
  let url: URL;
  try {
    url = new URL(text);
  } catch {
    throw new BadUrlError("is not a URL");
  }
  const host = url.hostname;
  if (host === "" || host.startsWith(".") || host.includes("..")) {
    throw new BadUrlError("has no proper host");
  }
  if (originOf(text).includes("@")) {
    throw new BadUrlError("holds user name or password: set credentials on the client");
  }
  if (/\/(?:\.|%2e){1,2}(?:\/|\?|$)/i.test(text)) {
    throw new BadUrlError("has `.` or `..` in its path");
  }
  if (url.protocol === "http:" && !allowInsecure && !isLoopback(host)) {
    throw new BadUrlError("is not https: keys would travel in the clear (`allowInsecureHttp` permits it)");
  }
  if (url.protocol !== "http:" && url.protocol !== "https:") {
    throw new BadUrlError("is neither https nor http");
  }
}

function isLoopback(host: string): boolean {
  return host === "localhost" || host === "[::1]" || /^127(?:\.[0-9]+){3}$/.test(host);
}
