package syntax

import (
	"bytes"
	"fmt"
	"slices"

	"github.com/bazelbuild/buildtools/build"
)

// A checker looks for what the parser accepts and Python does not, and for what the parser misreads.
type checker struct {
	file      *File
	base      int
	rewritten bool               // the tree is of rewritten text
	misread   bool               // the parser misread the file
	regroup   bool               // the parser misread a `not` or an `is`
	number    *build.LiteralExpr // the first that is none to Python, nil if all are
	errors    []Error
}

// stmts checks a list of top-level statements. It reports false if the parser misread them.
func (c *checker) stmts(stmts []build.Expr) bool {
	for _, s := range stmts {
		c.indentation(s)
		c.expr(s)
		if c.misread {
			return false
		}
	}
	return true
}

// indentation notes a statement behind a tab, which the parser does not count.
func (c *checker) indentation(s build.Expr) {
	start := c.base + startOf(s)
	if !c.rewritten && start > 0 && c.file.Src[start-1] == '\t' && !isComment(s) {
		c.misread = true
	}
}

// expr checks e and what is below it.
func (c *checker) expr(e build.Expr) bool {
	switch x := e.(type) {
	case *build.Ident, *build.StringExpr:
		return true
	case *build.LiteralExpr:
		c.literal(x)
	case *build.CallExpr:
		c.args(x.List)
	case *build.DefStmt, *build.IfStmt, *build.ForStmt:
		for _, block := range blocksOf(e) {
			for _, s := range block {
				c.indentation(s)
			}
		}
	case *pyExpr:
		c.generator(x)
	case *build.BinaryExpr:
		c.regroup = c.regroup || misgrouped(x)
	}
	return eachChild(e, c.expr)
}

// generator looks for a keyword argument that is a generator without parentheses.
func (c *checker) generator(x *pyExpr) {
	if x.kind != Comp || len(x.parts) == 0 {
		return
	}
	if assign, ok := x.parts[0].(*build.AssignExpr); ok {
		at := assign.OpPos.Byte
		c.error(Span{at, at + len(assign.Op)}, fmt.Sprintf("`%s` cannot stand here", assign.Op))
	}
}

// literal notes a number that is none: the parser takes letters in it, and blanks around its point.
func (c *checker) literal(x *build.LiteralExpr) {
	text := []byte(x.Token)
	at := c.file.Src[c.base+x.Start.Byte:]
	split := bytes.IndexByte(text, '.') >= 0 && !bytes.HasPrefix(at, text)
	if c.number == nil && (split || !isNumber(text)) {
		c.number = x
		c.misread = c.misread || !c.rewritten
	}
}

// notANumber returns the error for c.number, which is in the group g: it is there at its first two tokens.
func (c *checker) notANumber(g *group) Error {
	start := c.base + c.number.Start.Byte
	i, _ := slices.BinarySearchFunc(g.toks, start, func(t Token, at int) int { return t.Span.Start - at })
	span := Span{start, g.toks[min(i+1, len(g.toks)-1)].Span.End}
	return Error{Span: span, Message: fmt.Sprintf("`%s` is no number", span.Text(c.file.Src))}
}

// isNumber reports whether text is one number, or one and the operator that the parser takes for a part of it: `1if a`.
func isNumber(text []byte) bool {
	s := scanner{src: text}
	s.scanNumber()
	return s.pos > 0 && (s.pos == len(text) || isOperatorWord(string(text[s.pos:])))
}

// manyArgs is the number of arguments from which on looking for a duplicate by a map pays.
const manyArgs = 16

// args checks the arguments of a call.
func (c *checker) args(args []build.Expr) {
	var seen map[string]*build.Ident
	if len(args) > manyArgs {
		seen = make(map[string]*build.Ident, len(args))
	}
	keywords := false
	for i, arg := range args {
		name, _, ok := keyword(arg)
		assign, isAssign := arg.(*build.AssignExpr)
		switch {
		case !ok && isAssign:
			c.error(spanOf(assign.LHS), "what stands before this `=` is no name")
		case !ok && isStar(arg, "**"):
			keywords = true
		case !ok && keywords && !isStar(arg, "*"):
			c.error(spanOf(arg), "this positional argument follows a keyword argument")
		case ok:
			keywords = true
			if first := firstOf(args[:i], seen, name); first != nil {
				c.error(spanOf(name), fmt.Sprintf("the argument `%s` is given twice", name.Name),
					Related{c.abs(spanOf(first)), "it is given here first"})
			}
		}
	}
}

func isStar(e build.Expr, op string) bool {
	x, ok := e.(*build.UnaryExpr)
	return ok && x.Op == op
}

// firstOf returns the name of the argument in before that is named as name. It goes by seen, which it keeps, if it is
// not nil.
func firstOf(before []build.Expr, seen map[string]*build.Ident, name *build.Ident) *build.Ident {
	if seen != nil {
		first := seen[name.Name]
		if first == nil {
			seen[name.Name] = name
		}
		return first
	}
	for _, arg := range before {
		if first, _, ok := keyword(arg); ok && first.Name == name.Name {
			return first
		}
	}
	return nil
}

func (c *checker) abs(s Span) Span { return Span{s.Start + c.base, s.End + c.base} }

func (c *checker) error(s Span, message string, related ...Related) {
	c.errors = append(c.errors, Error{Span: c.abs(s), Message: message, Related: related})
}

// commas looks for commas without an element before them in span.
func (c *checker) commas(span Span) {
	src := c.file.Src[:span.End]
	for i := span.Start; ; i++ {
		n := bytes.IndexByte(src[i:], ',')
		if n < 0 {
			return
		}
		i += n
		if i+1 < len(src) && src[i+1] == ',' || followsNothing(src[:i]) {
			c.strayCommas(span)
			return
		}
	}
}

// followsNothing reports whether the text before a comma ends in a comma or an opening bracket. It may report true
// within a string.
func followsNothing(before []byte) bool {
	for i := len(before) - 1; i >= 0; i-- {
		switch before[i] {
		case ' ', '\t', '\r', '\n', '\\', '\f':
			continue
		case ',', '(', '[', '{':
			return true
		}
		break
	}
	return false
}

// strayCommas reports the commas without an element before them in span.
func (c *checker) strayCommas(span Span) {
	var prev Token
	text := span.of(c.file.Src)
	for tok := range Scan(text) {
		if tok.Kind == CommentTok {
			continue
		}
		if tok.Kind == OpTok && prev.Kind == OpTok && text[tok.Span.Start] == ',' {
			switch text[prev.Span.Start] {
			case ',', '(', '[', '{':
				at := Span{tok.Span.Start + span.Start, tok.Span.End + span.Start}
				c.errors = append(c.errors, Error{Span: at, Message: "nothing stands before this comma"})
			}
		}
		prev = tok
	}
}
