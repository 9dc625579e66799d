package analysis_test

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/buildlint/buildlint/analysis"
	"github.com/buildlint/buildlint/analysis/filetree"
	"github.com/buildlint/buildlint/analysis/workspace"
)

// What changes can change the findings of a directory is among its look-ups: checking those directories alone whose
// look-ups a change hits gives what checking all of them gives.
func TestLookups(t *testing.T) {
	hit, all := 0, 0
	for seed := range uint64(10) {
		g := newGenerator(seed)
		files := g.workspace()
		base := map[string]string{".gitignore": "", "a/": ""}
		snapshot := open(base)
		var found map[string]*analysis.Directory
		for round := range 40 {
			next := snapshot.With(g.change(files, round == 0))
			checker, dirs := checkerOf(t, next)
			var stale []string
			for _, dir := range dirs {
				if found[dir] == nil || isHit(snapshot, next, found[dir]) {
					stale = append(stale, dir)
				}
			}
			now := checkEach(t, checker, stale)
			for _, dir := range dirs {
				if now[dir] == nil {
					now[dir] = found[dir]
				}
			}
			if diff := cmp.Diff(showAll(checkEach(t, checker, dirs)), showAll(now)); diff != "" {
				t.Fatalf("seed %d, round %d, checked again: %q (-all +those that are hit):\n%s", seed, round, stale, diff)
			}
			if round > 0 {
				hit, all = hit+len(stale), all+len(dirs)
			}
			snapshot, found = next, now
		}
	}
	if hit*2 > all {
		t.Errorf("%d of %d directories were checked again: the look-ups say too little", hit, all)
	}
}

// change changes some files, or takes all as they are at the start.
func (g *generator) change(files map[string]string, start bool) []filetree.Change {
	var changes []filetree.Change
	set := func(name, text string) {
		files[name] = text
		changes = append(changes, filetree.Change{Path: name, Overlay: []byte(text), Op: filetree.SetOverlay})
	}
	if start {
		for _, name := range slices.Sorted(maps.Keys(files)) {
			set(name, files[name])
		}
		return changes
	}
	dir := g.pick(g.dirs...)
	name := dir + "/" + g.pick("BUILD", "BUILD", "BUILD", "BUILD.more", "main.py", "util.py", "__init__.py", "test_main.py", "new.py")
	if _, ok := files[name]; ok && g.chance(25) {
		delete(files, name)
		return []filetree.Change{{Path: name, Op: filetree.RemoveOverlay}}
	}
	if strings.HasSuffix(name, ".py") {
		set(name, g.module())
	} else {
		set(name, g.build(dir))
	}
	return changes
}

func checkEach(t *testing.T, c *analysis.Checker, dirs []string) map[string]*analysis.Directory {
	t.Helper()
	found, err := c.CheckEach(t.Context(), dirs)
	if err != nil {
		t.Fatal(err)
	}
	byDir := map[string]*analysis.Directory{}
	for _, d := range found {
		byDir[d.Dir] = d
	}
	return byDir
}

func showAll(found map[string]*analysis.Directory) []string {
	var lines []string
	for _, d := range found {
		for _, diagnostic := range d.Diagnostics {
			lines = append(lines, show(diagnostic))
		}
		lines = append(lines, fmt.Sprintf("%s: %+v", d.Dir, d.Summary))
	}
	slices.Sort(lines)
	return lines
}

// isHit reports whether what differs between two snapshots is among the look-ups of a directory.
func isHit(before, after *workspace.Snapshot, d *analysis.Directory) bool {
	for f := range d.Lookups.Files {
		if differs(before.Tree(), after.Tree(), f) {
			return true
		}
	}
	for dir := range d.Lookups.Packages {
		if showFacts(before.Facts(dir)) != showFacts(after.Facts(dir)) {
			return true
		}
	}
	for a := range d.Lookups.Uses {
		if showUses(before.Uses(a)) != showUses(after.Uses(a)) {
			return true
		}
	}
	if d.Lookups.Requirements && showRequirements(before) != showRequirements(after) {
		return true
	}
	if d.Lookups.Graph && showCycles(before.Cycles(d.Dir)) != showCycles(after.Cycles(d.Dir)) {
		return true
	}
	return ownFiles(before, d.Dir) != ownFiles(after, d.Dir)
}

// ownFiles returns the BUILD files of a directory, which its findings depend on without a look-up.
func ownFiles(s *workspace.Snapshot, dir string) string {
	entries, _ := s.Tree().Dir(dir) // none where it is gone
	var b strings.Builder
	for _, name := range s.BuildFiles(dir, entries) {
		src, err := s.Tree().Read(dir + "/" + name)
		fmt.Fprintln(&b, name, string(src), err)
	}
	return b.String()
}

func differs(before, after *filetree.Tree, f filetree.Lookup) bool {
	ask := func(t *filetree.Tree) string {
		switch f.Kind {
		case filetree.List:
			entries, err := t.Dir(f.Path)
			return fmt.Sprint(entries, err)
		case filetree.Read:
			data, err := t.Read(f.Path)
			return fmt.Sprint(string(data), err)
		case filetree.Ignore:
			return fmt.Sprint(t.Ignored(f.Path))
		}
		return t.Stat(f.Path).String()
	}
	return ask(before) != ask(after)
}

// showFacts writes facts without what tells contents apart that are alike.
func showFacts(f *workspace.Facts) string {
	if f == nil {
		return "none"
	}
	var b strings.Builder
	fmt.Fprintln(&b, f.Dir(), f.Complete)
	for t := range f.Targets() {
		fmt.Fprintln(&b, f.Path(t), t.Address(), t.KindName(), t.Head(), t.NameSpan(), t.SourcesSpan(), t.Open(),
			t.Conditional(), t.Implicit(), t.Provides(), t.Sources(), t.Distribution(), t.Interpreters(), t.EntryPoint())
		for e := range t.Edges() {
			fmt.Fprintln(&b, e.To, e.Span, e.Via, e.Bad)
		}
		showSpecifiers(&b, t.Requirements())
	}
	return b.String()
}

func showSpecifiers(b *strings.Builder, specifiers []*workspace.Specifier) {
	for _, s := range specifiers {
		fmt.Fprintln(b, s.Path, s.Requirement, s.Target, s.Constrains)
	}
}

// showRequirements writes the requirements of a workspace, with what it publishes.
func showRequirements(s *workspace.Snapshot) string {
	var b strings.Builder
	r := s.Requirements()
	showSpecifiers(&b, r.Specifiers)
	fmt.Fprintln(&b, r.Open)
	for _, name := range slices.Sorted(maps.Keys(r.Files)) {
		fmt.Fprintln(&b, name, r.Files[name].Constrains, r.Files[name].Includes)
	}
	dirs, _ := s.AllPackages()
	for _, dir := range dirs {
		for t := range s.Facts(dir).Targets() {
			fmt.Fprintln(&b, t.Address(), t.Distribution())
		}
	}
	return b.String()
}

func showUses(uses []workspace.Use) string {
	var b strings.Builder
	for _, u := range uses {
		fmt.Fprintf(&b, "%s %s %v\n", u.Package.Path(u.Target), u.Target.Address(), u.Edge.Span)
	}
	return b.String()
}

func showCycles(cycles []workspace.Cycle) string {
	var b strings.Builder
	for _, c := range cycles {
		b.WriteString(showUses(c) + "\n")
	}
	return b.String()
}
