package wholefile

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
)

// WriteFolder lets fill write the files of a new folder, in a folder that has another name until
// then. The folder appears with all of its files or not at all, but these are not forced to the
// disk one by one, which would take longer than to write them. What is at path is kept.
func WriteFolder(path string, fill func(folder string) error) error {
	if err := CheckFolder(path); err != nil {
		return err
	}
	path = filepath.Clean(path)
	parent := filepath.Dir(path)
	RemoveAbandoned(parent)
	holder, err := createTemp(parent)
	if err != nil {
		return Failed(path, err)
	}
	temp := holder.Name() + folderSuffix
	defer os.Remove(holder.Name())
	defer holder.Close()
	if err = os.Mkdir(temp, 0o777); err == nil { // less what the umask takes
		if err = fill(temp); err != nil {
			err = within(path, temp, err)
		} else {
			err = os.Rename(temp, path)
		}
	}
	if err != nil {
		os.RemoveAll(temp)
		return Failed(path, err)
	}
	return nil
}

// CheckFolder fails if WriteFolder would fail at once, so that nothing slow need be done before.
func CheckFolder(path string) error {
	if path == "" {
		return unnamed()
	}
	_, err := os.Lstat(filepath.Clean(path))
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return nil
	case err != nil:
		return Failed(path, err)
	}
	return &Error{Path: path, Err: fs.ErrExist, Why: "it exists already", Remedy: "choose the name of a new folder"}
}
