// Takes a payment by PromptPay: the customer scans a QR code with a banking app.
//
//	export OMISE_SECRET_KEY=skey_test_... OMISE_PUBLIC_KEY=pkey_test_...
//	go run ./examples/promptpay ORDER 100000
//
// The amount is in satang. The event charge.complete tells that it is paid: see webhook_server. OMISE_API_URL names a mock
// in place of the API.
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
	if len(os.Args) != 3 {
		log.Fatal("usage: promptpay ORDER AMOUNT")
	}
	amount, err := strconv.ParseInt(os.Args[2], 10, 64)
	if err != nil {
		log.Fatal(err)
	}
	if err := run(context.Background(), os.Args[1], amount); err != nil {
		log.Fatal(err)
	}
}

func run(ctx context.Context, order string, amount int64) error {
	client, err := newClient()
	if err != nil {
		return err
	}
	// A source alone moves no money, so that one too many does no harm.
	source, err := client.Sources.Create(ctx, &omise.SourcesCreateParams{
		Amount: amount, Currency: omise.CurrencyTHB, Type: omise.SourceTypePromptpay,
	})
	if err != nil {
		return err
	}
	params := &omise.ChargesCreateParams{
		Amount:   amount,
		Currency: omise.CurrencyTHB,
		Source:   omise.Ptr(source.ID),
		Metadata: map[string]any{"order": order},
	}
	key := fmt.Sprintf("promptpay-%s-%s", order, source.ID)
	charge, err := client.Charges.Create(ctx, params, omise.WithIdempotencyKey(key))
	var failure *omise.Error
	if errors.As(err, &failure) && failure.OutcomeUnknown {
		// Without its QR code nobody can pay such a charge, and it expires by itself.
		log.Print("the next run makes a source and a charge of its own")
	}
	if err != nil {
		return err
	}
	fmt.Println(charge.ID, "is pending")
	fmt.Println("show this QR code:", image(charge))
	if charge.ExpiresAt != nil {
		fmt.Println("it is good until", *charge.ExpiresAt)
	}
	return nil
}

// image is where the picture of the code is.
func image(charge *omise.Charge) string {
	source := charge.Source
	if source == nil || source.ScannableCode == nil || source.ScannableCode.Image == nil {
		return "(none was given)"
	}
	return omise.ValueOr(source.ScannableCode.Image.DownloadURI, "(none was given)")
}

func newClient() (*omise.Client, error) {
	options := []omise.Option{omise.WithSecretKey(os.Getenv("OMISE_SECRET_KEY"))}
	if key := os.Getenv("OMISE_PUBLIC_KEY"); key != "" {
		options = append(options, omise.WithPublicKey(key))
	}
	if url := os.Getenv("OMISE_API_URL"); url != "" {
		options = append(options, omise.WithAPIBaseURL(url))
	}
	return omise.NewClient(options...)
}
