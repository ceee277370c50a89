package sdk

import (
	"fmt"
	"net/http"
	"time"
)

// Option is a setting of a client.
type Option func(*settings)

// settings are what a client is made from.
type settings struct {
	profile     *profile
	credentials []*credential
	bases       []*string
	// takers says which host takes the calls of each host.
	takers           []int
	variables        map[string]string
	tokenURLs        []string
	headers          [][2]string
	httpClient       *http.Client
	userAgent        string
	timeout          time.Duration
	totalTimeout     time.Duration
	retries          retryPolicy
	retryBudget      int
	maxResponseBytes int64
	allowUnverified  bool
	allowInsecure    bool
	failure          *Error
}

func defaults(of *profile) *settings {
	made := &settings{
		profile:     of,
		credentials: make([]*credential, len(of.schemes)),
		bases:       make([]*string, len(of.hosts)),
		variables:   map[string]string{},
		tokenURLs:   make([]string, len(of.schemes)),
		// Banks take up to a minute to decide on a charge.
		timeout:          65 * time.Second,
		retries:          retryPolicy{most: 2, base: 500 * time.Millisecond, longest: 8 * time.Second, longestAsked: 30 * time.Second},
		retryBudget:      50,
		maxResponseBytes: 16 << 20,
	}
	for at := range of.hosts {
		made.takers = append(made.takers, at)
	}
	return made
}

func credentialOption(index int, made credential) Option {
	return func(s *settings) { s.credentials[index] = &made }
}

func tokenURLOption(index int, url string) Option {
	return func(s *settings) { s.tokenURLs[index] = url }
}

func baseURLOption(index int, url string) Option {
	return func(s *settings) { s.bases[index] = &url }
}

func takerOption(host, by int) Option {
	return func(s *settings) { s.takers[host] = by }
}

func variableOption(setting, value string) Option {
	return func(s *settings) { s.variables[setting] = value }
}

// WithSetting sets by name what an option with arguments of the API's own sets, for programs that read their settings from
// a file: "secret_key" what WithSecretKey sets, say. A user name and a password are two values. A base URL is named by its
// host, "api_base_url". A name that is none is an error of [NewClient].
func WithSetting(name string, values ...string) Option {
	return func(s *settings) {
		if !s.set(name, values) {
			s.failure = failf(KindConfig, "there is no setting %q with %d values", name, len(values))
		}
	}
}

func (s *settings) set(name string, values []string) bool {
	for at, each := range s.profile.schemes {
		if each.name == name && len(values) == 2 {
			s.credentials[at] = &credential{user: values[0], hasUser: true, secret: values[1]}
			return each.kind == basicAuth || each.kind == clientCredentialsAuth
		}
		if each.name == name && len(values) == 1 {
			s.credentials[at] = &credential{secret: values[0]}
			return each.kind != basicAuth
		}
		if each.name+"_token_url" == name && len(values) == 1 {
			s.tokenURLs[at] = values[0]
			return true
		}
	}
	if len(values) != 1 {
		return false
	}
	for at, each := range s.profile.hosts {
		if each.name+"_base_url" == name {
			s.bases[at] = &values[0]
			return true
		}
		for _, variable := range each.variables {
			if variable.setting == name {
				s.variables[name] = values[0]
				return true
			}
		}
	}
	for _, each := range s.profile.headers {
		if each.setting == name {
			s.headers = append(s.headers, [2]string{each.name, values[0]})
			return true
		}
	}
	return false
}

// WithHTTPClient sends requests by a client of the caller's: with its transport, its proxy, its certificates. A copy of it
// is used, which follows no redirects.
func WithHTTPClient(client *http.Client) Option {
	return func(s *settings) { s.httpClient = client }
}

// WithDefaultHeader sends a header with every request, in place of one of that name the client would send by itself.
func WithDefaultHeader(name, value string) Option {
	return func(s *settings) { s.headers = append(s.headers, [2]string{name, value}) }
}

// WithUserAgent says who calls: shop/2.0. It goes before this package's own name in the header User-Agent.
func WithUserAgent(name string) Option {
	return func(s *settings) { s.userAgent = name }
}

// WithDefaultTimeout says how long one attempt may take, from the first byte sent to the last one read: 65 seconds unless
// set. A call may have its own.
func WithDefaultTimeout(timeout time.Duration) Option {
	return func(s *settings) { s.timeout = timeout }
}

// WithDefaultTotalTimeout says how long a call may take with all its attempts and the waits between: as long as they need
// unless set. A call may have its own; its context ends it in any case.
func WithDefaultTotalTimeout(timeout time.Duration) Option {
	return func(s *settings) { s.totalTimeout = timeout }
}

