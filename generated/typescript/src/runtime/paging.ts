/**
 * How the pages of a list follow each other: which page to ask for, and what an answer says about the next one.
 *
 * Nothing here waits or sends. A list ends at an empty page, at one that was there before, and where the API's own count
 * says that it is over; never later, so no list is endless. When the API says at such an end that there is more, that is an
 * error: a list with a hole must not look complete.
 */

import { Fnv } from "./fnv.js";
import { BadLinkError, isPath, nextLink, resolveLink, withoutParameters } from "./link-header.js";
import type { Paging } from "./operation.js";
import { pointed } from "./pointer.js";

/**
 * A place in a list, to go on from later, also in another process: it is plain JSON.
 *
 * It means something to the same call with the same arguments. It may be as secret as the cursor in it.
 */
export interface Position {
  /** The page, as its parameter or its link has it; that of the call's own arguments when there is none. */
  readonly page?: string;
  /** How many of its items were given. */
  readonly given: number;
}

/** Which page: the one of the call's own arguments, that value of the parameter, or that path and query. */
export type Turn =
  | { readonly is: "asGiven" }
  | { readonly is: "number"; readonly number: number }
  | { readonly is: "cursor" | "link"; readonly text: string };

/** What comes after the pages there were. `lost`: there should be more, and there is no way to it. */
export type Next =
  { readonly is: "ask"; readonly turn: Turn } | { readonly is: "lost"; readonly problem: string } | End;

interface End {
  readonly is: "end";
}

/** What is looked at of an answer. */
export interface Received {
  readonly value: unknown;
  readonly headers: Headers;
  /** Where it came from; links are relative to it. */
  readonly url: string;
  /** Query parameters that hold keys: the client adds them itself, so links are kept without. */
  readonly keys: readonly string[];
}

/** A page whose items are to be given, but for the first `skip`. */
export interface TakenPage {
  readonly turn: Turn;
  readonly skip: number;
}

const REPEATED = "the API gave a page again that it had given before, and says that there are more";
const EMPTY = "the API gave an empty page, and says that there are more";
const NOWHERE = "the API says that there are more pages, but not where";
const UNNAMED = "the last item of a page lacks what the next page is found by";
const CIRCLE = "the API leads back to a page that it had given before";
const FOREIGN_POSITION = "this position is none of this list";

const END: End = { is: "end" };
const lost = (problem: string): Next => ({ is: "lost", problem });

/** The pages of one list. */
export class Pager {
  #next: Next = { is: "ask", turn: { is: "asGiven" } };
  /** How many items of the next page were given before. */
  #skip = 0;
  /** The most items a page had. */
  #largest = 0;
  readonly #seen = new Set<string>();
  readonly #asked = new Set<string>();
  readonly #paging: Paging;
  readonly #own: string | undefined;

  /** `own` is the parameter's value among the call's own arguments. */
  constructor(paging: Paging, own: string | undefined) {
    this.#paging = paging;
    this.#own = own;
    if (own !== undefined) {
      this.#asked.add(own);
    }
  }

  /** Goes on from a position. */
  resume(position: Position): void {
    this.#skip = position.given;
    // Where it was before is no circle.
    this.#seen.clear();
    this.#asked.clear();
    const turn = this.#turnTo(position.page);
    if (turn?.is === "cursor" || turn?.is === "link") {
      this.#asked.add(turn.text);
    }
    this.#next = turn === undefined ? lost(FOREIGN_POSITION) : { is: "ask", turn };
  }

