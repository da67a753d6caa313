// Package wholefile writes files that others rely on: a file has its name once its content is whole
// and on the disk, and not before. What was there stays until then. It knows no format, and does
// not write files that grow, such as projects.
package wholefile

import (
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"syscall"
)

// Mode says what becomes of a file that has the name already.
type Mode bool

// The modes.
const (
	Keep    Mode = false // it stays, and writing fails with an error that wraps fs.ErrExist
	Replace Mode = true  // it is replaced in one instant; its permissions stay
)

// Write lets write produce the content of path. After an error path is as it was, and nothing else
// is left. The error names path and, where there is one, a remedy.
func Write(path string, mode Mode, write func(io.Writer) error) error {
	target, old, err := destination(path, mode)
	if err != nil {
		return err
	}
	RemoveAbandoned(filepath.Dir(target))
	f, err := createTemp(filepath.Dir(target))
	if err != nil {
		return Failed(path, err)
	}
	defer f.Close() // once it has its name, or was removed: until then the open file says that it is not abandoned
	err = fill(path, f, old, write)
	if err == nil {
		err = publish(f.Name(), target, mode)
	}
	if err != nil {
		f.Close() // some systems do not remove what is open
		os.Remove(f.Name())
		return Failed(path, err)
	}
	return nil
}

// WriteBytes is Write of content that is there already.
func WriteBytes(path string, mode Mode, content []byte) error {
	return Write(path, mode, func(w io.Writer) error {
		_, err := w.Write(content)
		return err
	})
}

// Check fails if Write would fail at once, so that nothing slow need be done before.
func Check(path string, mode Mode) error {
	_, _, err := destination(path, mode)
	return err
}

// destination returns the file behind the links of path, and what is there now, nil if nothing.
func destination(path string, mode Mode) (target string, old fs.FileInfo, err error) {
	if path == "" {
		return "", nil, unnamed()
	}
	info, err := os.Lstat(path)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return path, nil, nil
	case err != nil:
		return "", nil, Failed(path, err)
	case mode == Keep && !info.IsDir():
		return "", nil, exists(path, fs.ErrExist)
	}
	target, err = filepath.EvalSymlinks(path)
	if errors.Is(err, fs.ErrNotExist) {
		return "", nil, &Error{Path: path, Err: err, Why: "it is a link to nothing", Remedy: "choose another name"}
	}
	if err == nil {
		info, err = os.Stat(target)
	}
	switch {
	case err != nil:
		return "", nil, Failed(path, err)
	case info.IsDir():
		return "", nil, &Error{Path: path, Err: fs.ErrExist, Why: "it is a folder", Remedy: "choose another name"}
	case !info.Mode().IsRegular():
		return "", nil, &Error{Path: path, Err: fs.ErrExist, Why: "it is a device, not a file", Remedy: "choose another name"}
	}
	return target, info, nil
}

// fill writes the content and makes it durable.
func fill(path string, f *os.File, old fs.FileInfo, write func(io.Writer) error) error {
	if err := write(f); err != nil {
		return within(path, f.Name(), err)
	}
	if old != nil {
		if err := f.Chmod(old.Mode().Perm()); err != nil && !errors.Is(err, errors.ErrUnsupported) {
			return err
		}
	}
	if err := f.Sync(); err != nil {
		return err
	}
	if runtime.GOOS == "windows" { // which renames nothing that is open
		return f.Close()
	}
	return nil
}

// publish gives the finished file temp its name. A power cut in the next seconds may take the name
// back, though not the content of what has it.
func publish(temp, path string, mode Mode) error {
	err := errors.ErrUnsupported
	if mode == Keep {
		err = os.Link(temp, path) // unlike a rename it never replaces
	}
	switch {
	case err == nil:
		os.Remove(temp)
	case errors.Is(err, fs.ErrExist):
		return err
	default: // to be replaced, or a file system without hard links
		return os.Rename(temp, path)
	}
	return nil
}

// Error is why a file was not written.
type Error struct {
	Path   string
	Err    error
	Why    string
	Remedy string // may be empty

	Replaceable bool // whether Replace would write where Keep does not
}

func (e *Error) Error() string {
	text := "write"
	if e.Path != "" {
		text += " " + e.Path
	}
	text += ": " + e.Why
	if e.Remedy != "" {
		text += ": " + e.Remedy
	}
	return text
}

// Unwrap returns what the system said.
func (e *Error) Unwrap() error { return e.Err }

func unnamed() error { return &Error{Err: fs.ErrNotExist, Why: "it has no name", Remedy: "name it"} }

func exists(path string, err error) *Error {
	return &Error{Path: path, Err: err, Why: "it exists already", Remedy: "choose another name, or replace it", Replaceable: true}
}

// Failed says what to do about an error of writing path.
func Failed(path string, err error) error {
	var known *Error
	if err == nil || errors.As(err, &known) {
		return err
	}
	e := &Error{Path: path, Err: err, Why: Cause(err).Error()}
	switch {
	case diskFull(err):
		e.Why, e.Remedy = "the disk is full", "free some space, or choose another disk"
	case errors.Is(err, fs.ErrExist):
		return exists(path, err)
	case errors.Is(err, fs.ErrNotExist):
		e.Why, e.Remedy = "there is no folder "+filepath.Dir(path), "create it first, or choose another"
	case errors.Is(err, syscall.ENOTDIR):
		e.Why, e.Remedy = filepath.Dir(path)+" is not a folder", "choose another"
	case errors.Is(err, fs.ErrPermission), errors.Is(err, syscall.EROFS):
		e.Remedy = "choose a folder that you may write to"
	}
	return e
}

// within says what to do about an error of what writes path by the name temp. It may be about other
// files, which it names.
func within(path, temp string, err error) error {
	var known *Error
	var p *fs.PathError
	if errors.As(err, &known) || diskFull(err) || errors.As(err, &p) && strings.HasPrefix(p.Path, temp) {
		return Failed(path, err)
	}
	return &Error{Path: path, Err: err, Why: err.Error()}
}

// Cause takes the paths out of an error of the system that the message names already.
func Cause(err error) error {
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
