package sdk

import (
	"encoding"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"reflect"
	"strconv"
)

// path is where in a JSON value something stands: data[3].card.expiration_year.
type path string

func (p path) key(name string) path {
	if p == "" {
		return path(name)
	}
	return p + "." + path(name)
}

func (p path) item(at int) path {
	return p + path("["+strconv.Itoa(at)+"]")
}

// mismatch says what was expected and what kind of value stood there, never the value: it may be a secret.
func (p path) mismatch(expected string, found node) error {
	kinds := map[nodeKind]string{nullNode: "null", textNode: "a text", listNode: "a list", mapNode: "an object"}
	kind, isKnown := kinds[found.kind]
	switch {
	case isKnown:
	case found.text == "true" || found.text == "false":
		kind = "a boolean"
	default:
		kind = "a number"
	}
	message := fmt.Sprintf("expected %s, found %s", expected, kind)
	if p != "" {
		message = string(p) + ": " + message
	}
	return errors.New(message)
}

// nodeDecoder is a value that is read in a way of its own.
type nodeDecoder interface {
	decodeNode(from node, at path) error
}

// unmarshal reads JSON into what target points to. Unknown members are ignored, and null is as good as absence.
func unmarshal(data []byte, target any) error {
	read, err := parseJSON(data)
	if err != nil {
		return err
	}
	return decodeInto(read, target, "")
}

func decodeInto(from node, target any, at path) error {
	return decodeValue(from, reflect.ValueOf(target).Elem(), at)
}

func decodeValue(from node, target reflect.Value, at path) error {
	if special, isSpecial := target.Addr().Interface().(nodeDecoder); isSpecial {
		return special.decodeNode(from, at)
	}
	if from.kind == nullNode {
		target.SetZero()
		return nil
	}
	if target.Kind() == reflect.Pointer {
		held := reflect.New(target.Type().Elem())
		if err := decodeValue(from, held.Elem(), at); err != nil {
			return err
		}
		target.Set(held)
		return nil
	}
	switch held := target.Addr().Interface().(type) {
	case unionValue:
		return decodeUnion(from, target, held.unionInfo(), at)
	case *json.RawMessage:
		*held = from.appendJSON(nil)
		return nil
	case *[]byte:
		return decodeBytes(from, held, at)
	}
	if target.Type().PkgPath() != ownPackage && target.Kind() != reflect.Interface {
		if foreign, err := decodeForeign(from, target, at); foreign {
			return err
		}
	}
	return decodeKind(from, target, at)
}

// decodeForeign reads types of other packages the way they say themselves.
func decodeForeign(from node, target reflect.Value, at path) (bool, error) {
	switch held := target.Addr().Interface().(type) {
	case json.Unmarshaler:
		if held.UnmarshalJSON(from.appendJSON(nil)) != nil {
			return true, at.mismatch("a "+target.Type().String(), from)
		}
		return true, nil
	case encoding.TextUnmarshaler:
		if from.kind != textNode || held.UnmarshalText([]byte(from.text)) != nil {
			return true, at.mismatch("a "+target.Type().String(), from)
		}
		return true, nil
	default:
		return false, nil
	}
}

