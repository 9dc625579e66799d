package rules

import (
	"strings"

	"github.com/buildlint/buildlint/analysis/dialect"
	"github.com/buildlint/buildlint/analysis/python"
	"github.com/buildlint/buildlint/analysis/workspace"
)

// A consoleScript is a script that a distribution installs: what stands behind `console_scripts`.
type consoleScript struct {
	Name  string // "" if it is not known
	Value workspace.Value
	// Entry is what the script runs. It is not set where Binary or Err is.
	Entry  python.EntryPoint
	Binary string // the address of the binary that it stands for
	Err    error  // why it is no entry point
}

// scriptGroups are the groups of entry points that installers make scripts of.
const consoleGroup, guiGroup = "console_scripts", "gui_scripts"

// consoleScripts returns the scripts of a target's distribution. all reports whether there are no others: it is false
// where something cannot be told.
func consoleScripts(t *workspace.Target) (scripts []consoleScript, all bool) {
	r := &scriptReader{all: true}
	if f := t.Field("entry_points"); f != nil && t.Is(dialect.Distribution) {
		r.groups(f.Value)
	}
	if t.Provides != nil {
		r.all = r.all && !t.Provides.Call.Unpacks()
		if arg, ok := t.Provides.Call.Arg("entry_points"); ok {
			r.groups(arg.Value)
		}
	}
	return r.scripts, r.all
}

// A scriptReader reads the forms that setuptools takes.
type scriptReader struct {
	scripts []consoleScript
	all     bool
}

// groups reads {'console_scripts': […]}, dict(console_scripts = […]) or an INI file's text.
func (r *scriptReader) groups(v workspace.Value) {
	switch v := v.(type) {
	case *workspace.Dict:
		r.all = r.all && !v.Open
		for _, e := range v.Entries {
			name, ok := workspace.Text(e.Key)
			r.all = r.all && ok
			r.group(name, e.Value)
		}
	case *workspace.Call:
		r.all = r.all && v.Func == "dict" && v.Recv == nil && !v.Unpacks()
		if v.Func != "dict" {
			return
		}
		for _, a := range v.Args {
			r.all = r.all && a.Name != ""
			r.group(a.Name, a.Value)
		}
	case *workspace.String:
		r.ini(v)
	case *workspace.Const:
	default:
		r.all = false
	}
}

// group reads the scripts of a group: a list of `name = module:function`, a text with one in each line, or the dict of
// Pants v2.
func (r *scriptReader) group(name string, v workspace.Value) {
	if name != consoleGroup && name != guiGroup {
		return
	}
	switch v := v.(type) {
	case *workspace.List:
		r.all = r.all && !v.Open
		for _, item := range v.Items {
			r.lines(item.Value)
		}
	case *workspace.Dict:
		r.all = r.all && !v.Open
		for _, e := range v.Entries {
			r.entry(e)
		}
	default:
		r.lines(v)
	}
}

// lines reads a script, or several with line ends between them.
func (r *scriptReader) lines(v workspace.Value) {
	s, ok := v.(*workspace.String)
	if !ok {
		r.all = false
		return
	}
	for line := range strings.Lines(s.Text) {
		r.line(s, line)
	}
}

func (r *scriptReader) line(s *workspace.String, line string) {
	if line = strings.TrimSpace(line); line == "" || line[0] == '#' || line[0] == ';' {
		return
	}
	script, err := python.ParseScript(line)
	name, _, _ := strings.Cut(line, "=")
	r.scripts = append(r.scripts, consoleScript{
		Name: strings.TrimSpace(name), Value: s, Entry: script.EntryPoint, Err: err,
	})
}

// entry reads 'name': 'module:function' or 'name': 'address/of:binary'.
func (r *scriptReader) entry(e workspace.DictEntry) {
	name, known := workspace.Text(e.Key)
	value, ok := workspace.Text(e.Value)
	r.all = r.all && known && ok
	if !ok {
		return
	}
	s := consoleScript{Name: name, Value: e.Value}
	if strings.HasPrefix(value, ":") || strings.Contains(value, "/") {
		s.Binary = value
	} else {
		s.Entry, s.Err = python.ParseEntryPoint(value)
	}
	r.scripts = append(r.scripts, s)
}

// ini reads the text of an entry_points.txt.
func (r *scriptReader) ini(s *workspace.String) {
	group := ""
	for line := range strings.Lines(s.Text) {
		line = strings.TrimSpace(line)
		if strings.HasPrefix(line, "[") && strings.HasSuffix(line, "]") {
			group = strings.TrimSpace(line[1 : len(line)-1])
		} else if group == consoleGroup || group == guiGroup {
			r.line(s, line)
		}
	}
}
