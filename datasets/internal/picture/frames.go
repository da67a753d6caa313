package picture

import (
	"bytes"
	"errors"
	"fmt"
	"image"
	"image/draw"
	"image/gif"
	"path"
	"regexp"
	"strconv"

	"ganvas/datasets/internal/dataset"
	"ganvas/datasets/internal/files"
	"ganvas/datasets/internal/wording"
	"ganvas/datasets/internal/work"
)

// sheet is how a sheet of sprites is cut.
type sheet struct{ w, h, columns, rows int }

// count looks at a whole file to know how many items it holds.
func (h *Header) count(data []byte, lim dataset.Limits) error {
	var err error
	switch {
	case h.Format.Name == "GIF":
		h.Frames, err = len(gifFrames(data)), nil
	case h.Format.Name == "TIFF":
		return h.countPages(data, lim)
	case h.Format.Name == "WebP":
		h.Frames = len(readMovingWebP(data).frames)
	case h.animated:
		a := readAPNG(data)
		h.Frames, h.animated = len(a.frames), len(a.frames) > 0
	}
	if h.Frames > 1 && int64(h.Frames) > 10*lim.Pixels/(int64(h.W)*int64(h.H)) {
		err = fmt.Errorf("%s frames of %d×%d pixels: too large, over %d million pixels", wording.Thousands(h.Frames), h.W, h.H, 10*lim.Pixels/1e6)
	}
	h.Frames = max(1, h.Frames)
	return err
}

// sheetName finds the size of cells in the name of a sheet: "sprites_16x16.png".
var sheetName = regexp.MustCompile(`(?i)[-_ .](\d{1,4})x(\d{1,4})\.[a-z]+$`)

// cut makes cells of a picture where cells of a size are asked for, or, for a picture that is
// opened on its own, where its name tells one.
func (h *Header) cut(e files.Entry, size int) error {
	w, tall := size, size
	if size == 0 && e.Alone {
		if m := sheetName.FindStringSubmatch(path.Base(e.Name)); m != nil {
			w, _ = strconv.Atoi(m[1])
			tall, _ = strconv.Atoi(m[2])
		}
		if w == 0 || tall == 0 || h.W%w != 0 || h.H%tall != 0 {
			return nil
		}
	}
	if w == 0 {
		return nil
	}
	if w < dataset.MinSide || tall < dataset.MinSide || w > h.W || tall > h.H {
		return fmt.Errorf("cells of %d×%d in a picture of %d×%d: choose cells of at least %d×%d that fit into it", w, tall, h.W, h.H, dataset.MinSide, dataset.MinSide)
	}
	h.Cells = &sheet{w, tall, h.W / w, h.H / tall}
	h.W, h.H, h.Frames = w, tall, h.Cells.columns*h.Cells.rows
	return nil
}

// EachFrame decodes a file that holds several items, one after the other, until yield returns
// false. A frame is valid only during the call. What comes before an error has been yielded.
func EachFrame(data []byte, h Header, lim dataset.Limits, yield func(i int, img image.Image) bool) error {
	moving := func(i int, img image.Image) bool { return yield(i, turned(img, h.turn)) }
	_, err := work.Guarded(func() (struct{}, error) {
		switch {
		case h.Cells != nil:
			return struct{}{}, eachCell(data, h.Cells, lim, yield)
		case h.Format.Name == "GIF":
			return struct{}{}, playGIF(data, image.Rect(0, 0, h.W, h.H), yield)
		case h.Format.Name == "TIFF":
			return struct{}{}, eachPage(data, lim, yield)
		case h.Format.Name == "WebP":
			return struct{}{}, readMovingWebP(data).play(lim, moving)
		}
		return struct{}{}, readAPNG(data).play(lim, moving)
	})
	return err
}

// eachCell yields the cells of a sheet in the order of reading, leaving out those that are
// transparent throughout.
func eachCell(data []byte, c *sheet, lim dataset.Limits, yield func(int, image.Image) bool) error {
	img, err := DecodePicture(data, lim)
	if err != nil {
		return err
	}
	b := img.Bounds()
	i := 0
	for y := range c.rows {
		for x := range c.columns {
			cell := image.NewNRGBA(image.Rect(0, 0, c.w, c.h))
			draw.Draw(cell, cell.Rect, img, b.Min.Add(image.Pt(x*c.w, y*c.h)), draw.Src)
			if src, ok := img.(*image.NRGBA); ok { // exactly, without a way through colours multiplied by alpha
				for row := range c.h {
					copy(cell.Pix[row*cell.Stride:(row+1)*cell.Stride], src.Pix[src.PixOffset(b.Min.X+x*c.w, b.Min.Y+y*c.h+row):])
				}
			}
			if blank(cell) {
				continue
			}
			if !yield(i, cell) {
				return nil
			}
			i++
		}
	}
	return nil
}

