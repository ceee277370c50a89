/** What all calls of a client share. */

import { BadUrlError, fillUrl, parseBaseUrl, tokenUrl } from "./base-url.js";
import { Budget } from "./budget.js";
import { Credential, type ClientSecret, type UserPassword } from "./credential.js";
import { SdkError } from "./errors.js";
import { OutgoingHeaders } from "./header.js";
import type { Operation, Profile } from "./operation.js";
import type { BaseOptions, Fetch } from "./options.js";
import type { RetryPolicy } from "./retry.js";
import { carriedKeys, maskCards, without } from "./secret.js";
import { TokenStore } from "./tokens.js";

/** What generated code makes of a client's options. */
export interface Settings extends BaseOptions {
  /** By scheme. */
  readonly credentials: Readonly<Record<string, string | UserPassword | ClientSecret | undefined>>;
  /** By server. */
  readonly baseUrls: Readonly<Record<string, string | undefined>>;
  /** The server that takes the calls of the one it stands in for. */
  readonly server?: string | undefined;
  /** By option of the variable. */
  readonly variables: Readonly<Record<string, string | undefined>>;
  /** By scheme. */
  readonly tokenUrls: Readonly<Record<string, string | undefined>>;
  /** By option of the header. */
  readonly clientHeaders: Readonly<Record<string, string | undefined>>;
}

/** Banks take up to a minute to decide on a charge. */
const TIMEOUT = 65_000;
const MAX_RESPONSE_BYTES = 16 * 1024 * 1024;

/** A client's settings, checked. It is held where nothing that shows a client looks. */
export class Shared {
  readonly profile: Profile;
  readonly credentials = new Map<string, Credential>();
  readonly headers = new OutgoingHeaders();
  readonly fetch: Fetch;
  readonly timeout: number;
  readonly totalTimeout: number | undefined;
  readonly policy: RetryPolicy;
  readonly budget: Budget;
  readonly tokens = new TokenStore();
  readonly maxResponseBytes: number;
  readonly allowUnverified: boolean;
  readonly #settings: Settings;
  readonly #headerSecrets: readonly string[];
  /** By index of the server. One may have no usable URL; then only calls to it fail. */
  readonly #bases: readonly (string | SdkError)[];

  constructor(profile: Profile, settings: Settings) {
    this.profile = profile;
    this.#settings = settings;
    this.#addCredentials();
    this.#addHeaders();
    this.#headerSecrets = Object.values(settings.headers ?? {}).flatMap(carriedKeys);
    this.#bases = profile.servers.map((_, at) => this.#baseUrl(at));
    this.#checkTokenUrls();
    this.fetch = settings.fetch ?? globalFetch();
    this.timeout = positive("timeout", settings.timeout) ?? TIMEOUT;
    this.totalTimeout = positive("totalTimeout", settings.totalTimeout);
    this.policy = {
      most: counted("maxRetries", settings.maxRetries) ?? 2,
      longestWait: counted("maxRetryWait", settings.maxRetryWait) ?? 30_000,
      base: counted("backoff.base", settings.backoff?.base) ?? 500,
      cap: counted("backoff.cap", settings.backoff?.cap) ?? 8000,
    };
    this.budget = new Budget(counted("retryBudget", settings.retryBudget) ?? 50);
    this.maxResponseBytes = counted("maxResponseBytes", settings.maxResponseBytes) ?? MAX_RESPONSE_BYTES;
    this.allowUnverified = settings.allowUnverified === true;
  }

  /** Takes the client's own keys, and whatever may be a card number, out of text that came from elsewhere. */
  redact(text: string): string {
    let clean = text;
    for (const credential of this.credentials.values()) {
      clean = credential.redact(clean);
    }
    for (const secret of this.#headerSecrets) {
      clean = without(clean, secret);
    }
    return maskCards(clean);
  }

  /** Where an operation's server is. */
  baseOf(operation: Operation): string {
    const base = this.#bases[operation.server];
    if (typeof base !== "string") {
      throw base ?? config("this operation has no server: set `baseUrl` on the client");
    }
    return base;
  }

