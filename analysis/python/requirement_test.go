package python

import (
	"errors"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// describe writes a requirement with the parts as its spans have them, so that a wrong span shows.
func describe(src string, r Requirement) string {
	at := func(start, end int) string { return src[start:end] }
	parts := []string{at(r.NameSpan.Start, r.NameSpan.End)}
	for _, e := range r.Extras {
		parts = append(parts, "["+at(e.Span.Start, e.Span.End)+"]")
	}
	for _, c := range r.Clauses {
		operator, version := c.OperatorSpan, c.VersionSpan
		parts = append(parts, at(operator.Start, operator.End)+" "+at(version.Start, version.End))
	}
	if r.URL != "" {
		parts = append(parts, "@"+at(r.URLSpan.Start, r.URLSpan.End))
	}
	if r.Marker != "" {
		parts = append(parts, ";"+at(r.MarkerSpan.Start, r.MarkerSpan.End))
	}
	return strings.Join(parts, "|")
}

func TestParseRequirement(t *testing.T) {
	for _, test := range []struct{ in, want string }{
		{"a", "a"},
		{"a>=1", "a|>= 1"},
		{" Foo_bar.x == 1.0+lp1 ", "Foo_bar.x|== 1.0+lp1"},
		{"a[x, y_z] >=1,<2 , !=1.5.*", "a|[x]|[y_z]|>= 1|< 2|!= 1.5.*"},
		{"a[]", "a"},
		{"a (>=1, <2)", "a|>= 1|< 2"},
		{"a>=1,", "a|>= 1"},
		{"a~=1.4.2", "a|~= 1.4.2"},
		{"a===free,text", "a|=== free,text"},
		{"a==1!2.0.post1.dev3", "a|== 1!2.0.post1.dev3"},
		{"a==999!99999999999999999999", "a|== 999!99999999999999999999"},
		{`a; python_version < "3" and (os_name=='nt' or extra == "x")`,
			`a|;python_version < "3" and (os_name=='nt' or extra == "x")`},
		{`a>=1;'linux' not in sys_platform`, `a|>= 1|;'linux' not in sys_platform`},
		{"a[x] @ https://h/x.zip#sha256=00 ; os_name == 'nt'", "a|[x]|@https://h/x.zip#sha256=00|;os_name == 'nt'"},
	} {
		t.Run(test.in, func(t *testing.T) {
			r, err := ParseRequirement(test.in)
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(test.want, describe(test.in, r)); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestParseRequirementErrors(t *testing.T) {
	for _, test := range []struct{ in, at, want string }{
		{"", "", "a requirement begins with the name of a project"},
		{"-r x", "-r", "a requirement begins with the name of a project"},
		{"https://h/x", "://h/x", "a version such as `>=1.0`, a `;` or the end of the requirement is missing here"},
		{"a b>=1", "b>=1", "a version such as `>=1.0`, a `;` or the end of the requirement is missing here"},
		{"a=1", "=1", "`=` is no operator: a version is pinned by `==`"},
		{"a>=", "", "a version is missing after `>=`"},
		{"a>=1 <2", "<2", "the requirement should end here, or go on with a `;`"},
		{"a==1.0-custom", "1.0-custom", "`1.0-custom` is no version (PEP 440)"},
		{"a==1.*.2", "1.*.2", "`1.*.2` is no version (PEP 440)"},
		{"a==1.0rc1.*", "1.0rc1.*", "`1.0rc1.*` is no version (PEP 440)"},
		{"a>=1.*", "1.*", "`.*` is for `==` and `!=` only, not for `>=`"},
		{"a>=1+x", "1+x", "a local version such as `1+x` is for `==` and `!=` only, not for `>=`"},
		{"a~=1", "1", "`~=` needs a version of two numbers at least"},
		{"a (>=1", "", "a `)` is missing after the versions"},
		{"a[x", "", "a `,` or the closing `]` is missing after the extra"},
		{"a[x,]", "]", "the name of an extra is missing"},
		{"a @ ", "", "a URL is missing after the `@`"},
		{"a;", "", "the marker ends too early"},
		{"a; python == '3'", "python",
			"a marker compares variables such as `python_version` with strings: `python` is neither"},
		{"a; os_name 'nt'", "'nt'", "a comparison such as `==` or `in` is missing here"},
		{"a; os_name == 'nt", "'nt", "this string is never closed"},
		{"a; (os_name == 'nt'", "", "a `)` is missing in the marker"},
		{"a; os_name == 'nt')", ")", "this `)` closes nothing"},
		{"a; os_name == 'nt' os_name", "os_name", "`and`, `or` or the end of the marker is missing here"},
	} {
		t.Run(test.in, func(t *testing.T) {
			_, err := ParseRequirement(test.in)
			var e Error
			if !errors.As(err, &e) {
				t.Fatalf("got %v, want an Error", err)
			}
			if e.Message != test.want {
				t.Errorf("got  %s\nwant %s", e.Message, test.want)
			}
			if at := test.in[e.Span.Start:e.Span.End]; at != test.at {
				t.Errorf("at %q, want %q", at, test.at)
			}
		})
	}
}

func TestBadVersionLeavesTheRest(t *testing.T) {
	r, err := ParseRequirement("a==x,<2; os_name == 'nt'")
	if err == nil || len(r.Clauses) != 2 || r.Marker != "os_name == 'nt'" {
		t.Errorf("got %+v, %v", r, err)
	}
}

func TestNormalise(t *testing.T) {
	for in, want := range map[string]string{"Foo__b-_x.Y": "foo-b-x-y", "a": "a", "zope.interface": "zope-interface"} {
		if got := Normalise(in); got != want {
			t.Errorf("Normalise(%q) = %q, want %q", in, got, want)
		}
	}
}
