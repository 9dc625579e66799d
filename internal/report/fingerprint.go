package report

import (
	"crypto/sha256"
	"fmt"
	"strings"

	"github.com/buildlint/buildlint/analysis"
)

// fingerprints gives each finding of a result an identity that no other one has.
type fingerprints struct {
	of   func(analysis.Diagnostic) string
	seen map[string]int
}

func (r *reporter) fingerprints() fingerprints {
	of := r.Fingerprint
	if of == nil {
		of = fingerprint
	}
	return fingerprints{of: of, seen: map[string]int{}}
}

// next returns the identity of d. Findings that are alike are numbered in their order.
func (f fingerprints) next(d analysis.Diagnostic) string {
	id := f.of(d)
	f.seen[id]++
	if n := f.seen[id]; n > 1 {
		return fmt.Sprintf("%s:%d", id, n)
	}
	return id
}

// fingerprint leaves the position out: lines move.
func fingerprint(d analysis.Diagnostic) string {
	sum := sha256.Sum256([]byte(strings.Join([]string{d.Rule, d.Path, d.Target, d.Message}, "\x00")))
	return fmt.Sprintf("%x", sum[:16])
}
