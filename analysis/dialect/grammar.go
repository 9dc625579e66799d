package dialect

import (
	"errors"
	"path"
	"slices"
	"strings"
)

// A Grammar says how a build tool writes addresses. The zero Grammar is that of Pants v1.
type Grammar struct {
	// Labels says that an address is a label: "//path:name" from the root, ":name" in the same package, and "@repo//path"
	// or "cell//path" in another repository. Else slashes at the start may be left out.
	Labels bool
	// Bare says that a label without a colon or slashes at its start is a name in the same package.
	Bare bool
	// Named says that the name cannot be left out where it is the directory's.
	Named bool
	// Parts are the characters that end a label's name: what follows picks one of the things that the target makes.
	Parts string
	// External is the directory of labels that stand for what other repositories have, "" if there is none: names that
	// bind(…) in a WORKSPACE file of Bazel gives are targets of //external.
	External string
	// Tagged says that "_name#tag" is a part of the target that is called name.
	Tagged bool
	// Generated says that an address may name what a target generates, as in Pants v2: "path/file.py:name", "path:name#x",
	// "path:name@key=value"; and that "!" at its start takes it out of the dependencies.
	Generated bool
}

// A Label is an address as written, taken apart.
type Label struct {
	Prefix  string // "!" or "!!" takes the target out of the dependencies; else ""
	Repo    string // the repository as it is written before the slashes: "@", "@me", "cell"; else ""
	Address        // of the target that is declared
	File    string // the one of its files that is meant, relative to the directory; "" if all are
	Part    string // the one of the things that it makes or generates: "#x", "@key=value", "|x", "[x]"; "" if all are
}

// Generated returns the name of the one of the things that its target generates which is meant, "" if all are.
func (l Label) Generated() string {
	name, ok := strings.CutPrefix(l.Part, "#")
	if !ok {
		return ""
	}
	for i, c := range []byte(name) {
		if c == '@' && strings.Contains(name[i:], "=") {
			return name[:i]
		}
	}
	return name
}

// ErrElsewhere is the error of an address that names a target of another repository.
var ErrElsewhere = errors.New("the address is one of another repository")

// errors of [Dialect.ParseLabel].
var (
	errRelative = errors.New("an address starts with `//` or `:`")
	errSubdir   = errors.New("a file belongs to a target of its directory or of one above")
	errNameless = errors.New("the address needs the name of a target: the file lies at the root")
)

// ParseLabel reads an address as it stands in a BUILD file of the directory from. The error of one in another
// repository is [ErrElsewhere].
func (d *Dialect) ParseLabel(spec, from string) (Label, error) {
	switch {
	case d.Grammar.Labels:
		return d.parseLabel(spec, from)
	case d.Grammar.Generated:
		return parseGenerated(spec, from)
	}
	a, err := parsePath(spec, from)
	return Label{Address: a}, err
}

// ParseAddress reads an address as [Dialect.ParseLabel] does and returns that of the target which is declared.
func (d *Dialect) ParseAddress(spec, from string) (Address, error) {
	l, err := d.ParseLabel(spec, from)
	return l.Address, err
}

// parseLabel reads "@repo//path:name|part".
func (d *Dialect) parseLabel(spec, from string) (Label, error) {
	if spec == "" {
		return Label{}, errEmpty
	}
	rest, at, err := d.withinRepository(spec, from)
	if err != nil {
		return Label{}, err
	}
	dir, name, named := strings.Cut(rest, ":")
	switch absolute := strings.HasPrefix(dir, "//"); {
	case absolute:
		dir = path.Join(at, strings.TrimPrefix(dir, "//"))
	case named && dir == "":
		dir = from
	case !named && d.Grammar.Bare:
		dir, name, named = from, rest, true
	default:
		return Label{}, errRelative
	}
	if i := strings.IndexAny(dir, d.Grammar.Parts); !named && i >= 0 && d.Grammar.Parts != "" {
		dir, name = dir[:i], base(dir[:i])+dir[i:]
	} else if !named {
		name = base(dir)
	}
	if d.Grammar.External != "" && dir == d.Grammar.External {
		return Label{}, ErrElsewhere
	}
	l := d.splitPart(Address{Dir: dir, Name: name})
	l.Repo = strings.TrimSuffix(spec, rest)
	switch {
	case named && l.Name == "":
		return Label{}, errNoName
	case l.Name == "":
		return Label{}, errRootName
	}
	return l, checkPath(rest, dir)
}

