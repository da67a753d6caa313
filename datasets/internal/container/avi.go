package container

import (
	"bytes"
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"io"

	"ganvas/datasets/internal/dataset"
	"ganvas/datasets/internal/files"
	"ganvas/datasets/internal/wording"
)

// IsAVI says whether a file that begins with head is a video in an AVI file.
func IsAVI(head []byte) bool { return files.Matches(head, "RIFF????AVI ") }

var errNotMJPEG = errors.New("an AVI whose pictures are not JPEG (MJPEG): convert it, as with ffmpeg -i in.mp4 -c:v mjpeg out.avi")

// video is a file of frames and how it is called.
type video struct {
	name string
	r    io.ReaderAt
	size int64
}

// addAVI lists the frames of Motion JPEG in an AVI file (Microsoft, "AVI RIFF file reference"):
// lists of chunks, each four letters and a length, padded to an even one. Frames are the chunks
// ##dc and ##db in the list movi; they are found by walking, since an index may be missing or
// wrong. Of the frames, every stride-th is taken.
func addAVI(ctx context.Context, l *files.Listing, v video, stride int, lim dataset.Limits) error {
	w := &aviWalker{ctx: ctx, r: v.r, end: v.size, lim: lim}
	err := w.walk(0, v.size, 0)
	if ctx.Err() != nil {
		return ctx.Err()
	}
	stride = max(1, stride)
	frames := 0
	for i, f := range w.frames {
		if i%stride != 0 {
			continue
		}
		frames++
		l.Entries = append(l.Entries, files.Entry{Name: fmt.Sprintf("%s#%06d", v.name, i), Size: f.size, Opener: files.OpenFunc(withTables(v.r, f.at, f.size)), Picture: true, Frame: true})
	}
	l.Animated += min(1, frames)
	switch {
	case frames == 0 && err == nil:
		return errNotMJPEG
	case frames == 0:
		return err
	case err != nil:
		l.Skip(fmt.Sprintf("%s#%06d", v.name, len(w.frames)), "from here on: "+err.Error())
	}
	return nil
}

type part struct{ at, size int64 }

type aviWalker struct {
	ctx    context.Context
	r      io.ReaderAt
	end    int64
	lim    dataset.Limits
	frames []part
	chunks int
}

// walk visits the chunks from at to end.
func (w *aviWalker) walk(at, end int64, depth int) error {
	for at+8 <= end {
		if w.chunks++; w.chunks > 4*w.lim.ArchiveEntries || depth > 8 || w.ctx.Err() != nil {
			return fmt.Errorf("more than %s frames or lists too deep: cut it", wording.Thousands(w.lim.ArchiveEntries))
		}
		var h [12]byte
		n, err := w.r.ReadAt(h[:], at)
		if n < 8 {
			return reasonOf(err)
		}
		id, size := string(h[:4]), int64(binary.LittleEndian.Uint32(h[4:]))
		inside := at + 8
		switch {
		case (id == "RIFF" || id == "LIST") && n == 12:
			// The length of a file that was never finished is 0 or too long: what is there counts.
			last := inside + size
			if last > end || id == "RIFF" && size == 0 || string(h[8:]) == "movi" && size < 4 {
				last = end
			}
			if kind := string(h[8:]); kind == "AVI " || kind == "AVIX" || kind == "movi" || kind == "rec " {
				if err := w.walk(inside+4, last, depth+1); err != nil {
					return err
				}
			}
			at = max(inside, last) + (last-inside)&1
			continue
		case inside+size > w.end:
			return errors.New("truncated: the file ends before the picture does")
		case size > 0 && h[2] == 'd' && (h[3] == 'c' || h[3] == 'b') && depth > 1:
			if w.isJPEG(inside, size) {
				w.frames = append(w.frames, part{inside, size})
			}
		}
		at = inside + size + size&1
	}
	return nil
}

func (w *aviWalker) isJPEG(at, size int64) bool {
	var h [3]byte
	n, _ := w.r.ReadAt(h[:], at)
	return n == 3 && size <= w.lim.File && h == [3]byte{0xff, 0xd8, 0xff}
}

func reasonOf(err error) error {
	if err == nil || err == io.EOF {
		return io.ErrUnexpectedEOF
	}
	return err
}

