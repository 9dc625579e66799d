package truth_test

import (
	"context"
	"flag"
	"fmt"
	"maps"
	"os"
	"path"
	"slices"
	"strings"
	"testing"
	"text/tabwriter"

	"github.com/google/go-cmp/cmp"

	"github.com/buildlint/buildlint/analysis"
	"github.com/buildlint/buildlint/analysis/dialect"
	"github.com/buildlint/buildlint/analysis/filetree"
	"github.com/buildlint/buildlint/analysis/workspace"
	"github.com/buildlint/buildlint/internal/truth"
	"github.com/buildlint/buildlint/rules"
)

// The long run: go test ./internal/truth -v -repositories 3000 -styles 20.
var (
	repositories = flag.Int("repositories", 25, "the number of repositories with random mutations")
	styles       = flag.Uint64("styles", 2, "the number of styles in which each mutation is tried")
	firstSeed    = flag.Uint64("seed", 1, "the seed of the first repository")
)

// cells is the number of mutations of a random repository.
const cells = 10

// Each mutation alone gives what it says and nothing else, in several styles.
func TestMutations(t *testing.T) {
	for _, m := range truth.Mutations() {
		t.Run(m.String(), func(t *testing.T) {
			n := *styles
			if m.Silent {
				n = (n + 1) / 2
			}
			for i := range n {
				checkRepository(t, *firstSeed+i, []*truth.Mutation{m}, &score{})
			}
			checkWants(t, m)
		})
	}
}

// checkWants checks that a mutation wants a finding of its rule, or none if it is silent.
func checkWants(t *testing.T, m *truth.Mutation) {
	t.Helper()
	wants := truth.Generate(*firstSeed, []*truth.Mutation{m}).Wants
	if m.Silent && len(wants) > 0 {
		t.Errorf("it is silent and wants %v", wants)
	}
	if !m.Silent && !slices.ContainsFunc(wants, func(w truth.Want) bool { return w.Rule == m.Rule }) {
		t.Errorf("it wants %v, and nothing of its rule", wants)
	}
}

// Random mutations of many cells give what they say and nothing else. Recall and precision of each rule are logged.
func TestCombinations(t *testing.T) {
	s := &score{}
	for i := range *repositories {
		seed := *firstSeed + uint64(i)
		checkRepository(t, seed, truth.Random(seed, cells), s)
	}
	t.Logf("%d repositories of %d cells\n%s", *repositories, cells, s.table())
}

// Every rule has a way to break it.
func TestEveryRuleIsBroken(t *testing.T) {
	exempt := map[string]bool{"frozen-resources": true} // asks what a file was before
	broken := map[string]bool{}
	for _, m := range truth.Mutations() {
		broken[m.Rule] = broken[m.Rule] || !m.Silent
		if rules.Named(m.Rule) == nil {
			t.Errorf("%v: there is no such rule", m)
		}
	}
	for _, r := range ruled() {
		if !broken[r.Name] && !exempt[r.Name] {
			t.Errorf("no mutation breaks %s: add one to a table of internal/truth", r.Name)
		}
	}
}

// checkRepository checks the repository of a seed before and after all fixes.
func checkRepository(t *testing.T, seed uint64, mutations []*truth.Mutation, s *score) {
	t.Helper()
	repo := truth.Generate(seed, mutations)
	failed := t.Failed()
	checkClean(t, repo, s)
	checker, dirs := checkerOf(t, repo.Broken, repo.Kinds)
	found := check(t, checker, dirs)
	compare(t, repo, found, s)
	for _, least := range []analysis.Applicability{analysis.Safe, analysis.Unsafe} {
		checkFixes(t, repo, checker, dirs, least, s)
	}
	if t.Failed() && !failed {
		t.Errorf("seed %d, mutations %v", seed, mutations)
		dump(t, repo)
	}
}

