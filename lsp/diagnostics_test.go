package lsp

import (
	"fmt"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"
	"time"

	"go.lsp.dev/protocol"
	"go.lsp.dev/uri"

	"github.com/buildlint/buildlint/lsp/fake"
)

// pulling are the capabilities of an editor that pulls diagnostics.
var pulling = strings.Replace(fake.Full, `"publishDiagnostics"`, `"diagnostic": {"relatedDocumentSupport": false}, "publishDiagnostics"`, 1)

// twice is a target with a finding.
const twice = "python_library(name='x', dependencies=[':y', ':y'])\n"

// once is one without.
const once = "python_library(name='x')\n"

// A finding carries what the client can show of it: the page of its rule, that a thing is unnecessary, related places.
func TestDiagnosticDetails(t *testing.T) {
	able := protocol.Diagnostic{Tags: protocol.NewDiagnosticTags(protocol.DiagnosticTagUnnecessary)}
	able.CodeDescription.Href = documentation("duplicate-dependency")
	plain := strings.NewReplacer(
		`"relatedInformation": true, `, "", `"codeDescriptionSupport": true,`, "", `, "tagSupport": {"valueSet": [1, 2]}`, "",
		`"dataSupport": true`, `"versionSupport": true`,
	).Replace(fake.Full)
	for capabilities, want := range map[string]protocol.Diagnostic{fake.Full: able, plain: {}} {
		dir := t.TempDir()
		write(t, dir, "pants.ini", "")
		path := write(t, dir, "a/BUILD", twice)
		e := startEditor(t, fake.Config{
			Folders: []string{dir}, Options: `{"select": ["duplicate-dependency"]}`, Capabilities: capabilities,
		})
		awaitCodes(t, e, path, "duplicate-dependency")
		p, _ := e.Diagnostics(path)
		got := p.Diagnostics[0]
		if got.CodeDescription != want.CodeDescription || !reflect.DeepEqual(got.Tags, want.Tags) {
			t.Errorf("the page %v, the tags %v; want %v, %v", got.CodeDescription, got.Tags, want.CodeDescription, want.Tags)
		}
		if related := len(got.RelatedInformation) > 0; related != (capabilities == fake.Full) {
			t.Errorf("related places: %v", got.RelatedInformation)
		}
	}
}

func TestPush(t *testing.T) {
	dir := t.TempDir()
	write(t, dir, "pants.ini", "")
	path := write(t, dir, "a/BUILD", once)
	e := startEditor(t, fake.Config{Folders: []string{dir}, Options: `{"select": ["duplicate-dependency"]}`})
	if e.Init.Capabilities.DiagnosticProvider != nil {
		t.Error("a client that does not pull is offered to")
	}
	published := func(n, findings int, version int32) {
		t.Helper()
		if err := e.Eventually(func() bool { _, got := e.Diagnostics(path); return got >= n }); err != nil {
			t.Fatalf("publication %d %v", n, err)
		}
		p, got := e.Diagnostics(path)
		if v, _ := p.Version.Get(); got != n || len(p.Diagnostics) != findings || v != version {
			t.Fatalf("publication %d has %d findings of version %d; want %d, %d of %d", got, len(p.Diagnostics), v, n, findings, version)
		}
	}
	must(t, e.OpenText(t.Context(), path, once))
	published(1, 0, 1) // the first is sent even if empty
	must(t, e.Edit(t.Context(), path, 0, 0, "\n"))
	time.Sleep(2 * quiet)
	published(1, 0, 1) // nothing new
	must(t, e.Edit(t.Context(), path, 0, 0, twice))
	published(2, 1, 3)
	must(t, e.Close(t.Context(), path))
	published(3, 0, 0)
	must(t, e.OpenText(t.Context(), path, twice))
	published(4, 1, 1)
}

