package datasets

import (
	"context"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"strings"
)

// entry is a file that may be a picture.
type entry struct {
	name  string // slashes between; begins with the name of the source it came from
	size  int64  // bytes
	named bool   // the user named this very file
	open  func() (io.ReadCloser, error)
	kind  sourceKind // of a file that the user named: isPicture, isVideo or isParquet
	// picture says that nothing else is meant to be in it; frame, that it is one of a video.
	picture, frame bool
	alone          bool   // nothing else was opened
	label, from    string // the class, or "", and where it stands, or "" where nothing says classes
	// beside is the folder of a file that the user named, where what belongs to it may lie.
	beside string
}

// listing is what the sources hold, before any of it is read.
type listing struct {
	entries    []entry
	skipped    []Skip
	animated   int      // files with frames
	others     int      // files that are no pictures and do not claim to be
	beside     []string // folders that the sources lie in, where tables of labels may lie
	labelsFrom string   // where the labels stand, if not in folders
	hint       string   // a file among them that could be opened on its own
	closers    []io.Closer
	spool      *spool // nil until it is needed
}

func (l *listing) close() {
	for _, c := range l.closers {
		c.Close()
	}
}

// unpacked returns the listing's temporary file.
func (l *listing) unpacked() *spool {
	if l.spool == nil {
		l.spool = new(spool)
		l.closers = append(l.closers, l.spool)
	}
	return l.spool
}

func (l *listing) skip(path, why string) { l.skipped = append(l.skipped, Skip{path, why}) }

func (l *listing) other(name string) {
	l.others++
	base := strings.ToLower(path.Base(name))
	if l.hint == "" && (strings.HasSuffix(base, ".csv") || strings.Contains(base, "idx3-ubyte")) {
		l.hint = name
	}
}

// hidden says whether a name is one that systems leave about and people do not see.
func hidden(name string) bool {
	base := path.Base(name)
	return strings.HasPrefix(base, ".") && base != "." || base == "__MACOSX"
}

// addFolder lists a folder and all below it. Nothing outside it is ever reached: links are not followed, and
// files are opened through os.Root.
func (l *listing) addFolder(ctx context.Context, dir string) error {
	root, err := os.OpenRoot(dir)
	if err != nil {
		return fmt.Errorf("read %s: %w: check its permissions", dir, cause(err))
	}
	l.closers = append(l.closers, root)
	prefix := filepath.Base(absolute(dir))
	return fs.WalkDir(root.FS(), ".", func(name string, d fs.DirEntry, err error) error {
		if ctx.Err() != nil {
			return fmt.Errorf("read %s: %w", dir, ctx.Err())
		}
		full := path.Join(prefix, name)
		switch {
		case err != nil:
			l.skip(full, reason(err))
			if d != nil && d.IsDir() {
				return fs.SkipDir
			}
			return nil
		case hidden(name) && d.IsDir():
			return fs.SkipDir
		case d.IsDir():
			return nil
		case hidden(name):
			l.others++
			return nil
		case d.Type()&fs.ModeSymlink != 0:
			l.skip(full, "a symbolic link: not followed")
			return nil
		case !d.Type().IsRegular():
			l.others++
			return nil
		}
		info, err := d.Info()
		if err != nil {
			l.skip(full, reason(err))
			return nil
		}
		l.entries = append(l.entries, entry{name: full, size: info.Size(), open: func() (io.ReadCloser, error) {
			return root.Open(filepath.FromSlash(name))
		}})
		return nil
	})
}

// addFile lists one file that the user named.
func (l *listing) addFile(file string, kind sourceKind) error {
	info, err := os.Stat(file)
	if err != nil {
		return missing(file, err)
	}
	l.entries = append(l.entries, entry{
		name: filepath.Base(file), size: info.Size(), named: true, kind: kind, beside: filepath.Dir(file),
		open: func() (io.ReadCloser, error) { return os.Open(file) },
	})
	return nil
}

// limited opens an entry for reading up to the limit for one file; one that grows meanwhile ends there.
func (e entry) limited(lim limits) (io.ReadCloser, error) {
	if e.size > lim.file {
		return nil, fmt.Errorf("a file larger than %d MB", lim.file>>20)
	}
	r, err := e.open()
	if err != nil {
		return nil, err
	}
	return struct {
		io.Reader
		io.Closer
	}{io.LimitReader(r, lim.file), r}, nil
}
