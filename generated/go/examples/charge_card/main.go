// Charges a card whose token the customer's browser or phone made, so that its number never comes here.
//
//	export OMISE_SECRET_KEY=skey_test_...
//	go run ./examples/charge_card ORDER tokn_test_... 100000
//
// The amount is in the smallest unit: 100000 satang are 1,000 THB. Run again for the same order, it finds the charge that
// was made, and makes none beside it. OMISE_API_URL names a mock in place of the API.
package main

import (
	"context"
	"errors"
	"fmt"
	"log"
	"os"
	"strconv"
	"time"

	omise "example.com/omise-go"
)

// lookBack is how long ago an earlier run for the same order may have been.
const lookBack = 24 * time.Hour

func main() {
	log.SetFlags(0)
	if len(os.Args) != 4 {
		log.Fatal("usage: charge_card ORDER TOKEN AMOUNT")
	}
	amount, err := strconv.ParseInt(os.Args[3], 10, 64)
	if err != nil {
		log.Fatal(err)
	}
	if err := run(context.Background(), os.Args[1], os.Args[2], amount); err != nil {
		log.Fatal(err)
	}
}

func run(ctx context.Context, order, token string, amount int64) error {
	client, err := newClient()
	if err != nil {
		return err
	}
	// An earlier run may have charged the card, and lost the answer. A shop that keeps what it did looks there first.
	since := time.Now().Add(-lookBack)
	charge, err := find(ctx, client, order, since)
	if err != nil {
		return err
	}
	if charge != nil {
		fmt.Println(charge.ID, "was made before")
		report(charge)
		return nil
	}
	params := &omise.ChargesCreateParams{
		Amount:      amount,
		Currency:    omise.CurrencyTHB,
		Card:        omise.Ptr(token),
		Description: omise.Ptr("Order " + order),
		Metadata:    map[string]any{"order": order},
		ReturnURI:   omise.Ptr("https://www.example.com/orders/complete"),
	}
	// A token pays once, so this names one try to pay the order.
	charge, err = client.Charges.Create(ctx, params, omise.WithIdempotencyKey("charge-"+order+"-"+token))
	var failure *omise.Error
	if errors.As(err, &failure) && failure.OutcomeUnknown {
		// Nobody knows whether the card was charged: look before anything is tried again.
		log.Print(failure, "; looking for the charge")
		charge, err = find(ctx, client, order, since)
		if err == nil && charge == nil {
			err = errors.New("there is no such charge yet: look again later, and do not charge another way until then")
		}
	}
	if err != nil {
		return err
	}
	report(charge)
	return nil
}

// find gives the charge of an order among those made since, but for one that failed and left the order to be paid.
func find(ctx context.Context, client *omise.Client, order string, since time.Time) (*omise.Charge, error) {
	params := &omise.ChargesListParams{
		From:  omise.Ptr(omise.NewDateTime(since)),
		Order: omise.Ptr(omise.ListOrderReverseChronological),
	}
	for charge, err := range client.Charges.ListAll(ctx, params) {
		if err != nil {
			return nil, err
		}
		status := omise.ValueOr(charge.Status, "")
		hasFailed := status == omise.ChargeStatusFailed || status == omise.ChargeStatusExpired
		if charge.Metadata["order"] == order && !hasFailed {
			return charge, nil
		}
	}
	return nil, nil
}

func report(charge *omise.Charge) {
	switch status := omise.ValueOr(charge.Status, ""); {
	case status == omise.ChargeStatusSuccessful:
		fmt.Println(charge.ID, "is paid")
	case status == omise.ChargeStatusFailed:
		// A card that is declined is an answer, not an error.
		code, message := omise.ValueOr(charge.FailureCode, ""), omise.ValueOr(charge.FailureMessage, "")
		fmt.Println(charge.ID, "failed:", code, message)
	case charge.AuthorizeURI != nil:
		// 3-D Secure: the customer approves at the bank, and an event tells how it ended.
		fmt.Printf("%s: send the customer to %s\n", charge.ID, *charge.AuthorizeURI)
	default:
		fmt.Println(charge.ID, "is", status)
	}
}

func newClient() (*omise.Client, error) {
	options := []omise.Option{omise.WithSecretKey(os.Getenv("OMISE_SECRET_KEY"))}
	if url := os.Getenv("OMISE_API_URL"); url != "" {
		options = append(options, omise.WithAPIBaseURL(url))
	}
	return omise.NewClient(options...)
}
