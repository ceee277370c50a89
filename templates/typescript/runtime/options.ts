/** How a client is set up, and how one call is made. Times are in milliseconds. */

/** Options of one call. What is not given is as the client has it. */
export interface RequestOptions {
  /**
   * Sent with every attempt, so that the API can tell a repetition from a new call; how long it remembers a key is for its
   * documentation to say. Without one the client makes a key for the call, where the API takes one.
   */
  readonly idempotencyKey?: string | undefined;
  /** How long one attempt may take. */
  readonly timeout?: number | undefined;
  /** How long the call may take with all its attempts and the waits between. */
  readonly totalTimeout?: number | undefined;
  /** How often the call is sent again after a failure; 0 for never. */
  readonly maxRetries?: number | undefined;
  /**
   * Sends the call again even when it may have been carried out already, though doing it twice is not doing it once: a
   * payment may be taken twice. Only for calls whose repetition the API is known to recognise.
   */
  readonly retryAmbiguous?: boolean | undefined;
  /** Headers of this call, in place of those of the same name that the client would send by itself. */
  readonly headers?: Readonly<Record<string, string>> | undefined;
  /** Ends the call. What had been sent by then may have been carried out: the error's `outcomeUnknown` says so. */
  readonly signal?: AbortSignal | undefined;
}

/** What sends requests: `fetch`, or a function like it. */
export type Fetch = (url: string, init: FetchInit) => Promise<Response>;

/** Bytes as `fetch` takes them, which not every version of TypeScript can name. */
type Bytes = ReturnType<TextEncoder["encode"]>;

/** What a request consists of. */
export interface FetchInit {
  readonly method: string;
  readonly headers: [string, string][];
  readonly body?: Bytes | ReadableStream<Uint8Array>;
  readonly redirect: "manual";
  readonly signal: AbortSignal;
  /** Streams are sent while their answer is not there yet. */
  readonly duplex?: "half";
}

/** What every client can be told, whatever the API. */
export interface BaseOptions {
  /** How long one attempt may take, from the first byte sent to the last one read: 65 seconds unless set. */
  readonly timeout?: number | undefined;
  /** How long a call may take with all its attempts and the waits between: as long as they need unless set. */
  readonly totalTimeout?: number | undefined;
  /**
   * How often a call is sent again after a failure: twice unless set, 0 for never.
   *
   * What was certainly not carried out is sent again: no connection, or 429. After 408, a failure of the server (5xx) or a
   * lost answer only calls are sent again that do no harm twice; any other ends in an error whose `outcomeUnknown` is true.
   */
  readonly maxRetries?: number | undefined;
  /** The longest wait a server may ask for with `Retry-After`: 30 seconds unless set. A longer one ends the call. */
  readonly maxRetryWait?: number | undefined;
  /** The longest wait before the first retry, which doubles with each, and the longest of all: 500 and 8000 unless set. */
  readonly backoff?: { readonly base?: number | undefined; readonly cap?: number | undefined } | undefined;
  /**
   * How many retries all calls of the client may make in a row while the server answers none: 50 unless set. Five answers
   * earn one back. So an outage is not multiplied by those who wait for its end.
   */
  readonly retryBudget?: number | undefined;
  /** Headers of every request, in place of those of the same name that the client would send by itself. */
  readonly headers?: Readonly<Record<string, string>> | undefined;
  /** Says who calls: `shop/2.0`. It goes before this package's own name in `User-Agent`. Browsers send their own. */
  readonly userAgent?: string | undefined;
  /** Sends requests in place of the global `fetch`. It must not follow redirects where it is told not to. */
  readonly fetch?: Fetch | undefined;
  /** The largest answer that is read: 16 MiB unless set. */
  readonly maxResponseBytes?: number | undefined;
  /** Allows operations whose route nobody has seen. Without it they are refused before anything is sent. */
  readonly allowUnverified?: boolean | undefined;
  /** Allows base URLs that are not `https`. To this machine itself plain `http` is always allowed. */
  readonly allowInsecureHttp?: boolean | undefined;
  /** Allows every key in a browser. Whoever opens the page can read it there. */
  readonly dangerouslyAllowBrowser?: boolean | undefined;
}
