package array

import (
	"bytes"
	"context"
	"os"
	"path/filepath"
	"testing"

	"ganvas/datasets/internal/dataset"
	"ganvas/datasets/internal/datatest"
)

// Whatever bytes come, what is read has as many values as its shape says, and no more than allowed.
func FuzzNumPy(f *testing.F) {
	files, _ := filepath.Glob(datatest.File("arrays/*.np?"))
	for _, file := range files {
		data, err := os.ReadFile(file)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(data)
	}
	lim := dataset.StandardLimits
	lim.Memory = 1 << 20
	f.Fuzz(func(t *testing.T, data []byte) {
		file := filepath.Join(t.TempDir(), "some.npy")
		datatest.Must(t, os.WriteFile(file, data, 0o600))
		x, y, err := readNumPy(file, lim)
		if err != nil {
			return
		}
		for _, a := range []*npyArray{x, y} {
			if a == nil {
				continue
			}
			n := a.size
			for _, d := range a.shape {
				n *= d
			}
			if n != len(a.raw) || n > 1<<20 {
				t.Errorf("shape %v of %d bytes each for %d bytes", a.shape, a.size, len(a.raw))
			}
			a.labels("y")
		}
		if set, err := OpenNumPy(context.Background(), []string{file}, Request{Limits: lim}); err == nil {
			set.Read(set.Len()-1, make([]float32, len(valuesOf(set))))
		}
	})
}

func valuesOf(set dataset.Set) []float32 {
	n := 1
	for _, d := range set.Info().Shape {
		n *= d
	}
	return make([]float32, n)
}

// Whatever bytes come, what is read has as many values as its dimensions say and no more than
// allowed.
func FuzzIDX(f *testing.F) {
	for _, name := range []string{"few-images-idx3-ubyte", "few-labels-idx1-ubyte", "packed-labels-idx1-ubyte.gz", "alone.idx3-ubyte"} {
		data, err := os.ReadFile(datatest.File("idx/" + name))
		if err != nil {
			f.Fatal(err)
		}
		f.Add(data)
	}
	f.Add([]byte("\x00\x00\x08\x04\xff\xff\xff\xff\xff\xff\xff\xff\x00\x00\x00\x00\xff\xff\xff\xff"))
	f.Fuzz(func(t *testing.T, data []byte) {
		const limit = 1 << 20
		dims, values, err := readIDX(bytes.NewReader(data), limit)
		if err != nil {
			return
		}
		n := 1
		for _, d := range dims {
			n *= d
		}
		if n != len(values) || n == 0 || n > limit {
			t.Errorf("dimensions %v for %d values", dims, len(values))
		}
	})
}
