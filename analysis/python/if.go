package python

import (
	"strings"

	"github.com/buildlint/buildlint/analysis/syntax"
)

func (r *reader) ifStatement(ctx context, l line) (ends bool) {
	if ctx.kind == inModule && r.isMainGuard(l.tokens) {
		r.m.MainGuard = true
	}
	first := ctx
	first.typeChecking = ctx.typeChecking || r.isTypeChecking(l.tokens)
	branches := []branch{r.branch(first, l)}
	for r.continues(l, "elif") {
		branches = append(branches, r.branch(ctx, r.next()))
	}
	exhaustive := r.continues(l, "else")
	if exhaustive {
		branches = append(branches, r.branch(ctx, r.next()))
	}
	return ctx.names.join(exhaustive, branches...)
}

// isMainGuard reports whether a condition compares `__name__` with "__main__".
func (r *reader) isMainGuard(tokens []syntax.Token) bool {
	for i := 1; i+2 < len(tokens); i++ {
		left, right := r.text(tokens[i]), r.text(tokens[i+2])
		if left != "__name__" {
			left, right = right, left
		}
		if left == "__name__" && r.is(tokens[i+1], "==") && strings.Trim(right, `'"`) == "__main__" {
			return true
		}
	}
	return false
}

// isTypeChecking reports whether a condition is `TYPE_CHECKING` or `typing.TYPE_CHECKING`.
func (r *reader) isTypeChecking(tokens []syntax.Token) bool {
	name, ok := r.dotted(tokens[1:max(1, r.find(tokens, ":"))])
	return ok && (name == "TYPE_CHECKING" || strings.HasSuffix(name, ".TYPE_CHECKING"))
}
