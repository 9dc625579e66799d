package edit

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"math/rand"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"runtime"
	"strings"
	"syscall"
	"testing"
	"time"
)

// asNobody runs f without the superuser's power over files, if we have it.
func asNobody(f func()) {
	if os.Getuid() != 0 {
		f()
		return
	}
	done := make(chan struct{})
	go func() {
		defer close(done)
		runtime.LockOSThread()                                          // never unlocked: the thread ends with the goroutine
		_, _, _ = syscall.RawSyscall(syscall.SYS_SETFSUID, 65534, 0, 0) // it tells no error
		f()
	}()
	<-done
}

// openWorkspace is workspace with one file that everybody may write, in directories that everybody may.
func openWorkspace(t *testing.T, path, content string) (root string) {
	t.Helper()
	root, err := os.MkdirTemp("", "edit")
	must(t, err)
	t.Cleanup(func() { must(t, os.RemoveAll(root)) })
	dir := filepath.Join(root, filepath.Dir(path))
	must(t, os.MkdirAll(dir, 0o777))
	must(t, os.WriteFile(filepath.Join(root, path), []byte(content), 0o666))
	must(t, os.Chmod(filepath.Join(root, path), 0o666))
	must(t, os.Chmod(dir, 0o777))
	must(t, os.Chmod(root, 0o777))
	return root
}

func TestWriteFileReadOnlyDirectory(t *testing.T) {
	root := openWorkspace(t, "a/BUILD", "old")
	must(t, os.Chmod(filepath.Join(root, "a"), 0o555))
	asNobody(func() {
		err := WriteFile(root, "a/BUILD", []byte("old"), []byte("new"))
		wantError(t, err, fs.ErrPermission, "a/BUILD", "cannot create a temporary file in its directory: permission denied")
	})
	must(t, os.Chmod(filepath.Join(root, "a"), 0o777))
	wantFiles(t, root, map[string]string{"a/BUILD": "old"})
}

// TestWriteFileOfSomebodyElse refuses a file that could be replaced, since its directory is ours, but not written.
func TestWriteFileOfSomebodyElse(t *testing.T) {
	if os.Getuid() != 0 {
		needed(t, "only the superuser has files of somebody else")
	}
	root := openWorkspace(t, "BUILD", "old")
	must(t, os.Chmod(filepath.Join(root, "BUILD"), 0o644))
	asNobody(func() {
		err := WriteFile(root, "BUILD", []byte("old"), []byte("new"))
		wantError(t, err, fs.ErrPermission, "BUILD", "write BUILD: permission denied")
	})
	wantFiles(t, root, map[string]string{"BUILD": "old"})
}

// TestWriteAllCannotRollBack keeps the former content where it cannot be put back, and says where.
func TestWriteAllCannotRollBack(t *testing.T) {
	root := openWorkspace(t, "a/BUILD", "old")
	must(t, os.WriteFile(filepath.Join(root, "BUILD"), []byte("old"), 0o666))
	must(t, os.Chmod(filepath.Join(root, "BUILD"), 0o666))
	dir := filepath.Join(root, "a")
	var tx *transaction
	asNobody(func() {
		tx = prepared(t, root, []Change{{"a/BUILD", []byte("old"), []byte("new")}, {"BUILD", []byte("old"), []byte("new")}})
		must(t, tx.replace(tx.files[0]))
	})
	backup := tx.files[0].backup
	must(t, os.Chmod(dir, 0o555))
	asNobody(func() {
		err := tx.rollBack(tx.files[:1], failed("BUILD", ErrChanged))
		wantError(t, err, fs.ErrPermission, "BUILD",
			"a/BUILD keeps its new content: permission denied; the former one is in "+backup)
	})
	must(t, os.Chmod(dir, 0o777))
	must(t, tx.end())
	wantFiles(t, root, map[string]string{"a/BUILD": "new", "BUILD": "old", backup: "old"})
}

func TestWriteFileKeepsOwner(t *testing.T) {
	if os.Getuid() != 0 {
		needed(t, "only the superuser can give a file away")
	}
	root := workspace(t, map[string]string{"BUILD": "old"})
	file := filepath.Join(root, "BUILD")
	must(t, os.Chown(file, 1234, 5678))
	must(t, os.Chmod(file, 0o664))
	must(t, WriteFile(root, "BUILD", []byte("old"), []byte("new")))
	info, err := os.Stat(file)
	must(t, err)
	stat := info.Sys().(*syscall.Stat_t)
	if stat.Uid != 1234 || stat.Gid != 5678 || info.Mode() != 0o664 {
		t.Errorf("owner %d:%d, mode %v", stat.Uid, stat.Gid, info.Mode())
	}
}

