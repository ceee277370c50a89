package sdk

import (
	"crypto/sha256"
	"math"
	"net/http"
	"strconv"
)

type pagingKind uint8

const (
	// byOffset: by how many items to skip.
	byOffset pagingKind = iota
	// byNumber: by the page's number.
	byNumber
	// byCursor: by what the answer says.
	byCursor
	// byLastItem: by the last item there was.
	byLastItem
	// byLink: by the header Link (RFC 8288).
	byLink
)

// paging is how the pages of a list follow each other. Fields of answers are JSON pointers; an empty one is there is none,
// but for that of the items.
type paging struct {
	kind pagingKind
	// items is where the list of items is.
	items string
	// parameter is the one of the query that moves.
	parameter string
	// first is the number of the first page.
	first uint64
	// total is the count of all items, or of all pages.
	total string
	// next is where the next value of the parameter is: in the answer, or in the last item.
	next string
	// more is what says whether there is another page.
	more string
}

// turn says which page: that of the call's own arguments, or one further on.
type turn struct {
	isFurther bool
	number    uint64
	// cursor is a value of the parameter, or a path and query.
	cursor string
}

// page is an answer as the state machine looks at it.
type page struct {
	body    node
	headers http.Header
	// url is where it came from; links are relative to it.
	url string
	// keys are the parameters of the query that hold keys: the client adds them itself, so links are kept without.
	keys []string
}

// pager is the pages of one list. Nothing in it waits or sends. A list ends at an empty page, at one that was there before,
// and where the API's own count says that it is over; never later, so no list is endless. When the API says at such an end
// that there is more, that is a problem: a list with a hole must not look complete.
type pager struct {
	paging
	turn    turn
	isOver  bool
	problem string
	// own is what the call's own arguments have for the parameter.
	own    string
	hasOwn bool
	// largest is the most items a page had.
	largest int
	seen    map[[32]byte]bool
	asked   map[string]bool
}

const (
	repeatedPage = "the API gave a page again that it had given before, and says that there are more"
	emptyPage    = "the API gave an empty page, and says that there are more"
	nowherePage  = "the API says that there are more pages, but not where"
	unnamedPage  = "the last item of a page lacks what the next page is found by"
	circlePage   = "the API leads back to a page that it had given before"
)

func newPager(of paging, own string, hasOwn bool) *pager {
	made := &pager{paging: of, own: own, hasOwn: hasOwn, seen: map[[32]byte]bool{}, asked: map[string]bool{}}
	if hasOwn {
		made.asked[own] = true
	}
	return made
}

// end ends the list, with a problem where it says that there is more.
func (p *pager) end(hasMore bool, problem string) {
	p.isOver = true
	if hasMore {
		p.problem = problem
	}
}

// accept takes the answer of the page that was asked for, and tells whether its items are to be given.
func (p *pager) accept(got page) bool {
	list := got.body
	if p.items != "" {
		list, _ = got.body.find(p.items)
	}
	if list.kind != listNode || len(list.items) == 0 {
		more, isSaid := p.hasMore(got)
		p.end(isSaid && more, emptyPage)
		return false
	}
	print := sha256.Sum256(list.appendJSON(nil))
	if p.seen[print] {
		p.end(p.isUnfinished(got), repeatedPage)
		return false
	}
	p.seen[print] = true
	p.follow(list.items, got)
	p.largest = max(p.largest, len(list.items))
	return true
}

// follow says what comes after a page with items that were not there before.
func (p *pager) follow(items []node, got page) {
	count := uint64(len(items))
	switch p.kind {
	case byOffset:
		next := p.number() + count
		total, isCounted := numberAt(got.body, p.total)
		// A count smaller than the page counts something else.
		isLast := len(items) < p.largest
		if isCounted && total >= count {
			isLast = next >= total
		}
		p.unlessLast(isLast, next)
		return
	case byNumber:
		pages, isCounted := numberAt(got.body, p.total)
		isLast := len(items) < p.largest
		if isCounted && pages > 0 {
			isLast = p.number()-min(p.first, p.number()) >= pages-1
		}
		p.unlessLast(isLast, p.number()+1)
		return
	}
	more, isSaid := p.hasMore(got)
	if isSaid && !more {
		p.end(false, "")
		return
	}
	switch p.kind {
	case byCursor:
		next, _ := got.body.find(p.next)
		p.unlessAsked(cursorText(next), more)
	case byLastItem:
		next, _ := items[len(items)-1].find(p.next)
		if cursor := cursorText(next); cursor != "" {
			p.unlessAsked(cursor, more)
		} else {
			p.end(true, unnamedPage)
		}
	case byLink:
		target, ok := nextLink(got.headers)
		if !ok {
			p.end(false, "")
			return
		}
		led, err := resolveLink(got.url, target)
		if err != nil {
			p.end(true, err.Error())
			return
		}
		p.unlessAsked(withoutParameters(led, got.keys), true)
	}
}

// unlessLast goes on by number. Without a count, a page smaller than another is the last: the API may give fewer items than
// it was asked for, but does not give fewer than it can.
func (p *pager) unlessLast(isLast bool, next uint64) {
	if isLast || next <= p.number() {
		p.end(false, "")
		return
	}
	p.turn = turn{isFurther: true, number: next}
}

// unlessAsked goes on by a cursor or a link, if nothing was found there before. One that leads to the page it came with
// ends the list, unless the API says otherwise.
func (p *pager) unlessAsked(next string, hasMore bool) {
	isHere := p.turn.isFurther && p.turn.cursor == next || !p.turn.isFurther && p.hasOwn && p.own == next
	switch {
	case next == "":
		p.end(hasMore, nowherePage)
	case isHere:
		p.end(hasMore, circlePage)
	case p.asked[next]:
		p.end(true, circlePage)
	default:
		p.asked[next] = true
		p.turn = turn{isFurther: true, cursor: next}
	}
}

// hasMore is what the API says by a field of its own, if it does.
func (p *pager) hasMore(got page) (more, isSaid bool) {
	if p.more == "" {
		return false, false
	}
	found, _ := got.body.find(p.more)
	isSaid = found.kind == bareNode && (found.text == "true" || found.text == "false")
	return isSaid && found.text == "true", isSaid
}

// isUnfinished tells whether an answer says that this page, whose items were all given before, has others.
func (p *pager) isUnfinished(got page) bool {
	switch p.kind {
	case byOffset:
		total, ok := numberAt(got.body, p.total)
		return ok && total > p.number()
	case byNumber:
		pages, ok := numberAt(got.body, p.total)
		return ok && pages > p.number()-min(p.first, p.number())
	case byLink:
		_, ok := nextLink(got.headers)
		return ok
	default:
		more, isSaid := p.hasMore(got)
		if isSaid || p.kind == byLastItem {
			return more
		}
		next, _ := got.body.find(p.next)
		return cursorText(next) != ""
	}
}

// number is that of a page that is found by one.
func (p *pager) number() uint64 {
	if p.turn.isFurther {
		return p.turn.number
	}
	if own, err := strconv.ParseUint(p.own, 10, 64); err == nil && own < math.MaxInt64 {
		return own
	}
	if p.kind == byNumber {
		return p.first
	}
	return 0
}

func numberAt(body node, pointer string) (uint64, bool) {
	if pointer == "" {
		return 0, false
	}
	found, _ := body.find(pointer)
	number, err := strconv.ParseUint(cursorText(found), 10, 64)
	return number, err == nil
}

// cursorText is a text, or a number as it is written.
func cursorText(value node) string {
	if value.kind == bareNode && (value.text == "true" || value.text == "false") || !value.isScalar() {
		return ""
	}
	return value.text
}
