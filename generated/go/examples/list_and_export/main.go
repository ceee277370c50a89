// Writes the charges since a day to standard output, as CSV for a spreadsheet.
//
//	export OMISE_SECRET_KEY=skey_test_...
//	go run ./examples/list_and_export 2026-01-01 > charges.csv
//
// Pages are asked for one after the other, so that any number of charges fits in memory. OMISE_API_URL names a mock in
// place of the API.
package main

import (
	"bufio"
	"context"
	"fmt"
	"log"
	"os"
	"strconv"
	"strings"
	"time"

	omise "example.com/omise-go"
)

func main() {
	log.SetFlags(0)
	if len(os.Args) != 2 {
		log.Fatal("usage: list_and_export YYYY-MM-DD")
	}
	if err := run(context.Background(), os.Args[1]); err != nil {
		log.Fatal(err)
	}
}

func run(ctx context.Context, day string) error {
	since, err := time.Parse(time.DateOnly, day)
	if err != nil {
		return err
	}
	client, err := newClient()
	if err != nil {
		return err
	}
	out := bufio.NewWriter(os.Stdout)
	fmt.Fprintln(out, "id,created_at,amount,currency,status,refunded_amount")
	// Oldest first: what is made meanwhile comes at the end and shifts nothing.
	params := &omise.ChargesListParams{
		From:  omise.Ptr(omise.NewDateTime(since)),
		Order: omise.Ptr(omise.ListOrderChronological),
		Limit: omise.Ptr(int64(100)),
	}
	count := 0
	for charge, err := range client.Charges.ListAll(ctx, params) {
		if err != nil {
			// What was written is whole lines.
			_ = out.Flush()
			log.Printf("stopped after %d charges: go on from the moment in the last line", count)
			return err
		}
		fmt.Fprintln(out, row(charge))
		count++
	}
	log.Printf("%d charges", count)
	return out.Flush()
}

// row keeps amounts whole numbers of the smallest unit: a spreadsheet's fractions are not exact.
func row(charge *omise.Charge) string {
	number := func(amount *int64) string {
		if amount == nil {
			return ""
		}
		return strconv.FormatInt(*amount, 10)
	}
	return strings.Join([]string{
		string(charge.ID),
		string(omise.ValueOr(charge.CreatedAt, "")),
		number(charge.Amount),
		string(charge.Currency),
		string(omise.ValueOr(charge.Status, "")),
		number(charge.RefundedAmount),
	}, ",")
}

func newClient() (*omise.Client, error) {
	options := []omise.Option{omise.WithSecretKey(os.Getenv("OMISE_SECRET_KEY"))}
	if url := os.Getenv("OMISE_API_URL"); url != "" {
		options = append(options, omise.WithAPIBaseURL(url))
	}
	return omise.NewClient(options...)
}
