package sdk

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"fmt"
	"io"
	"net/http"
	"strconv"
	"strings"
	"time"
)

// WebhookErrorKind is why a delivery is not taken.
type WebhookErrorKind string

const (
	// WebhookErrorSecret: no secret was given, or one that is none. Nothing was verified.
	WebhookErrorSecret WebhookErrorKind = "secret"

	// WebhookErrorMissing: a header that every delivery has is not there.
	WebhookErrorMissing WebhookErrorKind = "missing"

	// WebhookErrorMalformed: a header is there, and is not what deliveries have.
	WebhookErrorMalformed WebhookErrorKind = "malformed"

	// WebhookErrorMismatch: none of the signatures is right. It comes from someone else, was changed on the way, or the secret is
	// another.
	WebhookErrorMismatch WebhookErrorKind = "mismatch"

	// WebhookErrorStale: rightly signed, but too far from now: late, sent again by someone who saw it, or by a clock that is wrong.
	WebhookErrorStale WebhookErrorKind = "stale"

	// WebhookErrorDecode: genuine, and not an event that this package can read.
	WebhookErrorDecode WebhookErrorKind = "decode"
)

// WebhookError is why a delivery is not taken. It never shows a secret, a signature or what was delivered.
type WebhookError struct {
	// Kind is what kind of problem it is.
	Kind WebhookErrorKind

	message string
}

// Error says what is wrong with the delivery.
func (e *WebhookError) Error() string {
	return e.message
}

// IsRefusal tells whether the delivery is to be refused, with status 400 or 401 say: it cannot be told who sent it, or it
// was sent at another time. What is genuine and cannot be read is not refused by this: delivered again it reads no better. A
// wrong secret is a fault of the receiver.
func (e *WebhookError) IsRefusal() bool {
	return e.Kind != WebhookErrorDecode && e.Kind != WebhookErrorSecret
}

func webhookFailure(kind WebhookErrorKind, format string, arguments ...any) *WebhookError {
	return &WebhookError{Kind: kind, message: fmt.Sprintf(format, arguments...)}
}

const (
	// mostDigests is how many digests one delivery may carry. Each is compared with each secret's.
	mostDigests = 16
	// longestDigest is the longest text that can be a digest.
	longestDigest = 128
)

// webhookScheme is how an API signs what it delivers: HMAC-SHA256 over a text that both sides put together.
type webhookScheme struct {
	signatureHeader string
	// timestampHeader has the moment of signing, in seconds since 1970; empty where there is none.
	timestampHeader string
	// signed are what is signed, put together in this order.
	signed         []signedPart
	isSecretBase64 bool
	isDigestBase64 bool
	// separator stands between digests, of which any may be the right one.
	separator string
	// tolerance is how far the moment of signing may be from now.
	tolerance time.Duration
}

// Tolerance is how far the moment of signing may be from now, unless a verifier says otherwise.
func (s *webhookScheme) Tolerance() time.Duration {
	return s.tolerance
}

// signedPart is the moment, the body, or a text.
type signedPart struct {
	isTimestamp, isBody bool
	text                string
}

// webhookKeys are what deliveries are verified with. They are never shown.
type webhookKeys [][]byte

// Format shows nothing of the keys.
func (k webhookKeys) Format(state fmt.State, _ rune) {
	_, _ = io.WriteString(state, redacted)
}

// keys are those that secrets stand for.
func (s *webhookScheme) keys(secrets []string) (*webhookKeys, error) {
	if len(secrets) == 0 {
		return nil, webhookFailure(WebhookErrorSecret, "a verifier needs a secret")
	}
	made := webhookKeys{}
	for at, secret := range secrets {
		// Secrets are copied from a page or read from a file, which often adds a line break.
		key := []byte(strings.TrimSpace(secret))
		if s.isSecretBase64 {
			decoded, ok := decodeBase64(string(key))
			if !ok {
				return nil, webhookFailure(WebhookErrorSecret, "secret %d is not base64", at+1)
			}
			key = decoded
		}
		if len(key) == 0 {
			// Anyone can sign with an empty key.
			return nil, webhookFailure(WebhookErrorSecret, "secret %d is empty", at+1)
		}
		made = append(made, key)
	}
	return &made, nil
}

