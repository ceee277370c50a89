package omise

import (
	"fmt"
	"net/http"
	"strconv"
	"time"
)

// Response is the whole answer of a call, which [WithResponse] asks for.
type Response struct {
	// StatusCode is that of HTTP.
	StatusCode int

	// Header has the headers of the answer.
	Header http.Header

	// Body is the answer byte for byte. It has the fields that this version does not know.
	Body []byte

	// RequestID is the server's name for this request, to quote to its support.
	RequestID string

	// RateLimit is what the answer says about the rate limit; nil when it says nothing.
	RateLimit *RateLimit

	// Attempts is how often the request was sent, retries included.
	Attempts int
}

// Format shows the status and the request id, and nothing of what was answered.
func (r Response) Format(state fmt.State, _ rune) {
	fmt.Fprintf(state, "Response(%d, request id %q, %d bytes)", r.StatusCode, r.RequestID, len(r.Body))
}

// RateLimit is what an answer says about the rate limit.
type RateLimit struct {
	// Limit is how many requests are allowed in a window; nil when the answer does not say.
	Limit *int64

	// Remaining is how many of them are left; nil when the answer does not say.
	Remaining *int64

	// Reset is when the window ends, as the answer says it; nil when it does not.
	Reset *int64
}

func (p *profile) rateLimit(headers http.Header) *RateLimit {
	number := func(name string) *int64 {
		value, err := strconv.ParseInt(headers.Get(name), 10, 64)
		if name == "" || err != nil || value < 0 {
			return nil
		}
		return &value
	}
	read := RateLimit{Limit: number(p.limitHeaders[0]), Remaining: number(p.limitHeaders[1]), Reset: number(p.limitHeaders[2])}
	if read == (RateLimit{}) {
		return nil
	}
	return &read
}

// retryAfter is what an answer asks to wait: seconds, or a date (RFC 9110). A date is compared with the server's own,
// since clocks differ, and with ours where it sends none.
func retryAfter(headers http.Header, now time.Time) *time.Duration {
	text := headers.Get("Retry-After")
	if text != "" && isDigits(text) {
		seconds, err := strconv.ParseInt(text, 10, 64)
		if err != nil || seconds > int64(longestDuration/time.Second) {
			return Ptr(longestDuration)
		}
		return Ptr(time.Duration(seconds) * time.Second)
	}
	until, err := http.ParseTime(text)
	if err != nil {
		return nil
	}
	if sent, err := http.ParseTime(headers.Get("Date")); err == nil {
		now = sent
	}
	return Ptr(max(0, until.Sub(now)))
}

const longestDuration = time.Duration(1<<63 - 1)

func isDigits(text string) bool {
	for at := range len(text) {
		if text[at] < '0' || text[at] > '9' {
			return false
		}
	}
	return text != ""
}

// interpret judges an answer by its status. The body of a success is not looked at yet.
func (c *core) interpret(status int, headers http.Header, body []byte) (*Response, *Error) {
	requestID := ""
	for _, name := range c.profile.requestIDHeaders {
		if values := headers.Values(name); len(values) > 0 {
			requestID = c.redact(values[0])
			break
		}
	}
	limit := c.profile.rateLimit(headers)
	if status >= 200 && status < 300 {
		return &Response{StatusCode: status, Header: headers, Body: body, RequestID: requestID, RateLimit: limit}, nil
	}
	failure := &Error{Kind: KindAPI, Status: status, RequestID: requestID, RateLimit: limit, header: headers, body: body}
	failure.RetryAfter = retryAfter(headers, time.Now())
	if status >= 300 && status < 400 {
		failure.Kind = KindRedirect
		failure.Message = "the server points elsewhere, which is never followed"
		return nil, failure
	}
	// A body that is not JSON, a proxy's HTML say, has no code and no message; the status must do.
	if read, err := parseJSON(body); err == nil {
		failure.Code = c.said(read, c.profile.errorCode)
		failure.Message = c.said(read, c.profile.errorMessage)
	}
	return nil, failure
}

// said is the text at a JSON pointer. Keys and card numbers that the server quotes are taken out.
func (c *core) said(read node, pointer string) string {
	if pointer == "" {
		return ""
	}
	found, ok := read.find(pointer)
	if !ok || found.kind == nullNode {
		return ""
	}
	return c.redact(found.plain())
}