// checkPath says what is wrong with the path that is written in a label.
func checkPath(rest, dir string) error {
	written, _, _ := strings.Cut(rest, ":")
	if !strings.HasPrefix(written, "//") {
		return nil
	}
	if written = written[2:]; path.Clean("/"+written) != "/"+written || strings.HasPrefix(written, "/") {
		return errors.New("the path of the address `" + dir + "` is not clean")
	}
	return nil
}

// withinRepository takes the name of this repository, or of one that lies in it at a directory, from a label.
func (d *Dialect) withinRepository(spec, from string) (rest, at string, err error) {
	if strings.HasPrefix(spec, "///") {
		return "", "", ErrElsewhere
	}
	repo, rest := splitRepository(spec)
	if repo == "" && !strings.HasPrefix(spec, "@") {
		return rest, d.cellOf(from), nil
	}
	if at, ok := d.Loads.Cells[repo]; ok {
		return rest, at, nil
	}
	if slices.Contains(d.Loads.Own, repo) {
		return rest, "", nil
	}
	return "", "", ErrElsewhere
}

// splitPart takes what follows the name of the target from it.
func (d *Dialect) splitPart(a Address) Label {
	l := Label{Address: a}
	if i := strings.IndexAny(a.Name, d.Grammar.Parts); i >= 0 {
		l.Name, l.Part = a.Name[:i], a.Name[i:]
	}
	if name, tag, ok := strings.Cut(l.Name, "#"); ok && d.Grammar.Tagged {
		l.Name, l.Part = strings.TrimPrefix(name, "_"), "#"+tag+l.Part
	}
	return l
}

// parseGenerated reads "!path/file:name#generated@key=value". The grammar is that of Pants 2.34, src/rust/address: a
// path that is one of a file is told by its extension.
func parseGenerated(spec, from string) (Label, error) {
	var l Label
	rest := strings.TrimLeft(spec, "!")
	l.Prefix = spec[:len(spec)-len(rest)]
	if rest == "" {
		return Label{}, errEmpty
	}
	rest, l.Part = splitGenerated(rest)
	dir, name, named := strings.Cut(rest, ":")
	switch {
	case named && name == "":
		return Label{}, errNoName
	case strings.HasPrefix(dir, "./"):
		dir = path.Join(from, dir[2:])
	case dir == "" && (named || l.Part != ""):
		dir = from
	default:
		dir = strings.TrimPrefix(dir, "//")
	}
	file := isFile(dir, name, named)
	if err := checkDir(dir); err != nil && !file {
		return Label{}, err
	}
	if file {
		return l.ofFile(dir, name)
	}
	if !named {
		name = base(dir)
	}
	if name == "" {
		return Label{}, errRootName
	}
	l.Address = Address{Dir: dir, Name: name}
	return l, nil
}

// splitGenerated splits an address where its path and the name of the target end.
func splitGenerated(spec string) (target, part string) {
	for i, c := range []byte(spec) {
		if c == '#' || c == '@' && strings.Contains(spec[i:], "=") {
			return spec[:i], spec[i:]
		}
	}
	return spec, ""
}

// isFile reports whether the path of an address is one of a file: it has an extension, or the target is one of a
// directory above.
func isFile(dir, name string, named bool) bool {
	last := base(dir)
	if named && (strings.Contains(name, "/") || strings.HasPrefix(last, "BUILD") && last != "BUILD") {
		return true // no directory is called like a BUILD file
	}
	ext := path.Ext(last)
	return ext != "" && ext != last && strings.Trim(ext, ".0123456789") != ""
}

// ofFile makes l the label of a file of the target that is called name, in the directory of the file or, as "../name",
// above it.
func (l Label) ofFile(file, name string) (Label, error) {
	dir, up := path.Dir(file), name
	for strings.HasPrefix(up, "../") && dir != "." {
		dir, up = path.Dir(dir), up[3:]
	}
	if dir == "." {
		dir = ""
	}
	switch {
	case strings.Contains(up, "/"):
		return Label{}, errSubdir
	case up == "":
		up = base(dir)
	}
	if up == "" {
		return Label{}, errNameless
	}
	l.Address = Address{Dir: dir, Name: up}
	l.File = strings.TrimPrefix(strings.TrimPrefix(file, dir), "/")
	return l, nil
}

// Spell returns an address in full, as messages have it: "path:name", or "//path:name" where addresses are labels.
func (d *Dialect) Spell(a Address) string {
	if d.Grammar.Labels && a.Dir != "" {
		return "//" + a.String()
	}
	return a.String()
}

