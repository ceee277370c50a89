// Charges a card whose token the customer's browser or phone made, so that its number never comes here.
//
//     export OMISE_SECRET_KEY=skey_test_...
//     node charge-card.mjs ORDER tokn_test_... 100000
//
// The amount is in the smallest unit: 100000 satang are 1,000 THB. Run again for the same order, it finds the charge that was
// made, and makes none beside it. OMISE_API_URL names a mock in place of the API.
import { Omise, OmiseError } from "omise-sdk";

/** How long ago an earlier run for the same order may have been. */
const LOOK_BACK = 24 * 60 * 60 * 1000;

const [order, token, amount] = process.argv.slice(2);
if (order === undefined || token === undefined || !/^[0-9]+$/.test(amount ?? "")) {
  throw new Error("usage: charge-card ORDER TOKEN AMOUNT");
}
const omise = client();
// An earlier run may have charged the card, and lost the answer. A shop that keeps what it did looks there first.
const since = new Date(Date.now() - LOOK_BACK).toISOString();
const earlier = await find();
if (earlier !== undefined) {
  console.log(`${earlier.id} was made before`);
}
report(earlier ?? (await charge()));

async function charge() {
  try {
    return await omise.charges.create(
      {
        amount: BigInt(amount),
        currency: "THB",
        card: token,
        description: `Order ${order}`,
        metadata: { order },
        return_uri: "https://www.example.com/orders/complete",
      },
      // A token pays once, so this names one try to pay the order.
      { idempotencyKey: `charge-${order}-${token}` },
    );
  } catch (error) {
    if (!(error instanceof OmiseError) || !error.outcomeUnknown) {
      throw error;
    }
    // Nobody knows whether the card was charged: look before anything is tried again.
    console.error(`${error.message}; looking for the charge`);
    const found = await find();
    if (found === undefined) {
      throw new Error("there is no such charge yet: look again later, and do not charge another way until then");
    }
    return found;
  }
}

/** The charge of the order among those made lately, but for one that failed and left the order to be paid. */
async function find() {
  for await (const made of omise.charges.list({ from: since, order: "reverse_chronological" })) {
    if (made.metadata?.order === order && made.status !== "failed" && made.status !== "expired") {
      return made;
    }
  }
  return undefined;
}

function report({ id, status, authorize_uri: uri, failure_code: code, failure_message: message }) {
  if (status === "successful") {
    console.log(`${id} is paid`);
  } else if (status === "failed") {
    // A card that is declined is an answer, not an error.
    console.log(`${id} failed: ${code} ${message}`);
  } else if (uri) {
    // 3-D Secure: the customer approves at the bank, and an event tells how it ended.
    console.log(`${id}: send the customer to ${uri}`);
  } else {
    console.log(`${id} is ${status}`);
  }
}

function client() {
  const secretKey = process.env.OMISE_SECRET_KEY;
  if (secretKey === undefined) {
    throw new Error("set OMISE_SECRET_KEY");
  }
  return new Omise({ secretKey, baseUrl: process.env.OMISE_API_URL });
}
