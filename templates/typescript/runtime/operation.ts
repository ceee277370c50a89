/** What generated code says of an API and of each of its operations. */

import type { Shape } from "./shape.js";
import type { Style } from "./style.js";

/** How a credential travels. */
export type SchemeKind =
  /** HTTP Basic with user name and password. */
  | { readonly type: "basic" }
  /** HTTP Basic with one key as the user name and an empty password. */
  | { readonly type: "basicKey" }
  /** `Authorization: Bearer`. */
  | { readonly type: "bearer" }
  /** `Authorization: Bearer` with a token that the caller has, or that the client fetches with its id and secret. */
  | { readonly type: "clientCredentials"; readonly tokenUrl: string }
  /** `Authorization` in another scheme of HTTP, with what the caller gives after it. */
  | { readonly type: "http"; readonly scheme: string }
  /** The raw key in a header, in the query or in a cookie. */
  | { readonly type: "header" | "query" | "cookie"; readonly name: string };

/** A security scheme. Its name is that of the client's option. */
export interface Scheme {
  readonly name: string;
  readonly kind: SchemeKind;
  /** Accepted beginnings of the key; none when any will do. */
  readonly prefixes: readonly string[];
}

/** A variable in a server's URL. */
export interface Variable {
  /** The client's option. */
  readonly option: string;
  readonly default?: string;
}

/** A host and the role it plays. */
export interface Server {
  readonly name: string;
  /** May hold `{variables}`. A relative or empty one must be replaced before its first use. */
  readonly url: string;
  /** By what stands in the braces. */
  readonly variables: Readonly<Record<string, Variable>>;
  /** The schemes whose keys its calls take. */
  readonly schemes: readonly string[];
  /** The server whose calls it can take. */
  readonly standsInFor?: string;
}

/** A header that every request carries. */
export interface ClientHeader {
  /** The client's option. */
  readonly option: string;
  readonly name: string;
  readonly value: string;
}

/** What is always true of an API. */
export interface Profile {
  /** What errors are called. */
  readonly errorName: string;
  readonly userAgent: string;
  readonly servers: readonly Server[];
  readonly schemes: readonly Scheme[];
  /** Schemes whose keys may be on the customer's device. */
  readonly browserSchemes: readonly string[];
  readonly headers: readonly ClientHeader[];
  /** The header that makes a write repeatable, and the methods that carry it. */
  readonly idempotency?: { readonly header: string; readonly methods: readonly string[] };
  /** Headers of answers that identify a request, most telling first. */
  readonly requestIdHeaders: readonly string[];
  readonly rateLimit?: { readonly limit: string; readonly remaining: string; readonly reset: string };
  /** JSON pointers into the body of a failure; empty where there is none. */
  readonly error: { readonly code: string; readonly message: string };
}

/** An argument that is no part of the body. */
export interface Param {
  readonly in: "path" | "query" | "header" | "cookie";
  /** On the wire. */
  readonly name: string;
  /** In the caller's object; for a path, how it is called in messages. */
  readonly key?: string;
  readonly style: Style;
  readonly shape: Shape;
  /** The one value it always has. */
  readonly value?: unknown;
  /** Reserved characters stay as they are. */
  readonly reserved?: boolean;
  /** A list or object without members is sent as the name alone. */
  readonly empty?: boolean;
}

/** A property of a body that is given one by one. */
export interface Part {
  readonly name: string;
  readonly key?: string;
  readonly shape: Shape;
  readonly value?: unknown;
  /** It is a file, or a list of files. */
  readonly file?: boolean;
  readonly style?: Style;
  readonly contentType?: string;
}

/** A request body. */
export interface BodyPlan {
  readonly kind: "json" | "form" | "multipart" | "text" | "binary";
  readonly mediaType: string;
  /** It is sent also when nothing of it is given. */
  readonly always: boolean;
  readonly parts?: readonly Part[];
  /** The whole body: its key in the caller's object. */
  readonly key?: string;
  readonly shape?: Shape;
}

/** The body of an answer. */
export interface Content {
  readonly as: "json" | "text" | "bytes";
  readonly shape?: Shape;
  /** What the object says it is. */
  readonly is?: { readonly member: string; readonly value: string };
  /** Where the object's id stands, when it always has one. */
  readonly id?: string;
}

/** How pages follow each other. Members of answers are JSON pointers. */
export type Paging = { readonly items: string } & (
  | { readonly by: "offset"; readonly parameter: string; readonly total?: string }
  | { readonly by: "page"; readonly parameter: string; readonly first: number; readonly pages?: string }
  | { readonly by: "cursor"; readonly parameter: string; readonly next: string; readonly hasMore?: string }
  | { readonly by: "lastItem"; readonly parameter: string; readonly field: string; readonly hasMore?: string }
  | { readonly by: "link" }
);

/** What may be repeated after a failure whose outcome is unknown. */
export type RetryClass = "safe" | "idempotent" | "unsafe";

/** A scheme that a call needs: its name, and what its token must allow. */
export type Requirement = string | { readonly scheme: string; readonly scopes: readonly string[] };

/** What is always true of an operation. */
export interface Operation {
  readonly id: string;
  readonly method: string;
  readonly path: string;
  /** Index of its server. */
  readonly server: number;
  /** Alternatives, each of schemes that are all needed. */
  readonly security: readonly (readonly Requirement[])[];
  readonly retry: RetryClass;
  /** Nobody has seen this route. */
  readonly guess?: boolean;
  readonly accept?: string;
  readonly params?: readonly Param[];
  readonly body?: BodyPlan;
  /** What a success gives, whatever its status; nothing without it and without `answers`. */
  readonly answer?: Content;
  /** What a success gives by its status: `200`, `2XX`, `default`. Null is nothing. */
  readonly answers?: Readonly<Record<string, Content | null>>;
  /** Names of the cases, where a caller is told which one it is. */
  readonly cases?: Readonly<Record<string, string>>;
  readonly paging?: Paging;
}
