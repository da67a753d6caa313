package files

import (
	"archive/tar"
	"archive/zip"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"strings"
	"sync/atomic"
	"unicode/utf8"

	"github.com/bodgit/sevenzip"
	"github.com/mholt/archives"
	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"

	"ganvas/datasets/internal/dataset"
	"ganvas/datasets/internal/wording"
	"ganvas/datasets/internal/work"
	"ganvas/engine/wholefile"
)

// unpacker lists what an archive and the archives in it hold. Nothing is unpacked to files of their
// own, so that no name in an archive can reach the disk; what cannot be read in any order goes
// through the listing's spool.
type unpacker struct {
	ctx     context.Context
	l       *Listing
	lim     dataset.Limits
	file    string // as the user named it
	entries int
	budget  *atomic.Int64 // bytes that may still be unpacked
}

// FreeUnpacking is how much may be unpacked whatever the ratio: blank pictures pack very well.
const FreeUnpacking = 64 << 20

// AddArchive lists an archive: zip, tar, 7z, rar, or a tar compressed by any of the usual programs.
func (l *Listing) AddArchive(ctx context.Context, file string, lim dataset.Limits) error {
	f, err := os.Open(file)
	if err != nil {
		return fmt.Errorf("read %s: %w", file, wholefile.Cause(err))
	}
	l.closers = append(l.closers, f)
	info, err := f.Stat()
	if err != nil {
		return fmt.Errorf("read %s: %w", file, wholefile.Cause(err))
	}
	u := &unpacker{ctx: ctx, l: l, lim: lim, file: file, budget: new(atomic.Int64)}
	u.budget.Store(min(lim.ArchiveBytes, max(FreeUnpacking, info.Size()*lim.Ratio)))
	if err := u.add(withoutExtension(filepath.Base(file)), f, info.Size(), 0); err != nil {
		return fmt.Errorf("read %s: %w", file, err)
	}
	return nil
}

// add lists an archive of size bytes. Below a depth of 0 it lies in another one.
func (u *unpacker) add(name string, r io.ReaderAt, size int64, depth int) error {
	head := make([]byte, HeadLength)
	n, err := r.ReadAt(head, 0)
	if err != nil && err != io.EOF {
		return wholefile.Cause(err)
	}
	kind := Packing(head[:n])
	_, err = work.Guarded(func() (struct{}, error) {
		switch kind {
		case "zip":
			return struct{}{}, u.addZip(name, r, size, depth)
		case "tar":
			return struct{}{}, u.addTar(name, r, size, depth)
		case "7z":
			return struct{}{}, u.addSolid(name, kind, archives.SevenZip{}, io.NewSectionReader(r, 0, size), depth)
		case "rar":
			return struct{}{}, u.addSolid(name, kind, archives.Rar{}, io.NewSectionReader(r, 0, size), depth)
		case "compressed":
			return struct{}{}, u.addCompressed(name, Compression(head[:n]), io.NewSectionReader(r, 0, size), depth)
		}
		return struct{}{}, errors.New("not an archive, whatever its name says: download or copy it again")
	})
	if errors.Is(err, work.ErrGaveUp) {
		if kind == "compressed" {
			kind = "archive"
		}
		return fmt.Errorf("the %s is damaged, or one of several parts: unpack it and choose the folder", kind)
	}
	return err
}

// addCompressed undoes the compression of a whole tar.
func (u *unpacker) addCompressed(name string, c archives.Decompressor, r io.Reader, depth int) error {
	plain, err := opened(c, r)
	if err != nil {
		return fmt.Errorf("the archive is truncated or damaged: %w: download or copy it again", err)
	}
	defer plain.Close()
	part, err := u.spool(plain)
	var head [HeadLength]byte
	n := 0
	if part != nil {
		n, _ = part.ReadAt(head[:], 0)
	}
	switch {
	case errors.Is(err, ErrFull):
		return u.tooMuch()
	case u.ctx.Err() != nil:
		return u.ctx.Err()
	case Packing(head[:n]) != "tar":
		if err != nil {
			return fmt.Errorf("the archive is truncated or damaged: %w: download or copy it again", err)
		}
		return errors.New("not a tar inside: choose a folder or an archive of pictures")
	}
	if err != nil { // what came before the damage is listed; addTar meets its end
		u.l.Skip(name, "the archive is truncated or damaged: what follows is lost: "+wording.Reason(err))
	}
	return u.add(name, part, part.Size(), depth)
}

