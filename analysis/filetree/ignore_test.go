package filetree

import "testing"

func TestIgnoreRules(t *testing.T) {
	rules := ParseIgnoreRules([]byte(".*/\n!.github/\n/dist/\n__pycache__\n*.log\nsrc/go/**\nlib/BUILD*"))
	for name, want := range map[string]bool{
		"": false, "src": false, ".venv": true, ".venv/x/BUILD": true, ".github/BUILD": false, "a/.venv/BUILD": true,
		"dist": true, "dist/x": true, "a/dist": false, "a/__pycache__/x": true, "a/x.log": true,
		"src/go": false, "src/go/BUILD": true, "src/go/a/b": true, "lib/BUILD": true, "lib/x": false,
	} {
		if got := rules.Matches(name); got != want {
			t.Errorf("Matches(%q) = %v", name, got)
		}
	}
	if (IgnoreRules{}).Matches("x") {
		t.Error("no rules name nothing")
	}
}
