// Takes a payment for a seller, keeps a fee, and pays the seller out.
//
//	export OMISE_SECRET_KEY=skey_test_... SELLER_ACCOUNT=...
//	go run ./examples/marketplace ORDER tokn_test_... 100000 team_...
//
// The amount is in satang, SELLER_ACCOUNT is the number of the seller's bank account, and the last argument is the seller's
// sub-merchant. OMISE_API_URL names a mock in place of the API.
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

// fee is what is kept, of a hundred.
const fee = 5

func main() {
	log.SetFlags(0)
	if len(os.Args) != 5 {
		log.Fatal("usage: marketplace ORDER TOKEN AMOUNT SUB_MERCHANT")
	}
	amount, err := strconv.ParseInt(os.Args[3], 10, 64)
	if err != nil {
		log.Fatal(err)
	}
	if err := run(context.Background(), os.Args[1], os.Args[2], amount, os.Args[4]); err != nil {
		log.Fatal(err)
	}
}

func run(ctx context.Context, order, token string, amount int64, seller string) error {
	client, err := newClient()
	if err != nil {
		return err
	}
	kept := amount / 100 * fee
	// Accounts that allowed this one to act for them.
	for chain, err := range client.Chains.ListAll(ctx, nil) {
		if err != nil {
			return err
		}
		fmt.Println(chain.ID, "is linked")
	}
	recipient, err := recipientOf(ctx, client, seller)
	if err != nil {
		return err
	}
	charge, err := client.Charges.Create(ctx, &omise.ChargesCreateParams{
		Amount:      amount,
		Currency:    omise.CurrencyTHB,
		Card:        omise.Ptr(token),
		PlatformFee: &omise.CreateChargePlatformFee{Fixed: omise.Ptr(kept)},
		Metadata:    map[string]any{"order": order},
		// A token pays once, so this names one try to pay the order.
	}, omise.WithHeader("SUB_MERCHANT_ID", seller), omise.WithIdempotencyKey("charge-"+order+"-"+token))
	if err != nil {
		return unlessUnknown(err)
	}
	switch status := omise.ValueOr(charge.Status, ""); {
	case status == omise.ChargeStatusSuccessful:
		fmt.Printf("%s is paid, and %d of it is ours\n", charge.ID, kept)
	case status == omise.ChargeStatusPending && charge.AuthorizeURI != nil:
		return fmt.Errorf("%s: nothing is paid out before the customer approves at %s", charge.ID, *charge.AuthorizeURI)
	default:
		return fmt.Errorf("%s is %s: nothing is paid out", charge.ID, status)
	}
	transfer, err := client.Transfers.Create(ctx, &omise.TransfersCreateParams{
		Amount:    omise.Ptr(amount - kept),
		Recipient: omise.Ptr(recipient),
		Metadata:  map[string]any{"order": order},
	}, omise.WithIdempotencyKey("transfer-"+order))
	if err != nil {
		return unlessUnknown(err)
	}
	fmt.Println(transfer.ID, "pays", omise.ValueOr(transfer.Amount, 0), "out")
	return nil
}

// recipientOf is where a seller's money goes.
func recipientOf(ctx context.Context, client *omise.Client, seller string) (omise.RecipientID, error) {
	number := os.Getenv("SELLER_ACCOUNT")
	if number == "" {
		return "", errors.New("set SELLER_ACCOUNT")
	}
	recipient, err := client.Recipients.Create(ctx, &omise.RecipientsCreateParams{
		Name: "Somchai Prasert",
		Type: omise.RecipientTypeIndividual,
		BankAccount: omise.CreateRecipientBankAccount{
			Name: "Somchai Prasert", Number: omise.Secret(number), Brand: omise.Ptr("bbl"),
		},
		Description: omise.Ptr(seller),
	}, omise.WithIdempotencyKey("recipient-"+seller))
	if err != nil {
		return "", err
	}
	return recipient.ID, nil
}

// unlessUnknown is what to say of a call that moves money. One whose outcome is unknown ends the program: whoever runs it
// has to look.
func unlessUnknown(err error) error {
	var failure *omise.Error
	if errors.As(err, &failure) && failure.OutcomeUnknown {
		return fmt.Errorf("%w\nit may have been carried out: look for %s before this is run again", err, failure.IdempotencyKey)
	}
	return err
}

func newClient() (*omise.Client, error) {
	options := []omise.Option{omise.WithSecretKey(os.Getenv("OMISE_SECRET_KEY"))}
	if url := os.Getenv("OMISE_API_URL"); url != "" {
		options = append(options, omise.WithAPIBaseURL(url))
	}
	return omise.NewClient(options...)
}
