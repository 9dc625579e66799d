package lsp

import (
	"fmt"
	"hash/fnv"
	"path/filepath"
	"strings"

	"go.lsp.dev/protocol"
	"go.lsp.dev/uri"

	"github.com/buildlint/buildlint/internal/position"
)

// An overlay is a document as the editor has it. It is immutable.
type overlay struct {
	*document

	version  int32
	language protocol.LanguageKind
}

// A document is the text of a file, whose positions are those of the session's encoding. It is immutable.
type document struct {
	uri      uri.URI
	path     string // absolute
	text     []byte
	mapper   *position.Mapper
	encoding protocol.PositionEncodingKind
}

func newDocument(u uri.URI, text []byte, encoding protocol.PositionEncodingKind) *document {
	return &document{uri: u, path: pathOf(u), text: text, mapper: position.NewMapper(text), encoding: encoding}
}

// offset returns the byte at p. A line beyond the end means the end.
func (d *document) offset(p protocol.Position) int {
	offset, err := 0, error(nil)
	if d.encoding == protocol.PositionEncodingKindUTF8 {
		offset, err = d.mapper.OffsetUTF8(p.Line, p.Character)
	} else {
		offset, err = d.mapper.OffsetUTF16(p.Line, p.Character)
	}
	if err != nil {
		return len(d.text)
	}
	return offset
}

func (d *document) position(offset int) protocol.Position {
	var p protocol.Position
	if d.encoding == protocol.PositionEncodingKindUTF8 {
		p.Line, p.Character = d.mapper.UTF8(offset)
	} else {
		p.Line, p.Character = d.mapper.UTF16(offset)
	}
	return p
}

func (d *document) rangeOf(start, end int) protocol.Range {
	return protocol.Range{Start: d.position(start), End: d.position(end)}
}

// A contentChange is a change of a document: of the range, or of the whole where there is none. protocol's own type
// takes a change with a malformed range for one of the whole.
type contentChange struct {
	Range *protocol.Range `json:"range"`
	Text  *string         `json:"text"`
}

type didChangeParams struct {
	TextDocument struct {
		URI     uri.URI `json:"uri"`
		Version int32   `json:"version"`
	} `json:"textDocument"`
	ContentChanges []contentChange `json:"contentChanges"`
}

// edit returns the overlay after the changes, which apply one after the other.
func (o *overlay) edit(version int32, changes []contentChange) (*overlay, error) {
	doc := o.document
	for i, c := range changes {
		if c.Text == nil {
			return nil, fmt.Errorf("change %d of %s has no text", i, o.uri)
		}
		doc = newDocument(doc.uri, doc.replaced(c.Range, *c.Text), doc.encoding)
	}
	return &overlay{document: doc, version: version, language: o.language}, nil
}

// replaced returns the text with text in place of r. A range that ends before it starts is taken the other way round,
// as vscode-languageserver does.
func (d *document) replaced(r *protocol.Range, text string) []byte {
	if r == nil {
		return []byte(text)
	}
	start, end := d.offset(r.Start), d.offset(r.End)
	if start > end {
		start, end = end, start
	}
	next := make([]byte, 0, len(d.text)-(end-start)+len(text))
	next = append(next, d.text[:start]...)
	next = append(next, text...)
	return append(next, d.text[end:]...)
}

// uriOf returns the URI of an absolute path.
func uriOf(path string) uri.URI { return uri.File(path) }

// pathOf returns the absolute path of a file, "" if u is none.
func pathOf(u uri.URI) string {
	if !u.IsFile() {
		return ""
	}
	return filepath.Clean(u.FsPath())
}

// within returns path relative to root with slashes. It reports whether path is root or below.
func within(root, path string) (rel string, ok bool) {
	if path == root {
		return ".", true
	}
	prefix := strings.TrimSuffix(root, string(filepath.Separator)) + string(filepath.Separator)
	if !strings.HasPrefix(path, prefix) {
		return "", false
	}
	return filepath.ToSlash(path[len(prefix):]), true
}

// sum returns a sum of the text.
func (d *document) sum() uint64 {
	h := fnv.New64a()
	_, _ = h.Write(d.text) // never fails
	return h.Sum64()
}
