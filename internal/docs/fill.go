package docs

import (
	"fmt"
	"maps"
	"slices"
	"strings"
)

// fill replaces each named section of a Markdown text: what stands between `<!-- begin NAME -->` and
// `<!-- end NAME -->`.
func fill(text string, sections map[string]string) (string, error) {
	for _, name := range slices.Sorted(maps.Keys(sections)) {
		begin, end := fmt.Sprintf("<!-- begin %s -->\n", name), fmt.Sprintf("<!-- end %s -->", name)
		before, rest, ok := strings.Cut(text, begin)
		_, after, closed := strings.Cut(rest, end)
		if !ok || !closed {
			return "", fmt.Errorf("there is no section from %q to %q", strings.TrimSpace(begin), end)
		}
		text = before + begin + "\n" + strings.TrimSpace(sections[name]) + "\n\n" + end + after
	}
	return text, nil
}

// fence returns a fenced block of code.
func fence(language, text string) string {
	return "```" + language + "\n" + strings.TrimRight(text, "\n") + "\n```\n"
}
