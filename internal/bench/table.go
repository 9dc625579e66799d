package main

import (
	"fmt"
	"io"
	"maps"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"time"
)

// A figure is what was measured for a goal.
type figure struct {
	text string
	met  bool
}

// noGoal stands for the goal of what is only told.
const noGoal = "–"

func printHeader(w io.Writer) {
	fmt.Fprintf(w, "%s, %s/%s, %d processors, %s\n\n", time.Now().Format(time.DateOnly), runtime.GOOS, runtime.GOARCH,
		runtime.NumCPU(), runtime.Version())
	fmt.Fprint(w, "| what | goal | measured | met |\n|---|---|---|---|\n")
}

func printRow(w io.Writer, g goal, figures []figure) {
	var texts []string
	met := "yes"
	for _, f := range figures {
		texts = append(texts, f.text)
		if !f.met {
			met = "**no**"
		}
	}
	switch {
	case len(figures) == 0:
		texts, met = []string{"–"}, "not measured"
	case g.goal == noGoal:
		met = noGoal
	}
	fmt.Fprintf(w, "| %s | %s | %s | %s |\n", g.what, g.goal, strings.Join(texts, "; "), met)
}

// atMost is the figure of a ratio that is to be at most limit.
func atMost(what string, ratio, limit float64) figure {
	return figure{fmt.Sprintf("%s %.2f ×", what, ratio), ratio <= limit}
}

// atLeast is the figure of how many times faster buildlint is; ratio is its time by the other's.
func atLeast(what string, ratio, times float64) figure {
	return figure{fmt.Sprintf("%s %.1f times", what, 1/ratio), 1/ratio >= times}
}

// within is the figure of a time that is to be at most limit.
func within(what string, d, limit time.Duration) figure {
	return figure{fmt.Sprintf("%s %s", what, round(d)), d <= limit}
}

// memory is the figure of an amount in MiB that is to be at most limit.
func memory(what string, mib, limit float64) figure {
	return figure{fmt.Sprintf("%s %.0f MiB of %.0f", what, mib, limit), mib <= limit}
}

func round(d time.Duration) time.Duration {
	switch {
	case d > 10*time.Second:
		return d.Round(100 * time.Millisecond)
	case d > 100*time.Millisecond:
		return d.Round(time.Millisecond)
	}
	return d.Round(10 * time.Microsecond)
}

// runs are the usages of all commands that were run, by repository and name.
type runs map[[2]string][]usage

func (r runs) add(c command, u usage) {
	key := [2]string{filepath.Base(c.dir), c.name}
	r[key] = append(r[key], u)
}

// print writes the medians.
func (r runs) print(w io.Writer) {
	fmt.Fprint(w, "\n| repository | command | wall | cpu | peak memory | runs |\n|---|---|---|---|---|---|\n")
	keys := slices.SortedFunc(maps.Keys(r), func(a, b [2]string) int {
		if a[0] != b[0] {
			return len(a[0])*1000 + strings.Compare(a[0], b[0]) - len(b[0])*1000
		}
		return strings.Compare(a[1], b[1])
	})
	for _, key := range keys {
		var wall, cpu []time.Duration
		var peak []float64
		for _, u := range r[key] {
			wall, cpu, peak = append(wall, u.wall), append(cpu, u.cpu), append(peak, u.peak)
		}
		size := strings.Split(key[0], "-")[1]
		fmt.Fprintf(w, "| %s packages | %s | %s | %s | %.0f MiB | %d |\n", size, key[1], round(median(wall)),
			round(median(cpu)), median(peak), len(wall))
	}
}
