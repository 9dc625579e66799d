// Package baseline keeps the findings that a repository has put on record, so that a run tells of new ones only.
package baseline

import (
	"cmp"
	"slices"

	"github.com/buildlint/buildlint/analysis"
)

// FileName is the name of the baseline at the root of a workspace.
const FileName = ".buildlint-baseline.json"

// An Entry is a finding on record, or several that are the same to a person: see [Fingerprint].
type Entry struct {
	Rule   string   `json:"rule"`
	Path   string   `json:"path"`             // of the file, relative to the root, with slashes
	Target string   `json:"target,omitempty"` // address
	About  []string `json:"about,omitempty"`  // what the message names, sorted
	Count  int      `json:"count"`            // from 1
}

// A Baseline is a set of findings on record. It is immutable.
type Baseline struct {
	entries []Entry // each key once, by compare
}

// Entries returns the entries in the order of the file.
func (b *Baseline) Entries() []Entry { return slices.Clone(b.entries) }

// Create returns the baseline that holds the given findings.
func Create(diagnostics []analysis.Diagnostic) *Baseline {
	entries := make([]Entry, len(diagnostics))
	for i, d := range diagnostics {
		entries[i] = entryOf(d)
	}
	return merge(entries)
}

// merge adds up the entries that are the same. The first by order gives the path.
func merge(entries []Entry) *Baseline {
	slices.SortFunc(entries, compare)
	index := map[string]int{}
	b := &Baseline{}
	for _, e := range entries {
		if i, ok := index[e.key()]; ok {
			b.entries[i].Count += e.Count
			continue
		}
		index[e.key()] = len(b.entries)
		b.entries = append(b.entries, e)
	}
	return b
}

// compare orders entries as people look for them, so that changes of two branches rarely meet.
func compare(a, b Entry) int {
	return cmp.Or(
		cmp.Compare(a.Path, b.Path),
		cmp.Compare(a.Target, b.Target),
		cmp.Compare(a.Rule, b.Rule),
		slices.Compare(a.About, b.About),
		cmp.Compare(a.Count, b.Count),
	)
}

// Filter returns the findings that are not on record, in their order, the number of those that are, and the entries
// for which nothing was found, each with the count of what is missing. Of several findings that are the same the first
// ones use up the record. A run that did not look everywhere, or not with all rules, has to leave out of stale what it
// did not look at.
func (b *Baseline) Filter(diagnostics []analysis.Diagnostic) (
	left []analysis.Diagnostic, baselined int, stale []Entry,
) {
	remaining := b.counts()
	for _, d := range diagnostics {
		if key := entryOf(d).key(); remaining[key] > 0 {
			remaining[key]--
			baselined++
		} else {
			left = append(left, d)
		}
	}
	for _, e := range b.entries {
		if e.Count = remaining[e.key()]; e.Count > 0 {
			stale = append(stale, e)
		}
	}
	return left, baselined, stale
}

// counts returns how often each finding is on record, by key.
func (b *Baseline) counts() map[string]int {
	counts := make(map[string]int, len(b.entries))
	for _, e := range b.entries {
		counts[e.key()] = e.Count
	}
	return counts
}

// Prune returns the baseline without what is not found any more, and with nothing new. Entries that covered denies,
// because the run did not look there or not for that, stay as they are; a nil covered affirms all.
func (b *Baseline) Prune(diagnostics []analysis.Diagnostic, covered func(Entry) bool) *Baseline {
	found := Create(diagnostics).counts()
	pruned := &Baseline{}
	for _, e := range b.entries {
		if covered == nil || covered(e) {
			e.Count = min(e.Count, found[e.key()])
		}
		if e.Count > 0 {
			pruned.entries = append(pruned.entries, e)
		}
	}
	return pruned
}

// Update returns the baseline with what is found, and without what is not any more, as far as covered affirms: see
// [Baseline.Prune].
func (b *Baseline) Update(diagnostics []analysis.Diagnostic, covered func(Entry) bool) *Baseline {
	updated := Create(diagnostics)
	found := updated.counts()
	entries := updated.entries
	for _, e := range b.entries {
		if covered != nil && !covered(e) {
			e.Count = max(0, e.Count-found[e.key()])
			if e.Count > 0 {
				entries = append(entries, e)
			}
		}
	}
	return merge(entries)
}
