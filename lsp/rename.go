package lsp

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"go.lsp.dev/protocol"

	"github.com/buildlint/buildlint/analysis"
	"github.com/buildlint/buildlint/analysis/dialect"
	"github.com/buildlint/buildlint/analysis/edit"
	"github.com/buildlint/buildlint/analysis/syntax"
	"github.com/buildlint/buildlint/analysis/workspace"
)

func (st *state) prepareRename(
	_ context.Context, p *protocol.PrepareRenameParams,
) (protocol.PrepareRenameResult, error) {
	b, ok := st.buildFile(p.TextDocument.URI)
	if !ok {
		return nil, nil
	}
	r, err := renamingAt(b, b.offset(p.Position))
	if err != nil {
		return nil, err
	}
	return &protocol.PrepareRenamePlaceholder{Range: b.rangeOf(r.span.Start, r.span.End), Placeholder: r.old}, nil
}

func (st *state) rename(ctx context.Context, p *protocol.RenameParams) (*protocol.WorkspaceEdit, error) {
	b, ok := st.buildFile(p.TextDocument.URI)
	if !ok {
		return nil, errNotOpen(p.TextDocument.URI)
	}
	edits, err := rename(ctx, b, b.offset(p.Position), p.NewName)
	if err != nil {
		return nil, err
	}
	return st.workspaceEdit(b.project, edits)
}

// A renaming is what can be renamed at a place: a target, or a name that the file binds.
type renaming struct {
	old    string
	span   syntax.Span       // of the old name at the place
	target *workspace.Target // nil for a name of the file
}

// renamingAt returns what can be renamed at offset.
func renamingAt(b *buildFile, offset int) (*renaming, error) {
	e := b.elementAt(offset)
	switch e.kind {
	case addressElement, nameElement, mentionElement:
		t := b.project.targetNamed(e.address)
		if t == nil {
			return nil, fmt.Errorf("`%s` names no target", b.project.snapshot.Dialect().Spell(e.address))
		}
		return &renaming{old: t.Name, span: b.namePart(e), target: t}, nil
	case kindElement:
		if e.target.NameField == nil {
			return nil, errors.New(noName)
		}
	case identElement:
		for _, stmt := range b.syntax.Stmts {
			if _, ok := binds(stmt, e.node.Name()); ok {
				if stmt.Kind() == syntax.Load || stmt.Kind() == syntax.Import {
					return nil, fmt.Errorf("`%s` is defined in another file: it can only be renamed there, by hand", e.node.Name())
				}
				return &renaming{old: e.node.Name(), span: e.span}, nil
			}
		}
	}
	return nil, errors.New("only a target, or a name that the file gives to something, can be renamed")
}

// namePart returns the place of the name in an address, or what stands for it where it is left out.
func (b *buildFile) namePart(e element) syntax.Span {
	if e.kind == nameElement {
		return e.span
	}
	label, _ := b.project.snapshot.Dialect().ParseLabel(e.value.Text, b.pkg.Dir) // it has been read
	text := strings.TrimSuffix(e.span.Text(b.syntax.Src), label.Part)
	start := strings.LastIndexAny(text, ":/") + 1
	if strings.HasSuffix(text[start:], label.Name) { // behind the underscore of "_name#tag"
		start = len(text) - len(label.Name)
	}
	return syntax.Span{Start: e.span.Start + start, End: e.span.Start + len(text)}
}

// rename returns the edits that give what stands at offset another name.
func rename(ctx context.Context, b *buildFile, offset int, name string) ([]edit.Edit, error) {
	r, err := renamingAt(b, offset)
	if err != nil {
		return nil, err
	}
	if r.target == nil {
		return b.renameIdent(r, name)
	}
	if err := checkTargetName(b.project.snapshot.Dialect(), r.target, name); err != nil {
		return nil, err
	}
	p, err := b.project.whole(ctx)
	if err != nil {
		return nil, err
	}
	edits := analysis.RenameTarget(p.snapshot, r.target, name)
	if len(edits) == 0 {
		return nil, b.whyNot(p, r.target, name)
	}
	return edits, nil
}

