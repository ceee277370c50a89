package omise

// profile is the description of an API that a client is made from.
type profile struct {
	userAgent string
	// hosts and schemes are referred to by their index.
	hosts   []*hostProfile
	schemes []*scheme
	// headers go with every request unless the client or the request says otherwise.
	headers []headerProfile
	// idempotencyHeader makes a write repeatable; empty where the API has none.
	idempotencyHeader  string
	idempotencyMethods []string
	requestIDHeaders   []string
	// limitHeaders tell the rate limit: the limit, what remains, the reset. An empty name is one the API has not.
	limitHeaders [3]string
	// errorCode and errorMessage are JSON pointers into an error answer; empty where there is none.
	errorCode, errorMessage string
}

type hostProfile struct {
	name string
	// url may hold {variables}. One that is relative or empty must be replaced before its first use.
	url       string
	variables []variableProfile
	// security are the keys its calls take, as alternatives: those of most calls first.
	security [][]int
}

type variableProfile struct {
	name string
	// setting is the name of the option that sets it; hosts may share one.
	setting string
	// fallback is used where none is set; without one it must be.
	fallback    string
	hasFallback bool
}

type headerProfile struct {
	setting, name, value string
}

// scheme is a way to authenticate.
type scheme struct {
	// name is that of the option that sets its credential, used in messages: secret_key.
	name string
	kind schemeKind
	// detail is the name of the header, parameter, cookie or scheme, or the URL where tokens are fetched.
	detail string
	// prefixes are what the key may begin with; any will do when there are none.
	prefixes []string
}

type schemeKind uint8

const (
	// basicAuth is HTTP Basic with user name and password.
	basicAuth schemeKind = iota
	// basicKeyAuth is HTTP Basic with one key as the user name and an empty password.
	basicKeyAuth
	bearerAuth
	// clientCredentialsAuth is a bearer token of OAuth 2: the caller's own, or one fetched with the client's id and secret.
	clientCredentialsAuth
	// httpAuth is the header Authorization in another scheme, with what the caller gives after its name.
	httpAuth
	headerAuth
	queryAuth
	cookieAuth
)

// header is the one it travels in; empty where it travels in none.
func (s *scheme) header() string {
	switch s.kind {
	case headerAuth:
		return s.detail
	case queryAuth, cookieAuth:
		return ""
	default:
		return "Authorization"
	}
}

// Host adds a host and gives it, for its variables.
func (p *profile) Host(name, url string) *hostProfile {
	made := &hostProfile{name: name, url: url}
	p.hosts = append(p.hosts, made)
	return made
}

// Keys says which keys the calls of a host take.
func (h *hostProfile) Keys(alternatives ...[]int) *hostProfile {
	h.security = alternatives
	return h
}

// Variable adds a variable that has a value unless another is set.
func (h *hostProfile) Variable(name, setting, fallback string) {
	h.variables = append(h.variables, variableProfile{name, setting, fallback, true})
}

// NeededVariable adds a variable that must be set.
func (h *hostProfile) NeededVariable(name, setting string) {
	h.variables = append(h.variables, variableProfile{name: name, setting: setting})
}

// Scheme adds a way to authenticate.
func (p *profile) Scheme(name string, kind schemeKind, detail string, prefixes ...string) {
	p.schemes = append(p.schemes, &scheme{name, kind, detail, prefixes})
}

// Header adds a header of every request.
func (p *profile) Header(setting, name, value string) {
	p.headers = append(p.headers, headerProfile{setting, name, value})
}

// Idempotency names the header that makes a write repeatable, and the methods that take it.
func (p *profile) Idempotency(header string, methods ...string) {
	p.idempotencyHeader, p.idempotencyMethods = header, methods
}

// RequestID names the headers that identify a request, the most telling first.
func (p *profile) RequestID(headers ...string) {
	p.requestIDHeaders = headers
}

// RateLimit names the headers that tell the rate limit.
func (p *profile) RateLimit(limit, remaining, reset string) {
	p.limitHeaders = [3]string{limit, remaining, reset}
}

// Errors says where an error answer has its code and its message.
func (p *profile) Errors(code, message string) {
	p.errorCode, p.errorMessage = code, message
}

// retryClass is what may be repeated after a failure whose outcome is unknown.
type retryClass uint8

const (
	// retrySafe changes nothing.
	retrySafe retryClass = iota
	// retryIdempotent: doing it twice is doing it once.
	retryIdempotent
	// retryUnsafe: doing it twice may charge twice.
	retryUnsafe
)

// endpoint is what all calls of an operation have in common.
type endpoint struct {
	id, method, path string
	host             int
	// security are alternatives of schemes that go together.
	security [][]int
	// scopes are what a fetched token must allow, by the index of its scheme.
	scopes map[int][]string
	retry  retryClass
	// isGuess marks a route that nobody has seen.
	isGuess bool
	accept  string
}
