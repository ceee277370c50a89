package sdk

import (
	"fmt"
	"net/url"
	"strings"
)

const (
	unreserved = "-._~"
	// formSafe is what application/x-www-form-urlencoded does not escape.
	formSafe = "*-._"
	// reserved is what allowReserved lets stand in a value: the reserved characters of RFC 3986, but for those that a query
	// cannot hold, those that would end the value or change it, and the single quote, which URL parsers escape.
	reservedItem = unreserved + ":/?@!$()*;="
	reserved     = reservedItem + ","
	// unwritable is what the template of a path cannot hold as it is written. A percent sign there is one of an escape.
	unwritable = " \"<>\\^`{|}"
)

// escaping is how the pieces of a pair are escaped: its name, a value that stands alone, and one that stands among others.
type escaping struct {
	name, value, item func(string) string
}

var (
	inQuery    = escaping{name: component, value: component, item: component}
	inReserved = escaping{name: component, value: escapeBut(reserved), item: escapeBut(reservedItem)}
	inForm     = escaping{name: formPiece, value: formPiece, item: formPiece}
)

// escapeBut escapes everything but letters, digits and the characters given.
func escapeBut(safe string) func(string) string {
	return func(text string) string {
		return escapeWhere(text, func(letter byte) bool {
			isAlphanumeric := letter|0x20 >= 'a' && letter|0x20 <= 'z' || letter >= '0' && letter <= '9'
			return !isAlphanumeric && strings.IndexByte(safe, letter) < 0
		})
	}
}

func escapeWhere(text string, isEscaped func(byte) bool) string {
	var out strings.Builder
	for at := range len(text) {
		if isEscaped(text[at]) {
			fmt.Fprintf(&out, "%%%02X", text[at])
		} else {
			out.WriteByte(text[at])
		}
	}
	return out.String()
}

// component is a piece of a path, a query or a cookie.
func component(text string) string {
	return escapeBut(unreserved)(text)
}

// formPiece is a piece of a form body.
func formPiece(text string) string {
	return strings.ReplaceAll(escapeBut(formSafe+" ")(text), " ", "+")
}

// pathTemplate is what stands between the arguments of a path.
func pathTemplate(text string) string {
	return escapeWhere(text, func(letter byte) bool {
		return letter < 0x20 || letter >= 0x7f || strings.IndexByte(unwritable, letter) >= 0
	})
}

// verbatim is a piece of a header: headers are not percent-encoded.
func verbatim(text string) string {
	return text
}

// unescape undoes component.
func unescape(text string) string {
	plain, err := url.PathUnescape(text)
	if err != nil {
		return text
	}
	return plain
}
