package config

import "testing"

func TestPattern(t *testing.T) {
	for _, test := range []struct {
		text, dir, name string
		want            bool
	}{
		{"third_party/**", "", "third_party", true},
		{"third_party/**", "", "third_party/x/BUILD", true},
		{"third_party/**", "", "third_party2/x", false},
		{"third_party/**", "", "x/third_party/y", false},
		{"third_party", "", "x/third_party/y", true},
		{"third_party/", "", "x/third_party/y", true},
		{"/third_party", "", "x/third_party/y", false},
		{"./third_party", "", "third_party/y", true},
		{"a//b", "", "a/b/c", true},
		{"a/*/c", "", "a/b/c", true},
		{"a/*/c", "", "a/b/c/d", true},
		{"a/*/c", "", "a/c", false},
		{"a/**/c", "", "a/c", true},
		{"a/**/c", "", "a/x/y/c/z", true},
		{"a/{b,c}", "", "a/c/x", true},
		{"a/b*", "", "a/bc", true},
		{"a/b*", "", "ab/bc", false},
		{"*.py", "", "a/b.py", true},
		{"**/BUILD", "", "BUILD", true},
		{"BUILD", "", "BUILD", true},
		{"BUILD", "", "a/BUILD.x", false},
		{"**", "", "", true},
		{".", "", "", true},
		{".", "", "a", true},
		{"/", "", "a", true},
		{"a", "", "", false},
		{"b", "a", "a/c/b/d", true},
		{"b", "a", "b", false},
		{"b/c", "a", "a/b/c", true},
		{"/b", "a", "a/b", true},
		{"/b", "a", "b", false},
		{".", "a", "a", true},
		{".", "a", "b", false},
		{"b", "a[1]*", "a[1]*/b", true},
		{"b", "a[1]*", "a1x/b", false},
		{`\*`, "", "*", true},
		{`\*`, "", "x", false},
	} {
		p, err := newPattern(test.text, test.dir)
		if err != nil {
			t.Errorf("%q: %v", test.text, err)
			continue
		}
		if got := p.match(test.name); got != test.want {
			t.Errorf("%q in %q (%s, %s) matches %q: %t", test.text, test.dir, p.glob, p.base, test.name, got)
		}
	}
}
