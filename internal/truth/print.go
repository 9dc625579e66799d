package truth

import (
	"path"
	"slices"
	"strings"
)

// A style is how somebody writes BUILD files.
type style struct {
	quote     string
	indent    string
	equals    string
	tallCalls bool // an argument a line
	tallLists bool // an element a line
	between   string
	newline   string
	final     bool // the last line ends
	comments  bool
}

func (r *random) style() style {
	return style{
		quote:     r.pick("'", `"`),
		indent:    r.pick("  ", "    "),
		equals:    r.pick(" = ", "="),
		tallCalls: r.chance(4, 5),
		tallLists: r.chance(2, 3),
		between:   r.pick("\n", "\n", "\n\n", ""),
		newline:   r.pick("\n", "\n", "\n", "\n", "\n", "\r\n"),
		final:     r.chance(9, 10),
		comments:  r.chance(1, 3),
	}
}

// A printer writes one file and notes where what is wanted stands.
type printer struct {
	style
	pkg   *pkg
	path  string
	b     strings.Builder
	line  int
	depth int
	wants []Want
}

const licence = "# Licensed under the Apache License, Version 2.0."

// printFile returns the text of a BUILD file and what is wanted in it.
func printFile(p *pkg, f *file, s style) (string, []Want) {
	w := &printer{style: s, pkg: p, path: p.dir + "/" + f.name, line: 1}
	w.mark(f.marks)
	if !f.noHeader {
		w.put(licence + "\n" + s.between)
	} else if f.header != "" {
		w.put(f.header + "\n")
	}
	for _, c := range f.before {
		w.comment(c)
	}
	for i, stmt := range f.stmts {
		if i > 0 {
			w.put(s.between)
		}
		w.stmt(stmt)
	}
	text := w.b.String()
	if !s.final {
		text = strings.TrimSuffix(text, "\n")
	}
	return strings.ReplaceAll(text, "\n", s.newline), w.wants
}

func (w *printer) put(text string) {
	w.b.WriteString(text)
	w.line += strings.Count(text, "\n")
}

func (w *printer) mark(ms marks) {
	for _, m := range ms {
		w.wants = append(w.wants, Want{Rule: m.rule, Path: w.path, Line: w.line + m.line, Fix: m.fix})
	}
}

// comment writes a comment on a line of its own.
func (w *printer) comment(c *comment) {
	w.mark(c.marks)
	w.put(strings.Repeat(w.indent, w.depth) + "# " + c.text + "\n")
}

func (w *printer) stmt(stmt any) {
	switch s := stmt.(type) {
	case *raw:
		w.mark(s.marks)
		w.put(s.text + "\n")
	case *assign:
		w.put(s.name + " = ")
		w.expr(s.value)
		w.put("\n")
	case *target:
		if w.comments {
			w.put("# What stands here means nothing.\n")
		}
		for _, c := range s.before {
			w.comment(c)
		}
		w.mark(s.marks)
		if s.assign != "" {
			w.put(s.assign + " = ")
		}
		w.target(s)
		w.put("\n")
	}
}

func (w *printer) target(t *target) {
	fields := t.fields
	if t.name != nil {
		fields = append([]*field{entry("name", t.name)}, fields...)
	}
	w.put(t.kind + "(")
	w.items(t.tall || w.tallCalls || tallFields(fields), t.noComma, nil, fields, w.keyword)
	w.put(")")
}

// tallFields reports whether a field needs the end of its line.
func tallFields(fields []*field) bool {
	return slices.ContainsFunc(fields, func(f *field) bool { return f.after != nil })
}

func tallElems(elems []*expr) bool {
	return slices.ContainsFunc(elems, func(e *expr) bool { return e.after != nil })
}

func (w *printer) keyword(f *field) {
	w.mark(f.marks)
	if f.name != "" {
		w.put(f.name + w.equals)
	}
	w.expr(f.value)
}

func (w *printer) entry(f *field) {
	w.mark(f.marks)
	w.put(w.quote + f.name + w.quote + ": ")
	w.expr(f.value)
}

// items writes what stands between brackets: all in one line, or each on its own.
func (w *printer) items(tall, noComma bool, elems []*expr, fields []*field, put func(*field)) {
	n := len(elems) + len(fields)
	tall = tall && n > 0
	if tall {
		w.depth++
	}
	for i := range n {
		var after *comment
		if tall {
			w.put("\n" + strings.Repeat(w.indent, w.depth))
		}
		if i < len(elems) {
			w.expr(elems[i])
			after = elems[i].after
		} else {
			put(fields[i-len(elems)])
			after = fields[i-len(elems)].after
		}
		w.comma(tall, noComma, i == n-1)
		if after != nil {
			w.mark(after.marks)
			w.put("  # " + after.text)
		}
	}
	if tall {
		w.depth--
		w.put("\n" + strings.Repeat(w.indent, w.depth))
	}
}

func (w *printer) comma(tall, noComma, last bool) {
	switch {
	case tall && !(last && noComma):
		w.put(",")
	case !tall && !last:
		w.put(", ")
	}
}

func (w *printer) expr(e *expr) {
	w.mark(e.marks)
	switch e.kind {
	case strExpr:
		w.put(w.quote + e.text + w.quote)
	case rawExpr:
		w.put(e.text)
	case refExpr:
		w.put(w.quote + w.address(e) + w.quote)
	case joinExpr:
		for i, part := range e.elems {
			if i > 0 {
				w.put(e.text)
			}
			w.expr(part)
		}
	case listExpr:
		w.put("[")
		w.items(e.tall || w.tallLists || tallElems(e.elems), e.noComma, w.sorted(e), nil, nil)
		w.put("]")
	case dictExpr:
		w.put("{")
		w.items(e.tall || w.tallLists || tallFields(e.fields), e.noComma, nil, e.fields, w.entry)
		w.put("}")
	case callExpr:
		w.call(e)
	}
}

func (w *printer) call(e *expr) {
	if e.recv != nil {
		w.expr(e.recv)
		w.put(".")
		w.mark(e.name)
	}
	w.put(e.text + "(")
	w.items(e.tall || w.tallCalls && len(e.fields) > 0 || tallFields(e.fields), e.noComma, e.elems, e.fields, w.keyword)
	w.put(")")
}

// address returns a reference as it is written.
func (w *printer) address(e *expr) string {
	if e.spell != nil {
		return e.spell(e.target, w.pkg.dir)
	}
	return short(e.target, w.pkg.dir)
}

// sorted returns the elements of a list in the order of what they say.
func (w *printer) sorted(e *expr) []*expr {
	if e.asIs {
		return e.elems
	}
	return slices.SortedStableFunc(slices.Values(e.elems), func(a, b *expr) int {
		return strings.Compare(w.key(a), w.key(b))
	})
}

func (w *printer) key(e *expr) string {
	switch {
	case e.kind == refExpr:
		return w.address(e)
	case len(e.elems) > 0:
		return w.key(e.elems[0])
	}
	return e.text
}

// Spellings of an address.

// short is the shortest.
func short(t *target, from string) string {
	switch {
	case t.pkg.dir == from:
		return ":" + t.label()
	case t.label() == base(t.pkg.dir):
		return t.pkg.dir
	}
	return long(t, from)
}

// long gives directory and name.
func long(t *target, _ string) string { return t.pkg.dir + ":" + t.label() }

// absolute is long and starts with //.
func absolute(t *target, from string) string { return "//" + long(t, from) }

// absoluteShort is short and starts with //.
func absoluteShort(t *target, from string) string { return "//" + short(t, from) }

func base(dir string) string { return path.Base(dir) }
