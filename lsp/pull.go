package lsp

import (
	"cmp"
	"context"
	"maps"
	"slices"

	"go.lsp.dev/protocol"
)

// diagnostic answers a client that pulls the findings of a document.
func (s *server) diagnostic(ctx context.Context, st *state, p *protocol.DocumentDiagnosticParams) (
	protocol.DocumentDiagnosticReport, error,
) {
	path := pathOf(p.TextDocument.URI)
	r, err := st.report(ctx, path)
	if err != nil {
		return nil, err
	}
	s.diagnose.news(path, r.id)
	return r.document(p.PreviousResultID), nil
}

// document returns r as the answer to a client that knows the report previous.
func (r *report) document(previous *string) protocol.DocumentDiagnosticReport {
	if previous != nil && *previous == r.id {
		return &protocol.RelatedUnchangedDocumentDiagnosticReport{
			UnchangedDocumentDiagnosticReport: r.unchanged(),
		}
	}
	return &protocol.RelatedFullDocumentDiagnosticReport{FullDocumentDiagnosticReport: r.full()}
}

func (r *report) full() protocol.FullDocumentDiagnosticReport {
	return protocol.FullDocumentDiagnosticReport{
		Kind: string(protocol.DocumentDiagnosticReportKindFull), ResultID: &r.id, Items: r.items,
	}
}

func (r *report) unchanged() protocol.UnchangedDocumentDiagnosticReport {
	return protocol.UnchangedDocumentDiagnosticReport{
		Kind: string(protocol.DocumentDiagnosticReportKindUnchanged), ResultID: r.id,
	}
}

// workspaceDiagnostic answers a client that pulls the findings of all files: in parts if it takes them, else at once.
func (s *server) workspaceDiagnostic(ctx context.Context, st *state, p *protocol.WorkspaceDiagnosticParams) (
	*protocol.WorkspaceDiagnosticReport, error,
) {
	w := &workspacePull{server: s, state: st, token: p.PartialResultToken, previous: map[string]string{}}
	for _, known := range p.PreviousResultIds {
		w.previous[pathOf(known.URI)] = known.Value
	}
	for _, project := range st.projects {
		if err := w.project(ctx, project); err != nil {
			return nil, err
		}
	}
	if err := w.rest(ctx); err != nil {
		return nil, err
	}
	return &protocol.WorkspaceDiagnosticReport{Items: w.items}, nil
}

// A workspacePull is the answer to one pull of all files.
type workspacePull struct {
	server   *server
	state    *state
	token    protocol.ProgressToken // of partial results, nil if the client takes none
	previous map[string]string      // the ids of the reports that the client knows, by path
	items    []protocol.WorkspaceDocumentDiagnosticReport
}

// project adds the files of a project with findings. Before the whole of it was read, there are none but in open files.
func (w *workspacePull) project(ctx context.Context, p *project) error {
	if !p.indexed {
		return nil
	}
	var failed error
	err := p.checkAll(ctx, func(r *result) {
		for _, rel := range r.files() {
			path := p.abs(rel)
			if owner, _, _ := w.state.projectOf(path); owner == p && failed == nil {
				failed = w.add(ctx, path)
			}
		}
	})
	return cmp.Or(failed, err)
}

// rest adds the files that the client knows findings of and that were not added.
func (w *workspacePull) rest(ctx context.Context) error {
	for _, path := range slices.Sorted(maps.Keys(w.previous)) {
		if err := w.add(ctx, path); err != nil {
			return err
		}
	}
	return nil
}

func (w *workspacePull) add(ctx context.Context, path string) error {
	r, err := w.state.report(ctx, path)
	if err != nil {
		return err
	}
	previous, known := w.previous[path]
	delete(w.previous, path)
	w.items = append(w.items, r.workspace(previous, known))
	const part = 200
	if w.token != nil && len(w.items) >= part {
		w.flush()
	}
	return nil
}

// flush sends what there is as a partial result.
func (w *workspacePull) flush() {
	raw, err := protocol.Marshal(&protocol.WorkspaceDiagnosticReportPartialResult{Items: w.items})
	if err != nil {
		return // all is in the result then
	}
	w.items = []protocol.WorkspaceDocumentDiagnosticReport{}
	c, token := w.server.client, w.token
	c.send(func(ctx context.Context) error {
		return c.Progress(ctx, &protocol.ProgressParams{Token: token, Value: raw})
	})
}

// workspace returns r as a part of the answer to a client that may know the report previous.
func (r *report) workspace(previous string, known bool) protocol.WorkspaceDocumentDiagnosticReport {
	var version *int32
	if v, ok := r.version.Get(); ok {
		version = &v
	}
	if known && previous == r.id {
		return &protocol.WorkspaceUnchangedDocumentDiagnosticReport{
			UnchangedDocumentDiagnosticReport: r.unchanged(), URI: r.uri, Version: version,
		}
	}
	return &protocol.WorkspaceFullDocumentDiagnosticReport{
		FullDocumentDiagnosticReport: r.full(), URI: r.uri, Version: version,
	}
}