// spool appends a stream to the listing's temporary file, within the budget.
func (u *unpacker) spool(r io.Reader) (*io.SectionReader, error) {
	part, err := u.l.Spool(Cancellable{u.ctx, r}, max(0, u.budget.Load()))
	if part != nil {
		u.budget.Add(-part.Size())
	}
	return part, err
}

func (u *unpacker) tooMuch() error {
	return fmt.Errorf("it unpacks to more than %d GB or %s times its size: unpack it and choose a folder of it", u.lim.ArchiveBytes>>30, wording.Thousands(int(u.lim.Ratio)))
}

func (u *unpacker) addZip(name string, r io.ReaderAt, size int64, depth int) error {
	z, err := zip.NewReader(r, size)
	if err != nil {
		if errors.Is(err, zip.ErrFormat) || errors.Is(err, io.ErrUnexpectedEOF) || errors.Is(err, io.EOF) {
			return errors.New("the zip is truncated or damaged: download or copy it again")
		}
		return wholefile.Cause(err)
	}
	if u.entries+len(z.File) > u.lim.ArchiveEntries {
		return u.tooMany(u.entries + len(z.File))
	}
	if err := zipDocument(z); err != nil {
		return err
	}
	names := make([]string, len(z.File))
	for i, f := range z.File {
		names[i] = zipName(f)
	}
	page := pageOf(names)
	var declared uint64
	for i, f := range z.File {
		if declared += f.UncompressedSize64; declared > uint64(max(0, u.budget.Load())) {
			return u.tooMuch()
		}
		called := readable(names[i], page)
		if f.Flags&1 != 0 {
			u.l.Skip(path.Join(name, called), "encrypted: unpack it with its password")
			continue
		}
		err := u.entry(packed{
			archive: name, kind: "zip", name: called, mode: f.Mode(), size: int64(f.UncompressedSize64), depth: depth,
			open: func() (io.ReadCloser, error) {
				r, err := openZipped(f)
				return &metered{r, u.budget}, err
			},
		})
		if err != nil {
			return err
		}
	}
	return nil
}

// addTar lists a tar, whose entries lie in it as they are.
func (u *unpacker) addTar(name string, r io.ReaderAt, size int64, depth int) error {
	file := io.NewSectionReader(r, 0, size)
	t := tar.NewReader(file)
	var page encoding.Encoding // of the names, once it is needed
	for first := true; ; first = false {
		h, err := t.Next()
		switch {
		case err == io.EOF:
			return nil
		case u.ctx.Err() != nil:
			return u.ctx.Err()
		case err != nil && first:
			return errors.New("the tar is truncated or damaged: download or copy it again")
		case err != nil:
			u.l.Skip(name, "the tar is truncated or damaged: what follows is lost")
			return nil
		}
		at, err := file.Seek(0, io.SeekCurrent)
		if err != nil {
			return err
		}
		if page == nil && !utf8.ValidString(h.Name) {
			page = pageOf(tarNames(u.ctx, io.NewSectionReader(r, 0, size), u.lim))
		}
		called := readable(h.Name, page)
		mode := h.FileInfo().Mode()
		if h.Typeflag == tar.TypeLink {
			mode |= fs.ModeSymlink
		}
		sparse := h.Typeflag == tar.TypeGNUSparse || h.PAXRecords["GNU.sparse.major"] != "" || h.PAXRecords["GNU.sparse.map"] != ""
		if sparse || h.Size > size-at && mode.IsRegular() {
			u.l.Skip(path.Join(name, called), map[bool]string{true: "a sparse file: unpack it first", false: "truncated: the archive ends before it does"}[sparse])
			continue
		}
		if err := u.entry(packed{archive: name, kind: "tar", name: called, mode: mode, size: h.Size, depth: depth, open: SectionOf(r, at, h.Size)}); err != nil {
			return err
		}
	}
}

// tarNames returns the names in a tar, as far as they can be read.
func tarNames(ctx context.Context, r io.Reader, lim dataset.Limits) (names []string) {
	t := tar.NewReader(r)
	for len(names) < lim.ArchiveEntries && ctx.Err() == nil {
		h, err := t.Next()
		if err != nil {
			break
		}
		names = append(names, h.Name)
	}
	return names
}

