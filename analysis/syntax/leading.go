package syntax

import (
	"bytes"

	"github.com/bazelbuild/buildtools/build"
)

// A leading is the run of import statements that a file starts with, by position. The parser knows none: in the text
// that it is given an identifier of the same length stands for each. Without that the imports of a file would make it
// be parsed twice, the second time statement by statement.
type leading []importStmt

// An importStmt is the place of an import statement, and the names that it binds.
type importStmt struct {
	span  Span
	names []string
}

// leadingImports returns the import statements that src starts with, each on lines of its own.
func leadingImports(src []byte) leading {
	var found leading
	var toks []Token
	for tok := range Scan(src) {
		switch tok.Kind {
		case CommentTok:
			continue
		case NewlineTok:
			names, ok := readNames(src, toks)
			if !ok {
				return found
			}
			found = append(found, importStmt{Span{toks[0].Span.Start, toks[len(toks)-1].Span.End}, names})
			toks = toks[:0]
		default:
			if len(toks) == 0 && !startsImport(src, tok) {
				return found
			}
			toks = append(toks, tok)
		}
	}
	return found
}

// startsImport reports whether tok is the first word of an import statement at the start of a line.
func startsImport(src []byte, tok Token) bool {
	switch string(tok.Span.of(src)) {
	case "import", "from":
		before := src[:tok.Span.Start]
		return len(before) == 0 || before[len(before)-1] == '\n' || string(before) == bom
	}
	return false
}

// hide returns text, which is the file from base on, with the imports as identifiers.
func (l leading) hide(text []byte, base int) []byte {
	if len(l) == 0 {
		return text
	}
	hidden := bytes.Clone(text)
	for _, stmt := range l {
		for i := stmt.span.Start - base; i < stmt.span.End-base; i++ {
			hidden[i] = '_'
		}
	}
	return hidden
}

// restore puts the imports back into the tree of hidden text. They are its first statements.
func (l leading) restore(tree []build.Expr, base int) {
	for i := range tree {
		if len(l) == 0 {
			return
		}
		if isComment(tree[i]) {
			continue
		}
		stmt := l[0]
		tree[i] = &pyExpr{kind: Import, span: Span{stmt.span.Start - base, stmt.span.End - base}, names: stmt.names}
		l = l[1:]
	}
}
