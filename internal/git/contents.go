package git

import (
	"bytes"
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"strings"
)

// contents gives blobs as git would check them out, in their order.
func (r *Repo) contents(ctx context.Context, blobs []blob) ([][]byte, error) {
	out := make([][]byte, len(blobs))
	var batched []int
	for i, b := range blobs {
		if b.batches() {
			batched = append(batched, i)
			continue
		}
		data, err := r.content(ctx, b)
		if err != nil {
			return nil, err
		}
		out[i] = data
	}
	if len(batched) == 0 {
		return out, nil
	}
	// The sizes that git tells are those before filters: what ends a content is an object that is not there.
	end := "end-" + rand.Text()
	var in strings.Builder
	for _, i := range batched {
		fmt.Fprintf(&in, "%s %s\n%s -\n", blobs[i].id, blobs[i].path, end)
	}
	rest, err := r.gitTop(ctx, strings.NewReader(in.String()), "cat-file", "--batch", "--filters")
	if err != nil {
		return nil, err
	}
	for _, i := range batched {
		if out[i], rest, err = cutContent(rest, end); err != nil {
			return nil, fmt.Errorf("git cat-file: %s: %s: %w", blobs[i].path, blobs[i].id, err)
		}
	}
	return out, nil
}

// batches reports whether a line of input can name a blob: not one that holds what ends the line, or starts with the
// blanks that separate.
func (b *blob) batches() bool {
	return !b.link && !strings.Contains(b.path, "\n") && strings.TrimLeft(b.path, " \t") == b.path
}

// content gives one blob.
func (r *Repo) content(ctx context.Context, b blob) ([]byte, error) {
	if b.link {
		return r.gitTop(ctx, nil, "cat-file", "blob", b.id)
	}
	return r.gitTop(ctx, nil, "cat-file", "--filters", "--path="+b.path, b.id)
}

// cutContent takes a content off an output: "id blob size LF content LF end missing LF".
func cutContent(out []byte, end string) (content, rest []byte, err error) {
	head, out, ok := bytes.Cut(out, []byte("\n"))
	if !ok || !bytes.Contains(head, []byte(" blob ")) {
		return nil, nil, errors.New("not in the repository")
	}
	content, rest, ok = bytes.Cut(out, []byte("\n"+end+" missing\n"))
	if !ok {
		return nil, nil, errors.New("output ends early")
	}
	return bytes.Clone(content), rest, nil
}
