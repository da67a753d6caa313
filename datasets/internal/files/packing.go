package files

import (
	"bytes"
	"io"
	"path"
	"strings"

	"github.com/klauspost/compress/zstd"
	"github.com/mholt/archives"

	"ganvas/datasets/internal/work"
)

// withoutExtension takes the endings of archives off a name: "pets.tar.gz" is "pets".
func withoutExtension(name string) string {
	base := strings.TrimSuffix(name, path.Ext(name))
	if strings.HasSuffix(strings.ToLower(base), ".tar") {
		base = base[:len(base)-4]
	}
	if base == "" {
		return name
	}
	return base
}

// Packing says what kind of archive begins with head: zip, tar, 7z or rar; "compressed" for
// something that a program such as gzip made; or "".
func Packing(head []byte) string {
	switch {
	case bytes.HasPrefix(head, []byte("PK\x03\x04")), bytes.HasPrefix(head, []byte("PK\x05\x06")):
		return "zip"
	case bytes.HasPrefix(head, []byte("7z\xbc\xaf\x27\x1c")):
		return "7z"
	case bytes.HasPrefix(head, []byte("Rar!\x1a\x07")):
		return "rar"
	case len(head) >= 262 && string(head[257:262]) == "ustar":
		return "tar"
	case Compression(head) != nil:
		return "compressed"
	}
	return ""
}

// zstandard reads with the memory of one window, up to what zstd's own program reads unasked.
var zstandard = archives.Zstd{DecoderOptions: []zstd.DOption{zstd.WithDecoderConcurrency(1), zstd.WithDecoderLowmem(true), zstd.WithDecoderMaxWindow(128 << 20)}}

// Compression returns what can undo the compression of a stream that begins with head, or nil. Only
// those are known that begin with a sign of their own.
func Compression(head []byte) archives.Decompressor {
	for _, c := range []struct {
		magic string
		archives.Decompressor
	}{
		{"\x1f\x8b\x08", archives.Gz{}},
		{"\x28\xb5\x2f\xfd", zstandard},
		{"BZh", archives.Bz2{}},
		{"\xfd7zXZ\x00", archives.Xz{}},
		{"\x04\x22\x4d\x18", archives.Lz4{}},
	} {
		if strings.HasPrefix(string(head), c.magic) {
			return c.Decompressor
		}
	}
	return nil
}

// opened returns what a stream holds before it was compressed.
func opened(c archives.Decompressor, r io.Reader) (io.ReadCloser, error) {
	return work.Guarded(func() (io.ReadCloser, error) {
		plain, err := c.OpenReader(r)
		if err != nil {
			return nil, err
		}
		return guardedReader{plain}, nil
	})
}

// guardedReader turns the panic of a decompressor into an error.
type guardedReader struct{ io.ReadCloser }

// Read reads, or returns what the decompressor panicked with.
func (g guardedReader) Read(p []byte) (int, error) {
	return work.Guarded(func() (int, error) { return g.ReadCloser.Read(p) })
}