// addSolid lists an archive whose entries are quick to read only in their order.
func (u *unpacker) addSolid(name, kind string, x archives.Extractor, r io.Reader, depth int) error {
	any := false
	err := x.Extract(u.ctx, r, func(_ context.Context, f archives.FileInfo) error {
		any = true
		return u.entry(packed{archive: name, kind: kind, name: readable(f.NameInArchive, charmap.CodePage437), mode: f.Mode(), size: f.Size(), depth: depth, once: true, open: func() (io.ReadCloser, error) {
			return f.Open()
		}})
	})
	var locked *sevenzip.ReadError
	switch {
	case err == nil:
		return nil
	case u.ctx.Err() != nil:
		return u.ctx.Err()
	case errors.As(err, &locked) && locked.Encrypted, strings.Contains(err.Error(), "password"):
		return fmt.Errorf("the %s is encrypted: unpack it with its password", kind)
	case errors.Is(err, ErrStop):
		return err
	case any:
		u.l.Skip(name, fmt.Sprintf("the %s is truncated or damaged: what follows is lost", kind))
		return nil
	}
	return fmt.Errorf("the %s is truncated or damaged: download or copy it again", kind)
}

// ErrStop is part of the errors that end a listing rather than one entry of it.
var ErrStop = errors.New("unpack it and choose a folder of it")

func (u *unpacker) tooMany(n int) error {
	return fmt.Errorf("%s entries, over the limit of %s: %w", wording.Thousands(n), wording.Thousands(u.lim.ArchiveEntries), ErrStop)
}

// packed is an entry of an archive.
type packed struct {
	archive, kind, name string // the name in UTF-8, slashes between its parts
	mode                fs.FileMode
	size                int64
	depth               int
	once                bool // it can be opened only now
	open                func() (io.ReadCloser, error)
}

// entry lists an entry if it is safe to read. A name that points outside is a sign of an archive
// made to harm. It returns an error only when the whole archive is to be refused.
func (u *unpacker) entry(p packed) error {
	if u.entries++; u.entries > u.lim.ArchiveEntries {
		return u.tooMany(u.entries)
	}
	name, ok := inside(p.name)
	full := path.Join(p.archive, name)
	switch {
	case p.mode.IsDir() || strings.HasSuffix(p.name, "/") || name == ".":
		return nil
	case !ok:
		u.l.Skip(p.name, "its path leads out of the "+p.kind)
		return nil
	case hiddenPath(name):
		u.l.Others++
		return nil
	case p.mode&fs.ModeSymlink != 0:
		u.l.Skip(full, "a link to another file: not followed: unpack the "+p.kind+" and open the folder")
		u.l.Told++
		return nil
	case !p.mode.IsRegular():
		u.l.Others++
		return nil
	case p.size > u.lim.File && !ArchiveName(name):
		u.l.Skip(full, fmt.Sprintf("a file larger than %d MB", u.lim.File>>20))
		return nil
	case ArchiveName(name) && p.depth+1 > u.lim.Nesting:
		u.l.Skip(full, fmt.Sprintf("an archive more than %d deep in others: unpack it first", u.lim.Nesting))
		return nil
	}
	if !p.once && !ArchiveName(name) {
		u.l.add(Entry{Name: full, Size: p.size, Opener: OpenFunc(p.open)})
		return nil
	}
	part, err := u.unpack(p)
	switch {
	case errors.Is(err, ErrFull):
		return fmt.Errorf("it unpacks to more than %d GB or %s times its size: %w", u.lim.ArchiveBytes>>30, wording.Thousands(int(u.lim.Ratio)), ErrStop)
	case u.ctx.Err() != nil:
		return u.ctx.Err()
	case err != nil:
		u.l.Skip(full, wording.Reason(err))
		return nil
	}
	if !ArchiveName(name) {
		u.l.add(Entry{Name: full, Size: part.Size(), Opener: OpenFunc(SectionOf(part, 0, part.Size()))})
		return nil
	}
	err = u.add(path.Join(p.archive, path.Dir(name), withoutExtension(path.Base(name))), part, part.Size(), p.depth+1)
	if err != nil && !errors.Is(err, ErrStop) && u.ctx.Err() == nil {
		u.l.Skip(full, err.Error())
		return nil
	}
	return err
}

// unpack reads an entry into the spool.
func (u *unpacker) unpack(p packed) (*io.SectionReader, error) {
	r, err := p.open()
	if err != nil {
		return nil, err
	}
	defer r.Close()
	return u.spool(r)
}

func hiddenPath(name string) bool {
	for part := range strings.SplitSeq(name, "/") {
		if Hidden(part) {
			return true
		}
	}
	return false
}
