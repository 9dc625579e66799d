package truth

import "slices"

// kindMutations break the names of kinds and of their fields.
func kindMutations() []*Mutation {
	return slices.Concat(fieldMutations(), silentFieldMutations(), typeMutations(), silentTypeMutations(), deprecatedMutations())
}

// misspelt breaks unknown-field by another name of a field.
func misspelt(name string, of func(c *cell) *target, field, as string) *Mutation {
	return &Mutation{Rule: "unknown-field", Name: name, Prepare: plain, Break: func(c *cell) {
		f := of(c).get(field)
		f.name = as
		f.want("unknown-field")
	}}
}

// plain makes the cell one of the build tool's own kinds.
func plain(c *cell) {
	c.lib.kind, c.private.kind, c.public.kind = "python_library", "python_library", "python_library"
	c.binary.kind, c.css.kind = "python_binary", "resources"
	c.css.set("description", str("style"))
	c.lib.set("tags", strs("a"))
	c.binary.set("platforms", strs("current"))
}

func fieldMutations() []*Mutation {
	const rule = "unknown-field"
	test := func(c *cell) *target { return c.test }
	css := func(c *cell) *target { return c.css }
	lib := func(c *cell) *target { return c.lib }
	binary := func(c *cell) *target { return c.binary }
	return []*Mutation{
		misspelt("another letter", test, "dependencies", "dependancies"),
		misspelt("the singular", test, "dependencies", "dependency"),
		misspelt("a letter too few", test, "tags", "tag"),
		misspelt("in another case", test, "tags", "Tags"),
		misspelt("two letters swapped", css, "sources", "soruces"),
		misspelt("in a BUILD file of the package", css, "description", "desciption"),
		misspelt("of a library", lib, "tags", "tgas"),
		misspelt("of a binary", binary, "platforms", "platform"),
		{Rule: rule, Name: "of an app", Break: func(c *cell) {
			c.server.new(1, "python_app", str("web"), entry("binry", ref(c.binary)).wants(rule))
		}},
		{Rule: rule, Name: "of an alias", Break: func(c *cell) {
			c.server.new(1, "alias", str("_alias"), entry("traget", ref(c.css)).wants(rule))
			c.private.depend(str(":_alias"))
		}},
		{Rule: rule, Name: "two of a target", Break: func(c *cell) {
			c.test.get("tags").name = "tagz"
			c.test.get("tagz").want(rule)
			c.test.fields = append(c.test.fields, entry("timout", code("60")).wants(rule))
		}},
		{Rule: rule, Name: "of two targets", Prepare: plain, Break: func(c *cell) {
			c.lib.get("tags").name = "tagss"
			c.lib.get("tagss").want(rule)
			c.test.fields = append(c.test.fields, entry("covrage", strs("x")).wants(rule))
		}},
		{Rule: rule, Name: "whose value is not known", Prepare: plain, Break: func(c *cell) {
			c.lib.fields = append(c.lib.fields, entry("scop", code("compute()")).wants(rule))
		}},
	}
}

