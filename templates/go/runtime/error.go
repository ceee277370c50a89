package sdk

import (
	"fmt"
	"io"
	"net/http"
	"strings"
	"time"
	"unicode"
)

// ErrorKind is what kind of failure an [Error] is.
type ErrorKind string

const (
	// KindConfig: the client is not set up for this: a missing key, a bad base URL. Nothing was sent.
	KindConfig ErrorKind = "config"

	// KindArgument: an argument cannot be sent: an empty id in a path, a line break in a header. Nothing was sent.
	KindArgument ErrorKind = "argument"

	// KindUnverified: nobody has seen this route yet and the client does not allow such calls. Nothing was sent.
	KindUnverified ErrorKind = "unverified"

	// KindToken: the token that the call needs could not be fetched. Nothing of the call was sent.
	KindToken ErrorKind = "token"

	// KindConnect: no connection could be made. Nothing was sent.
	KindConnect ErrorKind = "connect"

	// KindTimeout: no answer within the time allowed.
	KindTimeout ErrorKind = "timeout"

	// KindLost: the connection broke, or the caller's context ended, before the answer was there.
	KindLost ErrorKind = "lost"

	// KindRedirect: the server redirected, which is never followed: a repeated request may be a second charge.
	KindRedirect ErrorKind = "redirect"

	// KindAPI: the server answered with an error.
	KindAPI ErrorKind = "api"

	// KindDecode: the server answered with success, but not with what the operation answers with.
	KindDecode ErrorKind = "decode"

	// KindTooLarge: the answer is larger than the client allows.
	KindTooLarge ErrorKind = "too_large"

	// KindPaging: the API says that a list goes on, and its pages do not. The items there were have been given.
	KindPaging ErrorKind = "paging"
)

var kindTexts = map[ErrorKind]string{
	KindConfig:     "configuration",
	KindArgument:   "argument",
	KindUnverified: "unverified operation",
	KindToken:      "no token",
	KindConnect:    "no connection",
	KindTimeout:    "timeout",
	KindLost:       "connection lost",
	KindRedirect:   "redirect",
	KindAPI:        "error answer",
	KindDecode:     "unreadable answer",
	KindTooLarge:   "answer too large",
	KindPaging:     "incomplete list",
}

// Error is why a call has no answer. Every error that a client gives is one; errors.As finds it.
//
// However it is printed, it says which operation failed and how, and never shows a key or what was sent.
type Error struct {
	// Kind is what kind of failure it was.
	Kind ErrorKind

	// Operation is the name of the operation, charges.create; empty for a client that could not be made.
	Operation string

	// Status is that of HTTP, when there was an answer, else 0.
	Status int

	// Code is the API's own code for the failure, as sent. It is empty where the API said none.
	Code string

	// Message is in the API's own words, or in ours when it said nothing. It may be empty.
	Message string

	// RequestID is the server's name for this request, to quote to its support.
	RequestID string

	// Attempts is how often the request was sent, or tried to be, retries included; 0 when it was refused before that.
	Attempts int

	// OutcomeUnknown tells that the server may have carried out the call although it ended in this error: it changes
	// something, one of its attempts may have arrived, and no readable verdict came back for it. Sending such a call again
	// may do it twice: look whether it was done first.
	OutcomeUnknown bool

	// IdempotencyKey is the one that all attempts carried: the caller's, or one the client made. To try the same call once
	// more, give it to [WithIdempotencyKey].
	IdempotencyKey string

	// RateLimit is what the answer says about the rate limit; nil when it says nothing.
	RateLimit *RateLimit

	// RetryAfter is how long the server asks to wait before the next call; nil when it does not.
	RetryAfter *time.Duration

	header http.Header
	body   []byte
	cause  error
}

// Header gives the headers of the answer; it is empty when there was none.
func (e *Error) Header() http.Header {
	return e.header
}

// Body gives the raw body of the answer, as it came: it may quote what was sent. It is empty when there was none.
func (e *Error) Body() []byte {
	return e.body
}

// Decode reads the body of the answer into what target points to: a type that the API documents for it, or anything that
// JSON can be read into.
func (e *Error) Decode(target any) error {
	return unmarshal(e.body, target)
}

