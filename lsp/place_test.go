package lsp

import (
	"strings"
	"testing"
)

// A ¦ is the cursor.
func TestPlaceAt(t *testing.T) {
	tests := []struct {
		src, word, arg string
		noWord         bool
	}{
		{src: "f(# see a.¦\n", noWord: true},
		{src: "# see¦", noWord: true},
		{src: "# see\n¦"},
		{src: "f(a = 1¦)", arg: "a", noWord: true},
		{src: "f(a = 'x¦y')", word: "xy", arg: "a"},
		{src: "f(a = ['x¦, 'y'])", word: "x", arg: "a"},
		{src: "f(a = 'x'\n  b¦)", word: "b"},
		{src: "f(a = [1] b¦)", word: "b"},
		{src: "f(a = 'x' if b¦)", word: "b", arg: "a"},
		{src: "f(a = 'x' 'y¦')", word: "y", arg: "a"},
		{src: "f(a = b¦)", word: "b", arg: "a"},
	}
	for _, test := range tests {
		before, after, _ := strings.Cut(test.src, "¦")
		p := placeAt([]byte(before+after), len(before))
		arg := ""
		if call, _ := p.call(); call != nil {
			arg = call.arg
		}
		word := p.word.Text([]byte(before + after))
		if word != test.word && !test.noWord || arg != test.arg || p.noWord != test.noWord {
			t.Errorf("%s: word %q, argument %q, no word %t", test.src, word, arg, p.noWord)
		}
	}
}
