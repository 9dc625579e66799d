package lsp

import (
	"cmp"
	"errors"
	"io/fs"
	"path/filepath"
	"slices"

	"go.lsp.dev/protocol"
	"go.lsp.dev/uri"
	"go.uber.org/zap"

	"github.com/buildlint/buildlint/analysis/filetree"
	"github.com/buildlint/buildlint/internal/baseline"
	"github.com/buildlint/buildlint/internal/config"
)

// projectOf returns the project that an absolute path belongs to, and the path relative to its root.
func (st *state) projectOf(path string) (p *project, rel string, ok bool) {
	for _, p := range st.projects {
		if rel, ok := p.path(path); ok {
			return p, rel, true
		}
	}
	return nil, "", false
}

// document returns the file at a path of a project: as the editor has it, else as it is on disk.
func (st *state) document(p *project, rel string) (*document, error) {
	if o := st.overlays[p.abs(rel)]; o != nil {
		return o.document, nil
	}
	text, err := p.snapshot.Tree().Read(rel)
	if err != nil {
		return nil, err
	}
	return newDocument(uriOf(p.abs(rel)), text, st.client.encoding), nil
}

// A file is a document of a project, which a request is about.
type file struct {
	*document
	state   *state
	project *project
	rel     string // relative to the root
}

// dir returns the directory of the file relative to the root.
func (f *file) dir() string { return dirOf(f.rel) }

// file returns the file at u. It reports whether u is one of a project that can be read.
func (st *state) file(u uri.URI) (*file, bool) {
	p, rel, ok := st.projectOf(pathOf(u))
	if !ok {
		return nil, false
	}
	doc, err := st.document(p, rel)
	if err != nil {
		return nil, false
	}
	return &file{document: doc, state: st, project: p, rel: rel}, true
}

// projectsAfter returns the projects after changes of files.
func (st *state) projectsAfter(changes []fileChange) []*project {
	stays := func(c fileChange) bool { return c.action == edited || c.action == written }
	moved := slices.ContainsFunc(changes, func(c fileChange) bool { return !stays(c) })
	projects := slices.Clone(st.projects)
	for i, p := range projects {
		if inTree := st.treeChanges(p, changes); len(inTree) > 0 {
			p = p.with(inTree)
			projects[i] = p
			if slices.ContainsFunc(inTree, func(c filetree.Change) bool { return p.isConfiguredBy(c.Path) }) {
				projects[i] = st.reconfigured(p)
			}
		}
	}
	if !moved {
		return projects
	}
	next := *st
	next.projects = projects
	return next.wantedProjects()
}

// treeChanges returns the changes as a project sees them.
func (st *state) treeChanges(p *project, changes []fileChange) []filetree.Change {
	var inTree []filetree.Change
	for _, c := range changes {
		rel, ok := p.path(c.path)
		if !ok {
			continue
		}
		switch c.action {
		case opened, edited:
			inTree = append(inTree, filetree.Change{Path: rel, Op: filetree.SetOverlay, Overlay: c.open.text})
		case closed:
			inTree = append(inTree, filetree.Change{Path: rel, Op: filetree.RemoveOverlay},
				filetree.Change{Path: rel, Op: filetree.Touched})
		default:
			inTree = append(inTree, filetree.Change{Path: rel, Op: filetree.Touched})
		}
	}
	return inTree
}

// isConfiguredBy reports whether a file at a path says how the workspace is read.
func (p *project) isConfiguredBy(rel string) bool {
	return configures(rel) || p.settings.inputs.Has(rel)
}

// configures reports whether a file at a path says so by its name alone.
func configures(rel string) bool {
	if baseOf(rel) == config.FileName {
		return true
	}
	switch rel {
	case "pants.ini", "pants.toml", "MODULE.bazel", "WORKSPACE", "WORKSPACE.bazel", ".plzconfig", ".buckconfig":
		return true
	case baseline.FileName:
		return true
	}
	return false
}

// wantedProjects returns the projects of the session's folders and documents: those that are there already, and new
// ones.
func (st *state) wantedProjects() []*project {
	roots := map[string]bool{}
	for _, folder := range st.folders {
		root, _ := findRoot(folder)
		roots[root] = true
	}
	for path := range st.overlays {
		if root, marker := findRoot(filepath.Dir(path)); isBuildMarker(marker) || !st.inFolder(path) {
			roots[root] = true
		}
	}
	var projects []*project
	for _, p := range st.projects {
		if roots[p.root] {
			projects = append(projects, p)
			delete(roots, p.root)
		}
	}
	for root := range roots {
		if p := st.open(root); p != nil {
			projects = append(projects, p)
		}
	}
	slices.SortFunc(projects, func(a, b *project) int {
		return cmp.Or(-cmp.Compare(len(a.root), len(b.root)), cmp.Compare(a.root, b.root))
	})
	return projects
}

// inFolder reports whether a path lies in a folder of the workspace.
func (st *state) inFolder(path string) bool {
	return slices.ContainsFunc(st.folders, func(folder string) bool {
		_, ok := within(folder, path)
		return ok
	})
}

// open opens the project at root. What is wrong the user is told.
func (st *state) open(root string) *project {
	p, err := openProject(root, st.settings, st.overlaysBelow(root), st.client.complain)
	if errors.Is(err, fs.ErrNotExist) {
		st.log.Debug("a workspace that is not there", zap.Error(err))
		return nil
	}
	if err != nil {
		st.client.tell(protocol.MessageTypeWarning, err.Error())
		return nil
	}
	return p
}

func (st *state) overlaysBelow(root string) []filetree.Change {
	var changes []filetree.Change
	for path, o := range st.overlays {
		if rel, ok := within(root, path); ok {
			changes = append(changes, filetree.Change{Path: rel, Op: filetree.SetOverlay, Overlay: o.text})
		}
	}
	return changes
}

// reconfigured returns p as its configuration files and the session's settings are now.
func (st *state) reconfigured(p *project) *project {
	return p.reconfigured(loadSettings(p.root, st.settings, p.snapshot.Tree(), st.client.complain))
}
