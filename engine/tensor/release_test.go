package tensor

import (
	"runtime"
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
	Release()
	before := heap()
	convolve()
	first := y[1000]
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
	if y[1000] != first {
		t.Error("after a release the same convolution gives other bits")
	}
	runtime.KeepAlive(x)
}
