package omise

import (
	"encoding/json"
	"math"
	"net/http"
	"strings"
	"testing"
	"time"
)

type chargeID string

func (chargeID) isID() {}

type color string

type values struct {
	Big      int64             `json:"big"`
	Ratio    *float64          `json:"ratio,omitempty"`
	Small    float32           `json:"small"`
	Price    *Decimal          `json:"price,omitempty"`
	Note     Nullable[string]  `json:"note,omitempty"`
	Must     *string           `json:"must"`
	List     []color           `json:"list"`
	Maybe    []string          `json:"maybe,omitempty"`
	Raw      any               `json:"raw,omitempty"`
	Kind     string            `json:"kind" const:"\"thing\""`
	Odd      *bool             `json:"-" api:"a,\"b\"" omit:"true"`
	Extra    map[string]string `json:"-" api:"*"`
	internal int
}

func TestValuesAreWrittenToTheDigit(t *testing.T) {
	price, err := NewDecimal("0.10")
	if err != nil {
		t.Fatal(err)
	}
	made := values{
		Big: 1<<53 + 1, Ratio: Ptr(1.0), Small: 0.1, Price: &price, Note: Null[string](), Maybe: []string{}, internal: 1,
		Raw: json.RawMessage(`{"z":9007199254740993,"a":null}`), Odd: Ptr(true), Extra: map[string]string{"y": "1", "x": "<ü\u2028>", "big": "no"},
	}
	written, err := marshal(made)
	if err != nil {
		t.Fatal(err)
	}
	equal(t, "JSON", string(written), `{"big":9007199254740993,"ratio":1.0,"small":0.1,"price":0.10,"note":null,"must":null,"list":[],`+
		`"maybe":[],"raw":{"z":9007199254740993,"a":null},"kind":"thing","a,\"b\"":true,"x":"<ü`+"\u2028"+`>","y":"1"}`)
	var back values
	if err := unmarshal(written, &back); err != nil {
		t.Fatal(err)
	}
	again, _ := marshal(back)
	equal(t, "read and written again", string(again), strings.Replace(string(written), `"z":9007199254740993,"a":null`, `"a":null,"z":9007199254740993`, 1))
}

func TestFloatsAreTheShortestThatReadTheSame(t *testing.T) {
	for value, wanted := range map[float64]string{
		0: "0.0", 1: "1.0", -2.5: "-2.5", 0.1: "0.1", 1e15: "1000000000000000.0", 1e16: "1e16", 1.5e300: "1.5e300", 1e-5: "0.00001", 1e-7: "1e-7",
	} {
		written, err := float(value, 64)
		equal(t, "error", err, nil)
		equal(t, "float", written.text, wanted)
	}
	for _, value := range []float64{math.NaN(), math.Inf(1)} {
		if _, err := float(value, 64); err == nil {
			t.Errorf("%v was written", value)
		}
	}
}

func TestEmptyIDsAreRefusedWhereTheyAreSent(t *testing.T) {
	for _, id := range []chargeID{"", " ", "a\n"} {
		sending := &encoder{isSending: true}
		if _, err := sending.encode(map[string]any{"charge": []*chargeID{&id}}); err == nil {
			t.Errorf("%q was taken", id)
		}
		if _, err := marshal(id); err != nil {
			t.Errorf("%q: %s", id, err)
		}
	}
}

func TestWhatCannotBeSentIsRefusedWithoutBeingQuoted(t *testing.T) {
	for _, value := range []any{make(chan int), map[int]string{1: "secret"}, json.Number("secret"), func() {}} {
		made := newCall(testEndpoint("POST", retryUnsafe))
		made.Query("name", styleForm, value)
		if made.failure == nil {
			t.Errorf("%v was taken", value)
			continue
		}
		equal(t, "kind", made.failure.Kind, KindArgument)
		holdsNone(t, made.failure.Error(), "secret")
	}
}

func TestPathArgumentsCannotMakeAnotherPath(t *testing.T) {
	for _, argument := range []any{"", " ", ".", "..", "a\nb", nil, []string{}, chargeID("")} {
		made := newCall(&endpoint{path: "/things/{id}"})
		made.Path("id", styleSimple, argument)
		if made.failure == nil {
			t.Errorf("%v was taken as %v", argument, made.path)
		}
	}
	made := newCall(&endpoint{path: "/things/{id}"})
	made.Path("id", styleSimple, "a/../b?c#d e")
	path, failure := fillPath(made.endpoint.path, made.path)
	equal(t, "path", path, "/things/a%2F..%2Fb%3Fc%23d%20e")
	equal(t, "failure", failure, nil)
	for _, template := range []string{"/a/{x}{y}/b", "/a/.{x}"} {
		if path, failure := fillPath(template, map[string]string{"x": ".", "y": "."}); failure == nil {
			t.Errorf("%s gave %s", template, path)
		}
	}
}

