package picture

import (
	"bytes"
	"errors"
	"image"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"ganvas/datasets/internal/dataset"
	"ganvas/datasets/internal/datatest"
	"ganvas/datasets/internal/files"
	"ganvas/datasets/internal/prepare"
)

// framesOf decodes all items of a file as they are, four bytes a pixel.
func framesOf(t *testing.T, file string, o dataset.Options) (pix []uint8, h Header) {
	t.Helper()
	data, err := os.ReadFile(file)
	datatest.Must(t, err)
	e := files.Entry{Name: filepath.Base(file), Size: int64(len(data)), Alone: true, Opener: files.OpenFunc(files.SectionOf(bytes.NewReader(data), 0, int64(len(data))))}
	h, err = Examine(e, o.Cell, dataset.StandardLimits)
	datatest.Must(t, err)
	p := prepare.NewPreparer(16, 4, dataset.Options{Fit: "stretch"})
	add := func(_ int, img image.Image) bool {
		p.Resize(img, img.Bounds(), img.Bounds().Size())
		pix = append(pix, p.Scaled.Pix...)
		return true
	}
	if h.Frames > 1 {
		datatest.Must(t, EachFrame(data, h, dataset.StandardLimits, add))
		return pix, h
	}
	img, err := DecodePicture(data, dataset.StandardLimits)
	datatest.Must(t, err)
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
		got, h := framesOf(t, datatest.File("frames/"+tt.name), dataset.Options{})
		want := datatest.Read(t, "frames", tt.name+".rgba")
		if h.W != tt.w || h.H != tt.h || len(got) != 4*tt.w*tt.h*tt.n || len(got) != len(want) {
			t.Errorf("%s: %d×%d, %d bytes; want %d items of %d×%d, %d bytes", tt.name, h.W, h.H, len(got), tt.n, tt.w, tt.h, len(want))
			continue
		}
		for i := 0; i < len(got); i += 4 {
			if got[i+3] == 0 && want[i+3] == 0 { // no colour to compare
				copy(got[i:], want[i:i+3])
			}
		}
		if d := datatest.Difference(got, want); d > tt.tolerant {
			t.Errorf("%s: differs by %d of 255, want at most %d", tt.name, d, tt.tolerant)
		}
	}
}

// A frame that is larger than its place says is refused before it is decoded; what comes before a
// cut is shown.
func TestDamagedMovingWebP(t *testing.T) {
	whole := datatest.Read(t, "frames", "moving.webp")
	first := bytes.Index(whole, []byte("VP8L"))
	vast := bytes.Clone(whole)
	copy(vast[first+9:], "\xff\xff\xff\x0f") // 16,384×16,384
	_, err := DecodePicture(vast, dataset.StandardLimits)
	if err == nil || !strings.Contains(err.Error(), "frame 1 has another size than it says") {
		t.Errorf("%v, want that the frame has another size", err)
	}
	shown := 0
	err = readMovingWebP(whole[:len(whole)-20]).play(dataset.StandardLimits, func(int, image.Image) bool { shown++; return true })
	if !errors.Is(err, io.ErrUnexpectedEOF) || shown != 4 {
		t.Errorf("%d frames of a cut file, %v; want 4 and that it is cut", shown, err)
	}
}
