package omise

import (
	"context"
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"
)

type things struct {
	Data []thing `json:"data"`
}

// walked are the ids of all items, and the error at the end.
func walked(c *core, of paging, begin func() *call) (string, *Error) {
	var ids []string
	var failure *Error
	items := func(page *things, _ node) []*thing { return pointers(page.Data) }
	for item, err := range walk(context.Background(), c, nil, begin, readObject[things], of, items) {
		if err != nil {
			failure = err.(*Error)
			continue
		}
		ids = append(ids, item.ID)
	}
	return strings.Join(ids, " "), failure
}

func pageOf(total string, ids ...string) reply {
	var items []string
	for _, id := range ids {
		items = append(items, fmt.Sprintf(`{"id":%q}`, id))
	}
	return reply{status: 200, body: fmt.Sprintf(`{"data":[%s]%s}`, strings.Join(items, ","), total)}
}

func TestListsEndWhereTheyEnd(t *testing.T) {
	offset := paging{kind: byOffset, items: "/data", parameter: "offset", total: "/total"}
	number := paging{kind: byNumber, items: "/data", parameter: "page", first: 1, total: "/total"}
	cursor := paging{kind: byCursor, items: "/data", parameter: "after", next: "/next", more: "/more"}
	last := paging{kind: byLastItem, items: "/data", parameter: "after", next: "/id", more: "/more"}
	link := paging{kind: byLink, items: "/data"}
	next := func(to string, ids ...string) reply {
		made := pageOf("", ids...)
		made.headers = "Link: <" + to + ">; rel=\"next\"\r\n"
		return made
	}
	for name, each := range map[string]struct {
		of      paging
		script  []reply
		ids     string
		targets string
		problem string
	}{
		"by count":                  {offset, []reply{pageOf(`,"total":3`, "a", "b"), pageOf(`,"total":3`, "c")}, "a b c", "? ?offset=2", ""},
		"a count that is too small": {offset, []reply{pageOf(`,"total":1`, "a", "b"), pageOf(`,"total":1`, "c"), pageOf("")}, "a b c", "? ?offset=2", ""},
		"by a small page":           {offset, []reply{pageOf("", "a", "b"), pageOf("", "c")}, "a b c", "? ?offset=2", ""},
		"by an empty page":          {offset, []reply{pageOf(`,"total":9`, "a"), pageOf(`,"total":9`)}, "a", "? ?offset=1", ""},
		"by a page again":           {offset, []reply{pageOf(`,"total":9`, "a"), pageOf(`,"total":9`, "a")}, "a", "? ?offset=1", repeatedPage},
		"by number":                 {number, []reply{pageOf(`,"total":2`, "a"), pageOf(`,"total":2`, "b")}, "a b", "? ?page=2", ""},
		"by cursor":                 {cursor, []reply{pageOf(`,"next":"x&y"`, "a"), pageOf(`,"next":null`, "b")}, "a b", "? ?after=x%26y", ""},
		"by a flag":                 {cursor, []reply{pageOf(`,"next":"x","more":false`, "a")}, "a", "?", ""},
		"nowhere to go":             {cursor, []reply{pageOf(`,"more":true`, "a")}, "a", "?", nowherePage},
		"in a circle":               {cursor, []reply{pageOf(`,"next":"x"`, "a"), pageOf(`,"next":"y"`, "b"), pageOf(`,"next":"x"`, "c")}, "a b c", "? ?after=x ?after=y", circlePage},
		"an empty page with more":   {cursor, []reply{pageOf(`,"next":"x","more":true`)}, "", "?", emptyPage},
		"by the last item":          {last, []reply{pageOf(`,"more":true`, "a", "b"), pageOf(`,"more":false`, "c")}, "a b c", "? ?after=b", ""},
		"by links":                  {link, []reply{next("?page=2", "a"), next("/things?page=3#x", "b"), pageOf("", "c")}, "a b c", "? ?page=2 ?page=3", ""},
		"a link elsewhere":          {link, []reply{next("https://evil.example.com/", "a")}, "a", "?", errForeignLink.Error()},
		"a link to another user":    {link, []reply{next("//a@127.0.0.1/", "a")}, "a", "?", errForeignLink.Error()},
		"a link with dots":          {link, []reply{next("/../x", "a")}, "a", "?", errMalformedLink.Error()},
	} {
		server := serve(t, each.script...)
		core := testCore(t, server.url)
		ids, failure := walked(core, each.of, func() *call { return newCall(testEndpoint("GET", retrySafe)) })
		equal(t, name+": items", ids, each.ids)
		var targets []string
		for _, came := range server.requests() {
			_, query, _ := strings.Cut(came.line, "?")
			targets = append(targets, "?"+query)
		}
		equal(t, name+": requests", strings.Join(targets, " "), each.targets)
		problem := ""
		if failure != nil {
			equal(t, name+": kind", failure.Kind, KindPaging)
			problem = failure.Message
		}
		equal(t, name+": problem", problem, each.problem)
	}
}

func TestAListGoesOnFromItsOwnArgumentsAndEndsWithAnError(t *testing.T) {
	server := serve(t, pageOf("", "a", "b"), reply{status: 404, body: `{"code":"gone"}`})
	begin := func() *call {
		made := newCall(testEndpoint("GET", retrySafe))
		made.Query("offset", styleFormExplode, 10)
		made.Query("limit", styleFormExplode, 2)
		return made
	}
	ids, failure := walked(testCore(t, server.url), paging{kind: byOffset, items: "/data", parameter: "offset"}, begin)
	equal(t, "items", ids, "a b")
	equal(t, "code", failure.Code, "gone")
	equal(t, "second page", server.requests()[1].line, "GET /things?offset=12&limit=2")
}

