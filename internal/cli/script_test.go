package cli

import (
	"errors"
	"flag"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"
)

var update = flag.Bool("update", false, "rewrite the expected output in testdata/script")

func TestMain(m *testing.M) {
	if filepath.Base(os.Args[0]) != "buildlint" { // the program itself has what the test gives it
		if err := os.Setenv("XDG_CACHE_HOME", "none"); err != nil { // a directory has to be absolute: no test has a cache
			panic(err)
		}
	}
	testscript.Main(m, map[string]func(){
		"buildlint": func() { os.Exit(Main(os.Args[1:], os.Stdin, os.Stdout, os.Stderr)) },
	})
}

// TestScripts runs the scripts in testdata/script with the built program.
func TestScripts(t *testing.T) {
	testscript.Run(t, testscript.Params{
		Dir:                 "testdata/script",
		UpdateScripts:       *update,
		RequireExplicitExec: true,
		RequireUniqueNames:  true,
		Setup: func(env *testscript.Env) error {
			for name, value := range map[string]string{
				"NO_COLOR": "", "XDG_CACHE_HOME": "none", "GIT_CONFIG_GLOBAL": os.DevNull, "GIT_CONFIG_NOSYSTEM": "1",
				"GIT_AUTHOR_NAME": "a", "GIT_AUTHOR_EMAIL": "a@example.com",
				"GIT_COMMITTER_NAME": "a", "GIT_COMMITTER_EMAIL": "a@example.com",
			} {
				env.Setenv(name, value)
			}
			return nil
		},
		Condition: func(cond string) (bool, error) {
			if cond == "root" {
				return os.Geteuid() == 0, nil
			}
			return false, fmt.Errorf("unknown condition %q", cond)
		},
		Cmds: map[string]func(*testscript.TestScript, bool, []string){
			"status": cmdStatus, "large": cmdLarge, "unchanged": cmdUnchanged, "lines": cmdLines,
		},
	})
}

// cmdStatus runs a command that has to end with a certain status: status 2 buildlint --unknown.
func cmdStatus(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) < 2 {
		ts.Fatalf("usage: status CODE COMMAND [ARGUMENT ...]")
	}
	want, err := strconv.Atoi(args[0])
	ts.Check(err)
	err = ts.Exec(args[1], args[2:]...)
	got := 0
	var exit *exec.ExitError
	switch {
	case errors.As(err, &exit):
		got = exit.ExitCode()
	case err != nil:
		ts.Fatalf("%v", err)
	}
	if got != want {
		ts.Fatalf("exit status %d, want %d", got, want)
	}
}

// cmdLarge makes a BUILD file of at least some number of bytes: large BUILD 50000000.
func cmdLarge(ts *testscript.TestScript, _ bool, args []string) {
	size, err := strconv.Atoi(args[1])
	ts.Check(err)
	line := "    '" + strings.Repeat("x", 990) + "',\n"
	text := "target(\n  tags = [\n" + strings.Repeat(line, size/len(line)+1) + "  ],\n  dependencies = [':gone'],\n)\n"
	ts.Check(os.WriteFile(ts.MkAbs(args[0]), []byte(text), 0o644))
}

// cmdUnchanged runs a command that must leave a file as it is: unchanged FILE STATUS COMMAND.
func cmdUnchanged(ts *testscript.TestScript, _ bool, args []string) {
	before := ts.ReadFile(args[0])
	cmdStatus(ts, false, args[1:])
	if after := ts.ReadFile(args[0]); after != before {
		ts.Fatalf("%s changed:\n%s", args[0], after)
	}
}

// cmdLines holds that the last standard output has so many lines: lines 3.
func cmdLines(ts *testscript.TestScript, _ bool, args []string) {
	want, err := strconv.Atoi(args[0])
	ts.Check(err)
	if got := strings.Count(ts.ReadFile("stdout"), "\n"); got != want {
		ts.Fatalf("%d lines, want %d:\n%s", got, want, ts.ReadFile("stdout"))
	}
}
