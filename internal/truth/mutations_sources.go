package truth

import "slices"

// sourceMutations break what targets own.
func sourceMutations() []*Mutation {
	return slices.Concat(globMutations(), sharedMutations(), librarySourcesMutations(), orphanMutations())
}

// glob breaks suspicious-glob by a pattern of the resources.
func glob(name, function, pattern, meant, fix string) *Mutation {
	value := func(pattern string, rules ...string) *expr {
		if function == "" {
			return list(str(pattern).wantsFix(fix, rules...))
		}
		return call(function, str(pattern).wantsFix(fix, rules...))
	}
	return &Mutation{Rule: "suspicious-glob", Name: name, Prepare: func(c *cell) {
		c.css.set("sources", value(meant))
	}, Break: func(c *cell) {
		c.css.set("sources", value(pattern, "suspicious-glob"))
	}, Changes: fix == "none"}
}

// unmatched breaks unmatched-glob by the sources of the resources.
func unmatched(name string, sources func() *expr) *Mutation {
	return &Mutation{Rule: "unmatched-glob", Name: name, Break: func(c *cell) { c.css.set("sources", sources()) }}
}

func globMutations() []*Mutation {
	const suspicious, rule = "suspicious-glob", "unmatched-glob"
	lost := func(text string) *expr { return str(text).wants(rule) }
	return []*Mutation{
		glob("no dot", "globs", "*css", "*.css", ""),
		glob("no dot, recursive", "rglobs", "*css", "*.css", ""),
		glob("no dot, in a list", "", "*css", "*.css", ""),
		glob("no dot, further down", "", "deep/*py", "deep/*.py", ""),
		glob("./", "", "./style.css", "style.css", "unsafe"),
		glob("a blank", "", "style.css ", "style.css", "unsafe"),
		glob("a blank before", "", " style.css", "style.css", "unsafe"),
		glob("an empty component", "", "deep//more.py", "deep/more.py", "unsafe"),
		glob("**.py", "", "**.py", "**/*.py", "unsafe"),
		glob("no dot, and another file that matches", "globs", "*py", "*.py", "unsafe").also(func(c *cell) {
			c.server.write("happy", "")
		}),
		{Rule: suspicious, Name: "absolute", Break: func(c *cell) {
			c.css.set("sources", list(str("/style.css").wantsFix("none", suspicious)))
		}},
		{Rule: suspicious, Name: "..", Break: func(c *cell) {
			c.css.set("sources", list(str("../style.css").wantsFix("none", suspicious)))
		}},
		{Rule: suspicious, Name: "a constant", Break: func(c *cell) {
			c.server.fileOf(c.css).insert(&assign{"ALL", str("*css")})
			c.css.set("sources", call("globs", code("ALL").wantsFix("none", suspicious)))
		}},
		{Rule: suspicious, Name: "of a library", Break: func(c *cell) {
			f := c.lib.set("sources", call("rglobs", str("*py").wants(suspicious)))
			f.want("library-sources")
		}, Changes: true /* the safe fix mends both */},
		unmatched("a file", func() *expr { return list(lost("lost.css")) }),
		unmatched("one of several", func() *expr { return list(lost("lost.css"), str("style.css")).ordered() }),
		unmatched("a pattern", func() *expr { return call("globs", lost("*.less")) }),
		unmatched("a pattern of several", func() *expr { return call("globs", str("*.css"), lost("*.less")) }),
		unmatched("a recursive pattern", func() *expr { return call("rglobs", lost("*.less")) }),
		unmatched("a zsh pattern", func() *expr { return call("zglobs", lost("**/*.less")) }),
		unmatched("a directory", func() *expr { return list(lost("deep")) }),
		unmatched("further down", func() *expr { return list(lost("deep/style.css")) }),
		unmatched("a pattern that is not recursive", func() *expr { return call("globs", lost("more.py")) }),
		unmatched("another case", func() *expr { return list(lost("Style.css")) }),
		unmatched("added", func() *expr { return join(" + ", call("globs", str("*.css")), list(lost("lost.css"))) }),
		unmatched("added strings", func() *expr { return list(join(" + ", str("lost"), str(".css")).wants(rule)) }),
		{Rule: rule, Name: "a constant", Break: func(c *cell) {
			c.server.fileOf(c.css).insert(&assign{"LOST", str("lost.css")})
			c.css.set("sources", list(code("LOST").wants(rule)))
		}},
		{Rule: rule, Name: "a list in a constant", Break: func(c *cell) {
			c.server.fileOf(c.css).insert(&assign{"LOST", list(lost("lost.css"))})
			c.css.set("sources", code("LOST"))
		}},
		{Rule: rule, Name: "source", Break: func(c *cell) {
			c.css.remove("sources")
			c.css.set("source", lost("lost.css"))
		}},
		{Rule: rule, Name: "of tests", Break: func(c *cell) {
			c.test.set("sources", list(str("test_all.py"), str("conftest.py"), lost("test_lost.py")).ordered())
		}},
	}
}

