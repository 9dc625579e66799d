package project

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// A spelling is one of many ways to break a rule in the workspace of a preset, or to do what is no breach of it.
type spelling struct {
	rule, name string
	edits      []replacement
	found      []string // path:line of each finding of the rule; empty if nothing at all is to be found
}

// lines is how many spellings replace one line of a file: each is put in the place of old, and found where at says.
func lines(rule, path, old string, at []string, spelled ...string) []spelling {
	var all []spelling
	for _, text := range spelled {
		all = append(all, spelling{rule, text, []replacement{{path, old, text}}, at})
	}
	return all
}

// The rules of the presets find each way to break them, where it is, and nothing else.
func TestSpellings(t *testing.T) {
	for preset, spellings := range map[string][]spelling{
		"walt": waltSpellings(), "launchpad": launchpadSpellings(), "harpoon": harpoonSpellings(), "pex": pexSpellings(),
	} {
		for _, s := range spellings {
			t.Run(fmt.Sprintf("%s/%s/%s", preset, s.rule, s.name), func(t *testing.T) { s.run(t, preset) })
		}
		checkSpelled(t, spellings)
	}
}

func (s spelling) run(t *testing.T, preset string) {
	p := openPreset(t, preset, breach{preset: preset, edits: s.edits}.changes(t)...)
	result, _ := checkAll(t, p)
	var got, want []string
	for _, d := range result.Diagnostics {
		src, err := p.Snapshot.Tree().Read(d.Path)
		if err != nil {
			t.Fatal(err)
		}
		got = append(got, fmt.Sprintf("%s:%d: %s", d.Path, 1+strings.Count(string(src[:d.Span.Start]), "\n"), d.Rule))
	}
	for _, at := range s.found {
		want = append(want, at+": "+s.rule)
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("findings (-want +got):\n%s", diff)
		for _, d := range result.Diagnostics {
			t.Logf("%s: %s", d.Rule, d.Message)
		}
	}
}

// checkSpelled checks that each rule is broken in three ways, and has something that is no breach of it.
func checkSpelled(t *testing.T, spellings []spelling) {
	t.Helper()
	broken, silent := map[string]int{}, map[string]int{}
	for _, s := range spellings {
		if len(s.found) > 0 {
			broken[s.rule]++
		} else {
			silent[s.rule]++
		}
	}
	for rule, n := range broken {
		if n < 3 || silent[rule] == 0 {
			t.Errorf("%s is broken in %d ways, and there are %d that do not break it", rule, n, silent[rule])
		}
	}
}

