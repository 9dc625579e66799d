package config_test

import (
	"bytes"
	"testing"

	"github.com/pelletier/go-toml/v2"
	"github.com/santhosh-tekuri/jsonschema/v6"
	"golang.org/x/tools/txtar"

	"github.com/buildlint/buildlint/internal/config"
)

func schema(t *testing.T) *jsonschema.Schema {
	t.Helper()
	text, err := config.Schema(catalogue())
	if err != nil {
		t.Fatal(err)
	}
	document, err := jsonschema.UnmarshalJSON(bytes.NewReader(text))
	if err != nil {
		t.Fatal(err)
	}
	compiler := jsonschema.NewCompiler()
	compiler.DefaultDraft(jsonschema.Draft2020)
	if err := compiler.AddResource("buildlint.json", document); err != nil {
		t.Fatal(err)
	}
	compiled, err := compiler.Compile("buildlint.json")
	if err != nil {
		t.Fatal(err)
	}
	return compiled
}

// TestSchema holds that the schema and Load agree on samples.
func TestSchema(t *testing.T) {
	compiled := schema(t)
	for _, test := range []struct {
		text string
		ok   bool
	}{
		{``, true},
		{`dialect = "pants1"`, true},
		{`dialect = "pants3"`, false},
		{`dialect = 1`, false},
		{`extends = ["aurora", "style"]`, true},
		{`extends = []`, true},
		{`extends = ["nothing"]`, false},
		{`extends = "aurora"`, false},
		{`source-roots = ["src/main/python", "."]`, true},
		{`source-roots = ["/src"]`, false},
		{`source-roots = ["src/*"]`, false},
		{`source-roots = [""]`, false},
		{`test-roots = [1]`, false},
		{`exclude = ["third_party/**", "/x"]`, true},
		{`exclude = ["!x"]`, false},
		{`exclude = [""]`, false},
		{`unknown = 1`, false},
		{`rules.library-sources = "off"`, true},
		{`rules.library-sources = "loud"`, false},
		{`rules.library-sources = false`, false},
		{`rules.library-sources = {}`, false},
		{`rules.library-sources = { severity = "off" }`, true},
		{`rules.library-sources = { depth = 3 }`, false},
		{`rules.unknown = "off"`, false},
		{`rules.package-layout = { severity = "error", depth = 0, exempt-kinds = [] }`, true},
		{`rules.package-layout.depth = -1`, false},
		{`rules.package-layout.depth = 1.5`, false},
		{`rules.package-layout.exempt-kinds = ["a", 1]`, false},
		{`rules.list-style = { form = "flat", strict = true, ratio = 1, aliases = { a = "b" }, offset = -3 }`, true},
		{`rules.list-style.form = "round"`, false},
		{`rules.list-style.strict = 1`, false},
		{`rules.list-style.ratio = "1"`, false},
		{`rules.list-style.aliases = { a = 1 }`, false},
		{`kinds.my_library = "python_library"`, true},
		{`kinds.my_library = "python_libary"`, false},
		{`overrides = [{ paths = ["x"], rules = { library-sources = "off" } }]`, true},
		{`overrides = [{ paths = ["x"] }]`, false},
		{`overrides = [{ paths = [], rules = {} }]`, false},
		{`overrides = [{ paths = ["x"], rules = {}, exclude = [] }]`, false},
	} {
		var value map[string]any
		if err := toml.Unmarshal([]byte(test.text), &value); err != nil {
			t.Fatal(err)
		}
		if err := compiled.Validate(value); (err == nil) != test.ok {
			t.Errorf("%s: the schema says: %v", test.text, err)
		}
		in, _ := input(&txtar.Archive{Files: []txtar.File{{Name: config.FileName, Data: []byte(test.text)}}})
		if _, err := config.Load(in); (err == nil) != test.ok {
			t.Errorf("%s: Load says: %v", test.text, err)
		}
	}
}
