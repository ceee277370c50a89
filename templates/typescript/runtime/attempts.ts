/** A call as a series of attempts: sent again where that is worth it, safe, in time, and within the client's budget. */

import { SdkError } from "./errors.js";
import { aborted, exchange, late, type Received } from "./exchange.js";
import type { RetryClass } from "./operation.js";
import type { Prepared } from "./prepare.js";
import { waitBefore, type RetryPolicy } from "./retry.js";
import { tellingSecrets, without } from "./secret.js";
import type { Shared } from "./shared.js";

/** How a call is made: what all of its attempts have in common. */
export interface Plan {
  readonly retryClass: RetryClass;
  readonly policy: RetryPolicy;
  readonly retryAmbiguous: boolean;
  /** For one attempt. */
  readonly timeout: number;
  /** When the whole call must be over, by the clock of `performance`. */
  readonly deadline: number | undefined;
  readonly signal: AbortSignal | undefined;
  readonly streams: boolean;
  /** What the call sends and nothing may show, the server's words included. */
  readonly secrets: readonly string[];
}

/** A success, and how often the request was sent for it. */
export interface Success extends Received {
  readonly attempts: number;
}

/** Makes the call. */
export async function attempts(shared: Shared, prepared: Prepared, plan: Plan): Promise<Success> {
  const sending = new Sending(shared, prepared, plan);
  let retries = 0;
  // Whether any attempt may have been carried out. A later one that was refused does not undo that.
  let isAmbiguous = false;
  for (;;) {
    let error: SdkError;
    try {
      const received = await sending.once();
      shared.budget.reward();
      return { ...received, attempts: sending.sent };
    } catch (failure) {
      error = sending.redacted(failure);
    }
    isAmbiguous ||= error.mayHaveHappened;
    const wait = sending.canRepeat ? nextWait(shared, plan, error, retries) : undefined;
    const outcomeUnknown = isAmbiguous && plan.retryClass !== "safe";
    error = error.with({ attempts: sending.sent, outcomeUnknown });
    if (wait === undefined) {
      throw error;
    }
    if (!(await slept(wait, plan.signal))) {
      throw error.with({ aborted: true });
    }
    retries += 1;
  }
}

/** How long to wait before the call is sent again; `undefined` when it is not. */
function nextWait(shared: Shared, plan: Plan, error: SdkError, retries: number): number | undefined {
  const { remedy } = error;
  if (remedy === "none") {
    if (error.status !== undefined) {
      shared.budget.reward();
    }
    return undefined;
  }
  const { retryClass, retryAmbiguous } = plan;
  // Timers are no finer than a millisecond: what is left below that is nothing.
  const left = plan.deadline === undefined ? undefined : Math.floor(plan.deadline - performance.now());
  const situation = { retryClass, retryAmbiguous, retries, retryAfter: error.retryAfter, left };
  const wait = waitBefore(plan.policy, remedy, situation, Math.random());
  return wait !== undefined && shared.budget.take() ? wait : undefined;
}

/** Waits; `false` when the caller's signal ended that. */
function slept(time: number, signal: AbortSignal | undefined): Promise<boolean> {
  return new Promise((resolve) => {
    const stop = (): void => {
      clearTimeout(timer);
      resolve(false);
    };
    const timer = setTimeout(() => {
      signal?.removeEventListener("abort", stop);
      resolve(true);
    }, time);
    if (signal?.aborted === true) {
      stop();
    }
    signal?.addEventListener("abort", stop, { once: true });
  });
}

/** What the attempts of one call have in common, and how often they sent it. */
class Sending {
  sent = 0;
  readonly #shared: Shared;
  readonly #prepared: Prepared;
  readonly #plan: Plan;
  /** Tokens that were sent, which no error may repeat. */
  readonly #tokens: string[] = [];

  constructor(shared: Shared, prepared: Prepared, plan: Plan) {
    this.#shared = shared;
    this.#prepared = prepared;
    this.#plan = plan;
  }

  /** Whether the body is still there: a stream is read once. */
  get canRepeat(): boolean {
    return !(this.#prepared.body instanceof ReadableStream);
  }

  /**
   * Makes one attempt, with a token where one is needed. A server that refuses the token has done nothing, so the request
   * is sent once more with a new one.
   */
  async once(): Promise<Received> {
    const { grant } = this.#prepared;
    if (grant === undefined) {
      return this.#send(undefined);
    }
    const { tokens } = this.#shared;
    const token = await this.#token();
    try {
      return await this.#send(token);
    } catch (error) {
      if (!isRefusal(error)) {
        throw error;
      }
      tokens.forget(grant, token);
      if (!this.canRepeat) {
        throw error;
      }
    }
    const renewed = await this.#token();
    try {
      return await this.#send(renewed);
    } catch (error) {
      if (isRefusal(error)) {
        tokens.forget(grant, renewed);
      }
      throw error;
    }
  }

  /** A failure without what the call sent. Whatever is no failure of a call is thrown as it is. */
  redacted(failure: unknown): SdkError {
    if (!(failure instanceof SdkError)) {
      throw failure;
    }
    const secrets = tellingSecrets([...this.#plan.secrets, ...this.#tokens]);
    return failure.redacted((text) => secrets.reduce(without, text));
  }

  /** A token, which another call may be fetching just now. */
  async #token(): Promise<string> {
    const { grant } = this.#prepared;
    if (grant === undefined) {
      return "";
    }
    try {
      const token = await this.#within(this.#shared.tokens.get(this.#shared, grant, this.#time));
      this.#tokens.push(token);
      return token;
    } catch (error) {
      if (error instanceof SdkError && error.kind !== "config" && !error.aborted) {
        throw new SdkError({ kind: "token", detail: error.message, cause: error });
      }
      throw error;
    }
  }

  /** Work that this call waits for no longer than it may, though it goes on for others. */
  async #within<T>(work: Promise<T>): Promise<T> {
    const { signal } = this.#plan;
    const time = this.#time;
    let timer: ReturnType<typeof setTimeout> | undefined;
    let stop: (() => void) | undefined;
    const alarm = new Promise<never>((_, reject) => {
      timer = setTimeout(() => {
        reject(late(time));
      }, time);
      // Nothing of the call itself was sent.
      stop = () => {
        reject(aborted(this.#shared, signal).with({ kind: "token" }));
      };
      signal?.addEventListener("abort", stop);
    });
    try {
      return await Promise.race([work, alarm]);
    } finally {
      clearTimeout(timer);
      if (stop !== undefined) {
        signal?.removeEventListener("abort", stop);
      }
    }
  }

  async #send(token: string | undefined): Promise<Received> {
    const { method, url, headers, body } = this.#prepared;
    const { signal, streams } = this.#plan;
    if (signal?.aborted === true) {
      throw aborted(this.#shared, signal).with({ kind: "connect" });
    }
    const sent = headers.entries().filter(([name]) => token === undefined || name.toLowerCase() !== "authorization");
    if (token !== undefined) {
      sent.push(["Authorization", `Bearer ${token}`]);
    }
    const time = this.#time;
    this.sent += 1;
    return exchange(this.#shared, { method, url, headers: sent, body }, { time, signal, streams });
  }

  /** How long the next step may take. */
  get #time(): number {
    const { timeout, deadline } = this.#plan;
    return deadline === undefined ? timeout : Math.min(timeout, Math.max(0, deadline - performance.now()));
  }
}

function isRefusal(error: unknown): boolean {
  return error instanceof SdkError && error.status === 401;
}
