package provenance

import (
	"bufio"
	"bytes"
	"compress/zlib"
	"encoding/binary"
	"errors"
	"fmt"
	"hash/crc32"
	"image"
	"image/png"
	"io"
	"math"
	"os"
	"strings"
	"sync"

	"ganvas/engine/wholefile"
)

// The record is the text of a chunk iTXt (PNG specification, third edition, section 11.3.3.4) that
// is called keyword: compressed JSON. It stands before the pixels, where programs that make files
// smaller leave it.
const keyword = "Ganvas"

// signature is what a PNG file begins with.
const signature = "\x89PNG\r\n\x1a\n"

const (
	headerBytes = len(signature) + 12 + 13 // up to and with the chunk IHDR, the first
	mostChunk   = 4 << 20                  // bytes of a chunk that is read
	mostText    = 4 << 20                  // bytes of the JSON
)

// Encode writes a picture as PNG. Where r is not nil, the file carries it; where perInch is not 0,
// it says how many pixels of it are to be an inch.
func Encode(w io.Writer, img image.Image, r *Record, perInch float64) error {
	var extra []byte
	if perInch > 0 {
		perMetre := binary.BigEndian.AppendUint32(nil, uint32(math.Round(perInch/0.0254)))
		extra = appendChunk(extra, "pHYs", append(append(perMetre, perMetre...), 1)) // 1: the unit is the metre
	}
	if r != nil {
		text, err := r.marshal()
		if err != nil {
			return err
		}
		var b bytes.Buffer
		b.WriteString(keyword + "\x00\x01\x00\x00\x00") // compressed, by zlib, in no language, without a translated keyword
		z := packers.Get().(*zlib.Writer)
		defer packers.Put(z)
		z.Reset(&b)
		_, err = z.Write(text)
		if err := errors.Join(err, z.Close()); err != nil {
			return err
		}
		extra = appendChunk(extra, "iTXt", b.Bytes())
	}
	return png.Encode(&inserter{w: w, extra: extra, until: headerBytes}, img)
}

// packers are kept, as each takes more memory than all that it packs.
var packers = sync.Pool{New: func() any { return zlib.NewWriter(nil) }}

// appendChunk appends a chunk with its length and checksum.
func appendChunk(to []byte, name string, data []byte) []byte {
	to = binary.BigEndian.AppendUint32(to, uint32(len(data)))
	from := len(to)
	to = append(append(to, name...), data...)
	return binary.BigEndian.AppendUint32(to, crc32.ChecksumIEEE(to[from:]))
}

// An inserter writes extra after so many bytes of what is written to it.
type inserter struct {
	w     io.Writer
	extra []byte
	until int
}

func (i *inserter) Write(p []byte) (n int, err error) {
	if i.until > 0 {
		head := p[:min(len(p), i.until)]
		if n, err = i.w.Write(head); err != nil {
			return n, err
		}
		if i.until -= n; i.until > 0 {
			return n, nil
		}
		if _, err := i.w.Write(i.extra); err != nil {
			return n, err
		}
	}
	more, err := i.w.Write(p[n:])
	return n + more, err
}

// errNewer is the error of a record that this version does not know.
var errNewer = errors.New("how it was made is said in a newer way")

// ReadFile returns the record that a file carries; nil where it carries none or is no PNG file.
func ReadFile(path string) (*Record, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, fmt.Errorf("read %s: %w", path, wholefile.Cause(err))
	}
	defer f.Close()
	r, err := Read(f)
	switch {
	case errors.Is(err, errNewer):
		return nil, fmt.Errorf("read %s: %w", path, err)
	case err != nil:
		return nil, fmt.Errorf("read %s: it carries how it was made, but that is damaged: %w: take another copy, or use the picture as data", path, err)
	}
	return r, nil
}

// IsPNG tells whether a file begins as a PNG file does.
func IsPNG(path string) bool {
	info, err := os.Stat(path)
	if err != nil || !info.Mode().IsRegular() { // a pipe would wait for somebody to write
		return false
	}
	f, err := os.Open(path)
	if err != nil {
		return false
	}
	defer f.Close()
	var head [len(signature)]byte
	_, err = io.ReadFull(f, head[:])
	return err == nil && string(head[:]) == signature
}

