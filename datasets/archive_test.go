package datasets

import (
	"archive/zip"
	"bytes"
	"compress/gzip"
	"context"
	"fmt"
	"image"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"ganvas/datasets/internal/datatest"
	"ganvas/datasets/internal/files"
)

// The six pictures that tar, gzip, bzip2, xz, zstd, lz4 and 7z packed are the ones that lie in
// holiday.zip.
func TestArchives(t *testing.T) {
	zipSet, err := Open(context.Background(), "testdata/holiday.zip", Options{}, nil)
	datatest.Must(t, err)
	want := zipSet.Info()
	for _, name := range []string{"pets.tar", "pets.tar.gz", "pets.tar.bz2", "pets.tar.xz", "pets.tar.zst", "pets.tar.lz4", "pets.7z", "loose.7z", "nested.zip"} {
		set, err := Open(context.Background(), "testdata/archives/"+name, Options{}, nil)
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		info := set.Info()
		if info.Fingerprint != want.Fingerprint || info.Count != 6 || !slices.Equal(info.Labels, []string{"cats", "dogs"}) || info.Name != name {
			t.Errorf("%s: %+v, want the pictures of holiday.zip", name, info)
		}
		var wantSkipped []Skip
		if name == "nested.zip" {
			wantSkipped = []Skip{{Path: "nested/broken.7z", Reason: "the 7z is truncated or damaged: download or copy it again"}}
		}
		if !slices.Equal(info.Skipped, wantSkipped) {
			t.Errorf("%s: skipped %v, want %v", name, info.Skipped, wantSkipped)
		}
		for i := range 6 {
			got, want := Picture(set, i).(*image.RGBA), Picture(zipSet, i).(*image.RGBA)
			if !bytes.Equal(got.Pix, want.Pix) {
				t.Errorf("%s: picture %d is another", name, i)
			}
		}
	}
}

// What points outside, and what is no plain file, is left out and named; the rest loads.
func TestHostileTar(t *testing.T) {
	set, err := Open(context.Background(), "testdata/archives/hostile.tar", Options{}, nil)
	datatest.Must(t, err)
	want := []Skip{
		{Path: "../outside.png", Reason: "its path leads out of the tar"},
		{Path: "a/../../up.png", Reason: "its path leads out of the tar"},
		{Path: "hostile/a/link.png", Reason: "a link to another file: not followed: unpack the tar and open the folder"},
		{Path: "hostile/a/hard.png", Reason: "a link to another file: not followed: unpack the tar and open the folder"},
	}
	if info := set.Info(); info.Count != 3 || !slices.Equal(info.Skipped, want) {
		t.Errorf("%d pictures, skipped %v, want 3 and %v", info.Count, info.Skipped, want)
	}
}

func TestArchiveErrors(t *testing.T) {
	write := func(name string, data []byte) string {
		return filepath.Join(datatest.Tree(t, map[string][]byte{name: data}), name)
	}
	tarFile, sevenZip, packed := datatest.Read(t, "archives", "pets.tar"), datatest.Read(t, "archives", "pets.7z"), datatest.Read(t, "archives", "pets.tar.gz")
	deep := nested(t, "pets.tar.gz", packed, 3)
	vast := new(bytes.Buffer)
	gz := gzip.NewWriter(vast)
	gz.Write(tarFile)
	gz.Write(make([]byte, files.FreeUnpacking))
	gz.Close()
	tests := []struct{ name, source, want string }{
		{"encrypted", "testdata/archives/secret.7z", "encrypted: unpack it with its password"},
		{"half a 7z", write("half.7z", sevenZip[:len(sevenZip)/2]), "the 7z is truncated or damaged"},
		{"tar by name", write("a.tar.gz", []byte("no tar")), "not a gz file, whatever its name says"},
		{"gzipped text", write("a.tgz", gzipped("some text")), "not a tgz file"},
		{"damaged gzip", write("b.tar.gz", append([]byte("\x1f\x8b\x08"), 0, 1, 2)), "not a gz file"},
		{"too deep", write("deep.zip", deep), "an archive more than 2 deep in others: unpack it first"},
		{"ratio", write("vast.tar.gz", vast.Bytes()), "unpacks to more than 64 GB or 1,000 times its size"},
	}
	for _, tt := range tests {
		_, err := Open(context.Background(), tt.source, Options{}, nil)
		if err == nil || !strings.Contains(err.Error(), tt.want) || !strings.Contains(err.Error(), tt.source) || strings.Contains(err.Error(), "\n") {
			t.Errorf("%s: %v, want %q and the file's name", tt.name, err, tt.want)
		}
	}
	// A cut archive gives what comes before the cut.
	for name, data := range map[string][]byte{"cut.tar": tarFile[:len(tarFile)/2], "cut.tar.gz": gzipped(string(tarFile))[:len(gzipped(string(tarFile)))*2/3]} {
		set, err := Open(context.Background(), write(name, data), Options{}, nil)
		datatest.Must(t, err)
		if info := set.Info(); info.Count < 2 || info.Count > 5 || len(info.Skipped) == 0 || !strings.Contains(info.Skipped[0].Reason, "truncated") {
			t.Errorf("%s: %d pictures, skipped %v, want some of 6, and why", name, info.Count, info.Skipped)
		}
	}
}

func gzipped(s string) []byte {
	var out bytes.Buffer
	w := gzip.NewWriter(&out)
	w.Write([]byte(s))
	w.Close()
	return out.Bytes()
}

// nested puts an archive into zips.
func nested(t *testing.T, name string, data []byte, depth int) []byte {
	for i := range depth {
		var out bytes.Buffer
		z := zip.NewWriter(&out)
		w, err := z.Create(name)
		datatest.Must(t, err)
		w.Write(data)
		datatest.Must(t, z.Close())
		name, data = fmt.Sprint(i, ".zip"), out.Bytes()
	}
	return data
}

// Nothing is left of the temporary file, whether reading succeeds or not.
func TestSpoolVanishes(t *testing.T) {
	t.Setenv("TMPDIR", t.TempDir())
	for _, name := range []string{"pets.tar.gz", "pets.7z", "secret.7z"} {
		Open(context.Background(), "testdata/archives/"+name, Options{}, nil)
	}
	if left, err := os.ReadDir(os.Getenv("TMPDIR")); err != nil || len(left) != 0 {
		t.Errorf("left behind: %v (%v)", left, err)
	}
}
