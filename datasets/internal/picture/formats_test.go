package picture

import (
	"bytes"
	"path/filepath"
	"strings"
	"testing"

	"ganvas/datasets/internal/dataset"
	"ganvas/datasets/internal/datatest"
	"ganvas/datasets/internal/prepare"
	"ganvas/datasets/internal/wording"
)

// Every picture that Pillow, ImageMagick or libtiff wrote is read as Pillow reads it, byte for
// byte. JPEG may differ by what its decoders may differ: rounding of the inverse transform, and how
// colour of half the resolution is brought back.
func TestDecodeAsPillow(t *testing.T) {
	tolerance := map[string]int{
		"rgb.jpg": 2, "grey.jpg": 1, "cmyk.jpg": 3, "progressive.jpg": 2, "420.jpg": 2, "422.jpg": 3, "restart.jpg": 2, "adobe-rgb.jpg": 1,
		"progressive-444.jpg": 3, "magick-cmyk.jpg": 2,
	}
	channels := map[string]int{
		"grey.png": 1, "grey16.png": 1, "bilevel.png": 1, "grey.jpg": 1, "grey.tif": 1, "bilevel.tif": 1, "g3.tif": 1, "g4.tif": 1,
		"magick-g4.tif": 1, "grey16.tif": 1, "grey.bmp": 1, "bilevel.bmp": 1, "two-bits.png": 1,
		"rgba.png": 4, "grey-alpha.png": 4, "palette-alpha.png": 4, "rgba16.png": 4, "transparent.gif": 4, "still.gif": 4, "frames.gif": 4, "deflate.tiff": 4, "alpha.webp": 4, "lossy-alpha.webp": 4,
		"interlaced.gif": 4, "key.png": 4, "grey-key.png": 4, "rgba.bmp": 4, "magick-alpha.bmp": 4, "rgba.tif": 4, "turned.tif": 4,
	}
	files, err := filepath.Glob(datatest.File("pictures/*.rgba"))
	if err != nil || len(files) != 57 {
		t.Fatalf("%d golden files, want 57 (%v)", len(files), err)
	}
	for _, file := range files {
		name := strings.TrimSuffix(filepath.Base(file), ".rgba")
		t.Run(name, func(t *testing.T) {
			data, want := datatest.Read(t, "pictures", name), datatest.Read(t, "pictures", name+".rgba")
			h, err := readHeader(bytes.NewReader(data), dataset.StandardLimits)
			if err != nil {
				t.Fatal(err)
			}
			if wantC := max(channels[name], 1); h.Channels != wantC && (wantC > 1 || channels[name] == 1) {
				t.Errorf("%d channels, want %d", h.Channels, wantC)
			}
			img, err := DecodePicture(data, dataset.StandardLimits)
			if err != nil {
				t.Fatal(err)
			}
			p := prepare.NewPreparer(16, 4, dataset.Options{Fit: "stretch"})
			p.Resize(img, img.Bounds(), img.Bounds().Size())
			got := p.Scaled.Pix
			if len(got) != len(want) || h.W*h.H*4 != len(want) {
				t.Fatalf("%d bytes and a header of %d×%d, want %d bytes", len(got), h.W, h.H, len(want))
			}
			for i := 0; i < len(got); i += 4 {
				if want[i+3] == 0 && got[i+3] == 0 { // no colour to compare
					copy(got[i:i+3], want[i:i+3])
				}
			}
			if d := datatest.Difference(got, want); d > tolerance[name] {
				t.Errorf("differs by %d of 255, want at most %d", d, tolerance[name])
			}
		})
	}
}

// What is not read is refused with what helps.
func TestRefused(t *testing.T) {
	tests := []struct{ name, want string }{
		{"rle.bmp", "a kind of BMP that is not read: save it as PNG"},
		{"planes.tif", "a TIFF whose colours lie one after the other, which is not read: save it as PNG"},
		{"jpeg.tif", "a kind of TIFF that is not read (compression value 7): save it as PNG"},
		{"cmyk.tif", "a kind of TIFF that is not read (color model): save it as PNG"},
		{"rgb.avif", "an AVIF picture, which is not read: export it as PNG"},
		{"rgb.jp2", "a JPEG 2000 picture, which is not read: export it as PNG"},
	}
	for _, tt := range tests {
		if _, err := DecodePicture(datatest.Read(t, "refused", tt.name), dataset.StandardLimits); err == nil || err.Error() != tt.want {
			t.Errorf("%s: %v, want %q", tt.name, err, tt.want)
		}
	}
}

// No file, cut anywhere, is taken for a whole one or brings a decoder down; formats that end with
// what can be missed (a checksum, a trailer) may be read when only that is gone.
func TestTruncatedPictures(t *testing.T) {
	for _, name := range []string{"rgb.png", "rgb.jpg", "still.gif", "rgb.bmp", "lzw.tif", "lossless.webp", "lossy.webp"} {
		data := datatest.Read(t, "pictures", name)
		for n := range len(data) * 3 / 4 {
			if _, err := DecodePicture(data[:n], dataset.StandardLimits); err == nil {
				t.Errorf("%s: the first %d of %d bytes were read as a picture", name, n, len(data))
				break
			}
		}
		_, err := DecodePicture(data[:len(data)/2], dataset.StandardLimits)
		if got := wording.Reason(err); !strings.HasPrefix(got, "truncated") && !strings.HasPrefix(got, "damaged") {
			t.Errorf("%s cut in half: %q", name, got)
		}
	}
}

func TestSniff(t *testing.T) {
	tests := []struct{ head, want string }{
		{"\x89PNG\r\n\x1a\n........", "PNG"},
		{"\xff\xd8\xff\xe0............", "JPEG"},
		{"GIF89a..........", "GIF"},
		{"RIFF\x10\x00\x00\x00WEBPVP8L", "WebP"},
		{"RIFF\x10\x00\x00\x00WAVEfmt ", ""},
		{"BMw is a car make", ""},
		{"MM\x00*............", "TIFF"},
		{"plain text", ""},
		{"", ""},
	}
	for _, tt := range tests {
		got := ""
		if f := Sniff([]byte(tt.head)); f != nil {
			got = f.Name
		}
		if got != tt.want {
			t.Errorf("%q: %q, want %q", tt.head, got, tt.want)
		}
	}
}
