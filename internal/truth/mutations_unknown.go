package truth

// unknownMutations break rules in ways that are not statically known: nothing may be found.
func unknownMutations() []*Mutation {
	var all []*Mutation
	add := func(rule, name string, f func(c *cell)) {
		all = append(all, &Mutation{Rule: rule, Name: "unknown: " + name, Break: f, Silent: true})
	}
	unknownTargets(add)
	unknownValues(add)
	unknownProvides(add)
	unknownSources(add)
	return all
}

type adder = func(rule, name string, f func(c *cell))

// hiding are statements that may declare targets which are not seen.
func hiding() []*raw {
	return []*raw{
		{text: "my_macro('x')"},
		{text: "my_macro(name = '_lost')"},
		{text: "for n in ['_lost', '_css2']:\n  resources(name = n)"},
		{text: "if True:\n  target(name = '_lost')"},
		{text: "[target(name = n) for n in ('_lost',)]"},
		{text: "def declare(n):\n  target(name = n)\n\ndeclare('_lost')"},
		{text: "target(name = '_lo' + chr(115) + 't')"},
		{text: "target(**{'name': '_lost'})"},
		{text: "resources(*['_lost'])"},
		{text: "helpers.declare('_lost', target(name = '_x'))"},
		{text: "x = my_macro('_lost')"},
		{text: "managed_jar_libraries(name = '_lost')"},
		{text: "with open('x') as f:\n  target(name = f.read())"},
		{text: "while True:\n  target(name = '_lost')\n  break"},
		{text: "try:\n  target(name = '_lost')\nexcept NameError:\n  pass"},
		{text: "map(lambda n: target(name = n), ['_lost'])"},
		{text: "python_requirements('other/requirements.txt')"},
		{text: "python_requirements()"}, // there is no requirements.txt
	}
}

func unknownTargets(add adder) {
	for _, r := range hiding() {
		add("unresolved-dependency", r.text, func(c *cell) {
			c.server.file(2).add(r)
			c.private.depend(str(":_other"))
			c.test.depend(str(c.server.dir + ":_other"))
		})
		add("one-public-library", r.text, func(c *cell) {
			c.server.file(2).add(r)
			c.server.drop(c.public)
			c.test.set("dependencies", list(ref(c.lib)))
		})
		add("unused-private-target", r.text, func(c *cell) {
			c.server.file(2).add(r)
			c.server.new(1, "resources", str("_unused"), entry("sources", strs("style.css")))
		})
		add("orphan-source", r.text, func(c *cell) {
			c.server.file(2).add(r)
			c.private.remove("sources")
		})
		add("public-library-name", r.text, func(c *cell) {
			c.util.file(1).add(r)
			c.lib.rename("lib")
		})
	}
	add("duplicate-target", "in a block", func(c *cell) {
		c.server.file(2).add(&raw{text: "if False:\n  target(name = '_css')"})
	})
	add("duplicate-target", "a macro", func(c *cell) { c.server.file(2).add(&raw{text: "my_macro(name = '_css')"}) })
	add("duplicate-target", "a computed name", func(c *cell) {
		c.server.file(2).add(&raw{text: "target(name = ''.join(['_', 'css']))"})
	})
	add("private-target-name", "a computed name", func(c *cell) {
		c.server.file(2).add(&raw{text: "target(name = 'x'.upper())"})
	})
	add("private-target-name", "a macro", func(c *cell) { c.server.file(2).add(&raw{text: "my_macro(name = 'x')"}) })
	add("binary-name", "a computed name", func(c *cell) {
		c.binary.name = code("compute()")
		c.scripts().fields[0].value = str(":x")
		c.server.new(1, "alias", str("_alias"), entry("target", str(":x")))
	})
}

// computed are expressions whose value is not known.
func computed() []string {
	return []string{
		"compute()", "VALUES[0]", "[x for x in y]", "x if y else z", "helpers.value", "'a'.join(x)", "not x", "lambda: 1",
		"UNKNOWN", "f('a')('b')", "u'%s' % x", "x or []", "{'a': 1}['a']", "'%d' % 1", "`x`", "x[1:]", "-1 * x",
	}
}

