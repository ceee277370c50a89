package omise

import (
	"reflect"
	"strings"
	"sync"
)

// layout is how a struct is written as an object.
type layout struct {
	fields []fieldLayout
	// named has the index in fields of each name.
	named map[string]int
	// extra is the index of the field with the properties that have no field; negative where there is none.
	extra int
}

type fieldLayout struct {
	index int
	name  string
	// omit is set where nothing is written for nothing.
	omit bool
	// constant is the JSON of the one value it has.
	constant string
}

var layouts sync.Map

// layoutOf reads the tags of a struct: json as encoding/json has it; api for a name that json cannot hold, or "*" for the
// properties that have no field; const for the one value there is.
func layoutOf(of reflect.Type) *layout {
	if known, ok := layouts.Load(of); ok {
		return known.(*layout)
	}
	made := &layout{named: map[string]int{}, extra: -1}
	for index := range of.NumField() {
		field := of.Field(index)
		if !field.IsExported() {
			continue
		}
		name, options, _ := strings.Cut(field.Tag.Get("json"), ",")
		own, hasOwn := field.Tag.Lookup("api")
		switch {
		case own == "*" && name == "-":
			made.extra = index
			continue
		case hasOwn:
			name = own
		case name == "-":
			continue
		case name == "":
			name = field.Name
		}
		made.named[name] = len(made.fields)
		omit := strings.Contains(options, "omitempty") || field.Tag.Get("omit") == "true"
		made.fields = append(made.fields, fieldLayout{index: index, name: name, omit: omit, constant: field.Tag.Get("const")})
	}
	stored, _ := layouts.LoadOrStore(of, made)
	return stored.(*layout)
}
