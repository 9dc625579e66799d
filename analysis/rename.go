package analysis

import (
	"slices"
	"strings"

	"github.com/buildlint/buildlint/analysis/dialect"
	"github.com/buildlint/buildlint/analysis/edit"
	"github.com/buildlint/buildlint/analysis/rewrite"
	"github.com/buildlint/buildlint/analysis/syntax"
	"github.com/buildlint/buildlint/analysis/workspace"
)

// RenameTarget returns the edits that give a target another name, at its declaration and in every address of the
// workspace, also in those of which no field says that they are: whoever asks for it looks at what comes of it. It
// returns none if one of them is not written out as one string, for then all stay as they are, if something refers to
// the new name already, and if a function, a macro or a command may refer to the target.
func RenameTarget(s *workspace.Snapshot, t *workspace.Target, name string) []edit.Edit {
	r := newRenaming(s, t, name)
	r.changes = true
	return slices.DeleteFunc(r.edits(t), func(e edit.Edit) bool { return e.Guard })
}

// GuardedRename is [RenameTarget] for a fix, which changes nothing that may not be an address.
func GuardedRename(s *workspace.Snapshot, t *workspace.Target, name string) []edit.Edit {
	return newRenaming(s, t, name).edits(t)
}

func newRenaming(s *workspace.Snapshot, t *workspace.Target, name string) *renaming {
	return &renaming{snapshot: s, from: t.Address(), to: workspace.Address{Dir: t.Package.Dir, Name: name}}
}

// edits returns the edits that rename the target t, none if it cannot be.
func (r *renaming) edits(t *workspace.Target) []edit.Edit {
	if t.NameField == nil {
		return nil
	}
	declared, ok := t.NameField.Value.(*workspace.String)
	if !ok || declared.Literal.IsZero() {
		return nil
	}
	for _, u := range r.snapshot.Uses(r.to) {
		r.obstacle = Obstacle{u.Package.Path(u.Target), u.Edge.Span.Start}
		return nil
	}
	edits := ReplaceString(t.File.Path, declared.Literal, r.to.Name)
	for _, dir := range r.users() {
		more, ok := r.inPackage(dir)
		if !ok {
			return nil
		}
		edits = append(edits, more...)
	}
	if at, found := r.hidden(t.Package.Dir); found {
		r.obstacle = at
		return nil
	}
	edits = append(edits, r.changed...)
	slices.SortFunc(edits, edit.Compare)
	return slices.Compact(edits)
}

// ReplaceString is [rewrite.ReplaceString] for a fix. It guards the rest of the literal: two changes to parts of one
// string, each made with the whole in mind, must not be put together.
func ReplaceString(path string, lit syntax.Node, text string) []edit.Edit {
	edits := rewrite.ReplaceString(path, lit, text)
	if len(edits) == 0 {
		return nil
	}
	span := lit.Span()
	at, src := span.Start, lit.File().Src
	guard := func(end int) {
		if at < end {
			edits = append(edits, edit.Edit{Path: path, Start: at, End: end, New: string(src[at:end]), Guard: true})
		}
	}
	for _, e := range slices.Clone(edits) {
		if e.Start >= span.Start && e.End <= span.End {
			guard(e.Start)
			at = e.End
		}
	}
	guard(span.End)
	return edits
}

// GuardTarget returns the edits that keep the names of targets as they are while a fix that refers to them is applied.
func GuardTarget(s *workspace.Snapshot, addresses ...workspace.Address) []edit.Edit {
	var edits []edit.Edit
	sources := map[string][]byte{} // each file is read once; nil if it cannot be
	for _, a := range addresses {
		r := s.Resolve(a)
		if r.Target.IsZero() {
			continue
		}
		path, span := r.Package.Path(r.Target), r.Target.NameSpan()
		if span.Len() == 0 {
			span = r.Target.Head()
		}
		if _, known := sources[path]; !known {
			sources[path], _ = s.Tree().Read(path)
		}
		if src := sources[path]; src != nil && span.End <= len(src) {
			edits = append(edits, edit.Edit{Path: path, Start: span.Start, End: span.End, New: span.Text(src), Guard: true})
		}
	}
	return edits
}

// A renaming is a change of an address.
type renaming struct {
	snapshot *workspace.Snapshot
	from, to workspace.Address

	changes bool        // what is written like an address of the target is changed wherever it stands
	changed []edit.Edit // those of it

	obstacle Obstacle // where there are no edits
}

// users returns the directories of the packages that use the target.
func (r *renaming) users() []string {
	var dirs []string
	for _, u := range r.snapshot.Uses(r.from) {
		dirs = append(dirs, u.Package.Dir())
	}
	slices.Sort(dirs)
	return slices.Compact(dirs)
}

// inPackage returns the edits of one package; ok is false if an address there cannot be changed.
func (r *renaming) inPackage(dir string) (edits []edit.Edit, ok bool) {
	pkg, err := r.snapshot.Package(dir)
	if err != nil {
		return nil, false
	}
	for _, t := range pkg.Targets {
		for _, use := range addresses(t) {
			if use.address != r.from {
				continue
			}
			if use.value.Literal.IsZero() || use.value.Literal.File() != t.File.Syntax {
				r.obstacle = Obstacle{t.File.Path, t.Node().Span().Start}
				return nil, false
			}
			text := Respell(r.snapshot.Dialect(), use.value.Text, r.to, dir)
			edits = append(edits, ReplaceString(t.File.Path, use.value.Literal, text)...)
		}
	}
	return edits, true
}

