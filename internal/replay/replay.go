// Package replay has a run write what an earlier one wrote, if nothing changed that the earlier one looked at.
//
// A [Journal] is told of each access to the file system that a run makes, with the answer. What is kept of a run are
// its output, the accesses, and a digest of each answer. A later run of the same program, with the same arguments,
// repeats the accesses, which reads nothing: where all answers are the same it would do what the earlier run did, and
// so what that one wrote is written again.
package replay

import (
	"bytes"
	"encoding/binary"
	"hash/crc32"
	"path/filepath"
	"runtime"
	"sync"
	"sync/atomic"

	"github.com/buildlint/buildlint/analysis/filetree"
)

// format is the first line of what is kept. Another number is of another format.
const format = "buildlint run 1\n"

// A Run is what a run wrote, and how it ended.
type Run struct {
	Notes  []byte // on standard error
	Output []byte
	Code   uint8 // the exit code
}

// Encode returns a run with the journal of its accesses, in pieces; nil if it cannot be told from the accesses whether
// another run will do the same. The journal is at its end.
func (j *Journal) Encode(r *Run) [][]byte {
	l, ok := j.finish()
	if !ok {
		return nil
	}
	head := binary.AppendUvarint([]byte(format), uint64(r.Code))
	head = binary.AppendUvarint(head, uint64(len(r.Notes)))
	head = binary.AppendUvarint(head, uint64(len(r.Output)))
	head = binary.AppendUvarint(head, uint64(len(l.blocks)))
	for i := range l.blocks {
		head = binary.AppendUvarint(head, uint64(len(l.block(i))))
	}
	pieces := [][]byte{head, l.data, r.Notes, r.Output}
	sum := uint32(0)
	for _, p := range pieces {
		sum = crc32.Update(sum, castagnoli(), p)
	}
	return append(pieces, binary.LittleEndian.AppendUint32(nil, sum))
}

// Decode returns the run that Encode gave, if all accesses would be answered as they were. What it reads may be
// damaged; the result shares its memory.
func Decode(data []byte) (*Run, bool) {
	body, ok := checked(data)
	if !ok {
		return nil, false
	}
	r := reader{data: body, ok: true}
	run := &Run{Code: uint8(r.number(1))}
	notes, output := r.number(len(body)), r.number(len(body))
	var lengths []int
	for range r.number(len(body)) {
		if lengths = append(lengths, r.number(len(body))); !r.ok {
			return nil, false
		}
	}
	blocks := make([][]byte, len(lengths))
	for i, n := range lengths {
		blocks[i] = r.bytes(n)
	}
	run.Notes, run.Output = r.bytes(notes), r.bytes(output)
	if !r.ok || len(r.data) > 0 {
		return nil, false
	}
	return run, unchanged(blocks)
}

// checked returns what is between the first line and the checksum, if that is right.
func checked(data []byte) ([]byte, bool) {
	body, ok := bytes.CutPrefix(data, []byte(format))
	if !ok || len(body) < crc32.Size {
		return nil, false
	}
	end := len(data) - crc32.Size
	sum := crc32.Checksum(data[:end], castagnoli())
	return body[:len(body)-crc32.Size], sum == binary.LittleEndian.Uint32(data[end:])
}

func castagnoli() *crc32.Table { return crc32.MakeTable(crc32.Castagnoli) }

// A reader reads numbers and bytes.
type reader struct {
	data []byte
	ok   bool // all was there so far
}

// number reads a number up to a limit.
func (r *reader) number(limit int) int {
	n, size := binary.Uvarint(r.data)
	if size <= 0 || n > uint64(limit) {
		r.ok, r.data = false, nil
		return 0
	}
	r.data = r.data[size:]
	return int(n)
}

func (r *reader) bytes(n int) []byte {
	if n > len(r.data) {
		r.ok, r.data = false, nil
		return nil
	}
	b := r.data[:n]
	r.data = r.data[n:]
	return b
}

// unchanged repeats the accesses of blocks on all processors, up to the first with another answer.
func unchanged(blocks [][]byte) bool {
	var next atomic.Int64
	var changed atomic.Bool
	var all sync.WaitGroup
	for range min(runtime.GOMAXPROCS(0), len(blocks)) {
		all.Go(func() {
			for i := next.Add(1) - 1; i < int64(len(blocks)) && !changed.Load(); i = next.Add(1) - 1 {
				if !sameAnswers(blocks[i]) {
					changed.Store(true)
				}
			}
		})
	}
	all.Wait()
	return !changed.Load()
}

func sameAnswers(block []byte) bool {
	c := cursor{rest: block}
	for c.next() {
		if !filepath.IsAbs(string(c.path)) {
			return false
		}
		a := filetree.Repeat(c.op, string(c.path))
		if a.Unclear || answerOf(a) != c.answer {
			return false
		}
	}
	return !c.damaged
}
