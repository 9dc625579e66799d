package truth

import "slices"

// binaryMutations break what holds for binaries.
func binaryMutations() []*Mutation {
	return slices.Concat(binaryNameMutations(), entryPointMutations(), resolvedMutations(), binaryDependenciesMutations(),
		singlePrivateMutations())
}

func binaryNameMutations() []*Mutation {
	const rule = "binary-name"
	rename := func(to string) func(c *cell) {
		return func(c *cell) {
			c.binary.rename(to)
			c.binary.want(rule)
		}
	}
	return []*Mutation{
		{Rule: rule, Name: "another", Break: rename("bin")},
		{Rule: rule, Name: "an underscore for a dash", Prepare: func(c *cell) {
			c.binary.rename("run-this")
			c.scripts().fields[0].name = "run-this"
		}, Break: rename("run_this")},
		{Rule: rule, Name: "private", Break: rename("_bin")},
		{Rule: rule, Name: "in another BUILD file", Prepare: func(c *cell) { c.server.move(c.binary, 2) }, Break: rename("bin")},
		{Rule: rule, Name: "added strings", Break: func(c *cell) {
			c.binary.name = join(" + ", str("b"), str("in"))
			c.binary.wantFix("none", rule)
		}},
		{Rule: rule, Name: "the script's name is taken", Break: func(c *cell) {
			script := c.binary.label()
			c.binary.rename("bin")
			c.binary.wantFix("none", rule)
			c.server.new(1, "python_app", str(script), entry("binary", ref(c.binary)))
		}},
		{Rule: rule, Name: "the scripts of two are exchanged", Prepare: twoBinaries, Break: func(c *cell) {
			s := c.scripts()
			s.fields[0].value, s.fields[1].value = s.fields[1].value, s.fields[0].value
			for _, t := range []*target{c.binary, c.extraTarget} {
				t.wantFix("none", rule)
			}
		}},
		{Rule: rule, Name: "the directory's name", Prepare: func(c *cell) {
			c.public.name = str(base(c.server.dir))
		}, Break: rename("bin")},
	}
}

// scripts returns the dict of with_binaries.
func (c *cell) scripts() *expr { return c.public.get("provides").value.elems[0] }

// twoBinaries adds a second binary.
func twoBinaries(c *cell) {
	c.extraTarget = c.server.new(c.IntN(2), "python_binary", str("second"),
		entry("entry_point", str(dotted(c.server)+".impl")), entry("dependencies", list(ref(c.private))))
	s := c.scripts()
	s.fields = append(s.fields, entry("second", ref(c.extraTarget)))
}

// sourced breaks binary-entry-point by the sources of the binary.
func sourced(name, field string, value func(c *cell) *expr) *Mutation {
	return &Mutation{Rule: "binary-entry-point", Name: name, Prepare: func(c *cell) {
		c.binary.set("entry_point", str(dotted(c.server)+".impl"))
	}, Break: func(c *cell) {
		c.binary.remove("entry_point")
		c.binary.set(field, value(c)).want("binary-entry-point")
	}}
}

