package edit

import (
	"fmt"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestMerge(t *testing.T) {
	other := Edit{Path: "a/BUILD", Start: 0, End: 1, New: "x"}
	for _, tt := range []struct {
		name  string
		fixes [][]Edit
		want  []int
	}{
		{"none", nil, nil},
		{"apart", [][]Edit{{ed(0, 1, "x")}, {ed(5, 6, "y")}}, []int{0, 1}},
		{"overlap: the first by position wins", [][]Edit{{ed(2, 5, "x")}, {ed(1, 3, "y")}}, []int{1}},
		{"the same range: the lower index wins", [][]Edit{{ed(2, 5, "x")}, {ed(2, 5, "y")}}, []int{0}},
		{"what conflicts only with a loser is taken", [][]Edit{{ed(0, 3, "")}, {ed(2, 5, "")}, {ed(4, 6, "")}}, []int{0, 2}},
		{"identical replacements", [][]Edit{{ed(2, 5, "x")}, {ed(2, 5, "x")}}, []int{0, 1}},
		{"identical insertions", [][]Edit{{ed(2, 2, "x")}, {ed(2, 2, "x")}}, []int{0, 1}},
		{"adjacent deletions", [][]Edit{{ed(1, 4, "")}, {ed(4, 7, "")}}, []int{0, 1}},
		{"deletions that share a comma", [][]Edit{{ed(1, 4, "")}, {ed(2, 5, "")}}, []int{0}},
		{"different insertions at one place", [][]Edit{{ed(2, 2, "x")}, {ed(2, 2, "y")}}, []int{0}},
		{"insertion inside", [][]Edit{{ed(1, 5, "x")}, {ed(3, 3, "y")}}, []int{0}},
		{"insertion at the start", [][]Edit{{ed(1, 5, "x")}, {ed(1, 1, "y")}}, []int{1}},
		{"insertion at the end", [][]Edit{{ed(5, 5, ",")}, {ed(1, 5, "")}}, []int{1}},
		{"insertion between adjacent replacements", [][]Edit{{ed(1, 3, "x")}, {ed(3, 5, "y")}, {ed(3, 3, "z")}}, []int{0, 1}},
		{"all or none", [][]Edit{{ed(0, 1, "x"), ed(8, 9, "x")}, {ed(5, 6, "y"), ed(8, 9, "y")}}, []int{0}},
		{"all or none over files", [][]Edit{
			{ed(5, 6, "x"), {Path: "a/BUILD", Start: 0, End: 2}},
			{ed(0, 1, ""), other},
		}, []int{1}},
		{"files apart", [][]Edit{{other}, {{Path: "a/BUILD.x", Start: 0, End: 1}}, {ed(0, 1, "y")}}, []int{0, 1, 2}},
		{"one edit shared", [][]Edit{
			{ed(0, 0, "import os\n"), ed(5, 6, "x")},
			{ed(0, 0, "import os\n"), ed(8, 9, "y")},
		}, []int{0, 1}},
		{"the same edit twice in a fix", [][]Edit{{ed(1, 2, "x"), ed(1, 2, "x")}}, []int{0}},
		{"its own border", [][]Edit{{ed(1, 2, "x"), ed(2, 2, "y"), ed(2, 2, "z")}}, []int{0}},
		{"no edits", [][]Edit{{}, {ed(1, 2, "x")}}, []int{1}},
		{"overlaps itself", [][]Edit{{ed(1, 3, "x"), ed(2, 4, "y")}, {ed(2, 3, "z")}}, []int{1}},
		{"part of several insertions", [][]Edit{{ed(0, 1, ""), ed(5, 5, "x"), ed(5, 5, "y")}, {ed(5, 5, "y")}}, []int{0}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if diff := cmp.Diff(tt.want, Merge(tt.fixes)); diff != "" {
				t.Error(diff)
			}
		})
	}
}

