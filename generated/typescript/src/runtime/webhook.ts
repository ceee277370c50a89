/** Deliveries of webhooks: signed by the sender, verified before anything in them is believed. */

import { decodeBase64, encodeBase64 } from "./base64.js";
import { decodeJson, DecodeError } from "./decode.js";
import { joined } from "./multipart.js";
import type { Content } from "./operation.js";

/** How deliveries are signed: HMAC-SHA256 over a text that both sides put together. */
export interface WebhookScheme {
  /** Header with the digests. */
  readonly signatureHeader: string;
  /** Header with the moment of signing, in seconds since 1970, when there is one. */
  readonly timestampHeader?: string;
  /** What is signed, put together in this order. */
  readonly signed: readonly (
    { readonly part: "timestamp" | "body" } | { readonly part: "text"; readonly text: string }
  )[];
  /** How the secret is written. */
  readonly secretEncoding: "text" | "base64";
  /** How digests are written. */
  readonly digestEncoding: "hex" | "base64";
  /** What stands between digests, of which any may be the right one. */
  readonly separator: string;
  /** Seconds that the moment of signing may be from now, unless the verifier says otherwise. */
  readonly toleranceSeconds: number;
  /** What is delivered. */
  readonly event: Omit<Content, "as">;
}

/** Why a delivery is not taken. */
export type WebhookErrorCode =
  /** No secret was given, or one that is none. Nothing was verified. */
  | "secret"
  /** A header that every delivery has is not there. */
  | "missing"
  /** A header is there, and is not what deliveries have. */
  | "malformed"
  /** None of the signatures is right: it comes from someone else, was changed on the way, or the secret is another. */
  | "mismatch"
  /** Rightly signed, at a moment too far from now: late, or sent again by someone who saw it, or a clock is wrong. */
  | "stale"
  /** Genuine, and not an event that this package can read. */
  | "decode";

/** Why a delivery is not taken. It never shows a secret, a signature or what was delivered. */
export class WebhookError extends Error {
  constructor(
    readonly code: WebhookErrorCode,
    message: string,
  ) {
    super(message);
    Object.defineProperty(this, "name", { value: "WebhookError", configurable: true });
  }

  /**
   * Whether the delivery is to be refused, with status 400 or 401 say: it cannot be told who sent it, or it was sent at
   * another time. What is genuine and cannot be read is not refused by this: delivered again it reads no better.
   */
  get isRefusal(): boolean {
    return this.code !== "decode" && this.code !== "secret";
  }
}

/** Headers of a delivery, as frameworks give them. */
export type WebhookHeaders = Headers | Readonly<Record<string, string | readonly string[] | undefined>>;

/** How a verifier is set up. */
export interface VerifierOptions {
  /** Seconds that the moment of signing may be from now, before or after it. */
  readonly toleranceSeconds?: number | undefined;
  /** What tells the time in place of the system's clock, in milliseconds since 1970. */
  readonly now?: (() => number) | undefined;
}

/** Most digests that one delivery may carry. Each is compared with each secret's. */
const MOST_DIGESTS = 16;

/** Longest text that can be a digest. */
const LONGEST_DIGEST = 128;

/** Tells deliveries that the API signed from all others, and reads the events in them. It is made once and used for all. */
export class EventVerifier<E> {
  readonly #scheme: WebhookScheme;
  readonly #keys: readonly Promise<CryptoKey>[];
  readonly #tolerance: number;
  readonly #now: () => number;

  /** @internal */
  constructor(scheme: WebhookScheme, secrets: string | readonly string[], options: VerifierOptions = {}) {
    const all = typeof secrets === "string" ? [secrets] : secrets;
    if (all.length === 0) {
      throw new WebhookError("secret", "a verifier needs a secret");
    }
    this.#scheme = scheme;
    this.#keys = all.map((secret, at) => importKey(secretBytes(scheme, secret, at + 1)));
    this.#tolerance = (options.toleranceSeconds ?? scheme.toleranceSeconds) * 1000;
    this.#now = options.now ?? Date.now;
  }

  /**
   * The event in a delivery, once it is certain who sent it.
   *
   * Give the body as it came, byte for byte: JSON that was read and written again is another text.
   */
  async verify(headers: WebhookHeaders, body: Uint8Array | ArrayBuffer | string): Promise<E> {
    const bytes = bodyBytes(body);
    await this.check(headers, bytes);
    try {
      return decodeJson(this.#scheme.event, bytes) as E;
    } catch (error) {
      throw error instanceof DecodeError ? new WebhookError("decode", `this is not an event: ${error.message}`) : error;
    }
  }

  /** Whether a delivery is genuine and of this time, whatever its body is. Throws when it is not. */
  async check(headers: WebhookHeaders, body: Uint8Array | ArrayBuffer | string): Promise<void> {
    const { timestampHeader, signatureHeader } = this.#scheme;
    const timestamp = timestampHeader === undefined ? "" : only(headers, timestampHeader);
    const digests = this.#digests(valuesOf(headers, signatureHeader));
    const message = signedText(this.#scheme, timestamp, bodyBytes(body));
    let isGenuine = false;
    for (const key of this.#keys) {
      for (const digest of digests) {
        // It compares in a time that does not depend on how much is right.
        isGenuine = (await subtle().verify("HMAC", await key, owned(digest), owned(message))) || isGenuine;
      }
    }
    if (!isGenuine) {
      throw new WebhookError("mismatch", "no signature of this delivery is right");
    }
    if (timestampHeader !== undefined) {
      this.#checkAge(timestamp, timestampHeader);
    }
  }

  /** The digests of a delivery. Those that cannot be right are left out. */
  #digests(values: readonly string[]): Uint8Array[] {
    const { signatureHeader: name, separator, digestEncoding } = this.#scheme;
    if (values.length === 0) {
      throw missing(name);
    }
    const texts = values.flatMap((value) => (separator === "" ? [value] : value.split(separator)));
    if (texts.length > MOST_DIGESTS) {
      throw malformed(name, "has too many signatures");
    }
    const digests = texts.map((text) => decodeDigest(digestEncoding, text.trim()));
    return digests.filter((digest) => digest !== undefined);
  }

  #checkAge(timestamp: string, header: string): void {
    if (!/^[0-9]{1,15}$/.test(timestamp)) {
      throw malformed(header, "is not a moment in seconds");
    }
    const age = this.#now() - Number(timestamp) * 1000;
    if (age > this.#tolerance) {
      throw new WebhookError("stale", "this was signed too long ago");
    }
    if (-age > this.#tolerance) {
      throw new WebhookError("stale", "this was signed at a moment still to come");
    }
  }
}

