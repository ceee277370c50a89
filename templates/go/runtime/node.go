package sdk

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strings"
)

type nodeKind uint8

const (
	nullNode nodeKind = iota
	// textNode is a string, unquoted.
	textNode
	// bareNode is a number or a boolean, as JSON writes it.
	bareNode
	listNode
	mapNode
)

// deepestJSON is how deep values may be nested. What is deeper is no answer but an attack.
const deepestJSON = 512

// node is any value as text, lists and objects whose members stand in order: what JSON, forms and parameters are written
// from, and what answers are read into. A number keeps its digits: nothing becomes a binary float.
type node struct {
	kind    nodeKind
	text    string
	items   []node
	members []member
}

type member struct {
	key   string
	value node
}

func textOf(text string) node {
	return node{kind: textNode, text: text}
}

func bareOf(text string) node {
	return node{kind: bareNode, text: text}
}

// parseJSON reads one JSON value and nothing after it.
func parseJSON(data []byte) (node, error) {
	decoder := json.NewDecoder(bytes.NewReader(data))
	decoder.UseNumber()
	read, err := readNode(decoder, 0)
	if err == nil {
		if _, after := decoder.Token(); after != io.EOF {
			err = errors.New("there is more after the value")
		}
	}
	if err != nil {
		return node{}, fmt.Errorf("not JSON at byte %d", decoder.InputOffset())
	}
	return read, nil
}

func readNode(decoder *json.Decoder, depth int) (node, error) {
	token, err := decoder.Token()
	if err != nil {
		return node{}, err
	}
	if depth > deepestJSON {
		return node{}, errors.New("nested too deeply")
	}
	switch token := token.(type) {
	case string:
		return textOf(token), nil
	case json.Number:
		return bareOf(token.String()), nil
	case bool:
		return bareOf(fmt.Sprint(token)), nil
	case json.Delim:
		if token == '[' {
			return readList(decoder, depth)
		}
		return readMap(decoder, depth)
	default:
		return node{}, nil
	}
}

func readList(decoder *json.Decoder, depth int) (node, error) {
	list := node{kind: listNode}
	for decoder.More() {
		item, err := readNode(decoder, depth+1)
		if err != nil {
			return node{}, err
		}
		list.items = append(list.items, item)
	}
	_, err := decoder.Token()
	return list, err
}

func readMap(decoder *json.Decoder, depth int) (node, error) {
	object := node{kind: mapNode}
	for decoder.More() {
		key, err := decoder.Token()
		if err != nil {
			return node{}, err
		}
		value, err := readNode(decoder, depth+1)
		if err != nil {
			return node{}, err
		}
		object.set(fmt.Sprint(key), value)
	}
	_, err := decoder.Token()
	return object, err
}

// set adds a member.
func (n *node) set(key string, value node) {
	n.members = append(n.members, member{key: key, value: value})
}

// get finds a member; of several with one key the last counts.
func (n node) get(key string) (node, bool) {
	for at := len(n.members) - 1; at >= 0; at-- {
		if n.members[at].key == key {
			return n.members[at].value, true
		}
	}
	return node{}, false
}

// find gives the value at a JSON pointer (RFC 6901) through objects.
func (n node) find(pointer string) (node, bool) {
	found, isThere := n, true
	for _, token := range strings.Split(pointer, "/")[1:] {
		key := strings.ReplaceAll(strings.ReplaceAll(token, "~1", "/"), "~0", "~")
		if found, isThere = found.get(key); !isThere {
			return node{}, false
		}
	}
	return found, true
}

// isScalar tells whether it is a text, a number or a boolean.
func (n node) isScalar() bool {
	return n.kind == textNode || n.kind == bareNode
}

// withoutNulls leaves out the members that are null, at any depth.
func (n node) withoutNulls() node {
	out := node{kind: n.kind, text: n.text}
	for _, item := range n.items {
		out.items = append(out.items, item.withoutNulls())
	}
	for _, each := range n.members {
		if each.value.kind != nullNode {
			out.set(each.key, each.value.withoutNulls())
		}
	}
	return out
}

// plain is a scalar as it is, anything deeper as JSON.
func (n node) plain() string {
	switch n.kind {
	case nullNode:
		return ""
	case textNode, bareNode:
		return n.text
	default:
		return n.json()
	}
}

// rack writes the value the way Rack reads it: a[b]=, list[]=, items[][name]=.
func (n node) rack(name string, write func(name, value string)) {
	switch n.kind {
	case listNode:
		for _, item := range n.items {
			item.rack(name+"[]", write)
		}
	case mapNode:
		for _, each := range n.members {
			each.value.rack(name+"["+each.key+"]", write)
		}
	default:
		write(name, n.text)
	}
}

// json is the value as JSON, without any space.
func (n node) json() string {
	return string(n.appendJSON(nil))
}

func (n node) appendJSON(out []byte) []byte {
	switch n.kind {
	case textNode:
		return appendQuoted(out, n.text)
	case bareNode:
		return append(out, n.text...)
	case listNode:
		out = append(out, '[')
		for at, item := range n.items {
			if at > 0 {
				out = append(out, ',')
			}
			out = item.appendJSON(out)
		}
		return append(out, ']')
	case mapNode:
		out = append(out, '{')
		for at, each := range n.members {
			if at > 0 {
				out = append(out, ',')
			}
			out = append(appendQuoted(out, each.key), ':')
			out = each.value.appendJSON(out)
		}
		return append(out, '}')
	default:
		return append(out, "null"...)
	}
}

var shortEscapes = map[byte]string{'"': `\"`, '\\': `\\`, '\b': `\b`, '\f': `\f`, '\n': `\n`, '\r': `\r`, '\t': `\t`}

// appendQuoted escapes what JSON must and nothing else.
func appendQuoted(out []byte, text string) []byte {
	text = strings.ToValidUTF8(text, "\uFFFD")
	out = append(out, '"')
	for at := range len(text) {
		letter := text[at]
		if short, ok := shortEscapes[letter]; ok {
			out = append(out, short...)
		} else if letter < 0x20 {
			out = fmt.Appendf(out, `\u%04x`, letter)
		} else {
			out = append(out, letter)
		}
	}
	return append(out, '"')
}

// isNumber tells whether a text is a number by JSON's grammar.
func isNumber(text string) bool {
	isDigits := text != "" && strings.Trim(text, "0123456789+-.eE") == ""
	return isDigits && json.Valid([]byte(text))
}
