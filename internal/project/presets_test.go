package project

import (
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/buildlint/buildlint/analysis"
	"github.com/buildlint/buildlint/analysis/filetree"
	"github.com/buildlint/buildlint/internal/config"
	"github.com/buildlint/buildlint/rules"
)

// A breach is a change of the workspace in testdata that keeps to a preset, and the one rule that it breaks.
type breach struct {
	preset, rule string
	path         string // of the finding
	edits        []replacement
	fixed        analysis.Applicability // of what mends it, NoFix if nothing does
}

// A replacement puts new in the place of old in a file; where old is "", new is the whole file, and where both are, the
// file is taken away.
type replacement struct{ path, old, new string }

func breaches() []breach {
	const reqs, more = "3rdparty/python/requirements.txt", "requirements/requirements.txt"
	one := func(path, old, now string) []replacement { return []replacement{{path, old, now}} }
	return []breach{
		{
			"walt", "distribution-layout", "client/BUILD",
			one("client/BUILD", "'relay-client'", "'relay-gui'"), analysis.NoFix,
		},
		{
			"walt", "distribution-layout", "client-lab/BUILD",
			one("client-lab/BUILD", "'relay-client-lab'", "'relay-lab'"), analysis.NoFix,
		},
		{"walt", "internal-requirement", reqs, one(reqs, "plumbum", "relay-common>=2\nplumbum"), analysis.NoFix},
		{
			"walt", "interpreter-constraints", "client/BUILD",
			one("client/BUILD", "CPython>=3.9", "CPython>=3.8"), analysis.NoFix,
		},
		{
			"walt", "namespace-package", "server/BUILD",
			one("server/relay/__init__.py", "", "# the server's\n"), analysis.NoFix,
		},
		{
			"walt", "no-shell-scripts", "client/BUILD",
			one("client/BUILD", "    description", "    scripts = ['sh/relay-watch'],\n    description"), analysis.NoFix,
		},
		{
			"walt", "missing-tests", "client/BUILD",
			[]replacement{{path: "client/tests/BUILD"}, {path: "client/tests/test_main.py"}}, analysis.NoFix,
		},
		{"walt", "orphan-source", "server/extra.py", one("server/extra.py", "", "x = 1\n"), analysis.NoFix},
		{
			"walt", "provides-version", "client/BUILD",
			one("client/BUILD", "open(os.path.join(get_buildroot(), 'VERSION')).read().strip()", "'2.4'"), analysis.Unsafe,
		},
		{
			"walt", "pure-python", "client-lab/BUILD",
			one("client-lab/BUILD", "'common',", "'common',\n    'server:netmap',"), analysis.NoFix,
		},
		{"walt", "requirement-style", reqs, one(reqs, "plumbum>=1.7.2", "plumbum>=1.7.2,<2"), analysis.Unsafe},
		{
			"walt", "requirement-style", "server/BUILD",
			one("server/BUILD", "numpy==1.26.4", "numpy>=1.26"), analysis.NoFix,
		},
		{
			"walt", "requirement-style", "server/BUILD",
			one("3rdparty/python/constraints.txt", "requests==2.33.0\n", "\n"), analysis.NoFix,
		},

		{"launchpad", "constraint-pinned", "requirements/constraints.txt",
			one("requirements/constraints.txt", "certifi==2024.7.4", "certifi"), analysis.NoFix},
		{
			"launchpad", "direct-url-requirement", more,
			one(more, "lazr.config", "lazr.config @ https://example.org/c.zip"), analysis.NoFix,
		},
		{"launchpad", "duplicate-requirement", more, one(more, "lazr.config", "lazr.config\nLazr_Config"), analysis.Safe},
		{"launchpad", "entry-point-unresolved", "lib/lp/scripts/BUILD",
			one("lib/lp/scripts/runlaunchpad.py", "start_launchpad", "start"), analysis.NoFix},
		{"launchpad", "fork-version", "requirements/constraints.txt",
			one("requirements/constraints.txt", "gunicorn==20.0.4+lp1 ", "gunicorn==20.1 "), analysis.NoFix},
		{"launchpad", "requirement-constrained", more, one(more, "lazr.config", "lazr.config\nlazr.uri"), analysis.NoFix},
		{"launchpad", "requirement-constrained", more, one(more, "requests>=2.20", "requests>=3"), analysis.NoFix},
		{"launchpad", "requirement-style", more, one(more, "lazr.config", "lazr.config<3"), analysis.Unsafe},
		{"launchpad", "unused-constraint", "requirements/constraints.txt",
			one("requirements/constraints.txt", "gevent==", "gone==1.0\ngevent=="), analysis.Unsafe},

		{"harpoon", "entry-point-unresolved", "grapnel/BUILD",
			one("grapnel/executor.py", "main = Grapnel.main", "main = Grapnel.start"), analysis.NoFix},
		{"harpoon", "entry-point-unresolved", "grapnel/BUILD", one("grapnel/app.py", "def main(", "def start("), analysis.NoFix},
		{"harpoon", "missing-init", "grapnel/ship/runner.py", one("grapnel/ship/__init__.py", "", ""), analysis.NoFix},
		{"harpoon", "module-shadows-package", "grapnel/grapnel.py", one("grapnel/grapnel.py", "", "x = 1\n"), analysis.NoFix},
		{"harpoon", "provides-fields", "grapnel/BUILD",
			one("grapnel/BUILD", "    license = 'Apache-2.0',\n", ""), analysis.NoFix},

		{"pex", "binary-entry-point", "boxer/dev/BUILD",
			one("boxer/dev/BUILD", "entry_point = 'boxer.dev.gen'", "source = 'gen.py'"), analysis.Safe},
		{"pex", "binary-per-script", "boxer/BUILD",
			one("boxer/tools/BUILD", "boxer.tools.main:main", "boxer.tools.main:check"), analysis.NoFix},
		{"pex", "native-binary-platforms", "boxer/tools/BUILD",
			one("boxer/tools/BUILD", "  platforms = ['current', 'linux_x86_64'],\n", ""), analysis.NoFix},
		{"pex", "unused-requirement", "3rdparty/python/requirements.txt",
			one("3rdparty/python/requirements.txt", "requests", "six\nrequests"), analysis.Unsafe},
	}
}