func decodeBase64(text string) ([]byte, bool) {
	decoded, err := base64.RawStdEncoding.DecodeString(strings.TrimRight(text, "="))
	return decoded, err == nil
}

func (s *webhookScheme) sign(key []byte, timestamp string, body []byte) []byte {
	signing := hmac.New(sha256.New, key)
	for _, each := range s.signed {
		switch {
		case each.isTimestamp:
			signing.Write([]byte(timestamp))
		case each.isBody:
			signing.Write(body)
		default:
			signing.Write([]byte(each.text))
		}
	}
	return signing.Sum(nil)
}

// verify tells whether a delivery is genuine and of this time, whatever its body is.
func (s *webhookScheme) verify(keys *webhookKeys, headers http.Header, body []byte, tolerance time.Duration, now time.Time) error {
	timestamp := ""
	if s.timestampHeader != "" {
		values := headers.Values(s.timestampHeader)
		if len(values) == 0 {
			return webhookFailure(WebhookErrorMissing, "the header %s is missing", s.timestampHeader)
		}
		if len(values) > 1 {
			return webhookFailure(WebhookErrorMalformed, "the header %s is there more than once", s.timestampHeader)
		}
		timestamp = values[0]
	}
	digests, err := s.digests(headers)
	if err != nil {
		return err
	}
	isGenuine := false
	for _, key := range *keys {
		expected := s.sign(key, timestamp, body)
		for _, digest := range digests {
			isGenuine = hmac.Equal(expected, digest) || isGenuine
		}
	}
	if !isGenuine {
		return webhookFailure(WebhookErrorMismatch, "no signature of this delivery is right")
	}
	if s.timestampHeader == "" {
		return nil
	}
	seconds, numberErr := strconv.ParseInt(timestamp, 10, 64)
	if !isDigits(timestamp) || numberErr != nil {
		return webhookFailure(WebhookErrorMalformed, "the header %s is not a moment in seconds", s.timestampHeader)
	}
	if age := now.Sub(time.Unix(seconds, 0)); age > tolerance {
		return webhookFailure(WebhookErrorStale, "this was signed too long ago")
	} else if -age > tolerance || age == -longestDuration-1 {
		return webhookFailure(WebhookErrorStale, "this was signed at a moment still to come")
	}
	return nil
}

// digests are those of a delivery. What cannot be one is left out.
func (s *webhookScheme) digests(headers http.Header) ([][]byte, error) {
	values := headers.Values(s.signatureHeader)
	if len(values) == 0 {
		return nil, webhookFailure(WebhookErrorMissing, "the header %s is missing", s.signatureHeader)
	}
	var all [][]byte
	count := 0
	// A list may be sent as several lines (RFC 9110, 5.3).
	for _, value := range values {
		texts := []string{value}
		if s.separator != "" {
			texts = strings.Split(value, s.separator)
		}
		for _, text := range texts {
			if count++; count > mostDigests {
				return nil, webhookFailure(WebhookErrorMalformed, "the header %s has too many signatures", s.signatureHeader)
			}
			if digest, ok := s.digest(strings.TrimSpace(text)); ok {
				all = append(all, digest)
			}
		}
	}
	return all, nil
}

func (s *webhookScheme) digest(text string) ([]byte, bool) {
	if len(text) > longestDigest {
		return nil, false
	}
	if s.isDigestBase64 {
		return decodeBase64(text)
	}
	decoded, err := hex.DecodeString(text)
	return decoded, err == nil
}

// signature is the headers of a delivery that is signed at a moment, as the API would sign it.
func (s *webhookScheme) signature(secret string, at time.Time, body []byte) (http.Header, error) {
	keys, err := s.keys([]string{secret})
	if err != nil {
		return nil, err
	}
	timestamp := strconv.FormatInt(at.Unix(), 10)
	digest := s.sign((*keys)[0], timestamp, body)
	headers := http.Header{}
	if s.isDigestBase64 {
		headers.Set(s.signatureHeader, base64.StdEncoding.EncodeToString(digest))
	} else {
		headers.Set(s.signatureHeader, hex.EncodeToString(digest))
	}
	if s.timestampHeader != "" {
		headers.Set(s.timestampHeader, timestamp)
	}
	return headers, nil
}
