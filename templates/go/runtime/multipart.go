package sdk

import (
	"bytes"
	"crypto/rand"
	"encoding/hex"
	"fmt"
	"io"
	"maps"
	"slices"
	"strings"
)

// part is one of a multipart form (RFC 7578).
type part struct {
	name        string
	fileName    string
	isFile      bool
	contentType string
	headers     [][2]string
	content     content
}

// fieldPart is a field that is not a file. Text needs no media type; what is written as JSON says so.
func fieldPart(name, contentType string, value node, asJSON bool) part {
	made := part{name: name, contentType: contentType}
	if asJSON || !value.isScalar() && value.kind != nullNode {
		made.content.bytes = []byte(value.json())
		if contentType == "" {
			made.contentType = "application/json"
		}
		return made
	}
	made.content.bytes = []byte(value.plain())
	return made
}

// fieldParts are those of any value: a scalar as text, a list as one part an element, an object as JSON.
func fieldParts(name, contentType string, value node) []part {
	asJSON := isJSONType(contentType)
	switch {
	case value.kind == nullNode:
		return nil
	case value.kind == listNode && !asJSON:
		var all []part
		for _, item := range value.items {
			all = append(all, fieldPart(name, contentType, item, false))
		}
		return all
	default:
		return []part{fieldPart(name, contentType, value, asJSON)}
	}
}

// filePart is a file. What the file says of itself comes before what the operation says of files.
func filePart(name, contentType string, file File) (part, error) {
	made := part{name: name, fileName: file.Name, isFile: true, contentType: "application/octet-stream"}
	if file.ContentType != "" {
		made.contentType = file.ContentType
	} else if contentType != "" {
		made.contentType = contentType
	}
	for _, key := range slices.Sorted(maps.Keys(file.Header)) {
		for _, value := range file.Header[key] {
			if !isToken(key) || !isHeaderValue(value) {
				return part{}, fmt.Errorf("a file cannot have the header %q", key)
			}
			made.headers = append(made.headers, [2]string{strings.ToLower(key), value})
		}
	}
	made.content = contentOf(file.Content, file.Size)
	return made, nil
}

func (p part) head(boundary string) string {
	head := "--" + boundary + "\r\nContent-Disposition: form-data; name=\"" + quoteName(p.name) + "\""
	if p.isFile {
		head += "; filename=\"" + quoteName(p.fileName) + "\""
	}
	if p.contentType != "" {
		// A line break would start a header of its own.
		head += "\r\nContent-Type: " + strings.NewReplacer("\r", "", "\n", "").Replace(p.contentType)
	}
	for _, header := range p.headers {
		head += "\r\n" + header[0] + ": " + header[1]
	}
	return head + "\r\n\r\n"
}

// quoteName quotes names as browsers do.
func quoteName(name string) string {
	return strings.NewReplacer(`"`, "%22", "\r", "%0D", "\n", "%0A").Replace(name)
}

// isJSONType tells whether a media type is JSON or made of it.
func isJSONType(mediaType string) bool {
	essence, _, _ := strings.Cut(mediaType, ";")
	essence = strings.ToLower(strings.TrimSpace(essence))
	return strings.HasSuffix(essence, "/json") || strings.HasSuffix(essence, "+json")
}

// encodeParts joins the parts. It gives the boundary and the body: bytes, or a stream where a part is one.
func encodeParts(parts []part) (string, content) {
	boundary := boundaryOf(parts)
	var readers []io.Reader
	var held bytes.Buffer
	size, isStream, isSized := int64(0), false, true
	for _, each := range parts {
		held.WriteString(each.head(boundary))
		if each.content.stream == nil {
			held.Write(each.content.bytes)
		} else {
			isStream, isSized = true, isSized && each.content.size >= 0
			size += each.content.size + int64(held.Len())
			readers = append(readers, bytes.NewReader(bytes.Clone(held.Bytes())), each.content.stream)
			held.Reset()
		}
		held.WriteString("\r\n")
	}
	held.WriteString("--" + boundary + "--\r\n")
	if !isStream {
		return boundary, content{bytes: held.Bytes()}
	}
	size += int64(held.Len())
	if !isSized {
		size = -1
	}
	return boundary, content{stream: io.MultiReader(append(readers, &held)...), size: size}
}

// boundaryOf is a boundary that occurs in no part. It is made from the content, so that equal forms are equal byte for
// byte; a stream cannot be looked through, so there it is one that nobody can foresee.
func boundaryOf(parts []part) string {
	isStream := func(each part) bool { return each.content.stream != nil }
	if slices.ContainsFunc(parts, isStream) {
		random := make([]byte, 16)
		_, _ = rand.Read(random)
		return "form-part-" + hex.EncodeToString(random)
	}
	state := uint64(0xcbf29ce484222325)
	for _, each := range parts {
		state = fold(state, []byte(each.name))
	}
	for _, each := range parts {
		state = fold(state, each.content.bytes)
	}
	for {
		boundary := fmt.Sprintf("form-part-%016x", state)
		occurs := func(each part) bool { return bytes.Contains(each.content.bytes, []byte(boundary)) }
		if !slices.ContainsFunc(parts, occurs) {
			return boundary
		}
		state = fold(state, []byte(boundary))
	}
}

// fold is FNV-1a: enough to spread boundaries; that they do not occur is checked, not hoped.
func fold(state uint64, data []byte) uint64 {
	for _, each := range data {
		state = (state ^ uint64(each)) * 0x100000001b3
	}
	return state
}
