package tensor

import (
	"math/rand/v2"
	"testing"
)

// convLayers are the convolutions of the workloads dcgan28 and dcgan64, and two that end in
// pictures. A transposed layer's forward computation is ConvTransposed, its input gradient Conv.
var convLayers = []struct {
	name string
	s    ConvShape
}{
	{"28.d1,g2", ConvShape{N: 128, H: 28, W: 28, C: 1, OutC: 64, K: 4, Stride: 2, Pad: 1}},
	{"28.d2,g1", ConvShape{N: 128, H: 14, W: 14, C: 64, OutC: 128, K: 4, Stride: 2, Pad: 1}},
	{"64.d1,g5", ConvShape{N: 64, H: 64, W: 64, C: 3, OutC: 64, K: 4, Stride: 2, Pad: 1}},
	{"64.d2,g4", ConvShape{N: 64, H: 32, W: 32, C: 64, OutC: 128, K: 4, Stride: 2, Pad: 1}},
	{"64.d3,g3", ConvShape{N: 64, H: 16, W: 16, C: 128, OutC: 256, K: 4, Stride: 2, Pad: 1}},
	{"64.d4,g2", ConvShape{N: 64, H: 8, W: 8, C: 256, OutC: 512, K: 4, Stride: 2, Pad: 1}},
	{"64.d5", ConvShape{N: 64, H: 4, W: 4, C: 512, OutC: 1, K: 4, Stride: 1}},
	{"rgb", ConvShape{N: 64, H: 32, W: 32, C: 64, OutC: 3, K: 3, Stride: 1, Pad: 1}},
	{"grey", ConvShape{N: 64, H: 28, W: 28, C: 32, OutC: 1, K: 3, Stride: 1, Pad: 1}},
	{"64.g1", ConvShape{N: 64, H: 4, W: 4, C: 512, OutC: 100, K: 4, Stride: 1}},
}

func BenchmarkConv(b *testing.B) {
	r := rand.New(rand.NewPCG(1, 1))
	for _, l := range convLayers {
		oh, ow := l.s.Out()
		x, y := randoms(r, l.s.N*l.s.H*l.s.W*l.s.C), randoms(r, l.s.N*oh*ow*l.s.OutC)
		w := randoms(r, l.s.OutC*l.s.K*l.s.K*l.s.C)
		flops := 2 * float64(len(y)) * float64(l.s.K*l.s.K*l.s.C)
		for _, f := range []struct {
			name string
			run  func()
		}{
			{"conv", func() { Conv(y, x, w, l.s) }},
			{"transposed", func() { ConvTransposed(x, y, w, l.s) }},
			{"filter", func() { ConvFilter(w, x, y, l.s) }},
		} {
			b.Run(l.name+"/"+f.name, func(b *testing.B) {
				b.ReportAllocs()
				for b.Loop() {
					f.run()
				}
				b.ReportMetric(flops*float64(b.N)/b.Elapsed().Seconds()/1e9, "GFLOPS")
			})
		}
	}
}
