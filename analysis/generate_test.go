package analysis_test

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/buildlint/buildlint/analysis"
	"github.com/buildlint/buildlint/analysis/dialect"
	"github.com/buildlint/buildlint/analysis/filetree"
	"github.com/buildlint/buildlint/analysis/workspace"
	"github.com/buildlint/buildlint/rules"
)

// A generator writes workspaces at random that keep some conventions and break others, in one style for each file.
type generator struct {
	*rand.Rand
	dirs []string // of packages

	indent, equals, quote, eol string
	trailing, comments         bool
}

func newGenerator(seed uint64) *generator {
	return &generator{
		Rand: rand.New(rand.NewPCG(seed, 3)),
		dirs: []string{
			"src/main/python/org/app/web", "src/main/python/org/app/store", "src/main/python/org/app/util",
			"src/main/python/org/app/web/deep", "src/main/python/org/tool/cli", "src/test/python/org/app/web",
			"3rdparty/python", "lib",
		},
	}
}

func (g *generator) pick(from ...string) string { return from[g.IntN(len(from))] }

func (g *generator) chance(percent int) bool { return g.IntN(100) < percent }

// workspace returns the files of a workspace.
func (g *generator) workspace() map[string]string {
	files := map[string]string{}
	for _, dir := range g.dirs {
		if g.chance(85) {
			files[dir+"/BUILD"] = g.build(dir)
		}
		if g.chance(10) {
			files[dir+"/BUILD.more"] = g.build(dir)
		}
		for _, name := range []string{"__init__.py", "main.py", "util.py", "test_main.py", "x.css"} {
			if g.chance(60) {
				files[dir+"/"+name] = g.module()
			}
		}
	}
	files["src/main/python/org/__init__.py"] = ""
	return files
}

func (g *generator) module() string {
	return g.pick("", "def run():\n  pass\n", "from x import *\n", "run = main = None\n", "# buildlint: disable-file=orphan-source\n")
}

// build returns the content of a BUILD file.
func (g *generator) build(dir string) string {
	g.indent, g.equals = g.pick("  ", "    "), g.pick("=", " = ")
	g.quote, g.eol = g.pick("'", `"`), g.pick("\n", "\n", "\n", "\r\n")
	g.trailing, g.comments = g.chance(50), g.chance(50)
	var b strings.Builder
	if g.chance(30) {
		b.WriteString("# License.\n# Second line.\n\n")
	}
	if g.chance(30) {
		b.WriteString("import os\n\n")
	}
	if g.chance(25) {
		fmt.Fprintf(&b, "COMMON = [%s, %s]\n\n", g.address(dir), g.address(dir))
	}
	for range 1 + g.IntN(4) {
		b.WriteString(g.target(dir))
		b.WriteString(g.pick("\n", "\n\n", "", "\n# end of target\n\n"))
	}
	if g.chance(5) {
		b.WriteString(g.pick("my_macro('x')\n", "python_library(name = 'open'\n", "for x in y:\n  python_library(name = x)\n"))
	}
	return strings.ReplaceAll(b.String(), "\n", g.eol)
}

func base(dir string) string { return dir[strings.LastIndexByte(dir, '/')+1:] }

// name returns a name that a target of a directory may have.
func (g *generator) name(dir string) string {
	return g.pick(base(dir), base(dir), "_"+base(dir), "lib", "_x", "css", "run", "web-server")
}

func (g *generator) str(text string) string { return g.quote + text + g.quote }

func (g *generator) address(dir string) string {
	other := g.pick(g.dirs...)
	text := g.pick(":"+g.name(dir), other, other+":"+g.name(other), "//"+other, other+":"+base(other), dir+":"+g.name(dir))
	switch g.IntN(12) {
	case 0:
		return "pants(" + g.str(text) + ")"
	case 1:
		return "scoped(" + g.str(text) + ", scope" + g.equals + g.str("test") + ")"
	}
	return g.str(text)
}

// list returns a list with an element a line, or all in one.
func (g *generator) list(indent string, elems []string) string {
	if g.chance(30) || len(elems) == 0 {
		return "[" + strings.Join(elems, ", ") + "]"
	}
	var b strings.Builder
	b.WriteString("[\n")
	for i, e := range elems {
		if g.comments && g.chance(20) {
			b.WriteString(indent + g.indent + "# above " + fmt.Sprint(g.IntN(1000)) + "\n")
		}
		b.WriteString(indent + g.indent + e)
		switch {
		case i == len(elems)-1 && !g.trailing:
		case !strings.HasSuffix(e, ")") && g.chance(3):
			b.WriteString("") // a forgotten comma
		default:
			b.WriteString(",")
		}
		if g.comments && g.chance(20) {
			b.WriteString("  # behind " + fmt.Sprint(g.IntN(1000)))
		}
		b.WriteString("\n")
	}
	return b.String() + indent + "]"
}

