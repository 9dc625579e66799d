package docs

import (
	"regexp"
	"strings"
)

// A help is what the program says of itself or of one of its commands.
type help struct {
	path     []string // the names after that of the program
	short    string   // what the list of commands says
	long     string
	usage    string // without the name of the program
	examples string
	flags    []flag
	commands []*help // in the order of the list
}

// A flag is a line of the list of flags.
type flag struct {
	short, name, value, meaning string
}

// help returns the help of a command and of all below it.
func (run Program) help(short string, path ...string) (*help, error) {
	text, err := run(append([]string{"help"}, path...)...)
	if err != nil {
		return nil, err
	}
	h := &help{path: path, short: short}
	sections := helpSections(text)
	h.long = strings.TrimSpace(sections[""])
	h.usage = usage(sections["Usage"], path)
	h.examples = sections["Examples"]
	h.flags = flags(sections["Flags"])
	for _, entry := range entries(sections["Available Commands"]) {
		below, err := run.help(entry[1], append(path[:len(path):len(path)], entry[0])...)
		if err != nil {
			return nil, err
		}
		h.commands = append(h.commands, below)
	}
	return h, nil
}

var helpHeading = regexp.MustCompile(`^(Usage|Examples|Available Commands|Flags):$`)

// helpSections returns the sections of a help by their headings, what is above the first by "".
func helpSections(text string) map[string]string {
	sections := map[string]string{}
	heading := ""
	for line := range strings.Lines(text) {
		switch m := helpHeading.FindStringSubmatch(strings.TrimSpace(line)); {
		case m != nil:
			heading = m[1]
		case strings.HasPrefix(line, "Use \""):
			return sections
		default:
			sections[heading] += line
		}
	}
	return sections
}

// usage returns the arguments of a command: the first line of its usage, without names and what stands for the flags.
func usage(section string, path []string) string {
	line, _, _ := strings.Cut(strings.TrimSpace(section), "\n")
	words := strings.Fields(strings.TrimSuffix(line, "[flags]"))
	return strings.Join(words[1+len(path):], " ")
}

// entries returns the names of a list with what is said of them.
func entries(section string) [][2]string {
	var list [][2]string
	for line := range strings.Lines(section) {
		if name, about, ok := strings.Cut(strings.TrimSpace(line), " "); ok {
			list = append(list, [2]string{name, strings.TrimSpace(about)})
		}
	}
	return list
}

var flagLine = regexp.MustCompile(`^ +(?:-(\w), )?--([\w-]+)(?: (\S+))? {2,}(.*)$`)

// flags returns what a list of flags says, without the flag that prints it.
func flags(section string) []flag {
	var list []flag
	for line := range strings.Lines(section) {
		m := flagLine.FindStringSubmatch(strings.TrimRight(line, "\n"))
		if m != nil && m[2] != "help" {
			list = append(list, flag{m[1], m[2], m[3], m[4]})
		}
	}
	return list
}
