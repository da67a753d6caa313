package source

import (
	"context"
	"errors"
	"image"
	"io"
	"io/fs"
	"os"
	"path"
	"path/filepath"

	"ganvas/datasets/internal/dataset"
	"ganvas/datasets/internal/files"
)

// FirstPictures returns at most n pictures of a folder, an archive or a file of pictures, prepared
// as o says, without looking at the rest: to be shown while all are read. Of a folder's sub-folders
// each gives some. Where pictures cannot be had so quickly there are none.
func FirstPictures(ctx context.Context, source string, o dataset.Options, n int) []image.Image {
	o, err := dataset.Checked(o)
	if err != nil || isSource(source) {
		return nil
	}
	info, err := os.Stat(source)
	if err != nil {
		return nil
	}
	var entries []files.Entry
	if info.IsDir() {
		root, err := os.OpenRoot(source)
		if err != nil {
			return nil
		}
		defer root.Close()
		entries = firstFiles(ctx, root, ".", n, 0)
	} else {
		list, err := listOf(ctx, source)
		if err != nil {
			return nil
		}
		defer list.Close()
		entries = list.Entries
	}
	var out []image.Image
	for _, e := range entries {
		if len(out) == n || ctx.Err() != nil {
			break
		}
		img, err := decoded(e, 0, o, dataset.StandardLimits)
		if err != nil {
			continue
		}
		if img, _, err = Prepared(img, o); err == nil {
			out = append(out, img)
		}
	}
	return out
}

const (
	fewFiles   = 256 // of a folder that are looked at, in the order of the disk
	fewFolders = 16  // of a folder's that are gone into
	deepest    = 6   // folder in a folder
)

// firstFiles returns some of the files of a folder whose names are those of pictures, and of the
// folders in it.
func firstFiles(ctx context.Context, root *os.Root, dir string, n, depth int) []files.Entry {
	f, err := root.Open(filepath.FromSlash(dir))
	if err != nil || ctx.Err() != nil {
		return nil
	}
	list, err := f.ReadDir(fewFiles)
	f.Close()
	if err != nil && !errors.Is(err, io.EOF) {
		return nil
	}
	var out []files.Entry
	var folders []string
	for _, d := range list {
		name := path.Join(dir, d.Name())
		switch {
		case files.Hidden(name):
		case d.IsDir():
			folders = append(folders, name)
		case d.Type().IsRegular() && files.PictureName(name) && len(out) < n:
			if e, ok := fileIn(root, name, d); ok {
				out = append(out, e)
			}
		}
	}
	folders = folders[:min(len(folders), fewFolders)]
	if depth == deepest || len(folders) == 0 || len(out) == n {
		return out
	}
	share := max(1, (n-len(out))/len(folders))
	for _, name := range folders {
		out = append(out, firstFiles(ctx, root, name, min(share, n-len(out)), depth+1)...)
	}
	return out
}

func fileIn(root *os.Root, name string, d fs.DirEntry) (files.Entry, bool) {
	info, err := d.Info()
	if err != nil {
		return files.Entry{}, false
	}
	return files.Entry{Name: name, Size: info.Size(), Opener: files.OpenFunc(func() (io.ReadCloser, error) { return root.Open(filepath.FromSlash(name)) })}, true
}