// Read returns the record of a PNG file; nil where there is none, or where it is no whole PNG file.
// The error says why what is there cannot be read.
func Read(f io.ReadSeeker) (*Record, error) {
	b := bufio.NewReader(f)
	var head [8]byte
	if _, err := io.ReadFull(b, head[:]); err != nil || string(head[:]) != signature {
		return nil, nil
	}
	for {
		if _, err := io.ReadFull(b, head[:]); err != nil || string(head[4:]) == "IEND" {
			return nil, nil
		}
		size, name := binary.BigEndian.Uint32(head[:4]), string(head[4:])
		if size > math.MaxInt32 || strings.ContainsFunc(name, noLetter) { // as in what is filled with zeros
			return nil, nil
		}
		mine, err := isRecord(b, name, int(size))
		if err != nil {
			return nil, nil
		}
		if mine {
			return readChunk(b, name, int(size))
		}
		if err := skip(f, b, int64(size)+crc32.Size); err != nil {
			return nil, nil
		}
	}
}

// noLetter tells whether no name of a chunk has a sign.
func noLetter(r rune) bool { return !(r >= 'A' && r <= 'Z' || r >= 'a' && r <= 'z') }

// isRecord looks whether the chunk that begins here is the record.
func isRecord(b *bufio.Reader, name string, size int) (bool, error) {
	if name != "iTXt" && name != "zTXt" && name != "tEXt" || size <= len(keyword) {
		return false, nil
	}
	start, err := b.Peek(len(keyword) + 1)
	return string(start) == keyword+"\x00", err
}

// skip goes on behind the next n bytes, without reading many of them.
func skip(f io.Seeker, b *bufio.Reader, n int64) error {
	if n <= int64(b.Buffered())+4096 {
		_, err := b.Discard(int(n))
		return err
	}
	if _, err := f.Seek(n-int64(b.Buffered()), io.SeekCurrent); err != nil {
		return err
	}
	b.Reset(f.(io.Reader))
	return nil
}

// readChunk reads the record in a chunk of a name, which begins here.
func readChunk(b *bufio.Reader, name string, size int) (*Record, error) {
	if size > mostChunk {
		return nil, fmt.Errorf("it takes %d bytes, and at most %d are read", size, mostChunk)
	}
	data := make([]byte, size+crc32.Size)
	if _, err := io.ReadFull(b, data); err != nil {
		return nil, errors.New("the file ends in it")
	}
	sum := crc32.Update(crc32.ChecksumIEEE([]byte(name)), crc32.IEEETable, data[:size])
	if sum != binary.BigEndian.Uint32(data[size:]) {
		return nil, errors.New("its checksum differs")
	}
	text, err := textOf(name, data[len(keyword)+1:size])
	if err != nil {
		return nil, err
	}
	return unmarshal(text)
}

// textOf returns the text of a chunk, behind its keyword. Programs that copy pictures may write
// another chunk of text than the one that they have read.
func textOf(name string, data []byte) ([]byte, error) {
	compressed := false
	switch name {
	case "zTXt": // method of compression, text
		if len(data) < 1 || data[0] != 0 {
			return nil, errors.New("its compression is not known")
		}
		compressed, data = true, data[1:]
	case "iTXt": // whether it is compressed, method, language, translated keyword, text
		if len(data) < 2 || data[0] > 1 || data[1] != 0 {
			return nil, errors.New("its compression is not known")
		}
		compressed, data = data[0] == 1, data[2:]
		for range 2 {
			end := bytes.IndexByte(data, 0)
			if end < 0 {
				return nil, errors.New("its chunk is not whole")
			}
			data = data[end+1:]
		}
	}
	if !compressed {
		return data, nil
	}
	z, err := zlib.NewReader(bytes.NewReader(data))
	if err != nil {
		return nil, errors.New("it cannot be unpacked")
	}
	text, err := io.ReadAll(io.LimitReader(z, mostText+1))
	switch {
	case err != nil:
		return nil, errors.New("it cannot be unpacked")
	case len(text) > mostText:
		return nil, fmt.Errorf("unpacked it takes more than %d bytes", mostText)
	}
	return text, nil
}
