// Takes a payment by PromptPay: the customer scans a QR code with a banking app.
//
//     export OMISE_SECRET_KEY=skey_test_... OMISE_PUBLIC_KEY=pkey_test_...
//     node promptpay.mjs ORDER 100000
//
// The amount is in satang. The event `charge.complete` tells that it is paid: see webhook-server. OMISE_API_URL names a mock in
// place of the API.
import { Omise, OmiseError } from "omise-sdk";

const [order, asked] = process.argv.slice(2);
if (order === undefined || !/^[0-9]+$/.test(asked ?? "")) {
  throw new Error("usage: promptpay ORDER AMOUNT");
}
const amount = BigInt(asked);
const omise = client();
// A source alone moves no money, so that one too many does no harm.
const source = await omise.sources.create({ amount, currency: "THB", type: "promptpay" });
const charge = await make();
console.log(`${charge.id} is pending`);
console.log(`show this QR code: ${charge.source?.scannable_code?.image?.download_uri ?? "(none was given)"}`);
if (charge.expires_at) {
  console.log(`it is good until ${charge.expires_at}`);
}

async function make() {
  try {
    return await omise.charges.create(
      { amount, currency: "THB", source: source.id, metadata: { order } },
      { idempotencyKey: `promptpay-${order}-${source.id}` },
    );
  } catch (error) {
    if (error instanceof OmiseError && error.outcomeUnknown) {
      // Without its QR code nobody can pay such a charge, and it expires by itself.
      console.error("the next run makes a source and a charge of its own");
    }
    throw error;
  }
}

function client() {
  const { OMISE_SECRET_KEY: secretKey, OMISE_PUBLIC_KEY: publicKey, OMISE_API_URL: baseUrl } = process.env;
  if (secretKey === undefined) {
    throw new Error("set OMISE_SECRET_KEY");
  }
  return new Omise({ secretKey, publicKey, baseUrl });
}
