package edit

import (
	"fmt"
	"strings"
)

// Unified returns the difference between two contents of a file as a unified diff that `git apply` and `patch -p1`
// take, with context lines of unchanged text around each change; "" if they are equal. The path is relative to the
// root, with slashes; a strange one is quoted as git does. Only "\n" ends a line: a "\r" before it belongs to the
// line.
func Unified(path string, before, after []byte, context int) string {
	a, b := splitLines(string(before)), splitLines(string(after))
	changes := diffLines(a, b)
	if len(changes) == 0 {
		return ""
	}
	var out strings.Builder
	fmt.Fprintf(&out, "--- %s\n+++ %s\n", quotePath("a/"+path), quotePath("b/"+path))
	for _, h := range hunks(changes, max(context, 0)) {
		writeHunk(&out, a, b, h, max(context, 0))
	}
	return out.String()
}

// hunks groups the changes whose contexts touch.
func hunks(changes []change, context int) [][]change {
	var grouped [][]change
	start := 0
	for i := 1; i <= len(changes); i++ {
		if i == len(changes) || changes[i].a1-changes[i-1].a2 > 2*context {
			grouped = append(grouped, changes[start:i])
			start = i
		}
	}
	return grouped
}

// writeHunk writes one hunk of a diff of the lines a and b.
func writeHunk(out *strings.Builder, a, b []string, changes []change, context int) {
	first, last := changes[0], changes[len(changes)-1]
	lead := min(context, first.a1)
	trail := min(context, len(a)-last.a2)
	fmt.Fprintf(out, "@@ -%s +%s @@\n",
		hunkRange(first.a1-lead, last.a2+trail), hunkRange(first.b1-lead, last.b2+trail))

	at := first.a1 - lead
	for _, c := range changes {
		writeLines(out, ' ', a[at:c.a1])
		writeLines(out, '-', a[c.a1:c.a2])
		writeLines(out, '+', b[c.b1:c.b2])
		at = c.a2
	}
	writeLines(out, ' ', a[at:last.a2+trail])
}

// hunkRange formats the lines [start, end), which count from 0, for the head of a hunk.
func hunkRange(start, end int) string {
	switch end - start {
	case 0:
		return fmt.Sprintf("%d,0", start) // the line before, as diff does
	case 1:
		return fmt.Sprint(start + 1)
	}
	return fmt.Sprintf("%d,%d", start+1, end-start)
}

func writeLines(out *strings.Builder, kind byte, lines []string) {
	for _, line := range lines {
		out.WriteByte(kind)
		out.WriteString(line)
		if !strings.HasSuffix(line, "\n") {
			out.WriteString("\n\\ No newline at end of file\n")
		}
	}
}

// quotePath returns path as git writes it in the head of a diff: in quotes, with the escapes of C, if it has a byte
// that is a quote, a backslash, a control or no ASCII; followed by a tab if it has a space, which ends a name for
// patch.
func quotePath(path string) string {
	var quoted strings.Builder
	for _, c := range []byte(path) {
		quoted.WriteString(quoteByte(c))
	}
	name := path
	if quoted.Len() > len(path) {
		name = `"` + quoted.String() + `"`
	}
	if strings.Contains(path, " ") {
		name += "\t"
	}
	return name
}

func quoteByte(c byte) string {
	const escaped, letters = "\a\b\t\n\v\f\r\"\\", `abtnvfr"\`
	if i := strings.IndexByte(escaped, c); i >= 0 {
		return `\` + letters[i:i+1]
	}
	if c < ' ' || c >= 0x7f {
		return fmt.Sprintf(`\%03o`, c)
	}
	return string(rune(c))
}
