package files

import (
	"archive/zip"
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"hash"
	"hash/crc32"
	"io"

	"github.com/mholt/archives"
	"github.com/ulikunitz/xz/lzma"

	"ganvas/datasets/internal/work"
)

// How an entry of a zip may be packed (PKWARE, "APPNOTE.TXT", section 4.4.5), besides stored and by
// Deflate.
const (
	zipDeflate64 = 9
	zipBzip2     = 12
	zipLZMA      = 14
	zipZstd      = 93
	zipXZ        = 95
)

// methodNames are those of other ways to pack.
var methodNames = map[uint16]string{
	1: "Shrink", 2: "Reduce", 3: "Reduce", 4: "Reduce", 5: "Reduce", 6: "Implode", zipDeflate64: "Deflate64",
	10: "Implode", 94: "MP3", 96: "JPEG", 97: "WavPack", 98: "PPMd",
}

const mostDictionary = 128 << 20 // bytes that unpacking one entry may hold in memory

// openZipped opens an entry of a zip, however it is packed.
func openZipped(f *zip.File) (io.ReadCloser, error) {
	if f.Method == zip.Store || f.Method == zip.Deflate {
		return f.Open()
	}
	raw, err := f.OpenRaw()
	if err != nil {
		return nil, err
	}
	var plain io.ReadCloser
	switch f.Method {
	case zipBzip2:
		plain, err = opened(archives.Bz2{}, raw)
	case zipXZ:
		plain, err = opened(archives.Xz{}, raw)
	case zipZstd:
		plain, err = opened(zstandard, raw)
	case zipLZMA:
		plain, err = work.Guarded(func() (io.ReadCloser, error) { return openLZMA(raw, f) })
	default:
		name, ok := methodNames[f.Method]
		if !ok {
			name = fmt.Sprintf("method %d", f.Method)
		}
		return nil, fmt.Errorf("packed by %s, which is not read: unpack it, or pack it again with Deflate, which zips usually have", name)
	}
	if err != nil {
		return nil, err
	}
	return &checked{ReadCloser: plain, limited: io.LimitReader(plain, int64(f.UncompressedSize64)), sum: crc32.NewIEEE(), want: f.CRC32, left: f.UncompressedSize64}, nil
}

// openLZMA opens what follows the header that zips have in place of LZMA's own: two bytes of a
// version, and a length, always 5.
func openLZMA(raw io.Reader, f *zip.File) (io.ReadCloser, error) {
	var head [9]byte
	if _, err := io.ReadFull(raw, head[:]); err != nil {
		return nil, err
	}
	if binary.LittleEndian.Uint16(head[2:]) != 5 {
		return nil, errors.New("damaged: what LZMA needs is not there")
	}
	size := f.UncompressedSize64
	if f.Flags&2 != 0 { // an end is marked
		size = 1<<64 - 1
	}
	// More than what comes out need not be remembered.
	dictionary := min(uint64(binary.LittleEndian.Uint32(head[5:])), max(f.UncompressedSize64, lzma.MinDictCap))
	own := binary.LittleEndian.AppendUint32(head[4:5:5], uint32(dictionary))
	own = binary.LittleEndian.AppendUint64(own, size)
	r, err := lzma.ReaderConfig{DictCap: mostDictionary}.NewReader(io.MultiReader(bytes.NewReader(own), raw))
	if err != nil {
		return nil, err
	}
	return guardedReader{io.NopCloser(r)}, nil
}

// checked compares what it reads with a length and a checksum.
type checked struct {
	io.ReadCloser
	limited io.Reader
	sum     hash.Hash32
	want    uint32
	left    uint64
}

// Read reads, or says at the end that something else should have come.
func (c *checked) Read(p []byte) (int, error) {
	n, err := c.limited.Read(p)
	c.sum.Write(p[:n])
	c.left -= uint64(n)
	switch {
	case err != io.EOF:
	case c.left > 0:
		err = io.ErrUnexpectedEOF
	case c.sum.Sum32() != c.want:
		err = zip.ErrChecksum
	}
	return n, err
}

// zipDocument returns an error that names the program whose document a zip is, if it holds no
// pictures besides.
func zipDocument(z *zip.Reader) error {
	names := make([]string, 0, len(z.File))
	for _, f := range z.File {
		if PictureName(f.Name) || ArchiveName(f.Name) {
			return nil
		}
		names = append(names, f.Name)
	}
	if len(z.File) > 0 && z.File[0].Name == "mimetype" {
		if r, err := z.File[0].Open(); err == nil {
			text, _ := UpTo(r, 64)
			names[0] += " " + string(text)
			r.Close()
		}
	}
	if e := documentOf(names); e != nil {
		return e
	}
	return nil
}
