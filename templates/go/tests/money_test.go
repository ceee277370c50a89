package omise

import (
	"context"
	"errors"
	"io"
	"net/http"
	"strings"
	"testing"
	"time"
)

var done = reply{status: 200, body: `{"id":"x"}`}

// warm makes a connection that the next call will reuse.
func warm(t *testing.T, c *core) {
	t.Helper()
	if _, err := do(c, testEndpoint("GET", retrySafe), nil); err != nil {
		t.Fatal(err)
	}
}

func TestALostConnectionIsNotReplayedByTheTransport(t *testing.T) {
	for _, method := range []string{"POST", "PATCH", "PUT", "DELETE", "GET"} {
		for _, body := range []any{nil, map[string]any{"amount": 1}} {
			if body != nil && (method == "GET" || method == "DELETE") {
				continue
			}
			server := serve(t, done, reply{drops: true}, done)
			core := testCore(t, server.url)
			warm(t, core)
			_, err := do(core, testEndpoint(method, retryUnsafe), body, WithHeader("X-Idempotency-Key", "mine"))
			failure := failureOf(t, err)
			came := server.requests()
			if len(came) != 2 {
				t.Fatalf("%s with %v came %d times", method, body, len(came)-1)
			}
			equal(t, method+" reused its connection", came[1].connection, came[0].connection)
			equal(t, method+" kind", failure.Kind, KindLost)
			equal(t, method+" unknown", failure.OutcomeUnknown, true)
			equal(t, method+" attempts", failure.Attempts, 1)
			equal(t, method+" own header", came[1].headers.Get("X-Idempotency-Key"), "mine")
			if method == "POST" {
				equal(t, "the key of the error", failure.IdempotencyKey, came[1].headers.Get("Idempotency-Key"))
			}
		}
	}
}

func TestTheSameHoldsWithAClientOfTheCaller(t *testing.T) {
	server := serve(t, done, reply{drops: true}, done)
	own := &http.Client{Transport: &http.Transport{}}
	core := testCore(t, server.url, WithHTTPClient(own))
	warm(t, core)
	_, err := do(core, testEndpoint("POST", retryUnsafe), nil)
	equal(t, "requests", len(server.requests()), 2)
	equal(t, "unknown", failureOf(t, err).OutcomeUnknown, true)
	if own.CheckRedirect != nil {
		t.Error("the caller's own client was changed")
	}
}

func TestWhatMayHaveBeenDoneIsRepeatedOnlyWhereItIsHarmless(t *testing.T) {
	for name, first := range map[string]reply{"lost": {drops: true}, "408": {status: 408}, "500": {status: 500}, "503": {status: 503}} {
		for class, sent := range map[retryClass]int{retrySafe: 2, retryIdempotent: 2, retryUnsafe: 1} {
			server := serve(t, first, done)
			_, err := do(testCore(t, server.url), testEndpoint("POST", class), nil)
			equal(t, name+" requests", len(server.requests()), sent)
			equal(t, name+" failed", err != nil, class == retryUnsafe)
		}
		server := serve(t, first, done)
		if _, err := do(testCore(t, server.url), testEndpoint("POST", retryUnsafe), nil, WithRetryAmbiguous()); err != nil {
			t.Error(name, err)
		}
		came := server.requests()
		equal(t, name+" requests", len(came), 2)
		equal(t, name+" key", came[1].headers.Get("Idempotency-Key"), came[0].headers.Get("Idempotency-Key"))
	}
}

func TestWhatWasCertainlyNotDoneIsRepeated(t *testing.T) {
	server := serve(t, reply{status: 429, headers: "Retry-After: 0\r\n"}, done)
	if _, err := do(testCore(t, server.url), testEndpoint("POST", retryUnsafe), nil); err != nil {
		t.Error(err)
	}
	equal(t, "requests", len(server.requests()), 2)

	core := testCore(t, "http://127.0.0.1:1")
	_, err := do(core, testEndpoint("POST", retryUnsafe), nil)
	failure := failureOf(t, err)
	equal(t, "kind", failure.Kind, KindConnect)
	equal(t, "attempts", failure.Attempts, 3)
	equal(t, "unknown", failure.OutcomeUnknown, false)
}

func TestALaterRefusalDoesNotUndoWhatMayHaveHappened(t *testing.T) {
	server := serve(t, reply{drops: true}, reply{status: 429, headers: "Retry-After: 99\r\n"})
	_, err := do(testCore(t, server.url), testEndpoint("POST", retryUnsafe), nil, WithRetryAmbiguous())
	failure := failureOf(t, err)
	equal(t, "status", failure.Status, 429)
	equal(t, "attempts", failure.Attempts, 2)
	equal(t, "unknown", failure.OutcomeUnknown, true)
	equal(t, "asked", *failure.RetryAfter, 99*time.Second)
}

func TestAnUnknownDialerIsNotTrusted(t *testing.T) {
	// This transport says nothing of how far the request came.
	failing := roundTripper(func(*http.Request) (*http.Response, error) { return nil, errors.New("broken") })
	core := testCore(t, "http://127.0.0.1:1", WithHTTPClient(&http.Client{Transport: failing}))
	_, err := do(core, testEndpoint("POST", retryUnsafe), nil)
	failure := failureOf(t, err)
	equal(t, "kind", failure.Kind, KindLost)
	equal(t, "attempts", failure.Attempts, 1)
	equal(t, "unknown", failure.OutcomeUnknown, true)
}