// Findings in files that are not open are pushed as well, unless the user wants those of open files alone.
func TestPushWorkspace(t *testing.T) {
	dir := t.TempDir()
	write(t, dir, "pants.ini", "")
	a, b := write(t, dir, "a/BUILD", "python_library(name='a')\n"), write(t, dir, "b/BUILD", "python_library(name='b', dependencies=['a'])\n")
	e := startEditor(t, fake.Config{Folders: []string{dir}, Options: `{"select": ["unresolved-dependency"]}`})
	findings := func(path string, want int) {
		t.Helper()
		err := e.Eventually(func() bool {
			p, _ := e.Diagnostics(path)
			return p == nil && want == 0 || p != nil && len(p.Diagnostics) == want
		})
		if err != nil {
			p, _ := e.Diagnostics(path)
			t.Fatalf("%s: %d findings %v; last %v", path, want, err, p)
		}
	}
	must(t, e.Open(t.Context(), a))
	findings(a, 0)
	must(t, e.SetText(t.Context(), a, "python_library(name='c')\n"))
	findings(b, 1)
	must(t, e.SetText(t.Context(), a, "python_library(name='a')\n"))
	findings(b, 0)
	must(t, e.SetText(t.Context(), a, "python_library(name='c')\n"))
	findings(b, 1)
	must(t, e.Close(t.Context(), a))
	findings(b, 0)
	must(t, os.WriteFile(a, []byte("python_library(name='d')\n"), 0o600))
	must(t, e.Server.DidChangeWatchedFiles(t.Context(), &protocol.DidChangeWatchedFilesParams{
		Changes: []protocol.FileEvent{{URI: uri.File(a), Type: protocol.FileChangeTypeChanged}},
	}))
	findings(b, 1)
	must(t, e.SetSettings(t.Context(), `{"select": ["unresolved-dependency"], "diagnostics": "openFiles"}`))
	findings(b, 0)
}

func TestPull(t *testing.T) {
	dir := t.TempDir()
	write(t, dir, "pants.ini", "")
	path := write(t, dir, "a/BUILD", twice)
	other := write(t, dir, "b/BUILD", twice)
	e := startEditor(t, fake.Config{
		Capabilities: pulling, Folders: []string{dir}, Options: `{"select": ["duplicate-dependency", "unresolved-dependency"]}`,
	})
	provider, ok := e.Init.Capabilities.DiagnosticProvider.(*protocol.DiagnosticOptions)
	if !ok || !provider.InterFileDependencies || !provider.WorkspaceDiagnostics {
		t.Fatalf("a client that pulls is offered %v", e.Init.Capabilities.DiagnosticProvider)
	}
	must(t, e.Open(t.Context(), path))
	params := &protocol.DocumentDiagnosticParams{TextDocument: fake.TextDocument(path)}
	pull := func() protocol.DocumentDiagnosticReport {
		t.Helper()
		r, err := e.Server.Diagnostic(t.Context(), params)
		must(t, err)
		return r
	}
	var full *protocol.RelatedFullDocumentDiagnosticReport
	err := e.Eventually(func() bool { // until the workspace is indexed
		full, ok = pull().(*protocol.RelatedFullDocumentDiagnosticReport)
		return ok && len(full.Items) == 3 && full.ResultID != nil
	})
	if err != nil {
		t.Fatalf("%v: %v", err, full)
	}
	params.PreviousResultID = full.ResultID
	if same, ok := pull().(*protocol.RelatedUnchangedDocumentDiagnosticReport); !ok || same.ResultID != *full.ResultID {
		t.Error("pulled again: not unchanged")
	}
	must(t, e.SetText(t.Context(), path, once))
	full, ok = pull().(*protocol.RelatedFullDocumentDiagnosticReport)
	if !ok || len(full.Items) != 0 || full.Items == nil {
		t.Errorf("pulled after an edit: %#v", full)
	}
	testWorkspacePull(t, e, other)
	if p, _ := e.Diagnostics(path); p != nil {
		t.Errorf("pushed to a client that pulls: %v", p)
	}
}

