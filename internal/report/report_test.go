package report

import (
	"bytes"
	"errors"
	"io"
	"strings"
	"syscall"
	"testing"

	"github.com/buildlint/buildlint/analysis"
)

// render returns what Write writes.
func render(t *testing.T, result *analysis.Result, o Options) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := Write(&b, result, o); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func TestFormats(t *testing.T) {
	for _, format := range Formats() {
		t.Run(format, func(t *testing.T) {
			w, result := example()
			o := exampleOptions(format, w)
			golden(t, "format/"+format+".txtar", "findings", render(t, result, o))
			clean := &analysis.Result{Summary: analysis.Summary{Packages: 1}}
			golden(t, "format/"+format+".txtar", "clean", render(t, clean, Options{Format: format}))
		})
	}
}

func TestDeterministic(t *testing.T) {
	for _, format := range Formats() {
		w, result := example()
		first := render(t, result, exampleOptions(format, w))
		for range 5 {
			if again := render(t, result, exampleOptions(format, w)); !bytes.Equal(first, again) {
				t.Fatalf("%s: two runs differ", format)
			}
		}
	}
}

func TestUnknownFormat(t *testing.T) {
	err := Write(io.Discard, &analysis.Result{}, Options{Format: "yaml"})
	if err == nil || !strings.Contains(err.Error(), `"yaml"`) || !strings.Contains(err.Error(), "json-lines") {
		t.Errorf("got %v, want an error that names the format and the known ones", err)
	}
}

// A brokenPipe fails after some bytes.
type brokenPipe struct{ left int }

func (p *brokenPipe) Write(b []byte) (int, error) {
	if len(b) > p.left {
		return p.left, syscall.EPIPE
	}
	p.left -= len(b)
	return len(b), nil
}

func TestWriteErrors(t *testing.T) {
	w, result := example()
	for range 100 { // more than the buffer holds
		result.Diagnostics = append(result.Diagnostics, result.Diagnostics[0])
	}
	for _, format := range Formats() {
		for _, size := range []int{0, 5000} {
			if err := Write(&brokenPipe{size}, result, exampleOptions(format, w)); !errors.Is(err, syscall.EPIPE) {
				t.Errorf("%s, broken after %d bytes: got %v, want EPIPE", format, size, err)
			}
		}
	}
	for _, format := range []string{"full", "json", "json-lines"} {
		if err := Statistics(&brokenPipe{}, result, Options{Format: format}); !errors.Is(err, syscall.EPIPE) {
			t.Errorf("statistics as %s: got %v, want EPIPE", format, err)
		}
	}
}
