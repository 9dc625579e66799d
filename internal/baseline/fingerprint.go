package baseline

import (
	"crypto/sha256"
	"encoding/hex"
	"path"
	"regexp"
	"slices"
	"strings"

	"github.com/buildlint/buildlint/analysis"
)

// Fingerprint returns what makes a finding the same to a person, as 32 hexadecimal digits: the rule, the package, the
// target (the file where there is none), and the things that the message names. It knows nothing of
//
//   - lines, columns and the order of targets;
//   - the words and numbers of the message, so that a later version may put it better;
//   - the suggestion at the message's end: another target nearby may change it;
//   - names in capitals, as variables of BUILD files are called.
//
// Two findings may have the same one, such as the same dependency twice in excess: they are counted.
func Fingerprint(d analysis.Diagnostic) string {
	sum := sha256.Sum256([]byte(entryOf(d).key()))
	return hex.EncodeToString(sum[:16])
}

// entryOf returns the entry of a single finding.
func entryOf(d analysis.Diagnostic) Entry {
	return Entry{Rule: d.Rule, Path: d.Path, Target: d.Target, About: about(d.Message), Count: 1}
}

// key returns what has to be equal. A target may move to another BUILD file of its package.
func (e Entry) key() string {
	place := e.Path
	if e.Target != "" {
		place = path.Dir(place)
	}
	return strings.Join(append([]string{e.Rule, place, e.Target}, e.About...), "\x00")
}

var (
	named      = regexp.MustCompile("`([^`]*)`" + `|"([^"]*)"`)
	suggestion = regexp.MustCompile(`did you mean [^?]*\?`)
	position   = regexp.MustCompile(`(:\d+)+$`)
	// nameless is what a number or a variable looks like.
	nameless = regexp.MustCompile(`^([A-Z][A-Z0-9_]*|_[A-Z0-9_]+|\d*)$`)
)

// about returns the things that a message names, in backquotes or quotes, sorted.
func about(message string) []string {
	message = suggestion.ReplaceAllString(message, "")
	var things []string
	for _, match := range named.FindAllStringSubmatch(message, -1) {
		thing := position.ReplaceAllString(match[1]+match[2], "")
		if !nameless.MatchString(thing) {
			things = append(things, thing)
		}
	}
	slices.Sort(things)
	return things
}
