package main

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"image"
	"image/color"
	"image/png"
	"io/fs"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
)

// mutator makes damaged files of intact ones, each from its number alone.
type mutator struct {
	files  []intact
	intact [][]byte // pictures that lie beside
}

type intact struct {
	name string
	data []byte
}

func newMutator(dir string) (*mutator, error) {
	m := new(mutator)
	err := filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		switch filepath.Ext(path) {
		case ".rgba", ".u8", ".py", ".md", ".json.gz": // what other tools read of the files, and scripts
			return nil
		}
		data, err := os.ReadFile(path)
		if err == nil && len(data) > 0 && len(data) < 1<<20 {
			m.files = append(m.files, intact{filepath.Base(path), data})
		}
		return err
	})
	if err != nil {
		return nil, err
	}
	if len(m.files) == 0 {
		return nil, fmt.Errorf("no files in %s", dir)
	}
	for k := range 3 {
		img := image.NewGray(image.Rect(0, 0, 16, 16))
		for p := range img.Pix {
			img.Pix[p] = uint8(p * (k + 3))
		}
		img.Set(k, k, color.White)
		var b bytes.Buffer
		if err := png.Encode(&b, img); err != nil {
			return nil, err
		}
		m.intact = append(m.intact, b.Bytes())
	}
	return m, nil
}

func (m *mutator) name(i int) string { return m.files[i%len(m.files)].name }

// huge are numbers that headers do not expect.
var huge = []uint64{0, 1, 0x7f, 0xff, 0x7fff, 0xffff, 0x10000, 0x7fffffff, 0x80000000, 0xffffffff, 0x7fffffffffffffff, 0x8000000000000000, 0xffffffffffffffff}

// damaged returns the damaged file of a number, and its name.
func (m *mutator) damaged(i int) ([]byte, string) {
	f := m.files[i%len(m.files)]
	r := rand.New(rand.NewPCG(2026, uint64(i)))
	b := bytes.Clone(f.data)
	for range 1 + r.IntN(2) {
		b = m.once(b, r)
	}
	return b, strings.ReplaceAll(f.name, " ", "_")
}

func (m *mutator) once(b []byte, r *rand.Rand) []byte {
	if len(b) == 0 {
		return b
	}
	at := r.IntN(len(b))
	if r.IntN(2) == 0 { // most of what can go wrong stands in headers
		at = r.IntN(min(len(b), 128))
	}
	switch r.IntN(6) {
	case 0: // bits
		for range 1 + r.IntN(16) {
			b[at] ^= 1 << r.IntN(8)
			at = r.IntN(len(b))
		}
	case 1: // cut
		b = b[:r.IntN(len(b))]
	case 2: // a part of another file in place of a part
		other := m.files[r.IntN(len(m.files))].data
		from := r.IntN(len(other))
		part := other[from : from+r.IntN(min(len(other)-from, 512)+1)]
		end := min(len(b), at+r.IntN(512))
		b = append(append(bytes.Clone(b[:at]), part...), b[end:]...)
	case 3, 4: // huge numbers
		var n [8]byte
		size := []int{1, 2, 4, 8}[r.IntN(4)]
		v := huge[r.IntN(len(huge))]
		if r.IntN(2) == 0 {
			binary.BigEndian.PutUint64(n[:], v<<(64-8*size))
		} else {
			binary.LittleEndian.PutUint64(n[:], v)
		}
		copy(b[at:], n[:size])
	case 5: // a part twice
		end := min(len(b), at+1+r.IntN(256))
		b = append(append(bytes.Clone(b[:end]), b[at:end]...), b[end:]...)
	}
	return b
}
