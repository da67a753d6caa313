package picture

import (
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"hash/crc32"
	"image"
	"image/color"
	"image/draw"
	"image/png"
	"io"

	"ganvas/datasets/internal/dataset"
)

// apng is an animated PNG (W3C, "Portable Network Graphics, third edition", 2025, section 11.3.3):
// a PNG with chunks acTL, fcTL and fdAT around the data of more frames.
type apng struct {
	header []byte   // of the chunk IHDR
	shared [][]byte // chunks that all frames need: the palette and what is transparent of it
	frames []apngFrame
	cut    bool // the file ends early
}

type apngFrame struct {
	area           image.Rectangle
	dispose, blend byte
	data           [][]byte // of IDAT or fdAT
}

const pngStart = "\x89PNG\r\n\x1a\n"

// mayMove says whether a PNG that begins with head may be animated: it says so before its data, or
// head ends before them.
func mayMove(head []byte) bool { return chunkBefore(head, "acTL", true) }

// pngKey says whether a PNG that begins with head names a colour, or colours of its palette, that
// are transparent.
func pngKey(head []byte) bool { return chunkBefore(head, "tRNS", false) }

// chunkBefore says whether a chunk stands before the data; unknown, where head ends before them.
func chunkBefore(head []byte, kind string, unknown bool) bool {
	at := len(pngStart)
	for at+8 <= len(head) {
		switch string(head[at+4 : at+8]) {
		case kind:
			return true
		case "IDAT", "IEND":
			return false
		}
		at += 12 + int(binary.BigEndian.Uint32(head[at:]))
	}
	return unknown
}

// pngPixels returns how many pixels a byte of a PNG that begins with head may stand for: Deflate
// packs 1,032 bytes into one at best.
func pngPixels(head []byte) int64 {
	const depth, kind = 24, 25 // where the bits of a sample, and which samples there are, stand in the file
	if len(head) <= kind {
		return bytePixels
	}
	samples := map[byte]int64{2: 3, 4: 2, 6: 4}[head[kind]]
	return 1032 * 8 / max(1, int64(head[depth])*max(1, samples))
}

// withEnd completes a PNG that ends behind its data, or within their checksum, or within what
// follows them; nil where data are missing.
func withEnd(data []byte) []byte {
	at, found := len(pngStart), false
	for at+8 <= len(data) {
		n := int64(binary.BigEndian.Uint32(data[at:]))
		kind := string(data[at+4 : at+8])
		rest := int64(len(data) - at - 8)
		if kind == "IEND" || kind != "IDAT" && rest < n+4 {
			break
		}
		if rest < n {
			return nil
		}
		found = found || kind == "IDAT"
		if rest < n+4 {
			data = binary.BigEndian.AppendUint32(data[:at+8+int(n):at+8+int(n)], crc32.ChecksumIEEE(data[at+4:at+8+int(n)]))
		}
		at += 12 + int(n)
	}
	if !found {
		return nil
	}
	out := bytes.NewBuffer(bytes.Clone(data[:min(at, len(data))]))
	writeChunk(out, "IEND", nil)
	return out.Bytes()
}

// readAPNG finds the frames of a PNG; one without animation has none.
func readAPNG(data []byte) *apng {
	a := new(apng)
	animated, frame := false, -1
	at := len(pngStart)
	for ; at+12 <= len(data); at += 12 + int(binary.BigEndian.Uint32(data[at:])) {
		n := int(binary.BigEndian.Uint32(data[at:]))
		if n > len(data)-at-12 {
			a.cut = true
			break
		}
		chunk, body := data[at:at+12+n], data[at+8:at+8+n]
		switch kind := string(chunk[4:8]); {
		case kind == "IHDR" && n == 13:
			a.header = body
		case kind == "PLTE", kind == "tRNS":
			a.shared = append(a.shared, chunk)
		case kind == "acTL":
			animated = true
		case kind == "fcTL" && n == 26:
			x, y := int(binary.BigEndian.Uint32(body[12:])), int(binary.BigEndian.Uint32(body[16:]))
			w, h := int(binary.BigEndian.Uint32(body[4:])), int(binary.BigEndian.Uint32(body[8:]))
			a.frames = append(a.frames, apngFrame{area: image.Rect(x, y, x+w, y+h), dispose: body[24], blend: body[25]})
			frame = len(a.frames) - 1
		case kind == "IDAT" && frame == 0:
			a.frames[0].data = append(a.frames[0].data, body)
		case kind == "fdAT" && frame >= 0 && n > 4:
			a.frames[frame].data = append(a.frames[frame].data, body[4:])
		case kind == "IEND":
			at = len(data)
			n = 0
		}
		if at == len(data) {
			break
		}
	}
	if !animated || a.header == nil {
		a.frames = nil
	}
	return a
}

