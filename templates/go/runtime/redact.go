package sdk

import "strings"

// withoutSecret is a text with something else in place of each secret, in whatever case its ASCII letters are.
func withoutSecret(text, secret string) string {
	if secret == "" {
		return text
	}
	lower, wanted := lowerASCII(text), lowerASCII(secret)
	var kept strings.Builder
	from := 0
	for {
		// Lower case has the same letters at the same places, as long as only ASCII is changed.
		at := strings.Index(lower[from:], wanted)
		if at < 0 {
			kept.WriteString(text[from:])
			return kept.String()
		}
		kept.WriteString(text[from : from+at])
		kept.WriteString(redacted)
		from += at + len(wanted)
	}
}

func lowerASCII(text string) string {
	letters := []byte(text)
	for at, letter := range letters {
		if letter >= 'A' && letter <= 'Z' {
			letters[at] = letter + 'a' - 'A'
		}
	}
	return string(letters)
}

// redact takes the client's own keys, and whatever may be the number of a card, out of text that came from elsewhere.
func (c *core) redact(text string) string {
	text = strings.ToValidUTF8(text, "?")
	for _, credential := range c.credentials {
		if credential != nil {
			text = credential.redact(text)
		}
	}
	for _, secret := range c.headerSecrets {
		text = withoutSecret(text, secret)
	}
	return maskCards(text)
}

// shortestKey is how many letters a key in a header of the caller's own has at least.
const shortestKey = 8

// carriedSecrets are what may be a key in the value of a header of the caller's own: the whole, or what follows the name of
// a scheme.
func carriedSecrets(value string) []string {
	var found []string
	_, token, _ := strings.Cut(value, " ")
	for _, each := range []string{strings.TrimSpace(value), strings.TrimSpace(token)} {
		if len(each) >= shortestKey {
			found = append(found, each)
		}
	}
	return found
}
