package baseline

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"path"
	"regexp"
	"slices"
	"strings"

	strict "github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"
)

// version is that of the format. A later one is not read: it may mean something else by the same keys.
const version = 1

// Write writes the baseline with an entry a line, in order, so that versions of it compare and merge well.
func (b *Baseline) Write(w io.Writer) error {
	var out bytes.Buffer
	fmt.Fprintf(&out, "{\n  \"version\": %d,\n  \"findings\": [", version)
	separator := "\n"
	for _, e := range b.entries {
		line, err := marshal(e)
		if err != nil {
			return err
		}
		fmt.Fprintf(&out, "%s    %s", separator, line)
		separator = ",\n"
	}
	if len(b.entries) > 0 {
		fmt.Fprint(&out, "\n  ")
	}
	fmt.Fprint(&out, "]\n}\n")
	_, err := w.Write(out.Bytes())
	return err
}

// marshal returns an entry as people can read it: with < and & as they are.
func marshal(e Entry) ([]byte, error) {
	var line bytes.Buffer
	encoder := json.NewEncoder(&line)
	encoder.SetEscapeHTML(false)
	err := encoder.Encode(e)
	return bytes.TrimSuffix(line.Bytes(), []byte("\n")), err
}

// Load reads a baseline file. The error tells where the file is not what Write writes; it is [os.ErrNotExist] where
// there is none.
func Load(name string) (*Baseline, error) {
	info, err := os.Stat(name)
	if err == nil && info.Mode()&os.ModeDevice != 0 {
		err = &os.PathError{Op: "read", Path: name, Err: errors.New("it is a device, which may have no end")}
	}
	if err != nil {
		return nil, fmt.Errorf("reading the baseline: %w", err)
	}
	data, err := os.ReadFile(name)
	if err != nil {
		return nil, fmt.Errorf("reading the baseline: %w", err)
	}
	return Parse(name, data)
}

// Parse reads the content of a baseline file; the name is for errors.
func Parse(name string, data []byte) (*Baseline, error) {
	if at := conflict.FindIndex(data); at != nil {
		return nil, fail(name, data, at[0], errors.New("a merge left its conflict markers here"))
	}
	r := reader{data: data, decoder: jsontext.NewDecoder(bytes.NewReader(data)), seen: map[string]bool{}}
	if err := r.file(); err != nil {
		return nil, fail(name, data, r.offset(err), plain(err))
	}
	slices.SortFunc(r.entries, compare)
	return &Baseline{r.entries}, nil
}

var conflict = regexp.MustCompile(`(?m)^(<{7}|={7}|>{7})( |\r?$)`)

// fail returns the error of a place with what to do.
func fail(name string, data []byte, offset int, err error) error {
	line := bytes.Count(data[:min(offset, len(data))], []byte("\n")) + 1
	return fmt.Errorf("%s:%d: %w: mend it, or write the file anew with `buildlint baseline create`", name, line, err)
}

// A reader reads the JSON of a baseline.
type reader struct {
	data    []byte
	decoder *jsontext.Decoder
	entries []Entry
	seen    map[string]bool
	start   int // offset of the value that is being read
}

// offset returns where an error is: within the value, if the decoder tells.
func (r *reader) offset(err error) int {
	var syntactic *jsontext.SyntacticError
	var semantic *strict.SemanticError
	switch {
	case errors.As(err, &syntactic):
		return int(syntactic.ByteOffset)
	case errors.As(err, &semantic):
		return int(semantic.ByteOffset)
	}
	return r.start
}

// file reads the whole of it.
func (r *reader) file() error {
	if err := r.open('{', "an object"); err != nil {
		return err
	}
	got := 0
	for r.next('}') {
		key, err := r.decoder.ReadToken()
		if err != nil {
			return err
		}
		switch key.String() {
		case "version":
			err = r.version(&got)
		case "findings":
			err = r.findings()
		default:
			err = fmt.Errorf("unknown key `%s`: there are `version` and `findings`", key.String())
		}
		if err != nil {
			return err
		}
	}
	if _, err := r.decoder.ReadToken(); err != nil {
		return err
	}
	if got == 0 {
		return errors.New("the `version` is missing")
	}
	return r.end()
}

// open reads the start of an object or array.
func (r *reader) open(kind jsontext.Kind, what string) error {
	r.next(kind)
	token, err := r.decoder.ReadToken()
	if errors.Is(err, io.EOF) {
		return errors.New("the file is empty")
	}
	if err == nil && token.Kind() != kind {
		return fmt.Errorf("want %s", what)
	}
	return err
}

// next notes the place of the next value, and reports whether there is one before the end of the object or array.
func (r *reader) next(end jsontext.Kind) bool {
	kind := r.decoder.PeekKind()
	before := r.data[r.decoder.InputOffset():]
	r.start = len(r.data) - len(bytes.TrimLeft(before, " \t\r\n,:"))
	return kind != end && kind != 0
}

// end holds that nothing follows.
func (r *reader) end() error {
	r.next(0)
	if _, err := r.decoder.ReadToken(); !errors.Is(err, io.EOF) {
		return errors.New("something follows the end of the baseline")
	}
	return nil
}

func (r *reader) version(got *int) error {
	if err := strict.UnmarshalDecode(r.decoder, got); err != nil {
		return err
	}
	if *got != version {
		return fmt.Errorf("version %d of the format is unknown: this buildlint reads version %d", *got, version)
	}
	return nil
}

func (r *reader) findings() error {
	if err := r.open('[', "a list of findings"); err != nil {
		return err
	}
	for r.next(']') {
		var e Entry
		if err := strict.UnmarshalDecode(r.decoder, &e, strict.RejectUnknownMembers(true)); err != nil {
			return err
		}
		if err := e.check(); err != nil {
			return err
		}
		if r.seen[e.key()] {
			return errors.New("the finding is on record twice")
		}
		r.seen[e.key()] = true
		r.entries = append(r.entries, e)
	}
	_, err := r.decoder.ReadToken()
	return err
}

// check says what is wrong with an entry.
func (e Entry) check() error {
	switch {
	case e.Rule == "":
		return errors.New("the finding has no `rule`")
	case e.Path == "" || e.Path != path.Clean(e.Path) || path.IsAbs(e.Path) || strings.HasPrefix(e.Path, "../"):
		return fmt.Errorf("the finding has no proper `path`: %q is not relative to the root", e.Path)
	case e.Count < 1:
		return errors.New("the finding has no `count` of 1 or more")
	case !slices.IsSorted(e.About):
		return errors.New("what the finding is `about` is not sorted")
	}
	return nil
}

// plain returns what is wrong in words about the file instead of the decoder's.
func plain(err error) error {
	var syntactic *jsontext.SyntacticError
	var semantic *strict.SemanticError
	switch {
	case errors.Is(err, io.ErrUnexpectedEOF):
		return errors.New("the file ends too early")
	case errors.As(err, &syntactic):
		return fmt.Errorf("no JSON: %w", syntactic.Err)
	case errors.Is(err, strict.ErrUnknownName) && errors.As(err, &semantic):
		return fmt.Errorf("unknown key `%s`", semantic.JSONPointer.LastToken())
	case errors.As(err, &semantic):
		return fmt.Errorf("the value at `%s` does not fit", semantic.JSONPointer)
	}
	return err
}
