package omise

import (
	"fmt"
	"io"
	"log/slog"
)

// logged is a value as a log may have it: as it is printed, which shows no secret, and not as the JSON that is sent.
func logged(value any) slog.Value {
	return slog.StringValue(fmt.Sprintf("%+v", value))
}

const redacted = "[redacted]"

// Secret is a text that is never shown: a key, the number of a card. Printing it in any way shows that it is there and
// nothing of it; string(secret) is the text itself. It is sent, and written as JSON, as the text it holds.
type Secret string

// String shows nothing of the secret.
func (s Secret) String() string {
	return redacted
}

// GoString shows nothing of the secret.
func (s Secret) GoString() string {
	return redacted
}

// Format shows nothing of the secret, whatever the verb.
func (s Secret) Format(state fmt.State, _ rune) {
	_, _ = io.WriteString(state, redacted)
}

// LogValue shows nothing of the secret.
func (s Secret) LogValue() slog.Value {
	return slog.StringValue(redacted)
}
