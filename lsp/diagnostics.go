package lsp

import (
	"context"
	"hash/fnv"
	"maps"
	"slices"
	"strconv"
	"sync"
	"time"

	"go.lsp.dev/protocol"
	"go.lsp.dev/uri"
	"go.uber.org/zap"
)

// source is what diagnostics name as their origin.
const source = "buildlint"

// A report is what was found in a file.
type report struct {
	uri     uri.URI
	version protocol.Optional[int32] // of an open document
	items   []protocol.Diagnostic    // never nil
	id      string                   // of items: the same for the same
}

// noFindings is the id of a report without any.
const noFindings = "0"

func newReport(u uri.URI, items []protocol.Diagnostic) (*report, error) {
	if items == nil {
		items = []protocol.Diagnostic{}
	}
	if len(items) == 0 {
		return &report{uri: u, items: items, id: noFindings}, nil
	}
	h := fnv.New64a()
	for i := range items {
		raw, err := protocol.Marshal(&items[i])
		if err != nil {
			return nil, err
		}
		_, _ = h.Write(raw) // never fails
	}
	return &report{uri: u, items: items, id: strconv.FormatUint(h.Sum64(), 36)}, nil
}

// quiet is how long a session must be quiet before what an edit did to other files is looked at.
const quiet = 200 * time.Millisecond

// A diagnoser keeps the diagnostics of a client current. To one that has them pushed it sends those of an edited file
// at once, and those of others when the session is quiet. One that pulls them is told to pull again if those of a file
// changed that it did not edit.
type diagnoser struct {
	client *client
	log    *zap.Logger
	wake   chan struct{}

	mu     sync.Mutex
	latest *state
	dirty  map[string]fileAction // what happened last to the files that changed since
	disk   bool                  // files came or went since the last look at other files
	abort  context.CancelFunc    // of what looks at other files
	told   map[string]string     // the ids of what the client knows, by path
}

func newDiagnoser(c *client) *diagnoser {
	return &diagnoser{
		client: c, log: c.log, wake: make(chan struct{}, 1),
		dirty: map[string]fileAction{}, abort: func() {}, told: map[string]string{},
	}
}

// changed tells d of the next state and of what led to it.
func (d *diagnoser) changed(next *state, changes []fileChange) {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.latest = next
	for _, c := range changes {
		d.dirty[c.path] = c.action
		d.disk = d.disk || c.action == created || c.action == deleted
		if c.action == opened {
			delete(d.told, c.path) // its first report is sent even if empty
		}
	}
	d.abort()
	select {
	case d.wake <- struct{}{}:
	default: // it is awake
	}
}

// take returns the latest state and the files that changed since the last one.
func (d *diagnoser) take() (*state, map[string]fileAction) {
	d.mu.Lock()
	defer d.mu.Unlock()
	dirty := d.dirty
	d.dirty = map[string]fileAction{}
	return d.latest, dirty
}

// run works until ctx ends.
func (d *diagnoser) run(ctx context.Context) {
	timer := time.NewTimer(quiet)
	defer timer.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-d.wake:
			survive(d.log, func() { d.edited(ctx) })
			timer.Reset(quiet)
		case <-timer.C:
			survive(d.log, func() { d.others(ctx) })
		}
	}
}

// edited looks at the files that changed themselves.
func (d *diagnoser) edited(ctx context.Context) {
	st, dirty := d.take()
	if d.client.pullsDiagnostics {
		return
	}
	for _, path := range slices.Sorted(maps.Keys(dirty)) {
		switch {
		case st.overlays[path] != nil:
			d.tell(ctx, st, path)
		case dirty[path] == closed && st.settings.Diagnostics == openFiles:
			d.clear(path)
		}
	}
}

// others looks at all files that the client is told of, until the next change.
func (d *diagnoser) others(ctx context.Context) {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	d.mu.Lock()
	st := d.latest
	d.abort = cancel
	superseded, disk := len(d.dirty) > 0, d.disk
	d.disk = disk && superseded
	d.mu.Unlock()
	if superseded {
		return
	}
	if disk && d.client.refreshesHints {
		d.refresh(ctx, "inlay hints", d.client.InlayHintRefresh)
	}
	refresh := false
	for _, path := range slices.Sorted(maps.Keys(st.overlays)) {
		refresh = d.tell(ctx, st, path) || refresh
	}
	if d.client.pullsDiagnostics {
		if refresh && ctx.Err() == nil {
			d.refresh(ctx, "diagnostics", d.client.DiagnosticRefresh)
		}
		return
	}
	if st.settings.Diagnostics == wholeWorkspace {
		d.workspace(ctx, st)
		return
	}
	for _, path := range d.toldOthers(st, nil) {
		d.clear(path)
	}
}

