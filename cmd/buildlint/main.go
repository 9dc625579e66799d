// Buildlint finds and fixes departures from the conventions of BUILD files.
package main

import (
	"os"

	"github.com/buildlint/buildlint/internal/cli"
)

func main() {
	os.Exit(cli.Main(os.Args[1:], os.Stdin, os.Stdout, os.Stderr))
}
