package omise

import (
	"encoding"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"math"
	"reflect"
	"sort"
	"strconv"
	"strings"
)

// encoder turns Go values into nodes. It notes the secrets among them, so that no error repeats one.
type encoder struct {
	// isSending is set for what goes to the API, where an empty id is refused.
	isSending bool
	secrets   []string
}

// nodeEncoder is a value that is written in a way of its own.
type nodeEncoder interface {
	encodeNode(e *encoder) (node, error)
}

// typedID is what the ids of the API have in common.
type typedID interface {
	isID()
}

var ownPackage = reflect.TypeFor[node]().PkgPath()

// marshal writes a value of this package as JSON.
func marshal(value any) ([]byte, error) {
	written, err := (&encoder{}).encode(value)
	if err != nil {
		return nil, err
	}
	return written.appendJSON(nil), nil
}

func (e *encoder) encode(value any) (node, error) {
	return e.value(reflect.ValueOf(value))
}

func (e *encoder) value(value reflect.Value) (node, error) {
	if !value.IsValid() {
		return node{}, nil
	}
	if value.Kind() == reflect.Pointer || value.Kind() == reflect.Interface {
		if value.IsNil() {
			return node{}, nil
		}
		return e.value(value.Elem())
	}
	if written, isSpecial, err := e.special(value); isSpecial {
		return written, err
	}
	switch value.Kind() {
	case reflect.Bool:
		return bareOf(strconv.FormatBool(value.Bool())), nil
	case reflect.Int, reflect.Int8, reflect.Int16, reflect.Int32, reflect.Int64:
		return bareOf(strconv.FormatInt(value.Int(), 10)), nil
	case reflect.Uint, reflect.Uint8, reflect.Uint16, reflect.Uint32, reflect.Uint64:
		return bareOf(strconv.FormatUint(value.Uint(), 10)), nil
	case reflect.Float32:
		return float(value.Float(), 32)
	case reflect.Float64:
		return float(value.Float(), 64)
	case reflect.String:
		return textOf(value.String()), nil
	case reflect.Slice, reflect.Array:
		return e.list(value)
	case reflect.Map:
		return e.dictionary(value)
	case reflect.Struct:
		return e.object(value)
	default:
		return node{}, errors.New("cannot be sent")
	}
}

// special writes the types that are not what their kind is.
func (e *encoder) special(value reflect.Value) (node, bool, error) {
	held := value.Interface()
	switch held := held.(type) {
	case nodeEncoder:
		written, err := held.encodeNode(e)
		return written, true, err
	case unionValue:
		written, err := e.union(value, held.unionInfo())
		return written, true, err
	case Secret:
		e.secrets = append(e.secrets, string(held))
		return textOf(string(held)), true, nil
	case typedID:
		if e.isSending && isNoName(value.String()) {
			return node{}, true, fmt.Errorf("has a %s that is empty or has a line break", value.Type().Name())
		}
		return textOf(value.String()), true, nil
	case json.Number:
		if !isNumber(string(held)) {
			return node{}, true, errors.New("has a number that is none")
		}
		return bareOf(string(held)), true, nil
	case json.RawMessage:
		if held == nil {
			return node{}, true, nil
		}
		read, err := parseJSON(held)
		return read, true, err
	case []byte:
		return textOf(base64.StdEncoding.EncodeToString(held)), true, nil
	}
	if value.Type().PkgPath() == ownPackage {
		return node{}, false, nil
	}
	return foreign(held)
}

// foreign writes types of other packages the way they say themselves.
func foreign(held any) (node, bool, error) {
	switch held := held.(type) {
	case json.Marshaler:
		data, err := held.MarshalJSON()
		if err != nil {
			return node{}, true, err
		}
		read, err := parseJSON(data)
		return read, true, err
	case encoding.TextMarshaler:
		text, err := held.MarshalText()
		return textOf(string(text)), true, err
	default:
		return node{}, false, nil
	}
}

