package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"

	"github.com/buildlint/buildlint/internal/bench/repository"
)

// buildifierVersion is what buildlint is compared with: of the version that its own parser has.
const buildifierVersion = "v0.0.0-20260904073137-eaa4d125b423"

// A bench has what is measured: programs and repositories.
type bench struct {
	*options
	bin  string
	runs runs
}

// prepare builds the programs and makes the repositories that are not there yet.
func prepare(ctx context.Context, o *options) (*bench, error) {
	abs, err := filepath.Abs(o.dir)
	if err != nil {
		return nil, err
	}
	o.dir = abs
	b := &bench{options: o, bin: filepath.Join(abs, "bin") + string(filepath.Separator), runs: runs{}}
	if err := os.MkdirAll(b.bin, 0o755); err != nil {
		return nil, err
	}
	if err := b.build(ctx); err != nil {
		return nil, err
	}
	for _, n := range o.sizes {
		if err := b.makeRepository(ctx, n); err != nil {
			return nil, err
		}
	}
	return b, nil
}

func (b *bench) build(ctx context.Context) error {
	ours := exec.CommandContext(ctx, "go", "build", "-o", b.bin,
		"./cmd/buildlint", "./cmd/buildls", "./internal/bench/floor")
	ours.Env = append(os.Environ(), "CGO_ENABLED=0") // as releases are built
	theirs := exec.CommandContext(ctx, "go", "install", "github.com/bazelbuild/buildtools/buildifier@"+buildifierVersion)
	theirs.Env = append(os.Environ(), "GOBIN="+b.bin, "GOFLAGS=")
	for _, cmd := range []*exec.Cmd{ours, theirs} {
		cmd.Stderr = os.Stderr
		if err := cmd.Run(); err != nil {
			return fmt.Errorf("%s: %w", cmd, err)
		}
	}
	return nil
}

// repo returns the path of the repository of n packages.
func (b *bench) repo(n int) string {
	return filepath.Join(b.dir, fmt.Sprintf("packages-%d-%s", n, repository.Fingerprint()))
}

func (b *bench) makeRepository(ctx context.Context, n int) error {
	_, err := os.Stat(b.repo(n))
	if !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	fmt.Fprintf(os.Stderr, "making %s\n", b.repo(n))
	return repository.Write(ctx, b.repo(n), n)
}

// buildlint returns the command that lints the repository of n packages. What it finds goes to a file, as in CI.
// buildlint returns a run that knows nothing of those before.
func (b *bench) buildlint(n int, args ...string) command {
	return b.remembering(n, append([]string{"--no-cache"}, args...)...)
}

// remembering returns a run that takes over what one before it has kept.
func (b *bench) remembering(n int, args ...string) command {
	args = append([]string{b.bin + "buildlint", "--exit-zero", "--quiet", "--output-file", os.DevNull}, args...)
	return command{name: "buildlint", args: args, dir: b.repo(n), env: []string{"XDG_CACHE_HOME=" + b.cache()}}
}

func (b *bench) cache() string { return filepath.Join(b.dir, "cache") }

// afterChange returns a run that takes over what one before it knew of the workspace, but not what that wrote: as if
// a file had changed that it looks at.
func (b *bench) afterChange(n int, args ...string) command {
	c := b.remembering(n, args...)
	c.forgets = filepath.Join(b.cache(), "buildlint", "*.run")
	return c
}

func (b *bench) floor(n int) command {
	return command{name: "floor", args: []string{b.bin + "floor", "."}, dir: b.repo(n)}
}

func (b *bench) buildifier(n int, lint string) command {
	return command{
		name: "buildifier -lint=" + lint, dir: b.repo(n), fails: true,
		args: []string{b.bin + "buildifier", "-mode=check", "-lint=" + lint, "-r", "."},
	}
}

// halves returns two buildifiers at once, each over half of the repository.
func (b *bench) halves(n int) command {
	script := `find . -name BUILD -not -path './.git/*' | sort > "$0"; split -n l/2 "$0" "$0."; ` +
		`for f in "$0.aa" "$0.ab"; do xargs -n 5000 "$1" -mode=check -lint=warn < $f & done; wait`
	return command{
		name: "buildifier -lint=warn, two over halves", dir: b.repo(n), fails: true,
		args: []string{"sh", "-c", script, filepath.Join(b.dir, "files"), b.bin + "buildifier"},
	}
}

func (b *bench) gitStatus(n int) command {
	return command{name: "git status", args: []string{"git", "status", "--short"}, dir: b.repo(n)}
}