func launchpadSpellings() []spelling {
	const (
		reqs, more, pins = "requirements/requirements.txt", "requirements/more.txt", "requirements/constraints.txt"
		build, frozen    = "requirements/BUILD", "requirements/frozen.txt"
		other            = "docs/requirements.txt"
		hash             = " --hash=sha256:2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824"
	)
	inReqs := func(rule string, line int, spelled ...string) []spelling {
		return lines(rule, reqs, "lazr.config", []string{fmt.Sprintf("%s:%d", reqs, line)}, spelled...)
	}
	docs := func(name string, at []string, text string) []spelling {
		return []spelling{{"duplicate-requirement", name, []replacement{{other, "", text}}, at}}
	}
	included := func(text string) []replacement {
		return []replacement{{reqs, "lazr.config", "lazr.config\n-r more.txt"}, {more, "", text}}
	}
	certifi := func(rule string, at []string, spelled ...string) []spelling {
		return lines(rule, pins, "certifi==2024.7.4 ", at, spelled...)
	}
	first := []string{pins + ":1"}
	return slices.Concat(
		inReqs("requirement-style", 4, "lazr.config<3", "lazr.config==2.2.3", "lazr.config ~= 2.2", "lazr.config>=2,<3",
			"lazr.config (<=2.2.3)", "lazr.config===2.2.3", "lazr.config==2.*", "lazr.config[x] < 3  # why",
			"lazr.config<3 ; python_version > '3'"),
		inReqs("requirement-style", 5, "lazr.config \\\n  <3"),
		lines("requirement-style", reqs, "lazr.config", nil, "lazr.config!=2.2", "lazr.config>2", "lazr.config >=2, !=2.2",
			"lazr.config==2.2.3"+hash, "lazr.config # <3", "lazr.config # ==2"),
		[]spelling{
			{"requirement-style", "in a file that is included", included("certifi<2025\n"), []string{more + ":1"}},
			{"requirement-style", "in a BUILD file", []replacement{{build, "python_requirements()", "python_requirements()\n" +
				"python_requirement_library(\n  name = 'certifi',\n  requirements = [\n    python_requirement('certifi<2025'),\n  ],\n)"}},
				[]string{build + ":5"}},
			{"requirement-style", "a value that is not known", []replacement{{build, "python_requirements()",
				"python_requirements()\npython_requirement_library(\n  name = 'certifi',\n" +
					"  requirements = [python_requirement('certifi<%s' % latest())],\n)"}}, nil},
		},

		certifi("constraint-pinned", first, "certifi ", "certifi>=2024 ", "certifi~=2024.7 ", "certifi==2024.* ", "certifi<2025 ",
			"certifi!=1,!=2 ", "Certifi >= 2024 ; python_version > '3' "),
		certifi("constraint-pinned", nil, "certifi===2024.7.4 ", "certifi == 2024.7.4 ; python_version > '3' ",
			"certifi==2024.7.4"+hash+" ", "CERTIFI==2024.7.4 "),
		[]spelling{{"constraint-pinned", "in a file that is named", []replacement{
			{reqs, "-c constraints.txt", "-c constraints.txt\n-c pins.txt"}, {"requirements/pins.txt", "", "urllib3>=1\n"},
			{frozen, "certifi", "urllib3==1.26\ncertifi"},
		}, []string{"requirements/pins.txt:1"}}},

		inReqs("duplicate-requirement", 5, "lazr.config\nlazr-config", "lazr.config\nLAZR..Config", "lazr.config\nlazr_config>=2"),
		certifi("duplicate-requirement", []string{pins + ":2"}, "certifi==2024.7.4\nCertifi==2024.7.4 "),
		docs("of one name", []string{other + ":2"}, "talisker\ntalisker\n"),
		docs("with other bounds", []string{other + ":2"}, "talisker>=1\ntalisker>=2\n"),
		docs("with a comment", []string{other + ":3"}, "talisker\n\nTalisker # again\n"),
		docs("with other extras", nil, "talisker\ntalisker[x]\n"),
		docs("with other markers", nil, "talisker;python_version<'3'\ntalisker>=2;python_version>='3'\n"),
		docs("in a comment", nil, "talisker\n# talisker\n"),
		[]spelling{
			{"duplicate-requirement", "bounds that differ in a file that is included", included("requests>=2.25\n"), []string{reqs + ":6"}},
			{"duplicate-requirement", "the same bounds in a file that is included", included("requests!=2.28.0,>=2.20\n"), nil},
			{"duplicate-requirement", "files that are not installed together",
				[]replacement{{other, "", "requests>=2.25\n"}}, nil},
		},

		inReqs("direct-url-requirement", 5, "lazr.config\nhttps://example.org/talisker-0.2.tar.gz",
			"lazr.config\ntalisker @ https://example.org/t.zip", "lazr.config\n-e git+ssh://git@example.org/t.git#egg=talisker",
			"lazr.config\ngit+https://example.org/t@main#egg=talisker", "lazr.config\nhg+http://example.org/t#egg=talisker",
			"lazr.config\ntalisker[x]@git+https://example.org/t@v1 ; python_version > '3'"),
		inReqs("direct-url-requirement", 6, "lazr.config\ntalisker @ \\\n  https://example.org/t.zip"),
		lines("direct-url-requirement", reqs, "lazr.config", nil, "lazr.config\n-e ./talisker", "lazr.config\n./t.whl",
			"lazr.config\ntalisker @ file:///t.whl", "lazr.config\n--index-url https://example.org/simple",
			"lazr.config\n-f https://example.org/links", "lazr.config\n# talisker @ https://example.org/t.zip"),

		lines("fork-version", pins, "gunicorn==20.0.4+lp1 ", []string{pins + ":3"}, "gunicorn==20.0.4 ",
			"Gunicorn==20.0.4+other1 ", "gunicorn==20.0.4+lp ", "gunicorn==20.0.4+1 ", "gunicorn == 20.0.4 ; python_version > '3' "),
		certifi("fork-version", first, "certifi==2024.7.4.dev3 ", "certifi==2024.7.4dev ", "certifi==2024.7.4.DEV1 "),
		lines("fork-version", pins, "gunicorn==20.0.4+lp1 ", nil, "gunicorn==20.0.4+lp2 ", "gunicorn==20.0.4+lp1.1 ",
			"gunicorn==20.0.4+LP1 ", "GUNICORN==20.1+lp12 "),
		certifi("fork-version", nil, "certifi==2024.7.4rc1 ", "certifi==2024.7.4.dev3+lp1 ", "certifi==2024.7.4.post1 "),

		inReqs("requirement-constrained", 5, "lazr.config\nlazr.uri", "lazr.config\nLazr_URI>=1",
			"lazr.config\nlazr.uri ; python_version > '3'", "lazr.config\nlazr.uri[x]>1,!=2  # why"),
		lines("requirement-constrained", reqs, "requests>=2.20,!=2.28.0", []string{reqs + ":5"}, "requests>=3",
			"requests!=2.33.0", "requests>2.33.0", "requests>=2.34 ; python_version > '3'"),
		lines("requirement-constrained", reqs, "lazr.config", nil, "lazr.config\nCERTIFI", "lazr.config\ncertifi", "lazr.config>=2.2.3",
			"lazr.config\n-e ./talisker"),
		[]spelling{
			{"requirement-constrained", "in a file that is included", included("lazr.uri\n"), []string{more + ":1"}},
			{"requirement-constrained", "where no constraints hold",
				[]replacement{{other, "", "talisker\n"}}, nil},
		},
	)
}

