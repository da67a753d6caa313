package files

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"

	"ganvas/datasets/internal/dataset"
	"ganvas/datasets/internal/wording"
	"ganvas/datasets/internal/work"
	"ganvas/engine/splitmix"
	"ganvas/engine/wholefile"
)

// folder opens the files below a folder. Nothing outside it is ever reached: links are not followed
// out of it.
type folder struct {
	root   *os.Root
	prefix int // bytes of the names of entries before the path in root
}

// Open opens the file of an entry by its name.
func (f *folder) Open(name string) (io.ReadCloser, error) {
	return f.root.Open(filepath.FromSlash(name[f.prefix:]))
}

// walked is what one folder holds.
type walked struct {
	files   []seen
	folders []string // in it, by their paths from the root
	skipped []dataset.Skip
	links   int // of those that were skipped
	others  int
	digest  [sha256.Size]byte // of names, sizes and stamps
}

// seen is what is known of a file in a folder. There may be a million of them, of which nothing
// else is wanted where a set is in the cache.
type seen struct {
	name  string // in its folder
	size  int64
	stamp uint64
}

// AddFolder lists a folder and all below it.
func (l *Listing) AddFolder(ctx context.Context, dir string, lim dataset.Limits) error {
	entries, err := l.Walk(ctx, dir, lim)
	if err == nil {
		l.Entries = append(l.Entries, entries()...)
	}
	return err
}

// Walk lists a folder and all below it, level by level, the folders of a level on all processors:
// most of the time goes into asking the system for sizes and times. Links are not followed, so that
// there are no loops, and only so many levels are. The files are made entries when they are asked
// for.
func (l *Listing) Walk(ctx context.Context, dir string, lim dataset.Limits) (entries func() []Entry, err error) {
	root, err := os.OpenRoot(dir)
	if err != nil {
		return nil, fmt.Errorf("read %s: %w: check its permissions", dir, wholefile.Cause(err))
	}
	l.closers = append(l.closers, root)
	name := filepath.Base(wording.Absolute(dir))
	f := &folder{root, len(path.Join(name, "x")) - 1}
	stamp := sha256.New()
	fmt.Fprintf(stamp, "folder\x00%s\x00", name)
	var folders []string // and what files are in each
	var files [][]seen
	level, count := []string{"."}, 0
	for depth := 0; len(level) > 0; depth++ {
		if depth > lim.Depth {
			l.Skip(path.Join(name, level[0]), fmt.Sprintf("more than %d folders deep: choose a folder in it", lim.Depth))
			break
		}
		found := make([]walked, len(level))
		if err := work.Parallel(ctx, len(level), func() {}, func(_, i int) { found[i] = f.list(name, level[i], lim, l.Finds) }); err != nil {
			return nil, fmt.Errorf("read %s: %w", dir, err)
		}
		var next []string
		for i := range found {
			w := &found[i]
			if count += len(w.files); count > lim.Files {
				return nil, fmt.Errorf("read %s: more than %s files: choose a folder in it", dir, wording.Thousands(lim.Files))
			}
			folders, files = append(folders, level[i]), append(files, w.files)
			l.Skipped = append(l.Skipped, w.skipped...)
			l.Others += w.others
			l.Told += w.links
			next = append(next, w.folders...)
			fmt.Fprintf(stamp, "%s\x00", level[i])
			stamp.Write(w.digest[:])
		}
		level = next
	}
	l.Stamps = append(l.Stamps, [sha256.Size]byte(stamp.Sum(nil)))
	return func() []Entry {
		all := make([]Entry, 0, count)
		for i, in := range folders {
			prefix := path.Join(name, in) + "/"
			for _, s := range files[i] {
				all = append(all, Entry{Name: prefix + s.name, Size: s.size, stamp: s.stamp, Opener: f})
			}
			files[i] = nil
		}
		return all
	}, nil
}

