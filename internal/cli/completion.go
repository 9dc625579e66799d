package cli

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"github.com/buildlint/buildlint/internal/nearest"
	"github.com/buildlint/buildlint/rules"
)

func (a *app) completionCommand() *cobra.Command {
	shells := map[string]func(*cobra.Command) error{
		"bash":       func(c *cobra.Command) error { return c.GenBashCompletionV2(a.stdout, true) },
		"fish":       func(c *cobra.Command) error { return c.GenFishCompletion(a.stdout, true) },
		"powershell": func(c *cobra.Command) error { return c.GenPowerShellCompletionWithDesc(a.stdout) },
		"zsh":        func(c *cobra.Command) error { return c.GenZshCompletion(a.stdout) },
	}
	names := slices.Sorted(maps.Keys(shells))
	return &cobra.Command{
		Use:   "completion SHELL",
		Short: "Print a script that completes buildlint's command line in a shell",
		Long:  "Print a script that completes buildlint's command line in a shell: " + strings.Join(names, ", ") + ".",
		Example: "  source <(buildlint completion bash)\n" +
			"  buildlint completion fish > ~/.config/fish/completions/buildlint.fish",
		ValidArgs: names,
		Args:      oneArg("a shell: " + strings.Join(names, ", ")),
		RunE: func(cmd *cobra.Command, args []string) error {
			generate := shells[args[0]]
			if generate == nil {
				return unknownName("shell", args[0], names)
			}
			return generate(cmd.Root())
		},
	}
}

// unknownName is the error of an argument that is none of the names.
func unknownName(what, name string, names []string) error {
	if near, ok := nearest.Of(name, slices.Values(names)); ok {
		return fmt.Errorf("unknown %s `%s`: did you mean `%s`?", what, name, near)
	}
	return fmt.Errorf("unknown %s `%s`: it is one of %s", what, name, strings.Join(names, ", "))
}

// complete sets what completes the value of a flag, which exists.
func complete(cmd *cobra.Command, flag string, f cobra.CompletionFunc) {
	if err := cmd.RegisterFlagCompletionFunc(flag, f); err != nil {
		panic(err)
	}
}

func completeChoice(c *choice) cobra.CompletionFunc {
	return cobra.FixedCompletions(c.allowed, cobra.ShellCompDirectiveNoFileComp)
}

// completeSelectors completes the last of several names of rules and presets with commas between them.
func completeSelectors(_ *cobra.Command, _ []string, typed string) ([]string, cobra.ShellCompDirective) {
	before := typed[:strings.LastIndexByte(typed, ',')+1]
	var names []string
	for _, name := range slices.Sorted(maps.Keys(rules.Presets())) {
		names = append(names, before+name+"\tpreset")
	}
	for _, r := range rules.All() {
		names = append(names, before+r.Name+"\t"+r.Summary)
	}
	return withPrefix(names, typed), cobra.ShellCompDirectiveNoFileComp | cobra.ShellCompDirectiveNoSpace
}

// completeRule completes the name of a rule as the only argument.
func completeRule(_ *cobra.Command, args []string, typed string) ([]string, cobra.ShellCompDirective) {
	if len(args) > 0 {
		return nil, cobra.ShellCompDirectiveNoFileComp
	}
	var names []string
	for _, r := range rules.All() {
		names = append(names, r.Name+"\t"+r.Summary)
	}
	return withPrefix(names, typed), cobra.ShellCompDirectiveNoFileComp
}

func withPrefix(names []string, prefix string) []string {
	return slices.DeleteFunc(names, func(name string) bool { return !strings.HasPrefix(name, prefix) })
}