// An Obstacle is why a target cannot be renamed.
type Obstacle struct {
	Path   string // of the file that stands in the way, relative to the root; "" if it cannot be told
	Offset int    // where in it
}

// RenameObstacle returns the first thing that keeps [RenameTarget] from renaming a target, besides its own declaration.
func RenameObstacle(s *workspace.Snapshot, t *workspace.Target, name string) Obstacle {
	r := newRenaming(s, t, name)
	r.changes = true
	r.edits(t)
	return r.obstacle
}

// hidden returns a string that is no address of a target that is seen and names the target: in its own package, in one
// that is not complete, or in any where addresses are labels, for those stand in fields of all kinds.
func (r *renaming) hidden(own string) (at Obstacle, found bool) {
	labels := r.snapshot.Dialect().Grammar.Labels
	dirs, err := r.snapshot.AllPackages()
	if err != nil {
		return Obstacle{}, true
	}
	for _, dir := range dirs {
		if f := r.snapshot.Facts(dir); dir != own && !labels && (f == nil || f.Complete) {
			continue
		}
		if at, found := r.hiddenIn(dir); found {
			return at, true
		}
	}
	return Obstacle{}, false
}

func (r *renaming) hiddenIn(dir string) (at Obstacle, found bool) {
	pkg, err := r.snapshot.Package(dir)
	if pkg == nil || err != nil {
		return Obstacle{}, true
	}
	seen := map[syntax.Node]bool{}
	for _, t := range pkg.Targets {
		if t.NameField != nil && t.Address() == r.from {
			seen[t.NameField.Arg.Value] = true // where a label may be a bare name
		}
		for _, use := range addresses(t) {
			seen[use.value.Literal] = true
		}
	}
	for _, f := range pkg.Files {
		for _, stmt := range f.Syntax.Stmts {
			syntax.Walk(stmt, func(n syntax.Node) bool {
				if !found && n.Kind() == syntax.String && !seen[n] && r.isNamedBy(n, dir) && !r.change(f.Path, n, dir) {
					at, found = Obstacle{f.Path, n.Span().Start}, true
				}
				return !found
			})
		}
	}
	return at, found
}

// change changes a literal that names the target, if that is asked for and it is written like nothing but an address:
// one without a colon may be a directory or a word. It reports whether it did.
func (r *renaming) change(path string, lit syntax.Node, dir string) bool {
	text, _ := lit.Value() // it has been read
	if a, err := r.snapshot.Dialect().ParseAddress(text, dir); !r.changes || err != nil || a != r.from ||
		!strings.Contains(text, ":") {
		return false
	}
	edits := ReplaceString(path, lit, Respell(r.snapshot.Dialect(), text, r.to, dir))
	r.changed = append(r.changed, edits...)
	return len(edits) > 0
}

func (r *renaming) isNamedBy(lit syntax.Node, dir string) bool {
	text, ok := lit.Value()
	if !ok || !strings.HasSuffix(text, r.from.Name) {
		return ok && r.isInCommand(text, dir)
	}
	a, err := r.snapshot.Dialect().ParseAddress(text, dir)
	return err == nil && a == r.from
}

// isInCommand reports whether a command refers to the target, as in "$(location //path:name) --flag".
func (r *renaming) isInCommand(text, dir string) bool {
	d := r.snapshot.Dialect()
	if !d.Grammar.Labels || !strings.Contains(text, "$(") {
		return false
	}
	separators := func(c rune) bool { return strings.ContainsRune(" \t\n$()'\"", c) }
	return slices.ContainsFunc(strings.FieldsFunc(text, separators), func(word string) bool {
		a, err := d.ParseAddress(word, dir)
		return err == nil && a == r.from
	})
}

// An addressUse is a string that names a target.
type addressUse struct {
	value   *workspace.String
	address workspace.Address
}

// addresses returns the strings of a target that are addresses.
func addresses(t *workspace.Target) []addressUse {
	var uses []addressUse
	for _, d := range t.Deps {
		if d.Err == nil {
			uses = append(uses, addressUse{d.Value, d.Address})
		}
	}
	if t.Provides == nil {
		return uses
	}
	for _, b := range t.Provides.Binaries {
		if s, ok := b.Value.(*workspace.String); ok && b.Err == nil {
			uses = append(uses, addressUse{s, b.Address})
		}
	}
	return uses
}

// Respell returns the address a in the spelling of old, as it stands in the package of dir: with its slashes, local
// where old is, and with the file or the part that old picks.
func Respell(d *dialect.Dialect, old string, a workspace.Address, dir string) string {
	l, _ := d.ParseLabel(old, dir) // old is an address
	l.Address = a
	prefix := l.Prefix
	bare := strings.TrimPrefix(old, prefix)
	if l.Prefix = ""; strings.HasPrefix(bare, ":") {
		return prefix + d.SpellLabel(l, dir)
	}
	text := d.SpellLabel(l, dir+"/..") // from no package, in the same cell
	below, isBelow := strings.CutPrefix("/"+text, strings.TrimSuffix("/"+dir, "/")+"/")
	switch {
	case strings.HasPrefix(bare, "//") && !strings.HasPrefix(text, "//"):
		text = "//" + text
	case strings.HasPrefix(bare, "./") && isBelow:
		text = "./" + below
	}
	return prefix + text
}