func TestStylesOfParameters(t *testing.T) {
	list := []string{"a", "b c"}
	object := json.RawMessage(`{"k":"v","n":null}`)
	for _, each := range []struct {
		style  style
		value  any
		wanted string
	}{
		{styleFormExplode, list, "p=a&p=b%20c"},
		{styleForm, list, "p=a,b%20c"},
		{styleSpaceDelimited, list, "p=a%20b%20c"},
		{stylePipeDelimited, list, "p=a%7Cb%20c"},
		{styleDeepObject, json.RawMessage(`{"a":{"b":[1,2]}}`), "p%5Ba%5D%5Bb%5D%5B%5D=1&p%5Ba%5D%5Bb%5D%5B%5D=2"},
		{styleFormExplode, object, "k=v"},
		{styleForm, object, "p=k,v"},
		{styleJSON, object, "p=%7B%22k%22%3A%22v%22%2C%22n%22%3Anull%7D"},
		{styleFormExplode, "", "p="},
		{styleFormExplode, []string{}, ""},
		{styleFormExplode, nil, ""},
		{styleFormExplode, Ptr(int64(1<<53 + 1)), "p=9007199254740993"},
	} {
		made := newCall(&endpoint{})
		made.Query("p", each.style, each.value)
		equal(t, "query", joinPairs(made.query, "&"), each.wanted)
	}
	for _, each := range []struct {
		style  style
		value  any
		wanted string
	}{
		{styleSimple, list, "a,b%20c"}, {styleLabel, list, ".a,b%20c"}, {styleLabelExplode, list, ".a.b%20c"},
		{styleMatrix, list, ";p=a,b%20c"}, {styleMatrixExplode, list, ";p=a;p=b%20c"}, {styleMatrix, "x", ";p=x"},
		{styleSimpleExplode, object, "k=v"}, {styleLabelExplode, object, ".k=v"}, {styleMatrixExplode, object, ";k=v"},
	} {
		made := newCall(&endpoint{})
		made.Path("p", each.style, each.value)
		equal(t, "path", made.path["p"], each.wanted)
	}
}

func TestHeadersCannotCarryWhatWouldBeAnother(t *testing.T) {
	for _, header := range [][2]string{{"X", "a\r\nY: b"}, {"X Y", "a"}, {"", "a"}, {"Host", "a"}, {"content-length", "1"}, {"X", "ü"}} {
		if failure := setHeader(http.Header{}, header[0], header[1]); failure == nil {
			t.Errorf("%q was taken", header)
		}
	}
	made := newCall(&endpoint{})
	made.Header("X", styleJSON, "ü😀")
	equal(t, "JSON", made.headers[0][1], `"\u00fc\ud83d\ude00"`)
}

func TestMultipartForms(t *testing.T) {
	made := newCall(&endpoint{})
	made.Part("a", "", "text")
	made.Part("b", "", []int{1, 2})
	made.Part("c", "", map[string]any{"d": nil})
	file := FileBytes("q\"\r\n.png", []byte("\x00\xff"))
	file.ContentType, file.Header = "image/png\r\nX: y", http.Header{"X-One": {"1"}}
	made.File("f", "image/*", file)
	body := made.payload()
	boundary := strings.TrimPrefix(made.mediaType, "multipart/form-data; boundary=")
	wanted := strings.ReplaceAll("--B\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\ntext\r\n"+
		"--B\r\nContent-Disposition: form-data; name=\"b\"\r\n\r\n1\r\n--B\r\nContent-Disposition: form-data; name=\"b\"\r\n\r\n2\r\n"+
		"--B\r\nContent-Disposition: form-data; name=\"c\"\r\nContent-Type: application/json\r\n\r\n{\"d\":null}\r\n"+
		"--B\r\nContent-Disposition: form-data; name=\"f\"; filename=\"q%22%0D%0A.png\"\r\nContent-Type: image/pngX: y\r\nx-one: 1\r\n\r\n\x00\xff\r\n"+
		"--B--\r\n", "B", boundary)
	equal(t, "body", string(body.bytes), wanted)
}

func TestRequestsThatCannotBeSentAreNot(t *testing.T) {
	server := serve(t, done)
	core := testCore(t, server.url)
	guess := testEndpoint("GET", retrySafe)
	guess.isGuess = true
	_, err := do(core, guess, nil)
	equal(t, "a guess", failureOf(t, err).Kind, KindUnverified)
	other := testEndpoint("GET", retrySafe)
	other.security = [][]int{{1}}
	_, err = do(core, other, nil)
	equal(t, "a key that is not there", failureOf(t, err).Kind, KindConfig)
	_, err = do(core, testEndpoint("POST", retryUnsafe), nil, WithIdempotencyKey(" "))
	equal(t, "an empty key", failureOf(t, err).Kind, KindArgument)
	_, err = do(core, testEndpoint("POST", retryUnsafe), nil, WithIdempotencyKey("a"), WithHeader("idempotency-key", "b"))
	equal(t, "two keys", failureOf(t, err).Kind, KindArgument)
	equal(t, "attempts", failureOf(t, err).Attempts, 0)
	equal(t, "requests", len(server.requests()), 0)
}

func TestRetryAfterIsReadAsSecondsOrADate(t *testing.T) {
	now := time.Date(1999, 12, 31, 23, 59, 59, 0, time.UTC)
	asks := func(after, date string) *time.Duration {
		headers := http.Header{"Retry-After": {after}}
		if date != "" {
			headers.Set("Date", date)
		}
		return retryAfter(headers, now)
	}
	equal(t, "seconds", *asks("120", ""), 2*time.Minute)
	equal(t, "many seconds", *asks("99999999999999999999999", ""), longestDuration)
	equal(t, "date", *asks("Sat, 01 Jan 2000 00:00:09 GMT", ""), 10*time.Second)
	equal(t, "the server's clock", *asks("Sat, 01 Jan 2000 00:00:09 GMT", "Sat, 01 Jan 2000 00:00:07 GMT"), 2*time.Second)
	equal(t, "the past", *asks("Wed, 01 Dec 1999 00:00:00 GMT", ""), 0)
	for _, nonsense := range []string{"", "-1", "1.5", "soon"} {
		if asks(nonsense, "") != nil {
			t.Errorf("%q was read", nonsense)
		}
	}
}
