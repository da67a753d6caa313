package cli

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strconv"

	"ganvas/app/words"
	"ganvas/engine/wholefile"
)

// pictures writes one PNG for each item into a folder. A folder that is not there appears whole or
// not at all; in one that is there, what was written is taken back if not all could be, unless it
// took the place of others.
func (c *sampling) pictures() (err error) {
	if !c.g.Out().Picture() {
		return fmt.Errorf("sample %s: it makes points, not pictures: choose gallery.png, x.npy or x.csv", c.File)
	}
	info, err := os.Stat(c.Out)
	switch {
	case errors.Is(err, os.ErrNotExist):
		o, done := c.options()
		defer done()
		return o.Folder(c.ctx, c.Out, c.g)
	case err != nil:
		return wholefile.Failed(c.Out, err)
	case !info.IsDir():
		return fmt.Errorf("write %s: it is a file: choose another folder", c.Out)
	}
	if !c.Force {
		if err := c.refuseSome(c.ctx); err != nil {
			return err
		}
	}
	written := 0
	defer func() {
		switch {
		case err == nil:
		case !c.Force:
			for i := range written {
				os.Remove(c.picture(i))
			}
		case written > 0 && errors.Is(err, context.Canceled):
			err = &interruptedError{fmt.Sprintf("interrupted: of the pictures in %s the first %s are new, the others as they were", c.Out, words.Thousands(written))}
		}
	}()
	o, done := c.options()
	defer done()
	return o.Each(c.ctx, c.Out, c.g, func(i int, write func(io.Writer) error) (string, error) {
		path := c.picture(i)
		if err := writeFile(path, c.Force, write); err != nil {
			return "", err
		}
		written = i + 1
		return path, nil
	})
}

// picture returns the path of item i.
func (c *sampling) picture(i int) string { return filepath.Join(c.Out, c.o.Name(i)) }

// refuseSome fails if the folder has one of the pictures already. It looks at what is there, which
// may be much less than what is to come.
func (c *sampling) refuseSome(ctx context.Context) error {
	f, err := os.Open(c.Out)
	if err != nil {
		return wholefile.Failed(c.Out, err)
	}
	defer f.Close()
	for {
		names, err := f.Readdirnames(1000)
		for _, name := range names {
			i, wrong := strconv.Atoi(name[:max(0, len(name)-len(".png"))])
			if wrong == nil && i >= 1 && i <= c.N && c.o.Name(i-1) == name {
				return refuseToReplace(filepath.Join(c.Out, name), false)
			}
		}
		switch {
		case errors.Is(err, io.EOF):
			return ctx.Err()
		case err != nil:
			return wholefile.Failed(c.Out, err)
		}
	}
}

// makeFolder makes a folder unless it is there.
func makeFolder(path string) (made bool, err error) {
	if info, err := os.Stat(path); err == nil {
		if !info.IsDir() {
			return false, fmt.Errorf("write %s: it is a file: choose another folder", path)
		}
		return false, nil
	}
	if err := os.Mkdir(path, 0o755); err != nil {
		return false, wholefile.Failed(filepath.Clean(path), err)
	}
	return true, nil
}
