/** Whether a failed attempt is followed by another one, and after how long. Nothing here waits or sends. */

import type { Remedy } from "./errors.js";
import type { RetryClass } from "./operation.js";

/** How often a call is sent again, and how long it waits before. Milliseconds. */
export interface RetryPolicy {
  /** Attempts after the first. */
  readonly most: number;
  /** The longest wait that a server may ask for with `Retry-After`; a longer one ends the call. */
  readonly longestWait: number;
  /** The wait before the first retry is at most this long, and doubles with each. */
  readonly base: number;
  /** No wait of the client's own choice is longer. */
  readonly cap: number;
}

/** What one call allows, and what has become of it so far. */
export interface Situation {
  readonly retryClass: RetryClass;
  /** The caller accepts that an unsafe call may be carried out twice. */
  readonly retryAmbiguous: boolean;
  /** Retries already made. */
  readonly retries: number;
  /** What the server asked to wait. */
  readonly retryAfter: number | undefined;
  /** What is left of the time for the whole call. */
  readonly left: number | undefined;
}

/**
 * How long to wait before the next attempt; `undefined` when there is none. `chance`, from 0 to 1, spreads the attempts of
 * many clients.
 */
export function waitBefore(
  policy: RetryPolicy,
  remedy: Remedy,
  situation: Situation,
  chance: number,
): number | undefined {
  const { retryClass, retryAmbiguous, retries, retryAfter, left } = situation;
  const isHarmless = retryClass !== "unsafe" || retryAmbiguous;
  const isAllowed = remedy === "again" || (remedy === "againIfHarmless" && isHarmless);
  if (!isAllowed || retries >= policy.most) {
    return undefined;
  }
  const jitter = Math.min(policy.base * 2 ** retries, policy.cap) * chance;
  if (retryAfter !== undefined && retryAfter > policy.longestWait) {
    return undefined;
  }
  // Never earlier than asked; and not all clients at the same moment.
  const wait = (retryAfter ?? 0) + jitter;
  return left === undefined || wait < left ? wait : undefined;
}
