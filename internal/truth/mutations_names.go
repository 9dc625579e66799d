package truth

import "slices"

// nameMutations break what targets are called, and what is there beside them.
func nameMutations() []*Mutation {
	return slices.Concat(duplicateTargetMutations(), publicMutations(), privateNameMutations(), unusedMutations())
}

func duplicateTargetMutations() []*Mutation {
	const rule = "duplicate-target"
	again := func(file int, kind string, name func(c *cell) *expr) func(c *cell) {
		return func(c *cell) {
			c.server.move(c.css, 0)
			c.server.new(file, kind, name(c)).want(rule)
		}
	}
	css := func(*cell) *expr { return str("_css") }
	return []*Mutation{
		{Rule: rule, Name: "the same name", Break: again(0, "resources", css)},
		{Rule: rule, Name: "in another BUILD file", Break: again(1, "files", css)},
		{Rule: rule, Name: "a macro", Break: again(1, "acme_files", css)},
		{Rule: rule, Name: "added strings", Break: again(1, "files", func(*cell) *expr {
			return join(" + ", str("_c"), str("ss"))
		})},
		{Rule: rule, Name: "formatted", Break: again(1, "files", func(*cell) *expr {
			return join(" % ", str("_%s"), str("css"))
		})},
		{Rule: rule, Name: "a constant", Break: func(c *cell) {
			c.server.file(1).insert(&assign{"NAME", str("_css")})
			again(1, "files", func(*cell) *expr { return code("NAME") })(c)
		}},
		{Rule: rule, Name: "assigned", Break: func(c *cell) {
			again(2, "target", css)(c)
			c.server.file(2).stmts[0].(*target).assign = "css"
		}},
		{Rule: rule, Name: "three times", Break: func(c *cell) {
			again(1, "files", css)(c)
			again(2, "files", css)(c)
		}},
		{Rule: rule, Name: "the directory's", Break: func(c *cell) {
			t := c.util.new(1, "python_binary", nil, entry("entry_point", str(dotted(c.util)+".text")))
			t.want(rule)
			c.lib.name = str(base(c.util.dir))
		}},
		{Rule: rule, Name: "the directory's, written out", Break: func(c *cell) {
			t := c.util.new(1, "python_binary", str(base(c.util.dir)), entry("entry_point", str(dotted(c.util)+".text")))
			t.want(rule)
			c.lib.name = nil
		}},
		{Rule: rule, Name: "it silences what else is said of the libraries", Break: func(c *cell) {
			t := c.util.new(1, "python_library", c.lib.name, entry("sources", call("rglobs", str("*.py"))))
			t.want(rule)
		}},
		{Rule: rule, Name: "of tests", Break: func(c *cell) {
			c.tests.new(1, "python_tests", str(c.test.label())).want(rule)
		}},
	}
}

