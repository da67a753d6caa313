package picture

import (
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"image"

	"ganvas/datasets/internal/dataset"
	"ganvas/datasets/internal/wording"
	"ganvas/datasets/internal/work"
)

// Tags of a TIFF's directories (Adobe, "TIFF revision 6.0", 1992, section 8).
const (
	tagSubfile     = 254
	tagWidth       = 256
	tagHeight      = 257
	tagBits        = 258
	tagCompression = 259
	tagPhotometric = 262
	tagOrientation = 274
	tagSamples     = 277
	tagPlanes      = 284
)

// tiffDirectory is the whole numbers in a directory, by their tags.
type tiffDirectory map[uint16]int

// value is the number that a tag has, or one that stands for it where it is left out.
func (d tiffDirectory) value(tag uint16, without int) int {
	if v, ok := d[tag]; ok {
		return v
	}
	return without
}

// tiffOrder returns the order of the bytes of a TIFF.
func tiffOrder(data []byte) binary.ByteOrder {
	if data[0] == 'I' {
		return binary.LittleEndian
	}
	return binary.BigEndian
}

// readDirectory reads the directory at a place, 0 for the first, as far as it is there, and where
// the next one stands, or 0.
func readDirectory(data []byte, at uint32) (d tiffDirectory, next uint32) {
	if len(data) < 8 {
		return nil, 0
	}
	o := tiffOrder(data)
	if at == 0 {
		at = o.Uint32(data[4:])
	}
	e := int64(at) + 2
	if at < 8 || e > int64(len(data)) {
		return nil, 0
	}
	d = make(tiffDirectory)
	end := e + 12*int64(o.Uint16(data[at:]))
	for ; e < end && e+12 <= int64(len(data)); e += 12 {
		entry := data[e : e+12]
		if o.Uint32(entry[4:]) != 1 {
			continue
		}
		switch o.Uint16(entry[2:]) {
		case 1:
			d[o.Uint16(entry)] = int(entry[8])
		case 3:
			d[o.Uint16(entry)] = int(o.Uint16(entry[8:]))
		case 4:
			d[o.Uint16(entry)] = int(o.Uint32(entry[8:]))
		}
	}
	if end+4 <= int64(len(data)) {
		next = o.Uint32(data[end:])
	}
	return d, next
}

// tiffTags are numbers from a directory of a TIFF that its decoder passes over.
type tiffTags struct {
	turn   int  // as EXIF has it; 1: as it is
	swaps  bool // a fax whose white stands for black
	planes bool // its colours lie in separate planes
}

var errPlanes = errors.New("a TIFF whose colours lie one after the other, which is not read: save it as PNG")

// readTIFFTags returns the tags of a TIFF's first page; where they are damaged, those of a plain
// one.
func readTIFFTags(data []byte) tiffTags {
	d, _ := readDirectory(data, 0)
	return d.tags()
}

func (d tiffDirectory) tags() tiffTags {
	t := tiffTags{turn: 1}
	if turn := d.value(tagOrientation, 1); turn >= 1 && turn <= 8 {
		t.turn = turn
	}
	// Faxes tell runs of what 0 and what 1 stands for (sections 10 and 11); x/image takes the
	// former for white.
	packed := d.value(tagCompression, 1)
	t.swaps = packed >= 2 && packed <= 4 && d.value(tagPhotometric, 1) == 1
	t.planes = d.value(tagPlanes, 1) == 2 && d.value(tagSamples, 1) > 1
	return t
}

// mended returns a decoded TIFF as its tags ask for, but not turned.
func (t tiffTags) mended(img image.Image) image.Image {
	if grey, ok := img.(*image.Gray); ok && t.swaps {
		for i, v := range grey.Pix {
			grey.Pix[i] = ^v
		}
	}
	return img
}

// tiffPage is where the directory of a page stands, and what it says.
type tiffPage struct {
	at   uint32
	tags tiffDirectory
}

const mostPages = 100_000 // of one TIFF

// tiffPages finds the pages of a TIFF. Smaller copies of pages and masks are none: reduced counts
// them.
func tiffPages(data []byte) (pages []tiffPage, reduced int) {
	if len(data) < 8 {
		return nil, 0
	}
	seen := make(map[uint32]bool)
	for at := tiffOrder(data).Uint32(data[4:]); at != 0 && !seen[at] && len(seen) < mostPages; {
		seen[at] = true
		d, next := readDirectory(data, at)
		switch kind := d.value(tagSubfile, 0); {
		case d == nil:
		case len(pages) > 0 && kind&5 != 0:
			reduced++
		default:
			pages = append(pages, tiffPage{at, d})
		}
		at = next
	}
	return pages, reduced
}

