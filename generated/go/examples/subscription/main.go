// Begins a subscription: a customer with a card, charged on the first of every month by a schedule.
//
//	export OMISE_SECRET_KEY=skey_test_...
//	go run ./examples/subscription MEMBER someone@example.com tokn_test_... 2030-12-31
//
// The token is made by the customer's browser or phone, and the date is the last day. OMISE_API_URL names a mock in place
// of the API.
package main

import (
	"context"
	"errors"
	"fmt"
	"log"
	"os"

	omise "example.com/omise-go"
)

// price is 299 THB, in satang.
const price = 29_900

func main() {
	log.SetFlags(0)
	if len(os.Args) != 5 {
		log.Fatal("usage: subscription MEMBER EMAIL TOKEN UNTIL")
	}
	if err := run(context.Background(), os.Args[1], os.Args[2], os.Args[3], omise.Date(os.Args[4])); err != nil {
		log.Fatal(err)
	}
}

func run(ctx context.Context, member, email, token string, until omise.Date) error {
	if _, err := until.Time(); err != nil {
		return err
	}
	client, err := newClient()
	if err != nil {
		return err
	}
	// A customer keeps the card: a token is good for one use.
	customer, err := client.Customers.Create(ctx, &omise.CustomersCreateParams{
		Email:       omise.Ptr(email),
		Card:        omise.Ptr(token),
		Description: omise.Ptr("Member " + member),
	}, omise.WithIdempotencyKey("customer-"+member))
	if err != nil {
		return err
	}
	fmt.Println(customer.ID, "keeps the card")
	params := &omise.SchedulesCreateParams{
		Every:   1,
		Period:  omise.SchedulePeriodMonth,
		EndDate: until,
		On:      &omise.CreateScheduleOn{DaysOfMonth: []int64{1}},
		Charge:  &omise.CreateScheduleCharge{Amount: price, Customer: customer.ID, Currency: omise.Ptr(omise.CurrencyTHB)},
	}
	schedule, err := client.Schedules.Create(ctx, params, omise.WithIdempotencyKey("schedule-"+member))
	var failure *omise.Error
	if errors.As(err, &failure) && failure.OutcomeUnknown {
		// Two schedules charge twice a month: what the customer has tells whether this one is there.
		log.Print(failure, "; looking for the schedule")
		schedule, err = find(ctx, client, customer.ID)
	}
	if err != nil {
		return err
	}
	fmt.Printf("%s: %s\n", schedule.ID, omise.ValueOr(schedule.InWords, "every month"))
	for at, day := range schedule.NextOccurrencesOn {
		if at < 3 {
			fmt.Println("charged on", day)
		}
	}
	return nil
}

// find gives the schedule of a new customer, who has one at most.
func find(ctx context.Context, client *omise.Client, customer omise.CustomerID) (*omise.Schedule, error) {
	for schedule, err := range client.Customers.ListSchedulesAll(ctx, customer, nil) {
		return schedule, err
	}
	return nil, errors.New("there is no schedule yet: look again before it is made again")
}

func newClient() (*omise.Client, error) {
	options := []omise.Option{omise.WithSecretKey(os.Getenv("OMISE_SECRET_KEY"))}
	if url := os.Getenv("OMISE_API_URL"); url != "" {
		options = append(options, omise.WithAPIBaseURL(url))
	}
	return omise.NewClient(options...)
}