// Retryable tells whether the same call may succeed later: there was no connection, a timeout, 408, 429, or a failure of
// the server's own. This is about success, not about safety: look at OutcomeUnknown before sending again.
func (e *Error) Retryable() bool {
	switch e.Kind {
	case KindConnect, KindTimeout, KindLost:
		return true
	case KindAPI:
		return e.Status == http.StatusRequestTimeout || e.Status == http.StatusTooManyRequests ||
			e.Status >= 500 && e.Status < 600
	case KindToken:
		failure, ok := e.cause.(*Error)
		return ok && failure.Retryable()
	default:
		return false
	}
}

// Unwrap gives the error of the network, of a context or of a token's fetch that is behind this one.
func (e *Error) Unwrap() error {
	return e.cause
}

// Error says which operation failed and how, on one line.
func (e *Error) Error() string {
	var out strings.Builder
	if e.Operation != "" {
		out.WriteString(e.Operation + ": ")
	}
	switch {
	case e.Kind == KindAPI && e.Status != 0:
		fmt.Fprintf(&out, "HTTP %s", strings.TrimSpace(fmt.Sprintf("%d %s", e.Status, http.StatusText(e.Status))))
	case e.Status != 0:
		fmt.Fprintf(&out, "%s (HTTP %d)", kindTexts[e.Kind], e.Status)
	default:
		out.WriteString(kindTexts[e.Kind])
	}
	for _, text := range []string{e.Code, e.Message} {
		if text != "" {
			out.WriteString(": " + oneLine(text))
		}
	}
	if e.RequestID != "" {
		out.WriteString(" (request id " + oneLine(e.RequestID) + ")")
	}
	if e.OutcomeUnknown {
		out.WriteString("; it may have been carried out")
	}
	return out.String()
}

// Format writes the same line whatever the verb: nothing else in an error is fit to be shown.
func (e Error) Format(state fmt.State, _ rune) {
	_, _ = io.WriteString(state, e.Error())
}

// oneLine keeps text from a server from forging lines in a log or flooding it.
func oneLine(text string) string {
	var out strings.Builder
	count := 0
	for _, letter := range text {
		if count++; count > 500 {
			return out.String() + "..."
		}
		if unicode.IsControl(letter) {
			letter = ' '
		}
		out.WriteRune(letter)
	}
	return out.String()
}

// failf is a failure in our own words.
func failf(kind ErrorKind, format string, arguments ...any) *Error {
	return &Error{Kind: kind, Message: fmt.Sprintf(format, arguments...)}
}

// remedy is what a failure says about sending the same request again.
type remedy uint8

const (
	// remedyNone: it would fail again, or must not be sent again by itself.
	remedyNone remedy = iota
	// remedyAgain: nothing was done: no connection, or the server refused to begin.
	remedyAgain
	// remedyAgainIfHarmless: it may have been carried out.
	remedyAgainIfHarmless
)

func (e *Error) remedy() remedy {
	switch {
	case !e.Retryable():
		return remedyNone
	case e.Kind == KindConnect, e.Kind == KindToken, e.Kind == KindAPI && e.Status == http.StatusTooManyRequests:
		return remedyAgain
	default:
		return remedyAgainIfHarmless
	}
}

// mayHaveHappened tells whether the request may have been carried out although it ended in this error.
func (e *Error) mayHaveHappened() bool {
	switch e.Kind {
	case KindTimeout, KindLost, KindDecode, KindTooLarge:
		return true
	case KindRedirect:
		// 307 and 308 ask for the request to be made elsewhere; the others follow something done.
		return e.Status != http.StatusTemporaryRedirect && e.Status != http.StatusPermanentRedirect
	case KindAPI:
		// A refusal is certain; what servers in between invent, such as 499 or 600, is not.
		return e.Status < 400 || e.Status >= 499 || e.Status == http.StatusRequestTimeout
	default:
		return false
	}
}

// without takes a secret out of what the server said.
func (e *Error) without(secret string) {
	e.Message = withoutSecret(e.Message, secret)
	e.Code = withoutSecret(e.Code, secret)
	e.RequestID = withoutSecret(e.RequestID, secret)
	if behind, ok := e.cause.(*quietError); ok {
		behind.text = withoutSecret(behind.text, secret)
	}
}
