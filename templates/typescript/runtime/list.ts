/** Lists: one page, every item, or every page. */

import type { Answer } from "./call.js";
import { SdkError } from "./errors.js";
import { Pager, type Position, type TakenPage, type Turn } from "./paging.js";
import type { Paging } from "./operation.js";
import { pointed } from "./pointer.js";

/** How the pages of a call are asked for. */
export interface PageSource<P> {
  readonly operation: string;
  readonly errorName: string;
  readonly paging: Paging;
  /** What the call's own arguments have for the parameter that moves. */
  own(): string | undefined;
  /** The page, and where it came from. */
  ask(turn: Turn): Promise<{ answer: Answer<P>; url: string }>;
  /** Query parameters that hold keys. */
  readonly keys: readonly string[];
}

/**
 * A list. Awaited, it is one page, the one that the arguments name; `for await` gives the items of all pages from there on,
 * asking for one after the other as they are needed.
 *
 * Nothing is sent before it is awaited or walked.
 */
export class ListCall<P, T> implements Promise<P>, AsyncIterable<T> {
  readonly #source: PageSource<P>;
  #answer: Promise<Answer<P>> | undefined;

  /** @internal */
  constructor(source: PageSource<P>) {
    this.#source = source;
  }

  readonly [Symbol.toStringTag] = "ListCall";

  /** One page with the status, headers and bytes it came in. */
  withResponse(): Promise<Answer<P>> {
    this.#answer ??= this.#source.ask({ is: "asGiven" }).then(({ answer }) => answer);
    return this.#answer;
  }

  /** Every item of the list, from the page that the arguments name, or from a position of the same list. */
  items(from?: Position): Items<P, T> {
    return new Items<P, T>(this.#source, from);
  }

  /** Every page of the list that has items. It ends where {@link ListCall.items} does. */
  pages(from?: Position): Pages<P> {
    return new Pages(this.#source, from);
  }

  [Symbol.asyncIterator](): AsyncIterator<T, undefined> {
    return this.items();
  }

  then<A = P, B = never>(
    onValue?: ((value: P) => A | PromiseLike<A>) | null,
    onError?: ((reason: unknown) => B | PromiseLike<B>) | null,
  ): Promise<A | B> {
    return this.withResponse()
      .then(({ value }) => value)
      .then(onValue, onError);
  }

  catch<B = never>(onError?: ((reason: unknown) => B | PromiseLike<B>) | null): Promise<P | B> {
    return this.then(undefined, onError);
  }

  finally(onEnd?: (() => void) | null): Promise<P> {
    return this.then().finally(onEnd);
  }
}

/** What is left of a page. */
interface Batch {
  readonly page: TakenPage;
  readonly items: readonly unknown[];
  given: number;
}

/**
 * Every item of a list.
 *
 * **The end.** The list ends after the page that is the last by the API's own count; at a page without items; without a
 * count, at a page with fewer items than one before it; and at a page that was there before: it never gives a page twice,
 * and is never endless. When the API says at such an end, by a cursor, a link or a flag, that there are more items, that is
 * an error of kind `paging`: a list with a hole does not look complete.
 *
 * **Errors.** Any other error is not the end: asked once more, the same page is asked for again, and no item is given
 * twice. After leaving a loop by `break`, another loop over the same object goes on behind it.
 *
 * **Lists that change.** Where pages are found by number or by how many items to skip, an item that is made or removed on a
 * page before moves the others: the next page then repeats an item, or leaves one out.
 */
export class Items<P, T> implements AsyncIterable<T> {
  readonly #walk: Walk<P>;
  #ready: Batch | undefined;
  #turn: Promise<unknown> = Promise.resolve();

  /** @internal */
  constructor(source: PageSource<P>, from: Position | undefined) {
    this.#walk = new Walk(source, from);
  }

  /** Where the next item is, to go on from later, also in another process; `undefined` at the end. */
  get position(): Position | undefined {
    return this.#ready === undefined
      ? this.#walk.pager.position
      : this.#walk.pager.positionIn(this.#ready.page.turn, this.#ready.given);
  }

  /** The next item. Those who ask at the same time get one after the other. */
  next(): Promise<IteratorResult<T, undefined>> {
    const next = this.#turn.then(() => this.#step());
    this.#turn = next.catch(() => undefined);
    return next;
  }

  [Symbol.asyncIterator](): this {
    return this;
  }

  /** That many items, or what there is until the end. It may be called again for the items after these. */
  async collect(most = Infinity): Promise<T[]> {
    const items: T[] = [];
    while (items.length < most) {
      const next = await this.next();
      if (next.done === true) {
        break;
      }
      items.push(next.value);
    }
    return items;
  }

  async #step(): Promise<IteratorResult<T, undefined>> {
    while (this.#ready === undefined) {
      const taken = await this.#walk.step();
      if (taken === undefined) {
        return { done: true, value: undefined };
      }
      const items = itemsOf(taken.answer.value, this.#walk.paging);
      const given = taken.page.skip;
      this.#ready = given < items.length ? { page: taken.page, items, given } : undefined;
    }
    const batch = this.#ready;
    const value = batch.items[batch.given++] as T;
    if (batch.given >= batch.items.length) {
      this.#ready = undefined;
    }
    return { done: false, value };
  }
}

/** Every page of a list that has items, each with its status and headers. It ends and fails as {@link Items} does. */
export class Pages<P> implements AsyncIterable<Answer<P>> {
  readonly #walk: Walk<P>;
  #turn: Promise<unknown> = Promise.resolve();

  /** @internal */
  constructor(source: PageSource<P>, from: Position | undefined) {
    this.#walk = new Walk(source, from);
  }

  /** Where the next page is; `undefined` at the end. */
  get position(): Position | undefined {
    return this.#walk.pager.position;
  }

  next(): Promise<IteratorResult<Answer<P>, undefined>> {
    const next = this.#turn.then(async (): Promise<IteratorResult<Answer<P>, undefined>> => {
      const taken = await this.#walk.step();
      return taken === undefined ? { done: true, value: undefined } : { done: false, value: taken.answer };
    });
    this.#turn = next.catch(() => undefined);
    return next;
  }

