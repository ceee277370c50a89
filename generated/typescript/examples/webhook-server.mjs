// Receives events, and asks the API before it believes what they tell.
//
//     export OMISE_SECRET_KEY=skey_test_... OMISE_WEBHOOK_SECRET=...
//     node webhook-server.mjs 127.0.0.1:3000
//
// While a secret is rolled, OMISE_WEBHOOK_SECRET holds both with a comma between. OMISE_API_URL names a mock in place of the API.
// This is Node's own server; any framework gives headers and body as well.
import { createServer } from "node:http";
import { buffer } from "node:stream/consumers";

import { Omise, Verifier, WebhookError } from "omise-sdk";

const secrets = process.env.OMISE_WEBHOOK_SECRET;
if (secrets === undefined) {
  throw new Error("set OMISE_WEBHOOK_SECRET");
}
const verifier = new Verifier(secrets.split(","));
const omise = client();
const server = createServer(async (request, response) => {
  response.statusCode = request.method === "POST" && request.url === "/webhooks" ? await receive(request) : 404;
  response.end();
});
const [host, port] = (process.argv[2] ?? "127.0.0.1:3000").split(":");
server.listen(Number(port), host, () => {
  console.log(`listening on http://${host}:${server.address().port}/webhooks`);
});

/** The body is taken as bytes: the signature is over them, and not over what JSON makes of them. */
async function receive(request) {
  let event;
  try {
    event = await verifier.verify(request.headers, await buffer(request));
  } catch (error) {
    // What is genuine, and nothing this program can read, is taken: delivered again it reads no better.
    const isRefused = !(error instanceof WebhookError) || error.isRefusal;
    console.error(`${isRefused ? "refused" : "ignored"}: ${error.message}`);
    return isRefused ? 401 : 200;
  }
  try {
    await handle(event);
    return 200;
  } catch (error) {
    // It is delivered again.
    console.error(`${event.id}: ${error.message}`);
    return 503;
  }
}

/** An event may come twice, late, or after a later one: it says that something happened, and the API says how it stands. */
async function handle(event) {
  if (event.key === "charge.complete" && event.data?.object === "charge") {
    const charge = await omise.charges.retrieve(event.data.id);
    console.log(`${charge.id} is ${charge.status}`);
  } else {
    console.log(`${event.id}: nothing to do for ${event.key}`);
  }
}

function client() {
  const secretKey = process.env.OMISE_SECRET_KEY;
  if (secretKey === undefined) {
    throw new Error("set OMISE_SECRET_KEY");
  }
  return new Omise({ secretKey, baseUrl: process.env.OMISE_API_URL });
}
