package replay

import (
	"bytes"
	"cmp"
	"crypto/sha256"
	"encoding/binary"
	"slices"
	"sync"
	"sync/atomic"

	"github.com/buildlint/buildlint/analysis/filetree"
)

// openText is how many bytes of paths a journal holds before it sorts them.
const openText = 512 << 10

// A Journal holds the accesses of a run: some ten bytes each, and eight of the answer.
type Journal struct {
	settled func(filetree.Stamp) bool
	failed  atomic.Bool // it cannot be told whether another run will do the same

	mu     sync.Mutex
	open   []access // since paths were last sorted
	text   []byte   // their paths
	sorted []*list
}

// NewJournal returns an empty journal. Settled reports whether a stamp is old enough to stand for the content that was
// read: with another that is not, nothing is kept of the run.
func NewJournal(settled func(filetree.Stamp) bool) *Journal { return &Journal{settled: settled} }

// An access is a question and the digest of its answer.
type access struct {
	start, end uint32 // of the path in the journal's text
	op         filetree.AccessOp
	answer     answer
}

// An answer is a digest of one. The path is no part of it.
type answer [8]byte

func answerOf(a filetree.Access) answer {
	link := byte(0)
	if a.Link {
		link = 1
	}
	b := append(make([]byte, 0, 128), byte(a.Op), byte(a.State), link)
	for _, n := range [...]uint64{
		uint64(a.Stamp.Size), uint64(a.Stamp.Modified), uint64(a.Stamp.Changed), a.Stamp.Inode, uint64(a.Errno),
	} {
		b = binary.LittleEndian.AppendUint64(b, n)
	}
	sum := sha256.Sum256(append(b, a.Target...))
	return answer(sum[:8])
}

// Observe takes down an access. It can be called by several goroutines at once.
func (j *Journal) Observe(a filetree.Access) {
	switch {
	case j.failed.Load():
		return
	case a.Unclear, a.Op == filetree.ContentAccess && !j.settled(a.Stamp):
		j.failed.Store(true)
		return
	}
	answer := answerOf(a)
	j.mu.Lock()
	defer j.mu.Unlock()
	start := len(j.text)
	j.text = append(j.text, a.Path...)
	j.open = append(j.open, access{uint32(start), uint32(len(j.text)), a.Op, answer})
	if len(j.text) >= openText {
		j.sort()
	}
}

// sort makes a list of what came since it was last called.
func (j *Journal) sort() {
	slices.SortFunc(j.open, func(a, b access) int {
		return cmp.Or(bytes.Compare(j.path(a), j.path(b)), cmp.Compare(a.op, b.op))
	})
	l := &list{}
	for _, a := range j.open {
		if !l.add(j.path(a), a.op, a.answer) {
			j.failed.Store(true)
			break
		}
	}
	l.data = slices.Clone(l.data)
	j.sorted = append(j.sorted, l)
	j.open, j.text = j.open[:0], j.text[:0]
}

func (j *Journal) path(a access) []byte { return j.text[a.start:a.end] }

// finish returns all accesses as one list.
func (j *Journal) finish() (*list, bool) {
	j.mu.Lock()
	defer j.mu.Unlock()
	j.sort()
	j.open, j.text = nil, nil
	for len(j.sorted) > 1 && !j.failed.Load() {
		j.mergePairs()
	}
	return j.sorted[0], !j.failed.Load()
}

// mergePairs makes half as many lists.
func (j *Journal) mergePairs() {
	var half []*list
	for pair := range slices.Chunk(j.sorted, 2) {
		l := pair[0]
		if len(pair) == 2 {
			ok := false
			if l, ok = merge(pair[0], pair[1]); !ok {
				j.failed.Store(true)
				return
			}
		}
		half = append(half, l)
	}
	j.sorted = half
}
