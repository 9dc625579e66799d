package dialect

import "strings"

// A glossary says what fields are for, by name: in Bazel, Please and Buck2 a name means much the same in all kinds.
type glossary map[string]Field

// fields returns the fields of the given names, which are separated by blanks; a required one ends with an exclamation
// mark. One that comes again is left out.
func (g glossary) fields(lists ...string) []*Field {
	var fields []*Field
	seen := map[string]bool{}
	for _, name := range strings.Fields(strings.Join(lists, " ")) {
		name, required := strings.CutSuffix(name, "!")
		if seen[name] {
			continue
		}
		seen[name] = true
		f := g[name]
		f.Name, f.Required = name, required
		fields = append(fields, &f)
	}
	return fields
}

// A row is a kind in the table of a build tool.
type row struct {
	name     string
	role     Role
	language string
	doc      string
	fields   string // names, see [glossary.fields]
}

// kinds returns the kinds of a table. All have the common fields, tests have theirs as well.
func (g glossary) kinds(rows []row, common, tests string) map[string]*Kind {
	kinds := make(map[string]*Kind, len(rows))
	for _, r := range rows {
		lists := []string{"name!", r.fields}
		if r.role == Test {
			lists = append(lists, tests)
		}
		lists = append(lists, common)
		kinds[r.name] = &Kind{
			Name: r.name, Role: r.role, Language: r.language, Doc: r.doc, Fields: g.fields(lists...),
		}
	}
	return kinds
}
