package workspace

import (
	"fmt"
	"strings"
	"testing"

	"github.com/buildlint/buildlint/analysis/dialect"
	"github.com/buildlint/buildlint/analysis/filetree"
)

// open returns a snapshot of files.
func open(files map[string]string) *Snapshot {
	return New(filetree.FromMap(files), &Options{Dialect: dialect.Pants1()})
}

// load returns the package of a directory.
func loadPackage(t *testing.T, s *Snapshot, dir string) *Package {
	t.Helper()
	p, err := s.Package(dir)
	if err != nil || p == nil {
		t.Fatalf("Package(%q) = %v, %v", dir, p, err)
	}
	return p
}

// build returns the package a/b that one BUILD file makes.
func build(t *testing.T, src string) *Package {
	t.Helper()
	return loadPackage(t, open(map[string]string{"a/b/BUILD": src}), "a/b")
}

// show writes a value as the tests expect it.
func show(v Value) string {
	switch v := v.(type) {
	case *String:
		return fmt.Sprintf("%q", v.Text)
	case *List:
		var items []string
		for _, item := range v.Items {
			items = append(items, show(item.Value))
		}
		return "[" + strings.Join(items, " ") + more(v.Open) + "]"
	case *Dict:
		var entries []string
		for _, e := range v.Entries {
			entries = append(entries, show(e.Key)+":"+show(e.Value))
		}
		return "{" + strings.Join(entries, " ") + more(v.Open) + "}"
	case *Call:
		return showCall(v)
	case *Const:
		return v.Text
	}
	return "?"
}

func showCall(v *Call) string {
	var args []string
	for _, a := range v.Args {
		arg := show(a.Value)
		if a.Name != "" {
			arg = a.Name + "=" + arg
		}
		args = append(args, arg)
	}
	text := v.Func + "(" + strings.Join(args, " ") + ")"
	if v.Recv != nil {
		text = show(v.Recv) + "." + text
	}
	return text
}

func more(open bool) string {
	if open {
		return " …"
	}
	return ""
}

// showSources writes the patterns of a target.
func showSources(s *Sources) string {
	if s == nil {
		return "?"
	}
	var parts []string
	for _, p := range s.Include {
		parts = append(parts, p.Glob)
	}
	for _, e := range s.Exclude {
		parts = append(parts, "-"+e)
	}
	if !s.Known {
		parts = append(parts, "…")
	}
	if !s.Written {
		parts = append(parts, "(default)")
	}
	return strings.Join(parts, " ")
}

// showTarget writes a target without its sources.
func showTarget(t *Target) string {
	var b strings.Builder
	fmt.Fprintf(&b, "%s %q", t.KindName, t.Name)
	for _, flag := range []struct {
		is   bool
		name string
	}{
		{t.Kind == nil, "unknown-kind"}, {t.NameField == nil, "default-name"}, {t.Open, "open"},
		{t.Conditional, "conditional"}, {t.Implicit, "implicit"},
	} {
		if flag.is {
			b.WriteString(" " + flag.name)
		}
	}
	for _, d := range t.Deps {
		fmt.Fprintf(&b, " %s", showDep(d))
	}
	if t.DepsOpen {
		b.WriteString(" …")
	}
	return b.String()
}

func showDep(d Dep) string {
	text := d.Address.String()
	if d.Err != nil {
		text = "bad:" + d.Text
	}
	if d.Scoped {
		text = "scoped:" + text
	}
	return text
}

func showPackage(p *Package) string {
	var lines []string
	for _, t := range p.Targets {
		lines = append(lines, showTarget(t))
	}
	for _, g := range p.Gaps {
		lines = append(lines, "gap: "+g.Reason)
	}
	return strings.Join(lines, "\n")
}