  [Symbol.asyncIterator](): this {
    return this;
  }
}

function itemsOf(page: unknown, paging: Paging): readonly unknown[] {
  const items = pointed(page, paging.items);
  return Array.isArray(items) ? (items as unknown[]) : [];
}

/** The pages of one call, one after the other. */
class Walk<P> {
  readonly pager: Pager;
  readonly paging: Paging;
  readonly #source: PageSource<P>;
  /** What was wrong with the last page's way to the next, until it is told. */
  #lost: SdkError | undefined;

  constructor(source: PageSource<P>, from: Position | undefined) {
    this.#source = source;
    this.paging = source.paging;
    this.pager = new Pager(source.paging, source.own());
    if (from !== undefined) {
      this.pager.resume(from);
    }
  }

  /** The next page with items to give; `undefined` at the end. */
  async step(): Promise<{ answer: Answer<P>; page: TakenPage } | undefined> {
    for (;;) {
      const next = this.pager.next();
      if (next.is === "end") {
        return undefined;
      }
      if (next.is === "lost") {
        throw this.#lost ?? this.#error(next.problem, undefined);
      }
      const { answer, url } = await this.#source.ask(next.turn);
      const { keys } = this.#source;
      const page = this.pager.accept({ value: answer.value, headers: answer.headers, url, keys });
      const { problem } = this.pager;
      this.#lost = problem === undefined ? undefined : this.#error(problem, answer);
      if (page !== undefined) {
        return { answer, page };
      }
    }
  }

  #error(detail: string, answer: Answer<P> | undefined): SdkError {
    const { operation, errorName } = this.#source;
    const { status, headers, body, requestId, rateLimit, attempts } = answer ?? {};
    const facts = { status, headers, body, requestId, rateLimit, attempts };
    return new SdkError({ kind: "paging", detail, operation, ...facts }, errorName);
  }
}
