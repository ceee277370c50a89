/** How long a server asks to wait (RFC 9110, "Retry-After"). */

const DATE = /^(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)[a-z]*,? .*$/;

/**
 * What the answer asks for, in milliseconds: seconds, or a date. A date is compared with the server's own `Date`, since
 * clocks differ, and with ours where it sends none. `undefined` when it asks for nothing that can be read.
 */
export function retryAfter(headers: Headers, now: () => number): number | undefined {
  const text = headers.get("retry-after")?.trim() ?? "";
  if (/^[0-9]+$/.test(text)) {
    return Number(text) * 1000;
  }
  const until = httpDate(text);
  if (until === undefined) {
    return undefined;
  }
  const sent = httpDate(headers.get("date") ?? "");
  return Math.max(0, until - (sent ?? now()));
}

/** Other texts are dates to `Date` as well, such as `1.5`; and the oldest of the three formats does not say that it is GMT. */
function httpDate(text: string): number | undefined {
  const time = DATE.test(text) ? Date.parse(text.endsWith("GMT") ? text : `${text} GMT`) : NaN;
  return Number.isNaN(time) ? undefined : time;
}
