package python

// A reader walks the statements of a file. Functions are walked too, for their imports and their `global` statements.
type reader struct {
	m     *Module
	src   string
	lines []line
	pos   int // of the next line

	brackets []byte // scratch of expression
}

// A context is where a statement stands.
type context struct {
	names        scope
	kind         contextKind
	typeChecking bool
}

type contextKind uint8

const (
	inModule contextKind = iota
	inClass
	inFunction
)

func newReader(src []byte) *reader {
	lines, malformed := readLines(src)
	m := &Module{names: scope{}, open: map[string]bool{}, Malformed: malformed}
	return &reader{m: m, src: string(src), lines: lines}
}

func (r *reader) module() {
	ctx := context{names: r.m.names}
	r.block(ctx, 0)
	for r.pos < len(r.lines) { // only a malformed file has lines that are indented less than its first
		r.m.Malformed = true
		r.block(ctx, r.lines[r.pos].indent)
	}
	_, r.m.Getattr = r.m.names["__getattr__"]
}

// block reads the statements of one indent and reports whether they end in a raise.
func (r *reader) block(ctx context, indent int) (ends bool) {
	for r.pos < len(r.lines) && r.lines[r.pos].indent >= indent {
		if r.lines[r.pos].indent > indent {
			r.m.Malformed = true
		}
		ends = r.statement(ctx) || ends
	}
	return ends
}

// statement reads the statement at the next line with its blocks.
func (r *reader) statement(ctx context) (ends bool) {
	l := r.lines[r.pos]
	r.pos++
	keyword := r.text(l.tokens[0])
	switch keyword {
	case "@":
		return r.decorated(ctx, l)
	case "async":
		if len(l.tokens) > 1 && isAsyncKeyword(r.text(l.tokens[1])) {
			l.tokens = l.tokens[1:]
			return r.compound(ctx, l, r.text(l.tokens[0]))
		}
	case "match":
		if r.isMatch(l) {
			return r.match(ctx, l)
		}
	}
	return r.compound(ctx, l, keyword)
}

func isAsyncKeyword(word string) bool { return word == "def" || word == "for" || word == "with" }

func (r *reader) compound(ctx context, l line, keyword string) (ends bool) {
	switch keyword {
	case "def":
		r.function(ctx, l)
	case "class":
		r.class(ctx, l, false)
	case "if":
		return r.ifStatement(ctx, l)
	case "for", "while":
		r.loop(ctx, l, keyword)
	case "with":
		r.with(ctx, l)
	case "try":
		return r.try(ctx, l)
	case "else", "elif", "except", "finally":
		r.m.Malformed = true
		r.suite(context{kind: inFunction}, l, r.header(l))
	default:
		return r.simple(ctx, l.tokens)
	}
	return false
}

// branch reads the suite of l in a scope of its own.
func (r *reader) branch(ctx context, l line) branch {
	colon := r.header(l)
	r.expression(ctx, l.tokens[:colon])
	ctx.names = ctx.names.child()
	ends := r.suite(ctx, l, colon)
	return branch{names: ctx.names, ends: ends}
}

// suite reads what stands behind the colon of a compound statement, or the block below it.
func (r *reader) suite(ctx context, l line, colon int) (ends bool) {
	if colon+1 < len(l.tokens) {
		return r.simple(ctx, l.tokens[colon+1:])
	}
	if colon == len(l.tokens) || r.pos == len(r.lines) || r.lines[r.pos].indent <= l.indent {
		r.m.Malformed = true
		return false
	}
	ends = r.block(ctx, r.lines[r.pos].indent)
	for r.pos < len(r.lines) && r.lines[r.pos].indent > l.indent {
		r.m.Malformed = true
		r.block(ctx, r.lines[r.pos].indent)
	}
	return ends
}

// header returns the index of the colon that ends the header of a compound statement, the number of tokens if there is
// none.
func (r *reader) header(l line) int {
	if colon := r.find(l.tokens, ":"); colon >= 0 {
		return colon
	}
	r.m.Malformed = true
	return len(l.tokens)
}

// continues reports whether the next line is a further clause of the statement that begins with l.
func (r *reader) continues(l line, keyword string) bool {
	return r.pos < len(r.lines) && r.lines[r.pos].indent == l.indent && r.is(r.lines[r.pos].tokens[0], keyword)
}

func (r *reader) next() line {
	r.pos++
	return r.lines[r.pos-1]
}
