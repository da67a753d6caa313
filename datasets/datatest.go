package datasets

import (
	"archive/zip"
	"bytes"
	"encoding/binary"
	"hash/crc32"
	"image"
	"image/color"
	"image/png"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"ganvas/datasets/internal/dataset"
)

// must ends a test that meets an error.
func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// tree writes files below a new folder and returns it. A name that ends in a slash is an empty
// folder.
func tree(t *testing.T, files map[string][]byte) string {
	t.Helper()
	dir := filepath.Join(t.TempDir(), "pets")
	if err := os.Mkdir(dir, 0o755); err != nil {
		t.Fatal(err)
	}
	for name, data := range files {
		file := filepath.Join(dir, name)
		if strings.HasSuffix(name, "/") {
			must(t, os.MkdirAll(file, 0o755))
			continue
		}
		must(t, os.MkdirAll(filepath.Dir(file), 0o755))
		must(t, os.WriteFile(file, data, 0o644))
	}
	return dir
}

// plainPNG is a picture of one colour.
func plainPNG(w, h int, c color.Color) []byte {
	img := image.NewNRGBA(image.Rect(0, 0, w, h))
	for i := range w * h {
		img.Set(i%w, i/w, c)
	}
	var out bytes.Buffer
	if err := png.Encode(&out, img); err != nil {
		panic(err)
	}
	return out.Bytes()
}

// claiming is a PNG whose header says that it is of another size.
func claiming(w, h int) []byte {
	data := plainPNG(8, 8, color.White)
	binary.BigEndian.PutUint32(data[16:], uint32(w))
	binary.BigEndian.PutUint32(data[20:], uint32(h))
	binary.BigEndian.PutUint32(data[29:], crc32.ChecksumIEEE(data[12:29]))
	return data
}

// zipped writes a zip file.
func zipped(t *testing.T, entries map[string][]byte) string {
	t.Helper()
	var buf bytes.Buffer
	z := zip.NewWriter(&buf)
	for name, data := range entries {
		w, err := z.Create(name)
		must(t, err)
		_, err = w.Write(data)
		must(t, err)
	}
	must(t, z.Close())
	file := filepath.Join(t.TempDir(), "some.zip")
	must(t, os.WriteFile(file, buf.Bytes(), 0o644))
	return file
}

// Pictures of one colour.
var red, green, blue = plainPNG(8, 8, color.NRGBA{R: 255, A: 255}), plainPNG(8, 8, color.NRGBA{G: 255, A: 255}), plainPNG(8, 8, color.NRGBA{B: 255, A: 255})

// testFile returns the path of a file of datasets/testdata, from the folder of whichever package
// of datasets is tested.
func testFile(name string) string {
	dir := "testdata"
	for range 3 {
		if _, err := os.Stat(filepath.Join(dir, "make.py")); err == nil {
			break
		}
		dir = filepath.Join("..", dir)
	}
	return filepath.Join(dir, filepath.FromSlash(name))
}

// read returns a file of testdata.
func read(t *testing.T, parts ...string) []byte {
	t.Helper()
	data, err := os.ReadFile(testFile(filepath.Join(parts...)))
	if err != nil {
		t.Fatal(err)
	}
	return data
}

// difference returns the largest distance between bytes at the same place.
func difference(a, b []uint8) int {
	d := 0
	for i := range a {
		d = max(d, int(a[i])-int(b[i]), int(b[i])-int(a[i]))
	}
	return d
}

// bytesOf returns the items of a set as bytes, one after the other, and their labels.
func bytesOf(set dataset.Set) (data []uint8, labels []string) {
	info := set.Info()
	item := make([]float32, info.Shape[0]*info.Shape[1]*info.Shape[2])
	for i := range set.Len() {
		label := set.Read(i, item)
		for _, v := range item {
			data = append(data, dataset.ToByte(v))
		}
		if label >= 0 {
			labels = append(labels, info.Labels[label])
		} else {
			labels = append(labels, "")
		}
	}
	return data, labels
}