// also changes the cell before it is prepared.
func (m *Mutation) also(f func(c *cell)) *Mutation {
	prepare := m.Prepare
	m.Prepare = func(c *cell) {
		f(c)
		prepare(c)
	}
	m.Changes = true
	return m
}

func sharedMutations() []*Mutation {
	const rule = "shared-source"
	twin := func(file int, sources func(c *cell) *expr, rules ...string) func(c *cell) {
		return func(c *cell) {
			t := c.server.new(file, "python_library", str("_twin"))
			t.set("sources", sources(c)).wantFix("none", rules...)
			c.private.depend(ref(t))
		}
	}
	all := func(*cell) *expr { return call("rglobs", str("*.py")) }
	return []*Mutation{
		{Rule: rule, Name: "all", Break: twin(0, all, rule)},
		{Rule: rule, Name: "all, in another BUILD file", Break: twin(1, all, rule)},
		{Rule: rule, Name: "one file", Break: twin(1, func(*cell) *expr { return strs("impl.py") }, rule, "library-sources")},
		{Rule: rule, Name: "a pattern", Break: twin(1, func(*cell) *expr { return call("globs", str("im*.py")) }, rule,
			"library-sources")},
		{Rule: rule, Name: "without some", Break: twin(2, func(*cell) *expr {
			return join(" - ", call("globs", str("*.py")), call("globs", str("__init__.py")))
		}, rule, "library-sources")},
		{Rule: rule, Name: "a file further down", Break: twin(2, func(*cell) *expr { return strs("deep/more.py") }, rule,
			"library-sources")},
		{Rule: rule, Name: "a constant", Break: func(c *cell) {
			c.server.file(2).insert(&assign{"SHARED", strs("impl.py")})
			twin(2, func(*cell) *expr { return code("SHARED") }, rule, "library-sources")(c)
		}},
		{Rule: rule, Name: "a package further down", Break: func(c *cell) {
			deep := c.another(c.server.dir + "/deep")
			deep.new(0, "python_library", nil, entry("sources", call("rglobs", str("*.py"))))
			deep.file(0).wantFix("none", "package-layout")
			c.private.get("sources").want(rule)
		}},
		{Rule: rule, Name: "in a test root", Break: func(c *cell) {
			c.tests.new(0, "python_library", str("_a"), entry("sources", strs("test_all.py")))
			t := c.tests.new(1, "python_library", str("_b"), entry("sources", call("globs", str("test*"))))
			t.get("sources").want(rule)
			c.test.depend(str(":_a"), str(":_b"))
		}},
	}
}

