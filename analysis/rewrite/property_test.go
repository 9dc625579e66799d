package rewrite

import (
	"fmt"
	"math/rand/v2"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/buildlint/buildlint/analysis/edit"
	"github.com/buildlint/buildlint/analysis/syntax"
)

// A specimen is a generated file with brackets in it, in some layout that Python takes.
type specimen struct {
	src   string
	elems []string // source of the elements, entries or arguments
	kind  syntax.Kind
}

// A maker writes specimens by chance.
type maker struct {
	*rand.Rand
	comments int
	wild     bool // white space and comments anywhere, not as people write
}

var brackets = map[syntax.Kind]string{
	syntax.List: "[]", syntax.Tuple: "()", syntax.Set: "{}", syntax.Dict: "{}", syntax.Call: "()",
}

func (m *maker) specimen(kind syntax.Kind) specimen {
	s := specimen{kind: kind}
	n := m.IntN(6)
	if kind == syntax.Set {
		n++
	}
	for i := range n {
		s.elems = append(s.elems, m.elem(kind, i))
	}
	body := m.tidy(s)
	if m.wild {
		body = m.untidy(s)
	}
	call := ""
	if kind == syntax.Call {
		call = "g"
	}
	b := brackets[kind]
	s.src = "# c-head\nf(\n  name = 'x',\n  deps = " + call + b[:1] + body + b[1:] + ",  # c-tail\n)\n"
	if m.IntN(4) == 0 {
		s.src = strings.ReplaceAll(s.src, "\n", "\r\n")
		for i := range s.elems {
			s.elems[i] = strings.ReplaceAll(s.elems[i], "\n", "\r\n")
		}
	}
	return s
}

func (m *maker) elem(kind syntax.Kind, i int) string {
	values := []string{"'e%d'", "\"e%d\"", "pants('e%d')", "scoped(\n      'e%d',\n      scope='x',\n    )"}
	value := fmt.Sprintf(values[m.IntN(len(values))], i)
	switch kind {
	case syntax.Dict:
		return fmt.Sprintf("'k%d': %s", i, value)
	case syntax.Call:
		return fmt.Sprintf("k%d%s%s", i, []string{"=", " = "}[m.IntN(2)], value)
	}
	return value
}

func (m *maker) comment() string {
	m.comments++
	return fmt.Sprintf("# c%d", m.comments)
}

// tidy returns the inside of brackets in one of the usual layouts.
func (m *maker) tidy(s specimen) string {
	single := s.kind == syntax.Tuple && len(s.elems) == 1
	if m.IntN(3) == 0 || len(s.elems) == 0 {
		if single {
			return s.elems[0] + ","
		}
		return strings.Join(s.elems, ", ")
	}
	var b strings.Builder
	indent := "\n    "
	if m.IntN(3) == 0 {
		indent = "\n          " // hanging
	} else {
		b.WriteString(indent)
	}
	for i, elem := range s.elems {
		if i > 0 {
			b.WriteString(indent)
		}
		if m.IntN(5) == 0 && strings.HasPrefix(indent, "\n    ") && b.Len() > 0 {
			b.WriteString(m.comment() + indent)
		}
		b.WriteString(elem)
		if i < len(s.elems)-1 || m.IntN(2) == 0 || single {
			b.WriteString(",")
		}
		if m.IntN(5) == 0 && i < len(s.elems)-1 {
			b.WriteString("  " + m.comment())
		}
	}
	if m.IntN(2) == 0 {
		b.WriteString("\n  ")
	}
	return b.String()
}

// untidy returns the inside of brackets with white space and comments anywhere.
func (m *maker) untidy(s specimen) string {
	var b strings.Builder
	for i, elem := range s.elems {
		b.WriteString(m.space() + elem + m.space())
		if i < len(s.elems)-1 || m.IntN(2) == 0 || s.kind == syntax.Tuple && len(s.elems) == 1 {
			b.WriteString("," + m.space())
		}
	}
	return b.String() + m.space()
}

func (m *maker) space() string {
	var b strings.Builder
	for range m.IntN(4) {
		switch m.IntN(6) {
		case 0:
			b.WriteString(m.comment() + "\n")
		case 1:
			b.WriteString("\n")
		case 2:
			b.WriteString("\t")
		case 3:
			b.WriteString("\\\n")
		default:
			b.WriteString(" ")
		}
	}
	return b.String()
}

