package python

import (
	"strings"

	"github.com/buildlint/buildlint/analysis/syntax"
)

// importStatement reads `import a.b as c, d`.
func (r *reader) importStatement(ctx context, tokens []syntax.Token) {
	for _, part := range r.split(tokens[1:], ",") {
		path := part
		as := r.find(part, "as")
		if as >= 0 {
			path = part[:as]
		}
		module, ok := r.dotted(path)
		if !ok || as >= 0 && as+2 != len(part) {
			r.m.Malformed = true
			continue
		}
		r.addImport(ctx, Import{Module: module, Span: span(path)})
		b := r.binding(path[0], ImportBinding)
		b.Origin.Module = b.Name
		if as >= 0 {
			b = r.binding(part[as+1], ImportBinding)
			b.Origin.Module = module
		}
		ctx.names.bind(b)
	}
}

// fromStatement reads `from ..a.b import c as d, e`.
func (r *reader) fromStatement(ctx context, tokens []syntax.Token) {
	keyword := r.indexOf(tokens, "import")
	if keyword < 2 || keyword+1 == len(tokens) {
		r.m.Malformed = true
		return
	}
	source := tokens[1:keyword]
	imported := Import{Span: span(source)}
	for len(source) > 0 && r.src[source[0].Span.Start] == '.' {
		imported.Level += source[0].Span.Len() // `...` is one token
		source = source[1:]
	}
	var ok bool
	if imported.Module, ok = r.dotted(source); !ok && len(source) > 0 {
		r.m.Malformed = true
		return
	}
	names := tokens[keyword+1:]
	if r.is(names[0], "*") {
		imported.Star = true
		r.m.Star = r.m.Star || ctx.kind != inFunction
	} else {
		r.importNames(ctx, &imported, names)
	}
	r.addImport(ctx, imported)
}

func (r *reader) importNames(ctx context, imported *Import, names []syntax.Token) {
	if r.is(names[0], "(") && r.is(names[len(names)-1], ")") {
		names = names[1 : len(names)-1]
	}
	for _, part := range r.split(names, ",") {
		last := len(part) - 1
		if last != 0 && (last != 2 || !r.is(part[1], "as")) || part[last].Kind != syntax.NameTok {
			r.m.Malformed = true
			continue
		}
		name := r.text(part[0])
		imported.Names = append(imported.Names, ImportedName{Name: name, Span: part[0].Span})
		b := r.binding(part[last], ImportBinding)
		b.Origin = Origin{Module: imported.Module, Level: imported.Level, Name: name}
		ctx.names.bind(b)
	}
}

func (r *reader) addImport(ctx context, i Import) {
	i.TypeChecking = ctx.typeChecking
	i.Function = ctx.kind == inFunction
	r.m.Imports = append(r.m.Imports, i)
}

// span covers tokens, of which there is at least one.
func span(tokens []syntax.Token) syntax.Span {
	return syntax.Span{Start: tokens[0].Span.Start, End: tokens[len(tokens)-1].Span.End}
}

// String returns the module as it is written after `from`: "..pkg.mod".
func (i Import) String() string { return strings.Repeat(".", i.Level) + i.Module }

// String returns what is imported as a dotted name: "..pkg.mod.name".
func (o Origin) String() string {
	name := o.Module
	if o.Name != "" && name != "" {
		name += "."
	}
	return strings.Repeat(".", o.Level) + name + o.Name
}
