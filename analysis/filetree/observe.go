package filetree

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"syscall"
)

// An AccessOp is a question to the file system.
type AccessOp uint8

// What can be asked.
const (
	ContentAccess AccessOp = iota // the bytes of a file, or the names in a directory; links are not followed
	StatAccess                    // what is at a path
	FollowAccess                  // where all links in a path lead
)

// An Access is a question that was put to the file system, with the answer: all of it, or what stands for it. Whoever
// is given the same answers goes on in the same way.
type Access struct {
	Op   AccessOp
	Path string // absolute, in the form of the operating system

	Stamp  Stamp         // of ContentAccess
	State  State         // of StatAccess
	Link   bool          // of StatAccess
	Target string        // of FollowAccess
	Errno  syscall.Errno // why nothing is there

	Unclear bool // nothing stands for the answer: it is another error, or what has no stamp
}

// Repeat asks again. It takes one look for a ContentAccess and reads nothing.
func Repeat(op AccessOp, full string) Access {
	switch op {
	case ContentAccess:
		s, ok := lstatStamp(full)
		return contentAccess(full, s, ok)
	case StatAccess:
		e, err := statFile(full)
		return statAccess(full, e, err)
	case FollowAccess:
		to, err := followFile(full)
		return followAccess(full, to, err)
	}
	return Access{Op: op, Path: full, Unclear: true}
}

func contentAccess(full string, s Stamp, ok bool) Access {
	return Access{Op: ContentAccess, Path: full, Stamp: s, Unclear: !ok}
}

func statAccess(full string, e Entry, err error) Access {
	a := Access{Op: StatAccess, Path: full, Link: e.Link, State: File, Errno: errno(err)}
	switch {
	case err != nil:
		a.State, a.Unclear = Absent, !absent(err)
	case e.Dir:
		a.State = Dir
	}
	return a
}

func followAccess(full, to string, err error) Access {
	return Access{Op: FollowAccess, Path: full, Target: to, Errno: errno(err), Unclear: err != nil && !absent(err)}
}

// errno gives the number of an error, 0 if it has none.
func errno(err error) syscall.Errno {
	var number syscall.Errno
	_ = errors.As(err, &number)
	return number
}

// An observer is told of accesses. Nil is not.
type observer func(Access)

func (o observer) stat(full string) (Entry, error) {
	e, err := statFile(full)
	if o != nil {
		o(statAccess(full, e, err))
	}
	return e, err
}

func (o observer) read(full string) ([]byte, error) {
	data, info, err := readRegular(full)
	if o != nil {
		o.opened(full, info, err)
	}
	return data, err
}

func (o observer) list(full string) ([]Entry, error) {
	entries, info, err := readDir(full)
	if o != nil {
		o.opened(full, info, err)
	}
	return entries, err
}

func (o observer) follow(full string) (string, error) {
	to, err := followFile(full)
	if o != nil {
		o(followAccess(full, to, err))
	}
	return to, err
}

func (o observer) stamp(full string) (Stamp, bool) {
	s, ok := lstatStamp(full)
	if o != nil && ok { // who gets no stamp asks otherwise
		o(contentAccess(full, s, ok))
	}
	return s, ok
}

// opened tells of a file or directory that was read. Its stamp is of before that: what changed since has another.
func (o observer) opened(full string, info fs.FileInfo, err error) {
	if err == nil {
		s, ok := infoStamp(info)
		o(contentAccess(full, s, ok))
		return
	}
	e, statErr := statFile(full)
	a := statAccess(full, e, statErr)
	a.Unclear = a.Unclear || !explains(a, err)
	o(a)
}

// explains reports whether an error of reading what is at a path follows from what that is.
func explains(a Access, err error) bool {
	switch {
	case errors.Is(err, errLink):
		return a.Link || a.State == Absent
	case errors.Is(err, errIsDir):
		return a.State == Dir && !a.Link
	case errors.Is(err, syscall.ENOTDIR) && a.State == File:
		return true
	}
	return a.State == Absent && absent(err) && errno(err) == a.Errno
}

// expect tells of what is about to be read by other means, links not followed.
func (o observer) expect(full string) {
	if o == nil {
		return
	}
	a := Repeat(ContentAccess, full)
	if a.Unclear {
		a = Repeat(StatAccess, full)
		a.Unclear = a.Unclear || a.State == File && !a.Link // it has no stamp
	}
	o(a)
}

// Consult tells of a file that is about to be read by other means than the tree, links followed.
func (t *Tree) Consult(full string) {
	if t.observer == nil {
		return
	}
	abs, err := filepath.Abs(full)
	if err != nil {
		t.observer(Access{Op: FollowAccess, Path: full, Unclear: true})
		return
	}
	to, err := t.observer.follow(abs)
	if err == nil {
		t.observer.expect(to)
		return
	}
	if _, err := os.Stat(abs); err == nil { // a pipe of the process has a link that leads nowhere, and can be read
		t.observer(Access{Op: StatAccess, Path: abs, Unclear: true})
	}
}
