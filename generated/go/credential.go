package omise

import (
	"encoding/base64"
	"net/http"
	"slices"
	"strings"
	"unicode"
)

// credential is a key, or a user name with a password.
type credential struct {
	user    string
	hasUser bool
	secret  string
}

// check says what is wrong with the credential, without showing it.
func (c *credential) check(own *scheme, all []*scheme) *Error {
	refuse := func(what string) *Error { return failf(KindConfig, "%s %s", own.name, what) }
	fetches := own.kind == clientCredentialsAuth
	// A line break at the end comes with keys read from files.
	isStray := func(letter rune) bool {
		return unicode.IsControl(letter) || unicode.IsSpace(letter) && own.kind != httpAuth
	}
	switch {
	case !c.hasUser && c.secret == "":
		return refuse("is empty")
	case !c.hasUser && strings.ContainsFunc(c.secret, isStray):
		return refuse("holds a space or a line break")
	case fetches && c.hasUser && c.secret == "":
		return refuse("has an empty secret")
	case !fetches && strings.Contains(c.user, ":"):
		return refuse("has a user name with a colon, which HTTP Basic cannot carry")
	case own.kind == basicKeyAuth && (strings.Contains(c.secret, ":") || !isASCII(c.secret)):
		return refuse("holds a colon or a letter that no key has")
	case slices.Contains(own.prefixes, c.secret):
		return refuse("ends after its prefix")
	case own.accepts(c.secret):
		return nil
	}
	isOther := func(other *scheme) bool { return other.accepts(c.secret) }
	at := slices.IndexFunc(all, isOther)
	wanted := strings.Join(own.prefixes, " or ")
	switch {
	case at < 0 && wanted == "":
		return nil
	case at < 0:
		return refuse("must begin with " + wanted)
	case wanted == "":
		return refuse("was given a " + all[at].name)
	default:
		return refuse("was given a " + all[at].name + ": it must begin with " + wanted)
	}
}

func (s *scheme) accepts(key string) bool {
	return slices.ContainsFunc(s.prefixes, func(prefix string) bool { return strings.HasPrefix(key, prefix) })
}

func isASCII(text string) bool {
	return !strings.ContainsFunc(text, func(letter rune) bool { return letter > unicode.MaxASCII })
}

// basic is the header of HTTP Basic; a key alone is the user name.
func (c *credential) basic() string {
	if c.hasUser {
		return basic(c.user + ":" + c.secret)
	}
	return basic(c.secret + ":")
}

// client is the header with a client's id and secret (RFC 6749, "Client Password").
func (c *credential) client() string {
	return basic(formPiece(c.user) + ":" + formPiece(c.secret))
}

func basic(pair string) string {
	return "Basic " + base64.StdEncoding.EncodeToString([]byte(pair))
}

// isClient tells whether a token must be fetched with it.
func (c *credential) isClient(own *scheme) bool {
	return own.kind == clientCredentialsAuth && c.hasUser
}

// redact takes the credential out of text that came from elsewhere, in each of the forms it was sent in.
func (c *credential) redact(text string) string {
	if c.secret == "" {
		return text
	}
	for _, form := range []string{c.secret, formPiece(c.secret), c.basic(), c.client()} {
		form = strings.TrimPrefix(form, "Basic ")
		text = withoutSecret(text, form)
		// Whoever quotes it may have left the padding out.
		text = withoutSecret(text, strings.TrimRight(form, "="))
	}
	return text
}

// chosenKey is a key that goes with a call.
type chosenKey struct {
	index      int
	scheme     *scheme
	credential *credential
}

// choose gives the first alternative whose every scheme is configured, or has its header set by the caller, who then sends
// his own. One that needs nothing comes last: what is configured is sent.
func (c *core) choose(of *endpoint, own [][2]string) ([]chosenKey, *Error) {
	isOwn := func(name string) bool {
		return slices.ContainsFunc(own, func(header [2]string) bool { return strings.EqualFold(header[0], name) })
	}
	isFree := len(of.security) == 0
	var named []string
	for _, alternative := range of.security {
		if len(alternative) == 0 {
			isFree = true
			continue
		}
		var keys []chosenKey
		var names []string
		isWhole := true
		for _, index := range alternative {
			scheme := c.profile.schemes[index]
			names = append(names, scheme.name)
			header := scheme.header()
			switch {
			case header != "" && isOwn(header):
			case c.credentials[index] != nil:
				keys = append(keys, chosenKey{index, scheme, c.credentials[index]})
			case header == "" || c.headers.Get(header) == "":
				isWhole = false
			}
		}
		if isWhole {
			return keys, nil
		}
		named = append(named, strings.Join(names, " and "))
	}
	if isFree {
		return nil, nil
	}
	return nil, failf(KindConfig, "needs %s: set it on the client", strings.Join(named, ", or "))
}

// carrier is where credentials go.
type carrier struct {
	headers http.Header
	query   []pair
	cookies []pair
	// taken are headers that hold a key already.
	taken []string
}

// add puts a credential where its scheme wants it.
func (c *carrier) add(key chosenKey) *Error {
	own, secret := key.scheme, key.credential.secret
	switch own.kind {
	case basicAuth, basicKeyAuth:
		return c.header(own, "Authorization", key.credential.basic())
	case clientCredentialsAuth, bearerAuth:
		if key.credential.isClient(own) {
			// The token is not there yet; its place is.
			return c.header(own, "Authorization", "")
		}
		return c.header(own, "Authorization", "Bearer "+secret)
	case httpAuth:
		return c.header(own, "Authorization", own.detail+" "+secret)
	case headerAuth:
		if !isToken(own.detail) || isReserved(own.detail) {
			return failf(KindConfig, "a key cannot travel in a header %q", own.detail)
		}
		return c.header(own, own.detail, secret)
	case queryAuth:
		c.query = append(c.query, pair{component(own.detail), component(secret)})
	case cookieAuth:
		c.cookies = append(c.cookies, pair{component(own.detail), component(secret)})
	}
	return nil
}

func (c *carrier) header(own *scheme, name, value string) *Error {
	if !isHeaderValue(value) {
		return failf(KindConfig, "%s cannot be sent in a header", own.name)
	}
	name = http.CanonicalHeaderKey(name)
	if slices.Contains(c.taken, name) {
		return failf(KindConfig, "%s and another key travel in one header, %s", own.name, name)
	}
	c.taken = append(c.taken, name)
	c.headers.Set(name, value)
	return nil
}