type roundTripper func(*http.Request) (*http.Response, error)

func (r roundTripper) RoundTrip(request *http.Request) (*http.Response, error) {
	return r(request)
}

func TestRedirectsAreNotFollowed(t *testing.T) {
	for _, status := range []int{301, 302, 303, 307, 308} {
		for _, location := range []string{"/elsewhere", "http://127.0.0.1:1/", "http://[bad", "%zz"} {
			server := serve(t, reply{status: status, headers: "Location: " + location + "\r\n"}, done)
			_, err := do(testCore(t, server.url), testEndpoint("POST", retryUnsafe), map[string]any{"a": 1})
			failure := failureOf(t, err)
			equal(t, "kind", failure.Kind, KindRedirect)
			equal(t, "requests", len(server.requests()), 1)
			equal(t, "location", failure.Header().Get("Location"), location)
			equal(t, "unknown", failure.OutcomeUnknown, status != 307 && status != 308)
		}
	}
}

func TestAStreamIsSentOnce(t *testing.T) {
	server := serve(t, reply{status: 429}, done)
	made := newCall(testEndpoint("POST", retryUnsafe))
	made.Bytes("text/plain", io.MultiReader(strings.NewReader("abc")))
	_, err := ask(context.Background(), testCore(t, server.url), made, nil, readObject[thing])
	equal(t, "status", failureOf(t, err).Status, 429)
	equal(t, "requests", len(server.requests()), 1)
	equal(t, "body", server.requests()[0].body, "abc")
}

func TestAStreamOfAnotherLengthBreaksTheCallOff(t *testing.T) {
	for _, size := range []int64{2, 4} {
		server := serve(t, done)
		made := newCall(testEndpoint("POST", retryUnsafe))
		made.File("file", "", File{Name: "a", Content: io.MultiReader(strings.NewReader("abc")), Size: size})
		_, err := ask(context.Background(), testCore(t, server.url), made, nil, readObject[thing])
		equal(t, "kind", failureOf(t, err).Kind, KindLost)
	}
}

func TestTheCallersContextEndsTheCall(t *testing.T) {
	server := serve(t, reply{status: 500, delay: 50 * time.Millisecond}, done)
	ctx, cancel := context.WithTimeout(context.Background(), 10*time.Millisecond)
	defer cancel()
	made := newCall(testEndpoint("POST", retryUnsafe))
	_, err := ask(ctx, testCore(t, server.url), made, []RequestOption{WithRetryAmbiguous()}, readObject[thing])
	failure := failureOf(t, err)
	equal(t, "kind", failure.Kind, KindTimeout)
	equal(t, "unknown", failure.OutcomeUnknown, true)
	equal(t, "cause", errors.Is(err, context.DeadlineExceeded), true)
	equal(t, "requests", len(server.requests()), 1)
}

func TestAnAnswerThatIsCutOrTooLargeIsAnErrorWithItsHead(t *testing.T) {
	server := serve(t, reply{status: 200, headers: "X-Request-Id: r1\r\n", body: `{"id"`, promises: 100})
	_, err := do(testCore(t, server.url), testEndpoint("POST", retryUnsafe), nil)
	failure := failureOf(t, err)
	equal(t, "kind", failure.Kind, KindLost)
	equal(t, "request id", failure.RequestID, "r1")

	server = serve(t, reply{status: 200, body: `{"id":"` + strings.Repeat("x", 100) + `"}`})
	_, err = do(testCore(t, server.url, WithMaxResponseBytes(50)), testEndpoint("POST", retryUnsafe), nil)
	failure = failureOf(t, err)
	equal(t, "kind", failure.Kind, KindTooLarge)
	equal(t, "unknown", failure.OutcomeUnknown, true)
}

func TestRetriesEndWithTheBudgetAndTheTime(t *testing.T) {
	server := serve(t, reply{status: 503})
	core := testCore(t, server.url, WithRetryBudget(1), WithDefaultMaxRetries(5))
	_, err := do(core, testEndpoint("GET", retrySafe), nil)
	equal(t, "attempts", failureOf(t, err).Attempts, 2)

	policy := retryPolicy{most: 2, base: time.Second, longest: 8 * time.Second, longestAsked: 30 * time.Second}
	for retries, longest := range []time.Duration{time.Second, 2 * time.Second, 4 * time.Second, 8 * time.Second, 8 * time.Second} {
		policy.most = 100
		wait, _ := policy.wait(remedyAgain, situation{retries: retries}, 1)
		equal(t, "backoff", wait, longest)
	}
	_, isRetried := policy.wait(remedyAgain, situation{asked: Ptr(31 * time.Second)}, 0)
	equal(t, "asked for more than the client allows", isRetried, false)
	wait, isRetried := policy.wait(remedyAgain, situation{asked: Ptr(30 * time.Second)}, 0.5)
	equal(t, "asked for", wait, 30*time.Second+500*time.Millisecond)
	equal(t, "asked for what the client allows", isRetried, true)
	_, isRetried = policy.wait(remedyAgain, situation{left: Ptr(time.Second)}, 1)
	equal(t, "no time left", isRetried, false)
}