func waltSpellings() []spelling {
	const reqs, server = "3rdparty/python/requirements.txt", "server/BUILD"
	tests := func(dir, file string) []replacement {
		return []replacement{{path: dir + "/tests/BUILD"}, {path: dir + "/tests/" + file}}
	}
	return slices.Concat(
		lines("internal-requirement", reqs, "plumbum", []string{reqs + ":2"}, "relay-common>=2\nplumbum",
			"Relay_Common\nplumbum", "relay.client[x]>=1\nplumbum", "relay-server==2.4 ; python_version > '3'\nplumbum"),
		lines("internal-requirement", reqs, "plumbum", nil, "-e ./common\nplumbum", "relay-commons>=2\nplumbum",
			"# relay-common\nplumbum", "relay>=2\nplumbum"),
		lines("internal-requirement", server, "python_requirement('numpy==1.26.4'),", []string{server + ":23"},
			"python_requirement('numpy==1.26.4'),\n    python_requirement('relay-common==2.4'),"),

		[]spelling{
			{"missing-tests", "of the server", tests("server", "test_daemon.py"), []string{"server/BUILD:3"}},
			{"missing-tests", "of what all share", tests("common", "test_wire.py"), []string{"common/BUILD:3"}},
			{"missing-tests", "fixtures alone", []replacement{{path: "client/tests/test_main.py"},
				{"client/tests/conftest.py", "", "X = 1\n"}}, []string{"client/BUILD:3"}},
			{"missing-tests", "data alone", append(tests("client", "test_main.py"),
				replacement{"client/tests/data.json", "", "{}\n"}), []string{"client/BUILD:3"}},
			{"missing-tests", "further down", append(tests("client", "test_main.py"),
				replacement{"client/tests/unit/test_main.py", "", "X = 1\n"},
				replacement{"client/tests/unit/BUILD", "", "python_tests(name = 'unit', dependencies = ['client'])\n"}), nil},
			{"missing-tests", "beside the library", append(tests("client", "test_main.py"),
				replacement{"client/relay/client/test_main.py", "", "X = 1\n"},
				replacement{"client/BUILD", "python_library(", "python_tests(\n  name = '_tests',\n" +
					"  sources = ['relay/client/test_main.py'],\n)\n\npython_library("}), nil},
		},

		lines("requirement-style", server, "numpy==1.26.4", []string{server + ":22"}, "numpy", "numpy>=1.26", "numpy~=1.26.4",
			"numpy==1.26.*", "numpy<2", "NumPy >= 1.26"),
		lines("requirement-style", server, "numpy==1.26.4", nil, "numpy===1.26.4", "numpy == 1.26.4", "NumPy[x]==1.26.4"),
		lines("requirement-style", server, "python_requirement('numpy==1.26.4')", nil,
			"python_requirement('numpy>=%s' % latest())", "compute()"),
	)
}

