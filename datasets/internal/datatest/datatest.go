// Package datatest makes and finds files for the tests of datasets and of the packages in it.
package datatest

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

// Must ends a test that meets an error.
func Must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// Tree writes files below a new folder and returns it. A name that ends in a slash is an empty
// folder.
func Tree(t *testing.T, files map[string][]byte) string {
	t.Helper()
	dir := filepath.Join(t.TempDir(), "pets")
	if err := os.Mkdir(dir, 0o755); err != nil {
		t.Fatal(err)
	}
	for name, data := range files {
		file := filepath.Join(dir, name)
		if strings.HasSuffix(name, "/") {
			Must(t, os.MkdirAll(file, 0o755))
			continue
		}
		Must(t, os.MkdirAll(filepath.Dir(file), 0o755))
		Must(t, os.WriteFile(file, data, 0o644))
	}
	return dir
}

// PlainPNG is a picture of one colour.
func PlainPNG(w, h int, c color.Color) []byte {
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

// Claiming is a PNG whose header says that it is of another size.
func Claiming(w, h int) []byte {
	data := PlainPNG(8, 8, color.White)
	binary.BigEndian.PutUint32(data[16:], uint32(w))
	binary.BigEndian.PutUint32(data[20:], uint32(h))
	binary.BigEndian.PutUint32(data[29:], crc32.ChecksumIEEE(data[12:29]))
	return data
}

// Zipped writes a zip file.
func Zipped(t *testing.T, entries map[string][]byte) string {
	t.Helper()
	var buf bytes.Buffer
	z := zip.NewWriter(&buf)
	for name, data := range entries {
		w, err := z.Create(name)
		Must(t, err)
		_, err = w.Write(data)
		Must(t, err)
	}
	Must(t, z.Close())
	file := filepath.Join(t.TempDir(), "some.zip")
	Must(t, os.WriteFile(file, buf.Bytes(), 0o644))
	return file
}

// Red, Green and Blue are pictures of one colour.
var Red, Green, Blue = PlainPNG(8, 8, color.NRGBA{R: 255, A: 255}), PlainPNG(8, 8, color.NRGBA{G: 255, A: 255}), PlainPNG(8, 8, color.NRGBA{B: 255, A: 255})

// File returns the path of a file of datasets/testdata, from the folder of whichever package
// of datasets is tested.
func File(name string) string {
	dir := "testdata"
	for range 3 {
		if _, err := os.Stat(filepath.Join(dir, "make.py")); err == nil {
			break
		}
		dir = filepath.Join("..", dir)
	}
	return filepath.Join(dir, filepath.FromSlash(name))
}

// Read returns a file of testdata.
func Read(t *testing.T, parts ...string) []byte {
	t.Helper()
	data, err := os.ReadFile(File(filepath.Join(parts...)))
	if err != nil {
		t.Fatal(err)
	}
	return data
}

// Difference returns the largest distance between bytes at the same place.
func Difference(a, b []uint8) int {
	d := 0
	for i := range a {
		d = max(d, int(a[i])-int(b[i]), int(b[i])-int(a[i]))
	}
	return d
}

// BytesOf returns the items of a set as bytes, one after the other, and their labels.
func BytesOf(set dataset.Set) (data []uint8, labels []string) {
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
