package omise

import (
	"encoding/json"
	"io"
	"reflect"
	"strings"
)

// call is a call on its way to becoming a request. Operations write their arguments into it; what is wrong with the first
// that cannot be sent is kept until the call is made. A value that is null is left out, except in a path, where it is
// refused.
type call struct {
	endpoint *endpoint
	encoder  encoder
	failure  *Error

	// target is a path and query below the host, in place of the operation's own: where a link led.
	target  string
	path    map[string]string
	query   []pair
	headers [][2]string
	cookies []pair

	body        *content
	form        []pair
	isForm      bool
	parts       []part
	isMultipart bool
	mediaType   string
}

func newCall(of *endpoint) *call {
	return &call{endpoint: of, encoder: encoder{isSending: true}, path: map[string]string{}}
}

func (c *call) fail(format string, arguments ...any) {
	if c.failure == nil {
		c.failure = failf(KindArgument, format, arguments...)
	}
}

// given is what a call is made with. That nothing at all was given is an error where something must be.
func given[T any](c *call, params *T, isRequired bool) *T {
	if params != nil {
		return params
	}
	if isRequired {
		c.fail("some arguments are required, and there are none")
	}
	return new(T)
}

// number is one that every call of an operation sends, as it is written.
func number(text string) json.Number {
	return json.Number(text)
}

// read turns an argument into a node. The error's own text may quote the value; what matters is which argument it was.
func (c *call) read(name string, value any) node {
	read, err := c.encoder.encode(value)
	if err == nil {
		return read
	}
	if strings.HasPrefix(err.Error(), "has a ") {
		c.fail("%q %s", name, err.Error())
	} else {
		c.fail("%q cannot be sent", name)
	}
	return node{}
}

// Path writes an argument into the path. It is refused when it is empty, blank, . or ..: the path would become another
// one; and when it holds a control character, a line break say, which came along from a file and is part of no name.
func (c *call) Path(name string, how style, value any) {
	read := c.read(name, value)
	trimmed := strings.TrimSpace(read.text)
	isRefused := read.isScalar() &&
		(trimmed == "" || trimmed == "." || trimmed == ".." || strings.ContainsFunc(read.text, isControl))
	text, ok := how.inline(name, read, component)
	if !ok || isRefused || text == "" {
		c.fail("%q is part of the path: it cannot be empty, . or .., nor hold a line break", name)
	}
	c.path[name] = text
}

// Query writes an argument into the query.
func (c *call) Query(name string, how style, value any) {
	c.query = append(c.query, how.pairs(name, c.read(name, value), inQuery)...)
}

// QueryReserved writes an argument into the query, its reserved characters as they are (allowReserved), but for those that
// would end it or change it.
func (c *call) QueryReserved(name string, how style, value any) {
	c.query = append(c.query, how.pairs(name, c.read(name, value), inReserved)...)
}

// QueryOrEmpty writes an argument into the query, and its name alone when it is a list or object without members
// (allowEmptyValue).
func (c *call) QueryOrEmpty(name string, how style, value any) {
	read := c.read(name, value)
	pairs := how.pairs(name, read, inQuery)
	if len(pairs) == 0 && read.kind != nullNode {
		pairs = []pair{{component(name), ""}}
	}
	c.query = append(c.query, pairs...)
}

// Header writes an argument into a header. JSON there is kept to ASCII.
func (c *call) Header(name string, how style, value any) {
	read := c.read(name, value)
	if read.kind == nullNode {
		return
	}
	if text, ok := how.inline(name, read, verbatim); ok {
		if how == styleJSON {
			text = asciiJSON(text)
		}
		c.headers = append(c.headers, [2]string{name, text})
	}
}

// Cookie writes an argument into a cookie.
func (c *call) Cookie(name string, how style, value any) {
	c.cookies = append(c.cookies, how.pairs(name, c.read(name, value), inQuery)...)
}

// object is a body that is put together from arguments.
type object struct {
	call *call
	node node
}

// Object begins a body.
func (c *call) Object() *object {
	return &object{call: c, node: node{kind: mapNode}}
}