// still returns a frame as a PNG of its own.
func (a *apng) still(f apngFrame) []byte {
	var out bytes.Buffer
	out.WriteString(pngStart)
	head := bytes.Clone(a.header)
	binary.BigEndian.PutUint32(head, uint32(f.area.Dx()))
	binary.BigEndian.PutUint32(head[4:], uint32(f.area.Dy()))
	writeChunk(&out, "IHDR", head)
	for _, chunk := range a.shared {
		out.Write(chunk)
	}
	writeChunk(&out, "IDAT", bytes.Join(f.data, nil))
	writeChunk(&out, "IEND", nil)
	return out.Bytes()
}

func writeChunk(w *bytes.Buffer, kind string, body []byte) {
	var n [4]byte
	binary.BigEndian.PutUint32(n[:], uint32(len(body)))
	w.Write(n[:])
	start := w.Len()
	w.WriteString(kind)
	w.Write(body)
	binary.BigEndian.PutUint32(n[:], crc32.ChecksumIEEE(w.Bytes()[start:]))
	w.Write(n[:])
}

// play composes the frames and yields each.
func (a *apng) play(lim dataset.Limits, yield func(int, image.Image) bool) error {
	screen := image.Rect(0, 0, int(binary.BigEndian.Uint32(a.header)), int(binary.BigEndian.Uint32(a.header[4:])))
	if err := checkPixels(screen.Dx(), screen.Dy(), lim); err != nil {
		return err
	}
	canvas := image.NewNRGBA(screen)
	var before []uint8
	for i, f := range a.frames {
		if f.area.Empty() || !f.area.In(screen) {
			return fmt.Errorf("damaged PNG: frame %d lies outside of the picture", i+1)
		}
		img, err := png.Decode(bytes.NewReader(a.still(f)))
		switch {
		case err != nil && a.cut:
			return io.ErrUnexpectedEOF
		case err != nil:
			return decodeError(formats[0], err)
		}
		if f.dispose == 2 && i > 0 {
			before = append(before[:0], canvas.Pix...)
		}
		lay(canvas, img, f.area.Min, f.blend == 1)
		if !yield(i, canvas) {
			return nil
		}
		switch {
		case f.dispose == 1, f.dispose == 2 && i == 0:
			clearArea(canvas, f.area)
		case f.dispose == 2:
			copy(canvas.Pix, before)
		}
	}
	if a.cut {
		return io.ErrUnexpectedEOF
	}
	if len(a.frames) == 0 {
		return errors.New("damaged PNG: no frame in it")
	}
	return nil
}

// lay puts a frame on the canvas, over what is there or in its place.
func lay(canvas *image.NRGBA, img image.Image, to image.Point, over bool) {
	frame, ok := plain(img).(*image.NRGBA)
	if !ok {
		frame = image.NewNRGBA(img.Bounds())
		if deep, ok := img.(*image.NRGBA64); ok {
			for i := range len(frame.Pix) {
				frame.Pix[i] = deep.Pix[2*i]
			}
		} else {
			draw.Draw(frame, frame.Rect, img, img.Bounds().Min, draw.Src)
		}
	}
	b := frame.Rect
	for y := range b.Dy() {
		for x := range b.Dx() {
			c := frame.NRGBAAt(b.Min.X+x, b.Min.Y+y)
			at := to.Add(image.Pt(x, y))
			if over {
				c = layered(c, canvas.NRGBAAt(at.X, at.Y))
			}
			canvas.SetNRGBA(at.X, at.Y, c)
		}
	}
}

// layered is a colour over another, neither multiplied by its alpha (the same standard, section
// 13.16).
func layered(top, below color.NRGBA) color.NRGBA {
	switch {
	case top.A == 255 || below.A == 0:
		return top
	case top.A == 0:
		return below
	}
	u := uint32(top.A) * 255
	v := (255 - uint32(top.A)) * uint32(below.A)
	mix := func(a, b uint8) uint8 { return uint8((uint32(a)*u + uint32(b)*v + (u+v)/2) / (u + v)) }
	return color.NRGBA{R: mix(top.R, below.R), G: mix(top.G, below.G), B: mix(top.B, below.B), A: uint8((u + v + 127) / 255)}
}
