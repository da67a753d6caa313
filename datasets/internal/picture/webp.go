package picture

import (
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"image"
	"image/color"
	"io"

	"golang.org/x/image/webp"

	"ganvas/datasets/internal/dataset"
)

// movingWebP holds the frames of an animated WebP (RFC 9649, section 2.7): a RIFF file of chunks,
// each frame's data in one of the kind ANMF.
type movingWebP struct {
	screen image.Rectangle
	frames []webpFrame
	cut    bool // the file ends early
}

type webpFrame struct {
	area        image.Rectangle
	over        bool   // it is laid over what is there rather than put in its place
	clear       bool   // its area is cleared after it was shown
	alpha, data []byte // chunks: ALPH, or nil, and VP8 or VP8L
}

const webpStart = 12 // bytes of a WebP before its first chunk

// webpMoves says whether a WebP that begins with head is animated.
func webpMoves(head []byte) bool {
	return len(head) > webpStart+8 && string(head[webpStart:webpStart+4]) == "VP8X" && head[webpStart+8]&2 != 0
}

// eachChunk calls f with the kind, the contents and the whole of every RIFF chunk in data, and says
// whether the last one is cut.
func eachChunk(data []byte, f func(kind string, body, chunk []byte)) (cut bool) {
	for len(data) >= 8 {
		n := int64(binary.LittleEndian.Uint32(data[4:]))
		if n > int64(len(data)-8) {
			return true
		}
		end := min(8+n+n&1, int64(len(data)))
		f(string(data[:4]), data[8:8+n], data[:end])
		data = data[end:]
	}
	return false
}

// triple reads a number of three bytes.
func triple(b []byte) int { return int(b[0]) | int(b[1])<<8 | int(b[2])<<16 }

// readMovingWebP finds the frames of a WebP; one without animation has none.
func readMovingWebP(data []byte) *movingWebP {
	m := new(movingWebP)
	if len(data) < webpStart {
		return m
	}
	whole := int64(binary.LittleEndian.Uint32(data[4:])) + 8
	m.cut = eachChunk(data[webpStart:min(int64(len(data)), max(webpStart, whole))], func(kind string, body, _ []byte) {
		switch {
		case kind == "VP8X" && len(body) >= 10:
			m.screen = image.Rect(0, 0, triple(body[4:])+1, triple(body[7:])+1)
		case kind == "ANMF" && len(body) >= 16:
			x, y := 2*triple(body), 2*triple(body[3:])
			f := webpFrame{area: image.Rect(x, y, x+triple(body[6:])+1, y+triple(body[9:])+1), over: body[15]&2 == 0, clear: body[15]&1 != 0}
			eachChunk(body[16:], func(kind string, _, chunk []byte) {
				switch kind {
				case "ALPH":
					f.alpha = chunk
				case "VP8 ", "VP8L":
					f.data = chunk
				}
			})
			m.frames = append(m.frames, f)
		}
	}) || whole > int64(len(data))
	return m
}

// still returns a frame as a WebP of its own.
func (f webpFrame) still() []byte {
	var head []byte
	if f.alpha != nil {
		head = append([]byte("VP8X\x0a\x00\x00\x00\x10\x00\x00\x00"), make([]byte, 6)...)
		w, h := f.area.Dx()-1, f.area.Dy()-1
		copy(head[12:], []byte{byte(w), byte(w >> 8), byte(w >> 16), byte(h), byte(h >> 8), byte(h >> 16)})
	}
	body := bytes.Join([][]byte{[]byte("WEBP"), head, f.alpha, f.data}, nil)
	return append(binary.LittleEndian.AppendUint32([]byte("RIFF"), uint32(len(body))), body...)
}

