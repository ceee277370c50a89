package omise

import (
	"bytes"
	"fmt"
	"log/slog"
	"strings"
	"testing"
)

// card has what must never be shown.
type card struct {
	Number Secret            `json:"number"`
	Code   *Secret           `json:"code,omitempty"`
	Held   Nullable[Secret]  `json:"held,omitempty"`
	Others map[string]Secret `json:"others,omitempty"`
}

const (
	cardNumber = "4242424242424242"
	cardCode   = "code-987"
)

func TestNoVerbShowsASecret(t *testing.T) {
	shown := card{cardNumber, Ptr(Secret(cardCode)), Value(Secret(cardCode)), map[string]Secret{"a": cardCode}}
	core := testCore(t, "https://api.example.com")
	keys, _ := (&webhookScheme{}).keys([]string{"whsec_0123456789"})
	failure := &Error{Kind: KindAPI, body: []byte(cardNumber)}
	response := Response{Body: []byte(cardNumber)}
	for _, verb := range []string{"%v", "%+v", "%#v", "%s", "%q", "%d", "%x"} {
		for _, value := range []any{shown, &shown, core, keys, *keys, failure, *failure, response, &response, shown.Number} {
			holdsNone(t, fmt.Sprintf(verb, value), cardNumber, cardCode, testKey, "whsec_0123456789", "34323432")
		}
	}
	var log bytes.Buffer
	logger := slog.New(slog.NewTextHandler(&log, nil))
	logger.Info("card", "card", shown, "number", shown.Number, "core", core, "error", failure)
	slog.New(slog.NewJSONHandler(&log, nil)).Info("card", "number", shown.Number, "error", failure)
	holdsNone(t, log.String(), cardNumber, cardCode, testKey)
}

func TestArgumentsShowNoSecretWhateverTheVerb(t *testing.T) {
	params := TokensCreateParams{Card: CreateTokenCard{Number: cardNumber, SecurityCode: Ptr(Secret(cardCode))}}
	for _, verb := range []string{"%v", "%+v", "%#v", "%s", "%q", "%d", "%x", "%t", "%f"} {
		for _, value := range []any{params, &params, params.Card, &params.Card} {
			holdsNone(t, fmt.Sprintf(verb, value), cardNumber, cardCode, "34323432")
		}
	}
}

func TestErrorsRepeatNoSecretThatTheServerQuotes(t *testing.T) {
	encoded := strings.TrimPrefix((&credential{secret: testKey}).basic(), "Basic ")
	said := fmt.Sprintf("%s %s %s 4242-4242 4242.4242 OWN-TOKEN-1 %s", strings.ToUpper(testKey), encoded, strings.TrimRight(encoded, "="), cardCode)
	server := serve(t, reply{status: 400, headers: "X-Request-Id: " + testKey + "\r\n", body: fmt.Sprintf(`{"code":%q,"message":%q}`, testKey, said)})
	_, err := do(testCore(t, server.url), testEndpoint("POST", retryUnsafe), card{Number: cardNumber, Code: Ptr(Secret(cardCode))},
		WithHeader("X-Token", "Bearer own-token-1"))
	failure := failureOf(t, err)
	for _, text := range []string{err.Error(), failure.Message, failure.Code, failure.RequestID} {
		holdsNone(t, strings.ToLower(text), testKey, strings.ToLower(encoded), "4242", cardCode, "own-token-1")
	}
	if !strings.Contains(failure.Message, redacted) {
		t.Errorf("nothing was redacted in %q", failure.Message)
	}
	equal(t, "what was sent", server.requests()[0].body, `{"number":"4242424242424242","code":"code-987"}`)
}

func TestCardNumbersAreMasked(t *testing.T) {
	for text, wanted := range map[string]string{
		"4242424242424242":         redacted,
		"no 4242 4242 4242 4242!":  "no " + redacted + "!",
		"4242424242424241":         redacted,
		"1234567890":               "1234567890",
		"order 1234 and 5678":      "order 1234 and 5678",
		"2026-11-26 4111111111111": "2026-11-26 4111111111111",
		"378282246310005":          redacted,
		"12 4242424242424242":      redacted,
	} {
		masked := maskCards(text)
		if text == "2026-11-26 4111111111111" || text == "12 4242424242424242" {
			// Which digits are the number's cannot be told; that none of a real one is left is what counts.
			holdsNone(t, masked, "4242424242424242")
			continue
		}
		equal(t, text, masked, wanted)
	}
}

func TestKeysOfTheWrongKindAreRefusedWithoutShowingThem(t *testing.T) {
	for _, key := range []string{"pkey_test_1234567", "", "skey_", "skey_a b", "skey_a\n", "other-key-1234"} {
		_, failure := newCore(testProfile("https://api.example.com"), []Option{WithSetting("secret_key", key)})
		if failure == nil {
			t.Errorf("%q was taken", key)
			continue
		}
		equal(t, key, failure.Kind, KindConfig)
		if len(key) > 6 {
			holdsNone(t, failure.Error(), key)
		}
	}
	_, failure := newCore(testProfile("https://api.example.com"), []Option{WithSetting("secret", "x")})
	equal(t, "no such setting", failure != nil, true)
}

func TestKeysAreSentToNoOtherPlace(t *testing.T) {
	for _, url := range []string{
		"http://api.example.com", "ftp://api.example.com", "https://user:password@api.example.com", "https://", "//x", "x",
		"https://a..b", "https://api.example.com/..", "https://api.example.com?x", "https://api.example.com#x", "https://ex ample.com",
	} {
		if parsed, err := baseURL(url, false); err == nil {
			t.Errorf("%s was taken as %s", url, parsed)
		}
	}
	for _, url := range []string{"https://api.example.com/", "http://localhost:1", "http://127.0.0.1", "http://[::1]:80"} {
		if _, err := baseURL(url, false); err != nil {
			t.Errorf("%s: %s", url, err)
		}
	}
	host := &hostProfile{url: "https://{region}.example.com/{version}"}
	host.Variable("region", "region", "eu")
	host.Variable("version", "version", "v1")
	for _, region := range []string{"evil.com/", "evil.com#", "a@evil.com", "evil.com?"} {
		if filled, err := host.fill(map[string]string{"region": region}); err == nil {
			t.Errorf("%s gave %s", region, filled)
		}
	}
	filled, _ := host.fill(nil)
	equal(t, "filled", filled, "https://eu.example.com/v1")
}