func TestAListAsksForNoPageThatNobodyWants(t *testing.T) {
	server := serve(t, pageOf("", "a", "b"))
	items := func(page *things, _ node) []*thing { return pointers(page.Data) }
	of := paging{kind: byOffset, items: "/data", parameter: "offset"}
	begin := func() *call { return newCall(testEndpoint("GET", retrySafe)) }
	for range walk(context.Background(), testCore(t, server.url), nil, begin, readObject[things], of, items) {
		break
	}
	equal(t, "requests", len(server.requests()), 1)
}

func TestTokensAreFetchedOnceAndAgainWhenTheyAreRefused(t *testing.T) {
	token := func(name string) reply {
		return reply{status: 200, body: fmt.Sprintf(`{"access_token":%q,"token_type":"Bearer","expires_in":"3600"}`, name)}
	}
	server := serve(t, token("one"), done, done, reply{status: 401}, token("two"), done)
	p := testProfile(server.url)
	p.Scheme("machine", clientCredentialsAuth, "token")
	core, failure := newCore(p, []Option{WithSetting("machine", "me", "s/cret")})
	if failure != nil {
		t.Fatal(failure)
	}
	of := testEndpoint("POST", retryUnsafe)
	of.security, of.scopes = [][]int{{2}}, map[int][]string{2: {"a", "b"}}
	for range 3 {
		if _, err := do(core, of, nil); err != nil {
			t.Fatal(err)
		}
	}
	var seen []string
	for _, came := range server.requests() {
		seen = append(seen, came.line+" "+came.headers.Get("Authorization")+" "+came.body)
	}
	asked := "POST /token Basic bWU6cyUyRmNyZXQ= grant_type=client_credentials&scope=a+b"
	equal(t, "requests", strings.Join(seen, "\n"), strings.Join([]string{
		asked, "POST /things Bearer one ", "POST /things Bearer one ", "POST /things Bearer one ", asked, "POST /things Bearer two ",
	}, "\n"))
}

func TestATokenThatIsRefusedSaysWhyAndNothingIsSent(t *testing.T) {
	server := serve(t, reply{status: 400, body: `{"error":"invalid_client","error_description":"no s/cret"}`})
	p := testProfile(server.url)
	p.Scheme("machine", clientCredentialsAuth, "/token")
	core, _ := newCore(p, []Option{WithSetting("machine", "me", "s/cret")})
	of := testEndpoint("POST", retryUnsafe)
	of.security = [][]int{{2}}
	_, err := do(core, of, nil)
	failure := failureOf(t, err)
	equal(t, "kind", failure.Kind, KindToken)
	equal(t, "unknown", failure.OutcomeUnknown, false)
	equal(t, "attempts", failure.Attempts, 0)
	equal(t, "requests", len(server.requests()), 1)
	holdsNone(t, err.Error(), "s/cret")
}

func TestDeliveries(t *testing.T) {
	scheme := &webhookScheme{signatureHeader: "Signature", timestampHeader: "Signed-At", separator: ",", isSecretBase64: true, tolerance: time.Minute}
	scheme.signed = []signedPart{{isTimestamp: true}, {text: "."}, {isBody: true}}
	secret, other := "c2VjcmV0", "b3RoZXI="
	now := time.Unix(1700000000, 0)
	keys, err := scheme.keys([]string{secret + "\n"})
	if err != nil {
		t.Fatal(err)
	}
	check := func(change func(http.Header), body string, now time.Time) WebhookErrorKind {
		headers, _ := scheme.signature(secret, time.Unix(1700000000, 0), []byte("body"))
		change(headers)
		failure := scheme.verify(keys, headers, []byte(body), time.Minute, now)
		if failure == nil {
			return ""
		}
		holdsNone(t, failure.Error(), secret, "secret", "body")
		return failure.(*WebhookError).Kind
	}
	same := func(http.Header) {}
	equal(t, "genuine", check(same, "body", now), "")
	equal(t, "rolled", check(func(h http.Header) { h.Set("Signature", "00,"+h.Get("Signature")) }, "body", now), "")
	equal(t, "changed", check(same, "bodY", now), WebhookErrorMismatch)
	equal(t, "late", check(same, "body", now.Add(61*time.Second)), WebhookErrorStale)
	equal(t, "in time", check(same, "body", now.Add(time.Minute)), "")
	equal(t, "early", check(same, "body", now.Add(-61*time.Second)), WebhookErrorStale)
	equal(t, "unsigned", check(func(h http.Header) { h.Del("Signature") }, "body", now), WebhookErrorMissing)
	equal(t, "without a moment", check(func(h http.Header) { h.Del("Signed-At") }, "body", now), WebhookErrorMissing)
	equal(t, "two moments", check(func(h http.Header) { h.Add("Signed-At", "1") }, "body", now), WebhookErrorMalformed)
	equal(t, "many digests", check(func(h http.Header) { h.Set("Signature", strings.Repeat("00,", 17)) }, "body", now), WebhookErrorMalformed)
	headers, _ := scheme.signature(other, now, []byte("body"))
	equal(t, "of someone else", scheme.verify(keys, headers, []byte("body"), time.Minute, now).(*WebhookError).Kind, WebhookErrorMismatch)
	for _, none := range [][]string{nil, {""}, {" "}, {"%"}} {
		if _, err := scheme.keys(none); err == nil {
			t.Errorf("%q was taken", none)
		}
	}
}
