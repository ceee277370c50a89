// Makes the calls that come as lines of JSON, by the package in the folder given, as a program of its users would.
//
//     node driver.mjs FOLDER < calls > answers
//
// The folder is that of the built package. `docs/vectors.md` describes calls and answers.
import { readFile } from "node:fs/promises";
import { resolve } from "node:path";
import { createInterface } from "node:readline";
import { pathToFileURL } from "node:url";

const folder = resolve(process.argv[2] ?? ".");
const manifest = JSON.parse(await readFile(`${folder}/package.json`, "utf8"));
const sdk = await import(pathToFileURL(resolve(folder, manifest.exports["."].import.default)));
const Client = clientOf(sdk);

/** The class with the resources: it extends the one whose name is its own with `Core` behind it. */
function clientOf(exports) {
  const [core] = Object.keys(exports).filter((name) => name !== "Core" && name.endsWith("Core"));
  return exports[core.slice(0, -"Core".length)];
}

function camel(words) {
  return words.map((word, at) => (at === 0 ? word : word[0].toUpperCase() + word.slice(1))).join("");
}

const camelKeys = (object) => {
  const pairs = Object.entries(object ?? {}).map(([key, value]) => [camel(key.split("_")), value]);
  return Object.fromEntries(pairs);
};

/** A member whose name may be one of JavaScript's own, which then has a line behind it. */
const member = (object, words) => object[`${camel(words)}_`] ?? object[camel(words)];

function credential(given) {
  if (typeof given === "string" || !("client_id" in given)) {
    return given;
  }
  return { clientId: given.client_id, clientSecret: given.client_secret };
}

const given = (milliseconds) => (milliseconds === 0 ? undefined : milliseconds);

/** The server of a vector has the tokens too. */
function tokenUrls(client) {
  const [server] = Object.values(client.servers ?? {});
  const fetching = Object.entries(client.auth ?? {}).filter(([, value]) => value?.client_id !== undefined);
  return camelKeys(Object.fromEntries(fetching.map(([name]) => [name, `${server}/token`])));
}

function optionsOf(client) {
  const auth = Object.entries(client.auth ?? {}).map(([name, value]) => [name, credential(value)]);
  const wait = client.retry_wait_ms;
  return {
    ...camelKeys(Object.fromEntries(auth)),
    ...camelKeys(client.headers),
    baseUrl: camelKeys(client.servers),
    tokenUrl: tokenUrls(client),
    maxRetries: client.max_retries,
    timeout: given(client.timeout_ms),
    totalTimeout: given(client.total_timeout_ms),
    allowUnverified: client.allow_unverified,
    backoff: wait === undefined ? undefined : { base: wait, cap: wait },
  };
}

/** A value with its files and bytes as a program has them. */
function valueOf(value) {
  if (Array.isArray(value)) {
    return value.map(valueOf);
  }
  if (typeof value !== "object" || value === null || value instanceof sdk.Decimal) {
    return value;
  }
  if ("$file" in value) {
    const { name, type, base64 } = value.$file;
    return { name, type, content: Buffer.from(base64, "base64") };
  }
  if ("$base64" in value) {
    return new Uint8Array(Buffer.from(value.$base64, "base64"));
  }
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, valueOf(inner)]));
}

/** The call, as `client.charges.create(params, options)` makes it. */
function callOf({ client, resource, method, args = [], options = {} }) {
  const owner = member(new Client(optionsOf(client)), resource);
  const run = member(owner, method);
  const path = args.filter(({ place }) => place === "path");
  const others = args.filter(({ place }) => place !== "path");
  const params = {};
  for (const { name, wire, place, value } of others) {
    const isAlone = others.filter((other) => other.wire === wire).length === 1;
    params[place === "body" || !isAlone ? name.join("_") : wire] = valueOf(value);
  }
  const positional = path.map(({ value }) => valueOf(value));
  // A method without further arguments takes its options next.
  const takesParams = run.length === positional.length + 2;
  return run.call(owner, ...positional, ...(takesParams ? [params] : []), {
    idempotencyKey: options.idempotency_key,
    timeout: given(options.timeout_ms),
    totalTimeout: given(options.total_timeout_ms),
    headers: options.headers,
    maxRetries: options.max_retries,
    retryAmbiguous: options.retry_ambiguous,
  });
}

/** A value as calls have it: bytes as base64, and of an answer by its status what it holds. */
function written(value) {
  if (value instanceof Uint8Array) {
    return { $base64: Buffer.from(value).toString("base64") };
  }
  const isCase = typeof value === "object" && value !== null && Object.keys(value).join() === "kind,status,value";
  return isCase ? written(value.value) : (value ?? null);
}

function problemOf(error) {
  if (error instanceof sdk.WebhookError) {
    return { kind: "webhook", code: error.code };
  }
  if (!(error instanceof sdk.SdkError)) {
    throw error;
  }
  return {
    kind: error.kind,
    status: error.status,
    code: error.code,
    message: error.detail,
    request_id: error.requestId,
    attempts: error.attempts,
    retryable: error.retryable,
    outcome_unknown: error.outcomeUnknown,
    idempotency_key: error.idempotencyKey,
  };
}

async function itemsOf(call, limit = Infinity) {
  const items = [];
  try {
    const walk = call.items();
    while (items.length < limit) {
      const { done, value } = await walk.next();
      if (done) {
        break;
      }
      items.push(value);
    }
    return { items };
  } catch (error) {
    return { items, error: problemOf(error) };
  }
}

async function verified({ secrets, headers, body_base64: body, now }) {
  const verifier = new sdk.Verifier(secrets, { now: now === undefined ? undefined : () => now * 1000 });
  return verifier.verify(headers, Buffer.from(body, "base64"));
}

async function answerTo(call) {
  switch (call.mode ?? "value") {
    case "webhook":
      return { value: await verified(call) };
    case "items":
      return itemsOf(callOf(call), call.limit);
    case "raw": {
      const { status, requestId, body } = await callOf(call).withResponse();
      return { answer: { status, request_id: requestId, body_base64: Buffer.from(body).toString("base64") } };
    }
    default:
      return { value: written(await callOf(call)) };
  }
}

for await (const line of createInterface({ input: process.stdin })) {
  if (line.trim() === "") {
    continue;
  }
  const call = sdk.parseExactJson(line);
  let answer;
  try {
    answer = await answerTo(call);
  } catch (error) {
    answer = { error: problemOf(error) };
  }
  process.stdout.write(`${sdk.exactJson({ id: call.id, ...answer })}\n`);
}