func TestWriteFileSpecial(t *testing.T) {
	root := workspace(t, map[string]string{"x": ""})
	must(t, syscall.Mkfifo(filepath.Join(root, "BUILD"), 0o666))
	err := WriteFile(root, "BUILD", nil, []byte("new"))
	if err == nil || !strings.Contains(err.Error(), "no regular file") {
		t.Errorf("a pipe: got error %v", err)
	}
}

func TestWriteFileInvalidUTF8(t *testing.T) {
	root := workspace(t, map[string]string{"\xff\xfe/BUILD.\xff": "old"})
	must(t, WriteFile(root, "\xff\xfe/BUILD.\xff", []byte("old"), []byte("new")))
	wantFiles(t, root, map[string]string{"\xff\xfe/BUILD.\xff": "new"})
}

// mount mounts a small file system in memory on the directory dir.
func mount(t *testing.T, dir, options string) {
	t.Helper()
	if err := syscall.Mount("tmpfs", dir, "tmpfs", 0, options); err != nil {
		needed(t, "cannot mount a file system: "+err.Error())
	}
	t.Cleanup(func() { must(t, syscall.Unmount(dir, 0)) })
}

func TestWriteAllDiskFull(t *testing.T) {
	root := workspace(t, map[string]string{"x": ""})
	must(t, os.Remove(filepath.Join(root, "x")))
	mount(t, root, "size=64k")
	old, big := bytes.Repeat([]byte("o"), 8<<10), bytes.Repeat([]byte("n"), 24<<10)
	before := map[string]string{"a": string(old), "b": string(old), "c": string(old)}
	var changes []Change
	for path := range before {
		must(t, os.WriteFile(filepath.Join(root, path), old, 0o666))
		changes = append(changes, Change{path, old, big})
	}
	err := WriteAll(t.Context(), root, changes)
	wantError(t, err, syscall.ENOSPC, changes[1].Path,
		"cannot write the new content: no space left on device (no file was written)")
	wantFiles(t, root, before)

	path := changes[0].Path
	must(t, WriteFile(root, path, old, big)) // there is room for one
	before[path] = string(big)
	wantFiles(t, root, before)
}

func TestWriteFileReadOnlyFileSystem(t *testing.T) {
	root := workspace(t, map[string]string{"x": ""})
	must(t, os.Remove(filepath.Join(root, "x")))
	mount(t, root, "size=64k")
	must(t, os.WriteFile(filepath.Join(root, "BUILD"), []byte("old"), 0o666))
	must(t, syscall.Mount("", root, "", syscall.MS_REMOUNT|syscall.MS_RDONLY, ""))
	err := WriteFile(root, "BUILD", []byte("old"), []byte("new"))
	wantError(t, err, syscall.EROFS, "BUILD", "write BUILD: read-only file system")
	wantFiles(t, root, map[string]string{"BUILD": "old"})
}

// The environment variables that make of the test binary a process that writes until it is killed, or one that may only
// write small files.
const (
	writerEnv  = "EDIT_TEST_WRITER"
	limitedEnv = "EDIT_TEST_LIMITED"
)

func TestMain(m *testing.M) {
	if root := os.Getenv(writerEnv); root != "" {
		writeForever(root)
	}
	if root := os.Getenv(limitedEnv); root != "" {
		writeLimited(root)
	}
	os.Exit(m.Run())
}

const killedFiles = 8

// killedContent is the content of all files in state a or b.
func killedContent(state string) []byte { return bytes.Repeat([]byte(state), 100_000) }

func killedChanges(from, to string) []Change {
	var changes []Change
	for i := range killedFiles {
		changes = append(changes, Change{fmt.Sprintf("p%d/BUILD", i), killedContent(from), killedContent(to)})
	}
	return changes
}

// writeForever changes all files below root forth and back.
func writeForever(root string) {
	fmt.Println("ready")
	for from, to := "a", "b"; ; from, to = to, from {
		if err := WriteAll(context.Background(), root, killedChanges(from, to)); err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
	}
}

