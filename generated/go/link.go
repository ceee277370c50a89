package omise

import (
	"errors"
	"net/http"
	"net/url"
	"slices"
	"strings"
)

// nextLink is what the first link with the relation next points to, as it is written (RFC 8288).
func nextLink(headers http.Header) (string, bool) {
	for _, value := range headers.Values("Link") {
		for _, each := range links(value) {
			if each.isNext() {
				return each.target, true
			}
		}
	}
	return "", false
}

type link struct {
	target     string
	parameters [][2]string
}

// isNext tells whether it leads to the next page. The first of several parameters counts. A link with an anchor is one of
// another page.
func (l link) isNext() bool {
	relations, hasAnchor, isSeen := "", false, false
	for _, each := range l.parameters {
		if strings.EqualFold(each[0], "rel") && !isSeen {
			relations, isSeen = each[1], true
		}
		hasAnchor = hasAnchor || strings.EqualFold(each[0], "anchor")
	}
	isIt := func(relation string) bool { return strings.EqualFold(relation, "next") }
	return !hasAnchor && slices.ContainsFunc(strings.Fields(relations), isIt)
}

// links are those of one header, up to where it is malformed.
func links(value string) []link {
	var all []link
	rest := value
	for {
		rest = strings.TrimLeft(rest, " \t,")
		target, after, isClosed := strings.Cut(strings.TrimPrefix(rest, "<"), ">")
		if !strings.HasPrefix(rest, "<") || !isClosed {
			return all
		}
		made := link{target: strings.TrimSpace(target)}
		rest = strings.TrimLeft(after, " \t")
		for strings.HasPrefix(rest, ";") {
			var parameter [2]string
			parameter, rest = linkParameter(rest[1:])
			if parameter[0] != "" {
				made.parameters = append(made.parameters, parameter)
			}
			rest = strings.TrimLeft(rest, " \t")
		}
		all = append(all, made)
		if rest != "" && !strings.HasPrefix(rest, ",") {
			return all
		}
	}
}

// linkParameter reads name=token, name="text" or name, and gives what follows it.
func linkParameter(text string) ([2]string, string) {
	text = strings.TrimLeft(text, " \t")
	end := strings.IndexAny(text, ";,=")
	if end < 0 {
		return [2]string{strings.TrimSpace(text)}, ""
	}
	name, rest := strings.TrimSpace(text[:end]), text[end:]
	if !strings.HasPrefix(rest, "=") {
		return [2]string{name}, rest
	}
	rest = strings.TrimLeft(rest[1:], " \t")
	if strings.HasPrefix(rest, `"`) {
		value, after := quotedText(rest[1:])
		return [2]string{name, value}, after
	}
	end = strings.IndexAny(rest, ";,")
	if end < 0 {
		end = len(rest)
	}
	return [2]string{name, strings.TrimSpace(rest[:end])}, rest[end:]
}

// quotedText is a text up to its closing quote, and what follows that.
func quotedText(text string) (string, string) {
	var value strings.Builder
	for at := 0; at < len(text); at++ {
		switch text[at] {
		case '"':
			return value.String(), text[at+1:]
		case '\\':
			if at++; at < len(text) {
				value.WriteByte(text[at])
			}
		default:
			value.WriteByte(text[at])
		}
	}
	return value.String(), ""
}

// resolveLink is the path and query of a link on the page at a URL. One that leaves the page's origin is refused: it would
// be followed with the keys that this host is trusted with.
func resolveLink(page, target string) (string, error) {
	target, _, _ = strings.Cut(target, "#")
	base, err := url.Parse(page)
	if err != nil {
		return "", errMalformedLink
	}
	led, err := url.Parse(target)
	if err != nil {
		return "", errMalformedLink
	}
	if led.Scheme != "" || led.Host != "" {
		whole := base.ResolveReference(&url.URL{Scheme: led.Scheme, Host: led.Host})
		if led.User != nil || led.Opaque != "" || originOf(whole) == "" || originOf(whole) != originOf(base) {
			return "", errForeignLink
		}
	}
	path := led.EscapedPath()
	switch {
	case path == "" && led.Host != "":
		path = "/"
	case path == "":
		path = base.EscapedPath()
	case !strings.HasPrefix(path, "/"):
		here := base.EscapedPath()
		path = here[:strings.LastIndex(here, "/")+1] + path
	}
	query := led.RawQuery
	if target == "" {
		query = base.RawQuery
	}
	if query != "" {
		path += "?" + query
	}
	if !isLinkPath(path) {
		return "", errMalformedLink
	}
	return path, nil
}

var (
	errMalformedLink = errors.New("the link to the next page is malformed")
	errForeignLink   = errors.New("the link to the next page leads to another origin")
)

// originOf is the scheme, host and port of a URL.
func originOf(of *url.URL) string {
	port := of.Port()
	switch {
	case of.Scheme != "http" && of.Scheme != "https":
		return ""
	case port == "" && of.Scheme == "https":
		port = "443"
	case port == "":
		port = "80"
	}
	return of.Scheme + "://" + strings.ToLower(of.Hostname()) + ":" + port
}

// isLinkPath tells whether a text is a path, and a query perhaps, below some host.
func isLinkPath(text string) bool {
	path, _, _ := strings.Cut(text, "?")
	segments := strings.Split(path, "/")
	isOdd := func(letter rune) bool { return letter <= ' ' || letter >= 0x7f || letter == '#' || letter == '\\' }
	return strings.HasPrefix(path, "/") && !strings.HasPrefix(path, "//") && !strings.ContainsFunc(text, isOdd) &&
		!slices.Contains(segments, ".") && !slices.Contains(segments, "..")
}

// withoutParameters is a path and query without the parameters of those names, which are as they are on the wire.
func withoutParameters(target string, names []string) string {
	path, query, hasQuery := strings.Cut(target, "?")
	if !hasQuery {
		return target
	}
	var kept []string
	for _, each := range strings.Split(query, "&") {
		name, _, _ := strings.Cut(each, "=")
		if !slices.Contains(names, name) {
			kept = append(kept, each)
		}
	}
	if len(kept) == 0 {
		return path
	}
	return path + "?" + strings.Join(kept, "&")
}
