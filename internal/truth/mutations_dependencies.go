package truth

import "slices"

// dependencyMutations break what targets depend on.
func dependencyMutations() []*Mutation {
	return slices.Concat(unresolvedMutations(), cycleMutations(), borrowedMutations(), concatenationMutations())
}

// unresolved breaks unresolved-dependency by a dependency of the private library.
func unresolved(name string, dep func(c *cell) *expr) *Mutation {
	return &Mutation{Rule: "unresolved-dependency", Name: name, Break: func(c *cell) {
		e := dep(c)
		e.address().want("unresolved-dependency")
		c.private.depend(e)
	}}
}

func unresolvedMutations() []*Mutation {
	const rule = "unresolved-dependency"
	return []*Mutation{
		unresolved("no such directory", func(c *cell) *expr { return str(c.util.dir + "x") }),
		unresolved("a directory without BUILD", func(c *cell) *expr { return str(c.server.dir + "/deep") }),
		unresolved("no such target", func(c *cell) *expr { return str(c.util.dir + ":lost") }),
		unresolved("no such target here", func(*cell) *expr { return str(":lost") }),
		unresolved("no such requirement", func(*cell) *expr { return str("3rdparty/python:flask") }),
		unresolved("another root", func(c *cell) *expr { return str("//" + c.util.dir + ":lost") }),
		unresolved("in pants()", func(c *cell) *expr { return call("pants", str(c.util.dir+":lost")) }),
		unresolved("in scoped()", func(c *cell) *expr {
			return call("scoped", str(c.util.dir+":lost")).with(entry("scope", str("runtime")))
		}),
		unresolved("no address: two colons", func(*cell) *expr { return str("a:b:c/") }),
		unresolved("no address: no name", func(c *cell) *expr { return str(c.util.dir + ":") }),
		unresolved("no address: absolute", func(c *cell) *expr { return str("/" + c.util.dir) }),
		unresolved("no address: a file", func(c *cell) *expr { return str(c.util.dir + "/BUILD") }),
		unresolved("added strings", func(c *cell) *expr { return join(" + ", str(c.util.dir), str(":lost")) }),
		unresolved("formatted", func(c *cell) *expr { return join(" % ", str(c.util.dir+":%s"), str("lost")) }),
		unresolved("adjacent strings in parentheses", func(c *cell) *expr {
			return join("", code("("), str(c.util.dir), code(" "), str("x"), code(")"))
		}),
		{Rule: rule, Name: "a constant", Break: func(c *cell) {
			c.server.fileOf(c.private).insert(&assign{"LOST", str(c.util.dir + ":lost")})
			c.private.depend(code("LOST").wants(rule))
		}},
		{Rule: rule, Name: "a list in a constant", Break: func(c *cell) {
			c.server.fileOf(c.private).insert(&assign{"DEPS", list(str(":lost").wants(rule), ref(c.lib))})
			c.private.get("dependencies").value = join(" + ", code("DEPS"), list(ref(c.css)))
		}},
		{Rule: rule, Name: "in a test", Break: func(c *cell) {
			c.test.depend(str(c.server.dir + ":_lost").wants(rule))
		}},
		{Rule: rule, Name: "of an app", Break: func(c *cell) {
			c.server.new(1, "python_app", str("lost_app"), entry("binary", str(":lost").wants(rule)))
		}},
		{Rule: rule, Name: "of an alias", Break: func(c *cell) {
			c.server.new(1, "alias", str("_alias"), entry("target", str(c.util.dir+":lost").wants(rule)))
		}},
		{Rule: rule, Name: "a slip in the name of a private target", Break: func(c *cell) {
			c.private.set("dependencies", list(ref(c.lib), str(":_cs").wants(rule)))
		}},
		{Rule: rule, Name: "twice", Break: func(c *cell) {
			c.private.depend(str(":lost").wants(rule))
			c.test.depend(str(c.server.dir + ":lost").wants(rule))
		}},
		{Rule: rule, Name: "the target is elsewhere now", Break: func(c *cell) {
			c.private.depend(str(c.util.dir + ":_css").wants(rule))
		}},
	}
}

// least returns the one of several targets that has the least address: there a cycle is told of.
func least(targets ...*target) *target {
	return slices.MinFunc(targets, func(a, b *target) int {
		x, y := [2]string{a.pkg.dir, a.label()}, [2]string{b.pkg.dir, b.label()}
		return slices.Compare(x[:], y[:])
	})
}

