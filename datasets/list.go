package datasets

import (
	"bytes"
	"crypto/sha256"
	"fmt"
	"io"
	"os"
	"path"
	"path/filepath"
	"strings"

	"ganvas/datasets/internal/dataset"
	"ganvas/datasets/internal/wording"
)

// entry is a file that may be a picture.
type entry struct {
	name  string // slashes between; begins with the name of the source it came from
	size  int64  // bytes
	stamp uint64 // of a file in a folder; see stampOf
	opener
	label, from string // the class, or "", and where it stands, or "" where nothing says classes
	// beside is the folder of a file that the user named, where what belongs to it may lie.
	beside string
	kind   sourceKind // of a file that the user named: isPicture, isVideo or isParquet
	named  bool       // the user named this very file
	// picture says that nothing else is meant to be in it; frame, that it is one of a video.
	picture, frame bool
	alone          bool // nothing else was opened
}

// opener opens entries for reading. Those of a folder share one: there may be a million of them.
type opener interface {
	open(name string) (io.ReadCloser, error)
}

// openFunc opens one entry.
type openFunc func() (io.ReadCloser, error)

func (f openFunc) open(string) (io.ReadCloser, error) { return f() }

// osFile opens a file at a path.
func osFile(path string) opener {
	return openFunc(func() (io.ReadCloser, error) { return os.Open(path) })
}

// weight is how much sources hold.
type weight struct {
	files int
	bytes int64
}

// listing is what the sources hold, before any of it is read.
type listing struct {
	entries  []entry
	skipped  []dataset.Skip
	told     int      // of them, whose reason says what to do
	animated int      // files with frames
	others   int      // files that are no pictures and do not claim to be
	beside   []string // folders that the sources lie in, where tables of labels may lie
	finds    *finds   // told of files as they are found; nil: nobody listens
	hint     string   // a file among them that could be opened on its own
	said     []string // of files that hold more than is taken, in plain sentences
	tables   []entry  // of Parquet, without pictures
	closers  []io.Closer
	spool    *spool              // nil until it is needed
	stamps   [][sha256.Size]byte // of the sources, as far as they can be known without reading them
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

// add lists an entry that was found.
func (l *listing) add(e entry) {
	l.entries = append(l.entries, e)
	l.finds.add(1)
}

func (l *listing) skip(path, why string) {
	l.skipped = append(l.skipped, dataset.Skip{Path: path, Reason: why})
}

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

// weight returns how many files are listed, and how many bytes they have.
func (l *listing) weight() (w weight) {
	w.files = len(l.entries)
	for i := range l.entries {
		w.bytes += l.entries[i].size
	}
	return w
}

// promised says whether an entry was meant to be a picture.
func (e entry) promised() bool { return e.named || e.picture || pictureName(e.name) }

// addFile lists one file that the user named. Its error is that of asking the system for it.
func (l *listing) addFile(file string, kind sourceKind) error {
	info, err := os.Stat(file)
	if err != nil {
		return err
	}
	l.entries = append(l.entries, entry{
		name: filepath.Base(file), size: info.Size(), named: true, kind: kind, beside: filepath.Dir(file),
		opener: osFile(file),
	})
	return nil
}

// limitedReader reads an entry up to the limit for one file.
type limitedReader struct {
	io.ReadCloser
	limited io.Reader
}

// Read reads, or ends at the limit.
func (l limitedReader) Read(p []byte) (int, error) { return l.limited.Read(p) }

// limited opens an entry for reading up to the limit for one file; one that grows meanwhile ends
// there.
func (e entry) limited(lim dataset.Limits) (*limitedReader, error) {
	if e.size > lim.File {
		return nil, fmt.Errorf("a file larger than %d MB", lim.File>>20)
	}
	r, err := e.open(e.name)
	if err != nil {
		return nil, err
	}
	return &limitedReader{r, io.LimitReader(r, lim.File)}, nil
}

// contents reads the whole of an entry, up to the limit for one file.
func (e entry) contents(lim dataset.Limits) ([]byte, error) {
	r, err := e.limited(lim)
	if err != nil {
		return nil, err
	}
	defer r.Close()
	return readAll(r, e.size)
}

// stampFile notes what is known of a file without reading it. Its error is that of asking the system
// for it.
func (l *listing) stampFile(file string) error {
	info, err := os.Stat(file)
	if err != nil {
		return err
	}
	h := sha256.New()
	fmt.Fprintf(h, "file\x00%s\x00%d\x00%d", filepath.Base(wording.Absolute(file)), info.Size(), stampOf(info))
	l.stamps = append(l.stamps, [sha256.Size]byte(h.Sum(nil)))
	return nil
}

// readerAt opens an entry to be read in any order for as long as the listing is open.
func (l *listing) readerAt(e entry, lim dataset.Limits) (io.ReaderAt, int64, error) {
	r, err := e.open(e.name)
	if err != nil {
		return nil, 0, err
	}
	if at, ok := r.(io.ReaderAt); ok {
		l.closers = append(l.closers, r)
		return at, e.size, nil
	}
	defer r.Close()
	part, err := l.unpacked().add(r, lim.ArchiveBytes)
	if err != nil {
		return nil, 0, err
	}
	return part, part.Size(), nil
}

// inMemory is an entry whose bytes are there already.
func inMemory(name string, data []byte) entry {
	return entry{name: name, size: int64(len(data)), opener: openFunc(func() (io.ReadCloser, error) { return io.NopCloser(bytes.NewReader(data)), nil })}
}
