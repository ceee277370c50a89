// Gives a payment back, in whole or in part.
//
//     export OMISE_SECRET_KEY=skey_test_...
//     node refund.mjs CASE chrg_test_... 5000
//
// The amount is in the smallest unit. CASE is your own name for this refund: run again with the same one, it finds the refund
// that was made. OMISE_API_URL names a mock in place of the API.
import { Omise, OmiseError } from "omise-sdk";

const [name, charge, amount] = process.argv.slice(2);
if (name === undefined || charge === undefined || !/^[0-9]+$/.test(amount ?? "")) {
  throw new Error("usage: refund CASE CHARGE AMOUNT");
}
const omise = client();
// An earlier run may have done it, and lost the answer.
const earlier = await find();
if (earlier === undefined) {
  const refund = await give();
  console.log(`${refund.id} gives ${refund.amount} ${refund.currency} back`);
} else {
  console.log(`${earlier.id} was made before`);
}

async function give() {
  try {
    return await omise.refunds.create(
      charge,
      { amount: BigInt(amount), metadata: { case: name } },
      { idempotencyKey: `refund-${name}` },
    );
  } catch (error) {
    if (!(error instanceof OmiseError)) {
      throw error;
    }
    if (!error.outcomeUnknown) {
      console.error(`refused as ${error.code}`);
      throw error;
    }
    // Asking for the refunds of the charge is safe, sending this one again is not.
    console.error(`${error.message}; looking for the refund`);
    const found = await find();
    if (found === undefined) {
      throw new Error("there is no such refund yet: run this again later");
    }
    return found;
  }
}

/** The refund of the charge that was made for the case. */
async function find() {
  for await (const refund of omise.charges.listRefunds(charge)) {
    if (refund.metadata?.case === name) {
      return refund;
    }
  }
  return undefined;
}

function client() {
  const secretKey = process.env.OMISE_SECRET_KEY;
  if (secretKey === undefined) {
    throw new Error("set OMISE_SECRET_KEY");
  }
  return new Omise({ secretKey, baseUrl: process.env.OMISE_API_URL });
}