func testWorkspacePull(t *testing.T, e *fake.Editor, path string) {
	t.Helper()
	r, err := e.Server.DiagnosticWorkspace(t.Context(), &protocol.WorkspaceDiagnosticParams{})
	must(t, err)
	if len(r.Items) != 1 {
		t.Fatalf("%d files with findings, want 1", len(r.Items))
	}
	full, ok := r.Items[0].(*protocol.WorkspaceFullDocumentDiagnosticReport)
	if !ok || full.URI != uri.File(path) || len(full.Items) != 3 || full.Version != nil {
		t.Fatalf("got %#v", r.Items[0])
	}
	known := []protocol.PreviousResultId{{URI: full.URI, Value: *full.ResultID}, {URI: uri.File("/nosuch/BUILD"), Value: "x"}}
	r, err = e.Server.DiagnosticWorkspace(t.Context(), &protocol.WorkspaceDiagnosticParams{PreviousResultIds: known})
	must(t, err)
	if _, ok := r.Items[0].(*protocol.WorkspaceUnchangedDocumentDiagnosticReport); !ok {
		t.Errorf("pulled again: %#v", r.Items[0])
	}
	if gone, ok := r.Items[1].(*protocol.WorkspaceFullDocumentDiagnosticReport); !ok || len(gone.Items) != 0 {
		t.Errorf("a file without findings: %#v", r.Items[1])
	}
}

// One that pulls is asked to pull again when an edit changes what is found in another open file, and only then.
func TestRefresh(t *testing.T) {
	dir := t.TempDir()
	write(t, dir, "pants.ini", "")
	a, b := write(t, dir, "a/BUILD", "python_library(name='a')\n"), write(t, dir, "b/BUILD", "python_library(name='b', dependencies=['a'])\n")
	e := startEditor(t, fake.Config{Capabilities: pulling, Folders: []string{dir}, Options: `{"select": ["unresolved-dependency"]}`})
	must(t, e.Open(t.Context(), a))
	must(t, e.Open(t.Context(), b))
	time.Sleep(3 * quiet)
	for _, path := range []string{a, b} {
		_, err := e.Server.Diagnostic(t.Context(), &protocol.DocumentDiagnosticParams{TextDocument: fake.TextDocument(path)})
		must(t, err)
	}
	before := e.Refreshes()
	must(t, e.Edit(t.Context(), b, 0, 0, "\n"))
	time.Sleep(3 * quiet)
	if n := e.Refreshes() - before; n != 0 {
		t.Errorf("%d refreshes after an edit that changed nothing elsewhere", n)
	}
	must(t, e.SetText(t.Context(), a, "python_library(name='c')\n"))
	if err := e.Eventually(func() bool { return e.Refreshes() > before }); err != nil {
		t.Errorf("refresh %v", err)
	}
}

func TestSettings(t *testing.T) {
	said := func(e *fake.Editor, what string) {
		t.Helper()
		err := e.Eventually(func() bool { return strings.Contains(strings.Join(e.Messages(), "\n"), what) })
		if err != nil {
			t.Errorf("%q in %q %v", what, e.Messages(), err)
		}
	}
	e := startEditor(t, fake.Config{Options: `{"buildlint": {"nosuch": 1}}`, Settings: `{"select": 3}`})
	said(e, `unknown field "nosuch"`)
	said(e, "settings.select of type []string")
	if err := e.SetSettings(t.Context(), `{"diagnostics": "none"}`); err != nil {
		t.Fatal(err)
	}
	said(e, `diagnostics is "none": it is one of "openFiles", "workspace"`)
}

func TestRegistrations(t *testing.T) {
	e := startEditor(t, fake.Config{})
	if err := e.Eventually(func() bool { return len(e.Registrations()) == 2 }); err != nil {
		t.Errorf("registrations %v %v", e.Registrations(), err)
	}
}

