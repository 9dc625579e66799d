package filetree

// A Kind is the kind of a Lookup.
type Kind uint8

// What can be asked.
const (
	List   Kind = iota // the entries of a directory: which names, and whether each is a directory
	Read               // the bytes of a file
	Stat               // what a path is
	Ignore             // whether a path is ignored: depends on every .gitignore above it
)

func (k Kind) String() string { return [...]string{"list", "read", "stat", "ignore"}[k] }

// A Lookup is a question that a Tree was asked. The same question may come more than once. What was reached through a
// link is reported by both of its paths.
type Lookup struct {
	Kind Kind
	Path string
}

// Recording gives a view of the same tree, sharing all that is cached, that reports each look-up to rec before it is
// answered. Glob and Match1 report the directories that they listed and the paths that they tested. rec is called from
// whatever goroutine asks, and for Walk from several at once.
func (t *Tree) Recording(rec func(Lookup)) *Tree {
	view := *t
	view.rec = rec
	return &view
}

func (t *Tree) record(k Kind, name string) {
	if t.rec != nil {
		t.rec(Lookup{k, name})
	}
}
