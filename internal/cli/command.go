package cli

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"github.com/buildlint/buildlint/internal/nearest"
)

const longHelp = `Buildlint finds departures from the conventions of BUILD files, and mends them.

A pattern is a directory, a directory with all below it (dir/...), a file, or - for standard input; without one it is
./... (a directory that is called as a command is written ./rules). Paths in the output are relative to the root of the
workspace, which is found upward.

Exit codes: 0 nothing of severity error or warning is left, 1 something is, 2 an error of usage, configuration or I/O.`

const examples = `  buildlint                          # all below the working directory
  buildlint --diff                   # what --fix would change
  buildlint --fix src/main/python/...
  buildlint explain private-dependency`

// command returns the whole command line.
func (a *app) command() *cobra.Command {
	f := &lintFlags{}
	root := &cobra.Command{
		Use:               "buildlint [pattern ...]",
		Short:             "Lint BUILD files",
		Long:              longHelp,
		Example:           examples,
		Version:           versionOf(),
		Args:              cobra.ArbitraryArgs,
		SilenceErrors:     true,
		SilenceUsage:      true,
		CompletionOptions: cobra.CompletionOptions{DisableDefaultCmd: true},
		RunE: func(cmd *cobra.Command, args []string) error {
			if err := f.check(cmd.Flags()); err != nil {
				return err
			}
			return a.lint(cmd.Context(), f, args)
		},
	}
	f.add(root)
	root.SetIn(a.stdin)
	root.SetOut(a.stdout)
	root.SetErr(a.stderr)
	root.SetVersionTemplate("buildlint {{.Version}}\n")
	root.SetFlagErrorFunc(flagError)
	root.AddCommand(a.subcommands()...)
	root.SetHelpCommand(helpCommand(root))
	return root
}

func (a *app) subcommands() []*cobra.Command {
	return []*cobra.Command{
		a.rulesCommand(), a.explainCommand(), a.initCommand(), a.configCommand(), a.baselineCommand(),
		a.completionCommand(), a.versionCommand(),
	}
}

// subcommandNames returns the names of the subcommands, for those who mistype one.
func subcommandNames() []string {
	names := []string{"help"}
	for _, c := range (&app{}).subcommands() {
		names = append(names, c.Name())
	}
	return names
}

// helpCommand is cobra's, but that an unknown topic is an error.
func helpCommand(root *cobra.Command) *cobra.Command {
	return &cobra.Command{
		Use:   "help [command]",
		Short: "Print the help of a command",
		ValidArgsFunction: func(*cobra.Command, []string, string) ([]string, cobra.ShellCompDirective) {
			return subcommandNames(), cobra.ShellCompDirectiveNoFileComp
		},
		RunE: func(_ *cobra.Command, args []string) error {
			cmd, rest, err := root.Find(args)
			if err != nil {
				return err
			}
			if len(rest) > 0 {
				return unknownCommand(cmd, rest[0])
			}
			cmd.InitDefaultHelpFlag()
			return cmd.Help()
		},
	}
}

// unknownCommand is the error of a name that is no subcommand of cmd.
func unknownCommand(cmd *cobra.Command, name string) error {
	var names []string
	for _, c := range cmd.Commands() {
		if !c.Hidden {
			names = append(names, c.Name())
		}
	}
	if near, ok := nearest.Of(name, slices.Values(names)); ok {
		return fmt.Errorf("unknown command `%s %s`: did you mean `%s`?", cmd.CommandPath(), name, near)
	}
	return fmt.Errorf("unknown command `%s %s`: it is one of %s", cmd.CommandPath(), name, strings.Join(names, ", "))
}

// flagError says what is wrong with a flag, with the nearest name if it is unknown.
func flagError(cmd *cobra.Command, err error) error {
	var invalid *pflag.InvalidValueError
	if errors.As(err, &invalid) {
		return invalidValue(invalid)
	}
	var unknown *pflag.NotExistError
	if !errors.As(err, &unknown) || unknown.GetSpecifiedShortnames() != "" {
		return fmt.Errorf("%w (`%s --help` lists the flags)", err, cmd.CommandPath())
	}
	var names []string
	cmd.Flags().VisitAll(func(f *pflag.Flag) { names = append(names, f.Name) })
	if near, ok := nearest.Of(unknown.GetSpecifiedName(), slices.Values(names)); ok {
		return fmt.Errorf("unknown flag --%s: did you mean --%s?", unknown.GetSpecifiedName(), near)
	}
	return fmt.Errorf("unknown flag --%s: `%s --help` lists the flags", unknown.GetSpecifiedName(), cmd.CommandPath())
}

// invalidValue is the error of a flag's value.
func invalidValue(err *pflag.InvalidValueError) error {
	flag, value := err.GetFlag(), err.GetValue()
	switch flag.Value.Type() {
	case "int":
		return fmt.Errorf("--%s: %q is no whole number, or too large", flag.Name, value)
	case "bool":
		return fmt.Errorf("--%s: %q is neither true nor false", flag.Name, value)
	}
	return fmt.Errorf("--%s: %q is unknown: %w", flag.Name, value, errors.Unwrap(err))
}

// noArgs refuses arguments.
func noArgs(cmd *cobra.Command, args []string) error {
	if len(args) > 0 {
		return fmt.Errorf("`%s` takes no argument: %q", cmd.CommandPath(), args[0])
	}
	return nil
}

// atMostOneArg refuses a second argument.
func atMostOneArg(cmd *cobra.Command, args []string) error {
	if len(args) > 1 {
		return fmt.Errorf("`%s` takes one argument: %q is one too many", cmd.CommandPath(), args[1])
	}
	return nil
}

// oneArg asks for one argument.
func oneArg(what string) cobra.PositionalArgs {
	return func(cmd *cobra.Command, args []string) error {
		if len(args) == 0 {
			return fmt.Errorf("`%s` needs %s", cmd.CommandPath(), what)
		}
		return atMostOneArg(cmd, args)
	}
}
