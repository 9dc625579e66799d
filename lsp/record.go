package lsp

import (
	"context"
	"errors"
	"io/fs"
	"path"
	"path/filepath"

	"github.com/buildlint/buildlint/analysis"
	"github.com/buildlint/buildlint/internal/baseline"
)

// A record holds the findings that a workspace has on record, in its baseline. The zero record holds none.
type record struct {
	baseline *baseline.Baseline
	dirs     map[string]bool // with findings on record
}

// loadRecord reads the baseline of the workspace at root, if there is one.
func loadRecord(root string, read func(string) ([]byte, error), wrong func(error)) record {
	data, err := read(filepath.Join(root, baseline.FileName))
	if errors.Is(err, fs.ErrNotExist) {
		return record{}
	}
	var b *baseline.Baseline
	if err == nil {
		b, err = baseline.Parse(baseline.FileName, data)
	}
	if err != nil {
		wrong(err)
		return record{}
	}
	r := record{baseline: b, dirs: map[string]bool{}}
	for _, e := range b.Entries() {
		r.dirs[dirOf(path.Clean(e.Path))] = true
	}
	return r
}

// filter returns the findings of a directory that are not on record. Those of one directory never use up the record of
// another.
func (r record) filter(dir string, found []analysis.Diagnostic) []analysis.Diagnostic {
	if !r.dirs[dir] {
		return found
	}
	left, _, _ := r.baseline.Filter(found)
	return left
}

// mendable returns whether a finding may be mended by a fix of everything: not if it is on record, by what is found
// before anything is fixed.
func (p *project) mendable(ctx context.Context, dirs []string) (func(analysis.Diagnostic) bool, error) {
	known := map[string]bool{}
	r := p.settings.record
	for _, dir := range dirs {
		if !r.dirs[dir] {
			continue
		}
		c := p.checker()
		c.Record = false
		found, err := c.Check(ctx, []string{dir})
		if err != nil {
			return nil, err
		}
		fresh := map[string]bool{}
		for _, d := range r.filter(dir, found.Diagnostics) {
			fresh[baseline.Fingerprint(d)] = true
		}
		for _, d := range found.Diagnostics {
			if print := baseline.Fingerprint(d); !fresh[print] {
				known[print] = true
			}
		}
	}
	return func(d analysis.Diagnostic) bool { return len(known) == 0 || !known[baseline.Fingerprint(d)] }, nil
}