// Short returns an address as others write it: without the name where that is the directory's.
func (d *Dialect) Short(a Address) string {
	if d.Grammar.Named {
		return d.Spell(a)
	}
	short := a.Short()
	if d.Grammar.Labels && a.Dir != "" {
		return "//" + short
	}
	return short
}

// From returns an address as the package in dir writes it: ":name" in the same package, else Short, after the name of
// its cell where that is another.
func (d *Dialect) From(a Address, dir string) string {
	if a.Dir == dir {
		return ":" + a.Name
	}
	cell := d.cellOf(a.Dir)
	if cell == d.cellOf(dir) {
		return d.shortIn(cell, a)
	}
	return d.cellName(cell) + d.shortIn(cell, a)
}

// shortIn returns an address as others in the cell of a directory write it.
func (d *Dialect) shortIn(cell string, a Address) string {
	if cell != "" {
		a.Dir = strings.TrimPrefix(strings.TrimPrefix(a.Dir, cell), "/")
	}
	return d.Short(a)
}

// A Base is where the path of an address begins.
type Base struct {
	Text string // as written: "//", "@repo//", "cell//"; "" where slashes may be left out
	Dir  string // of the repository, relative to the workspace
}

// BaseOf splits what is written of an address in a BUILD file of the directory from, which need not be all of it: where
// no base is written, it is the one that the address would have. It reports false for a base that is none of this
// repository.
func (d *Dialect) BaseOf(text, from string) (at Base, rest string, ok bool) {
	i := strings.Index(text, "//")
	switch {
	case !d.Grammar.Labels && i != 0:
		return Base{}, text, true
	case !d.Grammar.Labels:
		return Base{Text: "//"}, text[2:], true
	case i < 0:
		return Base{Text: "//", Dir: d.cellOf(from)}, text, !strings.HasPrefix(text, "@")
	}
	_, dir, err := d.withinRepository(text[:i+2], from)
	return Base{Text: text[:i+2], Dir: dir}, text[i+2:], err == nil && !strings.HasPrefix(text, "///")
}

// Holds reports whether addresses from a base can name targets of a directory.
func (d *Dialect) Holds(at Base, dir string) bool { return d.cellOf(dir) == d.cellOf(at.Dir) }

// SpellIn returns an address as it is written from a base: in full, or without the name where that may be left out.
func (d *Dialect) SpellIn(at Base, a Address, full bool) string {
	dir := a.Dir
	if at.Dir != "" {
		dir = strings.TrimPrefix(strings.TrimPrefix(dir, at.Dir), "/")
	}
	switch {
	case dir == "" && at.Text == "":
		return "//:" + a.Name
	case full || d.Grammar.Named || dir == "" || base(dir) != a.Name || strings.Contains(dir, ":"):
		return at.Text + dir + ":" + a.Name
	}
	return at.Text + dir
}

// cellOf returns the directory of the cell that a directory lies in, "" for the one at the root.
func (d *Dialect) cellOf(dir string) string {
	at := ""
	for _, cell := range d.Loads.Cells {
		if len(cell) > len(at) && (dir == cell || strings.HasPrefix(dir, cell+"/")) {
			at = cell
		}
	}
	return at
}

// cellName returns the name of the cell of a directory: of several, the first of the alphabet.
func (d *Dialect) cellName(at string) string {
	if at == "" {
		return d.Loads.Own[len(d.Loads.Own)-1]
	}
	name := ""
	for n, dir := range d.Loads.Cells {
		if dir == at && (name == "" || n < name) {
			name = n
		}
	}
	return name
}

// inRepo returns an address after the repository that was written, "" if it does not lie there.
func (d *Dialect) inRepo(repo string, a Address) string {
	cell := d.Loads.Cells[strings.TrimLeft(repo, "@")]
	if repo == "" || cell != d.cellOf(a.Dir) {
		return ""
	}
	return repo + d.shortIn(cell, a)
}

// SpellLabel returns the text of l as the package in dir writes it.
func (d *Dialect) SpellLabel(l Label, dir string) string {
	switch {
	case l.File != "":
		up := strings.Repeat("../", strings.Count(l.File, "/"))
		return l.Prefix + path.Join(l.Dir, l.File) + ":" + up + l.Name + l.Part
	case d.Grammar.Tagged && strings.HasPrefix(l.Part, "#"):
		return d.From(Address{Dir: l.Dir, Name: "_" + l.Name + l.Part}, dir)
	}
	if text := d.inRepo(l.Repo, l.Address); text != "" {
		return text + l.Part
	}
	return l.Prefix + d.From(l.Address, dir) + l.Part
}
