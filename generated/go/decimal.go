package omise

import (
	"errors"
	"strings"
)

// Decimal is a decimal number that keeps its text, 0.10 staying 0.10: it never becomes a binary float. One that came as a
// JSON string is written as a string again, all others as JSON numbers.
type Decimal struct {
	text     string
	isQuoted bool
}

// NewDecimal reads a number as JSON writes it.
func NewDecimal(text string) (Decimal, error) {
	if !isNumber(text) {
		return Decimal{}, errors.New("not a decimal number")
	}
	return Decimal{text: text}, nil
}

// Quoted is the same number, written as a JSON string.
func (d Decimal) Quoted() Decimal {
	d.isQuoted = true
	return d
}

// String is the number as it was written.
func (d Decimal) String() string {
	return d.text
}

// MarshalJSON writes the number with the digits it has.
func (d Decimal) MarshalJSON() ([]byte, error) {
	return marshal(d)
}

// UnmarshalJSON reads a number, or a text that is one.
func (d *Decimal) UnmarshalJSON(data []byte) error {
	return unmarshal(data, d)
}

func (d Decimal) encodeNode(*encoder) (node, error) {
	switch {
	case d.isQuoted:
		return textOf(d.text), nil
	case d.text == "":
		return bareOf("0"), nil
	default:
		return bareOf(d.text), nil
	}
}

func (d *Decimal) decodeNode(from node, at path) error {
	switch {
	case from.kind == nullNode:
		*d = Decimal{}
	case from.kind == bareNode && isNumber(from.text):
		*d = Decimal{text: from.text}
	case from.kind == textNode && isNumber(strings.TrimSpace(from.text)):
		*d = Decimal{text: from.text, isQuoted: true}
	default:
		return at.mismatch("a decimal number", from)
	}
	return nil
}
