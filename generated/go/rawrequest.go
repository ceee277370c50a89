package omise

import (
	"context"
	"io"
	"net/http"
	"slices"
	"strings"
)

// RawRequest is a call that the API has and this package has no method for. It carries the same keys and headers, and fails
// in the same ways, as any other.
type RawRequest struct {
	// Method is that of HTTP. What is repeated after a failure follows from it: GET, HEAD and OPTIONS change nothing, PUT and
	// DELETE do no harm twice, any other may.
	Method string

	// Path begins with a slash, goes below the base URL of the host, and holds its arguments already, each percent-encoded.
	Path string

	// Query is added to the path; names and values are percent-encoded as they are sent.
	Query [][2]string

	// JSON is sent as JSON, where it is not nil.
	JSON any

	// Body is sent as it is, where it is not nil and JSON is.
	Body io.Reader

	// ContentType is the media type of Body.
	ContentType string

	// Host is the name of the host, the first one where it is empty.
	Host string
}

// do makes a call that no operation is for.
func (c *core) do(ctx context.Context, request *RawRequest, options []RequestOption) (*Response, error) {
	of := &endpoint{id: "request", method: request.Method, path: request.Path, retry: retryUnsafe}
	switch request.Method {
	case http.MethodGet, http.MethodHead, http.MethodOptions, http.MethodTrace:
		of.retry = retrySafe
	case http.MethodPut, http.MethodDelete:
		of.retry = retryIdempotent
	}
	made := newCall(of)
	if !strings.HasPrefix(request.Path, "/") || strings.ContainsAny(request.Path, "?#{}") {
		made.fail("a path begins with / and has neither ? nor #, nor braces; Query adds to the query")
	}
	if !isToken(request.Method) {
		made.fail("this is no method of HTTP")
	}
	if request.Host != "" {
		of.host = slices.IndexFunc(c.profile.hosts, func(host *hostProfile) bool { return host.name == request.Host })
	}
	if of.host < 0 {
		of.host = 0
		made.fail("there is no such host")
	}
	of.security = c.profile.hosts[of.host].security
	for _, each := range request.Query {
		made.query = append(made.query, pair{component(each[0]), component(each[1])})
	}
	switch {
	case request.JSON != nil:
		made.JSON(request.JSON)
	case request.Body != nil:
		made.Bytes(request.ContentType, request.Body)
	}
	return ask(ctx, c, made, options, func(answer *Response) (*Response, error) { return answer, nil })
}
