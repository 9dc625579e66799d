package truth

import "slices"

// fileMutations break files as a whole: their syntax, their place, their comments.
func fileMutations() []*Mutation {
	return slices.Concat(syntaxMutations(), layoutMutations(), suppressionMutations())
}

// broken breaks the syntax at the end of a BUILD file: what stands before is still read. The line counts from the first
// of the text.
func broken(name string, line int, text string) *Mutation {
	return &Mutation{Rule: "syntax-error", Name: name, Alone: true, Break: func(c *cell) {
		f := c.util.file(0)
		f.add(&raw{text: text, marks: marks{{rule: "syntax-error", line: line}}})
	}}
}

func syntaxMutations() []*Mutation {
	const rule = "syntax-error"
	return []*Mutation{
		broken("a bracket that does not close", 0, "python_library(\n  name = 'x',"),
		broken("a list that does not close", 3, "python_library(\n  name = 'x',\n  tags = ['a',\n)"),
		broken("a bracket too many", 0, "python_library(name = 'x'))"),
		broken("a missing comma", 1, "python_library(\n  name = 'x'\n  tags = ['a'],\n)"),
		broken("a string that does not end", 1, "python_library(\n  name = 'x,\n)"),
		broken("a merge conflict", 0, "<<<<<<< HEAD\nA = 1\n=======\nA = 2\n>>>>>>> other"),
		broken("a positional argument behind a keyword", 0, "target(name = '_x', 'y')"),
		broken("no statement", 0, "this is no statement"),
		{Rule: rule, Name: "in a BUILD file of its own", Alone: true, Break: func(c *cell) {
			c.util.file(1).add(&raw{text: "target(", marks: marks{{rule: rule}}})
		}},
		{Rule: rule, Name: "in a test root", Alone: true, Break: func(c *cell) {
			c.tests.file(1).add(&raw{text: "target(name = )", marks: marks{{rule: rule}}})
		}},
		{Rule: rule, Name: "it silences what is absent", Alone: true, Break: func(c *cell) {
			c.server.file(2).add(&raw{text: "target(", marks: marks{{rule: rule}}})
			c.server.drop(c.public)
			c.private.depend(str(":lost"))
			c.server.new(1, "resources", str("_unused"), entry("sources", strs("style.css")))
			c.private.set("sources", strs("__init__.py", "impl.py")).want("library-sources")
		}, Changes: true},
		{Rule: rule, Name: "it silences nothing else", Alone: true, Break: func(c *cell) {
			c.util.file(1).add(&raw{text: "target(", marks: marks{{rule: rule}}})
			c.lib.depend(str("3rdparty/python:lost").wants("unresolved-dependency"))
			find(c.lib.setup().fields, "version").value = str("1").wants("provides-version")
		}, Changes: true},
	}
}

func layoutMutations() []*Mutation {
	const rule = "package-layout"
	at := func(dir func(c *cell) string, stmts ...func(p *pkg)) func(c *cell) {
		return func(c *cell) {
			p := c.another(dir(c))
			for _, add := range stmts {
				add(p)
			}
			p.files[0].want(rule)
		}
	}
	team := func(c *cell) string { return sourceRoot + "/" + c.team }
	group := func(p *pkg) { p.new(0, "target", str("_all")) }
	return []*Mutation{
		{Rule: rule, Name: "too high", Break: at(team, group)},
		{Rule: rule, Name: "too deep", Break: at(func(c *cell) string { return c.server.dir + "/deep" }, group)},
		{Rule: rule, Name: "much too deep", Break: at(func(c *cell) string { return c.server.dir + "/deep/er" }, group)},
		{Rule: rule, Name: "another name of a BUILD file", Break: at(team, group, func(p *pkg) { p.files[0].name = "BUILD.x" })},
		{Rule: rule, Name: "two BUILD files", Break: at(team, group, func(p *pkg) { p.new(1, "target", str("_more")) })},
		{Rule: rule, Name: "in a new directory", Break: at(func(c *cell) string { return c.util.dir + "/new" },
			func(p *pkg) { p.new(0, "python_library", nil) })},
		{Rule: rule, Name: "two places", Break: func(c *cell) {
			at(team, group)(c)
			at(func(c *cell) string { return c.server.dir + "/deep" }, group)(c)
		}},
		{Rule: rule, Name: "it silences what else is wrong", Break: at(team, func(p *pkg) {
			p.new(0, "python_library", str("a"))
			p.new(0, "python_library", str("b"), entry("provides", call("setup_py").with(entry("name", str("x")),
				entry("version", str("1")))))
		})},
	}
}

func suppressionMutations() []*Mutation {
	const rule = "unused-suppression"
	before := func(text string) func(c *cell) {
		return func(c *cell) {
			note := &comment{text: text}
			note.want(rule)
			c.lib.before = append(c.lib.before, note)
		}
	}
	behind := func(text string) func(c *cell) {
		return func(c *cell) {
			note := &comment{text: text}
			note.want(rule)
			c.lib.get("sources").after = note
		}
	}
	whole := func(text string) func(c *cell) {
		return func(c *cell) {
			note := &comment{text: text}
			note.want(rule)
			c.util.file(0).before = append(c.util.file(0).before, note)
		}
	}
	used := func(name string) func(c *cell) {
		return func(c *cell) {
			c.lib.rename("lib")
			c.lib.before = append(c.lib.before, &comment{text: "buildlint: disable=" + name})
		}
	}
	return []*Mutation{
		{Rule: rule, Name: "above a target", Break: before("buildlint: disable=duplicate-target -- long gone")},
		{Rule: rule, Name: "behind a field", Break: behind("buildlint: disable=library-sources")},
		{Rule: rule, Name: "for the file", Break: whole("buildlint: disable-file=package-layout -- it lies right now")},
		{Rule: rule, Name: "no such rule", Break: before("buildlint: disable=duplicate-targets")},
		{Rule: rule, Name: "a pattern is no rule", Break: before("buildlint: disable=provides-*")},
		{Rule: rule, Name: "two", Break: before("buildlint: disable=duplicate-target,library-sources -- both")},
		{Rule: rule, Name: "not understood", Break: func(c *cell) {
			note := &comment{text: "buildlint: ignore=duplicate-target"}
			note.wantFix("none", rule)
			c.lib.before = append(c.lib.before, note)
		}},
		{Rule: rule, Name: "one of two is used", Prepare: used("public-library-name"), Break: func(c *cell) {
			c.lib.before[0].text = "buildlint: disable=public-library-name,duplicate-target -- so"
			c.lib.before[0].want(rule)
		}},
		{Rule: rule, Name: "the wrong line", Break: func(c *cell) {
			c.lib.rename("lib")
			c.lib.want("public-library-name")
			behind("buildlint: disable=public-library-name")(c)
			c.lib.tall = true
		}},
	}
}
