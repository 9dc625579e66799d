package truth

import "slices"

// spellingMutations break how dependencies are spelled, and say them twice.
func spellingMutations() []*Mutation {
	return slices.Concat(redundantMutations(), duplicateDependencyMutations())
}

// redundant breaks redundant-target-name by another spelling of a reference.
func redundant(name string, from func(c *cell) (t *target, on *target), spell func(*target, string) string) *Mutation {
	return &Mutation{Rule: "redundant-target-name", Name: name, Prepare: func(c *cell) {
		t, on := from(c)
		t.set("dependencies", list(ref(on)))
	}, Break: func(c *cell) {
		t, on := from(c)
		t.set("dependencies", list(ref(on).spelled(spell).wants("redundant-target-name")))
	}}
}

func redundantMutations() []*Mutation {
	const rule = "redundant-target-name"
	return []*Mutation{
		redundant("the directory again", func(c *cell) (*target, *target) { return c.test, c.lib }, long),
		redundant("the directory again, with //", func(c *cell) (*target, *target) { return c.test, c.public }, absolute),
		{Rule: rule, Name: "the own package", Break: func(c *cell) {
			c.private.set("dependencies", list(ref(c.lib), ref(c.css).spelled(long).wants(rule)))
		}, Prepare: func(c *cell) { c.private.set("dependencies", list(ref(c.lib), ref(c.css))) }},
		{Rule: rule, Name: "the own package and its name", Prepare: func(c *cell) {
			c.server.new(1, "target", str("_all")).depend(ref(c.public))
		}, Break: func(c *cell) {
			stmts := c.server.file(1).stmts
			stmts[len(stmts)-1].(*target).set("dependencies", list(ref(c.public).spelled(long).wants(rule)))
		}},
		{Rule: rule, Name: "in scoped()", Prepare: func(c *cell) {
			c.test.set("dependencies", list(call("scoped", ref(c.lib)).with(entry("scope", str("test")))))
		}, Break: func(c *cell) {
			c.test.set("dependencies", list(call("scoped", ref(c.lib).spelled(long).wants(rule)).with(entry("scope", str("test")))))
		}},
		{Rule: rule, Name: "in a list in a constant", Prepare: func(c *cell) {
			c.tests.file(0).insert(&assign{"DEPS", list(ref(c.lib))})
			c.test.set("dependencies", join(" + ", code("DEPS"), list(ref(c.public))))
		}, Break: func(c *cell) {
			c.tests.file(0).stmts[0].(*assign).value = list(ref(c.lib).spelled(long).wants(rule))
		}},
		{Rule: rule, Name: "in with_binaries", Break: func(c *cell) {
			scripts := c.public.get("provides").value.elems[0]
			scripts.fields[0].value.spelled(long).want(rule)
		}},
		{Rule: rule, Name: "of an alias", Prepare: func(c *cell) {
			c.server.new(1, "alias", str("_alias"), entry("target", ref(c.lib)))
		}, Break: func(c *cell) {
			stmts := c.server.file(1).stmts
			stmts[len(stmts)-1].(*target).get("target").value.spelled(long).want(rule)
		}},
		{Rule: rule, Name: "all of a list", Prepare: func(c *cell) {
			c.test.set("dependencies", list(ref(c.lib), ref(c.public)))
		}, Break: func(c *cell) {
			for _, e := range c.test.get("dependencies").value.elems {
				e.spelled(long).want(rule)
			}
		}},
	}
}

// twice breaks duplicate-dependency by a second spelling of a dependency.
func twice(name string, first, second func(*target, string) string) *Mutation {
	return &Mutation{Rule: "duplicate-dependency", Name: name, Prepare: func(c *cell) {
		c.test.set("dependencies", list(ref(c.lib).spelled(first)))
	}, Break: func(c *cell) {
		c.test.set("dependencies", list(
			ref(c.lib).spelled(first), ref(c.lib).spelled(second).wants("duplicate-dependency")).ordered())
	}}
}

