package truth

// silencingMutations break several rules by one cause: a finding of the first silences the others.
func silencingMutations() []*Mutation {
	team := func(c *cell) *pkg { return c.another(sourceRoot + "/" + c.team) }
	all := func() *expr { return call("rglobs", str("*.py")) }
	return []*Mutation{
		{Rule: "duplicate-target", Name: "silences package-layout", Break: func(c *cell) {
			p := c.another(c.server.dir + "/deep")
			p.new(0, "target", str("_all"))
			p.new(1, "target", str("_all")).want("duplicate-target")
		}},
		{Rule: "duplicate-target", Name: "silences one-public-library and library-provides", Break: func(c *cell) {
			c.util.new(0, "python_library", str("more"))
			c.lib.remove("provides")
			c.util.new(1, "target", str("_all"))
			c.util.new(2, "target", str("_all")).want("duplicate-target")
		}},
		{Rule: "duplicate-target", Name: "silences shared-source", Break: func(c *cell) {
			c.private.depend(ref(c.server.new(1, "python_library", str("_twin"), entry("sources", all()))))
			c.server.new(2, "target", str("_twin")).want("duplicate-target")
		}},
		{Rule: "package-layout", Name: "silences orphan-source", Break: func(c *cell) {
			p := team(c)
			p.new(0, "python_library", nil, entry("sources", list()))
			p.files[0].wantFix("none", "package-layout")
			p.files[0].stmts[0].(*target).get("sources").want("library-sources")
			p.write("main.py", "import sys\n")
		}, Changes: true},
		{Rule: "package-layout", Name: "silences provides-name and provides-version", Break: func(c *cell) {
			p := team(c)
			p.new(0, "python_library", nil, entry("provides",
				call("setup_py").with(entry("name", str("acme")), entry("version", str("1")))))
			p.files[0].want("package-layout")
		}},
		{Rule: "package-layout", Name: "silences public-library-name and library-provides", Break: func(c *cell) {
			p := team(c)
			p.new(0, "python_library", str("acme"))
			p.files[0].want("package-layout")
		}},
		{Rule: "one-public-library", Name: "silences private-target-name", Break: func(c *cell) {
			c.css.rename("css")
			more := c.server.new(1, "python_library", str("more"))
			more.want("one-public-library")
			c.private.depend(ref(more))
		}, Changes: true},
		{Rule: "one-public-library", Name: "silences public-library-name", Break: func(c *cell) {
			c.lib.rename("lib")
			more := c.util.new(1, "python_library", str("more"))
			more.want("one-public-library")
			c.lib.depend(ref(more))
			// which of the two is public is not known
			c.test.set("dependencies", list(ref(c.public)))
			c.private.set("dependencies", list(ref(c.css)))
		}, Changes: true},
		{Rule: "one-public-library", Name: "silences library-provides", Break: func(c *cell) {
			c.lib.remove("provides")
			more := c.util.new(1, "python_library", str("more"))
			more.want("one-public-library")
			c.lib.depend(ref(more))
		}, Changes: true},
		{Rule: "implicit-concatenation", Name: "silences unmatched-glob", Break: func(c *cell) {
			c.css.set("sources", list(join(" ", str("lost.css"), str("style.css")).wants("implicit-concatenation")))
		}, Changes: true},
		{Rule: "with-binaries-complete", Name: "silences unresolved-dependency", Break: func(c *cell) {
			c.scripts().fields = append(c.scripts().fields, entry("lost", str(c.util.dir+":lost").wants("with-binaries-complete")))
		}},
		{Rule: "unresolved-dependency", Name: "silences redundant-target-name", Break: func(c *cell) {
			c.lib.depend(str(c.util.dir + ":lost").wants("unresolved-dependency"))
		}},
		{Rule: "binary-dependency", Name: "silences private-dependency", Break: func(c *cell) {
			c.test.depend(ref(c.binary).wants("binary-dependency"), ref(c.private).wants("private-dependency"))
		}},
		{Rule: "duplicate-dependency", Name: "silences redundant-target-name and unsorted-dependencies", Break: func(c *cell) {
			c.test.set("dependencies", list(ref(c.public), str("3rdparty/python:mock"),
				ref(c.public).spelled(long).wants("duplicate-dependency")).ordered())
		}, Changes: true},
	}
}
