package omise

import (
	"bytes"
	"fmt"
	"io"
	"net/http"
	"strings"
)

// File is a file to send in a form.
type File struct {
	// Name is what the file is called.
	Name string

	// ContentType is its media type, image/png say; application/octet-stream where the API says nothing else.
	ContentType string

	// Header is what else its part of the form says of it.
	Header http.Header

	// Content is what is in it. A [bytes.Reader], a [bytes.Buffer] and a [strings.Reader] may be sent again after a failure.
	// Any other reader is read once, as it is sent, and a call with it is never sent again.
	Content io.Reader

	// Size is how many bytes Content has, where that cannot be told from it. A body whose size nobody knows goes in chunks,
	// which some servers refuse.
	Size int64
}

// FileBytes is a file of that name.
func FileBytes(name string, content []byte) File {
	return File{Name: name, Content: bytes.NewReader(content)}
}

// Format shows the name of the file and nothing of what is in it.
func (f File) Format(state fmt.State, _ rune) {
	fmt.Fprintf(state, "File(%q)", f.Name)
}

// content is what is sent: bytes, or a stream of them that can be read once.
type content struct {
	bytes  []byte
	stream io.Reader
	// size of a stream; negative where nobody knows.
	size int64
}

// contentOf takes what a reader holds in memory, so that it can be sent again; any other reader is a stream.
func contentOf(reader io.Reader, size int64) content {
	switch held := reader.(type) {
	case nil:
		return content{}
	case *bytes.Buffer:
		return content{bytes: bytes.Clone(held.Bytes())}
	case *bytes.Reader:
		rest := make([]byte, held.Len())
		_, _ = held.ReadAt(rest, held.Size()-int64(held.Len()))
		return content{bytes: rest}
	case *strings.Reader:
		rest := make([]byte, held.Len())
		_, _ = held.ReadAt(rest, held.Size()-int64(held.Len()))
		return content{bytes: rest}
	default:
		if size <= 0 {
			size = -1
		}
		return content{stream: reader, size: size}
	}
}
