package syntax

import (
	"testing"

	"github.com/google/go-cmp/cmp"
)

// TestLeadingImports compares what is read at once with what is read statement by statement.
func TestLeadingImports(t *testing.T) {
	for _, src := range []string{
		"import os\n\nfoo(name = 'a')\n",
		"# a\n\nimport os, sys as s  # b\n# c\nfrom a.b import (c as d,\n  e)\nx = not a == b\nfoo()\n",
		"\xef\xbb\xbfimport os\r\nfrom . import \\\r\n  a\r\nfoo()\r\n",
		"import os",
		"'doc'\nimport os\nfoo()\n",
	} {
		once := newFile([]byte(src))
		base := 0
		if src[0] == bom[0] {
			base = len(bom)
		}
		once.parsePlain(base)
		each := newFile([]byte(src))
		each.parseGroups()
		if src[0] != '\'' && len(once.Stmts) == 0 {
			t.Errorf("%q is not read at once", src)
		}
		if len(once.Stmts) > 0 {
			if diff := cmp.Diff(dump(each.Stmts), dump(once.Stmts)); diff != "" {
				t.Errorf("%q: statement by statement (-), at once (+):\n%s", src, diff)
			}
		}
	}
}