func decodeKind(from node, target reflect.Value, at path) error {
	switch target.Kind() {
	case reflect.String:
		if from.kind != textNode {
			return at.mismatch("a text", from)
		}
		target.SetString(from.text)
	case reflect.Bool:
		if from.kind != bareNode || from.text != "true" && from.text != "false" {
			return at.mismatch("a boolean", from)
		}
		target.SetBool(from.text == "true")
	case reflect.Int, reflect.Int8, reflect.Int16, reflect.Int32, reflect.Int64:
		number, err := strconv.ParseInt(from.text, 10, target.Type().Bits())
		if from.kind != bareNode || err != nil {
			return at.mismatch(fmt.Sprintf("a whole number of %d bits", target.Type().Bits()), from)
		}
		target.SetInt(number)
	case reflect.Uint, reflect.Uint8, reflect.Uint16, reflect.Uint32, reflect.Uint64:
		number, err := strconv.ParseUint(from.text, 10, target.Type().Bits())
		if from.kind != bareNode || err != nil {
			return at.mismatch(fmt.Sprintf("a whole number of %d bits, not negative", target.Type().Bits()), from)
		}
		target.SetUint(number)
	case reflect.Float32, reflect.Float64:
		number, err := strconv.ParseFloat(from.text, target.Type().Bits())
		if from.kind != bareNode || err != nil {
			return at.mismatch("a number", from)
		}
		target.SetFloat(number)
	case reflect.Slice:
		return decodeList(from, target, at)
	case reflect.Map:
		return decodeMap(from, target, at)
	case reflect.Struct:
		return decodeObject(from, target, at)
	case reflect.Interface:
		target.Set(reflect.ValueOf(untyped(from)))
	default:
		return at.mismatch("something else", from)
	}
	return nil
}

func decodeBytes(from node, target *[]byte, at path) error {
	read, err := base64.StdEncoding.DecodeString(from.text)
	if from.kind != textNode || err != nil {
		return at.mismatch("bytes as base64", from)
	}
	*target = read
	return nil
}

func decodeList(from node, target reflect.Value, at path) error {
	if from.kind != listNode {
		return at.mismatch("a list", from)
	}
	list := reflect.MakeSlice(target.Type(), len(from.items), len(from.items))
	for index, item := range from.items {
		if err := decodeValue(item, list.Index(index), at.item(index)); err != nil {
			return err
		}
	}
	target.Set(list)
	return nil
}

func decodeMap(from node, target reflect.Value, at path) error {
	if from.kind != mapNode || target.Type().Key().Kind() != reflect.String {
		return at.mismatch("an object", from)
	}
	made := reflect.MakeMapWithSize(target.Type(), len(from.members))
	for _, each := range from.members {
		value := reflect.New(target.Type().Elem()).Elem()
		if err := decodeValue(each.value, value, at.key(each.key)); err != nil {
			return err
		}
		made.SetMapIndex(reflect.ValueOf(each.key).Convert(target.Type().Key()), value)
	}
	target.Set(made)
	return nil
}

func decodeObject(from node, target reflect.Value, at path) error {
	if from.kind != mapNode {
		return at.mismatch("an object", from)
	}
	layout := layoutOf(target.Type())
	target.SetZero()
	var extra node
	for _, each := range from.members {
		index, isKnown := layout.named[each.key]
		if !isKnown {
			extra.set(each.key, each.value)
			continue
		}
		if err := decodeValue(each.value, target.Field(layout.fields[index].index), at.key(each.key)); err != nil {
			return err
		}
	}
	for _, field := range layout.fields {
		// A list that is promised has no items where the API leaves it out.
		held := target.Field(field.index)
		if !field.omit && held.Kind() == reflect.Slice && held.IsNil() && held.Type() != reflect.TypeFor[json.RawMessage]() {
			held.Set(reflect.MakeSlice(held.Type(), 0, 0))
		}
	}
	if layout.extra >= 0 && len(extra.members) > 0 {
		extra.kind = mapNode
		return decodeMap(extra, target.Field(layout.extra), at)
	}
	return nil
}

// untyped is a value as encoding/json would read it, numbers as [json.Number].
func untyped(from node) any {
	switch from.kind {
	case textNode:
		return from.text
	case bareNode:
		if from.text == "true" || from.text == "false" {
			return from.text == "true"
		}
		return json.Number(from.text)
	case listNode:
		list := make([]any, 0, len(from.items))
		for _, item := range from.items {
			list = append(list, untyped(item))
		}
		return list
	case mapNode:
		object := make(map[string]any, len(from.members))
		for _, each := range from.members {
			object[each.key] = untyped(each.value)
		}
		return object
	default:
		return nil
	}
}
