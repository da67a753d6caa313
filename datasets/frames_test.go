package datasets

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"image"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// framesOf decodes all items of a file as they are, four bytes a pixel.
func framesOf(t *testing.T, file string, o Options) (pix []uint8, h header) {
	t.Helper()
	data, err := os.ReadFile(file)
	must(t, err)
	e := entry{name: filepath.Base(file), size: int64(len(data)), alone: true, opener: openFunc(sectionOf(bytes.NewReader(data), 0, int64(len(data))))}
	h, err = examine(e, o.Cell, standardLimits)
	must(t, err)
	p := newPreparer(16, 4, Options{Fit: "stretch"})
	add := func(_ int, img image.Image) bool {
		p.resize(img, img.Bounds(), img.Bounds().Size())
		pix = append(pix, p.scaled.Pix...)
		return true
	}
	if h.frames > 1 {
		must(t, eachFrame(data, h, standardLimits, add))
		return pix, h
	}
	img, err := decodePicture(data, standardLimits)
	must(t, err)
	add(0, img)
	return pix, h
}

// Every frame and cell is what Pillow shows (of files of ImageMagick, ffmpeg and webpmux too), and
// ffmpeg where APNG's frames are laid over others; JPEG nearly.
func TestFrames(t *testing.T) {
	tests := []struct {
		name              string
		w, h, n, tolerant int
	}{
		{"d0b0.png", 16, 12, 5, 0},
		{"d1b0.png", 16, 12, 5, 0},
		{"d2b0.png", 16, 12, 5, 0},
		{"d0b1.png", 16, 12, 5, 2},
		{"d1b1.png", 16, 12, 5, 2},
		{"d2b1.png", 16, 12, 5, 2},
		{"rgb.apng", 16, 12, 4, 0},
		{"palette.png", 16, 12, 4, 0},
		{"hidden.png", 16, 12, 4, 1},
		{"d1.gif", 16, 12, 5, 0},
		{"d2.gif", 16, 12, 5, 0},
		{"d3.gif", 16, 12, 5, 0},
		{"rgb.gif", 16, 12, 4, 0},
		{"magick.gif", 16, 12, 5, 0},
		{"ffmpeg.apng", 32, 24, 6, 0},
		{"moving.webp", 16, 12, 5, 1},
		{"lossy.webp", 16, 12, 4, 0},
		{"parts.webp", 14, 10, 5, 1},
		{"turned1.jpg", 24, 16, 1, 2},
		{"turned2.jpg", 24, 16, 1, 2},
		{"turned3.jpg", 24, 16, 1, 2},
		{"turned4.jpg", 24, 16, 1, 2},
		{"turned5.jpg", 16, 24, 1, 2},
		{"turned6.jpg", 16, 24, 1, 2},
		{"turned7.jpg", 16, 24, 1, 2},
		{"turned8.jpg", 16, 24, 1, 2},
		{"cmyk.jpg", 24, 16, 1, 3},
		{"sprites_8x8.png", 8, 8, 10, 0},
	}
	for _, tt := range tests {
		got, h := framesOf(t, "testdata/frames/"+tt.name, Options{})
		want := read(t, "frames", tt.name+".rgba")
		if h.w != tt.w || h.h != tt.h || len(got) != 4*tt.w*tt.h*tt.n || len(got) != len(want) {
			t.Errorf("%s: %d×%d, %d bytes; want %d items of %d×%d, %d bytes", tt.name, h.w, h.h, len(got), tt.n, tt.w, tt.h, len(want))
			continue
		}
		for i := 0; i < len(got); i += 4 {
			if got[i+3] == 0 && want[i+3] == 0 { // no colour to compare
				copy(got[i:], want[i:i+3])
			}
		}
		if d := difference(got, want); d > tt.tolerant {
			t.Errorf("%s: differs by %d of 255, want at most %d", tt.name, d, tt.tolerant)
		}
	}
}

// A frame that is larger than its place says is refused before it is decoded; what comes before a
// cut is shown.
func TestDamagedMovingWebP(t *testing.T) {
	whole := read(t, "frames", "moving.webp")
	first := bytes.Index(whole, []byte("VP8L"))
	vast := bytes.Clone(whole)
	copy(vast[first+9:], "\xff\xff\xff\x0f") // 16,384×16,384
	_, err := decodePicture(vast, standardLimits)
	if err == nil || !strings.Contains(err.Error(), "frame 1 has another size than it says") {
		t.Errorf("%v, want that the frame has another size", err)
	}
	shown := 0
	err = readMovingWebP(whole[:len(whole)-20]).play(standardLimits, func(int, image.Image) bool { shown++; return true })
	if !errors.Is(err, io.ErrUnexpectedEOF) || shown != 4 {
		t.Errorf("%d frames of a cut file, %v; want 4 and that it is cut", shown, err)
	}
}

