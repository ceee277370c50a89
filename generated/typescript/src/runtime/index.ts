/** What users of the package meet of its runtime. */

export { Call, type Answer } from "./call.js";
export { Core, type AnyRequest } from "./core.js";
export type { ClientSecret, UserPassword } from "./credential.js";
export { Decimal } from "./decimal.js";
export { SdkError, type ErrorKind, type RateLimit } from "./errors.js";
export { exactJson, parseExactJson } from "./exact-json.js";
export { idOf, isExpanded, type Expandable } from "./expandable.js";
export { Items, ListCall, Pages } from "./list.js";
export type { BaseOptions, Fetch, FetchInit, RequestOptions } from "./options.js";
export type { Position } from "./paging.js";
export type { BodyInput, BytesInput, FileInput, NamedFile } from "./upload.js";
export {
  EventVerifier,
  WebhookError,
  type VerifierOptions,
  type WebhookErrorCode,
  type WebhookHeaders,
} from "./webhook.js";