func silentFieldMutations() []*Mutation {
	const rule = "unknown-field"
	own := func(name string, f func(c *cell) (of *target, field string)) *Mutation {
		return &Mutation{Rule: rule, Name: "unknown: " + name, Silent: true, Break: func(c *cell) {
			t, field := f(c)
			t.fields = append(t.fields, entry(field, code("1")))
		}}
	}
	declared := func(kind string) func(c *cell) (*target, string) {
		return func(c *cell) (*target, string) {
			t := c.server.new(1, kind, str("_data"))
			c.private.depend(ref(t))
			return t, "tgas"
		}
	}
	return []*Mutation{
		own("near to nothing", func(c *cell) (*target, string) { return c.test, "frobnicate" }),
		own("of a plugin, and long", func(c *cell) (*target, string) { return c.test, "acme_deployment_region" }),
		own("near to one that it has", func(c *cell) (*target, string) { return c.test, "dependancies" }),
		own("of a macro", func(c *cell) (*target, string) { c.lib.kind = "acme_library"; return c.lib, "tgas" }),
		own("of a macro near to a kind", func(c *cell) (*target, string) { c.lib.kind = "jython_library"; return c.lib, "tgas" }),
		own("of a macro in a second BUILD file", declared("acme_files")),
		own("of a kind with more fields", declared("java_library")),
		own("of a kind with more fields of its own", declared("jar_library")),
		own("of a kind of a plugin", declared("acme_thing")),
		own("of what the file defines", func(c *cell) (*target, string) {
			c.tests.file(0).insert(&raw{text: "def python_tests(**kw):\n  target(name = kw['name'])"})
			return c.test, "timout"
		}),
		own("of what the file imports", func(c *cell) (*target, string) {
			c.tests.file(0).insert(&raw{text: "from acme import python_tests"})
			return c.test, "timout"
		}),
		own("of what the file binds", func(c *cell) (*target, string) {
			c.tests.file(0).insert(&raw{text: "python_tests = acme_tests"})
			return c.test, "timout"
		}),
		own("in setup_py", func(c *cell) (*target, string) {
			c.lib.setup().with(entry("descripton", str("x")))
			return c.test, "frobnicate"
		}),
		{Rule: rule, Name: "unknown: in a dict", Silent: true, Break: func(c *cell) { c.test.open("**{'timout': 60}") }},
	}
}

func typeMutations() []*Mutation {
	const rule = "unknown-target-type"
	added := func(name, kind string) *Mutation {
		return &Mutation{Rule: rule, Name: name, Break: func(c *cell) { c.server.new(c.IntN(3), kind, str("_x")).want(rule) }}
	}
	as := func(name, kind string, of func(c *cell) *target) *Mutation {
		return &Mutation{Rule: rule, Name: name, Alone: true, Break: func(c *cell) {
			of(c).kind = kind
			of(c).want(rule)
		}}
	}
	return []*Mutation{
		added("a letter too few", "python_librry"),
		added("a letter too many", "pythoon_tests"),
		added("another letter", "pithon_library"),
		added("two letters swapped", "pyhton_binary"),
		added("of another language", "scala_libary"),
		added("of no language", "resourrces"),
		added("of requirements", "python_requirment_library"),
		as("the public library", "python_libary", func(c *cell) *target { return c.lib }),
		as("the private library", "python_libary", func(c *cell) *target { return c.private }),
		as("the tests", "python_tets", func(c *cell) *target { return c.test }),
		as("the binary", "python_binay", func(c *cell) *target { return c.binary }),
		as("the resources", "resorces", func(c *cell) *target { return c.css }),
		{Rule: rule, Name: "two", Break: func(c *cell) {
			c.server.new(1, "python_libary", str("_x")).want(rule)
			c.server.new(2, "python_libary", str("_y")).want(rule)
		}},
		{Rule: rule, Name: "in a block", Break: func(c *cell) {
			c.server.file(2).add(&raw{text: "if acme():\n  python_libary(name = '_x')", marks: marks{{rule: rule, line: 1}}})
		}},
		{Rule: rule, Name: "in another package too", Alone: true, Break: func(c *cell) {
			c.server.new(1, "python_libary", str("_x")).want(rule)
			c.tests.new(1, "python_tets", str("_y")).want(rule)
		}},
		{Rule: rule, Name: "it silences what is absent", Alone: true, Break: func(c *cell) {
			c.server.new(1, "python_libary", str("_lost")).want(rule)
			c.private.depend(str(":_lost"))
			c.server.drop(c.public)
			c.test.set("dependencies", list(ref(c.lib)))
		}},
	}
}

