package syntax

import "testing"

// Python takes a name alone before the = of an argument.
func TestKeywordIsAName(t *testing.T) {
	for _, src := range []string{"f('e' = x)", "f(a.b = x)", "f(# c\nr'e' r'e' =x )"} {
		if errs := Parse([]byte(src)).Errors; len(errs) != 1 {
			t.Errorf("%q has the errors %v, want one", src, errs)
		}
	}
	if errs := Parse([]byte("f(e = x, g(h = y))")).Errors; len(errs) != 1 { // the positional argument behind it
		t.Errorf("got %v, want one error", errs)
	}
}
