package project

import (
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"github.com/pelletier/go-toml/v2"

	"github.com/buildlint/buildlint/analysis/dialect"
)

// A BuildTool is a build tool that a marker at the root of a workspace tells of.
type BuildTool struct {
	Title   string
	Dialect string // its name in buildlint.toml
}

// Detect tells which build tool the marker at root is of. Without one, BUILD files are those of Pants v1: the others
// do not work without their marker.
func Detect(root, marker string) BuildTool {
	switch marker {
	case "pants.toml":
		return pantsOf(filepath.Join(root, marker))
	case "MODULE.bazel", "WORKSPACE", "WORKSPACE.bazel":
		return BuildTool{"Bazel", "bazel"}
	case ".plzconfig":
		return BuildTool{"Please", "please"}
	case ".buckconfig":
		return BuildTool{"Buck2", "buck2"}
	}
	return BuildTool{"Pants v1", "pants1"}
}

// pantsOf tells which Pants a pants.toml is of: the last releases of v1 read one too.
func pantsOf(file string) BuildTool {
	var content struct {
		Global struct {
			Version string `toml:"pants_version"`
		} `toml:"GLOBAL"`
	}
	data, err := readRegular(file)
	if err == nil {
		err = toml.Unmarshal(data, &content)
	}
	if err == nil && strings.HasPrefix(content.Global.Version, "1.") {
		return BuildTool{"Pants v1", "pants1"}
	}
	return BuildTool{"Pants v2", "pants2"}
}

// readRegular reads a file that has an end.
func readRegular(file string) ([]byte, error) {
	info, err := os.Stat(file)
	if err != nil {
		return nil, err
	}
	if !info.Mode().IsRegular() {
		return nil, fs.ErrInvalid
	}
	return os.ReadFile(file)
}

// Supported returns the name of the dialect, "" if there is no table of it.
func (t BuildTool) Supported() string {
	if dialect.Named(t.Dialect) == nil {
		return ""
	}
	return t.Dialect
}

// Unsupported is the error of the workspace at root, whose marker says that its dialect is one without a table.
func (t BuildTool) Unsupported(root, marker string) error {
	return fmt.Errorf("%s: %s says that this is a workspace of %s, whose BUILD files are not known yet (known: %s): "+
		"if they are those of another build tool, say so with `dialect = \"…\"` in buildlint.toml",
		root, marker, t.Title, strings.Join(dialect.Names(), ", "))
}
