package omise

import (
	"crypto/rand"
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"time"
)

// outgoing is a request that is ready to be sent, but for its token, and what all of its attempts have in common.
type outgoing struct {
	operation   string
	method, url string
	headers     http.Header
	// body is nil where there is none.
	body           *content
	grant          *grant
	class          retryClass
	retries        retryPolicy
	retryAmbiguous bool
	// timeout is for one attempt, deadline for all of them and the waits between.
	timeout        time.Duration
	deadline       *time.Time
	idempotencyKey string
	// secrets are what the call sends and no error may repeat.
	secrets []string
}

// shortestSecret is how many letters a secret has that is looked for: shorter ones are in every text.
const shortestSecret = 3

// prepare builds the request, or says why it cannot be sent. Nothing here waits or reaches the network; all refusals happen
// here.
func (c *core) prepare(from *call, set *requestSettings) (*outgoing, *Error) {
	of := from.endpoint
	if from.failure != nil {
		return nil, from.failure
	}
	if of.isGuess && !c.allowUnverified {
		return nil, failf(KindUnverified, "this route is a guess; WithUnverified on the client permits it")
	}
	key, failure := c.idempotencyKey(of, set)
	if failure != nil {
		return nil, failure
	}
	base := c.bases[of.host]
	if base.problem != nil {
		return nil, base.problem.(*Error)
	}
	keys, failure := c.choose(of, set.headers)
	if failure != nil {
		return nil, failure
	}
	path, failure := fillPath(of.path, from.path)
	if failure != nil {
		return nil, failure
	}
	carrier := &carrier{headers: c.headers.Clone(), query: slices.Clone(from.query), cookies: slices.Clone(from.cookies)}
	made := &outgoing{operation: of.id, method: of.method, class: of.retry, idempotencyKey: key}
	for _, each := range keys {
		if failure := carrier.add(each); failure != nil {
			return nil, failure
		}
		needed, failure := c.grantFor(each, base.url, of)
		if failure != nil {
			return nil, failure
		}
		if needed != nil {
			made.grant = needed
		}
	}
	if from.target != "" {
		made.url, failure = joinURL(origin(base.url), from.target, carrier.query)
	} else {
		made.url, failure = joinURL(base.url, path, carrier.query)
	}
	if failure != nil {
		return nil, failure
	}
	made.body = from.payload()
	made.headers, failure = c.requestHeaders(from, carrier, set, key)
	if failure != nil {
		return nil, failure
	}
	c.plan(made, from, set)
	return made, nil
}

// plan says how the attempts are made.
func (c *core) plan(made *outgoing, from *call, set *requestSettings) {
	made.retries, made.retryAmbiguous, made.timeout = c.retries, set.retryAmbiguous, c.timeout
	if set.maxRetries != nil {
		made.retries.most = *set.maxRetries
	}
	if set.timeout != nil {
		made.timeout = *set.timeout
	}
	total := c.totalTimeout
	if set.totalTimeout != nil {
		total = *set.totalTimeout
	}
	if total > 0 {
		made.deadline = Ptr(time.Now().Add(total))
	}
	for _, secret := range from.encoder.secrets {
		if len([]rune(secret)) >= shortestSecret {
			made.secrets = append(made.secrets, secret)
		}
	}
	for _, header := range set.headers {
		made.secrets = append(made.secrets, carriedSecrets(header[1])...)
	}
}

// requestHeaders are those of the request. What the caller sets comes last.
func (c *core) requestHeaders(from *call, carrier *carrier, set *requestSettings, key string) (http.Header, *Error) {
	headers := carrier.headers
	// A media type belongs to a body: what else says so is this very call.
	headers.Del("Content-Type")
	var all [][2]string
	if from.endpoint.accept != "" {
		all = append(all, [2]string{"Accept", from.endpoint.accept})
	}
	if len(carrier.cookies) > 0 {
		all = append(all, [2]string{"Cookie", joinPairs(carrier.cookies, "; ")})
	}
	all = append(all, from.headers...)
	all = append(all, set.headers...)
	if key != "" {
		all = append(all, [2]string{c.profile.idempotencyHeader, key})
	}
	for _, header := range all {
		if failure := setHeader(headers, header[0], header[1]); failure != nil {
			return nil, failure
		}
	}
	if from.body != nil && headers.Get("Content-Type") == "" {
		return headers, setHeader(headers, "Content-Type", from.mediaType)
	}
	return headers, nil
}

