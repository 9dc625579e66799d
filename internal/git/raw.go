package git

import (
	"fmt"
	"strings"
)

// Modes of entries that are no regular files.
const (
	modeLink      = "120000"
	modeSubmodule = "160000"
	modeNone      = "000000"
)

// A rawChange is a line of git's raw diff format.
type rawChange struct {
	oldMode, newMode string
	oldID, newID     string // the new one is zeros where git did not read the work tree's file
	status           byte   // A, D, M, T or U
	path             string // in the work tree
}

// parseRaw reads the output of diff --raw -z --no-renames: ":mode mode id id status NUL path NUL" for each change.
func parseRaw(out []byte) ([]rawChange, error) {
	parts := split(out)
	if len(parts)%2 != 0 {
		return nil, fmt.Errorf("git diff: odd output %.80q", out)
	}
	var changes []rawChange
	for i := 0; i < len(parts); i += 2 {
		f := strings.Fields(strings.TrimPrefix(parts[i], ":"))
		if len(f) != 5 || f[4] == "" {
			return nil, fmt.Errorf("git diff: odd output %.80q", parts[i])
		}
		changes = append(changes, rawChange{f[0], f[1], f[2], f[3], f[4][0], parts[i+1]})
	}
	return changes, nil
}

// submodule reports whether a change is one of submodules alone.
func (c *rawChange) submodule() bool {
	none := func(mode string) bool { return mode == modeSubmodule || mode == modeNone }
	return none(c.oldMode) && none(c.newMode) && c.status != 'U'
}
