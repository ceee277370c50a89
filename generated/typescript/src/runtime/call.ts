/** A call, and what it gives. */

import type { RateLimit } from "./errors.js";

/** What a call gives, with what it came in. */
export interface Answer<T> {
  readonly value: T;
  readonly status: number;
  readonly headers: Headers;
  /** The server's name for this request, to quote to its support. */
  readonly requestId: string | undefined;
  readonly rateLimit: RateLimit | undefined;
  /** The body as it came; empty where it is given as a stream. */
  readonly body: Uint8Array;
  /** How often the request was sent. */
  readonly attempts: number;
  /** The idempotency key that the call carried. */
  readonly idempotencyKey: string | undefined;
}

/** How a call is made: with its body read and decoded, or left to the caller. */
export interface Sender<T> {
  send(): Promise<Answer<T>>;
  stream(): Promise<Answer<ReadableStream<Uint8Array>>>;
}

/**
 * A call that is being made. Awaited, it gives the value; {@link Call.withResponse} gives the whole answer.
 *
 * It is sent in the next microtask, once, whatever is asked of it and however often.
 */
export class Call<T> implements Promise<T> {
  readonly #sender: Sender<T>;
  #answer: Promise<Answer<T>> | undefined;
  #isTaken = false;

  /** @internal */
  constructor(sender: Sender<T>) {
    this.#sender = sender;
    queueMicrotask(() => {
      if (!this.#isTaken) {
        void this.#sent();
      }
    });
  }

  readonly [Symbol.toStringTag] = "Call";

  /** The value with the status, headers and bytes it came in. */
  withResponse(): Promise<Answer<T>> {
    return this.#sent();
  }

  /**
   * The body of a success as it arrives, undecoded: it is never held in memory as a whole, so no limit on the size of
   * answers applies. To be asked for at once, `await client….stream()`: a call that was sent is read already.
   *
   * The timeout is how long the answer may take to begin, and then how long it may stand still.
   */
  stream(): Promise<Answer<ReadableStream<Uint8Array>>> {
    if (this.#answer !== undefined || this.#isTaken) {
      return Promise.reject(new TypeError("this call was sent already: ask for its stream at once, and once"));
    }
    this.#isTaken = true;
    return this.#sender.stream();
  }

  then<A = T, B = never>(
    onValue?: ((value: T) => A | PromiseLike<A>) | null,
    onError?: ((reason: unknown) => B | PromiseLike<B>) | null,
  ): Promise<A | B> {
    return this.#sent()
      .then(({ value }) => value)
      .then(onValue, onError);
  }

  catch<B = never>(onError?: ((reason: unknown) => B | PromiseLike<B>) | null): Promise<T | B> {
    return this.then(undefined, onError);
  }

  finally(onEnd?: (() => void) | null): Promise<T> {
    return this.then().finally(onEnd);
  }

  #sent(): Promise<Answer<T>> {
    if (this.#isTaken) {
      return Promise.reject(new TypeError("the body of this call was taken as a stream"));
    }
    this.#answer ??= this.#sender.send();
    return this.#answer;
  }
}