// withTables opens a frame. Motion JPEG may leave out the Huffman tables, which are then those of
// the standard (ITU-T T.81, annex K.3).
func withTables(r io.ReaderAt, at, size int64) func() (io.ReadCloser, error) {
	return func() (io.ReadCloser, error) {
		frame := io.NewSectionReader(r, at, size)
		head, err := files.UpTo(frame, 4096)
		if err != nil {
			return nil, err
		}
		if _, err := frame.Seek(0, io.SeekStart); err != nil {
			return nil, err
		}
		scan := bytes.Index(head, []byte("\xff\xda"))
		if scan < 0 || bytes.Contains(head[:scan], []byte("\xff\xc4")) {
			return files.Section{SectionReader: frame}, nil
		}
		if _, err := frame.Seek(int64(scan), io.SeekStart); err != nil {
			return nil, err
		}
		return io.NopCloser(io.MultiReader(bytes.NewReader(head[:scan]), bytes.NewReader(standardTables), frame)), nil
	}
}

// standardTables is the segment DHT with the four tables of annex K.3.
var standardTables = func() []byte {
	const lumaAC = "\x01\x02\x03\x00\x04\x11\x05\x12!1A\x06\x13Qa\x07\"q\x142\x81\x91\xa1\x08#B\xb1\xc1\x15R\xd1\xf0$3br\x82\x09\x0a\x16\x17\x18\x19\x1a%&'()*456789:CDEFGHIJSTUVWXYZcdefghijstuvwxyz" +
		"\x83\x84\x85\x86\x87\x88\x89\x8a\x92\x93\x94\x95\x96\x97\x98\x99\x9a\xa2\xa3\xa4\xa5\xa6\xa7\xa8\xa9\xaa\xb2\xb3\xb4\xb5\xb6\xb7\xb8\xb9\xba\xc2\xc3\xc4\xc5\xc6\xc7\xc8\xc9\xca\xd2\xd3\xd4\xd5\xd6\xd7\xd8\xd9\xda\xe1\xe2\xe3\xe4\xe5\xe6\xe7\xe8\xe9\xea\xf1\xf2\xf3\xf4\xf5\xf6\xf7\xf8\xf9\xfa"
	const chromaAC = "\x00\x01\x02\x03\x11\x04\x05!1\x06\x12AQ\x07aq\x13\"2\x81\x08\x14B\x91\xa1\xb1\xc1\x09#3R\xf0\x15br\xd1\x0a\x16$4\xe1%\xf1\x17\x18\x19\x1a&'()*56789:CDEFGHIJSTUVWXYZcdefghijstuvwxyz" +
		"\x82\x83\x84\x85\x86\x87\x88\x89\x8a\x92\x93\x94\x95\x96\x97\x98\x99\x9a\xa2\xa3\xa4\xa5\xa6\xa7\xa8\xa9\xaa\xb2\xb3\xb4\xb5\xb6\xb7\xb8\xb9\xba\xc2\xc3\xc4\xc5\xc6\xc7\xc8\xc9\xca\xd2\xd3\xd4\xd5\xd6\xd7\xd8\xd9\xda\xe2\xe3\xe4\xe5\xe6\xe7\xe8\xe9\xea\xf2\xf3\xf4\xf5\xf6\xf7\xf8\xf9\xfa"
	const dc = "\x00\x01\x02\x03\x04\x05\x06\x07\x08\x09\x0a\x0b"
	tables := "\x00" + "\x00\x01\x05\x01\x01\x01\x01\x01\x01\x00\x00\x00\x00\x00\x00\x00" + dc +
		"\x10" + "\x00\x02\x01\x03\x03\x02\x04\x03\x05\x05\x04\x04\x00\x00\x01\x7d" + lumaAC +
		"\x01" + "\x00\x03\x01\x01\x01\x01\x01\x01\x01\x01\x01\x00\x00\x00\x00\x00" + dc +
		"\x11" + "\x00\x02\x01\x02\x04\x04\x03\x04\x07\x05\x04\x04\x00\x01\x02\x77" + chromaAC
	n := len(tables) + 2
	return append([]byte{0xff, 0xc4, byte(n >> 8), byte(n)}, tables...)
}()