// A requirements file shows what is found in it, and follows what others say.
func TestPushRequirements(t *testing.T) {
	dir := t.TempDir()
	write(t, dir, "pants.ini", "")
	path, constraints := write(t, dir, "docs/requirements.txt", ""), write(t, dir, "constraints.txt", "flask==1\n")
	build := write(t, dir, "a/BUILD", "")
	e := startEditor(t, fake.Config{Folders: []string{dir}, Options: `{"select": ["launchpad", "walt"]}`})
	want := func(rules ...string) {
		t.Helper()
		var got []string
		err := e.Eventually(func() bool {
			got = nil
			if p, _ := e.Diagnostics(path); p != nil {
				for _, d := range p.Diagnostics {
					got = append(got, fmt.Sprint(d.Code))
				}
			}
			return fmt.Sprint(got) == fmt.Sprint(rules)
		})
		if err != nil {
			t.Fatalf("findings of %v, want %v: %v", got, rules, err)
		}
	}
	must(t, e.OpenText(t.Context(), path, "-c ../constraints.txt\nflask>=1\nFlask>=1\n"))
	want("duplicate-requirement")
	must(t, e.SetText(t.Context(), path, "-c ../constraints.txt\nflask>=1\n"))
	want()
	must(t, e.OpenText(t.Context(), constraints, "flask==0.9\n"))
	want("requirement-constrained")
	must(t, e.SetText(t.Context(), constraints, "flask==1\n"))
	want()
	must(t, e.OpenText(t.Context(), build, "python_library(provides = setup_py(name = 'Flask', version = '1'))\n"))
	want("internal-requirement")
}

// wantFindings waits until a file has so many findings.
func wantFindings(t *testing.T, e *fake.Editor, path string, findings int) {
	t.Helper()
	err := e.Eventually(func() bool {
		p, _ := e.Diagnostics(path)
		return p != nil && len(p.Diagnostics) == findings
	})
	if err != nil {
		p, _ := e.Diagnostics(path)
		t.Fatalf("%v, want %d findings: %v", p, findings, err)
	}
}

// What a prelude of Pants v2 defines is none of the build tool's own any more, and is again when the prelude goes.
func TestPushPrelude(t *testing.T) {
	dir := t.TempDir()
	write(t, dir, "pants.toml", "[GLOBAL]\nbuild_file_prelude_globs = [\"macros/*.py\"]\n")
	prelude, more := write(t, dir, "macros/a.py", ""), filepath.Join(dir, "macros", "b.py")
	build := write(t, dir, "a/BUILD", "python_library()\n")
	write(t, dir, "a/a.py", "")
	e := startEditor(t, fake.Config{Folders: []string{dir}})
	must(t, e.Open(t.Context(), build))
	wantFindings(t, e, build, 1) // it is python_sources
	must(t, e.OpenText(t.Context(), prelude, "def python_library(**kw):\n    python_sources(**kw)\n"))
	wantFindings(t, e, build, 0)
	must(t, e.SetText(t.Context(), prelude, ""))
	wantFindings(t, e, build, 1)
	must(t, e.OpenText(t.Context(), more, "python_library = python_sources\n"))
	wantFindings(t, e, build, 0)
}

// What is generated from a pyproject.toml follows it.
func TestPushGenerated(t *testing.T) {
	dir := t.TempDir()
	write(t, dir, "pants.toml", "")
	write(t, dir, "3rdparty/BUILD", "poetry_requirements(source = 'deep/pyproject.toml')\n")
	project := write(t, dir, "3rdparty/deep/pyproject.toml", "[tool.poetry.dependencies]\nflask = \"1\"\n")
	build := write(t, dir, "a/BUILD", "target(dependencies = ['3rdparty#flask'])\n")
	e := startEditor(t, fake.Config{Folders: []string{dir}})
	must(t, e.Open(t.Context(), build))
	wantFindings(t, e, build, 0)
	must(t, e.OpenText(t.Context(), project, "[tool.poetry.dependencies]\ndjango = \"1\"\n"))
	wantFindings(t, e, build, 1)
	must(t, e.SetText(t.Context(), project, "[tool.poetry.dependencies]\nFlask = \"1\"\n"))
	wantFindings(t, e, build, 0)
}
