package omise

import (
	"encoding/json"
	"reflect"
	"slices"
	"sort"
)

// unionValue is a struct that holds one of several types: a field for each, in the order of the union's members, and a last
// one, of type [json.RawMessage], for what fits none of them.
type unionValue interface {
	unionInfo() *unionInfo
}

// unionInfo says how the members of a union are told apart.
type unionInfo struct {
	// property is what says by its text which member it is; empty where there is none.
	property string
	members  []*unionMember
}

type unionMember struct {
	// tags are the texts of the property that mean this member; the first is written.
	tags []string
	// shedsTag is set where the member would keep the property among those it does not know.
	shedsTag bool
	// required are the properties that its objects have.
	required []string
	// always has properties whose text is always the same, and that text.
	always [][2]string
}

func newUnion(property string, members ...*unionMember) *unionInfo {
	return &unionInfo{property: property, members: members}
}

func variant(tags ...string) *unionMember {
	return &unionMember{tags: tags}
}

// Sheds says that the member does not know the property that says which one it is.
func (m *unionMember) Sheds() *unionMember {
	m.shedsTag = true
	return m
}

// Needs names properties that objects of this member have.
func (m *unionMember) Needs(properties ...string) *unionMember {
	m.required = properties
	return m
}

// Always names a property whose text is always the same.
func (m *unionMember) Always(property, text string) *unionMember {
	m.always = append(m.always, [2]string{property, text})
	return m
}

// union writes the member that is set, with the property that says which one it is.
func (e *encoder) union(value reflect.Value, info *unionInfo) (node, error) {
	for at, each := range info.members {
		held := value.Field(at)
		if held.IsNil() {
			continue
		}
		written, err := e.value(held)
		if err != nil || info.property == "" || len(each.tags) == 0 || written.kind != mapNode {
			return written, err
		}
		if tag, ok := written.get(info.property); ok && tag.kind != nullNode && tag.text != "" {
			return written, nil
		}
		tagged := node{kind: mapNode}
		tagged.set(info.property, textOf(each.tags[0]))
		for _, other := range written.members {
			if other.key != info.property {
				tagged.set(other.key, other.value)
			}
		}
		return tagged, nil
	}
	return e.value(value.Field(len(info.members)))
}

// decodeUnion finds the member that a value is. What fits none of them is kept as it came.
func decodeUnion(from node, target reflect.Value, info *unionInfo, at path) error {
	target.SetZero()
	for _, index := range info.candidates(from, target.Type()) {
		value := from
		if each := info.members[index]; each.shedsTag {
			value = from.without(info.property)
		}
		if decodeValue(value, target.Field(index), at) == nil && !target.Field(index).IsNil() {
			return nil
		}
		target.SetZero()
	}
	target.Field(len(info.members)).Set(reflect.ValueOf(json.RawMessage(from.appendJSON(nil))))
	return nil
}

// candidates are the members that a value may be, the most fitting first.
func (u *unionInfo) candidates(from node, of reflect.Type) []int {
	if u.property != "" {
		tag, _ := from.get(u.property)
		isIt := func(each *unionMember) bool { return tag.kind == textNode && slices.Contains(each.tags, tag.text) }
		if at := slices.IndexFunc(u.members, isIt); at >= 0 {
			return []int{at}
		}
		return nil
	}
	found := u.fitting(from, of)
	var others []int
	for at := range u.members {
		if field := bareType(of.Field(at).Type); len(u.shapes(at, of, deepestUnion)) == 0 || isUnion(field) {
			others = append(others, at)
		}
	}
	sort.SliceStable(others, func(a, b int) bool {
		return generality(of.Field(others[a]).Type) < generality(of.Field(others[b]).Type)
	})
	return append(found, others...)
}

// generality says how much of all there is fits a type: what fits least is tried first.
func generality(of reflect.Type) int {
	of = bareType(of)
	switch {
	case of == reflect.TypeFor[DateTime](), of == reflect.TypeFor[Date]():
		return 0
	case of.Kind() == reflect.Float64, of.Kind() == reflect.Float32, of == reflect.TypeFor[Decimal]():
		return 1
	case of == reflect.TypeFor[[]byte](), of.Kind() == reflect.String && of.PkgPath() != "" && of != reflect.TypeFor[Secret]():
		return 2
	case of.Kind() == reflect.String:
		return 3
	case of.Kind() == reflect.Interface:
		return 4
	case isUnion(of):
		return 5
	default:
		return 0
	}
}

func bareType(of reflect.Type) reflect.Type {
	if of.Kind() == reflect.Pointer {
		return of.Elem()
	}
	return of
}

func isUnion(of reflect.Type) bool {
	return of.Implements(reflect.TypeFor[unionValue]())
}

// without leaves out a member.
func (n node) without(key string) node {
	out := node{kind: n.kind, text: n.text, items: n.items}
	for _, each := range n.members {
		if each.key != key {
			out.set(each.key, each.value)
		}
	}
	return out
}