func unknownValues(add adder) {
	for _, e := range computed() {
		add("binary-dependencies", e, func(c *cell) { c.binary.set("dependencies", code(e)) })
		add("single-private-dependency", e, func(c *cell) { c.public.set("dependencies", code(e)) })
		add("unresolved-dependency", e, func(c *cell) { c.private.depend(code(e)) })
		add("entry-point-unresolved", e, func(c *cell) { c.binary.set("entry_point", code(e)) })
		add("unused-private-target", e, func(c *cell) {
			c.public.set("dependencies", code(e)) // it may be :_unused
			c.server.new(1, "resources", str("_unused"), entry("sources", strs("style.css")))
		})
	}
	for _, args := range []string{"**more", "*more", "**more()", "**{'dependencies': []}"} {
		add("binary-dependencies", args, func(c *cell) { c.binary.remove("dependencies"); c.binary.open(args) })
		add("binary-entry-point", args, func(c *cell) { c.binary.remove("entry_point"); c.binary.open(args) })
		add("library-provides", args, func(c *cell) { c.lib.remove("provides"); c.lib.open(args) })
	}
	add("binary-dependencies", "a list that grows", func(c *cell) {
		c.server.fileOf(c.binary).insert(&assign{"DEPS", list()}, &raw{text: "DEPS.append(':_" + base(c.server.dir) + "')"})
		c.binary.set("dependencies", code("DEPS"))
	})
	add("binary-dependencies", "a name that is bound twice", func(c *cell) {
		c.server.fileOf(c.binary).insert(&assign{"DEPS", list()}, &raw{text: "DEPS = DEPS + more()"})
		c.binary.set("dependencies", code("DEPS"))
	})
	add("single-private-dependency", "an open list", func(c *cell) { c.public.get("dependencies").value.add(code("*more")) })
	for _, text := range []string{
		"from .impl import *\n", "if 1:\n  lost = 2\n", "globals()['lost'] = 1\n", "def __getattr__(n): pass\n",
		"for lost in (1, 2): pass\n", "exec('lost = 1')\n", "locals().update(lost=1)\n", "try:\n  lost = 1\nexcept E: pass\n",
		"import sys\nsys.modules[__name__] = 1\n", "def f():\n  global lost\n  lost = 1\nf()\n", "with open('x') as lost: pass\n",
		"def broken(:\n",
	} {
		add("entry-point-unresolved", text, func(c *cell) {
			c.server.write("m.py", c.module()+text)
			c.binary.set("entry_point", str(dotted(c.server)+".m:lost"))
		})
	}
	add("entry-point-unresolved", "a requirement", func(c *cell) {
		c.binary.set("entry_point", str("click.lost:main"))
	})
	add("entry-point-unresolved", "generated code", func(c *cell) {
		c.server.new(1, "python_thrift_library", str("_gen"), entry("sources", strs("style.css")))
		c.private.depend(str(":_gen"))
		c.binary.set("entry_point", str(dotted(c.server)+".gen.lost"))
	})
	add("entry-point-unresolved", "an extension module", func(c *cell) {
		c.server.write("native.so", "")
		c.binary.set("entry_point", str(dotted(c.server)+".native:main"))
	})
}

// open gives a target an argument that is unpacked.
func (t *target) open(args string) { t.fields = append(t.fields, &field{value: code(args)}) }

func unknownProvides(add adder) {
	for _, e := range computed() {
		add("provides-name", e, func(c *cell) { find(c.lib.setup().fields, "name").value = code(e) })
		add("provides-version", e, func(c *cell) { find(c.lib.setup().fields, "version").value = code(e) })
		add("library-provides", e, func(c *cell) { c.lib.set("provides", code(e)) })
		add("with-binaries-complete", e, func(c *cell) { c.public.set("provides", code(e)) })
		add("with-binaries-complete", "an entry that is "+e, func(c *cell) { c.scripts().fields[0].value = code(e) })
	}
	for _, args := range []string{"**more", "*more", "compute()"} {
		add("with-binaries-complete", args, func(c *cell) {
			with := c.public.get("provides").value
			with.elems, with.fields = []*expr{code(args)}, nil
		})
		if args != "compute()" {
			add("provides-name", args, func(c *cell) { c.lib.setup().fields = []*field{{value: code(args)}} })
		}
	}
	add("with-binaries-complete", "another method", func(c *cell) {
		c.public.get("provides").value = c.public.get("provides").value.recv.method("with_scripts", code("x"))
	})
	add("with-binaries-complete", "a computed key", func(c *cell) {
		twoBinaries(c)
		c.public.get("provides").value.elems = []*expr{code("{compute(): ':second'}")}
	})
}

func unknownSources(add adder) {
	for _, e := range computed() {
		add("library-sources", e, func(c *cell) { c.lib.set("sources", code(e)) })
		add("orphan-source", e, func(c *cell) {
			c.lib.set("sources", code(e))
			c.util.write("deep/x.py", c.module())
		})
		add("unmatched-glob", e, func(c *cell) { c.css.set("sources", code(e)) })
		add("unmatched-glob", "an element that is "+e, func(c *cell) { c.css.set("sources", list(code(e))) })
		add("shared-source", e, func(c *cell) {
			t := c.server.new(1, "python_library", str("_twin"), entry("sources", code(e)))
			c.private.depend(ref(t))
		})
	}
	add("shared-source", "a default is no ownership", func(c *cell) {
		c.private.depend(ref(c.server.new(1, "python_library", str("_twin"))))
	})
	add("shared-source", "in a block", func(c *cell) {
		c.server.file(2).add(&raw{text: "if x:\n  python_library(name = '_twin', sources = rglobs('*.py'))"})
	})
	add("duplicate-dependency", "in another scope", func(c *cell) {
		c.test.depend(call("scoped", ref(c.lib)).with(entry("scope", str("runtime"))))
	})
	add("duplicate-dependency", "in two scopes", func(c *cell) {
		for _, s := range []string{"runtime", "compile"} {
			c.test.depend(call("scoped", ref(c.css)).with(entry("scope", str(s))))
		}
		c.test.get("dependencies").value.elems = c.test.get("dependencies").value.elems[:1]
	})
	add("implicit-concatenation", "in parentheses", func(c *cell) {
		c.public.set("tags", list(join("", code("('a' "), str("b"), code(")"))))
	})
	add("dependency-cycle", "in a computed list", func(c *cell) {
		c.server.file(2).add(&raw{text: "target(name = '_a', dependencies = [':_b'])\n" +
			"target(name = '_b', dependencies = [x.replace('z', 'a') for x in [':_z']])"})
	})
	add("unsorted-dependencies", "a computed element", func(c *cell) {
		c.test.set("dependencies", list(str("3rdparty/python:six"), code("compute()"), str("3rdparty/python:mock")).ordered())
	})
	add("trailing-comma", "behind *args", func(c *cell) {
		c.css.tall, c.css.noComma = true, true
		c.css.open("**more")
	})
}
