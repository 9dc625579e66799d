// Corpus counts how much of the BUILD files of git repositories package syntax can read.
//
//	go run ./analysis/syntax/corpus [-python=python3] GITDIR…
//
// It reads each distinct BUILD file of the whole history of each repository. With -python, it also reports the files
// that this interpreter accepts and package syntax does not, and where the two count different numbers of statements.
package main

import (
	"flag"
	"fmt"
	"os"
)

func main() {
	interpreter := flag.String("python", "", "compare with this Python `interpreter`")
	verbose := flag.Bool("v", false, "name the files behind the figures")
	flag.Parse()
	if flag.NArg() == 0 {
		flag.Usage()
		os.Exit(2)
	}
	if err := run(flag.Args(), *interpreter, *verbose); err != nil {
		fmt.Fprintln(os.Stderr, "corpus:", err)
		os.Exit(1)
	}
}

func run(dirs []string, interpreter string, verbose bool) error {
	var py *python
	if interpreter != "" {
		var err error
		if py, err = startPython(interpreter); err != nil {
			return err
		}
		defer py.stop()
	}
	for _, dir := range dirs {
		c := newCounter(py, verbose)
		if err := eachBuildFile(dir, c.file); err != nil {
			return err
		}
		c.print(dir)
	}
	return nil
}
