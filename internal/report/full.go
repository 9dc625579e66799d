package report

import (
	"fmt"
	"math"
	"strings"

	"github.com/buildlint/buildlint/analysis"
)

// maxRelatedExcerpts is how many related places show their source: more of them, such as a long cycle, are a list.
const maxRelatedExcerpts = 3

// maxFixLines is how many lines of a fix are shown unless all are asked for.
const maxFixLines = 12

// A view is what the format full shows of a finding.
type view struct {
	analysis.Diagnostic
	excerpt  *excerpt   // nil where there is nothing to show
	related  []*excerpt // one for each related place, nil likewise
	proposed []proposal
}

// A proposal is a fix with what it does.
type proposal struct {
	analysis.Fix
	diffs []fileDiff // none where only the title is shown
}

// full writes findings for people: the source with the range underlined, related places, fixes, and a summary.
func (r *reporter) full() error {
	for _, d := range r.result.Diagnostics {
		if _, err := r.out.WriteString(r.render(r.view(d)) + "\n"); err != nil {
			return err
		}
	}
	if r.Quiet {
		return nil
	}
	_, err := r.out.WriteString(palette{r.Color}.paint(bold, SummaryLine(r.result)) + "\n")
	return err
}

func (r *reporter) view(d analysis.Diagnostic) view {
	v := view{Diagnostic: d, excerpt: r.excerpt(d.Location, contextLines), proposed: r.proposals(d)}
	for _, related := range d.Related {
		var x *excerpt
		if len(d.Related) <= maxRelatedExcerpts {
			x = r.excerpt(related.Location, 0)
		}
		v.related = append(v.related, x)
	}
	return v
}

// excerpt returns the excerpt of l, nil if there is no text to show.
func (r *reporter) excerpt(l analysis.Location, context int) *excerpt {
	f := r.files.get(l.Path)
	if len(f.src) == 0 {
		return nil
	}
	x := newExcerpt(f, l.Span.Start, l.Span.End, context)
	return &x
}

// proposals returns the fixes of d that can be made, with what they do: all of them, or the preferred one alone.
func (r *reporter) proposals(d analysis.Diagnostic) []proposal {
	var all []proposal
	for _, fix := range d.Fixes {
		edits := r.files.edits(fix)
		if len(edits) == 0 {
			continue
		}
		p := proposal{Fix: fix}
		if r.ShowFixes || len(all) == 0 {
			p.diffs = r.files.diff(edits)
		}
		all = append(all, p)
	}
	return all
}

// maxLine returns the largest line number that v shows.
func (v view) maxLine() int {
	largest := 1
	for _, x := range append(v.related, v.excerpt) {
		if x != nil {
			largest = max(largest, x.below())
		}
	}
	for _, p := range v.proposed {
		for _, d := range p.diffs {
			for _, h := range d.hunks {
				largest = max(largest, h.number+len(h.removed))
			}
		}
	}
	return largest
}

// render returns the lines of a finding.
func (r *reporter) render(v view) string {
	c := &canvas{palette: palette{r.Color}, gutter: len(fmt.Sprint(v.maxLine())), width: r.Width}
	if c.width <= 0 {
		c.width = defaultWidth
	}
	mark := severityStyle(v.Severity)
	c.WriteString(c.paint(bold, r.position(v.Location)) + ": " +
		c.paint(mark, v.Severity.String()+"["+printable(v.Rule)+"]") + ": " + printable(v.Message) + "\n")
	if v.excerpt != nil {
		c.excerpt(*v.excerpt, mark)
	}
	for i, related := range v.Related {
		c.note("note", r.position(related.Location)+": "+printable(related.Message))
		if x := v.related[i]; x != nil {
			c.excerpt(*x, bold)
		}
	}
	for _, p := range v.proposed {
		r.proposal(c, p, v.Path)
	}
	c.note("help", "buildlint explain "+printable(v.Rule))
	return c.String()
}

// position returns path:line:column as it may reach a terminal.
func (r *reporter) position(l analysis.Location) string {
	start := r.files.place(l).start
	return fmt.Sprintf("%s:%d:%d", printable(l.Path), start.Line, start.Column)
}

// note writes a line below the excerpt.
func (c *canvas) note(label, text string) {
	indent := strings.Repeat(" ", c.gutter+2)
	c.WriteString(indent + c.paint(dim, "=") + " " + c.paint(bold, label) + ": " + text + "\n")
}

// proposal writes a fix: its title and the first lines of what it does, all of them with ShowFixes. A file is named
// unless it is the only one and that of the finding.
func (r *reporter) proposal(c *canvas, p proposal, path string) {
	c.note(fmt.Sprintf("fix (%s)", p.Applicability), printable(p.Title))
	limit := maxFixLines
	if r.ShowFixes {
		limit = math.MaxInt
	}
	total := 0
	for _, d := range p.diffs {
		if (len(p.diffs) > 1 || d.path != path) && limit > 0 {
			c.row("", printable(d.path))
		}
		for _, h := range d.hunks {
			limit -= c.hunk(h, limit)
			total += h.lines()
		}
	}
	if hidden := total - maxFixLines; limit == 0 && hidden > 0 {
		c.row("", ellipsis+" "+count(hidden, "more line"))
	}
}
