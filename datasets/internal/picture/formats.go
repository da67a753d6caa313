// Package picture reads files of pictures: what their beginnings tell, how they are turned, and all
// that they show, be it one picture, frames, pages, or the cells of a sheet. Whatever bytes come,
// it returns an error rather than end the program.
package picture

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"image"
	"image/color"
	"image/gif"
	"image/jpeg"
	"image/png"
	"io"
	"strings"

	"ganvas/datasets/internal/dataset"
	"ganvas/datasets/internal/files"
	"ganvas/datasets/internal/pixels"
	"ganvas/datasets/internal/wording"
	"ganvas/datasets/internal/work"

	"golang.org/x/image/bmp"
	"golang.org/x/image/tiff"
	"golang.org/x/image/webp"
)

// Format is a kind of picture file, known by how it begins.
type Format struct {
	Name   string
	magic  []string // alternatives; '?' stands for any byte
	config func(io.Reader) (image.Config, error)
	decode func(io.Reader) (image.Image, error)
}

// PNG is that of the embedded pictures, too.
var PNG = &Format{"PNG", []string{"\x89PNG\r\n\x1a\n"}, png.DecodeConfig, png.Decode}

var formats = []*Format{
	PNG,
	{"JPEG", []string{"\xff\xd8\xff"}, jpeg.DecodeConfig, jpeg.Decode},
	{"GIF", []string{"GIF87a", "GIF89a"}, gif.DecodeConfig, gif.Decode},
	{"BMP", []string{"BM????\x00\x00\x00\x00"}, bmp.DecodeConfig, bmp.Decode},
	{"TIFF", []string{"II*\x00", "MM\x00*"}, tiff.DecodeConfig, tiff.Decode},
	{"WebP", []string{"RIFF????WEBPVP8"}, webp.DecodeConfig, webp.Decode},
}

// Sniff returns the format that a file beginning with head has, or nil.
func Sniff(head []byte) *Format {
	for _, f := range formats {
		for _, m := range f.magic {
			if files.Matches(head, m) {
				return f
			}
		}
	}
	return nil
}

// Header is what the beginning of a picture file tells.
type Header struct {
	Format   *Format
	W, H     int
	Channels int // 1 grey, 3 colour, 4 with alpha, as far as the beginning tells
	turn     int // as EXIF has it, as far as the beginning tells: 1 as it is; W and H are those after turning
	animated bool
	Frames   int    // items in the file, where they were counted
	Reduced  int    // smaller copies of pages, which are no items
	perByte  int64  // pixels that a byte of the file may stand for
	Cells    *sheet // of a sheet of sprites, which is cut; W and H are those of a cell
}

// readHeader reads the beginning of a picture and refuses what is no picture, too small, or over
// the limit of pixels.
func readHeader(r io.Reader, lim dataset.Limits) (Header, error) {
	br := bufio.NewReader(r)
	head, err := br.Peek(files.HeadLength)
	if len(head) == 0 {
		if err == io.EOF {
			err = files.ErrEmpty
		}
		return Header{}, err
	}
	f := Sniff(head)
	if f == nil {
		return Header{}, files.Unread(head)
	}
	h := Header{Format: f, turn: 1, perByte: bytePixels}
	alpha, err := h.passOver(br)
	if err != nil {
		return Header{}, err
	}
	cfg, err := work.Guarded(func() (image.Config, error) { return f.config(br) })
	if err != nil {
		return Header{}, decodeError(f, err)
	}
	if err := checkPixels(cfg.Width, cfg.Height, lim); err != nil {
		return Header{}, err
	}
	h.W, h.H, h.Channels = cfg.Width, cfg.Height, ChannelsOf(cfg.ColorModel)
	if f.Name == "GIF" || h.animated && f.Name != "TIFF" || alpha { // what is transparent stands further behind
		h.Channels = 4
	}
	if h.turn >= 5 {
		h.W, h.H = h.H, h.W
	}
	return h, nil
}

// passOver notes what a format's decoder passes over: the orientation, how densely pixels may be
// packed, and whether the picture may be animated or may let something through. What it reads can
// be read again.
func (h *Header) passOver(br *bufio.Reader) (alpha bool, err error) {
	head, _ := br.Peek(br.Size())
	switch h.Format.Name {
	case "TIFF": // which says it anywhere
		data, err := io.ReadAll(br)
		if err != nil {
			return false, err
		}
		d, _ := readDirectory(data, 0)
		pages, reduced := tiffPages(data)
		h.animated = len(pages)+reduced > 1
		if d.tags().planes && !h.animated {
			return false, errPlanes
		}
		h.turn, h.perByte = d.tags().turn, d.pixelsPerByte()
		br.Reset(bytes.NewReader(data))
		return false, nil
	case "WebP":
		h.animated = webpMoves(head)
	case "PNG":
		h.animated, alpha = mayMove(head), pngKey(head)
		h.perByte = pngPixels(head)
	case "BMP":
		alpha = len(head) >= 30 && head[28] == 32 // bits of a pixel
	}
	h.turn = turnOf(h.Format, head)
	return alpha, nil
}

func checkPixels(w, h int, lim dataset.Limits) error {
	if w < dataset.MinSide || h < dataset.MinSide {
		return fmt.Errorf("%d×%d pixels: too small for a network, at least %d a side are needed", w, h, dataset.MinSide)
	}
	if int64(w)*int64(h) > lim.Pixels {
		return fmt.Errorf("%d×%d pixels: too large, over %d million pixels", w, h, lim.Pixels/1e6)
	}
	return nil
}

