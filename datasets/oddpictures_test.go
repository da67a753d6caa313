package datasets

import (
	"bytes"
	"context"
	"encoding/binary"
	"fmt"
	"image"
	"image/color"
	"image/png"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"ganvas/datasets/internal/dataset"
	"ganvas/datasets/internal/datatest"
	"ganvas/datasets/internal/picture"
)

// Wherever a picture's orientation stands, it is known as what it is after turning.
func TestTurnedOrigins(t *testing.T) {
	set, err := Open(context.Background(), "testdata/odd", Options{}, nil)
	datatest.Must(t, err)
	for i := range set.Len() {
		o := OriginOf(set, i)
		if o.Name == "odd/pages.tif" {
			continue
		}
		if o.W != 16 || o.H != 24 {
			t.Errorf("%s: %d×%d, want 16×24", o.Name, o.W, o.H)
		}
	}
}

// A header is taken for damaged only where no file of that size can hold the picture.
func TestPlausibleByFormat(t *testing.T) {
	var blank bytes.Buffer
	datatest.Must(t, png.Encode(&blank, image.NewPaletted(image.Rect(0, 0, 4200, 4200), color.Palette{color.Black, color.White})))
	set, err := Open(context.Background(), datatest.Tree(t, map[string][]byte{"1.png": blank.Bytes(), "2.png": blank.Bytes()}), Options{}, nil)
	if err != nil {
		t.Errorf("17 million blank pixels in %d bytes: %v", blank.Len(), err)
	} else if shape := set.Info().Shape; !slices.Equal(shape, []int{4096, 4096, 1}) {
		t.Errorf("4,200 pixels a side become %v, want at most %d", shape, 4096)
	}
	for _, tt := range []struct {
		data []byte
		want string
	}{
		{datatest.Claiming(5000, 5000), "its header is damaged"},
		{append([]byte("RIFF\x1a\x00\x00\x00WEBPVP8L\x0d\x00\x00\x00\x2f\xff\xcf\xf3\x03"), make([]byte, 16)...), "it is blank, or its header is damaged: save it as PNG"},
	} {
		if _, err := picture.DecodePicture(tt.data, dataset.StandardLimits); err == nil || !strings.Contains(err.Error(), tt.want) {
			t.Errorf("%v, want %q", err, tt.want)
		}
	}
}

// Tags of a TIFF's directories.
const (
	tagOfSubfile     = 254
	tagOfCompression = 259
)

// greyTIFF is a TIFF with a page of 8×8 pixels for every value, whose directories have other tags
// besides.
func greyTIFF(values []uint8, tags []map[uint16]uint16, next func(i int) uint32) []byte {
	const pixels, directory = 64, 2 + 12*9 + 4
	data := []byte("II*\x00")
	data = binary.LittleEndian.AppendUint32(data, 8+pixels)
	for i, v := range values {
		at := len(data)
		data = append(data, bytes.Repeat([]byte{v}, pixels)...)
		all := map[uint16]uint32{tagOfSubfile: 0, 256: 8, 257: 8, 258: 8, tagOfCompression: 1, 262: 1, 273: uint32(at), 278: 8, 279: pixels}
		for tag, v := range tags[i] {
			all[tag] = uint32(v)
		}
		data = binary.LittleEndian.AppendUint16(data, 9)
		for _, tag := range slices.Sorted(func(yield func(uint16) bool) {
			for tag := range all {
				if !yield(tag) {
					return
				}
			}
		}) {
			data = binary.LittleEndian.AppendUint16(data, tag)
			data = binary.LittleEndian.AppendUint16(data, 4)
			data = binary.LittleEndian.AppendUint32(data, 1)
			data = binary.LittleEndian.AppendUint32(data, all[tag])
		}
		data = binary.LittleEndian.AppendUint32(data, next(i))
	}
	return data
}

// All pages of a TIFF are read; what cannot be, and what is no page, is said.
func TestTIFFPages(t *testing.T) {
	const page = 64 + 2 + 12*9 + 4
	tags := []map[uint16]uint16{nil, nil, {tagOfSubfile: 1}, {tagOfCompression: 99}, nil}
	chain := func(i int) uint32 { // the last page leads back to the second
		return 8 + 64 + uint32((i+1)%5)*page + map[bool]uint32{true: page}[i == 4]
	}
	dir := datatest.Tree(t, map[string][]byte{"a/pages.tif": greyTIFF([]uint8{0, 60, 120, 180, 240}, tags, chain), "b/1.png": datatest.Red})
	set, err := Open(context.Background(), dir, Options{Channels: 1}, nil)
	datatest.Must(t, err)
	var got []uint8
	for i := range set.Len() {
		img := Picture(set, i).(*image.Gray)
		got = append(got, img.Pix[0])
	}
	info := set.Info()
	if want := []uint8{0, 60, 240, 76}; !slices.Equal(got, want) { // and red
		t.Errorf("pages of %v, want %v", got, want)
	}
	if want := []Skip{{Path: "pets/a/pages.tif", Reason: "1 of its 4 pages left out: page 3: a kind of TIFF that is not read (compression value 99): save it as PNG"}}; !slices.Equal(info.Skipped, want) {
		t.Errorf("skipped %v, want %v", info.Skipped, want)
	}
	if want := "3 pages of 1 TIFF of several pages and 1 smaller copy of a page left out"; !slices.Contains(info.Notes, want) {
		t.Errorf("notes %q, want %q", info.Notes, want)
	}
	if labels := LabelsOf(set); !slices.Equal(labels, []int{0, 0, 0, 1}) {
		t.Errorf("labels %v, want those of the folders for every page", labels)
	}
	img, err := OpenOriginals(dir, Options{}).Picture(context.Background(), set, 1)
	datatest.Must(t, err)
	if v := color.GrayModel.Convert(img.At(0, 0)).(color.Gray).Y; v != 60 {
		t.Errorf("the original of page 2 is %d, want 60", v)
	}
}

