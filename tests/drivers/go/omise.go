// What Omise's package has and others have not.
package main

import (
	"errors"
	"net/http"
	"time"

	sdk "example.com/sdk"
)

func init() {
	receive = func(delivery *webhookLine) outcome {
		verifier, err := sdk.NewVerifier(delivery.Secrets...)
		if err != nil {
			return refused(err)
		}
		verifier.Now = func() time.Time { return time.Unix(delivery.Now, 0) }
		headers := http.Header{}
		for name, value := range delivery.Headers {
			headers.Set(name, value)
		}
		event, err := verifier.Verify(headers, delivery.BodyBase64)
		if err != nil {
			return refused(err)
		}
		return outcome{"value": event}
	}
}

func refused(err error) outcome {
	var failure *sdk.WebhookError
	if !errors.As(err, &failure) {
		return outcome{"error": outcome{"kind": "foreign", "message": err.Error()}}
	}
	return outcome{"error": outcome{"kind": "webhook", "code": failure.Kind}}
}
