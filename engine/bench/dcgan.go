package bench

import (
	"fmt"

	"ganvas/engine/nn"
)

// dcgan returns a DCGAN (Radford, Metz and Chintala 2016) for colour pictures of a side that is
// four to seven times a power of two: as many layers as it takes to get from that factor to the
// side, doubling, with 64 channels next to the pictures and twice as many in each layer further in.
// At 64 pixels it is the workload dcgan64.
func dcgan(side, batch int) game {
	first, layers := side, 0
	for first > 7 {
		first, layers = first/2, layers+1
	}
	const width = 64
	channels := width << (layers - 1)
	g := []string{"unflatten 1 1 100", fmt.Sprintf("convt %d %d 1 0", channels, first), "bn", "relu"}
	d := []string{fmt.Sprintf("conv %d 4 2 1", width), "lrelu 0.2"}
	for i := 1; i < layers; i++ {
		g = append(g, fmt.Sprintf("convt %d 4 2 1", channels>>i), "bn", "relu")
		d = append(d, fmt.Sprintf("conv %d 4 2 1", width<<i), "bn", "lrelu 0.2")
	}
	g = append(g, "convt 3 4 2 1", "tanh")
	d = append(d, fmt.Sprintf("conv 1 %d 1 0", first), "flatten")
	return game{
		g: g, d: d, latent: 100, item: nn.Shape{side, side, 3}, batch: batch, init: "dcgan", lr: 2e-4, b1: 0.5, b2: 0.999, steps: 1,
	}
}

// size returns the multiply-adds and the values of one item's way through both networks.
func (w game) size() (macs, values float64, err error) {
	for _, n := range []struct {
		layers []string
		in     nn.Shape
	}{{w.g, nn.Shape{w.latent}}, {w.d, w.item}} {
		shapes, err := nn.Infer(n.layers, n.in)
		if err != nil {
			return 0, 0, err
		}
		in := n.in
		for i, out := range shapes {
			l, err := nn.ParseLayer(n.layers[i])
			if err != nil {
				return 0, 0, err
			}
			switch l.Kind {
			case "linear":
				macs += float64(in.Size() * out.Size())
			case "conv":
				macs += float64(out.Size() * l.Arg(1) * l.Arg(1) * in[2])
			case "convt":
				macs += float64(in.Size() * l.Arg(1) * l.Arg(1) * out[2])
			}
			values += float64(out.Size())
			in = out
		}
	}
	return macs, values, nil
}