func duplicateDependencyMutations() []*Mutation {
	const rule = "duplicate-dependency"
	both := func(c *cell) (*expr, *expr) { return ref(c.lib), ref(c.lib).wants(rule) }
	return []*Mutation{
		twice("the same", short, short),
		twice("with its name", short, long),
		twice("with //", short, absoluteShort),
		twice("with // and its name", short, absolute),
		twice("the first with //", absoluteShort, short),
		{Rule: rule, Name: "with its directory", Prepare: func(c *cell) { c.public.set("dependencies", list(ref(c.private))) },
			Break: func(c *cell) {
				c.public.set("dependencies", list(ref(c.private), ref(c.private).spelled(long).wants(rule)).ordered())
			}},
		{Rule: rule, Name: "in pants()", Prepare: func(c *cell) { c.test.set("dependencies", list(ref(c.lib))) },
			Break: func(c *cell) {
				c.test.set("dependencies", list(ref(c.lib), call("pants", ref(c.lib).wants(rule))).ordered())
			}},
		{Rule: rule, Name: "three times", Prepare: func(c *cell) { c.test.set("dependencies", list(ref(c.lib))) },
			Break: func(c *cell) {
				a, b := both(c)
				_, d := both(c)
				c.test.set("dependencies", list(a, b, d).ordered())
			}},
		{Rule: rule, Name: "apart", Prepare: func(c *cell) {
			c.test.set("dependencies", list(ref(c.lib), ref(c.public), str("3rdparty/python:mock")))
		}, Break: func(c *cell) {
			c.test.set("dependencies", list(str("3rdparty/python:mock"), ref(c.public), ref(c.lib),
				str("3rdparty/python:mock").wants(rule)).ordered())
		}, Changes: true /* style sorts the list */},
		{Rule: rule, Name: "in a constant", Prepare: func(c *cell) {
			c.tests.file(0).insert(&assign{"LIB", ref(c.lib)})
			c.test.set("dependencies", list(code("LIB")))
		}, Break: func(c *cell) {
			c.test.set("dependencies", list(code("LIB"), ref(c.lib).wants(rule)).ordered())
		}},
		{Rule: rule, Name: "in a list in a constant", Prepare: func(c *cell) {
			c.tests.file(0).insert(&assign{"DEPS", list(ref(c.lib))})
			c.test.set("dependencies", join(" + ", list(ref(c.public)), code("DEPS")))
		}, Break: func(c *cell) {
			c.test.set("dependencies", join(" + ", list(ref(c.lib).wants(rule), ref(c.public)), code("DEPS")))
		}},
		{Rule: rule, Name: "in two lists", Prepare: func(c *cell) {
			c.test.set("dependencies", join(" + ", list(ref(c.public)), list(ref(c.lib))))
		}, Break: func(c *cell) {
			c.test.set("dependencies", join(" + ", list(ref(c.public)), list(ref(c.lib), ref(c.public).wants(rule)).ordered()))
		}},
		{Rule: rule, Name: "a list in a constant twice", Prepare: func(c *cell) {
			c.tests.file(0).insert(&assign{"DEPS", list(ref(c.lib))})
			c.test.set("dependencies", code("DEPS"))
		}, Break: func(c *cell) {
			c.tests.file(0).stmts[0].(*assign).value = list(ref(c.lib), ref(c.lib).spelled(long).wants(rule)).ordered()
		}},
		{Rule: rule, Name: "a requirement", Break: func(c *cell) {
			c.lib.set("dependencies", list(str("3rdparty/python:six"), str("//3rdparty/python:six").wants(rule)).ordered())
		}, Prepare: func(c *cell) { c.lib.set("dependencies", list(str("3rdparty/python:six"))) }},
		{Rule: rule, Name: "with other rules beside it", Prepare: func(c *cell) {
			c.test.set("dependencies", list(ref(c.lib), ref(c.public)))
		}, Break: func(c *cell) {
			c.test.set("dependencies", list(ref(c.lib), ref(c.lib).wants(rule),
				ref(c.public).spelled(long).wants("redundant-target-name")).ordered())
		}},
	}
}
