// Gives a payment back, in whole or in part.
//
//	export OMISE_SECRET_KEY=skey_test_...
//	go run ./examples/refund CASE chrg_test_... 5000
//
// The amount is in the smallest unit. CASE is your own name for this refund: run again with the same one, it finds the
// refund that was made. OMISE_API_URL names a mock in place of the API.
package main

import (
	"context"
	"errors"
	"fmt"
	"log"
	"os"
	"strconv"

	omise "example.com/omise-go"
)

func main() {
	log.SetFlags(0)
	if len(os.Args) != 4 {
		log.Fatal("usage: refund CASE CHARGE AMOUNT")
	}
	amount, err := strconv.ParseInt(os.Args[3], 10, 64)
	if err != nil {
		log.Fatal(err)
	}
	if err := run(context.Background(), os.Args[1], omise.ChargeID(os.Args[2]), amount); err != nil {
		log.Fatal(err)
	}
}

func run(ctx context.Context, name string, charge omise.ChargeID, amount int64) error {
	client, err := newClient()
	if err != nil {
		return err
	}
	// An earlier run may have done it, and lost the answer.
	refund, err := find(ctx, client, charge, name)
	if err != nil {
		return err
	}
	if refund != nil {
		fmt.Println(refund.ID, "was made before")
		return nil
	}
	params := &omise.RefundsCreateParams{Amount: amount, Metadata: map[string]any{"case": name}}
	refund, err = client.Refunds.Create(ctx, charge, params, omise.WithIdempotencyKey("refund-"+name))
	var failure *omise.Error
	if errors.As(err, &failure) && failure.OutcomeUnknown {
		// Asking for the refunds of the charge is safe, sending this one again is not.
		log.Print(failure, "; looking for the refund")
		refund, err = find(ctx, client, charge, name)
		if err == nil && refund == nil {
			err = errors.New("there is no such refund yet: run this again later")
		}
	}
	if err != nil {
		return err
	}
	fmt.Println(refund.ID, "gives", omise.ValueOr(refund.Amount, 0), refund.Currency, "back")
	return nil
}

// find gives the refund of a charge that was made for a case.
func find(ctx context.Context, client *omise.Client, charge omise.ChargeID, name string) (*omise.Refund, error) {
	for refund, err := range client.Charges.ListRefundsAll(ctx, charge, nil) {
		if err != nil {
			return nil, err
		}
		if refund.Metadata["case"] == name {
			return refund, nil
		}
	}
	return nil, nil
}

func newClient() (*omise.Client, error) {
	options := []omise.Option{omise.WithSecretKey(os.Getenv("OMISE_SECRET_KEY"))}
	if url := os.Getenv("OMISE_API_URL"); url != "" {
		options = append(options, omise.WithAPIBaseURL(url))
	}
	return omise.NewClient(options...)
}