// clear takes what the client was told of a closed file back.
func (d *diagnoser) clear(path string) {
	d.news(path, noFindings)
	d.publish(&report{uri: uriOf(path), items: []protocol.Diagnostic{}})
}

// workspace tells of the files that are not open.
func (d *diagnoser) workspace(ctx context.Context, st *state) {
	with := map[string]bool{} // the paths with findings
	for _, p := range st.projects {
		if !p.indexed {
			return // it is looked at when it is
		}
		err := p.checkAll(ctx, func(r *result) {
			for _, rel := range r.files() {
				path := p.abs(rel)
				if owner, _, _ := st.projectOf(path); owner == p && st.overlays[path] == nil {
					with[path] = true
				}
			}
		})
		if err != nil {
			return
		}
	}
	for _, path := range slices.Sorted(maps.Keys(with)) {
		d.tell(ctx, st, path)
	}
	for _, path := range d.toldOthers(st, with) {
		d.tell(ctx, st, path)
	}
}

// toldOthers returns the closed files that the client was told findings of, and that have none now.
func (d *diagnoser) toldOthers(st *state, with map[string]bool) []string {
	d.mu.Lock()
	defer d.mu.Unlock()
	var paths []string
	for path, id := range d.told {
		if st.overlays[path] == nil && !with[path] && id != noFindings {
			paths = append(paths, path)
		}
	}
	slices.Sort(paths)
	return paths
}

// tell looks at a file and pushes what is found, if the client does not know it. It reports whether it should pull
// instead.
func (d *diagnoser) tell(ctx context.Context, st *state, path string) (pull bool) {
	r, err := st.report(ctx, path)
	if err != nil {
		if ctx.Err() == nil {
			d.log.Error("diagnostics", zap.String("path", path), zap.Error(err))
		}
		return false
	}
	if !d.news(path, r.id) {
		return false
	}
	if !d.client.pullsDiagnostics {
		d.publish(r)
	}
	return true
}

// news reports whether the client does not know of a report, and records that it will.
func (d *diagnoser) news(path, id string) bool {
	d.mu.Lock()
	defer d.mu.Unlock()
	told, before := d.told[path]
	known := before && told == id
	d.told[path] = id
	return !known
}

func (d *diagnoser) publish(r *report) {
	d.client.send(func(ctx context.Context) error {
		return d.client.PublishDiagnostics(ctx, &protocol.PublishDiagnosticsParams{
			URI: r.uri, Version: r.version, Diagnostics: r.items,
		})
	})
}

// refresh asks the client to ask for something again. It does not wait for the answer.
func (d *diagnoser) refresh(ctx context.Context, what string, ask func(context.Context) error) {
	ctx = context.WithoutCancel(ctx) // the next change must not take it back
	go survive(d.log, func() {
		ctx, cancel := context.WithTimeout(ctx, answerTime)
		defer cancel()
		if err := ask(ctx); err != nil {
			d.log.Debug("asking the client to refresh "+what, zap.Error(err))
		}
	})
}

// report returns what is found in a file. One that belongs to no workspace has no findings.
func (st *state) report(ctx context.Context, path string) (*report, error) {
	items, err := st.findings(ctx, path)
	if err != nil {
		return nil, err
	}
	r, err := newReport(uriOf(path), items)
	if err != nil {
		return nil, err
	}
	if o := st.overlays[path]; o != nil {
		r.uri, r.version = o.uri, protocol.NewOptional(o.version)
	}
	return r, nil
}

// findings returns what is found in a file.
func (st *state) findings(ctx context.Context, path string) ([]protocol.Diagnostic, error) {
	p, rel, ok := st.projectOf(path)
	if !ok {
		return nil, nil
	}
	found, err := p.check(ctx, dirOf(rel))
	if err != nil {
		return nil, err
	}
	c := st.converter(p)
	var items []protocol.Diagnostic
	for i := range found.diagnostics {
		if d := &found.diagnostics[i]; d.Path == rel {
			items = append(items, c.diagnostic(d))
		}
	}
	return items, nil
}
