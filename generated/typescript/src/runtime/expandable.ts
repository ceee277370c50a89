/** References that may come as the objects themselves. */

/** An id, or the object it names, as the server chose to answer. */
export type Expandable<T> = string | T;

/** Whether a reference came as the object itself. */
export function isExpanded<T extends object>(reference: Expandable<T> | null | undefined): reference is T {
  return typeof reference === "object" && reference !== null;
}

/** The id, in either form; `undefined` where there is none. */
export function idOf(reference: Expandable<{ readonly id?: string | null }> | null | undefined): string | undefined {
  return typeof reference === "string" ? reference : (reference?.id ?? undefined);
}