// TestWriteAllKilled kills a process that writes at random moments. No file may ever be torn, and a next run completes.
func TestWriteAllKilled(t *testing.T) {
	rounds := 40
	if testing.Short() {
		rounds = 5
	}
	mixed := 0
	for range rounds {
		files := make(map[string]string)
		for _, c := range killedChanges("a", "b") {
			files[c.Path] = string(c.Old)
		}
		root := workspace(t, files)
		killWriter(t, root)
		if checkKilled(t, root) {
			mixed++
		}
		finish(t, root)
		must(t, os.RemoveAll(root))
	}
	t.Logf("%d of %d kills came between two renamings", mixed, rounds)
}

// killWriter starts a process that writes below root, and kills it.
func killWriter(t *testing.T, root string) {
	t.Helper()
	cmd := exec.Command(os.Args[0])
	cmd.Env = append(os.Environ(), writerEnv+"="+root)
	cmd.Stderr = os.Stderr
	stdout, err := cmd.StdoutPipe()
	must(t, err)
	must(t, cmd.Start())
	if line, err := bufio.NewReader(stdout).ReadString('\n'); line != "ready\n" {
		t.Fatalf("the writer says %q, error %v", line, err)
	}
	time.Sleep(time.Duration(rand.Intn(40_000)) * time.Microsecond)
	must(t, cmd.Process.Kill())
	var exit *exec.ExitError
	if err := cmd.Wait(); !errors.As(err, &exit) || exit.Sys().(syscall.WaitStatus).Signal() != syscall.SIGKILL {
		t.Fatalf("the writer was not killed: %v", err)
	}
}

// checkKilled checks that each file is whole and that no other is there but temporary ones. It says whether there are
// files in both states.
func checkKilled(t *testing.T, root string) (mixed bool) {
	t.Helper()
	temporary := regexp.MustCompile(`^\.BUILD\.buildlint-[A-Z2-7]+\.tmp$`)
	states := make(map[byte]bool)
	for i := range killedFiles {
		dir := filepath.Join(root, fmt.Sprintf("p%d", i))
		content, err := os.ReadFile(filepath.Join(dir, "BUILD"))
		must(t, err)
		if !bytes.Equal(content, killedContent("a")) && !bytes.Equal(content, killedContent("b")) {
			t.Fatalf("%s/BUILD is torn: %d bytes", dir, len(content))
		}
		states[content[0]] = true
		entries, err := os.ReadDir(dir)
		must(t, err)
		for _, entry := range entries {
			if name := entry.Name(); name != "BUILD" && !temporary.MatchString(name) {
				t.Errorf("the writer left %s", name)
			}
		}
	}
	return len(states) > 1
}

// finish brings all files to one state, as a second run does.
func finish(t *testing.T, root string) {
	t.Helper()
	changes := killedChanges("a", "c")
	for i := range changes {
		content, err := os.ReadFile(filepath.Join(root, changes[i].Path))
		must(t, err)
		changes[i].Old = content
	}
	must(t, WriteAll(t.Context(), root, changes))
}

// TestWriteAllTooLarge writes only a part of the new content of the second file, as on a full disk.
func TestWriteAllTooLarge(t *testing.T) {
	before := map[string]string{"a": "old", "b": "old"}
	root := workspace(t, before)
	cmd := exec.Command(os.Args[0])
	cmd.Env = append(os.Environ(), limitedEnv+"="+root)
	if out, err := cmd.CombinedOutput(); err != nil {
		t.Errorf("%v: %s", err, out)
	}
	wantFiles(t, root, before)
}

// writeLimited exits with 0 if the error is right.
func writeLimited(root string) {
	limit := &syscall.Rlimit{Cur: 10_000, Max: 10_000}
	if err := syscall.Setrlimit(syscall.RLIMIT_FSIZE, limit); err != nil {
		fmt.Println(err)
		os.Exit(2)
	}
	err := WriteAll(context.Background(), root, []Change{
		{"a", []byte("old"), []byte("new")},
		{"b", []byte("old"), bytes.Repeat([]byte("n"), 20_000)},
	})
	const want = "write b: cannot write the new content: file too large (no file was written)"
	if err == nil || err.Error() != want {
		fmt.Println(err)
		os.Exit(1)
	}
	os.Exit(0)
}
