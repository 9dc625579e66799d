package edit

import (
	"errors"
	"fmt"
)

// backUp gives the former file another name, or copies it where the file system has no hard links.
func (tx *transaction) backUp(f *stagedFile) (err error) {
	backup := tempName(f.target)
	if err := tx.root.Link(f.target, backup); err != nil {
		backup, err = tx.create(f.target, f.Old, f.info)
		if err != nil {
			return err
		}
	}
	f.backup = backup
	return nil
}

// rollBack gives the replaced files their former contents back, and adds to err what became of them.
func (tx *transaction) rollBack(replaced []*stagedFile, err error) error {
	if len(replaced) == 0 {
		return tx.nothingWritten(err)
	}
	var errs []error
	for _, f := range replaced {
		if undoErr := tx.restore(f); undoErr != nil {
			errs = append(errs, undoErr)
		}
	}
	if len(errs) > 0 {
		return fmt.Errorf("%w; not every file written before could be rolled back: %w", err, errors.Join(errs...))
	}
	return fmt.Errorf("%w (no file was written: %d written before were rolled back)", err, len(replaced))
}

// nothingWritten says in err that no other file was written either.
func (tx *transaction) nothingWritten(err error) error {
	if tx.single {
		return err
	}
	return fmt.Errorf("%w (no file was written)", err)
}

// restore undoes replace, unless somebody wrote the file since. If it fails otherwise it keeps the backup and names it.
func (tx *transaction) restore(f *stagedFile) error {
	_, err := tx.check(f.target, f.New)
	if errors.Is(err, ErrChanged) {
		return fmt.Errorf("%s is left as it is: %w", f.Path, err)
	}
	if err == nil {
		err = tx.root.Rename(f.backup, f.target)
	}
	backup := f.backup
	f.backup = ""
	if err != nil {
		return fmt.Errorf("%s keeps its new content: %w; the former one is in %s", f.Path, cause(err), backup)
	}
	return nil
}
