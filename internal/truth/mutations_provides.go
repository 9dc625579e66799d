package truth

import "slices"

// providesMutations break what a package publishes.
func providesMutations() []*Mutation {
	return slices.Concat(libraryProvidesMutations(), providesNameMutations(), versionMutations(), withBinariesMutations())
}

func libraryProvidesMutations() []*Mutation {
	const rule = "library-provides"
	drop := func(t func(c *cell) *target) func(c *cell) {
		return func(c *cell) {
			t(c).remove("provides")
			t(c).want(rule)
		}
	}
	return []*Mutation{
		{Rule: rule, Name: "nothing", Break: drop(func(c *cell) *target { return c.lib })},
		{Rule: rule, Name: "nothing, without the import", Break: func(c *cell) {
			drop(func(c *cell) *target { return c.lib })(c)
			c.util.file(0).stmts = []any{c.lib}
		}},
		{Rule: rule, Name: "nothing, with binaries", Break: drop(func(c *cell) *target { return c.public })},
		{Rule: rule, Name: "a macro", Break: func(c *cell) {
			c.lib.kind = "acme_library"
			drop(func(c *cell) *target { return c.lib })(c)
		}, Prepare: func(c *cell) { c.lib.kind = "acme_library" }},
		{Rule: rule, Name: "in another BUILD file", Prepare: func(c *cell) {
			c.imports(c.util.file(1))
			c.util.move(c.lib, 1)
		}, Break: drop(func(c *cell) *target { return c.lib })},
	}
}

func providesNameMutations() []*Mutation {
	const rule = "provides-name"
	name := func(value func(c *cell) *expr) func(c *cell) {
		return func(c *cell) { find(c.lib.setup().fields, "name").value = value(c) }
	}
	text := func(f func(c *cell) string) func(c *cell) {
		return name(func(c *cell) *expr { return str(f(c)).wants(rule) })
	}
	return []*Mutation{
		{Rule: rule, Name: "another", Break: text(func(*cell) string { return "acme-util" })},
		{Rule: rule, Name: "dashes", Break: text(func(c *cell) string { return "org-" + base(c.util.dir) })},
		{Rule: rule, Name: "without the first component", Break: text(func(c *cell) string { return dotted(c.util)[4:] })},
		{Rule: rule, Name: "with the source root", Break: text(func(c *cell) string { return "python." + dotted(c.util) })},
		{Rule: rule, Name: "another package's", Break: text(func(c *cell) string { return dotted(c.server) })},
		{Rule: rule, Name: "another case", Break: text(func(c *cell) string { return "O" + dotted(c.util)[1:] })},
		{Rule: rule, Name: "empty", Break: text(func(*cell) string { return "" })},
		{Rule: rule, Name: "beside with_binaries", Break: func(c *cell) {
			find(c.public.setup().fields, "name").value = str("acme").wants(rule)
		}},
		{Rule: rule, Name: "python_artifact", Prepare: func(c *cell) { c.lib.setup().text = "python_artifact" },
			Break: text(func(*cell) string { return "acme" })},
		{Rule: rule, Name: "added strings", Break: name(func(*cell) *expr {
			return join(" + ", str("org."), str("acme")).wantsFix("none", rule)
		})},
		{Rule: rule, Name: "a constant", Break: func(c *cell) {
			c.util.file(0).insert(&assign{"NAME", str("acme")})
			name(func(*cell) *expr { return code("NAME").wantsFix("none", rule) })(c)
		}},
		{Rule: rule, Name: "none", Break: func(c *cell) {
			s := c.lib.setup()
			s.fields = without(s.fields, "name")
			s.wantFix("none", rule)
		}},
		{Rule: rule, Name: "of a private library", Prepare: func(c *cell) {
			c.private.set("provides", c.setupPy(c.server))
			c.imports(c.server.fileOf(c.private))
		}, Break: func(c *cell) { find(c.private.setup().fields, "name").value = str("acme").wants(rule) }},
	}
}

func versionMutations() []*Mutation {
	const rule = "provides-version"
	version := func(value func() *expr) func(c *cell) {
		return func(c *cell) { find(c.lib.setup().fields, "version").value = value() }
	}
	return []*Mutation{
		{Rule: rule, Name: "a string", Break: version(func() *expr { return str("1.0").wants(rule) })},
		{Rule: rule, Name: "a long string", Break: version(func() *expr { return str("1.0.dev1+local").wants(rule) })},
		{Rule: rule, Name: "a number", Break: version(func() *expr { return code("1.0").wants(rule) })},
		{Rule: rule, Name: "added strings", Break: version(func() *expr {
			return join(" + ", str("1."), str("0")).wants(rule)
		})},
		{Rule: rule, Name: "formatted", Break: version(func() *expr { return join(" % ", str("1.%s"), str("0")).wants(rule) })},
		{Rule: rule, Name: "a constant", Break: func(c *cell) {
			c.util.file(0).insert(&assign{"VERSION", str("1.0")})
			version(func() *expr { return code("VERSION").wants(rule) })(c)
		}},
		{Rule: rule, Name: "None", Break: version(func() *expr { return code("None").wants(rule) })},
		{Rule: rule, Name: "without the import", Break: func(c *cell) {
			version(func() *expr { return str("1.0").wants(rule) })(c)
			c.util.file(0).stmts = []any{c.lib}
		}},
		{Rule: rule, Name: "beside with_binaries", Break: func(c *cell) {
			find(c.public.setup().fields, "version").value = str("1.0").wants(rule)
		}},
		{Rule: rule, Name: "none", Break: func(c *cell) {
			s := c.lib.setup()
			s.fields = without(s.fields, "version")
			s.wantFix("none", rule)
		}},
	}
}