// payload is the body, put together where it is a form.
func (c *call) payload() *content {
	switch {
	case c.body != nil:
	case c.isForm:
		if c.mediaType == "" {
			c.mediaType = "application/x-www-form-urlencoded"
		}
		c.body = &content{bytes: []byte(joinPairs(c.form, "&"))}
	case c.isMultipart:
		boundary, body := encodeParts(c.parts)
		if c.mediaType == "" {
			c.mediaType = "multipart/form-data"
		}
		c.mediaType += "; boundary=" + boundary
		c.body = &body
	}
	return c.body
}

// idempotencyKey is what makes a write repeatable: the caller's key, else a new one. It is empty where the API takes none
// for this method.
func (c *core) idempotencyKey(of *endpoint, set *requestSettings) (string, *Error) {
	if c.profile.idempotencyHeader == "" || !slices.Contains(c.profile.idempotencyMethods, of.method) {
		return "", nil
	}
	own := set.idempotencyKey
	for _, header := range slices.Backward(set.headers) {
		if !strings.EqualFold(header[0], c.profile.idempotencyHeader) {
			continue
		}
		if own != nil && *own != header[1] {
			return "", failf(KindArgument, "the call was given two idempotency keys")
		}
		own = &header[1]
		break
	}
	switch {
	case own == nil:
		return uniqueKey()
	case strings.TrimSpace(*own) == "":
		return "", failf(KindArgument, "the idempotency key is empty")
	default:
		return *own, nil
	}
}

// uniqueKey is a text that no other call has: a version 4 UUID (RFC 9562).
func uniqueKey() (string, *Error) {
	var id [16]byte
	if _, err := rand.Read(id[:]); err != nil {
		// Two calls with one key would be taken for one.
		return "", failf(KindConfig, "the system gives no random numbers; set an idempotency key yourself")
	}
	id[6] = id[6]&0x0f | 0x40
	id[8] = id[8]&0x3f | 0x80
	return fmt.Sprintf("%x-%x-%x-%x-%x", id[:4], id[4:6], id[6:8], id[8:10], id[10:]), nil
}

// fillPath puts the arguments in place of the braces. A fragment is not part of what is sent.
func fillPath(template string, arguments map[string]string) (string, *Error) {
	var path strings.Builder
	if !strings.HasPrefix(template, "/") {
		path.WriteByte('/')
	}
	rest, _, _ := strings.Cut(template, "#")
	for {
		before, after, ok := strings.Cut(rest, "{")
		name, after, closed := strings.Cut(after, "}")
		if !ok || !closed {
			break
		}
		path.WriteString(pathTemplate(before))
		value, isGiven := arguments[name]
		if !isGiven {
			return "", failf(KindArgument, "%q is part of the path and was not given", name)
		}
		path.WriteString(value)
		rest = after
	}
	path.WriteString(pathTemplate(rest))
	return withoutDots(path.String())
}

// withoutDots: what survived argument by argument may still have become a dot segment together with its neighbours. Escaped
// dots are dots to those who read URLs.
func withoutDots(path string) (string, *Error) {
	for _, segment := range strings.Split(path, "/") {
		plain := strings.ReplaceAll(strings.ToLower(segment), "%2e", ".")
		if plain == "." || plain == ".." {
			return "", failf(KindArgument, "the arguments make . or .. of a path segment")
		}
	}
	return path, nil
}

func joinURL(base, path string, query []pair) (string, *Error) {
	text := base + path
	if len(query) > 0 {
		between := "?"
		if strings.Contains(path, "?") {
			between = "&"
		}
		text += between + joinPairs(query, "&")
	}
	// The parser's own words would quote the query, which may hold a key.
	parsed, err := url.Parse(text)
	if err != nil || parsed.String() != text {
		return "", failf(KindArgument, "the arguments make a URL that is too long or malformed")
	}
	return text, nil
}
