package truth

import "slices"

// styleMutations break how BUILD files look.
func styleMutations() []*Mutation {
	return slices.Concat(headerMutations(), commaMutations(), sortMutations())
}

func headerMutations() []*Mutation {
	const rule = "license-header"
	header := func(text string) func(c *cell) {
		return func(c *cell) {
			f := c.util.file(0)
			f.noHeader, f.header = true, text
			f.want(rule)
		}
	}
	return []*Mutation{
		{Rule: rule, Name: "none", Break: header("")},
		{Rule: rule, Name: "another", Break: header("# Copyright Acme.")},
		{Rule: rule, Name: "more in its line", Break: header(licence + " Really.")},
		{Rule: rule, Name: "a blank line before", Break: header("\n" + licence)},
		{Rule: rule, Name: "a blank before", Break: header(" " + licence)},
		{Rule: rule, Name: "in a string", Break: header("'''\n" + licence + "\n'''")},
		{Rule: rule, Name: "in one of two BUILD files", Prepare: func(c *cell) { c.server.move(c.css, 2) }, Break: func(c *cell) {
			c.server.file(2).noHeader = true
			c.server.file(2).want(rule)
		}},
		{Rule: rule, Name: "of tests", Break: func(c *cell) {
			c.tests.file(0).noHeader = true
			c.tests.file(0).want(rule)
		}},
	}
}

func commaMutations() []*Mutation {
	const rule = "trailing-comma"
	last := func(fields []*field) *field { return fields[len(fields)-1] }
	return []*Mutation{
		{Rule: rule, Name: "of a target", Break: func(c *cell) {
			c.lib.tall, c.lib.noComma = true, true
			last(c.lib.fields).want(rule)
		}},
		{Rule: rule, Name: "of a list", Break: func(c *cell) {
			l := c.public.get("dependencies").value
			l.tall, l.noComma = true, true
			l.elems[0].want(rule)
		}},
		{Rule: rule, Name: "of a dict", Break: func(c *cell) {
			s := c.scripts()
			s.tall, s.noComma = true, true
			last(s.fields).want(rule)
		}},
		{Rule: rule, Name: "of setup_py", Break: func(c *cell) {
			s := c.lib.setup()
			s.tall, s.noComma = true, true
			last(s.fields).want(rule)
		}},
		{Rule: rule, Name: "of globs", Break: func(c *cell) {
			s := c.private.get("sources").value
			s.tall, s.noComma = true, true
			s.elems[0].want(rule)
		}},
		{Rule: rule, Name: "with a comment behind", Break: func(c *cell) {
			l := c.public.get("dependencies").value
			l.tall, l.noComma = true, true
			l.elems[0].want(rule)
			l.elems[0].after = &comment{text: "the only one"}
		}},
		{Rule: rule, Name: "of a target and its list", Break: func(c *cell) {
			l := c.binary.get("dependencies").value
			c.binary.tall, c.binary.noComma = true, true
			l.tall, l.noComma = true, true
			last(c.binary.fields).want(rule)
			l.elems[0].want(rule)
		}},
		{Rule: rule, Name: "of a macro", Break: func(c *cell) {
			c.css.kind = "acme_files"
			c.css.tall, c.css.noComma = true, true
			last(c.css.fields).want(rule)
		}, Prepare: func(c *cell) { c.css.kind = "acme_files" }},
	}
}

func sortMutations() []*Mutation {
	const rule = "unsorted-dependencies"
	order := func(deps ...func(c *cell) *expr) (prepare, broken func(c *cell)) {
		all := func(c *cell) *expr {
			l := list()
			for _, d := range deps {
				l.add(d(c))
			}
			return l
		}
		return func(c *cell) { c.test.set("dependencies", all(c)) },
			func(c *cell) { c.test.set("dependencies", all(c).ordered()) }
	}
	third := func(name string, rules ...string) func(c *cell) *expr {
		return func(*cell) *expr { return str("3rdparty/python:" + name).wants(rules...) }
	}
	// breaks returns a mutation of a list that is in the wrong order as it is written; wants belong to the broken one.
	breaks := func(name string, deps ...func(c *cell) *expr) *Mutation {
		prepare, broken := order(deps...)
		return &Mutation{Rule: rule, Name: name, Prepare: func(c *cell) {
			prepare(c)
			for _, e := range c.test.get("dependencies").value.elems {
				e.marks = nil
				for _, inner := range e.elems {
					inner.marks = nil
				}
			}
		}, Break: broken}
	}
	return []*Mutation{
		breaks("two", third("pytest"), third("mock", rule)),
		breaks("the last of three", third("mock"), third("pytest"), third("click", rule)),
		breaks("the middle of three", third("mock"), third("click", rule), third("pytest")),
		breaks("an own target at the end", func(c *cell) *expr { return ref(c.lib) }, third("mock", rule)),
		breaks("in pants()", third("pytest"), func(*cell) *expr {
			return call("pants", str("3rdparty/python:mock").wants(rule))
		}),
		breaks("case counts", third("mock"), func(c *cell) *expr { return str("//" + c.public.pkg.dir).wants(rule) }),
		breaks("with comments", func(*cell) *expr {
			e := str("3rdparty/python:pytest")
			e.after = &comment{text: "it runs them"}
			return e
		}, third("click", rule)),
		{Rule: rule, Name: "a list in a constant", Prepare: func(c *cell) {
			c.tests.file(0).insert(&assign{"DEPS", strs("3rdparty/python:mock", "3rdparty/python:six")})
			c.test.set("dependencies", code("DEPS"))
		}, Break: func(c *cell) {
			c.tests.file(0).stmts[0].(*assign).value = list(str("3rdparty/python:six"), str("3rdparty/python:mock").wants(rule)).ordered()
		}},
	}
}
