package omise

import (
	"context"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"sync"
	"time"
)

// tokenMargin: a token is not used in the last seconds of its life, since it would expire on its way.
const tokenMargin = 30 * time.Second

// grant is a token that a call needs, and where it is fetched (RFC 6749, "Client Credentials Grant").
type grant struct {
	scheme     int
	scopes     []string
	url        string
	credential *credential
}

// tokens are those of a client, by what they are for: kept until shortly before they expire, fetched once for all calls
// that wait, and dropped when a server refuses them.
type tokens struct {
	lock  sync.Mutex
	slots map[string]*tokenSlot
}

type tokenSlot struct {
	token string
	// until is when to fetch another; nil for never.
	until *time.Time
	// fetch is set while a token is fetched.
	fetch *tokenFetch
}

type tokenFetch struct {
	done    chan struct{}
	token   string
	failure *Error
}

// grantFor is the token that a key stands for, when it must be fetched.
func (c *core) grantFor(key chosenKey, base string, of *endpoint) (*grant, *Error) {
	if !key.credential.isClient(key.scheme) {
		return nil, nil
	}
	text := key.scheme.detail
	if own := c.tokenURLs[key.index]; own != "" {
		text = own
	}
	url, err := tokenURL(text, base, c.allowInsecure)
	if err != nil {
		return nil, failf(KindConfig, "the token URL of %s %s", key.scheme.name, err)
	}
	return &grant{scheme: key.index, scopes: of.scopes[key.index], url: url, credential: key.credential}, nil
}

func (g *grant) slot() string {
	return strings.Join(append([]string{strconv.Itoa(g.scheme), g.url}, g.scopes...), "\x00")
}

// token is one for the call, which another call may be fetching just now.
func (c *core) token(ctx context.Context, out *outgoing) (string, *Error) {
	c.tokens.lock.Lock()
	if c.tokens.slots == nil {
		c.tokens.slots = map[string]*tokenSlot{}
	}
	slot := c.tokens.slots[out.grant.slot()]
	if slot == nil {
		slot = &tokenSlot{}
		c.tokens.slots[out.grant.slot()] = slot
	}
	if slot.token != "" && (slot.until == nil || time.Now().Before(*slot.until)) {
		defer c.tokens.lock.Unlock()
		return slot.token, nil
	}
	fetch := slot.fetch
	if fetch == nil {
		fetch = &tokenFetch{done: make(chan struct{})}
		slot.fetch = fetch
		// Others may come to wait for it, so it does not end with this caller.
		go c.fetchToken(context.WithoutCancel(ctx), out.grant, slot, fetch, out.timeout)
	}
	c.tokens.lock.Unlock()
	limit := out.time()
	timer := time.NewTimer(limit)
	defer timer.Stop()
	select {
	case <-fetch.done:
		if fetch.failure != nil {
			return "", noToken(fetch.failure)
		}
		return fetch.token, nil
	case <-ctx.Done():
		return "", noToken(&Error{Kind: KindLost, Message: "the caller's context ended", cause: context.Cause(ctx)})
	case <-timer.C:
		return "", noToken(failf(KindTimeout, "no answer within %v", limit.Round(time.Millisecond)))
	}
}

func (c *core) fetchToken(ctx context.Context, of *grant, slot *tokenSlot, fetch *tokenFetch, timeout time.Duration) {
	token, until, failure := c.requestToken(ctx, of, timeout)
	c.tokens.lock.Lock()
	defer c.tokens.lock.Unlock()
	slot.token, slot.until, slot.fetch = token, until, nil
	fetch.token, fetch.failure = token, failure
	close(fetch.done)
}

// forget: a server refused the token. The next call fetches another, unless one has been fetched already.
func (t *tokens) forget(of *grant, token string) {
	t.lock.Lock()
	defer t.lock.Unlock()
	if slot := t.slots[of.slot()]; slot != nil && slot.token == token {
		slot.token = ""
	}
}

// requestToken asks for a token: by a form, and with the client's id and secret as HTTP Basic, each encoded as in a form.
func (c *core) requestToken(ctx context.Context, of *grant, timeout time.Duration) (string, *time.Time, *Error) {
	form := "grant_type=client_credentials"
	if len(of.scopes) > 0 {
		form += "&scope=" + formPiece(strings.Join(of.scopes, " "))
	}
	asking := &outgoing{method: http.MethodPost, url: of.url, class: retryIdempotent, body: &content{bytes: []byte(form)}}
	asking.headers = http.Header{
		"Content-Type":  {"application/x-www-form-urlencoded"},
		"Accept":        {"application/json"},
		"Authorization": {of.credential.client()},
		"User-Agent":    c.headers["User-Agent"],
	}
	answer, failure := c.receive(ctx, asking.request(), timeout)
	if failure != nil {
		return "", nil, failure
	}
	if answer.status >= 300 && answer.status < 400 {
		return "", nil, &Error{Kind: KindRedirect, Status: answer.status, Message: "the server points elsewhere, which is never followed"}
	}
	read, err := parseJSON(answer.body)
	if answer.status < 200 || answer.status >= 300 {
		return "", nil, &Error{
			Kind: KindAPI, Status: answer.status, Code: c.said(read, "/error"), Message: c.said(read, "/error_description"),
		}
	}
	token, _ := read.get("access_token")
	kind, hasKind := read.get("token_type")
	switch {
	// What is wrong is not quoted: it may be the token.
	case err != nil || token.kind != textNode:
		return "", nil, failf(KindDecode, "the answer is not an object with an access_token")
	case hasKind && kind.kind != nullNode && !strings.EqualFold(kind.text, "bearer"):
		return "", nil, failf(KindDecode, "the token is not a bearer token")
	case token.text == "" || !isHeaderValue(token.text):
		return "", nil, failf(KindDecode, "the token is empty, or cannot be sent in a header")
	}
	return token.text, expiry(read), nil
}

// expiry is when a token is not to be used any more; nil when the server did not say. Some servers write the seconds as
// text.
func expiry(read node) *time.Time {
	expires, _ := read.get("expires_in")
	seconds, err := strconv.ParseInt(expires.text, 10, 64)
	if !slices.Contains([]nodeKind{textNode, bareNode}, expires.kind) || err != nil || seconds < 0 {
		return nil
	}
	life := longestDuration
	if seconds < int64(longestDuration/time.Second) {
		life = time.Duration(seconds) * time.Second
	}
	return Ptr(time.Now().Add(life - min(tokenMargin, life/10)))
}

// noToken is the failure of a fetch, as that of the call that needed the token.
func noToken(failure *Error) *Error {
	return &Error{Kind: KindToken, Message: failure.Error(), cause: failure}
}
