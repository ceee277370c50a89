/** A hash for boundaries of forms and for telling pages apart. */

/** FNV-1a of 64 bits, in two halves that a float holds exactly. It spreads texts, and protects nothing. */
export class Fnv {
  #high = 0xcbf29ce4;
  #low = 0x84222325;

  add(bytes: Uint8Array): void {
    let [high, low] = [this.#high, this.#low];
    for (const byte of bytes) {
      low = (low ^ byte) >>> 0;
      // Times 2^40 + 0x1b3, in steps below 2^53.
      const product = low * 0x1b3;
      high = (high * 0x1b3 + Math.floor(product / 2 ** 32) + low * 2 ** 8) % 2 ** 32;
      low = product % 2 ** 32;
    }
    [this.#high, this.#low] = [high, low];
  }

  get text(): string {
    return [this.#high, this.#low].map((half) => half.toString(16).padStart(8, "0")).join("");
  }
}
