package omise

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"strings"
	"sync"
	"testing"
	"time"
)

// server answers on this machine alone, and keeps what came.
type server struct {
	url string

	lock   sync.Mutex
	script []reply
	came   []arrived
}

// reply is what the server does with a request.
type reply struct {
	status  int
	headers string
	body    string
	// drops ends the connection without an answer, once the request is there.
	drops bool
	// promises is the length of the body that is announced, where it is not the body's own.
	promises int
	delay    time.Duration
}

type arrived struct {
	line       string
	headers    http.Header
	body       string
	connection int
}

func serve(t *testing.T, script ...reply) *server {
	t.Helper()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	made := &server{url: "http://" + listener.Addr().String(), script: script}
	t.Cleanup(func() { _ = listener.Close() })
	go func() {
		for number := 0; ; number++ {
			connection, err := listener.Accept()
			if err != nil {
				return
			}
			go made.connection(connection, number)
		}
	}()
	return made
}

func (s *server) connection(connection net.Conn, number int) {
	defer func() { _ = connection.Close() }()
	reader := bufio.NewReader(connection)
	for {
		request, err := http.ReadRequest(reader)
		if err != nil {
			return
		}
		body, _ := io.ReadAll(request.Body)
		next := s.next(arrived{request.Method + " " + request.RequestURI, request.Header, string(body), number})
		time.Sleep(next.delay)
		if next.drops {
			return
		}
		length := max(next.promises, len(next.body))
		fmt.Fprintf(connection, "HTTP/1.1 %d X\r\nContent-Length: %d\r\n%s\r\n%s", next.status, length, next.headers, next.body)
		if next.promises > 0 {
			return
		}
	}
}

// next keeps a request and gives what is done with it: the last reply again where there is no more.
func (s *server) next(request arrived) reply {
	s.lock.Lock()
	defer s.lock.Unlock()
	s.came = append(s.came, request)
	next := s.script[0]
	if len(s.script) > 1 {
		s.script = s.script[1:]
	}
	return next
}

func (s *server) requests() []arrived {
	s.lock.Lock()
	defer s.lock.Unlock()
	return append([]arrived(nil), s.came...)
}

const testKey = "skey_test_0123456789"

// testProfile is an API at a server.
func testProfile(url string) *profile {
	p := &profile{userAgent: "sdk-go/1"}
	p.Host("api", url)
	p.Scheme("secret_key", basicKeyAuth, "", "skey_")
	p.Scheme("public_key", basicKeyAuth, "", "pkey_")
	p.Idempotency("Idempotency-Key", "POST", "PATCH")
	p.RequestID("X-Request-Id")
	p.Errors("/code", "/message")
	return p
}

func testCore(t *testing.T, url string, options ...Option) *core {
	t.Helper()
	always := []Option{WithSetting("secret_key", testKey), WithRetryBackoff(time.Millisecond, time.Millisecond)}
	made, failure := newCore(testProfile(url), append(always, options...))
	if failure != nil {
		t.Fatal(failure)
	}
	return made
}

func testEndpoint(method string, class retryClass) *endpoint {
	return &endpoint{id: "things.do", method: method, path: "/things", security: [][]int{{0}}, retry: class, accept: "application/json"}
}

// thing is what calls of these tests give.
type thing struct {
	ID string `json:"id"`
}

// do makes a call; a body is sent where there is one.
func do(c *core, of *endpoint, body any, options ...RequestOption) (*thing, error) {
	made := newCall(of)
	if body != nil {
		made.JSON(body)
	}
	return ask(context.Background(), c, made, options, readObject[thing])
}

// failure is the error of a call, which there must be.
func failureOf(t *testing.T, err error) *Error {
	t.Helper()
	var failure *Error
	if !errors.As(err, &failure) {
		t.Fatalf("%v is no *Error", err)
	}
	return failure
}

func equal[T comparable](t *testing.T, what string, got, wanted T) {
	t.Helper()
	if got != wanted {
		t.Errorf("%s: %v, not %v", what, got, wanted)
	}
}

func holdsNone(t *testing.T, text string, secrets ...string) {
	t.Helper()
	for _, secret := range secrets {
		if strings.Contains(text, secret) {
			t.Errorf("%q shows %q", text, secret)
		}
	}
}
