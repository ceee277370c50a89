package omise

import (
	"bytes"
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptrace"
	"net/url"
	"strings"
	"sync/atomic"
	"time"
)

// received is an answer as it came.
type received struct {
	status  int
	headers http.Header
	body    []byte
}

// replayHeaders make net/http repeat a request by itself when it loses a connection, where there is no body to be read
// again. It looks for them as they are usually written, so they are written otherwise: what is repeated is for this package
// to say.
var replayHeaders = []string{"Idempotency-Key", "X-Idempotency-Key"}

// request is what goes to the transport: anew for each attempt, since its body is read as it is sent.
func (o *outgoing) request() *http.Request {
	// The URL was parsed before.
	parsed, _ := url.Parse(o.url)
	made := &http.Request{Method: o.method, URL: parsed, Host: parsed.Host, Header: o.headers.Clone()}
	for _, name := range replayHeaders {
		renameHeader(made.Header, name, strings.ToLower(name))
	}
	usuallyHasBody := o.method == http.MethodPost || o.method == http.MethodPut || o.method == http.MethodPatch
	switch {
	case o.body != nil && o.body.stream != nil:
		made.Body, made.ContentLength = &sized{rest: o.body.size, stream: o.body.stream}, o.body.size
	case o.body != nil && len(o.body.bytes) > 0:
		// Without GetBody nothing can be read, and sent, a second time.
		made.Body, made.ContentLength = io.NopCloser(bytes.NewReader(o.body.bytes)), int64(len(o.body.bytes))
	case !usuallyHasBody && o.class != retrySafe:
		// A request whose body nobody can read again is not repeated; that there is nothing in it is found out as it is sent.
		made.Body = io.NopCloser(bytes.NewReader(nil))
	}
	return made
}

// sized is a stream that fails when it has not as many bytes as were announced: sending on would make the rest of it, or
// the next request, be read as something it is not.
type sized struct {
	// rest is negative where nobody knows.
	rest   int64
	stream io.Reader
}

func (s *sized) Read(into []byte) (int, error) {
	read, err := s.stream.Read(into)
	if s.rest < 0 {
		return read, err
	}
	s.rest -= int64(read)
	if s.rest < 0 || err == io.EOF && s.rest > 0 {
		return 0, errors.New("the stream has not the length that was announced")
	}
	return read, err
}

func (s *sized) Close() error {
	return nil
}

// receive sends a request and reads its answer, from the first byte sent to the last one read.
func (c *core) receive(ctx context.Context, request *http.Request, timeout time.Duration) (*received, *Error) {
	limited, cancel := context.WithTimeout(ctx, timeout)
	defer cancel()
	var isConnected atomic.Bool
	trace := &httptrace.ClientTrace{GotConn: func(httptrace.GotConnInfo) { isConnected.Store(true) }}
	request = request.WithContext(httptrace.WithClientTrace(limited, trace))
	answer, err := c.http.Do(request)
	if err != nil {
		isUnsent := c.isTraced && !isConnected.Load() || isDialFailure(err) && !isConnected.Load()
		return nil, c.unsent(ctx, limited, err, isUnsent, timeout)
	}
	defer func() { _ = answer.Body.Close() }()
	renameHeader(answer.Header, hiddenLocation, location)
	if answer.StatusCode == http.StatusSwitchingProtocols {
		// What follows is a bare connection: reading it would heed neither the time limit nor the context.
		return nil, failf(KindLost, "the server changed to another protocol")
	}
	head := &received{status: answer.StatusCode, headers: answer.Header}
	isSuccess := answer.StatusCode >= 200 && answer.StatusCode < 300
	body, err := io.ReadAll(io.LimitReader(answer.Body, limitPlusOne(c.maxResponseBytes)))
	isTooLarge := int64(len(body)) > c.maxResponseBytes
	switch {
	case err == nil && !isTooLarge:
		head.body = body
		return head, nil
	case !isSuccess:
		// The head of a failure says enough by itself.
		return head, nil
	case isTooLarge:
		return nil, c.unread(head, failf(KindTooLarge, "more than %d bytes", c.maxResponseBytes))
	case limited.Err() != nil:
		return nil, c.unsent(ctx, limited, err, false, timeout)
	default:
		return nil, c.unread(head, c.broken(KindLost, withoutURL(err)))
	}
}

func limitPlusOne(limit int64) int64 {
	return min(limit, 1<<62) + 1
}

// unread: the head of a success is there, its body is not.
func (c *core) unread(head *received, failure *Error) *Error {
	if said, _ := c.interpret(head.status, head.headers, nil); said != nil {
		failure.Status, failure.header = said.StatusCode, said.Header
		failure.RequestID, failure.RateLimit = said.RequestID, said.RateLimit
	}
	return failure
}

// unsent is the failure of a request that got no answer.
func (c *core) unsent(ctx, limited context.Context, err error, isUnsent bool, timeout time.Duration) *Error {
	cause := withoutURL(err)
	var network net.Error
	isTimeout := errors.As(err, &network) && network.Timeout()
	switch {
	case errors.Is(ctx.Err(), context.Canceled):
		return &Error{Kind: kindOfLoss(isUnsent), Message: "the caller's context ended", cause: context.Cause(ctx)}
	case ctx.Err() != nil:
		return &Error{Kind: KindTimeout, Message: "the caller's context ended before the answer was there", cause: context.Cause(ctx)}
	case limited.Err() != nil:
		return &Error{Kind: KindTimeout, Message: fmt.Sprintf("no answer within %v", timeout.Round(time.Millisecond)), cause: c.quiet(cause)}
	case isUnsent:
		return c.broken(KindConnect, cause)
	case isTimeout:
		return c.broken(KindTimeout, cause)
	default:
		return c.broken(KindLost, cause)
	}
}

// broken is a failure in the words of the network, which may quote what a server said.
func (c *core) broken(kind ErrorKind, cause error) *Error {
	return &Error{Kind: kind, Message: c.redact(cause.Error()), cause: c.quiet(cause)}
}

// quiet is an error of the network in words that are fit to be shown. Whoever walks the chain of an error, as many loggers
// do, reads it too; errors.Is and errors.As still find what is behind it.
func (c *core) quiet(cause error) error {
	return &quietError{text: c.redact(cause.Error()), cause: cause}
}

type quietError struct {
	text  string
	cause error
}

func (e *quietError) Error() string {
	return e.text
}

// Is tells whether the error behind this one is the target.
func (e *quietError) Is(target error) bool {
	return errors.Is(e.cause, target)
}

// As finds an error of the target's type behind this one.
func (e *quietError) As(target any) bool {
	return errors.As(e.cause, target)
}

// Format writes the text whatever the verb.
func (e quietError) Format(state fmt.State, _ rune) {
	_, _ = io.WriteString(state, oneLine(e.text))
}

func kindOfLoss(isUnsent bool) ErrorKind {
	if isUnsent {
		return KindConnect
	}
	return KindLost
}

// isDialFailure tells whether an error is certainly one of making a connection, whatever transport it comes from.
func isDialFailure(err error) bool {
	var operation *net.OpError
	var name *net.DNSError
	var certificate *tls.CertificateVerificationError
	return errors.As(err, &operation) && operation.Op == "dial" || errors.As(err, &name) || errors.As(err, &certificate)
}

// withoutURL takes the URL out of an error: its query may hold a key.
func withoutURL(err error) error {
	var wrapped *url.Error
	if errors.As(err, &wrapped) {
		return wrapped.Err
	}
	return err
}
