package cli

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"

	"github.com/buildlint/buildlint/analysis/filetree"
)

// lintStdin lints standard input as the content of a file. With --fix it writes the fixed text to standard output, and
// what is left to standard error.
func (l *linter) lintStdin(ctx context.Context, patterns []string) error {
	switch {
	case l.stdinFilename == "":
		return errors.New("say with --stdin-filename PATH which file standard input is")
	case l.staged || l.since != "":
		return errors.New("standard input has no history: leave out --since or --staged")
	case len(patterns) > 1 || len(patterns) == 1 && patterns[0] != stdinPattern:
		return fmt.Errorf("standard input is linted alone: leave out %q", other(patterns))
	}
	root, marker, rel, err := locate(l.stdinFilename)
	if err != nil {
		return err
	}
	text, err := readAll(ctx, l.stdin)
	if err != nil {
		return err
	}
	overlay := filetree.Change{Path: rel, Overlay: text, Op: filetree.SetOverlay}
	l.alone = true
	p, err := openSubject(root, marker, &l.configFlags, overlay)
	if err != nil {
		return err
	}
	o, err := l.lintText(ctx, p, rel)
	if err != nil {
		return err
	}
	if !l.fix || l.diff {
		return l.finish([]*outcome{o}, nil)
	}
	return l.finishText(o, text, rel)
}

// readAll reads standard input to its end. Nobody may ever write there, so that it does not wait for that once ctx has
// ended.
func readAll(ctx context.Context, r io.Reader) ([]byte, error) {
	var text []byte
	var err error
	done := make(chan struct{})
	go func() {
		defer close(done)
		text, err = io.ReadAll(r)
	}()
	select {
	case <-done:
	case <-ctx.Done():
		return nil, ctx.Err()
	}
	if err != nil {
		return nil, fmt.Errorf("reading standard input: %w", cause(err))
	}
	return text, nil
}

// other returns a pattern that is not that of standard input.
func other(patterns []string) string {
	for _, p := range patterns {
		if p != stdinPattern {
			return p
		}
	}
	return stdinPattern
}

// locate returns the workspace that a file or directory is in, or would be in, and its path there.
func locate(name string) (root, marker, rel string, err error) {
	abs, err := filepath.Abs(name)
	if err != nil {
		return "", "", "", err
	}
	dir := existing(abs)
	below, err := filepath.Rel(dir, abs)
	if err != nil {
		return "", "", "", err
	}
	if dir, err = filepath.EvalSymlinks(dir); err != nil {
		return "", "", "", err
	}
	if root, marker, err = filetree.FindRoot(dir); err != nil {
		return "", "", "", err
	}
	rel, err = relative(root, filepath.Join(dir, below))
	return root, marker, rel, err
}

// existing returns the nearest directory upward that is there.
func existing(abs string) string {
	for {
		info, err := os.Stat(abs)
		up := filepath.Dir(abs)
		if err == nil && info.IsDir() || up == abs {
			return abs
		}
		abs = up
	}
}

// lintText lints one file of a project.
func (l *linter) lintText(ctx context.Context, p *subject, rel string) (*outcome, error) {
	s := &scope{files: map[string]bool{rel: true}}
	dirs, errs, err := p.directories(ctx, s)
	if err != nil {
		return nil, err
	}
	file := pattern{text: l.stdinFilename, kind: filePattern, path: filepath.Join(p.Root, filepath.FromSlash(rel))}
	l.noteUnmatched(p, []pattern{file}, dirs)
	o, err := l.check(ctx, p, s, dirs)
	if err != nil {
		return nil, err
	}
	l.addErrors(o, errs)
	return o, nil
}

// finishText writes the fixed text to standard output, and what is left to standard error.
func (l *linter) finishText(o *outcome, text []byte, rel string) error {
	for _, f := range o.fixing.Files {
		if f.Path == rel {
			text = f.New
		}
	}
	if _, err := l.stdout.Write(text); err != nil {
		return err
	}
	l.judge([]*outcome{o})
	write := func(w io.Writer) error { return l.report(w, []*outcome{o}) }
	if l.outputFile != "" {
		return l.writeOut(write)
	}
	return write(l.stderr)
}