// publicMutations break one-public-library and public-library-name.
func publicMutations() []*Mutation {
	const one, name = "one-public-library", "public-library-name"
	more := func(file int, kind, name string) func(c *cell) {
		return func(c *cell) {
			t := c.server.new(file, kind, str(name))
			c.private.depend(ref(t))
			c.extraTarget = t
		}
	}
	rename := func(to string) func(c *cell) {
		return func(c *cell) {
			c.extraTarget.rename(to)
			c.extraTarget.want(one)
		}
	}
	return []*Mutation{
		{Rule: one, Name: "two", Prepare: more(0, "python_library", "_more"), Break: rename("more")},
		{Rule: one, Name: "two in two BUILD files", Prepare: more(1, "python_library", "_more"), Break: rename("more")},
		{Rule: one, Name: "a macro", Prepare: more(1, "acme_library", "_more"), Break: rename("more")},
		{Rule: one, Name: "with dashes", Prepare: more(2, "acme_library", "_m-o.re"), Break: rename("m-o.re")},
		{Rule: one, Name: "the private one", Break: func(c *cell) {
			c.private.rename("impl")
			c.private.want(one)
		}, Changes: true /* it becomes _impl */},
		{Rule: one, Name: "a constant", Break: func(c *cell) {
			c.server.file(1).insert(&assign{"MORE", str("more")})
			c.server.new(1, "python_library", code("MORE")).wantFix("none", one)
		}},
		{Rule: one, Name: "nobody uses it", Break: func(c *cell) {
			c.server.new(1, "python_library", str("more")).wantFix("none", one)
		}},
		{Rule: one, Name: "the private name is taken", Break: func(c *cell) {
			c.server.new(1, "python_library", str("css")).wantFix("none", one)
		}},
		{Rule: one, Name: "three", Prepare: func(c *cell) {
			more(0, "python_library", "_more")(c)
			c.private.depend(ref(c.server.new(1, "python_library", str("_most"))))
		}, Break: func(c *cell) {
			rename("more")(c)
			stmts := c.server.file(1).stmts
			most := stmts[len(stmts)-1].(*target)
			most.rename("most")
			most.want(one)
		}},
		{Rule: one, Name: "none", Alone: true, Break: func(c *cell) {
			c.server.drop(c.public)
			c.test.set("dependencies", list(ref(c.lib)))
			c.server.file(0).wantFix("none", one)
		}},
		{Rule: one, Name: "none but resources", Break: func(c *cell) {
			data := c.another(sourceRoot + "/" + c.team + "/data")
			data.new(0, "resources", str("_data"), entry("sources", strs("x.json")))
			data.write("x.json", "{}")
			c.test.depend(str(data.dir+":_data").wantsFix("none", "private-dependency"))
			data.file(0).wantFix("none", one)
		}},

		{Rule: name, Name: "another", Break: func(c *cell) {
			c.lib.rename("lib")
			c.lib.want(name)
		}},
		{Rule: name, Name: "another, with binaries", Break: func(c *cell) {
			c.public.rename("public")
			c.public.want(name)
		}},
		{Rule: name, Name: "another case", Break: func(c *cell) {
			c.lib.rename("X" + base(c.util.dir))
			c.lib.want(name)
		}},
		{Rule: name, Name: "in another BUILD file", Prepare: func(c *cell) { c.util.move(c.lib, 1) }, Break: func(c *cell) {
			c.lib.rename("lib")
			c.lib.want(name)
		}},
		{Rule: name, Name: "added strings", Break: func(c *cell) {
			c.lib.name = join(" + ", str("l"), str("ib"))
			c.lib.wantFix("none", name)
		}},
		{Rule: name, Name: "a constant", Break: func(c *cell) {
			c.util.file(0).insert(&assign{"NAME", str("lib")})
			c.lib.name = code("NAME")
			c.lib.name.text = "NAME"
			c.test.set("dependencies", list(ref(c.public), str(c.util.dir+":lib")))
			c.private.set("dependencies", list(ref(c.css), str(c.util.dir+":lib")))
			c.lib.wantFix("none", name)
		}},
		{Rule: name, Name: "the directory's is taken", Break: func(c *cell) {
			c.lib.rename("lib")
			c.lib.wantFix("none", name)
			c.util.new(1, "python_binary", nil, entry("entry_point", str(dotted(c.util)+".text")),
				entry("dependencies", strs("3rdparty/python:six")))
			c.lib.set("dependencies", strs("3rdparty/python:six")).wantFix("none", "single-private-dependency")
			c.lib.setup().want("with-binaries-complete")
		}, Changes: true},
	}
}

