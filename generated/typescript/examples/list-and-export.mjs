// Writes the charges since a day to standard output, as CSV for a spreadsheet.
//
//     export OMISE_SECRET_KEY=skey_test_...
//     node list-and-export.mjs 2026-01-01 > charges.csv
//
// Pages are asked for one after the other, so that any number of charges fits in memory. OMISE_API_URL names a mock in place of
// the API.
import { Omise } from "omise-sdk";

const [day] = process.argv.slice(2);
if (!/^[0-9]{4}-[0-9]{2}-[0-9]{2}$/.test(day ?? "")) {
  throw new Error("usage: list-and-export YYYY-MM-DD");
}
// Oldest first: what is made meanwhile comes at the end and shifts nothing.
const charges = client().charges.list({ from: `${day}T00:00:00Z`, order: "chronological", limit: 100 });
console.log("id,created_at,amount,currency,status,refunded_amount");
let count = 0;
try {
  for await (const charge of charges) {
    console.log(row(charge));
    count += 1;
  }
} catch (error) {
  // What was written is whole lines. A program that goes on by itself keeps the position of `charges.items()`.
  console.error(`stopped after ${count} charges: go on from the moment in the last line`);
  throw error;
}
console.error(`${count} charges`);

/** Amounts stay whole numbers of the smallest unit: a spreadsheet's fractions are not exact. */
function row({ id, created_at: created, amount, currency, status, refunded_amount: refunded }) {
  return [id, created, amount, currency, status, refunded].map((value) => value ?? "").join(",");
}

function client() {
  const secretKey = process.env.OMISE_SECRET_KEY;
  if (secretKey === undefined) {
    throw new Error("set OMISE_SECRET_KEY");
  }
  return new Omise({ secretKey, baseUrl: process.env.OMISE_API_URL });
}
