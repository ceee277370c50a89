/** Keys: which are needed, whether they are of the right kind, and how they travel. */

import { encodeBase64 } from "./base64.js";
import { SdkError } from "./errors.js";
import type { Operation, Requirement, Scheme } from "./operation.js";
import { form } from "./percent.js";
import { without } from "./secret.js";

/** A user name and a password. */
export interface UserPassword {
  readonly username: string;
  readonly password: string;
}

/** The id and secret that a client fetches its tokens with. */
export interface ClientSecret {
  readonly clientId: string;
  readonly clientSecret: string;
}

/** A key, a user name with a password, or a client's id with its secret. Nothing shows what it holds. */
export class Credential {
  readonly #user: string | undefined;
  readonly #secret: string;

  constructor(
    readonly scheme: Scheme,
    given: string | UserPassword | ClientSecret,
  ) {
    if (typeof given === "string") {
      this.#user = undefined;
      this.#secret = given;
    } else if ("clientId" in given) {
      this.#user = given.clientId;
      this.#secret = given.clientSecret;
    } else {
      this.#user = given.username;
      this.#secret = given.password;
    }
  }

  /** Where its token is fetched, when it must be. */
  get tokenUrl(): string | undefined {
    const { kind } = this.scheme;
    return kind.type === "clientCredentials" && this.#user !== undefined ? kind.tokenUrl : undefined;
  }

  /** The raw key, for the places that no header is. */
  get key(): string {
    return this.#secret;
  }

  /** The value of the header it travels in; empty while its token is not there. */
  get header(): string {
    const { kind } = this.scheme;
    switch (kind.type) {
      case "basic":
      case "basicKey":
        return basic(this.#pair);
      case "bearer":
        return `Bearer ${this.#secret}`;
      case "clientCredentials":
        return this.#user === undefined ? `Bearer ${this.#secret}` : "";
      case "http":
        return `${kind.scheme} ${this.#secret}`;
      default:
        return this.#secret;
    }
  }

  /** The header with a client's id and secret (RFC 6749, "Client Password"). */
  get clientHeader(): string {
    return basic(`${form(this.#user ?? "")}:${form(this.#secret)}`);
  }

  get #pair(): string {
    return this.#user === undefined ? `${this.#secret}:` : `${this.#user}:${this.#secret}`;
  }

  /** Says what is wrong with the credential, without showing it. */
  problem(all: readonly Scheme[]): string | undefined {
    const { name, kind, prefixes } = this.scheme;
    const [user, key] = [this.#user, this.#secret];
    if (typeof key !== "string" || (user !== undefined && typeof user !== "string")) {
      return `${name} is no text`;
    }
    if (user === undefined && key === "") {
      return `${name} is empty`;
    }
    // A line break at the end comes with keys read from files.
    const stray = kind.type === "http" ? /\p{Cc}/u : /[\p{Cc}\s]/u;
    if (user === undefined && stray.test(key)) {
      return `${name} holds a space or a line break`;
    }
    if (user !== undefined && kind.type === "clientCredentials" && key === "") {
      return `the secret of ${name} is empty`;
    }
    if (user?.includes(":") === true && kind.type !== "clientCredentials") {
      return `the user name of ${name} holds a colon, which HTTP Basic cannot carry`;
    }
    if (kind.type === "basicKey" && /[^\x20-\x7e]|:/.test(key)) {
      return `${name} holds a colon or a letter that no key has`;
    }
    if (prefixes.includes(key)) {
      return `${name} ends after its prefix`;
    }
    if (begins(this.scheme, key)) {
      return undefined;
    }
    const other = all.find((scheme) => begins(scheme, key));
    const given = other === undefined ? name : `${name} was given a ${other.name}`;
    if (prefixes.length === 0) {
      return other === undefined ? undefined : given;
    }
    const wanted = `must begin with \`${prefixes.join("` or `")}\``;
    return other === undefined ? `${name} ${wanted}` : `${given}: it ${wanted}`;
  }

  /** Takes the credential out of text that came from elsewhere, in every form in which it travels. */
  redact(text: string): string {
    if (this.#secret === "") {
      return text;
    }
    const forms = [this.#secret, form(this.#secret), basic(this.#pair), this.clientHeader];
    let clean = text;
    for (const sent of forms) {
      const bare = sent.replace(/^Basic /, "");
      // Whoever quotes it may have left the padding out.
      clean = without(without(clean, bare), bare.replace(/=+$/, ""));
    }
    return clean;
  }
}

function basic(pair: string): string {
  return `Basic ${encodeBase64(new TextEncoder().encode(pair))}`;
}

function begins(scheme: Scheme, key: string): boolean {
  return scheme.prefixes.some((prefix) => key.startsWith(prefix));
}

/** The header a scheme travels in, in lower case. */
export function headerOf(scheme: Scheme): string | undefined {
  switch (scheme.kind.type) {
    case "header":
      return scheme.kind.name.toLowerCase();
    case "query":
    case "cookie":
      return undefined;
    default:
      return "authorization";
  }
}

/** Headers that the caller set, in lower case. */
export interface OwnHeaders {
  /** With this request: they replace what the client would send. */
  readonly request: ReadonlySet<string>;
  /** With every request: they stand in for what is not configured. */
  readonly client: ReadonlySet<string>;
}

/** A key that goes with a call, and what its token must allow. */
export interface ChosenKey {
  readonly credential: Credential;
  readonly scopes: readonly string[];
}

/**
 * Chooses the first alternative whose every scheme is configured, or has its header set by the caller, who then sends his
 * own. One that needs nothing comes last: what is configured is sent.
 */
export function chooseKeys(
  operation: Operation,
  schemes: readonly Scheme[],
  configured: ReadonlyMap<string, Credential>,
  own: OwnHeaders,
): ChosenKey[] {
  const find = (requirement: Requirement): ChosenKey | "own" | undefined => {
    const { scheme: name, scopes } =
      typeof requirement === "string" ? { scheme: requirement, scopes: [] } : requirement;
    const scheme = schemes.find((known) => known.name === name);
    const header = scheme === undefined ? undefined : headerOf(scheme);
    if (header !== undefined && own.request.has(header)) {
      return "own";
    }
    const credential = configured.get(name);
    if (credential !== undefined) {
      return { credential, scopes };
    }
    return header !== undefined && own.client.has(header) ? "own" : undefined;
  };
  const needing = operation.security.filter((all) => all.length > 0);
  for (const alternative of needing) {
    const found = alternative.map(find);
    if (!found.includes(undefined)) {
      return found.filter((key): key is ChosenKey => typeof key === "object");
    }
  }
  if (needing.length < operation.security.length || operation.security.length === 0) {
    return [];
  }
  const nameOf = (requirement: Requirement): string =>
    typeof requirement === "string" ? requirement : requirement.scheme;
  const alternatives = needing.map((all) => all.map(nameOf).join(" and "));
  throw new SdkError({ kind: "config", detail: `needs ${alternatives.join(", or ")}: set it on the client` });
}