// TestMergeListElements deletes every subset of the elements of a list, each by a fix of its own, in rounds.
func TestMergeListElements(t *testing.T) {
	all := []string{"a", "b", "c", "d"}
	for subset := range 1 << len(all) {
		list, doomed, kept := slices.Clone(all), []string(nil), []string(nil)
		for i, name := range all {
			if subset&(1<<i) != 0 {
				doomed = append(doomed, name)
			} else {
				kept = append(kept, name)
			}
		}
		for round := 0; slices.ContainsFunc(list, func(s string) bool { return slices.Contains(doomed, s) }); round++ {
			if round > len(all) {
				t.Fatalf("deleting %v: still %v", doomed, list)
			}
			list = deleteRound(t, list, doomed)
		}
		if diff := cmp.Diff(format(kept), format(list)); diff != "" {
			t.Errorf("deleting %v: %s", doomed, diff)
		}
	}
}

func format(list []string) string { return fmt.Sprintf("%q", list) }

// deleteRound deletes doomed elements from a list of one-letter elements as one round of fixes does: each with the
// comma that follows, the last one with the comma before.
func deleteRound(t *testing.T, list, doomed []string) []string {
	src := "["
	var fixes [][]Edit
	for i, name := range list {
		start, end := len(src), len(src)+len(name)
		switch {
		case i < len(list)-1:
			end += len(", ")
			src += name + ", "
		case i > 0:
			start -= len(", ")
			fallthrough
		default:
			src += name
		}
		if slices.Contains(doomed, name) {
			fixes = append(fixes, []Edit{ed(start, end, "")})
		}
	}
	src += "]"
	var edits []Edit
	for _, i := range Merge(fixes) {
		edits = append(edits, fixes[i]...)
	}
	after, err := Apply([]byte(src), edits)
	if err != nil {
		t.Fatal(err)
	}
	var rest []string
	for _, c := range after {
		if 'a' <= c && c <= 'z' {
			rest = append(rest, string(c))
		}
	}
	want := "["
	for i, name := range rest {
		if i > 0 {
			want += ", "
		}
		want += name
	}
	if want += "]"; string(after) != want {
		t.Errorf("%s became %s, want %s", src, after, want)
	}
	return rest
}

// FuzzMerge checks that what Merge chooses can be applied, and that no fix is left that conflicts with nothing chosen.
func FuzzMerge(f *testing.F) {
	f.Add([]byte{1, 3, 0, 4, 3, 0, 4, 0, 2, 9, 1, 1}, uint8(2))
	f.Fuzz(func(t *testing.T, script []byte, perFix uint8) {
		var fixes [][]Edit
		for edits := range slices.Chunk(decodeEdits(script), int(perFix%3)+1) {
			fixes = append(fixes, edits)
		}
		accepted := Merge(fixes)
		var all []Edit
		for _, i := range accepted {
			all = append(all, fixes[i]...)
		}
		if err := Validate(all); err != nil {
			t.Fatalf("Merge(%v) = %v: %v", fixes, accepted, err)
		}
		for i, fix := range fixes {
			if !slices.Contains(accepted, i) && Validate(fix) == nil && !conflictsWithAny(fix, all) {
				t.Errorf("Merge(%v) = %v: %d conflicts with none", fixes, accepted, i)
			}
		}
	})
}

func conflictsWithAny(fix, accepted []Edit) bool {
	for _, a := range fix {
		for _, b := range accepted {
			touch := a.Start <= b.End && b.Start <= a.End
			insertion := a.Start == a.End || b.Start == b.End
			if a != b && touch && (insertion || a.Start < b.End && b.Start < a.End) {
				return true
			}
		}
	}
	return false
}

func BenchmarkMerge(b *testing.B) {
	fixes := make([][]Edit, 100_000)
	for i := range fixes {
		far := (i * 7919) % len(fixes)
		fixes[i] = []Edit{ed(20*i, 20*i+5, "x"), ed(20*far+10, 20*far+15, "x")}
	}
	for b.Loop() {
		if n := len(Merge(fixes)); n != len(fixes) {
			b.Fatal(n)
		}
	}
}