// A trial is a call of one function on a specimen and what the elements must be then.
type trial struct {
	name  string
	edits []edit.Edit
	want  []string
	gone  []int // indexes of elements that are removed
}

func (m *maker) trial(s specimen, deps syntax.Node) trial {
	switch op := m.IntN(3); {
	case op == 0:
		return m.removal(s, deps)
	case op == 1 && (s.kind == syntax.List || s.kind == syntax.Tuple || s.kind == syntax.Set):
		return m.setting(s, deps)
	}
	return m.insertion(s, deps)
}

func (m *maker) removal(s specimen, deps syntax.Node) trial {
	t := trial{name: "remove"}
	var spans []syntax.Span
	for i, span := range itemSpans(deps) {
		if m.IntN(2) == 0 {
			spans = append(spans, span)
			t.gone = append(t.gone, i)
		} else {
			t.want = append(t.want, s.elems[i])
		}
	}
	t.edits = remove("BUILD", deps, spans)
	if s.kind == syntax.Set && len(t.want) == 0 {
		t.want, t.gone = s.elems, nil
	}
	return t
}

func (m *maker) insertion(s specimen, deps syntax.Node) trial {
	at := m.IntN(len(s.elems) + 1)
	text := map[syntax.Kind]string{syntax.Dict: "'new': 1", syntax.Call: "new = 1"}[s.kind]
	if text == "" {
		text = "'new'"
	}
	t := trial{name: fmt.Sprintf("insert at %d", at), want: slices.Insert(slices.Clone(s.elems), at, text)}
	if s.kind == syntax.Call {
		after := ""
		if at > 0 {
			after = fmt.Sprintf("k%d", at-1)
		} else {
			t.want = append(slices.Clone(s.elems), text) // there is no way to add in front
		}
		t.edits = AddArgs("BUILD", deps, after, Keyword{"new", "1"})
		return t
	}
	var after syntax.Node
	for i, elem := range slices.Collect(deps.Elems()) {
		if i == at-1 {
			after = elem
		}
	}
	for i, entry := range slices.Collect(deps.Entries()) {
		if i == at-1 {
			after = entry.Key
		}
	}
	t.edits = InsertElem("BUILD", deps, after, text)
	return t
}

func (m *maker) setting(s specimen, deps syntax.Node) trial {
	t := trial{name: "set"}
	var want []string
	for i, elem := range s.elems {
		switch m.IntN(3) {
		case 0:
			t.gone = append(t.gone, i)
		case 1:
			want = append(want, fmt.Sprintf("e%d", i))
			t.want = append(t.want, elem)
		case 2:
			want = append(want, fmt.Sprintf("e%d", i), fmt.Sprintf("e%d+", i))
			t.want = append(t.want, elem, fmt.Sprintf("e%d+", i))
		}
	}
	t.edits = SetElems("BUILD", deps, want, stands)
	if s.kind == syntax.Set && len(t.want) == 0 {
		t.want, t.gone = s.elems, nil
	}
	return t
}

// TestProperties makes changes of generated files: the result has the wanted elements and no syntax error, and every
// comment that did not stand behind removed elements.
func TestProperties(t *testing.T) {
	kinds := []syntax.Kind{syntax.List, syntax.Tuple, syntax.Set, syntax.Dict, syntax.Call}
	for seed := range uint64(20000) {
		m := &maker{Rand: rand.New(rand.NewPCG(seed, 1)), wild: seed%2 == 1}
		s := m.specimen(kinds[m.IntN(len(kinds))])
		file := syntax.Parse([]byte(s.src))
		if len(file.Errors) > 0 {
			t.Fatalf("seed %d: the specimen has errors %v:\n%s", seed, file.Errors, s.src)
		}
		deps := find(t, file, "deps")
		c := m.trial(s, deps)
		out, err := edit.Apply(file.Src, c.edits)
		if err != nil {
			t.Fatalf("seed %d: %v", seed, err)
		}
		msg := c.check(file, deps, out)
		if msg == "" && !m.wild {
			msg = blemish(file.Src, out)
		}
		if msg != "" {
			t.Fatalf("seed %d: %s: %s\n%s\n%s", seed, c.name, msg, s.src, out)
		}
	}
}

