package film

import (
	"bytes"
	"context"
	"encoding/binary"
	"errors"
	"hash/crc32"
	"image/png"
	"io"
)

// APNG writes the film as an animated PNG that repeats for ever (PNG Specification, third edition,
// 2025, section 11.3.6). Programs that know nothing of that show the first frame.
func (f *Film) APNG(ctx context.Context, w io.Writer) error {
	if err := f.Check(); err != nil {
		return err
	}
	if _, err := io.WriteString(w, signature); err != nil {
		return err
	}
	sequence := uint32(0)
	for i := range f.Frames {
		img, err := f.frame(ctx, i, 0, 1)
		if err != nil {
			return err
		}
		var b bytes.Buffer
		if err := png.Encode(&b, img); err != nil {
			return err
		}
		chunks, err := chunksOf(b.Bytes())
		if err != nil {
			return err
		}
		if err := f.writeFrame(w, i, chunks, &sequence); err != nil {
			return err
		}
	}
	return writeChunk(w, "IEND", nil)
}

const signature = "\x89PNG\r\n\x1a\n"

// A chunk is a part of a PNG file.
type chunk struct {
	kind string
	data []byte
}

// chunksOf returns the parts of a PNG file.
func chunksOf(file []byte) (chunks []chunk, err error) {
	file = bytes.TrimPrefix(file, []byte(signature))
	for len(file) >= 12 {
		n := int(binary.BigEndian.Uint32(file))
		if n > len(file)-12 {
			break
		}
		chunks = append(chunks, chunk{string(file[4:8]), file[8 : 8+n]})
		file = file[12+n:]
	}
	if len(file) > 0 {
		return nil, errors.New("a frame is no whole PNG file")
	}
	return chunks, nil
}

// writeFrame writes what a frame adds: the first one also what all have in common.
func (f *Film) writeFrame(w io.Writer, i int, chunks []chunk, sequence *uint32) error {
	for _, c := range chunks {
		if i == 0 && c.kind == "IHDR" {
			if err := writeChunk(w, "IHDR", c.data); err != nil {
				return err
			}
			animation := binary.BigEndian.AppendUint32(nil, uint32(f.Frames))
			if err := writeChunk(w, "acTL", binary.BigEndian.AppendUint32(animation, 0)); err != nil {
				return err
			}
		}
	}
	if err := writeChunk(w, "fcTL", f.control(i, sequence)); err != nil {
		return err
	}
	for _, c := range chunks {
		if c.kind != "IDAT" {
			continue
		}
		kind, data := "IDAT", c.data
		if i > 0 {
			kind = "fdAT"
			data = append(binary.BigEndian.AppendUint32(nil, *sequence), data...)
			*sequence++
		}
		if err := writeChunk(w, kind, data); err != nil {
			return err
		}
	}
	return nil
}

// control says how frame i is shown: all of it, in place of the one before.
func (f *Film) control(i int, sequence *uint32) []byte {
	b := binary.BigEndian.AppendUint32(nil, *sequence)
	*sequence++
	for _, v := range []int{f.W, f.H, 0, 0} {
		b = binary.BigEndian.AppendUint32(b, uint32(v))
	}
	const second = 1000
	b = binary.BigEndian.AppendUint16(b, uint16(min(f.delay(i, second), 1<<16-1)))
	b = binary.BigEndian.AppendUint16(b, second)
	return append(b, 0, 0)
}

func writeChunk(w io.Writer, kind string, data []byte) error {
	b := binary.BigEndian.AppendUint32(nil, uint32(len(data)))
	b = append(append(b, kind...), data...)
	b = binary.BigEndian.AppendUint32(b, crc32.ChecksumIEEE(b[4:]))
	_, err := w.Write(b)
	return err
}
