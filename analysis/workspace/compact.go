package workspace

// Who types makes names that nobody keeps: `'src/ma`, `'src/mai` and so on. They are forgotten when there are more of
// them than slackNames and those that the workspace has of its own: so names take about twice the memory that they need
// at most, however long the workspace is edited.
const slackNames = 1 << 14

// settle records how many names the workspace has of its own, once all of it was read.
func (n *names) settle() { n.settled.Store(int64(n.len())) }

func (n *names) len() int { return n.texts.len() + n.addresses.len() + n.kinds.len() + n.specs.len() }

// crowded reports whether most names may be of what is gone.
func (n *names) crowded(slack int) bool {
	settled := int(n.settled.Load())
	return settled > 0 && n.len() > 2*settled+slack
}

// compacted returns the same snapshot with names of its own. It reads no file again. Directories that are no packages
// are forgotten: most were typed.
func (s *Snapshot) compacted() *Snapshot {
	next := newSnapshot(s.tree, s.options, &names{}, newCache(), s.modules, s.python)
	for _, shard := range s.cache.shards {
		shard.mu.RLock()
		for dir, f := range shard.facts {
			if f != nil {
				next.cache.store(next.names.text(s.names.texts.value(dir)), f.renumbered(next.names))
			}
		}
		shard.mu.RUnlock()
	}
	return next
}

// renumbered returns the same facts with other names.
func (f *Facts) renumbered(to *names) *Facts {
	from := f.names
	text := func(number uint32) uint32 { return to.text(from.texts.value(number)) }
	next := to.arenas.facts.New()
	*next = Facts{
		dir: to.text(f.Dir()), Complete: f.Complete, elsewhere: f.elsewhere, names: to,
		root:    to.roots.number(from.roots.value(f.root)),
		files:   append(to.arenas.files.Make(len(f.files)), f.files...),
		targets: append(to.arenas.targets.Make(len(f.targets)), f.targets...),
		edges:   append(to.arenas.edges.Make(len(f.edges)), f.edges...),
		python:  append(to.arenas.python.Make(len(f.python)), f.python...),
	}
	for i := range next.files {
		next.files[i].name = text(next.files[i].name)
	}
	for i := range next.targets {
		r := &next.targets[i]
		kind := from.kinds.value(r.kind)
		r.name, r.kind = text(r.name), to.kind(kind.kind, kind.name)
		r.sources = to.specs.number(from.specs.value(r.sources))
	}
	for i := range next.edges {
		e := &next.edges[i]
		e.use = to.address(from.addressOf(e.to()))<<useBits | e.use&(1<<useBits-1)
	}
	for i := range next.python {
		r := &next.python[i]
		r.distribution, r.entryPoint = text(r.distribution), text(r.entryPoint)
	}
	next.indexNames()
	return next
}
