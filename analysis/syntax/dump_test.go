package syntax

import (
	"fmt"
	"strings"
)

// dump renders nodes as a tree of kinds and texts.
func dump(nodes []Node) string {
	var b strings.Builder
	for _, n := range nodes {
		dumpNode(&b, n, 0)
	}
	return b.String()
}

func dumpNode(b *strings.Builder, n Node, depth int) {
	fmt.Fprintf(b, "%s%v %q", strings.Repeat("  ", depth), n.Kind(), n.Text())
	if n.Name() != "" && n.Name() != n.Text() {
		fmt.Fprintf(b, " name=%s", n.Name())
	}
	if op := n.Op(); op != "" {
		fmt.Fprintf(b, " op=%s", op)
	}
	if names := n.Names(); names != nil {
		fmt.Fprintf(b, " names=%s", strings.Join(names, ","))
	}
	b.WriteByte('\n')
	for c := range n.Children() {
		dumpNode(b, c, depth+1)
	}
}