func silentTypeMutations() []*Mutation {
	const rule = "unknown-target-type"
	var all []*Mutation
	add := func(name string, f func(c *cell)) {
		all = append(all, &Mutation{Rule: rule, Name: "unknown: " + name, Break: f, Silent: true})
	}
	for _, kind := range []string{
		"acme_library", "jython_library", // macros of the configuration
		"python_test", "python_librarys", "python_library2", "python3_library", "pythonlibrary", "python_library_",
		"_python_library", "pythn_librry", "py_library", "pythoon_librarry", "fils", "targett", "page2", "Python_Library",
		"acme_thing", "helpers.python_libary",
	} {
		add(kind, func(c *cell) {
			t := c.server.new(1, kind, str("_x"))
			c.private.depend(ref(t))
		})
	}
	add("in an expression", func(c *cell) { c.server.file(2).add(&raw{text: "X = python_libary(name = '_x')"}) })
	for _, text := range []string{
		"def python_libary(name):\n  python_library(name = name)", "from acme import python_libary",
		"import python_libary", "python_libary = acme_library", "python_libary = lambda name: target(name = name)",
		"import acme as python_libary", "class python_libary(object):\n  pass",
		"for python_libary in [acme_library]:\n  pass", "with acme() as python_libary:\n  pass",
		"X, python_libary = acme()", "from acme import *", "if acme():\n  python_libary = acme_library",
		"try:\n  from acme import python_libary\nexcept ImportError:\n  pass",
	} {
		add("defined: "+text, func(c *cell) {
			c.server.file(2).add(&raw{text: text}, &raw{text: "python_libary(name = '_x')"})
		})
	}
	return all
}

func deprecatedMutations() []*Mutation {
	const rule = "deprecated-target"
	given := func(name string, of func(c *cell) *target, field string, value func(c *cell) *expr) *Mutation {
		return &Mutation{Rule: rule, Name: name, Prepare: plain, Changes: true, Break: func(c *cell) {
			f := entry(field, value(c))
			f.wantFix("none", rule)
			of(c).fields = append(of(c).fields, f)
		}}
	}
	private := func(c *cell) *target { return c.private }
	test := func(c *cell) *target { return c.test }
	style := func(*cell) *expr { return strs("style.css") }
	silent := func(name string, f func(c *cell)) *Mutation {
		return &Mutation{Rule: rule, Name: "unknown: " + name, Break: f, Silent: true}
	}
	return []*Mutation{
		given("resources of a library", private, "resources", style),
		given("resources as a glob", private, "resources", func(*cell) *expr { return call("globs", str("*.css")) }),
		given("resources of a value that is not known", private, "resources", func(*cell) *expr { return code("compute()") }),
		given("resources of tests", test, "resources", func(*cell) *expr { return strs("conftest.py") }),
		given("resources of a binary", func(c *cell) *target { return c.binary }, "resources", style),
		given("resource targets of a library", private, "resource_targets", func(*cell) *expr { return strs(":_css") }),
		given("resource targets of tests", test, "resource_targets", func(*cell) *expr { return list() }),
		{Rule: rule, Name: "both", Prepare: plain, Break: func(c *cell) {
			for _, name := range []string{"resources", "resource_targets"} {
				f := entry(name, list())
				f.wantFix("none", rule)
				c.test.fields = append(c.test.fields, f)
			}
		}},
		silent("of a macro", func(c *cell) {
			c.private.kind = "acme_library"
			c.private.fields = append(c.private.fields, entry("resources", strs("style.css")))
		}),
		silent("in a dict", func(c *cell) { c.test.open("**{'resources': []}") }),
		silent("of what the file defines", func(c *cell) {
			c.tests.file(0).insert(&raw{text: "def python_tests(**kw):\n  target(name = kw['name'])"})
			c.test.fields = append(c.test.fields, entry("resources", list()))
		}),
		silent("of what the file imports", func(c *cell) {
			c.tests.file(0).insert(&raw{text: "from acme import python_tests"})
			c.test.fields = append(c.test.fields, entry("resources", list()))
		}),
		silent("of what the file binds", func(c *cell) {
			c.tests.file(0).insert(&raw{text: "python_tests = acme_tests"})
			c.test.fields = append(c.test.fields, entry("resources", list()))
		}),
		silent("of a kind of a plugin", func(c *cell) {
			c.private.depend(ref(c.server.new(1, "acme_thing", str("_x"), entry("resources", list()))))
		}),
		silent("of a kind with more fields", func(c *cell) {
			c.private.depend(ref(c.server.new(1, "jar_library", str("_x"), entry("resources", list()))))
		}),
	}
}
