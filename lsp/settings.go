package lsp

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"path/filepath"

	"go.lsp.dev/protocol"
	"go.lsp.dev/uri"
)

// section is the section of the client's settings that is the server's.
const section = "buildlint"

// Settings are what a user sets in the editor; they go before buildlint.toml, as flags do.
type settings struct {
	// Config is a configuration file that is used in place of those that are found.
	Config string `json:"config"`
	// Select, ExtendSelect and Ignore are as the flags of buildlint.
	Select       []string `json:"select"`
	ExtendSelect []string `json:"extendSelect"`
	Ignore       []string `json:"ignore"`
	// Diagnostics says for which files findings are pushed: "openFiles" or "workspace". A client that pulls them
	// decides for itself.
	Diagnostics string `json:"diagnostics"`
}

// configPath returns the configuration file that the user names, which may be relative to the root.
func (s settings) configPath(root string) string {
	if s.Config == "" || filepath.IsAbs(s.Config) {
		return s.Config
	}
	return filepath.Join(root, s.Config)
}

const (
	openFiles      = "openFiles"
	wholeWorkspace = "workspace"
)

// parseSettings reads settings. On an error it returns the defaults.
func parseSettings(raw []byte) (settings, error) {
	defaults := settings{Diagnostics: wholeWorkspace}
	if len(raw) == 0 || string(raw) == "null" {
		return defaults, nil
	}
	got := defaults
	d := json.NewDecoder(bytes.NewReader(raw))
	d.DisallowUnknownFields()
	if err := d.Decode(&got); err != nil {
		return defaults, fmt.Errorf("settings %q: %w", section, err)
	}
	if got.Diagnostics != openFiles && got.Diagnostics != wholeWorkspace {
		return defaults, fmt.Errorf("settings %q: diagnostics is %q: it is one of %q, %q",
			section, got.Diagnostics, openFiles, wholeWorkspace)
	}
	return got, nil
}

// initialSettings returns the settings that come with initialize, bare or in their section.
func initialSettings(c *client, options protocol.LSPAny) settings {
	return c.settingsFrom(sectionOf(options))
}

// settingsFrom reads settings; what is wrong with them the user is told.
func (c *client) settingsFrom(raw []byte) settings {
	got, err := parseSettings(raw)
	if err != nil {
		c.show(protocol.MessageTypeError, err.Error())
	}
	return got
}

// sectionOf returns the server's section of raw where it has one, else raw itself.
func sectionOf(raw []byte) []byte {
	var sections map[string]json.RawMessage
	if err := json.Unmarshal(raw, &sections); err != nil {
		return raw
	}
	if own, ok := sections[section]; ok {
		return own
	}
	return raw
}

func (s *server) didChangeConfiguration(p *protocol.DidChangeConfigurationParams) error {
	if s.client.configuration {
		s.run(s.fetchSettings)
		return nil
	}
	s.session.configure(s.client.settingsFrom(sectionOf(p.Settings)))
	return nil
}

// fetchSettings asks the client for its settings, if it can be asked.
func (s *server) fetchSettings(ctx context.Context) {
	if !s.client.configuration {
		return
	}
	s.fetching.Lock() // the latest answer is to win
	defer s.fetching.Unlock()
	ctx, cancel := context.WithTimeout(ctx, answerTime)
	defer cancel()
	name := section
	var scope *uri.URI
	if folders := s.session.current().folders; len(folders) > 0 {
		u := uriOf(folders[0])
		scope = &u
	}
	values, err := s.client.Configuration(ctx, &protocol.ConfigurationParams{
		Items: []protocol.ConfigurationItem{{ScopeURI: scope, Section: &name}},
	})
	switch {
	case err != nil:
		s.client.tell(protocol.MessageTypeWarning, fmt.Sprintf("asking for the settings %q: %v", section, err))
	case len(values) != 1:
	case string(values[0]) != "null":
		s.session.configure(s.client.settingsFrom(values[0]))
		s.fetched = true
	case s.fetched: // the user took them away again
		s.session.configure(s.initial)
		s.fetched = false
	}
}