  /** Where a credential's token is fetched, for a call to that base URL. */
  tokenUrl(credential: Credential, base: string): string {
    const { name } = credential.scheme;
    const url = this.#settings.tokenUrls[name] ?? credential.tokenUrl ?? "";
    return named(`the token URL of ${name}`, () => tokenUrl(url, base, this.#allowsInsecure));
  }

  /** What may be shown of a client. */
  describe(): Record<string, unknown> {
    return {
      servers: this.#bases.filter((base) => typeof base === "string"),
      credentials: Array.from(this.credentials.keys()),
      timeout: this.timeout,
      totalTimeout: this.totalTimeout,
      maxRetries: this.policy.most,
    };
  }

  get #allowsInsecure(): boolean {
    return this.#settings.allowInsecureHttp === true;
  }

  #addCredentials(): void {
    const { schemes, browserSchemes } = this.profile;
    for (const scheme of schemes) {
      const given = this.#settings.credentials[scheme.name];
      if (given === undefined) {
        continue;
      }
      const credential = new Credential(scheme, given);
      const problem = credential.problem(schemes);
      if (problem !== undefined) {
        throw config(problem);
      }
      const mayBeShown = browserSchemes.includes(scheme.name) || this.#settings.dangerouslyAllowBrowser === true;
      if (isBrowser() && !mayBeShown) {
        throw config(`${scheme.name} belongs on a server: in a browser everybody can read it`);
      }
      this.credentials.set(scheme.name, credential);
    }
  }

  #addHeaders(): void {
    const { userAgent, headers, idempotency } = this.profile;
    if (!isBrowser()) {
      const caller = this.#settings.userAgent;
      this.headers.set("User-Agent", caller === undefined ? userAgent : `${caller} ${userAgent}`, "config");
    }
    for (const { option, name, value } of headers) {
      this.headers.set(name, this.#settings.clientHeaders[option] ?? value, "config");
    }
    for (const [name, value] of Object.entries(this.#settings.headers ?? {})) {
      if (idempotency?.header.toLowerCase() === name.toLowerCase()) {
        throw config(`\`${name}\` belongs to one call: set it there`);
      }
      this.headers.set(name, value, "config");
    }
  }

  /** URLs and variables that were set are checked now; those of the profile matter only to the calls that use them. */
  #baseUrl(at: number): string | SdkError {
    const { servers } = this.profile;
    const wanted = servers[at];
    const other = servers.find(({ name }) => name === this.#settings.server);
    if (this.#settings.server !== undefined && other?.standsInFor === undefined) {
      throw config("`server` names none that stands in for another");
    }
    const server = other !== undefined && other.standsInFor === wanted?.name ? other : wanted;
    if (server === undefined) {
      return config("there is no such server");
    }
    const own = this.#settings.baseUrls[server.name];
    const what = `the base URL of ${server.name}`;
    if (own !== undefined) {
      return named(what, () => parseBaseUrl(own, this.#allowsInsecure));
    }
    const { variables } = this.#settings;
    try {
      return named(what, () => parseBaseUrl(fillUrl(server, variables), this.#allowsInsecure));
    } catch (error) {
      const isSet = Object.values(server.variables).some(({ option }) => variables[option] !== undefined);
      if (isSet || !(error instanceof SdkError)) {
        throw error;
      }
      return error;
    }
  }

  /** Those that are relative depend on the base URL of a call, and are checked with it. */
  #checkTokenUrls(): void {
    for (const [name, url] of Object.entries(this.#settings.tokenUrls)) {
      if (url?.includes("://") === true) {
        named(`the token URL of ${name}`, () => tokenUrl(url, "", this.#allowsInsecure));
      }
    }
  }
}

/** Whether whoever opens a page can read what is in memory here. */
function isBrowser(): boolean {
  return "document" in globalThis || "importScripts" in globalThis;
}

function globalFetch(): Fetch {
  if (typeof globalThis.fetch !== "function") {
    throw config("there is no global `fetch`: give the client one");
  }
  // Looked up at each call, so that what tests put in its place is used; and called as a function of its own.
  return (url, init) => globalThis.fetch(url, init);
}

function config(detail: string): SdkError {
  return new SdkError({ kind: "config", detail });
}

function named<T>(what: string, check: () => T): T {
  try {
    return check();
  } catch (error) {
    throw error instanceof BadUrlError ? config(`${what} ${error.message}`) : error;
  }
}

function positive(name: string, value: number | undefined): number | undefined {
  if (value !== undefined && !(value > 0)) {
    throw config(`\`${name}\` must be more than 0 milliseconds`);
  }
  return value;
}

function counted(name: string, value: number | undefined): number | undefined {
  if (value !== undefined && !(value >= 0)) {
    throw config(`\`${name}\` must not be less than 0`);
  }
  return value;
}
