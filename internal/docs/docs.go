// Package docs makes the documentation that follows from the code: a page for each rule, the tables of rules and of the
// configuration, its JSON schema, the manual page, and what buildlint finds in the repository of testdata/monorepo.
package docs

//go:generate go run ./generate ../..

import (
	"context"
	"fmt"
	"os"
	"path/filepath"

	"github.com/buildlint/buildlint/rules"
)

// RulesDir is the directory of the rules' pages. All of its files are generated.
const RulesDir = "docs/rules"

// Generate returns the content of each generated file by its path below root, the root of buildlint's repository. Of
// README.md and docs/configuration.md only the marked sections are generated; the rest is read.
func Generate(ctx context.Context, root string, run Program) (map[string]string, error) {
	found, err := lint(ctx, filepath.Join(root, monorepo))
	if err != nil {
		return nil, fmt.Errorf("linting %s: %w", monorepo, err)
	}
	files := map[string]string{
		RulesDir + "/README.md": index(),
		monorepo + ".txt":       found.text("concise", ""),
	}
	for _, r := range rules.All() {
		files[RulesDir+"/"+r.Name+".md"] = Page(r)
	}
	if err := run.generate(root, files); err != nil {
		return nil, err
	}
	files["README.md"], err = filled(root, "README.md", map[string]string{
		"picture": fence("text", found.text("full", picture)),
		"rules":   tables("###", RulesDir+"/"),
	})
	return files, err
}

// generate adds the files that follow from what the program says of itself.
func (run Program) generate(root string, files map[string]string) error {
	text, schema, err := run.schema()
	if err != nil {
		return err
	}
	files[SchemaFile] = text
	command, err := run.help("")
	if err != nil {
		return err
	}
	files[ManFile] = manPage(command)
	files[configurationPage], err = filled(root, configurationPage, configurationSections(schema))
	return err
}

// filled returns a file with its marked sections replaced.
func filled(root, name string, sections map[string]string) (string, error) {
	text, err := os.ReadFile(filepath.Join(root, filepath.FromSlash(name)))
	if err != nil {
		return "", err
	}
	full, err := fill(string(text), sections)
	if err != nil {
		return "", fmt.Errorf("%s: %w", name, err)
	}
	return full, nil
}
