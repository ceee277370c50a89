// Begins a subscription: a customer with a card, charged on the first of every month by a schedule.
//
//     export OMISE_SECRET_KEY=skey_test_...
//     node subscription.mjs MEMBER someone@example.com tokn_test_... 2030-12-31
//
// The token is made by the customer's browser or phone, and the date is the last day. OMISE_API_URL names a mock in place of the
// API.
import { Omise, OmiseError } from "omise-sdk";

/** 299 THB, in satang. */
const PRICE = 29_900;

const [member, email, token, until] = process.argv.slice(2);
if (until === undefined) {
  throw new Error("usage: subscription MEMBER EMAIL TOKEN UNTIL");
}
const omise = client();
// A customer keeps the card: a token is good for one use.
const customer = await omise.customers.create(
  { email, card: token, description: `Member ${member}` },
  { idempotencyKey: `customer-${member}` },
);
console.log(`${customer.id} keeps the card`);
const schedule = await begin();
console.log(`${schedule.id}: ${schedule.in_words ?? "every month"}`);
for (const day of (schedule.next_occurrences_on ?? []).slice(0, 3)) {
  console.log(`charged on ${day}`);
}

async function begin() {
  try {
    return await omise.schedules.create(
      {
        every: 1,
        period: "month",
        end_date: until,
        on: { days_of_month: [1] },
        charge: { amount: PRICE, currency: "THB", customer: customer.id },
      },
      { idempotencyKey: `schedule-${member}` },
    );
  } catch (error) {
    if (!(error instanceof OmiseError) || !error.outcomeUnknown) {
      throw error;
    }
    // Two schedules charge twice a month: what the customer has tells whether this one is there.
    console.error(`${error.message}; looking for the schedule`);
    const [found] = await omise.customers.listSchedules(customer.id).items().collect(1);
    if (found === undefined) {
      throw new Error("there is no schedule yet: look again before it is made again");
    }
    return found;
  }
}

function client() {
  const secretKey = process.env.OMISE_SECRET_KEY;
  if (secretKey === undefined) {
    throw new Error("set OMISE_SECRET_KEY");
  }
  return new Omise({ secretKey, baseUrl: process.env.OMISE_API_URL });
}
