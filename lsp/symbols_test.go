package lsp

import "testing"

func TestFuzzy(t *testing.T) {
	const address = "src/main/python/org/app/util:Util_lib"
	for query, want := range map[string]bool{
		"": true, "util": true, "UTIL": true, "app util": true, "util  app ": true, "apult": true, "//src/main": true,
		"src/main/python/org/app/util:Util_lib": true, "utilx": false, "app web": false, "bil": false,
	} {
		if got := fuzzy(query, address) > 0; got != want {
			t.Errorf("%q: %t, want %t", query, got, want)
		}
	}
	if fuzzy("Util", address) <= fuzzy("util", "src/main/python/org/app/util:Xtil_lib") {
		t.Error("the same case does not count")
	}
}
