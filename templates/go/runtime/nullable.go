package sdk

import (
	"fmt"
)

// Nullable is an argument that may be left out, be null, or have a value. The zero Nullable is left out; [Value] and
// [Null] make the others.
type Nullable[T any] struct {
	value  T
	isSet  bool
	isNull bool
}

// Value is an argument that has a value.
func Value[T any](value T) Nullable[T] {
	return Nullable[T]{value: value, isSet: true}
}

// Null is an argument that is sent as null, which usually removes what there was.
func Null[T any]() Nullable[T] {
	return Nullable[T]{isSet: true, isNull: true}
}

// Get gives the value, and whether there is one.
func (n Nullable[T]) Get() (T, bool) {
	return n.value, n.isSet && !n.isNull
}

// IsNull tells whether it is null, which is not the same as being left out.
func (n Nullable[T]) IsNull() bool {
	return n.isNull
}

// IsZero tells whether it is left out.
func (n Nullable[T]) IsZero() bool {
	return !n.isSet
}

// Format writes the value as it would be written by itself, so that a secret stays one.
func (n Nullable[T]) Format(state fmt.State, verb rune) {
	switch {
	case !n.isSet:
		fmt.Fprint(state, "<absent>")
	case n.isNull:
		fmt.Fprint(state, "<null>")
	default:
		fmt.Fprintf(state, fmt.FormatString(state, verb), n.value)
	}
}

// MarshalJSON writes the value, or null.
func (n Nullable[T]) MarshalJSON() ([]byte, error) {
	return marshal(n)
}

// UnmarshalJSON reads a value or null.
func (n *Nullable[T]) UnmarshalJSON(data []byte) error {
	return unmarshal(data, n)
}

func (n Nullable[T]) encodeNode(e *encoder) (node, error) {
	if !n.isSet || n.isNull {
		return node{}, nil
	}
	return e.encode(n.value)
}

func (n *Nullable[T]) decodeNode(from node, at path) error {
	if from.kind == nullNode {
		*n = Null[T]()
		return nil
	}
	n.isSet, n.isNull = true, false
	return decodeInto(from, &n.value, at)
}
