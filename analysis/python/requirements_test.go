package python

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// describeLines writes a line of text for each line that holds something, from its spans.
func describeLines(src string, lines []Line) string {
	var b strings.Builder
	for _, l := range lines {
		if l.Requirement != nil {
			fmt.Fprintf(&b, "requirement %s\n", describe(src, *l.Requirement))
		}
		for _, o := range l.Options {
			fmt.Fprintf(&b, "option %s=%q %s\n", o.Name, o.Value, src[o.Span.Start:o.Span.End])
		}
		if l.Comment.Len() > 0 {
			fmt.Fprintf(&b, "comment %s\n", src[l.Comment.Start:l.Comment.End])
		}
		for _, e := range l.Errors {
			fmt.Fprintf(&b, "error %q %s\n", src[e.Span.Start:e.Span.End], e.Message)
		}
	}
	return b.String()
}

func TestParseRequirements(t *testing.T) {
	for _, test := range []struct{ name, in, want string }{
		{"plain", "a>=1\nB==2 # why\n\n# note\n  c\n",
			"requirement a|>= 1\nrequirement B|== 2\ncomment # why\ncomment # note\nrequirement c\n"},
		{"line ends and byte order mark", "\ufeffa\r\nb\rc==1", "requirement a\nrequirement b\nrequirement c|== 1\n"},
		{"hash in a URL", "a @ https://h/x#egg=a", "requirement a|@https://h/x#egg=a\n"},
		{"hashes", "a==1 \\\n    --hash=sha256:aa \\\n    --hash sha256:bb\n",
			"requirement a|== 1\noption --hash=\"sha256:aa\" --hash=sha256:aa\n" +
				"option --hash=\"sha256:bb\" --hash sha256:bb\n"},
		{"a comment ends a continuation", "a \\\n# x \\\nb\n", "requirement a\ncomment # x \\\nrequirement b\n"},
		{"a comment with a backslash behind a requirement goes on",
			"a # x \\\nb\n", "requirement a\ncomment # x \\\nb\n"},
		{"includes", "-r other.txt\n--constraint=c.txt\n-rx.txt\n-r 'a b.txt'\n",
			"option --requirement=\"other.txt\" -r other.txt\noption --constraint=\"c.txt\" --constraint=c.txt\n" +
				"option --requirement=\"x.txt\" -rx.txt\noption --requirement=\"a b.txt\" -r 'a b.txt'\n"},
		{"editable", "-e git+https://h/x.git@v1#egg=foo_x&subdirectory=y\n-e .\n",
			"requirement foo_x|@git+https://h/x.git@v1#egg=foo_x&subdirectory=y\n" +
				"option --editable=\"git+https://h/x.git@v1#egg=foo_x&subdirectory=y\" " +
				"-e git+https://h/x.git@v1#egg=foo_x&subdirectory=y\n" +
				"requirement |@.\noption --editable=\".\" -e .\n"},
		{"direct", "git+ssh://h/x#egg=Foo ; os_name == 'nt'\n./local\nhttps://h/foo_bar-1.0-py3-none-any.whl\n",
			"requirement Foo|@git+ssh://h/x#egg=Foo|;os_name == 'nt'\nrequirement |@./local\n" +
				"requirement foo_bar|@https://h/foo_bar-1.0-py3-none-any.whl\n"},
		{"errors", "a==x\n--hash=a\nb -r c\n--nope\n-r\n--pre x\n",
			"requirement a|== x\nerror \"x\" `x` is no version (PEP 440)\n" +
				"option --hash=\"a\" --hash=a\n" +
				"error \"--hash\" `--hash` belongs behind a requirement, on its line\n" +
				"requirement b\noption --requirement=\"c\" -r c\n" +
				"error \"-r\" `-r` needs a line of its own: pip ignores it behind a requirement\n" +
				"option --nope=\"\" --nope\n" +
				"error \"--nope\" pip knows no option `--nope` in a requirements file\n" +
				"option --requirement=\"\" -r\nerror \"-r\" `--requirement` needs a value\n" +
				"option --pre=\"\" --pre\nerror \"x\" this belongs to no option: pip ignores it\n"},
	} {
		t.Run(test.name, func(t *testing.T) {
			got := describeLines(test.in, ParseRequirements([]byte(test.in)))
			if diff := cmp.Diff(test.want, got); diff != "" {
				t.Error(diff)
			}
		})
	}
}

// A part that a continuation splits is joined in its text, and its span goes from its first byte to its last.
func TestContinuationWithinAVersion(t *testing.T) {
	src := "foo>=1.\\\n2\n"
	c := ParseRequirements([]byte(src))[0].Requirement.Clauses[0]
	if c.Version != "1.2" || src[c.VersionSpan.Start:c.VersionSpan.End] != "1.\\\n2" {
		t.Errorf("got %q at %q", c.Version, src[c.VersionSpan.Start:c.VersionSpan.End])
	}
}

func TestPantsV1Targets(t *testing.T) {
	src := "# note\n-r other.txt\n-e ./x\nFoo_bar.x==1\n\n./local\na--b\nc @ https://h/c ; os_name == 'nt'\n"
	var got []string
	for _, n := range PantsV1Targets(ParseRequirements([]byte(src))) {
		got = append(got, n.Name+" of "+src[n.Span.Start:n.Span.End])
	}
	want := []string{"Foo-bar.x of Foo_bar.x", "a-b of a--b", "c of c"}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}