  #turnTo(page: string | undefined): Turn | undefined {
    if (page === undefined) {
      return { is: "asGiven" };
    }
    switch (this.#paging.by) {
      case "offset":
      case "page":
        return /^[0-9]+$/.test(page) ? { is: "number", number: Number(page) } : undefined;
      case "link":
        return isPath(page) ? { is: "link", text: page } : undefined;
      default:
        return { is: "cursor", text: page };
    }
  }

  /** What to ask for. It stays the same until an answer is accepted, so a failure is asked for again; a loss is told once. */
  next(): Next {
    const next = this.#next;
    if (next.is === "lost") {
      this.#next = END;
    }
    return next;
  }

  /** Why there is no way to the next page, when there should be one. */
  get problem(): string | undefined {
    return this.#next.is === "lost" ? this.#next.problem : undefined;
  }

  /** Where the next page is; `undefined` at the end. */
  get position(): Position | undefined {
    return this.#next.is === "ask" ? this.positionIn(this.#next.turn, this.#skip) : undefined;
  }

  /** Where a page goes on when that many of its items were given. */
  positionIn(turn: Turn, given: number): Position {
    if (this.#paging.by === "offset" && given > 0) {
      return { page: String(this.#number(turn) + given), given: 0 };
    }
    switch (turn.is) {
      case "asGiven":
        return { given };
      case "number":
        return { page: String(turn.number), given };
      default:
        return { page: turn.text, given };
    }
  }

  /** Takes the answer of the page that was asked for. `undefined` when none of its items is to be given. */
  accept(received: Received): TakenPage | undefined {
    if (this.#next.is !== "ask") {
      return undefined;
    }
    const { turn } = this.#next;
    const skip = this.#skip;
    this.#skip = 0;
    const list = pointed(received.value, this.#paging.items);
    const items = Array.isArray(list) ? (list as unknown[]) : [];
    if (items.length === 0) {
      this.#next = this.#hasMore(received) === true ? lost(EMPTY) : END;
      return undefined;
    }
    const print = fingerprint(items);
    if (this.#seen.has(print)) {
      this.#next = this.#isUnfinished(turn, received) ? lost(REPEATED) : END;
      return undefined;
    }
    this.#seen.add(print);
    this.#next = this.#after(turn, items, received);
    this.#largest = Math.max(this.#largest, items.length);
    return { turn, skip };
  }

  /** What comes after a page with items that were not there before. */
  #after(turn: Turn, items: readonly unknown[], received: Received): Next {
    const paging = this.#paging;
    const hasMore = this.#hasMore(received);
    if (paging.by === "offset") {
      const next = this.#number(turn) + items.length;
      const total = numberAt(received, paging.total);
      // A count smaller than the page counts something else.
      const isCounted = total !== undefined && total >= items.length;
      return this.#unlessLast(isCounted ? next >= total : undefined, items.length, next);
    }
    if (paging.by === "page") {
      const number = this.#number(turn);
      const pages = numberAt(received, paging.pages);
      const isCounted = pages !== undefined && pages > 0;
      const isLast = isCounted ? number - paging.first >= pages - 1 : undefined;
      return this.#unlessLast(isLast, items.length, number + 1);
    }
    if (hasMore === false) {
      return END;
    }
    if (paging.by === "cursor") {
      const text = textOf(pointed(received.value, paging.next));
      return this.#unlessAsked(text === undefined ? undefined : { is: "cursor", text }, turn, hasMore);
    }
    if (paging.by === "lastItem") {
      const text = textOf(pointed(items[items.length - 1], paging.field));
      return text === undefined ? lost(UNNAMED) : this.#unlessAsked({ is: "cursor", text }, turn, hasMore);
    }
    const link = nextLink(received.headers);
    if (link === undefined) {
      return END;
    }
    try {
      const text = withoutParameters(resolveLink(received.url, link), received.keys);
      return this.#unlessAsked({ is: "link", text }, turn, true);
    } catch (error) {
      if (error instanceof BadLinkError) {
        return lost(error.message);
      }
      throw error;
    }
  }

  /**
   * The next number. Without a count, a page smaller than another is the last: the API may give fewer items than it was
   * asked for, but does not give fewer than it can.
   */
  #unlessLast(isLast: boolean | undefined, items: number, next: number): Next {
    const isOver = isLast ?? items < this.#largest;
    return isOver || !Number.isSafeInteger(next) ? END : { is: "ask", turn: { is: "number", number: next } };
  }

  /**
   * The next cursor or link, if nothing was found there before. One that leads to the page it came with ends the list,
   * unless the API says otherwise.
   */
  #unlessAsked(next: Extract<Turn, { text: string }> | undefined, turn: Turn, hasMore: boolean | undefined): Next {
    if (next === undefined) {
      return hasMore === true ? lost(NOWHERE) : END;
    }
    const current =
      turn.is === "cursor" || turn.is === "link" ? turn.text : turn.is === "asGiven" ? this.#own : undefined;
    if (next.text === current) {
      return hasMore === true ? lost(CIRCLE) : END;
    }
    if (this.#asked.has(next.text)) {
      return lost(CIRCLE);
    }
    this.#asked.add(next.text);
    return { is: "ask", turn: next };
  }

  /** What the API says by a field of its own. */
  #hasMore(received: Received): boolean | undefined {
    const paging = this.#paging;
    const at = paging.by === "cursor" || paging.by === "lastItem" ? paging.hasMore : undefined;
    const flag = at === undefined ? undefined : pointed(received.value, at);
    return typeof flag === "boolean" ? flag : undefined;
  }

  /** Whether an answer says that this page, whose items were all given before, has others. */
  #isUnfinished(turn: Turn, received: Received): boolean {
    const paging = this.#paging;
    switch (paging.by) {
      case "offset":
        return (numberAt(received, paging.total) ?? 0) > this.#number(turn);
      case "page":
        return (numberAt(received, paging.pages) ?? 0) > this.#number(turn) - paging.first;
      case "cursor":
        return this.#hasMore(received) ?? textOf(pointed(received.value, paging.next)) !== undefined;
      case "lastItem":
        return this.#hasMore(received) === true;
      case "link":
        return nextLink(received.headers) !== undefined;
    }
  }

  /** The number of a page that is found by one. */
  #number(turn: Turn): number {
    if (turn.is === "number") {
      return turn.number;
    }
    const own = this.#own ?? "";
    const first = this.#paging.by === "page" ? this.#paging.first : 0;
    return /^[0-9]+$/.test(own) ? Number(own) : first;
  }
}

function numberAt(received: Received, pointer: string | undefined): number | undefined {
  const text = pointer === undefined ? undefined : textOf(pointed(received.value, pointer));
  return text !== undefined && /^[0-9]+$/.test(text) ? Number(text) : undefined;
}

/** A text that is not empty, or a number. */
function textOf(value: unknown): string | undefined {
  switch (typeof value) {
    case "string":
      return value === "" ? undefined : value;
    case "number":
    case "bigint":
      return String(value);
    default:
      return undefined;
  }
}

/** A short text that equal pages share. */
function fingerprint(items: readonly unknown[]): string {
  const text = JSON.stringify(items, (_, value: unknown) => (typeof value === "bigint" ? `${value}n` : value));
  const hash = new Fnv();
  hash.add(new TextEncoder().encode(text));
  return `${text.length}-${hash.text}`;
}