// dump writes the repository of a failure for people to look at.
func dump(t *testing.T, repo *truth.Repository) {
	t.Helper()
	for _, c := range repo.Cells {
		for _, name := range slices.Sorted(maps.Keys(repo.Broken)) {
			if c.Holds(name) && strings.HasPrefix(path.Base(name), "BUILD") && (c.Mutation != nil && len(repo.Cells) == 1) {
				t.Logf("-- %s --\n%s", name, repo.Broken[name])
			}
		}
	}
	if dir := os.Getenv("TRUTH_DUMP"); dir != "" {
		for name, text := range repo.Broken {
			full := path.Join(dir, name)
			if err := os.MkdirAll(path.Dir(full), 0o777); err != nil {
				t.Fatal(err)
			}
			if err := os.WriteFile(full, []byte(text), 0o666); err != nil {
				t.Fatal(err)
			}
		}
	}
}

// ruled is the rules that the repositories of this package keep: those of the presets recommended, aurora and style.
// The other presets ask for other layouts; their rules are broken one by one in the repositories of testdata.
func ruled() []*analysis.Rule {
	presets := rules.Presets()
	names := slices.Concat(presets["recommended"], presets["aurora"], presets["style"])
	return slices.DeleteFunc(rules.All(), func(r *analysis.Rule) bool { return !slices.Contains(names, r.Name) })
}

func checkerOf(t *testing.T, files map[string]string, kinds map[string]string) (*analysis.Checker, []string) {
	t.Helper()
	snapshot := workspace.New(filetree.FromMap(files), &workspace.Options{Dialect: dialect.Pants1().WithKinds(kinds)})
	var settings []analysis.Setting
	for _, r := range ruled() {
		settings = append(settings, analysis.Setting{Rule: r, Severity: r.Severity, Options: r.Options})
	}
	dirs, err := analysis.Directories(context.Background(), snapshot, []string{""})
	if err != nil {
		t.Fatal(err)
	}
	return &analysis.Checker{
		Snapshot: snapshot, Jobs: 1,
		Settings: func(string) []analysis.Setting { return settings },
		Known:    func(name string) bool { return rules.Named(name) != nil },
	}, dirs
}

func check(t *testing.T, c *analysis.Checker, dirs []string) []analysis.Diagnostic {
	t.Helper()
	result, err := c.Check(context.Background(), dirs)
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range result.Errors {
		t.Errorf("error of the run: %v", e)
	}
	return result.Diagnostics
}

// checkClean checks that nothing is found in what keeps every convention.
func checkClean(t *testing.T, repo *truth.Repository, s *score) {
	t.Helper()
	checker, dirs := checkerOf(t, repo.Clean, repo.Kinds)
	for _, d := range check(t, checker, dirs) {
		s.of(d.Rule).false++
		t.Errorf("found in the clean repository: %s:%d: %s %s", d.Path, lineOf(repo.Clean, d), d.Rule, d.Message)
	}
}

func lineOf(files map[string]string, d analysis.Diagnostic) int {
	return 1 + strings.Count(files[d.Path][:d.Span.Start], "\n")
}

// compare reports what is found and not wanted, and the other way round.
func compare(t *testing.T, repo *truth.Repository, found []analysis.Diagnostic, s *score) {
	t.Helper()
	missing := slices.Clone(repo.Wants)
	for _, d := range found {
		line := lineOf(repo.Broken, d)
		i := slices.IndexFunc(missing, func(w truth.Want) bool {
			return w.Rule == d.Rule && w.Path == d.Path && w.Line == line
		})
		if i < 0 {
			s.of(d.Rule).false++
			t.Errorf("not wanted: %s:%d: %s %s", d.Path, line, d.Rule, d.Message)
			continue
		}
		s.of(d.Rule).found++
		if got, want := best(d), applicability(missing[i]); got != want {
			t.Errorf("%s:%d: %s offers a fix that is %v, wanted is %v", d.Path, line, d.Rule, got, want)
		}
		missing = slices.Delete(missing, i, i+1)
	}
	for _, w := range missing {
		s.of(w.Rule).missed++
		t.Errorf("not found: %s:%d: %s", w.Path, w.Line, w.Rule)
	}
}

// best returns the applicability of the best fix that a finding offers.
func best(d analysis.Diagnostic) analysis.Applicability {
	best := analysis.NoFix
	for _, f := range d.Fixes {
		if len(f.Edits()) > 0 {
			best = max(best, f.Applicability)
		}
	}
	return best
}