func harpoonSpellings() []spelling {
	const (
		build, executor = "grapnel/BUILD", "grapnel/executor.py"
		ship, specs     = "grapnel/ship/__init__.py", "grapnel/option_spec/__init__.py"
		runner          = "grapnel/ship/runner.py"
	)
	imported := func(text string, found ...string) spelling {
		edits := []replacement{{path: ship}, {executor, "from grapnel.ship.runner import Runner", text}}
		return spelling{"missing-init", text, edits, found}
	}
	return []spelling{
		{"missing-init", "another package", []replacement{{path: specs}}, []string{"grapnel/option_spec/image_specs.py:1"}},
		imported("import grapnel.ship.runner", runner+":1"),
		imported("from grapnel.ship import runner", runner+":1"),
		imported("from .ship import runner", runner+":1"),
		imported("from .ship.runner import *", runner+":1"),
		imported("from . import ship", runner+":1"),
		imported("def late():\n    import grapnel.ship.runner as r\n    return r", runner+":1"),
		imported("try:\n    from grapnel.ship import runner\nexcept ImportError:\n    pass", runner+":1"),
		imported("Runner = 'grapnel.ship.runner'"),
		imported("from other.ship import runner"),
		imported("# from grapnel.ship import runner"),
		{"missing-init", "in a namespace", []replacement{{path: ship}, {"grapnel/__init__.py", "VERSION",
			"__path__ = __import__('pkgutil').extend_path(__path__, __name__)\nVERSION"}}, nil},

		{"module-shadows-package", "the package around it", []replacement{{"grapnel/grapnel.py", "", "x = 1\n"}},
			[]string{"grapnel/grapnel.py:1"}},
		{"module-shadows-package", "a package beside it", []replacement{{"grapnel/ship.py", "", "x = 1\n"}},
			[]string{"grapnel/ship.py:1"}},
		{"module-shadows-package", "a package that comes", []replacement{{"grapnel/ship/runner/__init__.py", "", "x = 1\n"}},
			[]string{runner + ":1"}},
		{"module-shadows-package", "two", []replacement{{"grapnel/grapnel.py", "", "x = 1\n"}, {"grapnel/ship.py", "", "x = 1\n"}},
			[]string{"grapnel/grapnel.py:1", "grapnel/ship.py:1"}},
		{"module-shadows-package", "further down", []replacement{{"grapnel/ship/ship.py", "", "x = 1\n"}}, nil},
		{"module-shadows-package", "a directory of data", []replacement{{"grapnel/app/data.json", "", "{}\n"}}, nil},
		{"module-shadows-package", "another name", []replacement{{"grapnel/grapnels.py", "", "x = 1\n"}}, nil},

		{"provides-fields", "none", []replacement{{build, "    license = 'Apache-2.0',\n", ""}}, []string{build + ":4"}},
		{"provides-fields", "empty", []replacement{{build, "'Apache-2.0'", "''"}}, []string{build + ":4"}},
		{"provides-fields", "None", []replacement{{build, "'https://example.org/grapnel'", "None"}}, []string{build + ":4"}},
		{"provides-fields", "an empty constant", []replacement{{build, "python_library(", "LICENSE = ''\npython_library("},
			{build, "'Apache-2.0'", "LICENSE"}}, []string{build + ":5"}},
		{"provides-fields", "no version", []replacement{{build, "    version = '0.6.3',\n", ""}}, []string{build + ":4"}},
		{"provides-fields", "two", []replacement{{build, "    description = 'Builds and runs containers.',\n    license = " +
			"'Apache-2.0',\n", ""}}, []string{build + ":4", build + ":4"}},
		{"provides-fields", "a value that is not known", []replacement{{build, "'Apache-2.0'", "licence()"}}, nil},
		{"provides-fields", "in a dict", []replacement{{build, "license = 'Apache-2.0'", "**{'license': 'Apache-2.0'}"}}, nil},
		{"provides-fields", "arguments that are not known", []replacement{{build, "license = 'Apache-2.0'", "**common()"}}, nil},
		{"provides-fields", "no distribution that is seen", []replacement{{build, "setup_py(", "artifact_of("}}, nil},
	}
}

