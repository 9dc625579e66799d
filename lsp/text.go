package lsp

import (
	"fmt"

	"go.lsp.dev/protocol"
	"go.uber.org/zap"
)

func (s *server) didOpen(p *protocol.DidOpenTextDocumentParams) error {
	d := p.TextDocument
	doc := newDocument(d.URI, []byte(d.Text), s.client.encoding)
	if doc.path == "" {
		s.log.Debug("ignored a document that is no file", zap.String("uri", string(d.URI)))
		return nil
	}
	o := &overlay{document: doc, version: d.Version, language: d.LanguageID}
	s.session.didModifyFiles([]fileChange{{path: doc.path, action: opened, open: o}})
	return nil
}

func (s *server) didChange(p *didChangeParams) error {
	path := pathOf(p.TextDocument.URI)
	if path == "" {
		return nil
	}
	before := s.session.current().overlays[path]
	if before == nil {
		return fmt.Errorf("%s is not open", p.TextDocument.URI)
	}
	after, err := before.edit(p.TextDocument.Version, p.ContentChanges)
	if err != nil {
		return err
	}
	s.session.didModifyFiles([]fileChange{{path: path, action: edited, open: after}})
	return nil
}

// didSave hears what the watcher hears too, but of clients without a watcher it is the only news.
func (s *server) didSave(p *protocol.DidSaveTextDocumentParams) error {
	if path := pathOf(p.TextDocument.URI); path != "" {
		s.session.didModifyFiles([]fileChange{{path: path, action: written}})
	}
	return nil
}

func (s *server) didClose(p *protocol.DidCloseTextDocumentParams) error {
	path := pathOf(p.TextDocument.URI)
	if path == "" {
		return nil
	}
	if s.session.current().overlays[path] == nil {
		return fmt.Errorf("%s is not open", p.TextDocument.URI)
	}
	s.session.didModifyFiles([]fileChange{{path: path, action: closed}})
	return nil
}

// setTrace is accepted and ignored: the server's own log says more.
func (s *server) setTrace(*protocol.SetTraceParams) error { return nil }
