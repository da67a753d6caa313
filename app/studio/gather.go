package studio

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"ganvas/engine/wholefile"
)

// OpenSeveral makes one source of several files that were dropped, and learns from it: a project
// names its data by one path.
func (d *Data) OpenSeveral(paths []string) {
	if path, ok := oneSource(paths); ok {
		d.Choose(path)
		return
	}
	w := d.s.Work
	if w.After(func() { d.OpenSeveral(paths) }) {
		return
	}
	dir := wholefile.FreePath(filepath.Join(d.s.Home, "data", filepath.Base(filepath.Dir(paths[0]))), "")
	w.RunWriting(fmt.Sprintf("Gathering %d files", len(paths)), func(ctx context.Context, report func(done, total int)) error {
		return collect(ctx, dir, paths, report)
	}, func(err error) {
		if err != nil {
			d.s.FailUnlessCancelled(err)
			return
		}
		d.Choose(dir)
	})
}

// oneSource returns the path that stands for all of paths, if there is one: the folder, if they are
// all that it holds, or the pictures of an IDX pair.
func oneSource(paths []string) (string, bool) {
	dir := filepath.Dir(paths[0])
	for _, p := range paths {
		if filepath.Dir(p) != dir {
			return "", false
		}
	}
	for _, p := range paths {
		if name := filepath.Base(p); strings.Contains(name, "images") && strings.Contains(name, "ubyte") {
			return p, true // the labels are found beside the pictures
		}
	}
	entries, err := os.ReadDir(dir)
	if err != nil {
		return "", false
	}
	for _, e := range entries {
		if !strings.HasPrefix(e.Name(), ".") && !slices.Contains(paths, filepath.Join(dir, e.Name())) {
			return "", false
		}
	}
	return dir, true
}

// collect puts files and folders into a new folder: links to the same content where the disk allows
// it, copies otherwise. After an error nothing of it is left.
func collect(ctx context.Context, dir string, paths []string, report func(done, total int)) error {
	if err := os.MkdirAll(filepath.Dir(dir), 0o755); err != nil {
		return fmt.Errorf("gather files in %s: %w", dir, err)
	}
	return wholefile.WriteFolder(dir, func(folder string) error { return collectInto(ctx, folder, paths, report) })
}

func collectInto(ctx context.Context, dir string, paths []string, report func(done, total int)) error {
	for i, path := range paths {
		if ctx.Err() != nil {
			return ctx.Err()
		}
		info, err := os.Stat(path)
		if err != nil {
			return fmt.Errorf("gather files: %w", err)
		}
		extension := filepath.Ext(path)
		to := wholefile.FreePath(filepath.Join(dir, strings.TrimSuffix(filepath.Base(path), extension)), extension)
		switch {
		case info.IsDir():
			err = os.CopyFS(to, os.DirFS(path))
		case os.Link(path, to) != nil:
			err = copyFile(to, path)
		}
		if err != nil {
			return fmt.Errorf("gather %s: %w", path, err)
		}
		report(i+1, len(paths))
	}
	return nil
}

func copyFile(to, from string) error {
	in, err := os.Open(from)
	if err != nil {
		return err
	}
	defer in.Close()
	out, err := os.Create(to)
	if err != nil {
		return err
	}
	_, err = io.Copy(out, in)
	return errors.Join(err, out.Close())
}
