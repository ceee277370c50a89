/** Content to send: bytes, text, blobs, files, and streams that are never held in memory as a whole. */

/** Bytes to send, or what they are read from. Text is sent as UTF-8. */
export type BytesInput = Uint8Array | ArrayBuffer | Blob | string;

/** The body of a call that sends bytes. A stream is read once, so a call that sends one is never repeated. */
export type BodyInput = BytesInput | ReadableStream<Uint8Array>;

/** A file to upload: its name, its content and what that is. */
export interface NamedFile {
  /** File name as the server is told it. */
  readonly name: string;
  readonly content: BytesInput;
  /** What the file is: `image/png`. Without it the operation's own media type is sent, or `application/octet-stream`. */
  readonly type?: string | undefined;
  /** Headers of this file's part of the form. */
  readonly headers?: Readonly<Record<string, string>> | undefined;
}

/** A file to upload. A `File` brings its own name and media type. */
export type FileInput = File | Blob | NamedFile;

/** Whether content is a stream. */
export function isStream(content: BodyInput): content is ReadableStream<Uint8Array> {
  return typeof ReadableStream !== "undefined" && content instanceof ReadableStream;
}

/** Whether something can be sent as bytes. */
export function isBytesInput(value: unknown): value is BytesInput {
  return (
    typeof value === "string" || value instanceof Uint8Array || value instanceof ArrayBuffer || value instanceof Blob
  );
}

/** The bytes of content, read once for all attempts. */
export async function bytesOf(content: BytesInput): Promise<Uint8Array> {
  if (typeof content === "string") {
    return new TextEncoder().encode(content);
  }
  if (content instanceof Uint8Array) {
    return content;
  }
  return new Uint8Array(content instanceof Blob ? await content.arrayBuffer() : content);
}

/** What content says of itself. */
export function mediaTypeOf(content: BodyInput): string | undefined {
  return content instanceof Blob && content.type !== "" ? content.type : undefined;
}
