package edit

import (
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// ed is an edit of BUILD.
func ed(start, end int, text string) Edit {
	return Edit{Path: "BUILD", Start: start, End: end, New: text}
}

func TestApply(t *testing.T) {
	for _, tt := range []struct {
		name, src string
		edits     []Edit
		want      string
	}{
		{"none", "abc", nil, "abc"},
		{"replace", "abc", []Edit{ed(1, 2, "XY")}, "aXYc"},
		{"delete all", "abc", []Edit{ed(0, 3, "")}, ""},
		{"insert into nothing", "", []Edit{ed(0, 0, "x")}, "x"},
		{"insert at both ends", "abc", []Edit{ed(3, 3, "]"), ed(0, 0, "[")}, "[abc]"},
		{"unsorted", "abcdef", []Edit{ed(4, 5, "E"), ed(0, 1, "A"), ed(2, 3, "C")}, "AbCdEf"},
		{"adjacent deletions", "[a, b, c]", []Edit{ed(4, 7, ""), ed(1, 4, "")}, "[c]"},
		{"insertions keep their order", "ab", []Edit{ed(1, 1, "1"), ed(1, 1, "2"), ed(1, 1, "3")}, "a123b"},
		{"insertion before replacement", "abc", []Edit{ed(1, 2, "B"), ed(1, 1, "<")}, "a<Bc"},
		{"insertion after replacement", "abc", []Edit{ed(2, 2, ">"), ed(1, 2, "B")}, "aB>c"},
		{"identical replacements", "abc", []Edit{ed(1, 2, "B"), ed(1, 2, "B")}, "aBc"},
		{"identical insertions", "ab", []Edit{ed(1, 1, "1"), ed(1, 1, "2"), ed(1, 1, "1")}, "a12b"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			src := []byte(tt.src)
			given := slices.Clone(tt.edits)
			got, err := Apply(src, tt.edits)
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(tt.want, string(got)); diff != "" {
				t.Error(diff)
			}
			if string(src) != tt.src || !slices.Equal(tt.edits, given) {
				t.Error("Apply changed what it was given")
			}
		})
	}
}

func TestApplyError(t *testing.T) {
	for _, tt := range []struct {
		name  string
		edits []Edit
		want  string
	}{
		{"overlap", []Edit{ed(1, 3, "x"), ed(2, 4, "y")}, `edits BUILD:[1,3) "x" and BUILD:[2,4) "y" overlap`},
		{"inside", []Edit{ed(0, 4, "x"), ed(2, 2, "y")}, `edits BUILD:[0,4) "x" and BUILD:[2,2) "y" overlap`},
		{"same range", []Edit{ed(0, 2, "x"), ed(0, 2, "y")}, `edits BUILD:[0,2) "x" and BUILD:[0,2) "y" overlap`},
		{"beyond the end", []Edit{ed(3, 6, "")}, `edit BUILD:[3,6) "" is out of range: the file has 5 bytes`},
		{"insertion beyond the end", []Edit{ed(6, 6, "x")}, `edit BUILD:[6,6) "x" is out of range: the file has 5 bytes`},
		{"negative", []Edit{ed(-1, 2, "")}, `edit BUILD:[-1,2) "" is out of range`},
		{"reversed", []Edit{ed(3, 2, "")}, `edit BUILD:[3,2) "" is out of range`},
		{"two files", []Edit{ed(0, 1, ""), {Path: "a/BUILD", Start: 2, End: 3}},
			`edits BUILD:[0,1) "" and a/BUILD:[2,3) "" are of different files`},
		{"long text", []Edit{ed(6, 6, strings.Repeat("x", 50))},
			`edit BUILD:[6,6) "` + strings.Repeat("x", 40) + `" is out of range: the file has 5 bytes`},
	} {
		t.Run(tt.name, func(t *testing.T) {
			got, err := Apply([]byte("abcde"), tt.edits)
			if err == nil || err.Error() != tt.want || got != nil {
				t.Errorf("got %q, error %v, want %s", got, err, tt.want)
			}
		})
	}
}

// FuzzApply compares Apply with a model that replaces from the back, one edit at a time.
func FuzzApply(f *testing.F) {
	f.Add("[a, b, c]", []byte{1, 3, 0, 4, 3, 0, 4, 0, 2})
	f.Fuzz(func(t *testing.T, src string, script []byte) {
		edits := decodeEdits(script)
		got, err := Apply([]byte(src), edits)
		want, ok := applyModel(src, edits)
		if ok != (err == nil) {
			t.Fatalf("Apply(%q, %v): error %v, the model applies: %t", src, edits, err, ok)
		}
		if ok && string(got) != want {
			t.Errorf("Apply(%q, %v) = %q, want %q", src, edits, got, want)
		}
		slices.Reverse(edits)
		if _, err := Apply([]byte(src), edits); (err == nil) != ok {
			t.Errorf("Apply(%q, %v) depends on the order of edits: error %v", src, edits, err)
		}
	})
}

// decodeEdits makes an edit of each three bytes of script: start, length, and which text.
func decodeEdits(script []byte) []Edit {
	var edits []Edit
	for ; len(script) >= 3; script = script[3:] {
		text := strings.Repeat(string(rune('A'+script[2]%3)), int(script[2]%4))
		start := int(int8(script[0]))
		edits = append(edits, ed(start, start+int(script[1]%8), text))
	}
	return edits
}

// applyModel marks each byte of src with the edit that replaces it, and each gap with its insertions.
func applyModel(src string, edits []Edit) (string, bool) {
	replaced := make([]int, len(src)) // index of an edit + 1
	starts := make(map[int]string)
	inserts := make([]string, len(src)+1)
	for i, e := range edits {
		if slices.Contains(edits[:i], e) {
			continue
		}
		if e.Start < 0 || e.End > len(src) {
			return "", false
		}
		for at := e.Start; at < e.End; at++ {
			if replaced[at] != 0 {
				return "", false
			}
			replaced[at] = i + 1
		}
		if e.Start == e.End {
			inserts[e.Start] += e.New
		} else {
			starts[e.Start] = e.New
		}
	}
	for _, e := range edits {
		if e.Start == e.End && 0 < e.Start && e.Start < len(src) &&
			replaced[e.Start-1] != 0 && replaced[e.Start-1] == replaced[e.Start] {
			return "", false // an insertion inside a replacement
		}
	}
	var out strings.Builder
	for at := 0; at <= len(src); at++ {
		out.WriteString(inserts[at])
		out.WriteString(starts[at])
		if at < len(src) && replaced[at] == 0 {
			out.WriteByte(src[at])
		}
	}
	return out.String(), true
}
