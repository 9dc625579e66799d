package lsp

import (
	"maps"
	"slices"
	"testing"

	"go.lsp.dev/protocol"
	"go.lsp.dev/uri"

	"github.com/buildlint/buildlint/analysis/dialect"
	"github.com/buildlint/buildlint/analysis/workspace"
)

// broken returns a dialect whose kind "boom" makes the model panic.
func broken() *dialect.Dialect {
	d := *dialect.Pants1()
	d.Kinds = maps.Clone(d.Kinds)
	d.Kinds["boom"] = &dialect.Kind{Name: "boom", Fields: []*dialect.Field{nil}}
	return &d
}

// A package that makes the model panic costs its own findings: not the index, not those of others, not an edit.
func TestPanicInModel(t *testing.T) {
	dir := t.TempDir()
	write(t, dir, "pants.ini", "")
	write(t, dir, "a/BUILD", "boom(name='a')\n")
	b := write(t, dir, "b/BUILD", twice)
	client := newClient(nil, &protocol.InitializeParams{}, testLog(t))
	s := newSession(client, testLog(t))
	s.setFolders([]protocol.WorkspaceFolder{{URI: uri.File(dir)}}, nil)
	s.update(nil, func(next *state) {
		p := *next.projects[0]
		p.snapshot = p.snapshot.WithOptions(&workspace.Options{Dialect: broken()})
		p.indexing = newIndexing(p.snapshot)
		next.projects = []*project{&p}
	})
	open := func(version int32, text string) {
		t.Helper()
		doc := newDocument(uri.File(b), []byte(text), protocol.PositionEncodingKindUTF16)
		s.didModifyFiles([]fileChange{{path: b, action: edited, open: &overlay{document: doc, version: version}}})
		if o := s.current().overlays[b]; o == nil || string(o.text) != text {
			t.Fatalf("an edit was lost: %v", o)
		}
	}
	found := func() (all []string) {
		t.Helper()
		p := s.current().projects[0]
		must(t, p.checkAll(t.Context(), func(r *result) { all = append(all, r.files()...) }))
		return all
	}
	indexFirst(t, s)
	if got := found(); !slices.Equal(got, []string{"b/BUILD"}) {
		t.Errorf("found in %v", got)
	}
	open(1, "boom(name='b')\n")
	if got := found(); got != nil {
		t.Errorf("found in %v", got)
	}
	open(2, twice)
	if got := found(); !slices.Equal(got, []string{"b/BUILD"}) {
		t.Errorf("found in %v", got)
	}
	if told := len(client.queue); told == 0 {
		t.Error("the user was not told")
	}
}
