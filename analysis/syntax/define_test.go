package syntax

import (
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestLoaded(t *testing.T) {
	const src = `load("//a:b.bzl", "x", y = "z")`
	f := Parse([]byte(src))
	var got []Loaded
	for l := range f.Stmts[0].Loaded() {
		if text := l.Place.Text(f.Src); text != l.From {
			t.Errorf("the place of %s holds %q", l.From, text)
		}
		l.Place = Span{}
		got = append(got, l)
	}
	if diff := cmp.Diff([]Loaded{{Name: "x", From: "x"}, {Name: "y", From: "z"}}, got); diff != "" {
		t.Error(diff)
	}
}

func TestParams(t *testing.T) {
	for _, tt := range []struct {
		src  string
		want [][3]string // name, star, default
	}{
		{"def f(): pass", nil},
		{"def f(name, srcs = [], *args, deps = None, **kwargs): pass",
			[][3]string{{"name", "", ""}, {"srcs", "", "[]"}, {"args", "*", ""}, {"deps", "", "None"}, {"kwargs", "**", ""}}},
		{"def f(name:str, *, test_only:bool=False): pass", [][3]string{{"name", "", ""}, {"test_only", "", "False"}}},
		{"def f(labels:list&features&tags=[]): pass", [][3]string{{"labels", "", "[]"}}},
		{"def f(srcs:list|dict=None): pass", [][3]string{{"srcs", "", "None"}}},
		{"f(1)", nil},
	} {
		var got [][3]string
		for p := range Parse([]byte(tt.src + "\n")).Stmts[0].Params() {
			got = append(got, [3]string{p.Name, p.Star, p.Default.Text()})
		}
		if diff := cmp.Diff(tt.want, got); diff != "" {
			t.Errorf("%s: %s", tt.src, diff)
		}
	}
}
