package git

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"time"
)

// An indexLock is the index of a repository that nobody else may change, and the one that is to replace it.
type indexLock struct {
	path string // of the index
	next string // beside it
}

// lockIndex locks the index as git does, by a file beside it, and copies it.
func (r *Repo) lockIndex(ctx context.Context) (*indexLock, error) {
	out, err := r.git(ctx, "rev-parse", "--git-path", "index")
	if err != nil {
		return nil, err
	}
	name := filepath.FromSlash(strings.TrimSuffix(string(out), "\n"))
	if !filepath.IsAbs(name) {
		name = filepath.Join(r.root, name)
	}
	if strings.HasPrefix(filepath.Base(name), "next-index-") {
		return nil, ErrPartialCommit
	}
	if name, err = filepath.EvalSymlinks(name); err != nil {
		return nil, fmt.Errorf("nothing is staged: %w", err)
	}
	l := &indexLock{path: name, next: name + ".buildlint"}
	if err := l.acquire(ctx); err != nil {
		return nil, err
	}
	if err := l.copy(); err != nil {
		l.unlock()
		return nil, fmt.Errorf("cannot copy the index: %w", err)
	}
	return l, nil
}

// lockTimeout is how long another git process is waited for: an editor's git status takes the lock for a moment.
const lockTimeout = time.Second

// acquire makes the lock's file.
func (l *indexLock) acquire(ctx context.Context) error {
	for start := time.Now(); ; {
		lock, err := os.OpenFile(l.lock(), os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o666)
		switch {
		case err == nil:
			return lock.Close()
		case !errors.Is(err, fs.ErrExist):
			return fmt.Errorf("cannot lock the index: %w", err)
		case time.Since(start) > lockTimeout:
			return fmt.Errorf("%s is there: another git process is at work in the repository; wait for its end, "+
				"or remove the file if there is none", l.lock())
		}
		select {
		case <-ctx.Done():
			return context.Cause(ctx)
		case <-time.After(lockTimeout / 50):
		}
	}
}

func (l *indexLock) lock() string { return l.path + ".lock" }

// copy makes the next index of the present one, with its permissions.
func (l *indexLock) copy() (err error) {
	from, err := os.Open(l.path)
	if err != nil {
		return err
	}
	defer func() { _ = from.Close() }() // it was only read
	info, err := from.Stat()
	if err != nil {
		return err
	}
	to, err := os.OpenFile(l.next, os.O_WRONLY|os.O_CREATE|os.O_TRUNC, info.Mode().Perm())
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, to.Close()) }()
	_, err = io.Copy(to, from)
	return err
}

// commit makes the next index the present one.
func (l *indexLock) commit() error {
	if err := os.Rename(l.next, l.path); err != nil {
		return fmt.Errorf("cannot replace the index: %w", err)
	}
	return nil
}

// unlock lets others change the index again.
func (l *indexLock) unlock() {
	_ = os.Remove(l.next)           // it is not there after commit
	_ = os.Remove(l.next + ".lock") // of a git that was killed
	_ = os.Remove(l.lock())
}

// update puts the fixed files into the next index.
func (r *Repo) update(ctx context.Context, index *indexLock, plans []*plan) error {
	var in bytes.Buffer
	for _, p := range plans {
		fmt.Fprintf(&in, "%s %s\t%s\x00", p.entry.mode, p.id, p.full)
	}
	_, err := run(ctx, &command{
		dir: r.top, env: append(without(r.env, "GIT_INDEX_FILE"), "GIT_INDEX_FILE="+index.next), stdin: &in,
		args: []string{"update-index", "-z", "--index-info"},
	})
	return err
}