// tiffFrom is a TIFF that begins with another of its pages.
type tiffFrom struct {
	*bytes.Reader
	start [8]byte
}

func newTIFFFrom(data []byte, at uint32) *tiffFrom {
	t := &tiffFrom{Reader: bytes.NewReader(data)}
	copy(t.start[:], data)
	tiffOrder(data).PutUint32(t.start[4:], at)
	return t
}

// ReadAt reads the file but for where its first page is said to be.
func (t *tiffFrom) ReadAt(p []byte, off int64) (int, error) {
	n, err := t.Reader.ReadAt(p, off)
	if off >= 0 && off < int64(len(t.start)) {
		copy(p[:n], t.start[off:])
	}
	return n, err
}

// PagesError says which pages of a TIFF could not be read, the first of them with the reason.
type PagesError struct {
	bad, of, first int
	err            error
}

// Error names the pages.
func (e *PagesError) Error() string {
	return fmt.Sprintf("%d of its %d pages left out: page %d: %s", e.bad, e.of, e.first, wording.Reason(e.err))
}

// eachPage decodes the pages of a TIFF, leaving out those that cannot be read.
func eachPage(data []byte, lim dataset.Limits, yield func(int, image.Image) bool) error {
	pages, _ := tiffPages(data)
	bad := &PagesError{of: len(pages)}
	for i, page := range pages {
		img, err := page.decode(data, lim)
		if err != nil {
			if bad.bad++; bad.bad == 1 {
				bad.first, bad.err = i+1, err
			}
			continue
		}
		if !yield(i-bad.bad, img) {
			break
		}
	}
	if bad.bad > 0 {
		return bad
	}
	return nil
}

func (p tiffPage) decode(data []byte, lim dataset.Limits) (image.Image, error) {
	tags := p.tags.tags()
	if tags.planes {
		return nil, errPlanes
	}
	h := Header{Format: formats[4], W: p.tags.value(tagWidth, 0), H: p.tags.value(tagHeight, 0)}
	h.perByte = p.tags.pixelsPerByte()
	if err := checkPixels(h.W, h.H, lim); err != nil {
		return nil, err
	}
	if err := h.plausible(int64(len(data))); err != nil {
		return nil, err
	}
	tiff := formats[4]
	img, err := work.Guarded(func() (image.Image, error) { return tiff.decode(newTIFFFrom(data, p.at)) })
	if err != nil {
		return nil, decodeError(tiff, err)
	}
	return turned(plain(tags.mended(img)), tags.turn), nil
}

// countPages makes a header that of a file of several pages, whose channels hold all of them.
func (h *Header) countPages(data []byte, lim dataset.Limits) error {
	pages, reduced := tiffPages(data)
	h.Frames, h.Reduced = len(pages), reduced
	var pixels int64
	for _, p := range pages {
		pixels += int64(p.tags.value(tagWidth, 0)) * int64(p.tags.value(tagHeight, 0))
		cfg, err := work.Guarded(func() (image.Config, error) { return h.Format.config(newTIFFFrom(data, p.at)) })
		if err == nil {
			h.Channels = max(h.Channels, ChannelsOf(cfg.ColorModel))
		}
	}
	if pixels > 10*lim.Pixels {
		return fmt.Errorf("%s of %s pixels in all: too large, over %d million pixels", wording.Counted(len(pages), "page", "pages"), wording.Thousands(int(pixels)), 10*lim.Pixels/1e6)
	}
	return nil
}

// pixelsPerByte returns how many pixels a byte of a page may stand for at most, by how it is
// packed: a fax says in a bit that a row is like the one before; a code of LZW's, of 12 bits,
// stands for up to 4,096 bytes.
func (d tiffDirectory) pixelsPerByte() int64 {
	var most int64 // bytes that a byte may stand for
	switch d.value(tagCompression, 1) {
	case 1:
		most = 1
	case 3, 4:
		return 8 * int64(d.value(tagWidth, 0))
	case 5:
		most = 4096 * 8 / 12
	case 32773: // PackBits
		most = 128 / 2
	default: // Deflate
		most = 1032
	}
	return max(1, most*8/max(1, int64(d.value(tagBits, 8))*int64(d.value(tagSamples, 1))))
}
