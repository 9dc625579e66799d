package rules

import (
	"slices"

	"github.com/buildlint/buildlint/analysis/dialect"
)

// dialectOf returns the dialect whose marker is among files, else that of Pants v1.
func dialectOf(files map[string]string) *dialect.Dialect {
	for _, d := range dialect.All() {
		if slices.ContainsFunc(d.Markers, func(marker string) bool { _, ok := files[marker]; return ok }) {
			return d
		}
	}
	return dialect.Pants1()
}
