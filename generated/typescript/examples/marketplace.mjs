// Takes a payment for a seller, keeps a fee, and pays the seller out.
//
//     export OMISE_SECRET_KEY=skey_test_... SELLER_ACCOUNT=...
//     node marketplace.mjs ORDER tokn_test_... 100000 team_...
//
// The amount is in satang, SELLER_ACCOUNT is the number of the seller's bank account, and the last argument is the seller's
// sub-merchant. OMISE_API_URL names a mock in place of the API.
import { Omise, OmiseError } from "omise-sdk";

/** Of a hundred. */
const FEE = 5n;

const [order, token, asked, seller] = process.argv.slice(2);
const account = process.env.SELLER_ACCOUNT;
if (seller === undefined || account === undefined || !/^[0-9]+$/.test(asked ?? "")) {
  throw new Error("usage: marketplace ORDER TOKEN AMOUNT SUB_MERCHANT, with SELLER_ACCOUNT set");
}
const amount = BigInt(asked);
const fee = (amount / 100n) * FEE;
const omise = client();

// Accounts that allowed this one to act for them.
for (const chain of await omise.chains.list().items().collect(10)) {
  console.log(`${chain.id} is linked`);
}
const recipient = await omise.recipients.create(
  {
    name: "Somchai Prasert",
    type: "individual",
    bank_account: { name: "Somchai Prasert", number: account, brand: "bbl" },
    description: seller,
  },
  { idempotencyKey: `recipient-${seller}` },
);

const charge = await told(
  omise.charges.create(
    { amount, currency: "THB", card: token, platform_fee: { fixed: fee }, metadata: { order } },
    // A token pays once, so this names one try to pay the order.
    { headers: { SUB_MERCHANT_ID: seller }, idempotencyKey: `charge-${order}-${token}` },
  ),
);
if (charge.status === "pending" && charge.authorize_uri) {
  throw new Error(`${charge.id}: nothing is paid out before the customer approves at ${charge.authorize_uri}`);
}
if (charge.status !== "successful") {
  throw new Error(`${charge.id} is ${charge.status}: nothing is paid out`);
}
console.log(`${charge.id} is paid, and ${fee} of it is ours`);

const transfer = await told(
  omise.transfers.create(
    { amount: amount - fee, recipient: recipient.id, metadata: { order } },
    { idempotencyKey: `transfer-${order}` },
  ),
);
console.log(`${transfer.id} pays ${transfer.amount} out`);

/** A call that moves money. One whose outcome is unknown ends the program: whoever runs it has to look. */
async function told(call) {
  try {
    return await call;
  } catch (error) {
    if (error instanceof OmiseError && error.outcomeUnknown) {
      console.error(`it may have been carried out: look for ${error.idempotencyKey} before this is run again`);
    }
    throw error;
  }
}

function client() {
  const secretKey = process.env.OMISE_SECRET_KEY;
  if (secretKey === undefined) {
    throw new Error("set OMISE_SECRET_KEY");
  }
  return new Omise({ secretKey, baseUrl: process.env.OMISE_API_URL });
}