// Files whose values are all next to black are brought to the range that they use, before they are
// scaled; sets that use more are left alone.
func TestFewBits(t *testing.T) {
	deep := func(max int) []byte {
		img := image.NewGray16(image.Rect(0, 0, 8, 8))
		for i := range 64 {
			img.SetGray16(i%8, i/8, color.Gray16{Y: uint16(max * i / 63)})
		}
		return encoded(t, img)
	}
	classes := func(values ...uint8) []byte {
		img := image.NewGray(image.Rect(0, 0, 8, 8))
		for i := range 64 {
			img.Pix[i] = values[i*len(values)/64]
		}
		return encoded(t, img)
	}
	palette := image.NewPaletted(image.Rect(0, 0, 8, 8), color.Palette{color.NRGBA{A: 255}, color.NRGBA{1, 1, 1, 255}, color.NRGBA{2, 2, 2, 255}})
	palette.SetColorIndex(3, 3, 2)
	tests := []struct {
		name  string
		files [][]byte
		note  string // "" where nothing is changed
		last  uint8  // value of the last pixel of the first picture
	}{
		{"10 bits", [][]byte{deep(1000), deep(200)}, "values from 0 to 1,023 of 65,535, brought to all of the range", 250}, // 1,000 of 1,023 in 16 bits, cut to 8,
		{"12 bits", [][]byte{deep(4095), deep(200)}, "values from 0 to 4,095 of 65,535, brought to all of the range", 255},
		{"14 bits", [][]byte{deep(16383), deep(4095)}, "values from 0 to 16,383 of 65,535, brought to all of the range", 255},
		{"classes in 16 bits", [][]byte{deep(4), deep(5)}, "values from 0 to 5 of 65,535, brought to all of the range", 204},
		{"16 bits", [][]byte{deep(16383), deep(40000)}, "", 63},
		{"masks", [][]byte{classes(0, 1), classes(1, 0)}, "values from 0 to 1 of 255, brought to all of the range", 255},
		{"classes", [][]byte{classes(0, 1, 2), classes(4)}, "values from 0 to 4 of 255, brought to all of the range", 128},
		{"a palette next to black", [][]byte{encoded(t, palette), classes(1)}, "values from 0 to 2 of 255, brought to all of the range", 0},
		{"black", [][]byte{classes(0), classes(0)}, "", 0},
		{"dark, but to be seen", [][]byte{classes(0, 30), classes(0, dataset.Darkest)}, "", 30},
	}
	for _, tt := range tests {
		files := make(map[string][]byte)
		for i, data := range tt.files {
			files[fmt.Sprint(i, ".png")] = data
		}
		dir := datatest.Tree(t, files)
		set, err := Open(context.Background(), dir, Options{Channels: 1}, nil)
		datatest.Must(t, err)
		pix := Picture(set, 0).(*image.Gray).Pix
		if got := pix[len(pix)-1]; got != tt.last {
			t.Errorf("%s: the last pixel is %d, want %d", tt.name, got, tt.last)
		}
		notes := strings.Join(set.Info().Notes, "; ")
		if tt.note == "" && strings.Contains(notes, "brought") || !strings.Contains(notes, tt.note) {
			t.Errorf("%s: %q, want %q", tt.name, notes, tt.note)
		}
		img, err := OpenOriginals(dir, Options{}).Picture(context.Background(), set, 0)
		datatest.Must(t, err)
		if r, _, _, _ := img.At(7, 7).RGBA(); uint8(r>>8) != tt.last {
			t.Errorf("%s: the last pixel of the original is %d, want %d", tt.name, r>>8, tt.last)
		}
	}
}

// What was brought to another range is kept so in the cache.
func TestFewBitsKept(t *testing.T) {
	dir, cache := datatest.Tree(t, nil), t.TempDir()
	mask := image.NewGray(image.Rect(0, 0, 512, 512))
	for i := range 70 { // large enough to be kept
		mask.Pix[1+i] = 1
		datatest.Must(t, os.WriteFile(filepath.Join(dir, fmt.Sprintf("%04d.png", i)), encoded(t, mask), 0o644))
	}
	for range 2 {
		set, err := Open(context.Background(), dir, Options{Channels: 1, Cache: cache}, nil)
		datatest.Must(t, err)
		if got, info := Picture(set, 0).(*image.Gray).Pix[1], set.Info(); got != 255 || info.White != 257 {
			t.Errorf("a mask's 1 is %d and white %d, want 255 and 257", got, info.White)
		}
	}
	if _, sets, err := NewCache(cache).Size(); err != nil || sets != 1 {
		t.Errorf("%d sets are kept (%v), want 1", sets, err)
	}
}

func encoded(t *testing.T, img image.Image) []byte {
	t.Helper()
	var out bytes.Buffer
	datatest.Must(t, png.Encode(&out, img))
	return out.Bytes()
}
