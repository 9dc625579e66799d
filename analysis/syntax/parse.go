package syntax

import (
	"bytes"
	"errors"
	"fmt"
	"slices"
	"unicode/utf8"

	"github.com/bazelbuild/buildtools/build"
)

// Parse reads a BUILD file. It never fails: what it cannot read is a [Bad] statement and an [Error]. It takes a time
// linear in len(src). src must not be changed afterwards. A file of more than four million tokens is not read: it is
// one [Bad] statement.
func Parse(src []byte) *File {
	f := newFile(src)
	base := 0
	if bytes.HasPrefix(src, []byte(bom)) {
		base = len(bom)
	}
	switch {
	case tooLarge(src[base:]):
		f.addBad(Span{base, len(src)}, Error{
			Span:    Span{base, base + lineLen(src[base:])},
			Message: fmt.Sprintf("this file is too large to be read: it has more than %d tokens", maxTokens),
		})
	case !f.parsePlain(base):
		f.parseGroups()
	}
	return f
}

// maxTokens bounds what is read of a file: a tree takes some hundred bytes for each token, however short that is.
const maxTokens = 4 << 20

// tooLarge reports whether text has more than maxTokens tokens.
func tooLarge(text []byte) bool {
	if len(text) <= maxTokens {
		return false
	}
	n := 0
	for range Scan(text) {
		if n++; n > maxTokens {
			return true
		}
	}
	return false
}

// parsePlain reads the file as the parser does. It reports false if it cannot, or if the parser would misread it.
func (f *File) parsePlain(base int) bool {
	text := f.Src[base:]
	if tooDeep(text) || hasLoneReturn(text) || hasStrayRune(text) {
		return false
	}
	imports := leadingImports(f.Src)
	tree, err := parseText(imports.hide(text, base))
	if err != nil {
		return false
	}
	c := &checker{file: f, base: base}
	if !c.stmts(tree) {
		return false
	}
	c.commas(Span{base, len(f.Src)})
	if c.regroup {
		tree = restore(f.Src, tree, notes{base: base})
	}
	imports.restore(tree, base)
	f.Errors = c.errors
	sortErrors(f.Errors)
	f.Stmts = Node{file: f, base: base}.stmts(tree)
	return true
}

// hasLoneReturn reports whether a line of text ends with a carriage return alone: a line end to Python, white space to
// the parser.
func hasLoneReturn(text []byte) bool {
	for {
		i := bytes.IndexByte(text, '\r')
		if i < 0 {
			return false
		}
		if i+1 == len(text) || text[i+1] != '\n' {
			return true
		}
		text = text[i+1:]
	}
}

// hasStrayRune reports whether text holds a character outside ASCII that Python takes neither in a name nor in a string
// or a comment, such as a no-break space. The parser takes it for a name.
func hasStrayRune(text []byte) bool {
	for _, c := range text {
		if c >= utf8.RuneSelf {
			return hasBadToken(text)
		}
	}
	return false
}

func hasBadToken(text []byte) bool {
	for tok := range Scan(text) {
		if tok.Kind == BadTok {
			return true
		}
	}
	return false
}

// parseText runs the parser on text, which it does not change.
func parseText(text []byte) ([]build.Expr, error) {
	// The parser appends a line end to what it is given: without spare capacity that makes a copy.
	tree, err := build.ParseBuild("", text[:len(text):len(text)])
	if err != nil {
		return nil, err
	}
	return tree.Stmt, nil
}

// parseGroups reads the file statement by statement.
func (f *File) parseGroups() {
	conflicts := splitGroups(f.Src, f.parseGroup)
	sortErrors(f.Errors)
	f.Errors = append(outside(conflicts, f.Errors), conflicts...)
	sortErrors(f.Errors)
}

func sortErrors(errs []Error) {
	slices.SortStableFunc(errs, func(a, b Error) int { return a.Span.Start - b.Span.Start })
}

// parseGroup reads one group, and adds its statements or a bad one.
func (f *File) parseGroup(g *group) {
	if len(g.toks) == 0 {
		return
	}
	span := Span{g.toks[0].Span.Start, g.toks[len(g.toks)-1].Span.End}
	if g.problem == nil && tooDeep(span.of(f.Src)) {
		g.problem = &Error{Span: g.toks[0].Span, Message: "this statement is nested too deeply"}
	}
	if g.problem != nil {
		f.addBad(span, *g.problem)
		return
	}
	text, n := rewrite(f.Src, g)
	if g.problem != nil {
		f.addBad(span, *g.problem)
		return
	}
	tree, err := build.ParseBuild("", text)
	if err != nil {
		f.addBad(span, f.diagnose(g, n.base, err))
		return
	}
	stmts := restore(f.Src, tree.Stmt, n)
	c := &checker{file: f, base: n.base, rewritten: true}
	c.stmts(stmts)
	if c.number != nil {
		f.addBad(span, c.notANumber(g))
		return
	}
	c.commas(span)
	f.Errors = append(f.Errors, c.errors...)
	f.Stmts = append(f.Stmts, Node{file: f, base: n.base}.stmts(stmts)...)
}

func (f *File) addBad(span Span, e Error) {
	f.Stmts = append(f.Stmts, Node{file: f, bad: span})
	f.Errors = append(f.Errors, e)
}

// errorOffset returns the offset in the parsed text of an error of the parser.
func errorOffset(err error) int {
	var pe build.ParseError
	if errors.As(err, &pe) {
		return pe.Pos.Byte
	}
	return 0
}