func librarySourcesMutations() []*Mutation {
	const rule = "library-sources"
	set := func(value func() *expr) func(c *cell) {
		return func(c *cell) { c.lib.set("sources", value()).want(rule) }
	}
	all := []string{"__init__.py", "text.py", "time_util.py"}
	return []*Mutation{
		{Rule: rule, Name: "a list", Break: set(func() *expr { return strs(all...) })},
		{Rule: rule, Name: "globs", Break: set(func() *expr { return call("globs", str("*.py")) })},
		{Rule: rule, Name: "zglobs", Break: set(func() *expr { return call("zglobs", str("**/*.py")) })},
		{Rule: rule, Name: "a pattern in a list", Break: set(func() *expr { return strs("*.py") })},
		{Rule: rule, Name: "added", Break: set(func() *expr {
			return join(" + ", call("globs", str("t*.py")), strs("__init__.py"))
		})},
		{Rule: rule, Name: "another pattern", Break: set(func() *expr { return call("rglobs", str("**/*.py")) })},
		{Rule: rule, Name: "a pattern too many", Break: set(func() *expr { return call("rglobs", str("*.py"), str("text.*")) })},
		{Rule: rule, Name: "with exclude", Break: set(func() *expr {
			return call("rglobs", str("*.py")).with(entry("exclude", strs("*.txt")))
		})},
		{Rule: rule, Name: "a constant", Break: func(c *cell) {
			c.util.file(0).insert(&assign{"SOURCES", strs(all...)})
			c.lib.set("sources", code("SOURCES")).want(rule)
		}},
		{Rule: rule, Name: "a constant that holds what is meant", Break: func(c *cell) {
			c.util.file(0).insert(&assign{"SOURCES", call("rglobs", str("*.py"))})
			c.lib.set("sources", code("SOURCES")).want(rule)
		}},
		{Rule: rule, Name: "a macro", Prepare: func(c *cell) { c.lib.kind = "acme_library" },
			Break: set(func() *expr { return call("globs", str("*.py")) })},
		{Rule: rule, Name: "of the private library", Break: func(c *cell) {
			c.private.set("sources", call("globs", str("*.py"), str("*/*.py"))).want(rule)
		}},
		{Rule: rule, Name: "source", Prepare: func(c *cell) {}, Break: func(c *cell) {
			t := c.util.new(1, "python_library", str("_one"), entry("source", str("text.py")))
			t.get("source").wantFix("none", rule, "shared-source")
			c.lib.depend(ref(t))
		}},
	}
}

func orphanMutations() []*Mutation {
	const rule = "orphan-source"
	// The fix of library-sources mends what the sources leave out, too.
	return []*Mutation{
		{Rule: rule, Name: "not in the list", Break: func(c *cell) {
			c.lib.set("sources", strs("__init__.py", "text.py")).want("library-sources")
			c.util.sources["time_util.py"].want(rule)
		}, Changes: true},
		{Rule: rule, Name: "not of the pattern", Break: func(c *cell) {
			c.lib.set("sources", call("globs", str("t*t.py"))).want("library-sources")
			c.util.sources["time_util.py"].want(rule)
		}, Changes: true},
		{Rule: rule, Name: "excluded", Break: func(c *cell) {
			c.lib.set("sources", call("rglobs", str("*.py")).with(entry("exclude", strs("time_*")))).want("library-sources")
			c.util.sources["time_util.py"].want(rule)
		}, Changes: true},
		{Rule: rule, Name: "further down", Break: func(c *cell) {
			c.private.set("sources", join(" - ", call("rglobs", str("*.py")), strs("deep/more.py"))).want("library-sources")
			c.server.sources["deep/more.py"].want(rule)
		}, Changes: true},
		{Rule: rule, Name: "the default does not reach further down", Break: func(c *cell) {
			c.lib.remove("sources")
			c.util.write("deep/a.py", c.module()).want(rule)
		}},
		{Rule: rule, Name: "a test in a default", Break: func(c *cell) {
			c.lib.remove("sources")
			c.util.write("test_text.py", c.module()).want(rule)
			c.util.write("text_test.py", c.module()).want(rule)
		}},
		{Rule: rule, Name: "no BUILD", Break: func(c *cell) {
			p := c.another(sourceRoot + "/" + c.team + "/lost")
			p.write("a.py", c.module()).want(rule)
			p.write("b.py", c.module())
		}},
		{Rule: rule, Name: "no test", Break: func(c *cell) {
			c.test.remove("sources")
			c.tests.write("helper.py", c.module()).want(rule)
		}},
		{Rule: rule, Name: "tests without BUILD", Break: func(c *cell) {
			p := c.another(testRoot + "/" + c.team + "/lost")
			p.write("test_a.py", c.module()).want(rule)
		}},
		{Rule: rule, Name: "an __init__.py with code", Break: func(c *cell) {
			c.test.remove("sources")
			c.tests.write("__init__.py", "import sys\n").want(rule)
		}},
	}
}
