/**
 * Tokens of OAuth 2 that the client fetches for itself (RFC 6749, "Client Credentials Grant"): kept until shortly before
 * they expire, fetched once for all calls that wait, and dropped when a server refuses them.
 */

import { SdkError } from "./errors.js";
import { exchange, type Request } from "./exchange.js";
import { isHeaderValue } from "./header.js";
import { tolerantJson } from "./json.js";
import { form } from "./percent.js";
import type { Grant } from "./prepare.js";
import type { Shared } from "./shared.js";

/** A token is not used in the last milliseconds of its life: it would expire on its way. */
const MARGIN = 30_000;

interface Held {
  readonly token: string;
  /** When to fetch another; never, if the server did not say. */
  readonly until: number;
}

interface Slot {
  held?: Held;
  fetching?: Promise<Held>;
}

/** The tokens of a client, by what they are for. */
export class TokenStore {
  readonly #slots = new Map<string, Slot>();

  /** The token for a call, fetched if need be. Those who wait for one fetch share its failure. */
  async get(shared: Shared, grant: Grant, time: number): Promise<string> {
    const slot = this.#slot(grant);
    if (slot.held !== undefined && performance.now() < slot.held.until) {
      return slot.held.token;
    }
    slot.fetching ??= fetchToken(shared, grant, time)
      .then((held) => (slot.held = held))
      .finally(() => {
        delete slot.fetching;
      });
    const held = await slot.fetching;
    return held.token;
  }

  /** A server refused the token: the next call fetches another, unless one has been fetched already. */
  forget(grant: Grant, token: string): void {
    const slot = this.#slot(grant);
    if (slot.held?.token === token) {
      delete slot.held;
    }
  }

  #slot(grant: Grant): Slot {
    const key = JSON.stringify([grant.credential.scheme.name, grant.scopes, grant.url]);
    const slot = this.#slots.get(key) ?? {};
    this.#slots.set(key, slot);
    return slot;
  }
}

async function fetchToken(shared: Shared, grant: Grant, time: number): Promise<Held> {
  const { body } = await asked(shared, grant, time);
  const granted = tolerantJson(body) as Record<string, unknown> | null | undefined;
  const token = granted?.["access_token"];
  if (typeof token !== "string") {
    throw unreadable("the answer is not an object with an `access_token`");
  }
  const kind = granted?.["token_type"];
  if (typeof kind === "string" && kind.toLowerCase() !== "bearer") {
    throw unreadable("the token is not a bearer token");
  }
  if (token === "" || !isHeaderValue(token)) {
    throw unreadable("the token is empty, or cannot be sent in a header");
  }
  const life = lifetime(granted?.["expires_in"]);
  const until = life === undefined ? Infinity : performance.now() + life - Math.min(MARGIN, life / 10);
  return { token, until };
}

/** The answer with a token. What a refusal says is kept, its body is not. */
async function asked(shared: Shared, grant: Grant, time: number): Promise<{ body: Uint8Array }> {
  try {
    return await exchange(shared, requestFor(shared, grant), { time, signal: undefined, streams: false });
  } catch (error) {
    if (!(error instanceof SdkError) || error.status === undefined) {
      throw error;
    }
    const json = tolerantJson(error.body) as Record<string, unknown> | null | undefined;
    const text = (key: string): string | undefined => {
      const value = error.kind === "api" ? json?.[key] : undefined;
      return typeof value === "string" ? shared.redact(value) : undefined;
    };
    const detail = error.kind === "api" ? (text("error_description") ?? "") : error.detail;
    throw error.with({ detail, code: text("error"), headers: undefined, body: undefined });
  }
}

/** A form, and the client's id and secret as HTTP Basic, each encoded as in a form. */
function requestFor(shared: Shared, grant: Grant): Request {
  const scope = grant.scopes.length === 0 ? "" : `&scope=${form(grant.scopes.join(" "))}`;
  const headers: [string, string][] = [
    ["Content-Type", "application/x-www-form-urlencoded"],
    ["Accept", "application/json"],
    ["Authorization", grant.credential.clientHeader],
    ...shared.headers.entries().filter(([name]) => name.toLowerCase() === "user-agent"),
  ];
  const body = new TextEncoder().encode(`grant_type=client_credentials${scope}`);
  return { method: "POST", url: grant.url, headers, body };
}

/** Seconds, which some servers write as text, in milliseconds. */
function lifetime(expiresIn: unknown): number | undefined {
  const text = String(expiresIn);
  return /^[0-9]+$/.test(text) ? Number(text) * 1000 : undefined;
}

function unreadable(detail: string): SdkError {
  return new SdkError({ kind: "decode", detail });
}