func pexSpellings() []spelling {
	const (
		build, bin, tools = "boxer/BUILD", "boxer/bin/BUILD", "boxer/tools/BUILD"
		reqs, script      = "3rdparty/python/requirements.txt", "        'boxer-tools = boxer.tools.main:main',\n"
		platforms         = "  platforms = ['current', 'linux_x86_64'],\n"
		groups            = "{\n      'console_scripts': [\n        'boxer = boxer.bin.boxer:main',\n" + script + "      ],\n    }"
	)
	check := func(name, text string, found ...string) spelling {
		return spelling{"binary-per-script", name, []replacement{{build, groups, text}}, found}
	}
	const all = "'boxer = boxer.bin.boxer:main', 'boxer-tools = boxer.tools.main:main', 'boxer-check = boxer.tools.main:check'"
	unused := func(name, text string, found ...string) spelling {
		return spelling{"unused-requirement", name, []replacement{{reqs, "requests", text + "\nrequests"}}, found}
	}
	native := func(name, text string, found ...string) spelling {
		return spelling{"native-binary-platforms", name, []replacement{{tools, platforms, text}}, found}
	}
	return []spelling{
		check("in a list", "{'console_scripts': ["+all+"]}", build+":10"),
		check("in dict()", "dict(console_scripts = ["+all+"])", build+":10"),
		check("in a text", "{'console_scripts': '''boxer = boxer.bin.boxer:main\nboxer-tools = boxer.tools.main:main\n"+
			"boxer-check = boxer.tools.main:check'''}", build+":10"),
		check("of an INI file", "'''[console_scripts]\nboxer = boxer.bin.boxer:main\nboxer-tools = boxer.tools.main:main\n"+
			"boxer-check = boxer.tools.main:check\n'''", build+":10"),
		check("with a window", "{'console_scripts': ['boxer = boxer.bin.boxer:main', 'boxer-tools = boxer.tools.main:main'],\n"+
			"'gui_scripts': ['boxer-check = boxer.tools.main:check']}", build+":11"),
		{"binary-per-script", "a constant", []replacement{{build, "python_library(", "SCRIPTS = [" + all + "]\npython_library("},
			{build, groups, "{'console_scripts': SCRIPTS}"}}, []string{build + ":1"}},
		{"binary-per-script", "no binary", []replacement{{path: bin}}, []string{build + ":12"}},
		{"binary-per-script", "another module", []replacement{{bin, "boxer.bin.boxer:main", "boxer.tools.main:check"},
			{bin, "  entry_point", platforms + "  entry_point"}}, []string{build + ":12"}},
		{"binary-per-script", "a binary without a script", []replacement{{build, "python_library(",
			"python_binary(\n  name = 'extra',\n  entry_point = 'boxer.dev.gen',\n)\n\npython_library("}}, []string{build + ":1"}},
		{"binary-per-script", "the module alone", []replacement{{bin, "boxer.bin.boxer:main", "boxer.bin.boxer"}}, nil},
		{"binary-per-script", "an entry point that is not known", []replacement{{bin, "'boxer.bin.boxer:main'", "entry()"}}, nil},
		{"binary-per-script", "a macro may be the binary", []replacement{{bin, "python_binary(", "acme_binary("}}, nil},
		check("of another group", "{'console_scripts': ['boxer = boxer.bin.boxer:main', 'boxer-tools = boxer.tools.main:main'],\n"+
			"'plugins': ['boxer-check = boxer.tools.main:check']}"),
		check("computed", "scripts()"),
		check("computed in part", "{'console_scripts': scripts()}"),

		native("none", "", tools+":2"),
		native("empty", "  platforms = [],\n", tools+":2"),
		native("None", "  platforms = None,\n", tools+":2"),
		{"native-binary-platforms", "through a library", []replacement{
			{build, "'3rdparty/python:requests'", "'3rdparty/python:psutil',\n    '3rdparty/python:requests'"},
		}, []string{bin + ":1", "boxer/dev/BUILD:2"}},
		{"native-binary-platforms", "an extension module", []replacement{{"boxer/dev/fast.pyx", "", "x = 1\n"},
			{"boxer/dev/BUILD", "    'boxer',\n  ],\n)\n", "    ':_fast',\n    'boxer',\n  ],\n)\n\n" +
				"python_library(\n  name = '_fast',\n  sources = ['fast.pyx'],\n)\n"}}, []string{"boxer/dev/BUILD:2"}},
		native("a value that is not known", "  platforms = compute(),\n"),
		native("one", "  platforms = ['current'],\n"),
		native("arguments that are not known", "  **more(),\n"),

		unused("a name", "six", reqs+":2"),
		unused("with bounds", "Six>=1.0,!=1.5  # why", reqs+":2"),
		unused("with extras and a marker", "six[x] ; python_version > '3'", reqs+":2"),
		{"unused-requirement", "no more used", []replacement{{build, "    '3rdparty/python:requests',\n", ""}}, []string{reqs + ":2"}},
		{"unused-requirement", "in a BUILD file", []replacement{{"3rdparty/python/BUILD", "python_requirements()",
			"python_requirements()\npython_requirement_library(\n  name = 'six',\n  requirements = [python_requirement('six')],\n)"}},
			[]string{"3rdparty/python/BUILD:4"}},
		{"unused-requirement", "used by another spelling", []replacement{{reqs, "requests", "six\nrequests"},
			{build, "'3rdparty/python:requests'", "'3rdparty/python:requests',\n    '//3rdparty/python:six'"}}, nil},
		{"unused-requirement", "in a loop", []replacement{{reqs, "requests", "six\nrequests"},
			{"tests/BUILD", "python_tests(", "for n in ['six']:\n  target(name = n, dependencies = ['3rdparty/python:' + n])\n\npython_tests("}}, nil},
		{"unused-requirement", "in the build tool's configuration", []replacement{{reqs, "requests", "six\nrequests"},
			{"pants.ini", "", "[x]\nrequirements: ['six']\n"}}, nil},
		unused("an option", "--no-binary six"),
	}
}
