package main

import (
	"bufio"
	"bytes"
	"fmt"
	"io"
	"os/exec"
	"path"
	"regexp"
	"strconv"
	"strings"
)

var buildFile = regexp.MustCompile(`^BUILD(\..*)?$`)

// A blob is the content of a file somewhere in the history of a repository.
type blob struct {
	id   string
	path string // one of the paths where it was
	data []byte

	lacking bool // the repository does not have it
}

// eachBuildFile calls visit for each distinct BUILD file in the history of the repository at dir. The data of one that
// the repository lacks is nil.
func eachBuildFile(dir string, visit func(blob) error) error {
	ids, err := buildBlobs(dir)
	if err != nil {
		return fmt.Errorf("listing the BUILD files of %s: %w", dir, err)
	}
	cmd := exec.Command("git", "-C", dir, "cat-file", "--batch")
	var names strings.Builder
	for _, b := range ids {
		names.WriteString(b.id + "\n")
	}
	cmd.Stdin = strings.NewReader(names.String())
	out, err := cmd.StdoutPipe()
	if err != nil {
		return err
	}
	if err := cmd.Start(); err != nil {
		return err
	}
	r := bufio.NewReader(out)
	for _, b := range ids {
		if b.data, b.lacking, err = readObject(r); err != nil {
			return fmt.Errorf("reading %s of %s: %w", b.id, dir, err)
		}
		if b.data == nil && !b.lacking {
			continue // a folder that is named BUILD
		}
		if err := visit(b); err != nil {
			return err
		}
	}
	return cmd.Wait()
}

// buildBlobs lists the distinct BUILD files of a repository, without their content. A clone may lack objects.
func buildBlobs(dir string) ([]blob, error) {
	out, err := exec.Command("git", "-C", dir, "rev-list", "--objects", "--all", "--missing=allow-any").Output()
	if err != nil {
		return nil, err
	}
	var blobs []blob
	for line := range bytes.Lines(out) {
		id, name, ok := strings.Cut(strings.TrimRight(string(line), "\n"), " ")
		if ok && buildFile.MatchString(path.Base(name)) {
			blobs = append(blobs, blob{id: id, path: name})
		}
	}
	return blobs, nil
}

// readObject reads one answer of git cat-file --batch. It returns nil if it is no blob, or if it is lacking.
func readObject(r *bufio.Reader) (data []byte, lacking bool, err error) {
	head, err := r.ReadString('\n')
	if err != nil {
		return nil, false, err
	}
	fields := strings.Fields(head)
	if len(fields) != 3 {
		return nil, true, nil
	}
	size, err := strconv.Atoi(fields[2])
	if err != nil {
		return nil, false, err
	}
	data = make([]byte, size)
	if _, err := io.ReadFull(r, data); err != nil {
		return nil, false, err
	}
	if _, err := r.Discard(1); err != nil {
		return nil, false, err
	}
	if fields[1] != "blob" {
		return nil, false, nil
	}
	return data, false, nil
}