func TestAnimatedFolder(t *testing.T) {
	dir := tree(t, map[string][]byte{
		"cats/a.png": read(t, "frames", "d0b0.png"), "dogs/b.gif": read(t, "frames", "rgb.gif"), "dogs/c.png": plainPNG(16, 12, image.Black),
		"dogs/cut.gif": read(t, "frames", "rgb.gif")[:900], "dogs/v.avi": read(t, "frames", "video.avi"), "dogs/x.avi": read(t, "frames", "mpeg4.avi"),
	})
	set, err := Open(context.Background(), dir, Options{Size: 8}, nil)
	must(t, err)
	info := set.Info()
	_, labels := bytesOf(set)
	cats := 0
	for _, l := range labels {
		if l == "cats" {
			cats++
		}
	}
	// 5 + 4 + 1 + what is left of the cut one + 6
	if info.Count < 17 || info.Count > 19 || cats != 5 || len(labels) != info.Count || !slices.Equal(info.Labels, []string{"cats", "dogs"}) {
		t.Errorf("%d items, %d of cats, labels %v", info.Count, cats, info.Labels)
	}
	var skips []string
	for _, s := range info.Skipped {
		skips = append(skips, s.Path+": "+s.Reason)
	}
	text := strings.Join(skips, "\n")
	for _, want := range []string{"pets/dogs/cut.gif: only the first", "truncated", "pets/dogs/x.avi: an AVI whose pictures are not JPEG"} {
		if !strings.Contains(text, want) {
			t.Errorf("skipped %s, want %q in it", text, want)
		}
	}
	set, err = Open(context.Background(), dir, Options{Size: 8, Stride: 2}, nil)
	must(t, err)
	if got := set.Info(); got.Count < 10 || got.Count > 11 || !strings.Contains(fmt.Sprint(got.Notes), "one in 2") { // 3 + 2 + 1 + 1 or 2 + 3
		t.Errorf("with a stride of 2: %+v", got)
	}
}

// The frames of Motion JPEG are what ffmpeg decodes, also without their Huffman tables.
func TestAVI(t *testing.T) {
	want := read(t, "frames", "video.avi.rgba")
	whole := read(t, "frames", "video.avi")
	for _, strip := range []bool{false, true} {
		var l listing
		data := whole
		if strip { // each table segment becomes a comment, which decoders pass over
			data = bytes.ReplaceAll(whole, []byte("\xff\xc4\x01\xa2"), []byte("\xff\xfe\x01\xa2"))
			if bytes.Equal(data, whole) {
				t.Fatal("no table found in the video")
			}
		}
		must(t, addAVI(context.Background(), &l, video{"v.avi", bytes.NewReader(data), int64(len(data))}, 0, standardLimits))
		if len(l.entries) != 6 {
			t.Fatalf("%d frames, want 6", len(l.entries))
		}
		for i, e := range l.entries {
			data, err := e.contents(standardLimits)
			must(t, err)
			img, err := decodePicture(data, standardLimits)
			if err != nil {
				t.Errorf("frame %d, tables left out: %v: %v", i, strip, err)
				continue
			}
			p := newPreparer(16, 4, Options{Fit: "stretch"})
			p.resize(img, img.Bounds(), img.Bounds().Size())
			if d := difference(p.scaled.Pix, want[i*32*24*4:(i+1)*32*24*4]); d > 4 {
				t.Errorf("frame %d differs by %d of 255", i, d)
			}
		}
	}
	// As ffmpeg makes it when it is told nothing else: what Pillow reads from the JPEGs in it, with
	// colour of half the resolution.
	set, err := Open(context.Background(), "testdata/frames/plain.avi", Options{Size: 32, Fit: "pad"}, nil)
	must(t, err)
	wantPlain := read(t, "frames", "plain.avi.rgba")
	item := make([]float32, 32*32*3)
	for i := range 6 {
		set.Read(i, item)
		for k := range 24 * 32 * 3 {
			got, want := int(toByte(item[4*32*3+k])), int(wantPlain[i*32*24*4+k/3*4+k%3])
			if got-want > 2 || want-got > 2 {
				t.Fatalf("plain.avi: value %d of frame %d is %d, want %d", k, i, got, want)
			}
		}
	}
	set, err = Open(context.Background(), "testdata/frames/video.avi", Options{Stride: 3}, nil)
	must(t, err)
	if info := set.Info(); info.Count != 2 || !strings.Contains(fmt.Sprint(info.Notes), "2 frames of 1 animated picture or video, one in 3") {
		t.Errorf("%+v, want frames 0 and 3", info)
	}
	if _, err := Open(context.Background(), "testdata/frames/mpeg4.avi", Options{}, nil); err == nil || !strings.Contains(err.Error(), "ffmpeg -i") {
		t.Errorf("%v, want how to convert it", err)
	}
	file := filepath.Join(tree(t, map[string][]byte{"cut.avi": whole[:9000]}), "cut.avi")
	set, err = Open(context.Background(), file, Options{}, nil)
	if err != nil || set.Len() < 2 || set.Len() > 5 || len(set.Info().Skipped) == 0 {
		t.Errorf("%v, want what is there of a cut video", err)
	}
}

