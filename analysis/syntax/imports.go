package syntax

// An importReader reads an import, global or nonlocal statement.
type importReader struct {
	src   []byte
	toks  []Token
	names []string // what the statement binds
}

// readNames returns the names that a statement of names alone binds: an import, a global or a nonlocal. It reports
// false if toks are none.
func readNames(src []byte, toks []Token) ([]string, bool) {
	p := &importReader{src: src, toks: toks}
	ok := false
	switch {
	case p.take("import"):
		ok = p.list(p.module)
	case p.take("from"):
		ok = p.from()
	case p.take("global"), p.take("nonlocal"):
		ok = p.list(p.simpleName)
	}
	return p.names, ok && len(p.toks) == 0
}

// peek returns the text of the next token, "" at the end.
func (p *importReader) peek() string {
	if len(p.toks) == 0 {
		return ""
	}
	return p.toks[0].Span.Text(p.src)
}

// take consumes the next token if it is text.
func (p *importReader) take(text string) bool {
	if len(p.toks) == 0 || p.peek() != text {
		return false
	}
	p.toks = p.toks[1:]
	return true
}

// name consumes an identifier.
func (p *importReader) name() (string, bool) {
	word := p.peek()
	if len(p.toks) == 0 || p.toks[0].Kind != NameTok || isPythonKeyword(word) {
		return "", false
	}
	p.toks = p.toks[1:]
	return word, true
}

// list consumes items with commas between them.
func (p *importReader) list(item func() bool) bool {
	for {
		if !item() {
			return false
		}
		if !p.take(",") {
			return true
		}
	}
}

func (p *importReader) simpleName() bool {
	name, ok := p.name()
	p.names = append(p.names, name)
	return ok
}

// dotted consumes a dotted name and returns its first part.
func (p *importReader) dotted() (string, bool) {
	first, ok := p.name()
	for ok && p.take(".") {
		_, ok = p.name()
	}
	return first, ok
}

// module consumes `a.b` or `a.b as c`.
func (p *importReader) module() bool {
	name, ok := p.dotted()
	return ok && p.bind(name)
}

// member consumes `a` or `a as b`. A list in parentheses may end with a comma.
func (p *importReader) member() bool {
	if p.peek() == ")" && len(p.names) > 0 {
		return true
	}
	name, ok := p.name()
	return ok && p.bind(name)
}

// bind notes that name is bound, or the name after `as`.
func (p *importReader) bind(name string) bool {
	ok := true
	if p.take("as") {
		name, ok = p.name()
	}
	p.names = append(p.names, name)
	return ok
}

// from consumes what follows the word from.
func (p *importReader) from() bool {
	relative := false
	for p.take(".") || p.take("...") {
		relative = true
	}
	if p.peek() != "import" || !relative {
		if _, ok := p.dotted(); !ok {
			return false
		}
	}
	switch {
	case !p.take("import"):
		return false
	case p.take("*"):
		p.names = []string{"*"}
		return true
	case p.take("("):
		return p.list(p.member) && p.take(")")
	}
	return p.list(p.member)
}