// WithDefaultMaxRetries says how often a call is sent again after a failure: twice unless set, 0 for never. A call may have
// its own.
//
// What was certainly not carried out is sent again: no connection, or 429. After 408, a failure of the server (5xx) or a
// lost answer only calls are sent again that do no harm twice; any other ends in an [Error] whose OutcomeUnknown is set.
// The waits grow and are left to chance, up to 8 seconds; a server may ask for longer ones.
func WithDefaultMaxRetries(retries int) Option {
	return func(s *settings) { s.retries.most = retries }
}

// WithMaxRetryWait is the longest wait a server may ask for with Retry-After: 30 seconds unless set. When it asks for more,
// the call ends with its answer, and RetryAfter of the [Error] tells.
func WithMaxRetryWait(wait time.Duration) Option {
	return func(s *settings) { s.retries.longestAsked = wait }
}

// WithRetryBackoff says how long the client waits before a retry of its own accord: at most base before the first one, and
// twice as long before each other, up to longest. Half a second and 8 seconds unless set.
func WithRetryBackoff(base, longest time.Duration) Option {
	return func(s *settings) { s.retries.base, s.retries.longest = base, longest }
}

// WithRetryBudget says how many retries all calls of this client may make in a row while the server answers none: 50 unless
// set. Five answers earn one back. So an outage is not multiplied by those who wait for its end.
func WithRetryBudget(retries int) Option {
	return func(s *settings) { s.retryBudget = retries }
}

// WithMaxResponseBytes is the largest answer that is read: 16 MiB unless set. Reading stops at the first byte above it.
func WithMaxResponseBytes(limit int64) Option {
	return func(s *settings) { s.maxResponseBytes = limit }
}

// WithUnverified allows operations whose route nobody has seen. Without it they are refused before anything is sent.
func WithUnverified() Option {
	return func(s *settings) { s.allowUnverified = true }
}

// WithInsecureHTTP allows base URLs that are not https. Keys then travel in the clear; to this machine itself plain http is
// always allowed.
func WithInsecureHTTP() Option {
	return func(s *settings) { s.allowInsecure = true }
}

// RequestOption is a setting of one call.
type RequestOption func(*requestSettings)

type requestSettings struct {
	headers        [][2]string
	timeout        *time.Duration
	totalTimeout   *time.Duration
	maxRetries     *int
	retryAmbiguous bool
	idempotencyKey *string
	response       *Response
}

// WithIdempotencyKey sends this key with every attempt of a call, so that the API can tell a repetition from a new call;
// how long it remembers a key is for its documentation to say. Without one the client makes a key for the call, where the
// API takes one, and the [Error] has it. A method the API takes no key for is sent without. An empty key is refused.
func WithIdempotencyKey(key string) RequestOption {
	return func(s *requestSettings) { s.idempotencyKey = &key }
}

// WithTimeout says how long one attempt to make a call may take.
func WithTimeout(timeout time.Duration) RequestOption {
	return func(s *requestSettings) { s.timeout = &timeout }
}

// WithTotalTimeout says how long a call may take with all its attempts and the waits between.
func WithTotalTimeout(timeout time.Duration) RequestOption {
	return func(s *requestSettings) { s.totalTimeout = &timeout }
}

// WithMaxRetries says how often a call is sent again after a failure; 0 for never. A body that is a stream is never sent
// again.
func WithMaxRetries(retries int) RequestOption {
	return func(s *requestSettings) { s.maxRetries = &retries }
}

// WithRetryAmbiguous sends a call again even when it may have been carried out already, though doing it twice is not doing
// it once: a payment may be taken twice. Only for calls whose repetition the API is known to recognise.
func WithRetryAmbiguous() RequestOption {
	return func(s *requestSettings) { s.retryAmbiguous = true }
}

// WithHeader sends a header with a call, in place of one of that name the client would send by itself.
func WithHeader(name, value string) RequestOption {
	return func(s *requestSettings) { s.headers = append(s.headers, [2]string{name, value}) }
}

// WithResponse keeps the whole answer of a call that succeeds: its status, headers, request id and raw bytes. Of a list
// that is walked it keeps the last page's.
func WithResponse(response *Response) RequestOption {
	return func(s *requestSettings) { s.response = response }
}

func requestSettingsOf(options []RequestOption) *requestSettings {
	made := &requestSettings{}
	for _, option := range options {
		if option != nil {
			option(made)
		}
	}
	return made
}

// Format shows nothing of what is set: keys are among it.
func (s *settings) Format(state fmt.State, _ rune) {
	fmt.Fprint(state, "settings")
}
