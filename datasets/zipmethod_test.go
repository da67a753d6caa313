package datasets

import (
	"archive/zip"
	"bytes"
	"context"
	"hash/crc32"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/mholt/archives"

	"ganvas/datasets/internal/datatest"
)

// Methods of zips (PKWARE, APPNOTE.TXT, section 4.4.5).
const deflate64, bzip2Method, lzmaMethod, zstdMethod, xzMethod = 9, 12, 14, 93, 95

// methodZip is a zip of three pictures that are packed by something.
func methodZip(t *testing.T, method uint16, pack func(io.Writer) (io.WriteCloser, error), change func(h *zip.FileHeader)) string {
	t.Helper()
	var out bytes.Buffer
	z := zip.NewWriter(&out)
	for i, data := range [][]byte{datatest.Red, datatest.Green, datatest.Blue} {
		var packed bytes.Buffer
		w, err := pack(&packed)
		datatest.Must(t, err)
		w.Write(data)
		datatest.Must(t, w.Close())
		h := &zip.FileHeader{Name: string(rune('0'+i)) + ".png", Method: method, CRC32: crc32.ChecksumIEEE(data), CompressedSize64: uint64(packed.Len()), UncompressedSize64: uint64(len(data))}
		if change != nil {
			change(h)
		}
		raw, err := z.CreateRaw(h)
		datatest.Must(t, err)
		raw.Write(packed.Bytes())
	}
	datatest.Must(t, z.Close())
	file := filepath.Join(t.TempDir(), "some.zip")
	datatest.Must(t, os.WriteFile(file, out.Bytes(), 0o644))
	return file
}

// Zips are read however they are packed, if a library can; else what to do is said. Lengths and
// checksums are kept to.
func TestZipMethods(t *testing.T) {
	bzip2, xz, zstd := archives.Bz2{}.OpenWriter, archives.Xz{}.OpenWriter, archives.Zstd{}.OpenWriter
	for _, file := range []string{
		"testdata/odd/lzma.zip", // of Python's zipfile
		methodZip(t, bzip2Method, bzip2, nil),
		methodZip(t, xzMethod, xz, nil),
		methodZip(t, zstdMethod, zstd, nil),
	} {
		set, err := Open(context.Background(), file, Options{}, nil)
		if err != nil || set.Len() != 3 || len(set.Info().Skipped) > 0 {
			t.Errorf("%s: %v, %v; want three pictures", file, set, err)
		}
	}
	tests := []struct{ name, file, want string }{
		{"Deflate64", methodZip(t, deflate64, bzip2, nil), "packed by Deflate64, which is not read: unpack it, or pack it again with Deflate"},
		{"unheard of", methodZip(t, 1000, bzip2, nil), "packed by method 1000, which is not read"},
		{"another sum", methodZip(t, xzMethod, xz, func(h *zip.FileHeader) { h.CRC32++ }), "checksum"},
		{"too long", methodZip(t, zstdMethod, zstd, func(h *zip.FileHeader) { h.UncompressedSize64++ }), "truncated"},
		{"too short", methodZip(t, zstdMethod, zstd, func(h *zip.FileHeader) { h.UncompressedSize64-- }), "checksum"},
		{"no LZMA", methodZip(t, lzmaMethod, bzip2, nil), "damaged: what LZMA needs is not there"},
	}
	for _, tt := range tests {
		if _, err := Open(context.Background(), tt.file, Options{}, nil); err == nil || !strings.Contains(err.Error(), tt.want) {
			t.Errorf("%s: %v, want %q", tt.name, err, tt.want)
		}
	}
	// A dictionary of 4 GB is not made for a picture of some bytes.
	vast := bytes.Clone(datatest.Read(t, "odd", "lzma.zip"))
	at := bytes.Index(vast, []byte{9, 4, 5, 0})
	copy(vast[at+5:], "\xff\xff\xff\xff")
	file := filepath.Join(t.TempDir(), "vast.zip")
	datatest.Must(t, os.WriteFile(file, vast, 0o644))
	if set, err := Open(context.Background(), file, Options{}, nil); err != nil || set.Len() != 3 {
		t.Errorf("a vast dictionary: %v, want three pictures", err)
	}
}
