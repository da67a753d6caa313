package cli

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"syscall"
)

// refuseToReplace fails if there is something at path, unless force.
func refuseToReplace(path string, force bool) error {
	if force {
		return nil
	}
	_, err := os.Lstat(path)
	switch {
	case err == nil:
		return fmt.Errorf("write %s: it exists already: choose another name, or say --force to replace it", path)
	case errors.Is(err, fs.ErrNotExist):
		return nil
	}
	return fmt.Errorf("write %s: %w", path, cause(err))
}

// writeFile lets write produce the content of path. The file appears whole or not at all, and replaces another only if
// force says so.
func writeFile(path string, force bool, write func(io.Writer) error) (err error) {
	if err := refuseToReplace(path, force); err != nil {
		return err
	}
	if info, err := os.Stat(path); err == nil && info.IsDir() {
		return fmt.Errorf("write %s: it is a folder: choose another name", path)
	}
	f, err := os.CreateTemp(filepath.Dir(path), ".ganvas-*.tmp")
	if err != nil {
		return cannotWrite(path, err)
	}
	defer func() {
		if err != nil {
			f.Close()
			os.Remove(f.Name())
			err = cannotWrite(path, err)
		}
	}()
	if err = write(f); err != nil {
		return err
	}
	// CreateTemp's files are private; a result is as readable as any file that the user creates.
	if err = f.Chmod(0o644); err != nil && !errors.Is(err, errors.ErrUnsupported) {
		return err
	}
	if err = f.Sync(); err != nil {
		return err
	}
	if err = f.Close(); err != nil {
		return err
	}
	return os.Rename(f.Name(), path)
}

// cannotWrite says what to do about an error of writing path.
func cannotWrite(path string, err error) error {
	switch {
	case errors.Is(err, syscall.ENOSPC):
		return fmt.Errorf("write %s: the disk is full: free some space, or choose another disk", path)
	case errors.Is(err, fs.ErrNotExist):
		return fmt.Errorf("write %s: there is no folder %s: create it first, or choose another", path, filepath.Dir(path))
	case errors.Is(err, fs.ErrPermission), errors.Is(err, syscall.EROFS):
		return fmt.Errorf("write %s: %w: choose a folder that you may write to", path, cause(err))
	}
	return fmt.Errorf("write %s: %w", path, cause(err))
}

// cause takes the path out of an error of the system that the message names already.
func cause(err error) error {
	var p *fs.PathError
	if errors.As(err, &p) {
		return p.Err
	}
	var l *os.LinkError
	if errors.As(err, &l) {
		return l.Err
	}
	return err
}
