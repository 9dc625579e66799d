package git

import (
	"bytes"
	"context"
	"crypto/sha1"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"github.com/buildlint/buildlint/analysis/edit"
)

// A codec is how a content becomes the one that the index keeps.
type codec uint8

const (
	plain   codec = iota // the same
	lineEnd              // CRLF becomes LF
	filter               // git runs filters over it
)

// codecOf finds the codec by which the old content of a plan is what the index has. It is known for most files without
// asking git. If there is none the index changed.
func (r *Repo) codecOf(ctx context.Context, p *plan) (codec, error) {
	switch p.entry.id {
	case objectID(p.entry.id, p.Old):
		return plain, nil
	case objectID(p.entry.id, toLF(p.Old)):
		return lineEnd, nil
	}
	id, err := r.filtered(ctx, p.full, p.Old)
	switch {
	case err != nil:
		return 0, err
	case id != p.entry.id:
		return 0, fmt.Errorf("what is staged is not what was linted: %w", edit.ErrChanged)
	}
	return filter, nil
}

// filtered stores a content as git add would store it at a path, and gives its name.
func (r *Repo) filtered(ctx context.Context, full string, content []byte) (string, error) {
	out, err := r.gitTop(ctx, bytes.NewReader(content), "hash-object", "-w", "--stdin", "--path="+full)
	return strings.TrimSpace(string(out)), err
}

// objectID gives the name of a blob in the same format as another name.
func objectID(like string, content []byte) string {
	object := append(fmt.Appendf(nil, "blob %d\x00", len(content)), content...)
	if len(like) == hex.EncodedLen(sha256.Size) {
		sum := sha256.Sum256(object)
		return hex.EncodeToString(sum[:])
	}
	sum := sha1.Sum(object)
	return hex.EncodeToString(sum[:])
}

func toLF(text []byte) []byte { return bytes.ReplaceAll(text, []byte("\r\n"), []byte("\n")) }

// likeLines gives a text the line ends of another one.
func likeLines(text, like []byte) []byte {
	crlf, lf := bytes.Count(like, []byte("\r\n")), bytes.Count(like, []byte("\n"))
	own := bytes.Count(text, []byte("\r\n"))
	switch {
	case lf == 0 || crlf > 0 && crlf < lf: // there is no one way
		return text
	case crlf == 0 && own == bytes.Count(text, []byte("\n")):
		return toLF(text)
	case crlf == lf && own == 0:
		return bytes.ReplaceAll(text, []byte("\n"), []byte("\r\n"))
	}
	return text
}

// store writes the fixed contents to the repository's database.
func (r *Repo) store(ctx context.Context, plans []*plan) error {
	dir, err := os.MkdirTemp("", "buildlint-")
	if err != nil {
		return err
	}
	defer func() { _ = os.RemoveAll(dir) }() // it holds copies
	var names strings.Builder
	for i, p := range plans {
		if p.codec == filter {
			if p.id, err = r.filtered(ctx, p.full, p.New); err != nil {
				return err
			}
			continue
		}
		content := p.New
		if p.codec == lineEnd {
			content = toLF(content)
		}
		name := filepath.Join(dir, fmt.Sprint(i))
		if err := os.WriteFile(name, content, 0o600); err != nil {
			return err
		}
		p.id = objectID(p.entry.id, content)
		fmt.Fprintln(&names, name)
	}
	_, err = r.gitTop(ctx, strings.NewReader(names.String()), "hash-object", "-w", "--no-filters", "--stdin-paths")
	return err
}