// openPreset opens the workspace of a preset in testdata.
func openPreset(t *testing.T, preset string, changes ...filetree.Change) *Project {
	t.Helper()
	root, err := filepath.Abs("../../testdata/" + preset)
	if err != nil {
		t.Fatal(err)
	}
	p, err := Open(root, "pants.ini", config.Input{}, changes...)
	if err != nil {
		t.Fatal(err)
	}
	return p
}

func checkAll(t *testing.T, p *Project) (*analysis.Result, []string) {
	t.Helper()
	dirs, err := analysis.Directories(t.Context(), p.Snapshot, []string{""})
	if err != nil {
		t.Fatal(err)
	}
	result, err := p.Checker(1).Check(t.Context(), dirs)
	if err != nil {
		t.Fatal(err)
	}
	return result, dirs
}

// The workspaces of the presets keep them. Each rule of a preset finds what breaks it there, once.
func TestPresets(t *testing.T) {
	broken := map[string]map[string]bool{}
	for _, b := range breaches() {
		if broken[b.preset] == nil {
			broken[b.preset] = map[string]bool{}
			result, _ := checkAll(t, openPreset(t, b.preset))
			for _, d := range result.Diagnostics {
				t.Errorf("found in the clean workspace of %s: %s: %s [%s]", b.preset, d.Path, d.Message, d.Rule)
			}
		}
		broken[b.preset][b.rule] = true
		t.Run(b.preset+"/"+b.rule, b.run)
	}
	for preset, found := range broken {
		for _, rule := range rules.Presets()[preset] {
			if !found[rule] {
				t.Errorf("no change breaks %s in the workspace of %s", rule, preset)
			}
		}
	}
}

func (b breach) run(t *testing.T) {
	p := openPreset(t, b.preset, b.changes(t)...)
	result, dirs := checkAll(t, p)
	if len(result.Diagnostics) != 1 || result.Diagnostics[0].Rule != b.rule || result.Diagnostics[0].Path != b.path {
		for _, d := range result.Diagnostics {
			t.Logf("%s: %s [%s]", d.Path, d.Message, d.Rule)
		}
		t.Fatalf("want one finding of %s in %s", b.rule, b.path)
	}
	for _, least := range []analysis.Applicability{analysis.Safe, analysis.Unsafe} {
		fixing, err := (&analysis.Fixer{Checker: p.Checker(1), Dirs: dirs, Least: least}).Run(t.Context())
		if err != nil || len(fixing.Refused) > 0 {
			t.Fatal(err, fixing.Refused)
		}
		mended := len(fixing.Result.Diagnostics) == 0
		if want := b.fixed != analysis.NoFix && least <= b.fixed; mended != want {
			t.Errorf("%v fixes mend it: %v", least, mended)
		}
	}
}

// changes returns the edits, one after the other, as changes of the files on disk.
func (b breach) changes(t *testing.T) []filetree.Change {
	t.Helper()
	p := openPreset(t, b.preset)
	texts := map[string]string{}
	var changes []filetree.Change
	for _, e := range b.edits {
		text := e.new
		if e.old == "" && e.new == "" {
			changes = append(changes, filetree.Change{Path: e.path, Op: filetree.Hide})
			continue
		}
		if e.old != "" {
			before, edited := texts[e.path]
			if !edited {
				src, err := p.Snapshot.Tree().Read(e.path)
				if err != nil {
					t.Fatal(err)
				}
				before = string(src)
			}
			if !strings.Contains(before, e.old) {
				t.Fatalf("%s holds no %q", e.path, e.old)
			}
			text = strings.Replace(before, e.old, e.new, 1)
		}
		texts[e.path] = text
		changes = append(changes, filetree.Change{Path: e.path, Overlay: []byte(text), Op: filetree.SetOverlay})
	}
	return slices.Clip(changes)
}
