package project

import (
	"github.com/buildlint/buildlint/analysis/dialect"
	"github.com/buildlint/buildlint/internal/config"
	"github.com/buildlint/buildlint/rules"
)

// Catalogue returns what a configuration can speak of. The rules are the caller's to change.
func Catalogue() config.Catalogue {
	return config.Catalogue{
		Rules:    rules.All(),
		Presets:  rules.Presets(),
		Defaults: rules.Defaults,
		Dialects: dialect.Names(),
		Kinds: func(name string) []string {
			if d := dialect.Named(name); d != nil {
				return d.KindNames()
			}
			return nil
		},
	}
}
