// Package files lists what folders, archives and single files hold, before any of it is read, and
// knows formats by how files begin. Nothing outside of a folder or an archive is reached. It
// decodes nothing.
package files

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

// Entry is a file that may be a picture.
type Entry struct {
	Name  string // slashes between; begins with the name of the source it came from
	Size  int64  // bytes
	stamp uint64 // of a file in a folder; see StampOf
	Opener
	Label, From string // the class, or "", and where it stands, or "" where nothing says classes
	// Beside is the folder of a file that the user named, where what belongs to it may lie.
	Beside string
	Kind   Kind // of a file that the user named: Picture, Video or Parquet
	Named  bool // the user named this very file
	// Picture says that nothing else is meant to be in it; Frame, that it is one of a video.
	Picture, Frame bool
	Alone          bool // nothing else was opened
}

// Opener opens entries for reading. Those of a folder share one: there may be a million of them.
type Opener interface {
	Open(name string) (io.ReadCloser, error)
}

// OpenFunc opens one entry.
type OpenFunc func() (io.ReadCloser, error)

// Open calls f.
func (f OpenFunc) Open(string) (io.ReadCloser, error) { return f() }

// OSFile opens a file at a path.
func OSFile(path string) Opener {
	return OpenFunc(func() (io.ReadCloser, error) { return os.Open(path) })
}

// Weight is how much sources hold.
type Weight struct {
	Files int
	Bytes int64
}

// Listing is what the sources hold, before any of it is read.
type Listing struct {
	Entries  []Entry
	Skipped  []dataset.Skip
	Told     int      // of them, whose reason says what to do
	Animated int      // files with frames
	Others   int      // files that are no pictures and do not claim to be
	Beside   []string // folders that the sources lie in, where tables of labels may lie
	Finds    *Finds   // told of files as they are found; nil: nobody listens
	Hint     string   // a file among them that could be opened on its own
	Said     []string // of files that hold more than is taken, in plain sentences
	Tables   []Entry  // of Parquet, without pictures
	closers  []io.Closer
	spool    *spool              // nil until it is needed
	Stamps   [][sha256.Size]byte // of the sources, as far as they can be known without reading them
}

// Close lets go of all that is open.
func (l *Listing) Close() {
	for _, c := range l.closers {
		c.Close()
	}
}

// Spool copies what r holds, at most most bytes, into the listing's temporary file and returns a
// reader of it there. What came before an error is returned with it.
func (l *Listing) Spool(r io.Reader, most int64) (*io.SectionReader, error) {
	if l.spool == nil {
		l.spool = new(spool)
		l.closers = append(l.closers, l.spool)
	}
	return l.spool.add(r, most)
}

// add lists an entry that was found.
func (l *Listing) add(e Entry) {
	l.Entries = append(l.Entries, e)
	l.Finds.add(1)
}

// Skip lists something that is left out, and why.
func (l *Listing) Skip(path, why string) {
	l.Skipped = append(l.Skipped, dataset.Skip{Path: path, Reason: why})
}

// Other counts a file that is no picture and does not claim to be one.
func (l *Listing) Other(name string) {
	l.Others++
	base := strings.ToLower(path.Base(name))
	if l.Hint == "" && (strings.HasSuffix(base, ".csv") || strings.Contains(base, "idx3-ubyte")) {
		l.Hint = name
	}
}

// Hidden says whether a name is one that systems leave about and people do not see.
func Hidden(name string) bool {
	base := path.Base(name)
	return strings.HasPrefix(base, ".") && base != "." || base == "__MACOSX"
}

// Weight returns how many files are listed, and how many bytes they have.
func (l *Listing) Weight() (w Weight) {
	w.Files = len(l.Entries)
	for i := range l.Entries {
		w.Bytes += l.Entries[i].Size
	}
	return w
}

// Promised says whether an entry was meant to be a picture.
func (e Entry) Promised() bool { return e.Named || e.Picture || PictureName(e.Name) }

// AddFile lists one file that the user named. Its error is that of asking the system for it.
func (l *Listing) AddFile(file string, kind Kind) error {
	info, err := os.Stat(file)
	if err != nil {
		return err
	}
	l.Entries = append(l.Entries, Entry{
		Name: filepath.Base(file), Size: info.Size(), Named: true, Kind: kind, Beside: filepath.Dir(file),
		Opener: OSFile(file),
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

// Limited opens an entry for reading up to the limit for one file; one that grows meanwhile ends
// there.
func (e Entry) Limited(lim dataset.Limits) (*limitedReader, error) {
	if e.Size > lim.File {
		return nil, fmt.Errorf("a file larger than %d MB", lim.File>>20)
	}
	r, err := e.Open(e.Name)
	if err != nil {
		return nil, err
	}
	return &limitedReader{r, io.LimitReader(r, lim.File)}, nil
}

// Contents reads the whole of an entry, up to the limit for one file.
func (e Entry) Contents(lim dataset.Limits) ([]byte, error) {
	r, err := e.Limited(lim)
	if err != nil {
		return nil, err
	}
	defer r.Close()
	return readAll(r, e.Size)
}

// StampFile notes what is known of a file without reading it. Its error is that of asking the system
// for it.
func (l *Listing) StampFile(file string) error {
	info, err := os.Stat(file)
	if err != nil {
		return err
	}
	h := sha256.New()
	fmt.Fprintf(h, "file\x00%s\x00%d\x00%d", filepath.Base(wording.Absolute(file)), info.Size(), StampOf(info))
	l.Stamps = append(l.Stamps, [sha256.Size]byte(h.Sum(nil)))
	return nil
}

// ReaderAt opens an entry to be read in any order for as long as the listing is open.
func (l *Listing) ReaderAt(e Entry, lim dataset.Limits) (io.ReaderAt, int64, error) {
	r, err := e.Open(e.Name)
	if err != nil {
		return nil, 0, err
	}
	if at, ok := r.(io.ReaderAt); ok {
		l.closers = append(l.closers, r)
		return at, e.Size, nil
	}
	defer r.Close()
	part, err := l.Spool(r, lim.ArchiveBytes)
	if err != nil {
		return nil, 0, err
	}
	return part, part.Size(), nil
}

// InMemory is an entry whose bytes are there already.
func InMemory(name string, data []byte) Entry {
	return Entry{Name: name, Size: int64(len(data)), Opener: OpenFunc(func() (io.ReadCloser, error) { return io.NopCloser(bytes.NewReader(data)), nil })}
}
