package report

import (
	"bytes"
	"go/ast"
	"go/parser"
	"go/token"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"github.com/santhosh-tekuri/jsonschema/v6"

	"github.com/buildlint/buildlint/analysis"
)

func TestSARIFSchema(t *testing.T) {
	schema := sarifSchema(t)
	w, result := example()
	for name, out := range map[string][]byte{
		"findings": render(t, result, exampleOptions("sarif", w)),
		"nothing":  render(t, &analysis.Result{}, Options{Format: "sarif"}),
	} {
		log, err := jsonschema.UnmarshalJSON(bytes.NewReader(out))
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		if err := schema.Validate(log); err != nil {
			t.Errorf("%s: %#v", name, err)
		}
	}
}

func TestSARIFSchemaRefuses(t *testing.T) {
	bad := map[string]any{"version": "2.1.0", "runs": []any{map[string]any{"results": []any{}}}}
	if sarifSchema(t).Validate(bad) == nil {
		t.Error("the schema accepts a run without a tool")
	}
}

// sarifSchema returns the schema of the standard, which the library that writes the format holds in a constant of its
// own.
func sarifSchema(t *testing.T) *jsonschema.Schema {
	t.Helper()
	const library = "github.com/owenrumney/go-sarif/v3/pkg/report/v210/sarif"
	dir, err := exec.Command("go", "list", "-f", "{{.Dir}}", library).Output()
	if err != nil {
		t.Fatalf("finding the library: %v", err)
	}
	path := filepath.Join(strings.TrimSpace(string(dir)), "schema.go")
	file, err := parser.ParseFile(token.NewFileSet(), path, nil, 0)
	if err != nil {
		t.Fatal(err)
	}
	document, err := jsonschema.UnmarshalJSON(strings.NewReader(constant(t, file, "schema")))
	if err != nil {
		t.Fatal(err)
	}
	c := jsonschema.NewCompiler()
	c.AssertFormat()
	if err := c.AddResource("sarif.json", document); err != nil {
		t.Fatal(err)
	}
	schema, err := c.Compile("sarif.json")
	if err != nil {
		t.Fatal(err)
	}
	return schema
}

// constant returns the value of a string constant of a file.
func constant(t *testing.T, file *ast.File, name string) string {
	t.Helper()
	object := file.Scope.Lookup(name)
	if object == nil {
		t.Fatalf("there is no constant %s", name)
	}
	literal := object.Decl.(*ast.ValueSpec).Values[0].(*ast.BasicLit)
	value, err := strconv.Unquote(literal.Value)
	if err != nil {
		t.Fatal(err)
	}
	return value
}

func TestDirectoryURI(t *testing.T) {
	for dir, want := range map[string]string{
		"/":            "file:///",
		"/a b/ü":       "file:///a%20b/%C3%BC/",
		"/a/":          "file:///a/",
		"C:/Users/x#y": "file:///C:/Users/x%23y/",
	} {
		if got := directoryURI(dir); got != want {
			t.Errorf("directoryURI(%q) = %q, want %q", dir, got, want)
		}
	}
}

func TestArtifactURI(t *testing.T) {
	for path, want := range map[string]string{
		"a/BUILD":     "a/BUILD",
		"a:b/BUILD":   "./a:b/BUILD", // not a scheme
		"a b%/#?/x":   "a%20b%25/%23%3F/x",
		"\xff/\n":     "%FF/%0A",
		"größe/BUILD": "gr%C3%B6%C3%9Fe/BUILD",
	} {
		if got := *artifact(path).URI; got != want {
			t.Errorf("artifact(%q) is at %q, want %q", path, got, want)
		}
	}
}
