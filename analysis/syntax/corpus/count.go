package main

import (
	"fmt"
	"hash/fnv"
	"math/rand/v2"
	"strings"

	"github.com/buildlint/buildlint/analysis/syntax"
)

// A counter adds up the figures of a repository.
type counter struct {
	verbose bool
	python  *python

	injections []injection

	lacking                                      int // files that the repository does not have
	files, bytes, stmts, bad, withErrors, panics int
	accepted, rejected, miscounted               int        // of the files that Python accepts
	injected                                     []recovery // by injection
}

// A recovery says what was left of the other statements of a file after an error was put into one.
type recovery struct {
	files, others, available int
}

func newCounter(py *python, verbose bool) *counter {
	in := injections()
	return &counter{verbose: verbose, python: py, injections: in, injected: make([]recovery, len(in))}
}

// file counts one file.
func (c *counter) file(b blob) error {
	if b.lacking {
		c.lacking++
		return nil
	}
	f := c.parse(b, b.data)
	if f == nil {
		return nil
	}
	c.files++
	c.bytes += len(b.data)
	c.stmts += len(f.Stmts)
	for _, s := range f.Stmts {
		if s.Kind() == syntax.Bad {
			c.bad++
		}
	}
	if len(f.Errors) > 0 {
		c.withErrors++
		c.note(b, f, "error")
	}
	if err := c.compare(b, f); err != nil {
		return err
	}
	c.inject(b, f)
	return nil
}

// parse parses src; it returns nil after a panic.
func (c *counter) parse(b blob, src []byte) (f *syntax.File) {
	defer func() {
		if e := recover(); e != nil {
			c.panics++
			fmt.Printf("panic: %s %s: %v\n", b.id, b.path, e)
			f = nil
		}
	}()
	return syntax.Parse(src)
}

// note prints what stands behind a figure.
func (c *counter) note(b blob, f *syntax.File, what string) {
	if !c.verbose {
		return
	}
	fmt.Printf("%s: %s %s\n", what, b.id, b.path)
	for _, e := range f.Errors {
		line := 1 + strings.Count(string(f.Src[:e.Span.Start]), "\n")
		fmt.Printf("\tline %d: %s\n", line, e.Message)
	}
}

// compare compares f with what Python says of it.
func (c *counter) compare(b blob, f *syntax.File) error {
	if c.python == nil {
		return nil
	}
	n, err := c.python.statements(b.data)
	if err != nil || n < 0 {
		return err
	}
	c.accepted++
	if len(f.Errors) > 0 {
		c.rejected++
		c.note(b, f, "rejected")
	}
	if n != len(f.Stmts) {
		c.miscounted++
		c.note(b, f, fmt.Sprintf("%d statements, not %d", len(f.Stmts), n))
	}
	return nil
}

// inject puts one error of each kind into the file and counts what is left of its other statements.
func (c *counter) inject(b blob, f *syntax.File) {
	h := fnv.New64a()
	_, _ = h.Write(b.data) // it never fails
	for i, in := range c.injections {
		r := rand.New(rand.NewPCG(h.Sum64(), uint64(i)))
		cut, ok := in.cut(f, r)
		if !ok {
			continue
		}
		src := append(append([]byte(nil), b.data[:cut.Start]...), b.data[cut.End:]...)
		broken := c.parse(b, src)
		if broken == nil {
			continue
		}
		others := untouched(f, cut)
		left := stillThere(others, broken)
		rec := &c.injected[i]
		rec.files++
		rec.others += len(others)
		rec.available += left
		if left < len(others) {
			c.note(b, broken, fmt.Sprintf("%s at %v: %d of %d left", in.name, cut, left, len(others)))
		}
	}
}

// untouched returns the texts of the statements that cut does not touch.
func untouched(f *syntax.File, cut syntax.Span) []string {
	var texts []string
	for _, s := range f.Stmts {
		if span := s.Span(); s.Kind() != syntax.Bad && (span.End < cut.Start || cut.End < span.Start) {
			texts = append(texts, s.Text())
		}
	}
	return texts
}

// stillThere counts which of texts, in order, are statements of f.
func stillThere(texts []string, f *syntax.File) int {
	places := map[string][]int{}
	for i, s := range f.Stmts {
		if s.Kind() != syntax.Bad {
			places[s.Text()] = append(places[s.Text()], i)
		}
	}
	n, last := 0, -1
	for _, text := range texts {
		p := places[text]
		for len(p) > 0 && p[0] <= last {
			p = p[1:]
		}
		if len(p) > 0 {
			n++
			last = p[0]
			p = p[1:]
		}
		places[text] = p
	}
	return n
}

func (c *counter) print(dir string) {
	fmt.Printf("%s\n", dir)
	if c.lacking > 0 {
		fmt.Printf("  lacks %d BUILD files of its history\n", c.lacking)
	}
	fmt.Printf("  files %d (%d bytes), top-level statements %d\n", c.files, c.bytes, c.stmts)
	fmt.Printf("  available %s, files with errors %d, panics %d\n",
		percent(c.stmts-c.bad, c.stmts), c.withErrors, c.panics)
	if c.python != nil {
		fmt.Printf("  Python accepts %d files; of these rejected %d, statements counted differently %d\n",
			c.accepted, c.rejected, c.miscounted)
	}
	for i, in := range c.injections {
		r := c.injected[i]
		fmt.Printf("  after a %s in %d files: %s of %d other statements available\n",
			in.name, r.files, percent(r.available, r.others), r.others)
	}
}

func percent(part, whole int) string {
	if whole == 0 {
		return "–"
	}
	return fmt.Sprintf("%.4f %%", 100*float64(part)/float64(whole))
}