// cycle makes each target depend on the next and the last on the first, and wants the finding at the least.
func cycle(targets ...*target) {
	for i, t := range targets {
		dep := ref(targets[(i+1)%len(targets)])
		if t == least(targets...) {
			dep.want("dependency-cycle")
		}
		t.depend(dep)
	}
}

func cycleMutations() []*Mutation {
	const rule = "dependency-cycle"
	group := func(c *cell, p *pkg, name string) *target { return p.new(c.IntN(2), "target", str(name)) }
	all := []*Mutation{
		{Rule: rule, Name: "on itself", Break: func(c *cell) { cycle(group(c, c.server, "_a")) }},
		{Rule: rule, Name: "two", Break: func(c *cell) {
			cycle(group(c, c.server, "_b"), group(c, c.server, "_a"))
		}},
		{Rule: rule, Name: "three", Break: func(c *cell) {
			cycle(group(c, c.server, "_b"), group(c, c.server, "_c"), group(c, c.server, "_a"))
		}},
		{Rule: rule, Name: "across packages", Break: func(c *cell) {
			cycle(group(c, c.tests, "_b"), c.test)
		}},
		{Rule: rule, Name: "of libraries", Break: func(c *cell) {
			dep := ref(c.public)
			c.lib.depend(dep)
			// lib needs the public library, that the private one, that lib
			first := least(c.lib, c.public, c.private)
			switch first {
			case c.lib:
				dep.want(rule)
			case c.private:
				find := slices.IndexFunc(c.private.get("dependencies").value.elems, func(e *expr) bool { return e.target == c.lib })
				c.private.get("dependencies").value.elems[find].want(rule)
			}
		}},
		{Rule: rule, Name: "through with_binaries", Break: func(c *cell) {
			edge := c.public.get("provides").value.elems[0].fields[0].value
			dep := ref(c.public)
			c.binary.depend(dep)
			if least(c.binary, c.public) == c.binary {
				dep.want(rule)
			} else {
				edge.want(rule)
			}
			dep.want("binary-dependencies") // and its fix mends both
		}, Changes: true},
		{Rule: rule, Name: "through an alias", Break: func(c *cell) {
			group := group(c, c.server, "_b")
			c.server.new(0, "alias", str("_a"), entry("target", ref(group).wants(rule)))
			group.depend(str(":_a"))
		}},
	}
	for _, m := range all {
		m.Alone = true
	}
	return all
}