func TestSheet(t *testing.T) {
	sheet := read(t, "frames", "sprites_8x8.png")
	plain := filepath.Join(tree(t, map[string][]byte{"plain.png": sheet}), "plain.png")
	tests := []struct {
		name, file string
		o          Options
		n          int
		want       string
	}{
		{"by name", "testdata/frames/sprites_8x8.png", Options{}, 10, "10 cells of 8×8 cut from 1 sheet"},
		{"by option", plain, Options{Cell: 8}, 10, "10 cells of 8×8 cut from 1 sheet"},
		{"other cells", plain, Options{Cell: 12}, 4, "4 cells of 12×12 cut from 1 sheet"},
		{"too large", plain, Options{Cell: 30}, 0, "cells of 30×30 in a picture of 32×24: choose cells of at least 4×4 that fit into it"},
		{"too small", plain, Options{Cell: 2}, 0, "choose cells of 4 to 4096 pixels"},
		{"no cells", plain, Options{}, 0, "of a sheet of sprites set cell, or name it after its cells, as in sprites_16x16.png"},
	}
	for _, tt := range tests {
		set, err := Open(context.Background(), tt.file, tt.o, nil)
		switch {
		case tt.n == 0:
			if err == nil || !strings.Contains(err.Error(), tt.want) {
				t.Errorf("%s: %v, want %q", tt.name, err, tt.want)
			}
		case err != nil:
			t.Errorf("%s: %v", tt.name, err)
		case set.Len() != tt.n || !slices.Contains(set.Info().Notes, tt.want):
			t.Errorf("%s: %+v, want %d and %q", tt.name, set.Info(), tt.n, tt.want)
		}
	}
}

// Whatever bytes come, pictures are decoded or refused, and each item has the size that was
// promised.
func FuzzPicture(f *testing.F) {
	files, _ := filepath.Glob("testdata/pictures/*")
	more, _ := filepath.Glob("testdata/frames/*")
	odd, _ := filepath.Glob("testdata/odd/*")
	for _, file := range slices.Concat(files, more, odd) {
		if strings.HasSuffix(file, ".rgba") || strings.HasSuffix(file, ".avi") {
			continue
		}
		data, err := os.ReadFile(file)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(data)
	}
	lim := standardLimits
	lim.pixels = 1 << 16
	f.Fuzz(func(t *testing.T, data []byte) {
		e := entry{name: "some_8x8.png", size: int64(len(data)), alone: true, opener: openFunc(sectionOf(bytes.NewReader(data), 0, int64(len(data))))}
		h, err := examine(e, 0, lim)
		if err != nil {
			return
		}
		c := candidate{entry: &e, header: &h, items: h.frames}
		if h.frames > 1000 {
			return
		}
		c.decode(slotsInMemory(slotShape{h.frames, 8, 4}, ""), newPreparer(8, 4, Options{Fit: "crop"}), Options{}, lim)
		if c.err == nil && (c.got < 1 || c.got > c.items) {
			t.Errorf("%d of %d items", c.got, c.items)
		}
	})
}

// Whatever bytes come, every frame lies in the file.
func FuzzAVI(f *testing.F) {
	for _, name := range []string{"video.avi", "mpeg4.avi"} {
		data, err := os.ReadFile("testdata/frames/" + name)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(data)
	}
	lim := standardLimits
	lim.archiveEntries = 1000
	f.Fuzz(func(t *testing.T, data []byte) {
		var l listing
		_ = addAVI(context.Background(), &l, video{"v", bytes.NewReader(data), int64(len(data))}, 0, lim)
		for _, e := range l.entries {
			if e.size > int64(len(data)) {
				t.Errorf("a frame of %d bytes in %d", e.size, len(data))
			}
			if _, err := e.contents(lim); err != nil {
				t.Errorf("%s: %v", e.name, err)
			}
		}
	})
}
