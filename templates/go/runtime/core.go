package sdk

import (
	"fmt"
	"net"
	"net/http"
	"strings"
	"time"
)

// connectTimeout is how long a connection may take to be made.
const connectTimeout = 10 * time.Second

// core is what all calls of a client share.
type core struct {
	profile *profile
	// bases are URLs by host. A host of the profile may have no usable one; then only calls to it fail.
	bases       []baseOrProblem
	credentials []*credential
	tokenURLs   []string
	tokens      tokens
	// headers go with every request.
	headers http.Header
	// headerSecrets are what may be keys among those that the caller set.
	headerSecrets    []string
	http             *http.Client
	isTraced         bool
	timeout          time.Duration
	totalTimeout     time.Duration
	retries          retryPolicy
	budget           *budget
	maxResponseBytes int64
	allowUnverified  bool
	allowInsecure    bool
}

type baseOrProblem struct {
	url     string
	problem error
}

func newCore(of *profile, options []Option) (*core, *Error) {
	set := defaults(of)
	for _, option := range options {
		if option != nil {
			option(set)
		}
	}
	if set.failure != nil {
		return nil, set.failure
	}
	for at, credential := range set.credentials {
		if credential == nil {
			continue
		}
		if failure := credential.check(of.schemes[at], of.schemes); failure != nil {
			return nil, failure
		}
	}
	made := &core{
		profile:          of,
		credentials:      set.credentials,
		tokenURLs:        set.tokenURLs,
		timeout:          set.timeout,
		totalTimeout:     set.totalTimeout,
		retries:          set.retries,
		budget:           newBudget(set.retryBudget),
		maxResponseBytes: set.maxResponseBytes,
		allowUnverified:  set.allowUnverified,
		allowInsecure:    set.allowInsecure,
	}
	made.http, made.isTraced = httpClient(set.httpClient)
	if failure := made.findBases(set); failure != nil {
		return nil, failure
	}
	for at, text := range set.tokenURLs {
		// One that is relative depends on the base URL of a call, and is checked with it.
		if !strings.Contains(text, "://") {
			continue
		}
		if _, err := tokenURL(text, "", set.allowInsecure); err != nil {
			return nil, failf(KindConfig, "the token URL of %s %s", of.schemes[at].name, err)
		}
	}
	return made, made.setHeaders(set)
}

// findBases checks the URLs and variables that were set; those of the profile matter only to the calls that use them.
func (c *core) findBases(set *settings) *Error {
	for _, taker := range set.takers {
		host := c.profile.hosts[taker]
		named := func(problem error) *Error { return failf(KindConfig, "the base URL of %s %s", host.name, problem) }
		if own := set.bases[taker]; own != nil {
			parsed, err := baseURL(*own, set.allowInsecure)
			if err != nil {
				return named(err)
			}
			c.bases = append(c.bases, baseOrProblem{url: parsed})
			continue
		}
		filled, err := host.fill(set.variables)
		if err == nil {
			filled, err = baseURL(filled, set.allowInsecure)
		}
		if err == nil {
			c.bases = append(c.bases, baseOrProblem{url: filled})
			continue
		}
		for _, variable := range host.variables {
			if _, isSet := set.variables[variable.setting]; isSet {
				return named(err)
			}
		}
		c.bases = append(c.bases, baseOrProblem{problem: named(err)})
	}
	return nil
}

func (c *core) setHeaders(set *settings) *Error {
	c.headers = http.Header{}
	agent := c.profile.userAgent
	if set.userAgent != "" {
		agent = set.userAgent + " " + agent
	}
	all := [][2]string{{"User-Agent", agent}}
	for _, own := range c.profile.headers {
		all = append(all, [2]string{own.name, own.value})
	}
	for _, own := range set.headers {
		if c.profile.idempotencyHeader != "" && strings.EqualFold(own[0], c.profile.idempotencyHeader) {
			return failf(KindConfig, "%s belongs to one call: set it there", own[0])
		}
		c.headerSecrets = append(c.headerSecrets, carriedSecrets(own[1])...)
	}
	for _, header := range append(all, set.headers...) {
		if failure := setHeader(c.headers, header[0], header[1]); failure != nil {
			failure.Kind = KindConfig
			return failure
		}
	}
	return nil
}

// httpClient is the client that requests are sent with: a copy of the caller's, or one over HTTP/1.1, which never repeats a
// request by itself. It follows no redirects. Whether it says how far a request came is the second result.
func httpClient(own *http.Client) (*http.Client, bool) {
	made := http.Client{}
	if own != nil {
		made = *own
	} else {
		dialer := &net.Dialer{Timeout: connectTimeout, KeepAlive: 30 * time.Second}
		made.Transport = &http.Transport{
			Proxy:               http.ProxyFromEnvironment,
			DialContext:         dialer.DialContext,
			TLSHandshakeTimeout: connectTimeout,
			MaxIdleConnsPerHost: 16,
			// Servers drop connections that stand idle; one that is about to be dropped loses a request.
			IdleConnTimeout:    20 * time.Second,
			DisableCompression: true,
		}
	}
	if made.Transport == nil {
		made.Transport = http.DefaultTransport
	}
	_, isTraced := made.Transport.(*http.Transport)
	made.CheckRedirect = func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }
	made.Transport = unfollowed{made.Transport}
	return &made, isTraced
}

// unfollowed keeps from the client where a redirect leads: it would fail, and quote it, where that is no URL.
type unfollowed struct {
	next http.RoundTripper
}

const (
	location       = "Location"
	hiddenLocation = "location"
)

// RoundTrip sends a request.
func (u unfollowed) RoundTrip(request *http.Request) (*http.Response, error) {
	answer, err := u.next.RoundTrip(request)
	if answer != nil {
		renameHeader(answer.Header, location, hiddenLocation)
	}
	return answer, err
}

func renameHeader(headers http.Header, from, to string) {
	if values, ok := headers[from]; ok {
		delete(headers, from)
		headers[to] = values
	}
}

// Format shows where the client sends its calls and which keys it has, and nothing of them.
func (c *core) Format(state fmt.State, _ rune) {
	var hosts, keys []string
	for _, base := range c.bases {
		if base.problem == nil {
			hosts = append(hosts, base.url)
		}
	}
	for at, credential := range c.credentials {
		if credential != nil {
			keys = append(keys, c.profile.schemes[at].name)
		}
	}
	fmt.Fprintf(state, "Client{hosts: %v, keys: %v, timeout: %v, retries: %d}", hosts, keys, c.timeout, c.retries.most)
}