/** The headers of a delivery that is signed at a moment, in milliseconds since 1970, as the API would sign it. For tests. */
export async function signDelivery(
  scheme: WebhookScheme,
  secret: string,
  at: number,
  body: Uint8Array | ArrayBuffer | string,
): Promise<Record<string, string>> {
  const timestamp = String(Math.floor(at / 1000));
  const key = await importKey(secretBytes(scheme, secret, 1));
  const message = signedText(scheme, timestamp, bodyBytes(body));
  const digest = new Uint8Array(await subtle().sign("HMAC", key, owned(message)));
  const headers = { [scheme.signatureHeader]: encodeDigest(scheme.digestEncoding, digest) };
  return scheme.timestampHeader === undefined ? headers : { ...headers, [scheme.timestampHeader]: timestamp };
}

/** Secrets are copied from a page or read from a file, which often adds a line break. */
function secretBytes(scheme: WebhookScheme, secret: string, place: number): Uint8Array {
  const text = secret.trim();
  const bytes = scheme.secretEncoding === "base64" ? decodeBase64(text) : new TextEncoder().encode(text);
  if (bytes === undefined) {
    throw new WebhookError("secret", `secret ${place} is not base64`);
  }
  if (bytes.length === 0) {
    // Anyone can sign with an empty key.
    throw new WebhookError("secret", `secret ${place} is empty`);
  }
  return bytes;
}

function subtle(): SubtleCrypto {
  return globalThis.crypto.subtle;
}

function importKey(bytes: Uint8Array): Promise<CryptoKey> {
  const algorithm = { name: "HMAC", hash: "SHA-256" };
  return subtle().importKey("raw", owned(bytes), algorithm, false, ["sign", "verify"]);
}

/** A copy in memory of its own, which is what WebCrypto takes. */
function owned(bytes: Uint8Array): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(bytes);
}

function signedText(scheme: WebhookScheme, timestamp: string, body: Uint8Array): Uint8Array {
  const encoder = new TextEncoder();
  const parts = scheme.signed.map((signed) => {
    switch (signed.part) {
      case "timestamp":
        return encoder.encode(timestamp);
      case "body":
        return body;
      case "text":
        return encoder.encode(signed.text);
    }
  });
  return joined(parts);
}

function bodyBytes(body: Uint8Array | ArrayBuffer | string): Uint8Array {
  if (typeof body === "string") {
    return new TextEncoder().encode(body);
  }
  return body instanceof Uint8Array ? body : new Uint8Array(body);
}

/** The lines of a header, whatever its case. */
function valuesOf(headers: WebhookHeaders, name: string): string[] {
  if (headers instanceof Headers) {
    const value = headers.get(name);
    return value === null ? [] : [value];
  }
  const found = Object.entries(headers).filter(([key]) => key.toLowerCase() === name.toLowerCase());
  return found.flatMap(([, value]) => value ?? []);
}

/** The text of a header that a delivery has once. */
function only(headers: WebhookHeaders, name: string): string {
  const [value, ...others] = valuesOf(headers, name);
  if (value === undefined) {
    throw missing(name);
  }
  if (others.length > 0) {
    throw malformed(name, "is there more than once");
  }
  return value.trim();
}

function decodeDigest(encoding: WebhookScheme["digestEncoding"], text: string): Uint8Array | undefined {
  if (text.length > LONGEST_DIGEST) {
    return undefined;
  }
  if (encoding === "base64") {
    return decodeBase64(text);
  }
  if (!/^(?:[0-9a-fA-F]{2})+$/.test(text)) {
    return undefined;
  }
  return Uint8Array.from(text.match(/../g) ?? [], (pair) => parseInt(pair, 16));
}

function encodeDigest(encoding: WebhookScheme["digestEncoding"], bytes: Uint8Array): string {
  if (encoding === "base64") {
    return encodeBase64(bytes);
  }
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

function missing(name: string): WebhookError {
  return new WebhookError("missing", `the header \`${name}\` is missing`);
}

function malformed(name: string, why: string): WebhookError {
  return new WebhookError("malformed", `the header \`${name}\` ${why}`);
}