func decodeError(f *Format, err error) error {
	// Some decoders tell of a file's early end in words only.
	if text := err.Error(); errors.Is(err, io.EOF) || strings.Contains(text, "EOF") || strings.Contains(text, "short ") || strings.Contains(text, "not enough") {
		return io.ErrUnexpectedEOF
	}
	if _, feature, ok := strings.Cut(err.Error(), "unsupported feature: "); ok || errors.Is(err, bmp.ErrUnsupported) {
		if feature != "" {
			feature = " (" + feature + ")"
		}
		return fmt.Errorf("a kind of %s that is not read%s: save it as PNG", f.Name, feature)
	}
	return fmt.Errorf("damaged or unusual %s: %w", f.Name, err)
}

// ChannelsOf returns the fewest channels that hold pictures of a colour model.
func ChannelsOf(m color.Model) int {
	if p, ok := m.(color.Palette); ok {
		c := 1
		for _, entry := range p {
			r, g, b, a := entry.RGBA()
			switch {
			case a != 0xffff:
				return 4
			case r != g || g != b:
				c = 3
			}
		}
		return c
	}
	switch m {
	case color.GrayModel, color.Gray16Model:
		return 1
	case color.NRGBAModel, color.NRGBA64Model, color.NYCbCrAModel, color.AlphaModel, color.Alpha16Model:
		return 4
	}
	return 3
}

// DecodePicture decodes a whole file.
func DecodePicture(data []byte, lim dataset.Limits) (image.Image, error) {
	return DecodeWith(new(pixels.Decoder), data, lim)
}

// DecodeWith is DecodePicture with memory of a decoder, which a picture may lie in until it is used
// again. The size is checked again: what a header says of itself need not be true.
func DecodeWith(d *pixels.Decoder, data []byte, lim dataset.Limits) (image.Image, error) {
	h, err := readHeader(bytes.NewReader(data), lim)
	if err != nil {
		return nil, err
	}
	if err := h.plausible(int64(len(data))); err != nil {
		return nil, err
	}
	h.Orient(data)
	img, err := work.Guarded(func() (image.Image, error) {
		if h.Format.Name == "JPEG" {
			size := image.Pt(h.W, h.H)
			if h.turn >= 5 {
				size = image.Pt(h.H, h.W)
			}
			if img, err := d.Decode(data, size); err == nil {
				return img, nil
			}
		}
		if h.Format.Name == "WebP" && h.animated {
			return readMovingWebP(data).first(lim)
		}
		return h.Format.decode(bytes.NewReader(data))
	})
	if err != nil && h.Format.Name == "PNG" {
		if whole := withEnd(data); whole != nil {
			img, err = work.Guarded(func() (image.Image, error) { return png.Decode(bytes.NewReader(whole)) })
		}
	}
	if err != nil {
		return nil, decodeError(h.Format, err)
	}
	switch h.Format.Name {
	case "WebP":
		img = colours(img)
	case "TIFF":
		img = readTIFFTags(data).mended(img)
	}
	img = turned(plain(img), h.turn)
	// The first frame of a GIF may cover a part of its screen only; the rest is transparent.
	screen := image.Rect(0, 0, h.W, h.H)
	if frame, ok := img.(*image.NRGBA); ok && h.Format.Name == "GIF" && frame.Rect != screen {
		full := image.NewNRGBA(screen)
		in := frame.Rect.Intersect(screen)
		for y := in.Min.Y; y < in.Max.Y; y++ {
			copy(full.Pix[full.PixOffset(in.Min.X, y):full.PixOffset(in.Max.X-1, y)+4], frame.Pix[frame.PixOffset(in.Min.X, y):])
		}
		img = full
	}
	b := img.Bounds()
	if err := checkPixels(b.Dx(), b.Dy(), lim); err != nil {
		return nil, err
	}
	return img, nil
}

// plain replaces a picture with a palette by one without, so that it can be scaled quickly.
func plain(img image.Image) image.Image {
	src, ok := img.(*image.Paletted)
	if !ok {
		return img
	}
	var table [256]color.NRGBA
	for i, c := range src.Palette {
		table[i] = color.NRGBAModel.Convert(c).(color.NRGBA)
	}
	dst := image.NewNRGBA(src.Rect)
	w := src.Rect.Dx()
	for y := range src.Rect.Dy() {
		row := dst.Pix[y*dst.Stride:]
		for x, index := range src.Pix[y*src.Stride : y*src.Stride+w] {
			c := table[index]
			row[4*x], row[4*x+1], row[4*x+2], row[4*x+3] = c.R, c.G, c.B, c.A
		}
	}
	return dst
}

const (
	anyPixels  = 1 << 20 // that a file of any size may have
	bytePixels = 2048    // more for each of its bytes, in formats that do not say how densely they pack
)

// plausible refuses a picture whose header promises far more than its file of size bytes can hold:
// a decoder would make room for all of it.
func (h *Header) plausible(size int64) error {
	if int64(h.W)*int64(h.H) <= anyPixels+h.perByte*size {
		return nil
	}
	why := "its header is damaged"
	if h.perByte == bytePixels {
		why = "it is blank, or its header is damaged: save it as PNG"
	}
	return fmt.Errorf("%d×%d pixels in %s: %s", h.W, h.H, wording.Counted(int(size), "byte", "bytes"), why)
}
