// Receives events, and asks the API before it believes what they tell.
//
//	export OMISE_SECRET_KEY=skey_test_... OMISE_WEBHOOK_SECRET=...
//	go run ./examples/webhook_server 127.0.0.1:3000
//
// While a secret is rolled, OMISE_WEBHOOK_SECRET holds both with a comma between. OMISE_API_URL names a mock in place of
// the API.
package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log"
	"net"
	"net/http"
	"os"
	"os/signal"
	"strings"
	"time"

	omise "example.com/omise-go"
)

// largestDelivery is far above what an event takes.
const largestDelivery = 1 << 20

type app struct {
	client   *omise.Client
	verifier *omise.Verifier
}

func main() {
	log.SetFlags(0)
	address := "127.0.0.1:3000"
	if len(os.Args) > 1 {
		address = os.Args[1]
	}
	if err := run(address); err != nil {
		log.Fatal(err)
	}
}

func run(address string) error {
	client, err := newClient()
	if err != nil {
		return err
	}
	verifier, err := omise.NewVerifier(strings.Split(os.Getenv("OMISE_WEBHOOK_SECRET"), ",")...)
	if err != nil {
		return err
	}
	listener, err := net.Listen("tcp", address)
	if err != nil {
		return err
	}
	routes := http.NewServeMux()
	routes.Handle("POST /webhooks", &app{client, verifier})
	server := &http.Server{Handler: routes, ReadTimeout: 10 * time.Second}
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	go func() {
		<-ctx.Done()
		_ = server.Shutdown(context.Background())
	}()
	fmt.Printf("listening on http://%s/webhooks\n", listener.Addr())
	if err := server.Serve(listener); !errors.Is(err, http.ErrServerClosed) {
		return err
	}
	return nil
}

// ServeHTTP takes the body as bytes: the signature is over them, and not over what JSON makes of them.
func (a *app) ServeHTTP(answer http.ResponseWriter, request *http.Request) {
	body, err := io.ReadAll(http.MaxBytesReader(answer, request.Body, largestDelivery))
	if err != nil {
		answer.WriteHeader(http.StatusBadRequest)
		return
	}
	event, err := a.verifier.Verify(request.Header, body)
	var refusal *omise.WebhookError
	switch {
	case errors.As(err, &refusal) && refusal.IsRefusal():
		log.Print("refused: ", err)
		answer.WriteHeader(http.StatusUnauthorized)
	case err != nil:
		// Genuine, and nothing this program can read: delivered again it reads no better.
		log.Print(err)
	default:
		if err := a.handle(request.Context(), event); err != nil {
			// It is delivered again.
			log.Print(event.ID, ": ", err)
			answer.WriteHeader(http.StatusServiceUnavailable)
		}
	}
}

// handle does what an event asks for. One may come twice, late, or after a later one: it says that something happened, and
// the API says how it stands.
func (a *app) handle(ctx context.Context, event *omise.Event) error {
	if event.Key != omise.EventKeyChargeComplete || event.Data == nil || event.Data.Charge == nil {
		fmt.Printf("%s: nothing to do for %s\n", event.ID, event.Key)
		return nil
	}
	charge, err := a.client.Charges.Retrieve(ctx, event.Data.Charge.ID, nil)
	if err != nil {
		return err
	}
	fmt.Println(charge.ID, "is", omise.ValueOr(charge.Status, ""))
	return nil
}

func newClient() (*omise.Client, error) {
	options := []omise.Option{omise.WithSecretKey(os.Getenv("OMISE_SECRET_KEY"))}
	if url := os.Getenv("OMISE_API_URL"); url != "" {
		options = append(options, omise.WithAPIBaseURL(url))
	}
	return omise.NewClient(options...)
}