// isNoName tells whether a text cannot be the name of anything: it is blank, or a line break came along from a file.
func isNoName(text string) bool {
	return strings.TrimSpace(text) == "" || strings.ContainsFunc(text, isControl)
}

func isControl(letter rune) bool {
	return letter < 0x20 || letter >= 0x7f && letter < 0xa0
}

func (e *encoder) list(value reflect.Value) (node, error) {
	list := node{kind: listNode}
	for at := range value.Len() {
		item, err := e.value(value.Index(at))
		if err != nil {
			return node{}, err
		}
		list.items = append(list.items, item)
	}
	return list, nil
}

// dictionary writes a map with its keys in order, so that the same map is always the same bytes.
func (e *encoder) dictionary(value reflect.Value) (node, error) {
	if value.Type().Key().Kind() != reflect.String {
		return node{}, errors.New("has a map whose keys are no texts")
	}
	keys := value.MapKeys()
	sort.Slice(keys, func(a, b int) bool { return keys[a].String() < keys[b].String() })
	object := node{kind: mapNode}
	for _, key := range keys {
		item, err := e.value(value.MapIndex(key))
		if err != nil {
			return node{}, err
		}
		object.set(key.String(), item)
	}
	return object, nil
}

func (e *encoder) object(value reflect.Value) (node, error) {
	object := node{kind: mapNode}
	layout := layoutOf(value.Type())
	for _, field := range layout.fields {
		held := value.Field(field.index)
		if field.constant != "" && held.IsZero() {
			object.set(field.name, constantNode(field.constant))
			continue
		}
		if field.omit && isAbsent(held) {
			continue
		}
		written, err := e.value(held)
		if err != nil {
			return node{}, err
		}
		if written.kind == nullNode && !field.omit {
			written = emptyOf(held)
		}
		object.set(field.name, written)
	}
	if layout.extra < 0 {
		return object, nil
	}
	others, err := e.dictionary(value.Field(layout.extra))
	if err != nil {
		return node{}, err
	}
	for _, other := range others.members {
		if _, isKnown := layout.named[other.key]; !isKnown {
			object.set(other.key, other.value)
		}
	}
	return object, nil
}

// isAbsent tells whether a field that may be left out is.
func isAbsent(value reflect.Value) bool {
	switch value.Kind() {
	case reflect.Pointer, reflect.Slice, reflect.Map, reflect.Interface:
		return value.IsNil()
	case reflect.String:
		return value.Len() == 0
	case reflect.Struct:
		nullable, ok := value.Interface().(interface{ IsZero() bool })
		return ok && nullable.IsZero()
	default:
		return false
	}
}

// emptyOf is what stands for nothing where something must: an empty list or object, else null.
func emptyOf(value reflect.Value) node {
	switch {
	case value.Kind() == reflect.Slice && value.Type() != reflect.TypeFor[json.RawMessage]():
		return node{kind: listNode}
	case value.Kind() == reflect.Map:
		return node{kind: mapNode}
	default:
		return node{}
	}
}

func constantNode(text string) node {
	read, _ := parseJSON([]byte(text))
	return read
}

// float writes the shortest text that reads as the same number, with a point or an exponent.
func float(value float64, bits int) (node, error) {
	if math.IsNaN(value) || math.IsInf(value, 0) {
		return node{}, errors.New("has a number that JSON cannot hold")
	}
	short := strconv.FormatFloat(value, 'e', -1, bits)
	mantissa, exponent, _ := strings.Cut(short, "e")
	power, _ := strconv.Atoi(exponent)
	smallest, largest := -5, 15
	if bits == 32 {
		smallest, largest = -6, 12
	}
	if value != 0 && (power < smallest || power > largest) {
		return bareOf(mantissa + "e" + strconv.Itoa(power)), nil
	}
	text := strconv.FormatFloat(value, 'f', -1, bits)
	if !strings.Contains(text, ".") {
		text += ".0"
	}
	return bareOf(text), nil
}
