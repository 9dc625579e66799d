package workspace

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"
	"time"
)

// graphFiles returns a workspace of packages p0, p1, … with a library each that depends on others.
func graphFiles(edges [][]int) map[string]string {
	files := map[string]string{}
	for i, to := range edges {
		var deps strings.Builder
		for _, j := range to {
			fmt.Fprintf(&deps, "'p%d', ", j)
		}
		files[fmt.Sprintf("p%d/BUILD", i)] = "python_library(dependencies=[" + deps.String() + "])"
	}
	return files
}

// reachable tells for each node which ones a path of at least one edge leads to.
func reachable(edges [][]int) [][]bool {
	reach := make([][]bool, len(edges))
	for i := range edges {
		reach[i] = make([]bool, len(edges))
		queue := append([]int(nil), edges[i]...)
		for len(queue) > 0 {
			j := queue[0]
			queue = queue[1:]
			if !reach[i][j] {
				reach[i][j] = true
				queue = append(queue, edges[j]...)
			}
		}
	}
	return reach
}

// distance is the length of a shortest circle through a node.
func distance(edges [][]int, node int) int {
	seen := map[int]int{}
	queue := []int{node}
	for len(queue) > 0 {
		i := queue[0]
		queue = queue[1:]
		for _, j := range edges[i] {
			if j == node {
				return seen[i] + 1
			}
			if _, ok := seen[j]; !ok {
				seen[j] = seen[i] + 1
				queue = append(queue, j)
			}
		}
	}
	return 0
}

// Each strongly connected part gives one shortest circle through its least address, told in that package.
func TestCyclesOfRandomGraphs(t *testing.T) {
	for seed := range uint64(300) {
		r := rand.New(rand.NewPCG(seed, 2))
		n := 1 + r.IntN(9)
		edges := make([][]int, n)
		for range r.IntN(2 * n) {
			i := r.IntN(n)
			edges[i] = append(edges[i], r.IntN(n))
		}
		reach := reachable(edges)
		s := open(graphFiles(edges))
		if seed%2 == 0 {
			if _, err := s.AllPackages(); err != nil { // then all cycles are found at once
				t.Fatal(err)
			}
		}
		for i := range n {
			least := reach[i][i]
			for j := range i {
				least = least && !(reach[i][j] && reach[j][i])
			}
			cycles := s.Cycles(fmt.Sprintf("p%d", i))
			switch {
			case !least && len(cycles) > 0, least && len(cycles) != 1:
				t.Fatalf("seed %d, %v: %d cycles at p%d", seed, edges, len(cycles), i)
			case !least:
				continue
			}
			checkCycle(t, cycles[0], Address{Dir: fmt.Sprintf("p%d", i), Name: fmt.Sprintf("p%d", i)}, distance(edges, i))
		}
	}
}

func checkCycle(t *testing.T, c Cycle, first Address, length int) {
	t.Helper()
	if len(c) != length || c[0].Target.Address() != first {
		t.Fatalf("a circle of %d from %v, want one of %d from %v", len(c), c[0].Target.Address(), length, first)
	}
	for i, use := range c {
		if use.Edge.To != c[(i+1)%len(c)].Target.Address() || use.Package.Dir() != use.Target.Address().Dir {
			t.Fatalf("use %d of the circle does not lead to the next", i)
		}
	}
}

// What with_binaries names is a dependency, what pages link to is none.
func TestCycleEdges(t *testing.T) {
	tests := []struct {
		src  string
		want int
	}{
		{"python_library(provides=setup_py(name='x').with_binaries({'y': ':y'}))\npython_binary(name='y', dependencies=[':b'])", 1},
		{"python_app(name='x', binary=':y')\npython_binary(name='y', dependencies=[':x'])", 1},
		{"page(name='x', links=[':y'])\npage(name='y', links=[':x'])", 0},
		{"scala_library(name='x', java_sources=[':y'])\njava_library(name='y', dependencies=[':x'])", 0},
		{"python_library(name='x', dependencies=[':x'])", 1},
		{"python_library(name='x', dependencies=[':gone', '/x'])", 0},
		{"python_library(name='x', dependencies=[':x', ':x', 'a/b:x'])", 1},
		{"python_library(name='x', dependencies=[':y'])\npython_library(name='y')\npython_library(name='y', dependencies=[':x'])", 0},
	}
	for _, tt := range tests {
		if got := len(open(map[string]string{"a/b/BUILD": tt.src}).Cycles("a/b")); got != tt.want {
			t.Errorf("%s\n%d cycles, want %d", tt.src, got, tt.want)
		}
	}
}

// Long chains and circles need neither a deep stack nor much time.
func TestLongCycles(t *testing.T) {
	const n = 10000
	chain := make([][]int, n)
	for i := range n - 1 {
		chain[i] = []int{i + 1}
	}
	circle := append([][]int(nil), chain...)
	circle[n-1] = []int{0}
	for want, edges := range [][][]int{chain, circle} {
		start := time.Now()
		s := open(graphFiles(edges))
		if _, err := s.AllPackages(); err != nil {
			t.Fatal(err)
		}
		cycles := s.CyclesFrom([]string{"p0"})
		if len(cycles) != want || want == 1 && len(cycles[0]) != n {
			t.Errorf("%d cycles, want %d", len(cycles), want)
		}
		if took := time.Since(start); took > 20*time.Second {
			t.Errorf("%d packages took %v", n, took)
		}
	}
}