// Set adds an argument that may be left out.
func (o *object) Set(name string, value any) {
	if !isLeftOut(value) {
		o.node.set(name, o.call.read(name, value))
	}
}

// Must adds an argument that is always sent: a list that is nil as an empty one, and any other nil as null.
func (o *object) Must(name string, value any) {
	o.node.set(name, o.call.must(name, value))
}

// JSON sends the value as JSON.
func (c *call) JSON(value any) {
	read := c.must("the body", value)
	c.body, c.mediaType = &content{bytes: read.appendJSON(nil)}, "application/json"
}

// JSONUnlessEmpty sends an object as JSON, or no body at all when it has no members.
func (c *call) JSONUnlessEmpty(body *object) {
	if len(body.node.members) > 0 {
		c.JSON(body)
	}
}

// Form sends an object as a form, the way Rack reads it: a[b]=, list[]=, items[][name]=.
func (c *call) Form(value any) {
	read := c.must("the body", value)
	if read.kind != mapNode {
		c.fail("a form body must be an object")
	}
	c.isForm = true
	for _, each := range read.members {
		each.value.rack(each.key, func(name, value string) {
			c.form = append(c.form, pair{formPiece(name), formPiece(value)})
		})
	}
}

// FormUnlessEmpty sends an object as a form, or no body at all when it has no members.
func (c *call) FormUnlessEmpty(body *object) {
	c.Form(body)
	c.isForm = len(c.form) > 0
}

// FormField sends one field of a form in a style of its own.
func (c *call) FormField(name string, how style, value any) {
	pairs := how.formPairs(name, c.read(name, value))
	c.isForm = c.isForm || len(pairs) > 0
	c.form = append(c.form, pairs...)
}

// Multipart sends a multipart form, also when it gets no part.
func (c *call) Multipart() {
	c.isMultipart = true
}

// MultipartObject sends an object as a multipart form, each member as [call.Part] would.
func (c *call) MultipartObject(value any) {
	read := c.must("the body", value)
	if read.kind != mapNode {
		c.fail("a multipart body must be an object")
	}
	c.isMultipart = true
	for _, each := range read.members {
		c.parts = append(c.parts, fieldParts(each.key, "", each.value)...)
	}
}

// Part sends one field of a multipart form: a scalar as text, a list as one part an element, an object as JSON.
func (c *call) Part(name, contentType string, value any) {
	parts := fieldParts(name, contentType, c.read(name, value))
	c.isMultipart = c.isMultipart || len(parts) > 0
	c.parts = append(c.parts, parts...)
}

// File sends files in a multipart form.
func (c *call) File(name, contentType string, files ...File) {
	for _, file := range files {
		made, err := filePart(name, contentType, file)
		if err != nil {
			c.fail("%s", err.Error())
		}
		c.isMultipart = true
		c.parts = append(c.parts, made)
	}
}

// MaybeFile sends a file in a multipart form, if there is one.
func (c *call) MaybeFile(name, contentType string, file *File) {
	if file != nil {
		c.File(name, contentType, *file)
	}
}

// Text sends text.
func (c *call) Text(mediaType, text string) {
	c.body, c.mediaType = &content{bytes: []byte(text)}, mediaType
}

// Bytes sends what a reader has, as it is.
func (c *call) Bytes(mediaType string, reader io.Reader) {
	c.body, c.mediaType = Ptr(contentOf(reader, 0)), mediaType
}

// ContentType names the body's media type otherwise than its encoding would.
func (c *call) ContentType(mediaType string) {
	c.mediaType = mediaType
}

func (o object) encodeNode(*encoder) (node, error) {
	return o.node, nil
}

// isLeftOut tells whether an argument that may be left out is.
func isLeftOut(value any) bool {
	held := reflect.ValueOf(value)
	return !held.IsValid() || held.Kind() != reflect.String && isAbsent(held)
}

// must reads an argument that is always sent: what is nil there is an empty list or object, else null.
func (c *call) must(name string, value any) node {
	read := c.read(name, value)
	if held := reflect.ValueOf(value); read.kind == nullNode && held.IsValid() {
		return emptyOf(held)
	}
	return read
}