// TestKeywordsToDictProperties turns the keywords of generated calls into a dict: it has their values in order, and all
// comments are still there.
func TestKeywordsToDictProperties(t *testing.T) {
	for seed := range uint64(5000) {
		m := &maker{Rand: rand.New(rand.NewPCG(seed, 2)), wild: seed%2 == 1}
		s := m.specimen(syntax.Call)
		file := syntax.Parse([]byte(s.src))
		out, err := edit.Apply(file.Src, KeywordsToDict("BUILD", find(t, file, "deps")))
		if err != nil {
			t.Fatalf("seed %d: %v", seed, err)
		}
		after := syntax.Parse(out)
		var got, want []string
		for arg := range find(t, after, "deps").Args() {
			for entry := range arg.Value.Entries() {
				key, _ := entry.Key.Value()
				got = append(got, unquoted(key+"="+entry.Value.Text()))
			}
		}
		for _, elem := range s.elems {
			want = append(want, unquoted(elem))
		}
		if diff := cmp.Diff(want, got); diff != "" || len(after.Errors) > 0 {
			t.Fatalf("seed %d: %v\n%s\n%s\n-want +got:\n%s", seed, after.Errors, s.src, out, diff)
		}
		texts := func(f *syntax.File) (texts []string) {
			for _, c := range f.Comments() {
				texts = append(texts, c.Text(f.Src))
			}
			return texts
		}
		if diff := cmp.Diff(texts(file), texts(after)); diff != "" {
			t.Fatalf("seed %d: comments: -want +got:\n%s", seed, diff)
		}
	}
}

// check returns what is wrong with out, "" if nothing is.
func (c trial) check(file *syntax.File, deps syntax.Node, out []byte) string {
	after := syntax.Parse(out)
	if len(after.Errors) > 0 {
		return fmt.Sprint("syntax errors ", after.Errors)
	}
	for _, e := range c.edits {
		if e.Start < deps.Open().End || e.End > deps.Close().Start {
			return fmt.Sprint("edit outside of the brackets: ", e)
		}
	}
	arg, ok := findArg(after.Stmts[0], "deps")
	if !ok {
		return "deps is gone"
	}
	got := []string{}
	for _, span := range itemSpans(arg.Value) {
		got = append(got, unquoted(span.Text(out)))
	}
	want := []string{}
	for _, elem := range c.want {
		want = append(want, unquoted(elem))
	}
	if diff := cmp.Diff(want, got); diff != "" {
		return "elements: -want +got:\n" + diff
	}
	for _, comment := range file.Comments() {
		text := comment.Text(file.Src)
		if !slices.ContainsFunc(after.Comments(), func(s syntax.Span) bool { return s.Text(out) == text }) &&
			!c.mayLose(file, deps, comment) {
			return "lost comment " + text
		}
	}
	return ""
}

// mayLose reports whether comment stands behind removed elements and behind no other one, or within one.
func (c trial) mayLose(file *syntax.File, deps syntax.Node, comment syntax.Span) bool {
	start := lineStart(file.Src, comment.Start)
	behind := false
	for i, span := range itemSpans(deps) {
		gone := slices.Contains(c.gone, i)
		switch {
		case gone && span.Contains(comment):
			return true
		case span.End > start && span.End <= comment.Start:
			if !gone {
				return false
			}
			behind = true
		}
	}
	return behind
}

var blemishes = regexp.MustCompile(`[ \t]+\r?\n|\n\r?\n|,[ ]*,|\[\s+\]|\r\r|[^\r]\n\z`)

// blemish returns what out has that src has not and that nobody would write.
func blemish(src, out []byte) string {
	had := blemishes.FindAllString(string(src), -1)
	for _, b := range blemishes.FindAllString(string(out), -1) {
		if !slices.Contains(had, b) {
			return fmt.Sprintf("blemish %q", b)
		}
	}
	return ""
}

// unquoted returns text with the quotes and the spaces that may differ taken out.
func unquoted(text string) string {
	return strings.NewReplacer("'", "", `"`, "", " ", "").Replace(text)
}
