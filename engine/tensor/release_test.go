package tensor

import (
	"slices"
	"sync"
	"testing"
)

// TestReleaseGivesMemoryBack convolves large pictures, whose buffers would stay as large.
func TestReleaseGivesMemoryBack(t *testing.T) {
	const n, size, channels = 8, 64, 64
	shape := ConvShape{N: n, H: size, W: size, C: channels, OutC: channels, K: 3, Stride: 1, Pad: 1}
	x, w, y := make([]float32, n*size*size*channels), make([]float32, channels*9*channels), make([]float32, n*size*size*channels)
	for i := range x {
		x[i] = float32(i%17) - 8
	}
	for i := range w {
		w[i] = float32(i%13) - 6
	}
	keeps := func() bool {
		c, f := freeConvolvers.Get(), freeFastConvs.Get()
		if c != nil {
			freeConvolvers.Put(c)
		}
		if f != nil {
			freeFastConvs.Put(f)
		}
		return c != nil || f != nil
	}
	Conv(y, x, w, shape)
	first := slices.Clone(y)
	if !keeps() {
		t.Fatal("a convolution keeps nothing for the next one: this test shows nothing")
	}
	values.put(values.get(1000))
	Release()
	if keeps() || len(values.free) > 0 {
		t.Error("what a convolution kept is still there")
	}
	Conv(y, x, w, shape)
	if !slices.Equal(y, first) {
		t.Error("after a release the same convolution gives other bits")
	}
}

// TestReleaseWhileUsed: what is released while operations use it stays theirs, to the bit. With the
// race detector that says more.
func TestReleaseWhileUsed(t *testing.T) {
	const n, size, channels = 4, 16, 16
	shape := ConvShape{N: n, H: size, W: size, C: channels, OutC: channels, K: 3, Stride: 1, Pad: 1}
	x, w, y := make([]float32, n*size*size*channels), make([]float32, channels*9*channels), make([]float32, n*size*size*channels)
	for i := range x {
		x[i] = float32(i%17) - 8
	}
	for i := range w {
		w[i] = float32(i%13) - 6
	}
	Conv(y, x, w, shape)
	want := slices.Clone(y)
	var others sync.WaitGroup
	done := make(chan struct{})
	others.Go(func() {
		for {
			select {
			case <-done:
				return
			default:
				Release()
			}
		}
	})
	for i := range 200 {
		clear(y)
		if Conv(y, x, w, shape); !slices.Equal(y, want) {
			t.Errorf("convolution %d gives other bits", i)
			break
		}
	}
	close(done)
	others.Wait()
}
