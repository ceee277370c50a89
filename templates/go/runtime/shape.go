package sdk

import (
	"reflect"
	"slices"
	"sort"
)

// deepestUnion is how many unions in each other are looked through.
const deepestUnion = 4

// shape is what a member of a union says of the properties of an object, or of the objects in a list.
type shape struct {
	index    int
	isList   bool
	isOpen   bool
	required []string
	always   [][2]string
	known    map[string]int
}

// fitting gives the members that an object, or a list of objects, may be without losing a property that another member
// knows: those that require most come first, and those that know few properties by name come last. Properties that no
// member knows are as new to all of them, and decide nothing.
func (u *unionInfo) fitting(from node, of reflect.Type) []int {
	var objects []node
	switch from.kind {
	case mapNode:
		objects = []node{from}
	case listNode:
		for _, item := range from.items {
			if item.kind == mapNode {
				objects = append(objects, item)
			}
		}
	}
	if len(objects) == 0 {
		return nil
	}
	var shapes []shape
	for at := range u.members {
		shapes = append(shapes, u.shapes(at, of, deepestUnion)...)
	}
	shapes = slices.DeleteFunc(shapes, func(each shape) bool { return each.isList != (from.kind == listNode) })
	properties := knownProperties(objects, shapes)
	shapes = slices.DeleteFunc(shapes, func(each shape) bool { return !each.mayBe(objects) || !each.keeps(properties) })
	sort.SliceStable(shapes, func(a, b int) bool {
		if shapes[a].isOpen != shapes[b].isOpen {
			return shapes[b].isOpen
		}
		return len(shapes[a].required) > len(shapes[b].required)
	})
	var found []int
	for _, each := range shapes {
		if !slices.Contains(found, each.index) {
			found = append(found, each.index)
		}
	}
	return found
}

// knownProperties are those of the objects that some member knows.
func knownProperties(objects []node, shapes []shape) []string {
	var all []string
	for _, object := range objects {
		for _, each := range object.members {
			isKnown := func(of shape) bool {
				_, ok := of.known[each.key]
				return ok || of.isOpen
			}
			if slices.ContainsFunc(shapes, isKnown) {
				all = append(all, each.key)
			}
		}
	}
	return all
}

func (s shape) mayBe(objects []node) bool {
	for _, object := range objects {
		for _, property := range s.required {
			if value, ok := object.get(property); !ok || value.kind == nullNode {
				return false
			}
		}
		for _, each := range s.always {
			if value, ok := object.get(each[0]); ok && (value.kind != textNode || value.text != each[1]) {
				return false
			}
		}
	}
	return true
}

func (s shape) keeps(properties []string) bool {
	isLost := func(property string) bool {
		_, ok := s.known[property]
		return !ok
	}
	return s.isOpen || !slices.ContainsFunc(properties, isLost)
}

// shapes are those of one member: a union among the members counts by its own.
func (u *unionInfo) shapes(at int, of reflect.Type, depth int) []shape {
	field := bareType(of.Field(at).Type)
	if isUnion(field) {
		return u.nested(at, field, depth-1)
	}
	made := shape{index: at, required: u.members[at].required, always: u.members[at].always}
	if field.Kind() == reflect.Slice && field != reflect.TypeFor[[]byte]() {
		made.isList = true
		field = bareType(field.Elem())
	}
	switch {
	case field.Kind() == reflect.Map:
		made.isOpen = true
	case field.Kind() == reflect.Struct && field.PkgPath() == ownPackage && !isUnion(field):
		if reflect.PointerTo(field).Implements(reflect.TypeFor[nodeDecoder]()) {
			return nil
		}
		layout := layoutOf(field)
		made.known, made.isOpen = layout.named, layout.extra >= 0
	default:
		return nil
	}
	return []shape{made}
}

func (u *unionInfo) nested(at int, field reflect.Type, depth int) []shape {
	inner := reflect.Zero(field).Interface().(unionValue).unionInfo()
	if depth <= 0 || inner.property != "" {
		return nil
	}
	var all []shape
	for index := range inner.members {
		for _, each := range inner.shapes(index, field, depth) {
			each.index = at
			all = append(all, each)
		}
	}
	return all
}
