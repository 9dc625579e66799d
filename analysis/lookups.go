package analysis

import (
	"github.com/buildlint/buildlint/analysis/filetree"
	"github.com/buildlint/buildlint/analysis/workspace"
)

// Lookups are what the findings of a directory depend on. A nil Lookups records nothing.
type Lookups struct {
	Packages map[string]bool            // directories whose facts were asked for
	Uses     map[workspace.Address]bool // targets whose users were asked for
	Files    map[filetree.Lookup]bool   // directories listed, files read or asked for
	Graph    bool                       // the cycles of the whole workspace
	// Requirements says that any requirement or published distribution of the workspace counts.
	Requirements bool
}

func newLookups() *Lookups {
	return &Lookups{
		Packages: map[string]bool{}, Uses: map[workspace.Address]bool{}, Files: map[filetree.Lookup]bool{},
	}
}

func (l *Lookups) addPackage(dir string) {
	if l != nil {
		l.Packages[dir] = true
	}
}

func (l *Lookups) addUses(a workspace.Address) {
	if l != nil {
		l.Uses[a] = true
	}
}

func (l *Lookups) addFile(f filetree.Lookup) {
	l.Files[f] = true
}

func (l *Lookups) addGraph() {
	if l != nil {
		l.Graph = true
	}
}

func (l *Lookups) addRequirements() {
	if l != nil {
		l.Requirements = true
	}
}
