package lsp

import (
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"slices"

	"go.lsp.dev/protocol"

	"github.com/buildlint/buildlint/analysis/workspace"
)

// Dependents and dependencies are shown as a call hierarchy: a target "calls" what it depends on.

func (st *state) prepareCallHierarchy(_ context.Context, p *protocol.CallHierarchyPrepareParams) (
	[]protocol.CallHierarchyItem, error,
) {
	b, ok := st.buildFile(p.TextDocument.URI)
	if !ok {
		return nil, nil
	}
	e := b.elementAt(b.offset(p.Position))
	a := e.address
	if t := b.targetAt(b.offset(p.Position)); a.IsZero() && t != nil {
		a = t.Address()
	}
	item, ok := b.hierarchyItem(a)
	if !ok {
		return nil, nil
	}
	return []protocol.CallHierarchyItem{item}, nil
}

// hierarchyItem returns a target as an item. It reports whether there is such a target.
func (f *file) hierarchyItem(a workspace.Address) (protocol.CallHierarchyItem, bool) {
	t := f.project.targetNamed(a)
	if t == nil {
		return protocol.CallHierarchyItem{}, false
	}
	return f.targetItem(t)
}

// targetItem returns a target of a package that was read as an item. It reports whether the target has an address.
func (f *file) targetItem(t *workspace.Target) (protocol.CallHierarchyItem, bool) {
	a := t.Address()
	data, err := json.Marshal(a)
	if err != nil || a.IsZero() {
		return protocol.CallHierarchyItem{}, false
	}
	doc := f.documentOf(t.File)
	whole, name := t.Node().Span(), nameSpan(t)
	if !whole.Contains(name) {
		name = whole
	}
	return protocol.CallHierarchyItem{
		Name: a.Name, Kind: symbolKind(t.Kind), Detail: &a.Dir, URI: doc.uri, Data: data,
		Range: doc.rangeOf(whole.Start, whole.End), SelectionRange: doc.rangeOf(name.Start, name.End),
	}, true
}

// hierarchyTarget returns the file and the target of an item.
func (st *state) hierarchyTarget(item *protocol.CallHierarchyItem) (*file, workspace.Address, error) {
	var a workspace.Address
	if err := json.Unmarshal(item.Data, &a); err != nil {
		return nil, a, fmt.Errorf("an item that is not this server's: %w", err)
	}
	f, ok := st.file(item.URI)
	if !ok {
		return nil, a, errNotOpen(item.URI)
	}
	return f, a, nil
}

// incomingCalls returns the targets that use the one of an item.
func (st *state) incomingCalls(ctx context.Context, p *protocol.CallHierarchyIncomingCallsParams) (
	[]protocol.CallHierarchyIncomingCall, error,
) {
	f, a, err := st.hierarchyTarget(&p.Item)
	if err != nil {
		return nil, err
	}
	if f, err = f.whole(ctx); err != nil {
		return nil, err
	}
	var calls []protocol.CallHierarchyIncomingCall
	for _, dir := range f.project.users(a) {
		if ctx.Err() != nil {
			return nil, ctx.Err()
		}
		pkg, _ := f.project.snapshot.Package(dir) // what can be read is looked at
		if pkg == nil {
			continue
		}
		for _, t := range pkg.Targets {
			ranges := f.useRanges(t, a)
			if len(ranges) == 0 {
				continue
			}
			if from, ok := f.targetItem(t); ok {
				calls = append(calls, protocol.CallHierarchyIncomingCall{From: from, FromRanges: ranges})
			}
		}
	}
	return calls, nil
}

// useRanges returns the places in a target that name another.
func (f *file) useRanges(t *workspace.Target, a workspace.Address) []protocol.Range {
	var ranges []protocol.Range
	var doc *document
	for use := range usesOf(t) {
		if use.address != a {
			continue
		}
		if doc == nil {
			doc = f.documentOf(t.File)
		}
		s := content(use.value.Node())
		ranges = append(ranges, doc.rangeOf(s.Start, s.End))
	}
	return ranges
}

// outgoingCalls returns the targets that the one of an item uses.
func (st *state) outgoingCalls(_ context.Context, p *protocol.CallHierarchyOutgoingCallsParams) (
	[]protocol.CallHierarchyOutgoingCall, error,
) {
	f, a, err := st.hierarchyTarget(&p.Item)
	if err != nil {
		return nil, err
	}
	t := f.project.targetNamed(a)
	if t == nil {
		return nil, nil
	}
	var uses []workspace.Address
	for use := range usesOf(t) {
		uses = append(uses, use.address)
	}
	slices.SortFunc(uses, func(a, b workspace.Address) int {
		return cmp.Or(cmp.Compare(a.Dir, b.Dir), cmp.Compare(a.Name, b.Name))
	})
	var calls []protocol.CallHierarchyOutgoingCall
	var pkg *workspace.Package
	for _, to := range slices.Compact(uses) {
		if pkg == nil || pkg.Dir != to.Dir { // the uses are sorted
			pkg, _ = f.project.snapshot.Package(to.Dir) // what can be read is looked at
		}
		if pkg == nil || pkg.Named(to.Name) == nil {
			continue
		}
		if item, ok := f.targetItem(pkg.Named(to.Name)); ok {
			calls = append(calls, protocol.CallHierarchyOutgoingCall{To: item, FromRanges: f.useRanges(t, to)})
		}
	}
	return calls, nil
}