func withBinariesMutations() []*Mutation {
	const complete, dictionary = "with-binaries-complete", "with-binaries-dict"
	keywords := func(c *cell) []*field {
		e := c.public.get("provides").value
		fields := e.elems[0].fields
		e.elems, e.fields = nil, fields
		return fields
	}
	underscored := func(c *cell) {
		c.binary.rename("run_it")
		c.scripts().fields[0].name = "run_it"
	}
	both := func(c *cell) {
		underscored(c)
		twoBinaries(c)
	}
	method := func(c *cell) *expr { return c.public.get("provides").value }
	return []*Mutation{
		{Rule: complete, Name: "one is missing", Prepare: twoBinaries, Break: func(c *cell) {
			c.scripts().fields = c.scripts().fields[:1]
			method(c).methodWants(complete)
		}},
		{Rule: complete, Name: "the first is missing", Prepare: twoBinaries, Break: func(c *cell) {
			c.scripts().fields = c.scripts().fields[1:]
			method(c).methodWants(complete)
		}},
		{Rule: complete, Name: "all are missing", Break: func(c *cell) {
			c.scripts().fields = nil
			method(c).methodWants(complete)
		}},
		{Rule: complete, Name: "there is no with_binaries", Break: func(c *cell) {
			c.public.get("provides").value = method(c).recv.wants(complete)
		}},
		{Rule: complete, Name: "an entry too many", Break: func(c *cell) {
			c.scripts().fields = append(c.scripts().fields, entry("lost", str(":lost").wants(complete)))
		}},
		{Rule: complete, Name: "an entry that is the first", Break: func(c *cell) {
			c.scripts().fields = append([]*field{entry("lost", str(":lost").wants(complete))}, c.scripts().fields...)
		}},
		{Rule: complete, Name: "an entry for a library", Break: func(c *cell) {
			c.scripts().fields = append(c.scripts().fields, entry("lib", ref(c.private).wants(complete)))
		}},
		{Rule: complete, Name: "an entry for another package", Break: func(c *cell) {
			c.scripts().fields = append(c.scripts().fields, entry("lib", ref(c.lib).wants(complete)))
		}},
		{Rule: complete, Name: "an entry in a constant", Break: func(c *cell) {
			c.server.file(0).insert(&assign{"LOST", str(":lost")})
			c.scripts().fields = append(c.scripts().fields, entry("lost", code("LOST").wants(complete)))
		}},
		{Rule: complete, Name: "a keyword too many", Prepare: underscored, Break: func(c *cell) {
			keywords(c)[0].want(dictionary)
			method(c).with(entry("lost", str(":lost").wants(complete)))
		}},
		{Rule: dictionary, Name: "a keyword", Prepare: underscored, Break: func(c *cell) { keywords(c)[0].want(dictionary) }},
		{Rule: dictionary, Name: "keywords", Prepare: both, Break: func(c *cell) { keywords(c)[0].want(dictionary) }},
		{Rule: dictionary, Name: "a keyword beside the dict", Prepare: both, Break: func(c *cell) {
			s := c.scripts()
			method(c).with(s.fields[1].wants(dictionary))
			s.fields = s.fields[:1]
		}},
		{Rule: dictionary, Name: "a keyword in a second call", Prepare: both, Break: func(c *cell) {
			s := c.scripts()
			second := method(c).method("with_binaries").with(s.fields[1].wants(dictionary))
			c.public.get("provides").value = second
			s.fields = s.fields[:1]
		}},
		{Rule: dictionary, Name: "a string", Break: func(c *cell) {
			method(c).add(str("lost").wantsFix("none", dictionary))
		}},
		{Rule: dictionary, Name: "a list", Break: func(c *cell) {
			method(c).add(strs(":a").wantsFix("none", dictionary))
		}},
		{Rule: dictionary, Name: "of a library with another name", Prepare: both, Break: func(c *cell) {
			keywords(c)[0].want(dictionary)
			c.public.rename("another")
			c.public.want("public-library-name")
		}},
	}
}