// applicability returns that of the fix that a finding is to offer.
func applicability(w truth.Want) analysis.Applicability {
	switch w.Fix {
	case "none":
		return analysis.NoFix
	case "unsafe":
		return analysis.Unsafe
	case "safe":
		return analysis.Safe
	}
	return rules.Named(w.Rule).Fix
}

// checkFixes checks that what can be mended is, that nothing else is found then, and that the repository means what it
// meant before it was broken.
func checkFixes(
	t *testing.T, repo *truth.Repository, c *analysis.Checker, dirs []string, least analysis.Applicability, s *score,
) {
	t.Helper()
	fixing, err := (&analysis.Fixer{Checker: c, Dirs: dirs, Least: least}).Run(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	for _, r := range fixing.Refused {
		t.Errorf("%v: %s was refused in %s: %v", least, r.Diagnostic.Rule, r.Path, r.Err)
	}
	for _, d := range fixing.Fixed {
		s.of(d.Rule).mended++
	}
	for i := range repo.Cells {
		checkLeft(t, &repo.Cells[i], fixing.Result.Diagnostics, least)
	}
	clean, _ := checkerOf(t, repo.Clean, repo.Kinds)
	for i := range repo.Cells {
		cell := &repo.Cells[i]
		want := clean.Snapshot
		switch n := mendable(cell.Wants, least); {
		case n == 0:
			want = c.Snapshot
		case n < len(cell.Wants) || cell.Mutation.Changes:
			continue
		}
		if diff := cmp.Diff(meaning(t, want, cell), meaning(t, fixing.Checker.Snapshot, cell)); diff != "" {
			t.Errorf("%v: %v means something else after %v fixes (-before +after):\n%s", cell.Dirs[0], cell.Mutation, least, diff)
		}
	}
}

func mendable(wants []truth.Want, least analysis.Applicability) int {
	n := 0
	for _, w := range wants {
		if a := applicability(w); a != analysis.NoFix && a >= least {
			n++
		}
	}
	return n
}

// checkLeft compares what is left of the findings in a cell with those that have no fix.
func checkLeft(t *testing.T, cell *truth.Broken, left []analysis.Diagnostic, least analysis.Applicability) {
	t.Helper()
	if cell.Mutation != nil && cell.Mutation.Changes {
		return
	}
	var want, got []string
	for _, w := range cell.Wants {
		if a := applicability(w); a == analysis.NoFix || a < least {
			want = append(want, w.Path+": "+w.Rule)
		}
	}
	for _, d := range left {
		if cell.Holds(d.Path) {
			got = append(got, d.Path+": "+d.Rule)
		}
	}
	slices.Sort(want)
	slices.Sort(got)
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("%v: what is left after %v fixes (-want +got):\n%s", cell.Mutation, least, diff)
	}
}

// A score counts what was found of each rule.
type score struct{ rules map[string]*count }

type count struct{ found, missed, false, mended int }

func (s *score) of(rule string) *count {
	if s.rules == nil {
		s.rules = map[string]*count{}
	}
	if s.rules[rule] == nil {
		s.rules[rule] = &count{}
	}
	return s.rules[rule]
}

// table returns recall and precision of each rule, and how many findings were mended by safe and unsafe fixes together.
func (s *score) table() string {
	var b strings.Builder
	w := tabwriter.NewWriter(&b, 0, 0, 2, ' ', tabwriter.AlignRight)
	fmt.Fprintln(w, "rule\twanted\tfound\tfalse\trecall\tprecision\tmended\t")
	for _, r := range rules.All() {
		c := s.of(r.Name)
		fmt.Fprintf(w, "%s\t%d\t%d\t%d\t%s\t%s\t%d\t\n", r.Name, c.found+c.missed, c.found, c.false,
			percent(c.found, c.missed), percent(c.found, c.false), c.mended)
	}
	_ = w.Flush() // into a builder
	return b.String()
}

func percent(good, bad int) string {
	if good+bad == 0 {
		return "-"
	}
	return fmt.Sprintf("%.2f %%", 100*float64(good)/float64(good+bad))
}
