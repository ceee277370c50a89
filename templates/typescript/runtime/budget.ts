/** What all calls of a client together may spend on retries, so that they do not multiply an outage. */

/** A retry costs this much. */
const COST = 5;

/** A call that the server answered gives this much back. */
const REWARD = 1;

/**
 * Retries left. While a server answers, one call in five may be repeated for ever; while it does not, retries stop after
 * the first few and each call is sent once.
 */
export class Budget {
  #left: number;
  readonly #most: number;

  /** Enough for that many retries. */
  constructor(retries: number) {
    this.#most = retries * COST;
    this.#left = this.#most;
  }

  /** Takes one retry, if there is one. */
  take(): boolean {
    const isThere = this.#left >= COST;
    this.#left -= isThere ? COST : 0;
    return isThere;
  }

  /** The server did its work. */
  reward(): void {
    this.#left = Math.min(this.#left + REWARD, this.#most);
  }
}
