package git

import (
	"context"
	"os"
	"path/filepath"
	"slices"
	"strings"
)

// located are the variables that say where a repository is.
func located() []string {
	return []string{"GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_COMMON_DIR", "GIT_OBJECT_DIRECTORY",
		"GIT_ALTERNATE_OBJECT_DIRECTORIES", "GIT_PREFIX"}
}

// environment gives the environment of git processes in root. Variables that locate another repository than root's are
// left out: a hook of one may lint another.
func environment(ctx context.Context, root string) []string {
	given := baseEnvironment(os.Environ())
	plain := without(given, located()...)
	if len(plain) == len(given) {
		return plain
	}
	here, err := workTree(ctx, "", given)
	if err != nil {
		return plain
	}
	if there, err := workTree(ctx, root, plain); err == nil && there != here || err != nil && !within(root, here) {
		return plain
	}
	return absolute(ctx, given, here)
}

// baseEnvironment gives an environment in which git speaks English, asks nothing, takes no lock that it can do without,
// and reads paths as they are.
func baseEnvironment(env []string) []string {
	env = without(env, "LC_ALL", "LANGUAGE", "GIT_OPTIONAL_LOCKS", "GIT_TERMINAL_PROMPT", "GIT_LITERAL_PATHSPECS",
		"GIT_GLOB_PATHSPECS", "GIT_NOGLOB_PATHSPECS", "GIT_ICASE_PATHSPECS")
	return append(env, "LC_ALL=C", "GIT_OPTIONAL_LOCKS=0", "GIT_TERMINAL_PROMPT=0", "GIT_LITERAL_PATHSPECS=1")
}

// without gives an environment without some variables.
func without(env []string, names ...string) []string {
	return slices.DeleteFunc(slices.Clone(env), func(entry string) bool {
		name, _, _ := strings.Cut(entry, "=")
		return slices.Contains(names, name)
	})
}

// workTree gives the top of the work tree that git finds from dir, free of links; "" stands for the working directory.
func workTree(ctx context.Context, dir string, env []string) (string, error) {
	out, err := run(ctx, &command{dir: dir, env: env, args: []string{"rev-parse", "--show-toplevel"}})
	if err != nil {
		return "", err
	}
	return filepath.EvalSymlinks(filepath.FromSlash(strings.TrimSuffix(string(out), "\n")))
}

// absolute makes an environment independent of where git starts: GIT_DIR alone says that the work tree is there. Other
// variables git takes from the top of the work tree.
func absolute(ctx context.Context, env []string, top string) []string {
	env = without(env, "GIT_PREFIX")
	if os.Getenv("GIT_DIR") == "" {
		return env
	}
	dir, err := run(ctx, &command{env: env, args: []string{"rev-parse", "--absolute-git-dir"}})
	if err != nil {
		return env // git will say the same of the next command
	}
	env = without(env, "GIT_DIR", "GIT_WORK_TREE")
	return append(env, "GIT_DIR="+strings.TrimSuffix(string(dir), "\n"), "GIT_WORK_TREE="+top)
}

// within reports whether a path is a directory or lies below it. Both are absolute and free of links.
func within(name, dir string) bool {
	rel, err := filepath.Rel(dir, name)
	return err == nil && filepath.IsLocal(rel)
}