func entryPointMutations() []*Mutation {
	const rule = "binary-entry-point"
	deep := sourced("source further down", "source", func(*cell) *expr { return str("deep/more.py") })
	deep.Prepare = func(c *cell) { c.binary.set("entry_point", str(dotted(c.server)+".deep.more")) }
	return []*Mutation{
		sourced("source", "source", func(*cell) *expr { return str("impl.py") }),
		sourced("sources", "sources", func(*cell) *expr { return strs("impl.py") }),
		sourced("a pattern", "sources", func(*cell) *expr { return call("globs", str("impl.p*")) }),
		sourced("added strings", "source", func(*cell) *expr { return join(" + ", str("impl"), str(".py")) }),
		deep,
		{Rule: rule, Name: "a constant", Prepare: func(c *cell) {
			c.binary.set("entry_point", str(dotted(c.server)+".impl"))
		}, Break: func(c *cell) {
			c.server.fileOf(c.binary).insert(&assign{"MAIN", str("impl.py")})
			c.binary.remove("entry_point")
			c.binary.set("source", code("MAIN")).want(rule)
		}},
		{Rule: rule, Name: "both", Prepare: func(c *cell) {
			c.binary.set("entry_point", str(dotted(c.server)+".impl:helper"))
		}, Break: func(c *cell) { c.binary.set("source", str("impl.py")).want(rule) }},
		{Rule: rule, Name: "neither", Break: func(c *cell) {
			c.binary.remove("entry_point")
			c.binary.wantFix("none", rule)
		}},
		{Rule: rule, Name: "a module that no library covers", Break: func(c *cell) {
			c.private.get("sources").value.with(entry("exclude", strs("impl.py")))
			c.private.get("sources").want("library-sources")
			c.binary.remove("entry_point")
			c.binary.set("source", str("impl.py")).wantFix("none", rule)
		}, Changes: true},
	}
}

// unresolvedEntry breaks entry-point-unresolved by what the binary runs.
func unresolvedEntry(name string, entry func(c *cell) string) *Mutation {
	return &Mutation{Rule: "entry-point-unresolved", Name: name, Break: func(c *cell) {
		f := c.binary.get("entry_point")
		f.value = str(entry(c)).wants("entry-point-unresolved")
	}}
}

func resolvedMutations() []*Mutation {
	const rule = "entry-point-unresolved"
	in := func(text, object string) func(c *cell) string {
		return func(c *cell) string {
			c.server.write("m.py", c.module()+text)
			return dotted(c.server) + ".m:" + object
		}
	}
	return []*Mutation{
		unresolvedEntry("no such module", func(c *cell) string { return dotted(c.server) + ".lost" }),
		unresolvedEntry("no such module, with a function", func(c *cell) string { return dotted(c.server) + ".lost:main" }),
		unresolvedEntry("no such package", func(c *cell) string { return dotted(c.server) + ".lost.main" }),
		unresolvedEntry("a module further down", func(c *cell) string { return dotted(c.server) + ".more" }),
		unresolvedEntry("the package of tests", func(c *cell) string { return dotted(c.tests) + ".test_all" }),
		unresolvedEntry("no such function", func(c *cell) string { return dotted(c.server) + ".impl:lost" }),
		unresolvedEntry("another case", func(c *cell) string { return dotted(c.server) + ".impl:Helper" }),
		unresolvedEntry("no such method", in("\nclass App(object):\n  def stop(self):\n    pass\n", "App.start")),
		unresolvedEntry("of a function", in("\ndef outer():\n  def run():\n    pass\n", "run")),
		unresolvedEntry("deleted", in("\nrun = 1\ndel run\n", "run")),
		unresolvedEntry("in a string", in("\n'''\ndef run(): pass\n'''\n", "run")),
		unresolvedEntry("a variable of a function", in("\ndef f():\n  run = 1\n", "run")),
		unresolvedEntry("of a package", func(c *cell) string { return dotted(c.server) + ".deep:lost" }),
		{Rule: rule, Name: "added strings", Break: func(c *cell) {
			c.binary.set("entry_point", join(" + ", str(dotted(c.server)), str(".lost:main")).wants(rule))
		}},
		{Rule: rule, Name: "a constant", Break: func(c *cell) {
			c.server.fileOf(c.binary).insert(&assign{"MAIN", str(dotted(c.server) + ".lost:main")})
			c.binary.set("entry_point", code("MAIN").wants(rule))
		}},
		{Rule: rule, Name: "a console script", Break: func(c *cell) {
			c.lib.setup().with(entry("entry_points", dict(entry("console_scripts",
				list(str("go = "+dotted(c.util)+".text:lost").wants(rule), str("run = "+dotted(c.util)+".text:helper")).ordered()))))
		}},
		{Rule: rule, Name: "a console script's module", Break: func(c *cell) {
			c.lib.setup().with(entry("entry_points", dict(entry("console_scripts",
				list(str("go = "+dotted(c.util)+".lost:main").wants(rule))))))
		}},
	}
}

