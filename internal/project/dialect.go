package project

import (
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"github.com/pelletier/go-toml/v2"
)

// Detect returns the name of the dialect that the marker at root tells of. Without one, BUILD files are those of Pants
// v1: the other build tools do not work without their marker.
func Detect(root, marker string) string {
	switch marker {
	case "pants.toml":
		return pantsOf(filepath.Join(root, marker))
	case "MODULE.bazel", "WORKSPACE", "WORKSPACE.bazel":
		return "bazel"
	case ".plzconfig":
		return "please"
	case ".buckconfig":
		return "buck2"
	}
	return "pants1"
}

// pantsOf tells which Pants a pants.toml is of: the last releases of v1 read one too.
func pantsOf(file string) string {
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
		return "pants1"
	}
	return "pants2"
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
