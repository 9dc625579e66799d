package analysis

import "github.com/buildlint/buildlint/analysis/workspace"

// A Before is the change that a run is about, with the state before it.
type Before struct {
	// Snapshot returns the workspace before the change. What is looked up there is not recorded: whoever records
	// look-ups compares with nothing.
	Snapshot func() *workspace.Snapshot
	Files    []FileChange // that changed, sorted by path
}

// A FileChange is a file that changed. A file that was renamed was deleted and added.
type FileChange struct {
	Path string
	Kind ChangeKind
}

// A ChangeKind is what happened to a file.
type ChangeKind uint8

// The kinds of changes.
const (
	AddedFile ChangeKind = iota
	ModifiedFile
	DeletedFile
)