func blank(img *image.NRGBA) bool {
	for i := 3; i < len(img.Pix); i += 4 {
		if img.Pix[i] != 0 {
			return false
		}
	}
	return true
}

// A gifFrame is where the parts of a frame lie in a file.
type gifFrame struct {
	control  []byte // the graphic control extension, or nil
	data     []byte // the image block
	disposal byte
}

// gifStart returns the header, the logical screen and the global palette of a GIF, or nil where
// they are cut.
func gifStart(data []byte) []byte {
	n := 13
	if len(data) >= n && data[10]&0x80 != 0 {
		n += 3 << (data[10]&7 + 1)
	}
	if len(data) < n {
		return nil
	}
	return data[:n]
}

// gifFrames finds the frames of a GIF (CompuServe, "Graphics Interchange Format, version 89a",
// 1990); the last one may be cut.
func gifFrames(data []byte) (frames []gifFrame) {
	start := gifStart(data)
	if start == nil {
		return nil
	}
	var control []byte
	for at := len(start); at+2 <= len(data); {
		begin := at
		switch data[at] {
		case 0x21: // an extension
			at = skipBlocks(data, at+2)
			if data[begin+1] == 0xf9 && at-begin == 8 {
				control = data[begin:at]
			}
		case 0x2c: // an image
			if at+10 > len(data) {
				return frames
			}
			at += 10
			if flags := data[at-1]; flags&0x80 != 0 {
				at += 3 << (flags&7 + 1)
			}
			at = skipBlocks(data, at+1)
			f := gifFrame{control: control, data: data[begin:at]}
			if control != nil {
				f.disposal = control[3] >> 2 & 7
			}
			frames, control = append(frames, f), nil
		default: // the trailer, or rubbish
			return frames
		}
	}
	return frames
}

// skipBlocks returns where a chain of sub-blocks that begins at a place ends, at most the file's
// end.
func skipBlocks(data []byte, at int) int {
	for at < len(data) && data[at] != 0 {
		at += 1 + int(data[at])
	}
	return min(at+1, len(data))
}

// playGIF composes the frames of a GIF on its screen.
func playGIF(data []byte, screen image.Rectangle, yield func(int, image.Image) bool) error {
	start := gifStart(data)
	canvas := image.NewNRGBA(screen)
	var before []uint8
	for i, f := range gifFrames(data) {
		var one bytes.Buffer
		for _, part := range [][]byte{start, f.control, f.data, {0x3b}} {
			one.Write(part)
		}
		img, err := gif.Decode(&one)
		if err != nil {
			return decodeError(formats[2], err)
		}
		frame, ok := plain(img).(*image.NRGBA)
		if !ok {
			return errors.New("a GIF without a palette")
		}
		area := frame.Rect.Intersect(screen)
		if f.disposal == 3 {
			before = append(before[:0], canvas.Pix...)
		}
		for y := area.Min.Y; y < area.Max.Y; y++ {
			for x := area.Min.X; x < area.Max.X; x++ {
				if c := frame.NRGBAAt(x, y); c.A != 0 {
					canvas.SetNRGBA(x, y, c)
				}
			}
		}
		if !yield(i, canvas) {
			return nil
		}
		switch f.disposal {
		case 2:
			clearArea(canvas, area)
		case 3:
			copy(canvas.Pix, before)
		}
	}
	return nil
}

func clearArea(canvas *image.NRGBA, area image.Rectangle) {
	for y := area.Min.Y; y < area.Max.Y; y++ {
		clear(canvas.Pix[canvas.PixOffset(area.Min.X, y) : canvas.PixOffset(area.Min.X, y)+4*area.Dx()])
	}
}

// Examine reads as much of an entry as it takes to know what items it holds. cell is how many pixels
// a side the cells have that it is cut into, or 0.
func Examine(e files.Entry, cell int, lim dataset.Limits) (Header, error) {
	r, err := e.Limited(lim)
	if err != nil {
		return Header{}, err
	}
	h, err := readHeader(r, lim)
	r.Close()
	err = files.NamedUnread(err == nil && h.Format.Name == "TIFF", err, e.Name)
	if err != nil {
		return Header{}, err
	}
	if err := h.plausible(e.Size); err != nil {
		return Header{}, err
	}
	h.Frames = 1
	if h.animated || h.Format.Name == "GIF" {
		data, err := e.Contents(lim)
		if err != nil {
			return Header{}, err
		}
		if err := h.count(data, lim); err != nil {
			return Header{}, err
		}
	}
	if h.Frames == 1 && (cell != 0 || e.Alone) {
		data, err := e.Contents(lim)
		if err != nil {
			return Header{}, err
		}
		h.Orient(data)
		if err := h.cut(e, cell); err != nil {
			return Header{}, err
		}
	}
	return h, nil
}