// list lists one folder below the root, whose name in entries is prefix.
func (f *folder) list(prefix, dir string, lim dataset.Limits, finds *Finds) (w walked) {
	full := func(name string) string { return path.Join(prefix, dir, name) }
	in, err := f.root.Open(filepath.FromSlash(dir))
	if err != nil {
		w.skipped = append(w.skipped, dataset.Skip{Path: full(""), Reason: wording.Reason(err)})
		return w
	}
	defer in.Close()
	for {
		some, err := in.ReadDir(1024) // not all at once: what the system says of a file takes ten times the memory of what is kept
		before := len(w.files)
		for _, d := range some {
			f.take(&w, d, dir, full)
		}
		finds.add(len(w.files) - before)
		if err != nil && err != io.EOF {
			w.skipped = append(w.skipped, dataset.Skip{Path: full(""), Reason: wording.Reason(err)})
		}
		if err != nil || len(w.files) > lim.Files {
			break
		}
	}
	slices.SortFunc(w.files, func(a, b seen) int { return strings.Compare(a.name, b.name) })
	slices.SortFunc(w.skipped, func(a, b dataset.Skip) int { return strings.Compare(a.Path, b.Path) })
	slices.Sort(w.folders)
	sum := sha256.New()
	var text []byte
	for _, s := range w.files {
		text = binary.LittleEndian.AppendUint64(text, uint64(s.size))
		text = binary.LittleEndian.AppendUint64(text, s.stamp)
		text = append(append(text, s.name...), 0)
		if len(text) >= 4096 {
			sum.Write(text)
			text = text[:0]
		}
	}
	sum.Write(text)
	fmt.Fprintf(sum, "%d\x00%v", w.others, w.skipped)
	w.digest = [sha256.Size]byte(sum.Sum(nil))
	return w
}

// take puts one thing in a folder where it belongs.
func (f *folder) take(w *walked, d fs.DirEntry, dir string, full func(name string) string) {
	name := d.Name()
	switch {
	case Hidden(name) && d.IsDir():
	case d.IsDir():
		w.folders = append(w.folders, path.Join(dir, name))
	case Hidden(name):
		w.others++
	case d.Type()&fs.ModeSymlink != 0:
		w.skipped = append(w.skipped, dataset.Skip{Path: full(name), Reason: f.linkReason(path.Join(dir, name))})
		w.links++
	case !d.Type().IsRegular():
		w.others++
	default:
		info, err := d.Info()
		if err != nil {
			w.skipped = append(w.skipped, dataset.Skip{Path: full(name), Reason: wording.Reason(err)})
			return
		}
		w.files = append(w.files, seen{name, info.Size(), StampOf(info)})
	}
}

// linkReason says why a link is left out, and where it leads.
func (f *folder) linkReason(name string) string {
	what := "a symbolic link"
	if to, err := f.root.Readlink(filepath.FromSlash(name)); err == nil {
		what += " to " + filepath.ToSlash(to)
	}
	return what + ": not followed: open what it leads to, or put a copy of that here"
}

// StampOf mixes the times of a file's last changes: it differs, in all likelihood, once the file
// was written to. 0 is none.
func StampOf(info fs.FileInfo) uint64 {
	return uint64(info.ModTime().UnixNano()) ^ splitmix.At(uint64(changed(info)), 0)
}

// ErrChanged says that a file is not what it was when it was listed.
var ErrChanged = errors.New("it was changed while it was read")

// SteadyContents is contents, with ErrChanged beside it if a file was written to since it was
// listed.
func (e *Entry) SteadyContents(lim dataset.Limits) ([]byte, error) {
	r, err := e.Limited(lim)
	if err != nil {
		return nil, err
	}
	defer r.Close()
	data, err := readAll(r, e.Size)
	if err != nil || e.stamp == 0 {
		return data, err
	}
	f, ok := r.ReadCloser.(*os.File)
	if !ok {
		return data, nil
	}
	info, err := f.Stat()
	if err == nil && (info.Size() != e.Size || StampOf(info) != e.stamp) {
		err = ErrChanged
	}
	return data, err
}

// readAll reads the whole of r, which is likely to hold size bytes.
func readAll(r io.Reader, size int64) ([]byte, error) {
	buf := bytes.NewBuffer(make([]byte, 0, min(max(size, 0), 16<<20)+bytes.MinRead))
	_, err := buf.ReadFrom(r)
	return buf.Bytes(), err
}
