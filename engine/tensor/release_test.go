package tensor

import (
	"runtime"
	"slices"
	"sync"
	"testing"
)

// TestReleaseGivesMemoryBack convolves large pictures, whose buffers would stay as large.
func TestReleaseGivesMemoryBack(t *testing.T) {
	const n, size, channels = 8, 64, 64
	shape := ConvShape{N: n, H: size, W: size, C: channels, OutC: channels, K: 3, Stride: 1, Pad: 1}
	x, w, y := make([]float32, n*size*size*channels), make([]float32, channels*9*channels), make([]float32, n*size*size*channels)
	convolve := func() { Conv(y, x, w, shape) }
	heap := func() uint64 {
		runtime.GC()
		var m runtime.MemStats
		runtime.ReadMemStats(&m)
		return m.HeapAlloc
	}
	first := make([]float32, len(y))
	Release()
	before := heap()
	convolve()
	copy(first, y)
	warm := heap()
	Release()
	after := heap()
	if warm < before+100_000 {
		t.Fatalf("a convolution keeps %d bytes: this test shows nothing", int64(warm-before))
	}
	if after > before+(warm-before)/4 {
		t.Errorf("%d of %d bytes are still kept", int64(after-before), int64(warm-before))
	}
	convolve()
	if !slices.Equal(y, first) {
		t.Error("after a release the same convolution gives other bits")
	}
	runtime.KeepAlive(x)
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
