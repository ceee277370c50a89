package sdk

import (
	"errors"
	"fmt"
	"net"
	"net/url"
	"slices"
	"strings"
)

// fill is the URL of a host with its variables in place. A value may not leave the piece of the URL it stands in: with it
// the keys would go elsewhere.
func (h *hostProfile) fill(given map[string]string) (string, error) {
	filled := ""
	rest := h.url
	for {
		before, after, ok := strings.Cut(rest, "{")
		name, after, closed := strings.Cut(after, "}")
		if !ok || !closed {
			return filled + rest, nil
		}
		filled += before
		rest = after
		at := slices.IndexFunc(h.variables, func(each variableProfile) bool { return each.name == name })
		if at < 0 {
			return "", fmt.Errorf("has a variable %q that nobody knows", name)
		}
		value, isSet := given[h.variables[at].setting]
		if !isSet && !h.variables[at].hasFallback {
			return "", fmt.Errorf("needs its variable %q: set it on the client", name)
		}
		if !isSet {
			value = h.variables[at].fallback
		}
		if !mayStand(value, filled, after) {
			return "", fmt.Errorf("has a variable %q that cannot be %q", name, value)
		}
		filled += value
	}
}

// mayStand tells whether a value has only characters that its piece of a URL may have.
func mayStand(value, before, after string) bool {
	all := func(marks string) bool {
		return escapeBut(marks)(value) == value
	}
	_, beyond, isBeyond := strings.Cut(before, "://")
	switch {
	case isBeyond && strings.Contains(beyond, "/"):
		return all("-._~/:@!$&'()*+,;=%")
	case isBeyond:
		return all("-._:")
	case strings.HasPrefix(after, "://"):
		return all("+-.")
	default:
		// A path of somewhere, or the whole URL: it is checked as one.
		return true
	}
}

// baseURL checks a base URL and brings it to the form that paths are appended to: no slash at the end. Keys travel in every
// request, so only https will do, except to this machine itself.
func baseURL(text string, allowInsecure bool) (string, error) {
	text = strings.TrimRight(text, "/")
	if strings.ContainsAny(text, "?#") {
		return "", errors.New("has a query or a fragment, which a base URL cannot have")
	}
	return text, checkURL(text, allowInsecure)
}

// origin is the scheme, host and port of a base URL, as it has them.
func origin(base string) string {
	scheme, rest, _ := strings.Cut(base, "://")
	host, _, _ := strings.Cut(rest, "/")
	return scheme + "://" + host
}

// tokenURL is where tokens are fetched: an absolute URL, or one that is relative to a base URL.
func tokenURL(text, base string, allowInsecure bool) (string, error) {
	scheme, _, _ := strings.Cut(base, "://")
	switch {
	case strings.Contains(text, "://"):
	case strings.HasPrefix(text, "//"):
		text = scheme + ":" + text
	case strings.HasPrefix(text, "/"):
		text = origin(base) + text
	default:
		text = base + "/" + text
	}
	if strings.Contains(text, "#") {
		return "", errors.New("has a fragment, which is never sent")
	}
	return text, checkURL(text, allowInsecure)
}

func checkURL(text string, allowInsecure bool) error {
	parsed, err := url.Parse(text)
	if err != nil || strings.ContainsFunc(text, func(letter rune) bool { return letter <= ' ' || letter >= 0x7f }) {
		return errors.New("is not a URL")
	}
	host := parsed.Hostname()
	segments := strings.Split(parsed.Path, "/")
	switch {
	case parsed.Scheme == "" || parsed.Host == "" || parsed.Opaque != "":
		return errors.New("is not an absolute URL like https://api.example.com")
	case host == "" || strings.HasPrefix(host, ".") || strings.Contains(host, ".."):
		return errors.New("has no proper host")
	case parsed.User != nil:
		return errors.New("holds user name or password: set credentials on the client")
	case slices.Contains(segments, ".") || slices.Contains(segments, ".."):
		return errors.New("has . or .. in its path")
	case parsed.Scheme == "https" || parsed.Scheme == "http" && (allowInsecure || isLoopback(host)):
		return nil
	case parsed.Scheme == "http":
		return errors.New("is not https: keys would travel in the clear (WithInsecureHTTP permits it)")
	default:
		return errors.New("is neither https nor http")
	}
}

func isLoopback(host string) bool {
	address := net.ParseIP(host)
	return strings.EqualFold(host, "localhost") || address != nil && address.IsLoopback()
}