func binaryDependenciesMutations() []*Mutation {
	const rule = "binary-dependencies"
	return []*Mutation{
		{Rule: rule, Name: "one more", Break: func(c *cell) { c.binary.depend(ref(c.css).wants(rule)) }},
		{Rule: rule, Name: "one more of another package", Break: func(c *cell) { c.binary.depend(ref(c.lib).wants(rule)) }},
		{Rule: rule, Name: "one more of third parties", Break: func(c *cell) {
			c.binary.depend(str("3rdparty/python:mock").wants(rule))
		}},
		{Rule: rule, Name: "a constant", Break: func(c *cell) {
			c.server.fileOf(c.binary).insert(&assign{"LIB", ref(c.lib)})
			c.binary.depend(code("LIB").wants(rule))
		}},
		{Rule: rule, Name: "two more", Break: func(c *cell) {
			c.binary.depend(str("3rdparty/python:mock"), ref(c.lib))
			c.binary.get("dependencies").want(rule)
		}},
		{Rule: rule, Name: "another", Break: func(c *cell) {
			c.binary.set("dependencies", list(ref(c.lib))).want(rule)
		}},
		{Rule: rule, Name: "none in the list", Break: func(c *cell) { c.binary.set("dependencies", list()).want(rule) }},
		{Rule: rule, Name: "no list", Break: func(c *cell) {
			c.binary.remove("dependencies")
			c.binary.want(rule)
		}},
		{Rule: rule, Name: "of the second binary", Prepare: twoBinaries, Break: func(c *cell) {
			c.extraTarget.depend(ref(c.lib).wants(rule))
		}},
		{Rule: rule, Name: "of both binaries", Prepare: twoBinaries, Break: func(c *cell) {
			c.extraTarget.depend(ref(c.css).wants(rule))
			c.binary.depend(ref(c.lib).wants(rule))
		}},
	}
}

func singlePrivateMutations() []*Mutation {
	const rule = "single-private-dependency"
	alike := func(c *cell, deps func() *expr) {
		c.public.set("dependencies", deps()).want(rule)
		c.binary.set("dependencies", deps())
	}
	return []*Mutation{
		{Rule: rule, Name: "a second", Break: func(c *cell) { alike(c, func() *expr { return list(ref(c.private), ref(c.lib)) }) }},
		{Rule: rule, Name: "a second private one", Break: func(c *cell) {
			more := c.server.new(1, "python_library", str("_more"))
			alike(c, func() *expr { return list(ref(c.private), ref(more)) })
		}},
		{Rule: rule, Name: "resources", Alone: true, Break: func(c *cell) {
			c.server.drop(c.private)
			c.public.set("sources", call("rglobs", str("*.py")))
			c.public.set("dependencies", list(ref(c.css))).want(rule)
			c.binary.set("dependencies", list(ref(c.css)))
		}},
		{Rule: rule, Name: "of another package", Break: func(c *cell) {
			c.private.want("unused-private-target")
			alike(c, func() *expr { return list(ref(c.lib)) })
		}, Changes: true /* nobody has the sources then */},
		{Rule: rule, Name: "third-party", Break: func(c *cell) {
			alike(c, func() *expr { return list(ref(c.private), str("3rdparty/python:mock")) })
		}},
		{Rule: rule, Name: "none", Alone: true, Break: func(c *cell) {
			c.server.drop(c.private)
			c.public.set("sources", call("rglobs", str("*.py")))
			c.public.remove("dependencies")
			c.public.want(rule)
			c.binary.remove("dependencies")
			c.css.want("unused-private-target")
		}, Changes: true},
	}
}
