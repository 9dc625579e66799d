package cli

import (
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestMarkdown(t *testing.T) {
	e := &explanation{width: 24}
	e.markdown(`
A paragraph of two
lines that is wrapped anew.

## Heading

- one item that is longer than a line
- another
  one

` + "```" + `
code    as it

is
` + "```" + `

A-word-that-is-longer-than-the-line and more.
`)
	want := `A paragraph of two lines
that is wrapped anew.

Heading

- one item that is
  longer than a line
- another one

  code    as it
  
  is

A-word-that-is-longer-than-the-line
and more.
`
	if diff := cmp.Diff(want, e.String()); diff != "" {
		t.Errorf("(-want +got)\n%s", diff)
	}
}