func privateNameMutations() []*Mutation {
	const rule = "private-target-name"
	rename := func(c *cell, to string) {
		c.extraTarget.rename(to)
		c.extraTarget.want(rule)
	}
	used := func(kind string, file int) func(c *cell) {
		return func(c *cell) {
			c.extraTarget = c.server.new(file, kind, str("_extra"))
			c.private.depend(ref(c.extraTarget))
			c.server.new(0, "target", str("_group")).depend(ref(c.extraTarget))
		}
	}
	extra := func(c *cell) { rename(c, "extra") }
	return []*Mutation{
		{Rule: rule, Name: "resources", Break: func(c *cell) { c.css.rename("css"); c.css.want(rule) }},
		{Rule: rule, Name: "files", Prepare: used("files", 0), Break: extra},
		{Rule: rule, Name: "in another BUILD file", Prepare: used("target", 1), Break: extra},
		{Rule: rule, Name: "a third BUILD file", Prepare: used("acme_files", 2), Break: extra},
		{Rule: rule, Name: "a thrift library", Prepare: used("python_thrift_library", 1), Break: extra},
		{Rule: rule, Name: "another language's library", Prepare: used("java_library", 1), Break: extra},
		{Rule: rule, Name: "requirements", Prepare: func(c *cell) {
			used("python_requirement_library", 1)(c)
			c.extraTarget.set("requirements", list(call("python_requirement", str("mock==1.0"))))
		}, Break: extra},
		{Rule: rule, Name: "tests", Prepare: func(c *cell) {
			c.extraTarget = c.server.new(1, "python_tests", str("_extra"), entry("sources", strs("impl.py")))
		}, Break: extra},
		{Rule: rule, Name: "the underscore is at the end", Prepare: func(c *cell) {
			used("files", 0)(c)
			c.extraTarget.rename("_extra_")
		}, Break: func(c *cell) { rename(c, "extra_") }},
		{Rule: rule, Name: "assigned", Prepare: func(c *cell) {
			used("files", 0)(c)
			c.extraTarget.assign = "extra"
		}, Break: extra},
		{Rule: rule, Name: "added strings", Break: func(c *cell) {
			c.css.name = join(" + ", str("c"), str("ss"))
			c.css.wantFix("none", rule)
		}},
		{Rule: rule, Name: "a constant", Break: func(c *cell) {
			f := c.server.fileOf(c.css)
			f.insert(&assign{"CSS", str("css")})
			c.css.name = code("CSS")
			c.private.set("dependencies", list(ref(c.lib), str(":css")))
			c.css.wantFix("none", rule)
		}},
		{Rule: rule, Name: "the private name is taken", Break: func(c *cell) {
			c.server.new(1, "resources", str("css"), entry("sources", strs("style.css"))).wantFix("none", rule)
		}},
		{Rule: rule, Name: "nobody uses it, which would be the next finding", Break: func(c *cell) {
			c.server.new(1, "resources", str("lonely"), entry("sources", strs("style.css"))).wantFix("none", rule)
		}},
	}
}

func unusedMutations() []*Mutation {
	const rule = "unused-private-target"
	add := func(kind string, file int, fields ...*field) func(c *cell) {
		return func(c *cell) { c.server.new(file, kind, str("_left"), fields...).want(rule) }
	}
	return []*Mutation{
		{Rule: rule, Name: "a library", Break: add("python_library", 0)},
		{Rule: rule, Name: "a macro", Break: add("acme_library", 1)},
		{Rule: rule, Name: "resources", Break: add("resources", 0, entry("sources", strs("style.css")))},
		{Rule: rule, Name: "files", Break: add("files", 1, entry("sources", call("globs", str("*.css"))))},
		{Rule: rule, Name: "in a BUILD file of its own", Break: add("resources", 2, entry("sources", strs("style.css")))},
		{Rule: rule, Name: "another language's library", Break: add("java_library", 1, entry("sources", list()))},
		{Rule: rule, Name: "in a test root", Break: func(c *cell) {
			c.tests.new(1, "resources", str("_left"), entry("sources", strs("test_all.py"))).want(rule)
		}},
		{Rule: rule, Name: "what uses it went away", Prepare: func(c *cell) {
			c.private.set("dependencies", list(ref(c.lib)))
			c.server.drop(c.css)
		}, Break: func(c *cell) {
			c.server.new(1, "resources", str("_css"), entry("sources", strs("style.css"))).want(rule)
		}},
		{Rule: rule, Name: "a name in a constant", Break: func(c *cell) {
			c.server.file(1).insert(&assign{"LEFT", str("_left")})
			c.server.new(1, "python_library", code("LEFT")).want(rule)
		}},
	}
}
