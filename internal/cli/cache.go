package cli

import (
	"github.com/buildlint/buildlint/analysis/workspace"
	"github.com/buildlint/buildlint/internal/factcache"
)

// A keeper keeps what a run gets to know of a workspace for the next one. The zero value keeps nothing.
type keeper struct {
	snapshot *workspace.Snapshot
	cache    *factcache.Cache
	key      factcache.Key
}

// remember has a workspace remember what an earlier run has kept of it.
func (l *linter) remember(p *subject) keeper {
	program := factcache.Program()
	if l.noCache || program == "" {
		return keeper{}
	}
	k := keeper{cache: factcache.Open(factcache.Facts()), key: factcache.NewKey(program, versionOf(), p.Root, p.Reading())}
	if k.cache == nil {
		return keeper{}
	}
	p.Snapshot = p.Snapshot.Remembering(func() []byte { return k.cache.Load(k.key) })
	k.snapshot = p.Snapshot
	return k
}

// keep keeps what is known now, if it is worth it.
func (k keeper) keep() {
	if k.snapshot == nil {
		return
	}
	if data := k.snapshot.Keep(); data != nil {
		k.cache.Store(k.key, data)
	}
}
