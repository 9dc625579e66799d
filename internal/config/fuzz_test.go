package config_test

import (
	"errors"
	"io"
	"io/fs"
	"path/filepath"
	"strings"
	"testing"
	"unicode/utf8"

	"golang.org/x/tools/txtar"

	"github.com/buildlint/buildlint/internal/config"
)

// FuzzLoad holds that no file makes Load panic, that every error is placed inside of the file, and that what loads can
// be asked for.
func FuzzLoad(f *testing.F) {
	archives, err := filepath.Glob("testdata/*.txtar")
	if err != nil {
		f.Fatal(err)
	}
	for _, name := range archives {
		archive, err := txtar.ParseFile(name)
		if err != nil {
			f.Fatal(err)
		}
		for _, file := range archive.Files {
			if strings.HasSuffix(file.Name, ".toml") {
				f.Add(file.Data)
			}
		}
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		in := config.Input{Root: "/root", Catalogue: catalogue(), Dialect: "pants1"}
		in.Read = func(path string) ([]byte, error) {
			if strings.HasPrefix(path, filepath.FromSlash("/root/")) {
				return data, nil
			}
			return nil, fs.ErrNotExist
		}
		c, err := load(in, []string{"a/b/buildlint.toml"})
		var errs config.Errors
		if err != nil && !errors.As(err, &errs) {
			t.Fatalf("%T: %v", err, err)
		}
		for _, e := range errs {
			checkPlace(t, data, e)
		}
		if err == nil {
			c.Excluded("a/b/c")
			if err := c.WriteEffective(io.Discard, "a/b/BUILD"); err != nil {
				t.Error(err)
			}
		}
	})
}

func checkPlace(t *testing.T, data []byte, e *config.Error) {
	lines := strings.Split(strings.TrimPrefix(string(data), "\ufeff"), "\n")
	if e.Line < 1 || e.Line > len(lines) {
		t.Fatalf("%v: the file has %d lines", e, len(lines))
	}
	if last := utf8.RuneCountInString(lines[e.Line-1]) + 1; e.Column < 1 || e.Column > last {
		t.Fatalf("%v: the line has %d columns", e, last)
	}
	if e.Offset < 0 || e.Offset > len(data) {
		t.Fatalf("%v: offset %d of %d", e, e.Offset, len(data))
	}
}
