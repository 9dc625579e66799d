package filetree

import "testing"

// TestRules has what random rules seldom meet; all of it is as git does it.
func TestRules(t *testing.T) {
	for _, tt := range []struct {
		lines, name string
		dir         bool
		want        verdict
	}{
		{"a", "b/a", false, ignored},
		{"/a", "b/a", false, silent},
		{"a/", "a", false, silent},
		{"a/", "a", true, ignored},
		{"a\n!a", "a", false, included},
		{"!a\na", "a", false, ignored},
		{"\xef\xbb\xbfa", "a", false, ignored}, // a byte order mark
		{"a\r\nb\r\n", "a", false, ignored},
		{"a  \n", "a", false, ignored},
		{"a\\  \n", "a ", false, ignored},
		{"#a", "#a", false, silent},
		{"\\#a", "#a", false, ignored},
		{"\\!a", "!a", false, ignored},
		{"a/**", "a", true, silent},
		{"a/**", "a/b/c", false, ignored},
		{"**/a", "a", false, ignored},
		{"a/**/b", "a/b", false, ignored},
		{"a/**/b", "a/c/d/b", false, ignored},
		{"a/*", "a/b/c", false, silent},
		{"a**/b", "ac/b", false, ignored},
		{"a**/b", "ab", false, ignored}, // git takes the ** for one that follows a slash
		{"b***/*", "b", false, ignored},
		{"b*/*", "b", false, silent},
		{"[z-a]", "z", false, ignored},
		{"[z-a]", "a", false, silent},
		{"[a", "[a", false, silent},
		{"[[:digit:]-]", "-", false, ignored},
		{"x[/a]", "x/", false, silent},
		{"a\\", "a", false, silent},
		{"é?", "é\xa9", false, ignored},
	} {
		if got := parseRules([]byte(tt.lines)).match(tt.name, tt.dir); got != tt.want {
			t.Errorf("%q, %q: got %v, want %v", tt.lines, tt.name, got, tt.want)
		}
	}
}