// borrowedMutations break private-dependency and binary-dependency.
func borrowedMutations() []*Mutation {
	const private, binary = "private-dependency", "binary-dependency"
	onLibrary := func(c *cell) { c.test.set("dependencies", list(ref(c.public))) }
	on := func(rule string, dep func(c *cell) *expr) func(c *cell) {
		return func(c *cell) { c.test.set("dependencies", list(dep(c).wants(rule))) }
	}
	return []*Mutation{
		{Rule: private, Name: "a library", Prepare: onLibrary, Break: on(private, func(c *cell) *expr { return ref(c.private) })},
		{Rule: private, Name: "resources", Prepare: onLibrary, Break: on(private, func(c *cell) *expr { return ref(c.css) })},
		{Rule: private, Name: "with //", Prepare: onLibrary, Break: on(private, func(c *cell) *expr {
			return ref(c.private).spelled(absolute)
		})},
		{Rule: private, Name: "beside the public one", Break: func(c *cell) { c.test.depend(ref(c.private).wants(private)) }},
		{Rule: private, Name: "in pants()", Prepare: onLibrary, Break: func(c *cell) {
			c.test.set("dependencies", list(call("pants", ref(c.private).wants(private))))
		}},
		{Rule: private, Name: "a constant", Break: func(c *cell) {
			c.tests.file(0).insert(&assign{"BORROWED", ref(c.private)})
			c.test.depend(code("BORROWED").wantsFix("none", private))
		}},
		{Rule: private, Name: "a list in a constant", Break: func(c *cell) {
			c.tests.file(0).insert(&assign{"BORROWED", list(ref(c.private).wantsFix("none", private))})
			c.test.set("dependencies", code("BORROWED"))
		}},
		{Rule: private, Name: "from a BUILD outside of the source roots", Alone: true, Prepare: func(c *cell) {
			c.another("tools/"+c.team).new(0, "target", str("all")).depend(ref(c.public))
		}, Break: func(c *cell) {
			all := c.extra[0].files[0].stmts[0].(*target)
			all.set("dependencies", list(ref(c.private).wants(private)))
		}},
		{Rule: private, Name: "of a library that has another name", Prepare: func(c *cell) {
			c.test.set("dependencies", list(ref(c.lib)))
			c.lib.set("sources", call("rglobs", str("*.py")))
			extra := c.util.new(0, "resources", str("_data"), entry("sources", strs("text.py")))
			c.lib.depend(ref(extra))
		}, Break: func(c *cell) {
			c.test.set("dependencies", list(str(c.util.dir+":_data").wants(private)))
		}},
		{Rule: private, Name: "by a library, which would close a circle", Alone: true, Break: func(c *cell) {
			// the public library needs the private one, which needs lib
			c.lib.depend(ref(c.css).wantsFix("none", private))
		}},
		{Rule: binary, Name: "in another package", Prepare: onLibrary, Break: on(binary, func(c *cell) *expr { return ref(c.binary) })},
		{Rule: binary, Name: "with //", Prepare: onLibrary, Break: on(binary, func(c *cell) *expr {
			return ref(c.binary).spelled(absolute)
		})},
		{Rule: binary, Name: "in scoped()", Prepare: func(c *cell) {
			c.test.set("dependencies", list(call("scoped", ref(c.public)).with(entry("scope", str("test")))))
		}, Break: func(c *cell) {
			c.test.set("dependencies", list(call("scoped", ref(c.binary).wants(binary)).with(entry("scope", str("test")))))
		}},
		{Rule: binary, Name: "in the same package", Break: func(c *cell) {
			t := c.server.new(1, "target", str("_group"))
			t.depend(ref(c.binary).wantsFix("none", binary))
		}},
		{Rule: binary, Name: "a constant", Break: func(c *cell) {
			c.tests.file(0).insert(&assign{"BINARY", ref(c.binary)})
			c.test.depend(code("BINARY").wantsFix("none", binary))
		}},
		{Rule: binary, Name: "beside the public library", Break: func(c *cell) { c.test.depend(ref(c.binary).wants(binary)) }},
	}
}

func concatenationMutations() []*Mutation {
	const rule = "implicit-concatenation"
	return []*Mutation{
		{Rule: rule, Name: "dependencies", Break: func(c *cell) {
			c.private.set("dependencies", list(join(" ", ref(c.css), ref(c.lib)).wants(rule), str("3rdparty/python:six")).ordered())
		}, Prepare: func(c *cell) { c.private.set("dependencies", list(ref(c.css), ref(c.lib), str("3rdparty/python:six"))) }},
		{Rule: rule, Name: "in two lines", Break: func(c *cell) {
			c.private.set("dependencies", list(join("\n", ref(c.css), ref(c.lib)).wants(rule)).ordered())
		}, Prepare: func(c *cell) { c.private.set("dependencies", list(ref(c.css), ref(c.lib))) }},
		{Rule: rule, Name: "three", Break: func(c *cell) {
			c.private.set("dependencies", list(join("\n", str("3rdparty/python:six"), ref(c.css), ref(c.lib)).wants(rule)).ordered())
		}, Prepare: func(c *cell) { c.private.set("dependencies", list(str("3rdparty/python:six"), ref(c.css), ref(c.lib))) }},
		{Rule: rule, Name: "sources", Break: func(c *cell) {
			c.css.set("sources", list(join(" ", str("style.css"), str("impl.py")).wants(rule)))
		}, Prepare: func(c *cell) { c.css.set("sources", strs("style.css", "impl.py").ordered()) }},
		{Rule: rule, Name: "tags", Break: func(c *cell) {
			c.public.set("tags", list(join(" ", str("a"), str("b")).wants(rule), str("c")).ordered())
		}, Prepare: func(c *cell) { c.public.set("tags", strs("a", "b", "c")) }},
		{Rule: rule, Name: "a tuple", Break: func(c *cell) {
			c.public.set("tags", join("", code("("), join(" ", str("a"), str("b")).wants(rule), code(",)")))
		}, Prepare: func(c *cell) { c.public.set("tags", code("('a', 'b',)")) }},
		{Rule: rule, Name: "a constant", Break: func(c *cell) {
			c.tests.file(0).insert(&assign{"TAGS", list(join(" ", str("a"), str("b")).wants(rule))})
		}, Prepare: func(c *cell) { c.tests.file(0).insert(&assign{"TAGS", strs("a", "b")}) }},
	}
}
