package omise

import (
	"context"
	"iter"
	"slices"
	"strconv"
)

// walk gives every item of a list, asking for page after page as they are needed. begin writes the arguments anew for each
// page, and items takes the items out of one.
func walk[P, T any](
	ctx context.Context, c *core, options []RequestOption, begin func() *call, read reader[P],
	of paging, items func(P, node) []T,
) iter.Seq2[T, error] {
	return func(yield func(T, error) bool) {
		var nothing T
		own, hasOwn := begin().own(of.parameter)
		pager := newPager(of, own, hasOwn)
		set := requestSettingsOf(options)
		for !pager.isOver {
			asking := begin()
			asking.goTo(pager)
			value, answer, failure := answered(ctx, c, asking, set, read)
			if failure != nil {
				yield(nothing, failure)
				return
			}
			// An idempotency key is one call's.
			set.idempotencyKey = nil
			body, _ := parseJSON(answer.Body)
			got := page{body: body, headers: answer.Header, url: c.pageURL(asking), keys: c.keysInQuery()}
			if pager.accept(got) {
				for _, item := range items(value, body) {
					if !yield(item, nil) {
						return
					}
				}
			}
			if pager.problem != "" {
				yield(nothing, &Error{
					Kind: KindPaging, Operation: asking.endpoint.id, Message: pager.problem, Status: answer.StatusCode,
					RequestID: answer.RequestID, RateLimit: answer.RateLimit, Attempts: answer.Attempts,
					header: answer.Header, body: answer.Body,
				})
			}
		}
	}
}

// own is what the call's arguments have for a parameter of the query.
func (c *call) own(parameter string) (string, bool) {
	for _, each := range c.query {
		if parameter != "" && each.name == component(parameter) {
			return unescape(each.value), true
		}
	}
	return "", false
}

// goTo turns the call to the page that comes next.
func (c *call) goTo(next *pager) {
	if !next.turn.isFurther {
		return
	}
	value := component(next.turn.cursor)
	switch next.kind {
	case byLink:
		c.query, c.target = nil, next.turn.cursor
		return
	case byOffset, byNumber:
		value = strconv.FormatUint(next.turn.number, 10)
	}
	name := component(next.parameter)
	if at := slices.IndexFunc(c.query, func(each pair) bool { return each.name == name }); at >= 0 {
		c.query[at].value = value
		return
	}
	c.query = append(c.query, pair{name, value})
}

// pageURL is where a page is.
func (c *core) pageURL(asking *call) string {
	base := c.bases[asking.endpoint.host].url
	if asking.target != "" {
		return origin(base) + asking.target
	}
	path, _ := fillPath(asking.endpoint.path, asking.path)
	return base + path
}

// keysInQuery are the names of the query parameters that hold keys, as they are on the wire.
func (c *core) keysInQuery() []string {
	var names []string
	for _, each := range c.profile.schemes {
		if each.kind == queryAuth {
			names = append(names, component(each.detail))
		}
	}
	return names
}

// itemsAt takes the items out of a page at a JSON pointer, where no field of a type leads to them.
func itemsAt[P, T any](pointer string) func(P, node) []T {
	return func(_ P, body node) []T {
		list := body
		if pointer != "" {
			list, _ = body.find(pointer)
		}
		var items []T
		// What is no item of this list was found out when the page was read.
		_ = decodeInto(list, &items, "")
		return items
	}
}

// pointers are those to the items of a page.
func pointers[T any](items []T) []*T {
	all := make([]*T, len(items))
	for at := range items {
		all[at] = &items[at]
	}
	return all
}
