package cli

import (
	"fmt"
	"os"

	"github.com/spf13/cobra"

	"github.com/buildlint/buildlint/internal/config"
	"github.com/buildlint/buildlint/internal/project"
)

func (a *app) configCommand() *cobra.Command {
	f := &configFlags{}
	schema := false
	cmd := &cobra.Command{
		Use:   "config [PATH]",
		Short: "Print the configuration of a file or directory, and where each value comes from",
		Args:  atMostOneArg,
		RunE: func(_ *cobra.Command, args []string) error {
			if schema {
				return a.writeSchema()
			}
			return a.writeConfig(f, directoryArg(args))
		},
	}
	f.add(cmd)
	cmd.Flags().BoolVar(&schema, "schema", false, "print the JSON schema of buildlint.toml instead")
	return cmd
}

func (a *app) writeSchema() error {
	schema, err := config.Schema(project.Catalogue())
	if err != nil {
		return err
	}
	_, err = a.stdout.Write(schema)
	return err
}

// writeConfig prints the configuration of a path, whether something is there or not.
func (a *app) writeConfig(f *configFlags, path string) error {
	root, marker, rel, err := locate(path)
	if err != nil {
		return fmt.Errorf("%s: %w", path, cause(err))
	}
	c, err := project.LoadConfig(root, marker, f.input())
	if err != nil {
		return err
	}
	dir := rel
	if info, err := os.Stat(path); err != nil || !info.IsDir() {
		dir = dirOf(rel)
	}
	if c, err = c.Nest(config.FilesAbove(dir)); err != nil {
		return err
	}
	return c.WriteEffective(a.stdout, rel)
}