// play composes the frames and yields each.
func (m *movingWebP) play(lim dataset.Limits, yield func(int, image.Image) bool) error {
	if err := checkPixels(m.screen.Dx(), m.screen.Dy(), lim); err != nil {
		return err
	}
	canvas := image.NewNRGBA(m.screen)
	for i, f := range m.frames {
		if !f.area.In(m.screen) {
			return fmt.Errorf("damaged WebP: frame %d lies outside of the picture", i+1)
		}
		still := f.still()
		size, err := webp.DecodeConfig(bytes.NewReader(still))
		if err == nil && image.Pt(size.Width, size.Height) != f.area.Size() { // before anything is made for that size
			return fmt.Errorf("damaged WebP: frame %d has another size than it says", i+1)
		}
		img, err := webp.Decode(bytes.NewReader(still))
		if err != nil {
			return decodeError(formats[5], err)
		}
		lay(canvas, colours(img), f.area.Min, f.over)
		if !yield(i, canvas) {
			return nil
		}
		if f.clear {
			clearArea(canvas, f.area)
		}
	}
	if m.cut {
		return io.ErrUnexpectedEOF
	}
	if len(m.frames) == 0 {
		return errors.New("damaged WebP: no frame in it")
	}
	return nil
}

// first returns the first frame.
func (m *movingWebP) first(lim dataset.Limits) (img image.Image, err error) {
	err = m.play(lim, func(_ int, frame image.Image) bool {
		img = frame
		return false
	})
	return img, err
}

// colours returns a lossy WebP picture as what it shows. Its luma goes from 16 to 235 and its
// chroma from 16 to 240 (RFC 6386, section 9.2; ITU-R Rec. 601), but package image takes both for 0
// to 255, as JPEG has them (golang.org/issue/40173): white would be grey. Chroma, of half the
// resolution, is interpolated, in the integers of libwebp, so that every pixel is the one that
// other programs show.
func colours(img image.Image) image.Image {
	var src *image.YCbCr
	var alpha func(x, y int) uint8
	switch m := img.(type) {
	case *image.YCbCr:
		src = m
		alpha = func(int, int) uint8 { return 255 }
	case *image.NYCbCrA:
		src = &m.YCbCr
		alpha = func(x, y int) uint8 { return m.A[m.AOffset(x, y)] }
	default:
		return img
	}
	w, h := src.Rect.Dx(), src.Rect.Dy()
	dst := image.NewNRGBA(image.Rect(0, 0, w, h))
	blue, red := make([]uint8, w), make([]uint8, w)
	for y := range h {
		// Of the two rows of chroma around a row, the nearer one weighs three times as much as the
		// other.
		near, far := y/2, y/2+2*(y%2)-1
		if far = max(far, 0); far >= (h+1)/2 {
			far = near
		}
		widen(blue, src.Cb[near*src.CStride:], src.Cb[far*src.CStride:])
		widen(red, src.Cr[near*src.CStride:], src.Cr[far*src.CStride:])
		for x := range w {
			dst.SetNRGBA(x, y, fromVideo(int(src.Y[y*src.YStride+x]), int(blue[x]), int(red[x]), alpha(src.Rect.Min.X+x, src.Rect.Min.Y+y)))
		}
	}
	return dst
}

// widen fills a row with chroma of half the resolution: 9 parts of the nearest, 3 of each of the
// two beside it, 1 of the one across.
func widen(row, near, far []uint8) {
	last := (len(row)+1)/2 - 1
	for x := range row {
		k := x / 2
		side := k + 2*(x%2) - 1
		a, c := int(near[k]), int(far[k])
		if side < 0 || side > last {
			row[x] = uint8((3*a + c + 2) / 4)
			continue
		}
		b, d := int(near[side]), int(far[side])
		// Halved twice, as libwebp does it: the mean of the two diagonals' mean and the nearest.
		row[x] = uint8(((a+b+c+d+8+2*(b+c))/8 + a) / 2)
	}
}

// fromVideo converts a colour of Rec. 601's ranges, in 16384ths.
func fromVideo(y, u, v int, alpha uint8) color.NRGBA {
	luma := y * 19077 >> 8
	return color.NRGBA{
		R: clip6(luma + v*26149>>8 - 14234),
		G: clip6(luma - u*6419>>8 - v*13320>>8 + 8708),
		B: clip6(luma + u*33050>>8 - 17685),
		A: alpha,
	}
}

// clip6 is the byte nearest to v/64, rounded down.
func clip6(v int) uint8 { return uint8(max(0, min(255, v>>6))) }
