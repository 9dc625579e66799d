package filetree

import (
	"bufio"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
)

// An index is what is used of a git index: which files git tracks, and which of them a sparse checkout left out.
type index struct {
	tracked nameList
	left    nameList // a directory that is left out whole has a slash at its end
}

// maxNameSize bounds a path in an index; no file system takes one as long.
const maxNameSize = 1 << 16

// Sizes of an object's name.
const (
	sha1Size   = 20
	sha256Size = 32
)

var errIndex = errors.New("malformed git index")

// readIndex reads the index of a repository, in git's formats 2 to 4.
func readIndex(full string) (*index, error) {
	x, err := readIndexAs(full, sha1Size)
	if errors.Is(err, errIndex) {
		if y, err := readIndexAs(full, sha256Size); err == nil { // a repository of SHA-256 objects; only the length tells
			return y, nil
		}
	}
	return x, err
}

func readIndexAs(full string, hashSize int) (*index, error) {
	f, err := openFile(full)
	if err != nil {
		return nil, err
	}
	defer func() { _ = f.Close() }() // it was only read
	info, err := f.Stat()
	if err != nil {
		return nil, err
	}
	if !info.Mode().IsRegular() {
		return nil, errNotRegular
	}
	return parseIndex(f, hashSize)
}

// indexReader reads the entries of an index one by one.
type indexReader struct {
	r        *bufio.Reader
	version  uint32
	hashSize int
	head     [statSize + sha256Size + 4]byte
	name     []byte // of the entry that was read last
	skip     bool   // skip-worktree: not in the work tree, and not meant to be
}

func parseIndex(r io.Reader, hashSize int) (*index, error) {
	ir := &indexReader{r: bufio.NewReaderSize(r, maxNameSize), hashSize: hashSize}
	count, err := ir.header()
	if err != nil {
		return nil, err
	}
	x := new(index)
	for i := range count {
		if err := ir.next(); err != nil {
			return nil, fmt.Errorf("%w: entry %d: %w", errIndex, i, err)
		}
		if !x.add(ir) {
			return nil, fmt.Errorf("%w: entry %d is out of order", errIndex, i)
		}
	}
	// What follows are extensions and a checksum. Their start tells whether the entries were read as they are.
	if rest, _ := ir.r.Peek(hashSize); len(rest) < hashSize {
		return nil, fmt.Errorf("%w: it ends early", errIndex)
	}
	return x, nil
}

func (ir *indexReader) header() (count uint32, err error) {
	var head [12]byte
	if _, err := io.ReadFull(ir.r, head[:]); err != nil {
		return 0, fmt.Errorf("%w: %w", errIndex, err)
	}
	ir.version = binary.BigEndian.Uint32(head[4:])
	if string(head[:4]) != "DIRC" || ir.version < 2 || ir.version > 4 {
		return 0, fmt.Errorf("%w: not of version 2 to 4", errIndex)
	}
	return binary.BigEndian.Uint32(head[8:]), nil
}

// add takes the entry that was read last.
func (x *index) add(ir *indexReader) bool {
	if ir.skip && !x.left.add(ir.name) {
		return false
	}
	return x.tracked.add(ir.name)
}

// Offsets in an entry, which starts with 40 bytes of what stat gave.
const (
	statSize     = 40
	flagExtended = 0x4000 // two more bytes of flags follow
	flagSkip     = 0x4000 // in those: skip-worktree
)

func (ir *indexReader) next() error {
	head := ir.head[:statSize+ir.hashSize+2]
	if _, err := io.ReadFull(ir.r, head); err != nil {
		return err
	}
	ir.skip = false
	if ir.version >= 3 && binary.BigEndian.Uint16(head[len(head)-2:])&flagExtended != 0 {
		head = head[:len(head)+2]
		more := head[len(head)-2:]
		if _, err := io.ReadFull(ir.r, more); err != nil {
			return err
		}
		ir.skip = binary.BigEndian.Uint16(more)&flagSkip != 0
	}
	if ir.version == 4 {
		return ir.compressedName()
	}
	return ir.paddedName(len(head))
}

// compressedName reads a name that says how much of the end of the one before it replaces.
func (ir *indexReader) compressedName() error {
	strip, err := ir.offset()
	if err != nil {
		return err
	}
	if strip > len(ir.name) {
		return errors.New("a name is shortened by more than its length")
	}
	ir.name = ir.name[:len(ir.name)-strip]
	return ir.restOfName()
}

// paddedName reads a name that fills its entry, of which size bytes were read, to a multiple of eight bytes.
func (ir *indexReader) paddedName(size int) error {
	ir.name = ir.name[:0]
	if err := ir.restOfName(); err != nil {
		return err
	}
	size += len(ir.name) + 1
	_, err := ir.r.Discard((size+7)&^7 - size)
	return err
}

func (ir *indexReader) restOfName() error {
	rest, err := ir.r.ReadSlice(0)
	if err != nil {
		return err
	}
	ir.name = append(ir.name, rest[:len(rest)-1]...)
	switch {
	case len(ir.name) == 0:
		return errors.New("an empty name (a split index, which is not supported: git update-index --no-split-index)")
	case len(ir.name) > maxNameSize:
		return errors.New("a name is too long")
	}
	return nil
}

// offset reads a number in the encoding of pack files' offsets.
func (ir *indexReader) offset() (int, error) {
	n := -1
	for {
		b, err := ir.r.ReadByte()
		if err != nil {
			return 0, err
		}
		n = (n+1)<<7 | int(b&0x7f)
		if b < 0x80 {
			return n, nil
		}
		if n > maxNameSize {
			return 0, errors.New("a number is too large")
		}
	}
}
