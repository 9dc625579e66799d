package lsp

import (
	"fmt"
	"math/rand/v2"
	"reflect"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"go.lsp.dev/protocol"

	"github.com/buildlint/buildlint/lsp/fake"
)

// TestBurst sends edits as fast as it can. The server must apply them in order: in the end it finds what one finds that
// gets the text at once.
func TestBurst(t *testing.T) {
	for _, encoding := range []string{"utf-16", "utf-8"} {
		t.Run(encoding, func(t *testing.T) {
			caps := strings.Replace(fake.Full, `"positionEncodings": ["utf-16"]`, fmt.Sprintf(`"positionEncodings": [%q]`, encoding), 1)
			dir := t.TempDir()
			write(t, dir, "pants.ini", "")
			path := write(t, dir, "a/BUILD", "")
			e := startEditor(t, fake.Config{Capabilities: caps, Folders: []string{dir}})
			if got := e.Init.Capabilities.PositionEncoding; string(got) != encoding {
				t.Fatalf("position encoding %q, want %q", got, encoding)
			}
			must(t, e.OpenText(t.Context(), path, "# 𝒳é\r\nx = 1\n"))
			random := rand.New(rand.NewPCG(1, 2))
			inserts := []string{
				"", "a", "é", "𝒳", "\n", "\r\n", "'", "(", ")", "  x = ['é']\n",
				"\npython_library(name='é', dependencies=[':a', ':a', '𝒳:b' 'c'])\n",
			}
			for range 2000 {
				text := e.Text(path)
				start := boundary(text, random.IntN(len(text)+1))
				end := boundary(text, min(len(text), start+random.IntN(16)))
				must(t, e.Edit(t.Context(), path, start, end, inserts[random.IntN(len(inserts))]))
			}
			must(t, e.Edit(t.Context(), path, 0, 0, inserts[len(inserts)-1]))

			fresh := startEditor(t, fake.Config{Capabilities: caps, Folders: []string{dir}})
			must(t, fresh.OpenText(t.Context(), path, e.Text(path)))
			same := func() bool {
				got, _ := e.Diagnostics(path)
				want, _ := fresh.Diagnostics(path)
				if got == nil || want == nil || len(want.Diagnostics) == 0 {
					return false
				}
				return cmp.Equal(got.Diagnostics, want.Diagnostics, exported)
			}
			if !poll(same) {
				got, _ := e.Diagnostics(path)
				want, _ := fresh.Diagnostics(path)
				t.Errorf("(-fresh +edited):\n%s", cmp.Diff(want, got, exported))
			}
		})
	}
}

// exported makes go-cmp look at the unexported fields of protocol's optional values.
var exported = cmp.Exporter(func(reflect.Type) bool { return true })

// boundary moves offset back to where an editor's cursor can be: not within a character or a line end.
func boundary(text string, offset int) int {
	for offset > 0 && offset < len(text) && (text[offset]&0xC0 == 0x80 || text[offset-1] == '\r' && text[offset] == '\n') {
		offset--
	}
	return offset
}

func TestReplaced(t *testing.T) {
	at := func(l1, c1, l2, c2 uint32) *protocol.Range {
		return &protocol.Range{
			Start: protocol.Position{Line: l1, Character: c1}, End: protocol.Position{Line: l2, Character: c2},
		}
	}
	tests := []struct {
		name string
		r    *protocol.Range
		want string
	}{
		{"whole", nil, "!"},
		{"insert", at(0, 1, 0, 1), "a!b\ncd"},
		{"backwards", at(1, 1, 0, 1), "a!d"},
		{"column beyond the end of its line", at(0, 99, 0, 99), "ab!\ncd"},
		{"line beyond the end", at(99, 0, 99, 5), "ab\ncd!"},
		{"end beyond the end", at(0, 0, 99, 5), "!"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			d := newDocument(uriOf("/x"), []byte("ab\ncd"), protocol.PositionEncodingKindUTF16)
			if got := string(d.replaced(test.r, "!")); got != test.want {
				t.Errorf("got %q, want %q", got, test.want)
			}
		})
	}
}
