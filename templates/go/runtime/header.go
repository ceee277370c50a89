package sdk

import (
	"fmt"
	"net/http"
	"strings"
	"unicode/utf16"
)

// reservedHeaders belong to the transport: a wrong one would let the body be read as another request.
var reservedHeaders = []string{"Content-Length", "Host", "Transfer-Encoding", "Connection"}

// setHeader sets a header in place of one of that name. Its errors name the header, never the value.
func setHeader(headers http.Header, name, value string) *Error {
	if !isToken(name) {
		return failf(KindArgument, "%q is not a header name", name)
	}
	if isReserved(name) {
		return failf(KindArgument, "the header %s is set by the client itself", name)
	}
	if !isHeaderValue(value) {
		return failf(KindArgument, "the header %s has a character that headers cannot carry", name)
	}
	headers.Set(name, value)
	return nil
}

func isReserved(name string) bool {
	for _, own := range reservedHeaders {
		if strings.EqualFold(own, name) {
			return true
		}
	}
	return false
}

func isToken(name string) bool {
	isOdd := func(letter rune) bool {
		isAlphanumeric := letter|0x20 >= 'a' && letter|0x20 <= 'z' || letter >= '0' && letter <= '9'
		return !isAlphanumeric && !strings.ContainsRune("!#$%&'*+-.^_`|~", letter)
	}
	return name != "" && !strings.ContainsFunc(name, isOdd)
}

func isHeaderValue(value string) bool {
	for at := range len(value) {
		if value[at] != '\t' && (value[at] < 0x20 || value[at] >= 0x7f) {
			return false
		}
	}
	return true
}

// asciiJSON is the same JSON without characters that a header cannot carry: they stand in its texts alone.
func asciiJSON(text string) string {
	var out strings.Builder
	for _, letter := range text {
		if letter < 0x7f {
			out.WriteRune(letter)
		} else {
			out.WriteString(unicodeEscape(letter))
		}
	}
	return out.String()
}

// unicodeEscape is a letter as JSON writes what it cannot show.
func unicodeEscape(letter rune) string {
	if letter < 0x10000 {
		return fmt.Sprintf(`\u%04x`, letter)
	}
	high, low := utf16.EncodeRune(letter)
	return fmt.Sprintf(`\u%04x\u%04x`, high, low)
}
