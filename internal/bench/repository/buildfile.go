package repository

import (
	"fmt"
	"slices"
	"strings"
)

// build returns the text of the BUILD file.
func (p *pkg) build() string {
	var b strings.Builder
	b.WriteString(license)
	switch {
	case p.isTest():
		p.tests(&b)
	case p.main == "":
		p.header(&b)
		p.library(&b, p.name, p.dependencies(8), "")
	default:
		p.header(&b)
		p.library(&b, p.privateName(), p.dependencies(8), "")
		p.publicLibrary(&b)
		p.binary(&b)
	}
	return b.String()
}

func (p *pkg) header(b *strings.Builder) {
	if p.imports() {
		b.WriteString("import os\n\n")
	}
	b.WriteString("\n")
}

// privateName returns the name of the library that holds the sources of one with binaries.
func (p *pkg) privateName() string {
	if p.fault == publicTwin {
		return p.name + "_lib"
	}
	return "_" + p.name
}

// library writes a library with sources. It is published if it is named as the package.
func (p *pkg) library(b *strings.Builder, name string, dependencies []string, provides string) {
	sources := "rglobs('*.py')"
	if p.fault == globWithoutDot {
		sources = "globs('*py')"
	}
	fmt.Fprintf(b, "python_library(\n  name = '%s',\n  sources = %s,\n  tags = {'team%d', 'tier:%d', 'python'},\n",
		name, sources, p.index/teamSize, p.index%3)
	list(b, dependencies)
	if name == p.name {
		provides = p.provides()
	}
	b.WriteString(provides + ")\n")
}

func (p *pkg) publicLibrary(b *strings.Builder) {
	fmt.Fprintf(b, "\n# What other packages depend on; its sources are those of the private library.\n"+
		"python_library(\n  name = '%s',\n  description = 'Libraries of the %s service',\n", p.name, p.name)
	list(b, []string{":" + p.privateName()})
	b.WriteString(p.provides() + ")\n")
}

// provides returns the field of the distribution.
func (p *pkg) provides() string {
	name := p.dotted()
	if p.fault == otherProvidesName {
		name += "s"
	}
	return fmt.Sprintf("  provides = setup_py(\n    name = '%s',\n    version = %s,\n  )%s,\n",
		name, p.version(), p.withBinaries())
}

func (p *pkg) version() string {
	switch {
	case p.fault == literalVersion:
		return "'0.22.0'"
	case p.imports():
		return "open(os.path.join(get_buildroot(), '.version')).read().strip().upper()"
	}
	return "open('%s/.version' % get_buildroot()).read().strip().upper()"
}

func (p *pkg) withBinaries() string {
	switch {
	case p.main == "":
		return ""
	case p.fault == keywordBinaries:
		return fmt.Sprintf(".with_binaries(\n    %s = ':%s',\n  )", p.main, p.main)
	case p.fault == otherBinaryName:
		return fmt.Sprintf(".with_binaries({\n    '%ss': ':%s',\n  })", p.main, p.main)
	}
	return fmt.Sprintf(".with_binaries({\n    '%s': ':%s',\n  })", p.main, p.main)
}

func (p *pkg) binary(b *strings.Builder) {
	fmt.Fprintf(b, "\n# Started by the service's launcher; see its runbook before renaming it.\n"+
		"python_binary(\n  name = '%s',\n  description = 'The %s service itself',\n", p.main, p.name)
	if p.fault == sourceBinary {
		fmt.Fprintf(b, "  source = '%s.py',\n", p.main)
	} else {
		fmt.Fprintf(b, "  entry_point = '%s.%s:main',\n", p.dotted(), p.main)
	}
	dependencies := []string{":" + p.privateName()}
	if p.fault == moreThanTheLibrary {
		dependencies = append(dependencies, requirement(0))
	}
	list(b, dependencies)
	b.WriteString(")\n")
}

func (p *pkg) tests(b *strings.Builder) {
	fmt.Fprintf(b, "\n# Quick tests alone: what needs a cluster is in the directory of the end-to-end tests.\n"+
		"python_tests(\n  name = '%s',\n  sources = globs('*.py'),\n  tags = {'team%d', 'quick'},\n  timeout = 60,\n",
		p.name, p.index/teamSize)
	deps := append(p.dependencies(7), directoryOf(p.index-1))
	slices.Sort(deps)
	list(b, slices.Compact(deps))
	b.WriteString(")\n")
}

// list writes the field of the dependencies.
func list(b *strings.Builder, dependencies []string) {
	b.WriteString("  dependencies = [\n")
	for _, d := range dependencies {
		fmt.Fprintf(b, "    '%s',\n", d)
	}
	b.WriteString("  ],\n")
}

// dependencies returns about n dependencies, sorted: a third of the third party, and the first packages more of them.
func (p *pkg) dependencies(n int) []string {
	var deps []string
	for range n / 3 {
		deps = append(deps, requirement(p.rand.IntN(requirements)))
	}
	for j := range n - n/3 {
		if i, ok := p.earlier(j); ok {
			deps = append(deps, directoryOf(i))
		} else {
			deps = append(deps, requirement(p.rand.IntN(requirements)))
		}
	}
	slices.Sort(deps)
	return p.spoil(slices.Compact(deps))
}

// earlier returns a library before this one: by turns of the same team, and of anywhere.
func (p *pkg) earlier(turn int) (int, bool) {
	if p.index == 0 {
		return 0, false
	}
	i := p.rand.IntN(p.index)
	if turn%2 == 0 {
		i = p.index - 1 - p.rand.IntN(min(p.index, teamSize))
	}
	return i, i%4 != 3
}

// spoil breaks a convention of dependencies, if the package is to break one.
func (p *pkg) spoil(deps []string) []string {
	switch p.fault {
	case redundantName:
		last := deps[len(deps)-1]
		deps[len(deps)-1] = last + ":" + last[strings.LastIndexByte(last, '/')+1:]
	case repeatedDependency:
		deps = append(deps, deps[0])
	case unknownDependency:
		deps = append(deps, directoryOf(p.index)+"x")
	case foreignPrivate:
		deps = append(deps, directoryOf(0)+":_"+nameOf(0))
	case foreignBinary:
		deps = append(deps, directoryOf(0)+":run_"+nameOf(0))
	}
	return deps
}