// whyNot says where the user has to look, for a target that cannot be renamed.
func (b *buildFile) whyNot(p *project, t *workspace.Target, name string) error {
	text := fmt.Sprintf("`%s` cannot be renamed: somewhere it is not written out as one string", t.Name)
	if declared, ok := t.NameField.Value.(*workspace.String); !ok || declared.Literal.IsZero() {
		return errors.New(text + ", where it is declared")
	}
	at := analysis.RenameObstacle(p.snapshot, t, name)
	doc, err := b.state.document(p, at.Path)
	if at.Path == "" || err != nil {
		return errors.New(text)
	}
	why := "it is named in a way that cannot be changed"
	if len(p.snapshot.Uses(workspace.Address{Dir: t.Package.Dir, Name: name})) > 0 {
		why = "something refers to `" + name + "` already"
	}
	return fmt.Errorf("`%s` cannot be renamed: at %s:%d %s", t.Name, at.Path, doc.position(at.Offset).Line+1, why)
}

// noName is why a target without a name cannot be renamed.
const noName = "the target has no `name`: it is named as its directory; give it one first"

// checkTargetName says why a target cannot have a name.
func checkTargetName(d *dialect.Dialect, t *workspace.Target, name string) error {
	switch {
	case name == "":
		return errors.New("the new name is empty")
	case name == t.Name:
		return fmt.Errorf("the target is already named `%s`", name)
	case strings.ContainsAny(name, "/:\\'\"@#*!\n\r\t "):
		return fmt.Errorf("`%s` is no name of a target: one of / : \\ ' \" @ # * ! or a space is in it", name)
	case !canBeNamed(d, t.Package.Dir, name):
		return fmt.Errorf("`%s` is no name of a target in %s", name, d.Title)
	case t.NameField == nil:
		return errors.New(noName)
	case t.Package.Named(name) != nil:
		return fmt.Errorf("there is already a target `%s` in this package", name)
	}
	return nil
}

// canBeNamed reports whether a target of a directory is found by a name: not if a part of it means something else.
func canBeNamed(d *dialect.Dialect, dir, name string) bool {
	label, err := d.ParseLabel(":"+name, dir)
	whole := label.Address == workspace.Address{Dir: dir, Name: name} && label.File == "" && label.Part == ""
	return err == nil && whole && name != "." && name != ".." && (d.Grammar.Labels || !strings.ContainsAny(name, "?="))
}

// renameIdent returns the edits that give a name of the file another one.
func (b *buildFile) renameIdent(r *renaming, name string) ([]edit.Edit, error) {
	if !isIdentifier(name) {
		return nil, fmt.Errorf("`%s` is no identifier", name)
	}
	if len(b.identSpans(name)) > 0 {
		return nil, fmt.Errorf("`%s` is already used in this file", name)
	}
	if function := b.takes(r.old); function != "" {
		return nil, fmt.Errorf("`%s` is also a parameter of `%s`, which may be called with it: rename that first",
			r.old, function)
	}
	var edits []edit.Edit
	for _, s := range b.identSpans(r.old) {
		edits = append(edits, edit.Edit{Path: b.rel, Start: s.Start, End: s.End, New: name})
	}
	return edits, nil
}

// takes returns a function of the file that has a parameter of the given name, "" if none has.
func (b *buildFile) takes(name string) string {
	for _, stmt := range b.syntax.Stmts {
		if stmt.Kind() != syntax.Def {
			continue
		}
		for p := range stmt.Params() {
			if p.Name == name {
				return stmt.Name()
			}
		}
	}
	return ""
}

func isIdentifier(name string) bool {
	for i, c := range name {
		letter := c == '_' || 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z'
		if !letter && (i == 0 || c < '0' || c > '9') {
			return false
		}
	}
	return name != "" && !isKeyword(name)
}

// isKeyword reports whether Python or Starlark keeps a word for itself.
func isKeyword(word string) bool {
	switch word {
	case "False", "None", "True", "as", "assert", "async", "await", "break", "class", "continue", "def", "del", "elif",
		"except", "exec", "finally", "from", "global", "import", "load", "nonlocal", "pass", "print", "raise", "return",
		"try", "while", "with", "yield":
		return true
	}
	return isOperator(word)
}
