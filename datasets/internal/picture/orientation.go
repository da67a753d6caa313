package picture

import (
	"bytes"
	"compress/zlib"
	"encoding/binary"
	"encoding/hex"
	"image"

	"ganvas/datasets/internal/files"
	"ganvas/datasets/internal/pixels"
)

// turnOf returns the orientation that a picture's file asks for, 1 to 8 (CIPA DC-008, "Exif 2.32",
// tag 0x0112). data may be the beginning of the file: what stands further behind is not known then.
func turnOf(f *Format, data []byte) int {
	switch f.Name {
	case "JPEG":
		return jpegTurn(data)
	case "PNG":
		return pngTurn(data)
	case "WebP":
		return webpTurn(data)
	case "TIFF":
		return readTIFFTags(data).turn
	}
	return 1
}

// Orient turns a header to what the whole file says.
func (h *Header) Orient(data []byte) {
	turn := turnOf(h.Format, data)
	if (turn >= 5) != (h.turn >= 5) && h.Cells == nil {
		h.W, h.H = h.H, h.W
	}
	h.turn = turn
}

// jpegTurn looks for EXIF data among the segments before the picture (ITU-T T.81, annex B).
// Segments may be filled up by bytes of 0xff.
func jpegTurn(data []byte) int {
	for at := 2; at+4 <= len(data) && data[at] == 0xff; {
		kind := data[at+1]
		if kind == 0xff {
			at++
			continue
		}
		size := int(binary.BigEndian.Uint16(data[at+2:]))
		if kind == 0xda || size < 2 {
			break
		}
		body := data[at+4 : max(at+4, min(at+2+size, len(data)))]
		if kind == 0xe1 && isEXIF(body) {
			return exifTurn(body[6:])
		}
		at += 2 + size
	}
	return 1
}

func isEXIF(b []byte) bool { return len(b) >= 6 && string(b[:5]) == "Exif\x00" }

// pngTurn looks for the chunk eXIf, which may stand before or behind the data, or else for EXIF
// data in text, as ImageMagick wrote them before there was that chunk.
func pngTurn(data []byte) int {
	turn := 1
	for at := len(pngStart); at+12 <= len(data); {
		n := int64(binary.BigEndian.Uint32(data[at:]))
		body := data[at+8:]
		if n > int64(len(body)) {
			break
		}
		switch kind := string(data[at+4 : at+8]); kind {
		case "eXIf":
			return exifTurn(body[:n])
		case "tEXt", "zTXt":
			if b := profileOf(body[:n], kind == "zTXt"); isEXIF(b) {
				turn = exifTurn(b[6:])
			}
		}
		at += 12 + int(n)
	}
	return turn
}

// profileOf returns the EXIF data that a chunk of text holds, if it does: behind its name a line
// with what they are, one with how many bytes they have, and the bytes in hexadecimal digits.
func profileOf(text []byte, packed bool) []byte {
	const most = 1 << 20 // bytes of text
	name, text, _ := bytes.Cut(text, []byte{0})
	switch string(name) {
	case "Raw profile type exif", "Raw profile type APP1":
	default:
		return nil
	}
	if packed {
		if len(text) == 0 {
			return nil
		}
		r, err := zlib.NewReader(bytes.NewReader(text[1:]))
		if err != nil {
			return nil
		}
		if text, err = files.UpTo(r, most); err != nil {
			return nil
		}
	}
	lines := bytes.SplitN(bytes.TrimLeft(text, "\n"), []byte("\n"), 3)
	if len(lines) < 3 {
		return nil
	}
	digits := bytes.ReplaceAll(lines[2], []byte("\n"), nil)
	b := make([]byte, hex.DecodedLen(len(digits)))
	n, _ := hex.Decode(b, digits) // as far as there are digits
	return b[:n]
}

// webpTurn looks for the chunk EXIF, which stands behind the data.
func webpTurn(data []byte) int {
	turn := 1
	if len(data) < webpStart {
		return turn
	}
	eachChunk(data[webpStart:], func(kind string, body, _ []byte) {
		if kind == "EXIF" && turn == 1 {
			if isEXIF(body) { // which some programs write although it does not belong there
				body = body[6:]
			}
			turn = exifTurn(body)
		}
	})
	return turn
}

// exifTurn reads the orientation from EXIF data, which are the first directory of a TIFF.
func exifTurn(b []byte) int {
	d, _ := readDirectory(b, 0)
	if v := d.value(tagOrientation, 1); v >= 1 && v <= 8 {
		return v
	}
	return 1
}

// turned returns a picture as its orientation asks for.
func turned(img image.Image, turn int) image.Image {
	if turn <= 1 || turn > 8 {
		return img
	}
	b := img.Bounds()
	w, h := b.Dx(), b.Dy()
	out := image.Rect(0, 0, w, h)
	if turn >= 5 {
		out = image.Rect(0, 0, h, w)
	}
	if src, ok := img.(*image.NRGBA); ok {
		dst := image.NewNRGBA(out)
		turnPixels(dst.Pix, src.Pix[src.PixOffset(b.Min.X, b.Min.Y):], src.Stride, w, h, turn)
		return dst
	}
	src := make([]uint8, 4*w*h)
	new(pixels.Scaler).Scale(src, b.Size(), img, b)
	dst := image.NewRGBA(out)
	turnPixels(dst.Pix, src, 4*w, w, h, turn)
	return dst
}

// turnPixels writes a picture of w×h, four bytes a pixel, turned.
func turnPixels(dst, src []uint8, stride, w, h, turn int) {
	for at := range w * h {
		x, y := at%w, at/w
		if turn >= 5 {
			y, x = at%h, at/h
		}
		switch turn {
		case 2, 7, 3, 8:
			x = w - 1 - x
		}
		switch turn {
		case 3, 4, 6, 7:
			y = h - 1 - y
		}
		copy(dst[4*at:4*at+4], src[y*stride+4*x:])
	}
}
