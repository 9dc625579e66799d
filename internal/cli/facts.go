package cli

import (
	"reflect"
	"slices"

	"github.com/buildlint/buildlint/analysis/syntax"
	"github.com/buildlint/buildlint/analysis/workspace"
)

// sameFacts reports whether two states of a package are the same to other packages. Nil is of none.
func sameFacts(a, b *workspace.Facts) bool {
	if a == nil || b == nil {
		return a == b
	}
	return reflect.DeepEqual(placeless(a), placeless(b))
}

// placeless returns facts without what tells but where something stands.
func placeless(f *workspace.Facts) *workspace.Facts {
	out := *f
	out.Files = slices.Clone(f.Files)
	for i := range out.Files {
		out.Files[i].Hash = 0
	}
	out.Targets = slices.Clone(f.Targets)
	for i := range out.Targets {
		t := &out.Targets[i]
		t.Head, t.NameSpan, t.SourcesSpan = syntax.Span{}, syntax.Span{}, syntax.Span{}
		t.Edges = slices.Clone(t.Edges)
		for j := range t.Edges {
			t.Edges[j].Span = syntax.Span{}
		}
	}
	return &out
}
