package cli

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/buildlint/buildlint/analysis"
	"github.com/buildlint/buildlint/internal/config"
)

// tell writes an error to standard error, and makes the run fail. Several errors in one are told a line each.
func (a *app) tell(err error) {
	a.failed = true
	for _, e := range split(err) {
		a.note(e.Error())
	}
}

// note writes a line to standard error.
func (a *app) note(message string) {
	erase := ""
	if a.drawn.Swap(false) {
		erase = eraseLine
	}
	line := fmt.Sprintf("buildlint: %s\n", printable(message))
	_, _ = io.WriteString(a.stderr, erase+line) // of an error here nobody can be told
	a.capture.note(line)
}

func (a *app) notef(format string, args ...any) { a.note(fmt.Sprintf(format, args...)) }

// split returns the errors that err is made of, or err itself.
func split(err error) []error {
	var errs config.Errors
	if errors.As(err, &errs) {
		return errs.Unwrap()
	}
	if joined, ok := err.(interface{ Unwrap() []error }); ok && strings.Contains(err.Error(), "\n") {
		return joined.Unwrap() // of errors.Join, which puts each on a line
	}
	return []error{err}
}

// tellFile tells of a file that could not be read or written.
func (a *app) tellFile(e analysis.FileError) {
	a.failed = true
	path := e.Path
	if path == "" {
		path = "."
	}
	a.note(path + ": " + cause(e.Err).Error())
}

func (a *app) tellFiles(errs []analysis.FileError) {
	for _, e := range errs {
		a.tellFile(e)
	}
}

// cause returns err without the path that its teller names already.
func cause(err error) error {
	var pathError *fs.PathError
	if errors.As(err, &pathError) {
		return pathError.Err
	}
	return err
}

// fileErrors returns the errors of files and directories that err is made of; other is what is left.
func fileErrors(err error) (files []analysis.FileError, other error) {
	if err == nil {
		return nil, nil
	}
	if joined, ok := err.(interface{ Unwrap() []error }); ok {
		var others []error
		for _, e := range joined.Unwrap() {
			f, o := fileErrors(e)
			files, others = append(files, f...), append(others, o)
		}
		return files, errors.Join(others...)
	}
	var pathError *fs.PathError
	if errors.As(err, &pathError) {
		return []analysis.FileError{{Path: pathError.Path, Err: pathError.Err}}, nil
	}
	return nil, err
}

// printable returns s with all escaped that a terminal would obey instead of show.
func printable(s string) string {
	if utf8.ValidString(s) && !strings.ContainsFunc(s, isControl) {
		return s
	}
	var b strings.Builder
	for i := 0; i < len(s); {
		r, size := utf8.DecodeRuneInString(s[i:])
		switch {
		case r == utf8.RuneError && size == 1:
			fmt.Fprintf(&b, `\x%02x`, s[i])
		case isControl(r):
			b.WriteString(strings.Trim(strconv.QuoteRuneToASCII(r), "'"))
		default:
			b.WriteRune(r)
		}
		i += size
	}
	return b.String()
}

// printableLines is printable, but for tabs and the ends of lines.
func printableLines(text string) string {
	var b strings.Builder
	for line := range strings.Lines(text) {
		body := strings.TrimRight(line, "\r\n")
		for i, part := range strings.Split(body, "\t") {
			if i > 0 {
				b.WriteByte('\t')
			}
			b.WriteString(printable(part))
		}
		b.WriteString(line[len(body):])
	}
	return b.String()
}

func isControl(r rune) bool {
	return unicode.IsControl(r) || unicode.In(r, unicode.Bidi_Control, unicode.Zl, unicode.Zp)
}
