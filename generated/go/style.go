package omise

import "strings"

// style is how a parameter is written (OpenAPI 3.0, "Style Values"); Explode is OpenAPI's explode: true.
type style uint8

const (
	styleSimple style = iota
	styleSimpleExplode
	styleForm
	styleFormExplode
	styleLabel
	styleLabelExplode
	styleMatrix
	styleMatrixExplode
	styleSpaceDelimited
	stylePipeDelimited
	styleDeepObject
	styleJSON
)

// manner is what a style begins with, what it puts between pieces, and whether it repeats names.
type manner struct {
	lead, between string
	isKeyed       bool
}

func (s style) manner() manner {
	switch s {
	case styleLabel:
		return manner{".", ",", false}
	case styleLabelExplode:
		return manner{".", ".", true}
	case styleMatrix:
		return manner{";", ",", false}
	case styleMatrixExplode:
		return manner{";", ";", true}
	case styleSimpleExplode, styleFormExplode:
		return manner{"", ",", true}
	case styleSpaceDelimited:
		return manner{"", "%20", false}
	case stylePipeDelimited:
		return manner{"", "%7C", false}
	default:
		return manner{"", ",", false}
	}
}

// inline writes a value without its name, as paths and headers want it. It gives false when there is nothing to write:
// null, or a list or object with nothing in it.
func (s style) inline(name string, value node, encode func(string) string) (string, bool) {
	if s == styleJSON {
		return encode(value.json()), true
	}
	how := s.manner()
	isNamed := s == styleMatrix || s == styleMatrixExplode
	var pieces []string
	switch value.kind {
	case nullNode:
		return "", false
	case listNode:
		for _, item := range value.items {
			piece := encode(item.plain())
			if isNamed && how.isKeyed {
				piece = assign(encode(name), piece)
			}
			pieces = append(pieces, piece)
		}
	case mapNode:
		joint := how.between
		if how.isKeyed {
			joint = "="
		}
		for _, each := range value.members {
			if each.value.kind != nullNode {
				pieces = append(pieces, encode(each.key)+joint+encode(each.value.plain()))
			}
		}
	default:
		piece := encode(value.text)
		if isNamed {
			piece = assign(encode(name), piece)
		}
		pieces = []string{piece}
	}
	if len(pieces) == 0 {
		return "", false
	}
	joined := strings.Join(pieces, how.between)
	if isNamed && !how.isKeyed && !value.isScalar() {
		return how.lead + encode(name) + "=" + joined, true
	}
	return how.lead + joined, true
}

// assign writes a matrix parameter: without a value it has no equals sign (RFC 6570).
func assign(name, value string) string {
	if value == "" {
		return name
	}
	return name + "=" + value
}

// pair is a name and a value, both escaped.
type pair struct {
	name, value string
}

// pairs writes a value as pairs.
func (s style) pairs(name string, value node, escape escaping) []pair {
	var all []pair
	add := func(name, value string) { all = append(all, pair{escape.name(name), escape.value(value)}) }
	if s == styleJSON {
		if value.kind != nullNode {
			add(name, value.json())
		}
		return all
	}
	// Only JSON can say null; elsewhere a member that is null is left out.
	value = value.withoutNulls()
	isExploded := s == styleFormExplode || s == styleSimpleExplode
	switch {
	case value.kind == nullNode:
	case value.isScalar():
		add(name, value.text)
	case s == styleDeepObject:
		value.rack(name, add)
	case isExploded && value.kind == listNode:
		for _, item := range value.items {
			if item.kind == listNode || item.kind == mapNode {
				// OpenAPI leaves a list of objects undefined; the Rack form loses nothing.
				item.rack(name+"[]", add)
			} else {
				add(name, item.text)
			}
		}
	case isExploded:
		for _, each := range value.members {
			each.value.rack(each.key, add)
		}
	default:
		joined := styleSimple
		if s == styleSpaceDelimited || s == stylePipeDelimited {
			joined = s
		}
		if text, ok := joined.inline(name, value, escape.item); ok {
			all = append(all, pair{escape.name(name), text})
		}
	}
	return all
}

// formPairs writes pairs of a form body. There a space is a plus sign, also between the items of a joined list.
func (s style) formPairs(name string, value node) []pair {
	all := s.pairs(name, value, inForm)
	if s == styleSpaceDelimited {
		for at := range all {
			all[at].value = strings.ReplaceAll(all[at].value, "%20", "+")
		}
	}
	return all
}

func joinPairs(pairs []pair, between string) string {
	texts := make([]string, 0, len(pairs))
	for _, each := range pairs {
		texts = append(texts, each.name+"="+each.value)
	}
	return strings.Join(texts, between)
}
