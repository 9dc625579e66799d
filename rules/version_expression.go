package rules

import (
	"strings"

	"github.com/buildlint/buildlint/analysis"
	"github.com/buildlint/buildlint/analysis/edit"
	"github.com/buildlint/buildlint/analysis/syntax"
	"github.com/buildlint/buildlint/analysis/workspace"
)

// A versionOptions says how a version is written.
type versionOptions struct {
	Expression string `toml:"expression" doc:"the expression that reads the version from its one place"`
}

// maxSurvey is how many packages are looked at to learn how the repository writes its versions.
const maxSurvey = 200

// versionExpression returns the expression that the version is read by: the option, else what most packages write, and
// "" if none computes it.
func versionExpression(p *analysis.Pass) string {
	if e := p.Options.(*versionOptions).Expression; e != "" {
		return e
	}
	dirs, err := p.Snapshot().AllPackages()
	if err != nil {
		return ""
	}
	counts := map[string]int{}
	best := ""
	for _, dir := range publishing(p.Snapshot(), dirs) {
		for _, e := range computedVersions(p.Snapshot(), dir) {
			if counts[e]++; counts[e] > counts[best] {
				best = e
			}
		}
	}
	return best
}

// publishing returns the first packages that provide something.
func publishing(s *workspace.Snapshot, dirs []string) []string {
	var found []string
	for _, dir := range dirs {
		f := s.Facts(dir)
		if f == nil || len(found) == maxSurvey {
			continue
		}
		for t := range f.Targets() {
			if t.Provides() {
				found = append(found, dir)
				break
			}
		}
	}
	return found
}

// computedVersions returns the expressions of versions in a package that are no literals and use no names of the file.
func computedVersions(s *workspace.Snapshot, dir string) []string {
	pkg, err := s.Package(dir)
	if err != nil || pkg == nil {
		return nil
	}
	var found []string
	for _, t := range pkg.Targets {
		if t.Provides == nil || t.Provides.Version == nil {
			continue
		}
		if n := t.Provides.Version.Node(); n.Kind() == syntax.Call {
			found = append(found, n.Text())
		}
	}
	return found
}

// importsFor returns the edit that imports what an expression needs and the file does not import: os.
func importsFor(f *workspace.BuildFile, expression string) []edit.Edit {
	if !strings.Contains(expression, "os.") {
		return nil
	}
	at := -1
	for _, stmt := range f.Syntax.Stmts {
		if stmt.Kind() == syntax.Import {
			for _, name := range stmt.Names() {
				if name == "os" {
					return nil
				}
			}
		}
		if at < 0 && stmt.Kind() != syntax.String {
			at = stmt.Span().Start
		}
	}
	if at < 0 {
		return nil
	}
	at = aboveComments(f.Syntax, at)
	end := "\n"
	return []edit.Edit{{Path: f.Path, Start: at, End: at, New: "import os" + end + end}}
}

// aboveComments returns the start of the comment lines directly above offset, unless they start the file.
func aboveComments(f *syntax.File, offset int) int {
	at := offset
	for at > 0 {
		start := strings.LastIndexByte(string(f.Src[:at-1]), '\n') + 1
		if !strings.HasPrefix(string(f.Src[start:at]), "#") {
			return at
		}
		if start == 0 {
			return offset
		}
		at = start
	}
	return at
}

// sameExpression reports whether two expressions have the same tokens.
func sameExpression(a, b string) bool {
	return strings.Join(tokensOf(a), "\x00") == strings.Join(tokensOf(b), "\x00")
}

// tokensOf returns the tokens of an expression, strings without regard to their quotes, and no trailing commas.
func tokensOf(expression string) []string {
	src := []byte(expression)
	var tokens []string
	for t := range syntax.Scan(src) {
		text := t.Span.Text(src)
		switch t.Kind {
		case syntax.CommentTok, syntax.NewlineTok, syntax.EOF:
			continue
		case syntax.StringTok:
			text = strings.ReplaceAll(text, `"`, `'`)
		}
		if n := len(tokens); n > 0 && tokens[n-1] == "," && (text == ")" || text == "]" || text == "}") {
			tokens = tokens[:n-1]
		}
		tokens = append(tokens, text)
	}
	return tokens
}