func (g *generator) dependencies(dir string) string {
	var elems []string
	for range g.IntN(5) {
		elems = append(elems, g.address(dir))
	}
	return g.list(g.indent, elems) + g.pick("", "", "", "", " + COMMON")
}

func (g *generator) target(dir string) string {
	kind := g.pick("python_library", "python_library", "python_library", "python_binary", "python_tests", "resources", "target")
	var fields []string
	add := func(name, value string) { fields = append(fields, name+g.equals+value) }
	if g.chance(85) {
		add("name", g.str(g.name(dir)))
	}
	if g.chance(70) && kind != "python_binary" {
		add("sources", g.pick("globs('*.py')", "rglobs('*.py')", "rglobs('*.py', exclude=[['main.py']])", "['main.py', 'gone.py']",
			"globs('*py')", "[]", "globs('*.css')", "UNKNOWN"))
	}
	if kind == "python_binary" {
		add(g.pick("source", "entry_point", "entry_point"), g.pick(g.str("main.py"), g.str("org.app.web.main:run"), g.str("gunicorn")))
	}
	if g.chance(70) {
		add("dependencies", g.dependencies(dir))
	}
	if kind == "python_library" && g.chance(60) {
		add("provides", g.provides(dir))
	}
	return kind + g.call("", fields) + "\n"
}

// call returns arguments in parentheses, one a line or all in one.
func (g *generator) call(indent string, args []string) string {
	if g.chance(10) || len(args) == 0 {
		return "(" + strings.Join(args, ", ") + ")"
	}
	var b strings.Builder
	b.WriteString("(\n")
	for i, a := range args {
		if g.comments && g.chance(20) {
			b.WriteString(indent + g.indent + "# field " + fmt.Sprint(g.IntN(1000)) + "\n")
		}
		b.WriteString(indent + g.indent + a)
		if i < len(args)-1 || g.trailing {
			b.WriteString(",")
		}
		if g.comments && g.chance(10) {
			b.WriteString("  # buildlint: disable=" + g.pick(rules.Presets()["all"]...) + " -- why")
		}
		b.WriteString("\n")
	}
	return b.String() + indent + ")"
}

func (g *generator) provides(dir string) string {
	args := []string{
		"name" + g.equals + g.str(g.pick("org.app."+base(dir), "something")),
		"version" + g.equals + g.pick("'1.0'", "open(os.path.join(get_buildroot(), '.version')).read()", "version()"),
	}
	text := "setup_py" + g.call(g.indent, args)
	switch g.IntN(4) {
	case 0:
		var entries []string
		for range g.IntN(3) {
			name := g.name(dir)
			entries = append(entries, g.str(name)+": "+g.str(":"+g.pick(name, g.name(dir))))
		}
		text += ".with_binaries({" + strings.Join(entries, ", ") + "})"
	case 1:
		text += ".with_binaries" + g.call(g.indent, []string{"run" + g.equals + g.str(":run")})
	}
	return text
}

// checkerOf returns a checker of files by all rules, and the directories to check.
func checkerOf(t *testing.T, snapshot *workspace.Snapshot) (*analysis.Checker, []string) {
	t.Helper()
	var settings []analysis.Setting
	for _, r := range rules.All() {
		settings = append(settings, analysis.Setting{Rule: r, Severity: r.Severity, Options: r.Options})
	}
	dirs, err := analysis.Directories(t.Context(), snapshot, []string{""})
	if err != nil {
		t.Fatal(err)
	}
	return &analysis.Checker{
		Snapshot: snapshot, Settings: func(string) []analysis.Setting { return settings }, Record: true,
		Known: func(name string) bool { return rules.Named(name) != nil },
	}, dirs
}

func open(files map[string]string) *workspace.Snapshot {
	return workspace.New(filetree.FromMap(files), &workspace.Options{Dialect: dialect.Pants1()})
}

// show writes a finding.
func show(d analysis.Diagnostic) string {
	text := fmt.Sprintf("%s:%v: %v: %s [%s]", d.Path, d.Span, d.Severity, d.Message, d.Rule)
	for _, r := range d.Related {
		text += fmt.Sprintf("\n  %s:%v: %s", r.Path, r.Span, r.Message)
	}
	return text
}
