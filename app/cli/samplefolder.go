package cli

import (
	"context"
	"errors"
	"fmt"
	"image/png"
	"io"
	"os"
	"path/filepath"
	"strconv"

	"ganvas/app/words"
	"ganvas/datasets"
	"ganvas/engine/gan"
	"ganvas/engine/wholefile"
)

// pictures writes one PNG for each item into a folder. A folder that is not there appears whole or
// not at all; in one that is there, what was written is taken back if not all could be, unless it
// took the place of others.
func (c sampleCmd) pictures(ctx context.Context, env *Env, g *gan.Generator) (err error) {
	if !g.Out().Picture() {
		return fmt.Errorf("sample %s: it makes points, not pictures: choose gallery.png, x.npy or x.csv", c.File)
	}
	info, err := os.Stat(c.Out)
	switch {
	case errors.Is(err, os.ErrNotExist):
		return c.newFolder(ctx, env, g)
	case err != nil:
		return wholefile.Failed(c.Out, err)
	case !info.IsDir():
		return fmt.Errorf("write %s: it is a file: choose another folder", c.Out)
	}
	if !c.Force {
		if err := c.refuseSome(ctx); err != nil {
			return err
		}
	}
	written := 0
	defer func() {
		switch {
		case err == nil:
		case !c.Force:
			for i := range written {
				os.Remove(c.picture(c.Out, i))
			}
		case written > 0 && errors.Is(err, context.Canceled):
			err = &interruptedError{fmt.Sprintf("interrupted: of the pictures in %s the first %s are new, the others as they were", c.Out, words.Thousands(written))}
		}
	}()
	return c.eachPicture(ctx, env, g, func(i int, write func(io.Writer) error) (int64, error) {
		path := c.picture(c.Out, i)
		if err := writeFile(path, c.Force, write); err != nil {
			return 0, err
		}
		written = i + 1
		return sizeOnDisk(path), nil
	})
}

// newFolder writes the pictures into a folder that gets its name at the end.
func (c sampleCmd) newFolder(ctx context.Context, env *Env, g *gan.Generator) error {
	return wholefile.WriteFolder(c.Out, func(folder string) error {
		return c.eachPicture(ctx, env, g, func(i int, write func(io.Writer) error) (int64, error) {
			path := c.picture(folder, i)
			f, err := os.Create(path)
			if err != nil {
				return 0, err
			}
			err = errors.Join(write(f), f.Close())
			return sizeOnDisk(path), err
		})
	})
}

// eachPicture has save write every item, and stops early where the disk has no room for all; save
// returns the bytes on the disk.
func (c sampleCmd) eachPicture(ctx context.Context, env *Env, g *gan.Generator, save func(i int, write func(io.Writer) error) (int64, error)) error {
	item := g.Out()
	return c.items(ctx, env, g, func(first int, items []float32) error {
		written := 0
		for i := range len(items) / item.Size() {
			img := datasets.ToImage(items[i*item.Size():(i+1)*item.Size()], item[0], item[1], item[2])
			n, err := save(first+i, func(w io.Writer) error { return png.Encode(w, img) })
			if err != nil {
				return err
			}
			written += int(n)
		}
		if first > 0 {
			return nil
		}
		if err := checkRoom(c.Out, c.asMany(written), fewer); err != nil {
			return wholefile.Failed(c.Out, err)
		}
		return nil
	})
}

// picture returns the path of item i in a folder.
func (c sampleCmd) picture(folder string, i int) string {
	return filepath.Join(folder, fmt.Sprintf("%0*d.png", c.digits(), i+1))
}

func (c sampleCmd) digits() int { return max(4, len(strconv.Itoa(c.N))) }

// refuseSome fails if the folder has one of the pictures already. It looks at what is there, which
// may be much less than what is to come.
func (c sampleCmd) refuseSome(ctx context.Context) error {
	f, err := os.Open(c.Out)
	if err != nil {
		return wholefile.Failed(c.Out, err)
	}
	defer f.Close()
	for {
		names, err := f.Readdirnames(1000)
		for _, name := range names {
			i, wrong := strconv.Atoi(name[:max(0, len(name)-len(".png"))])
			if wrong == nil && i >= 1 && i <= c.N && c.picture("", i-1) == name {
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

// block is the least that a file takes on most disks.
const block = 4096

// sizeOnDisk returns the bytes that a file takes, in whole blocks.
func sizeOnDisk(path string) int64 {
	info, err := os.Stat(path)
	if err != nil {
		return block
	}
	return max(block, (info.Size()+block-1)/block*block)
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
