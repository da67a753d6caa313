package others

import (
	"math"
	"slices"

	"ganvas/engine/gan"
	"ganvas/engine/grad"
	"ganvas/engine/nn"
)

// DenoiserConfig describes a denoising autoencoder of points.
type DenoiserConfig struct {
	Encoder, Decoder []string // from a point to a code of Latent numbers, and from there to a point and log s²
	Latent           int
	Corruption       float64 // standard deviation of the noise
	Chain            int     // steps from noise to a sample
	Start            float64 // standard deviation of that noise
	Training
}

// PointDenoiser is the one for points of the plane.
func PointDenoiser() DenoiserConfig {
	return DenoiserConfig{
		Encoder: hidden("silu", "2"), Decoder: hidden("silu", "3"), Latent: 2,
		Corruption: 0.3, Chain: 40, Start: 1.5, Training: pointTraining(steadyAdam(2e-3)),
	}
}

// A Denoiser is a denoising autoencoder and its chain. It learns P(X | X̃) = N(r(x̃), s²(x̃)), where x̃ is
// a point with noise on it; drawing x̃ around x and x from P(X | x̃) in turn is a Markov chain whose
// points are distributed as the data, if P is right (Y. Bengio et al., "Generalized Denoising
// Auto-Encoders as Generative Models", NeurIPS 2013, theorem 1).
type Denoiser struct {
	trained
	DenoiserConfig
	noise *gan.Stream
	eps   []float32
}

// NewDenoiser returns a denoising autoencoder, freshly initialised. The error is that of the layers.
func NewDenoiser(c DenoiserConfig, data gan.Batches, seed uint64) (*Denoiser, error) {
	if err := nn.CheckOutput(c.Encoder, nn.Shape{2}, nn.Shape{c.Latent}); err != nil {
		return nil, err
	}
	if err := nn.CheckOutput(c.Decoder, nn.Shape{c.Latent}, nn.Shape{3}); err != nil {
		return nil, err
	}
	encoder, err := build(c.Encoder, nn.Shape{2}, seed, "denoising encoder")
	if err != nil {
		return nil, err
	}
	decoder, err := build(c.Decoder, nn.Shape{c.Latent}, seed, "denoising decoder")
	if err != nil {
		return nil, err
	}
	d := &Denoiser{DenoiserConfig: c, noise: gan.NewStream(seed, "corruption"), eps: make([]float32, 2*c.Batch)}
	d.trained, err = newTrained(data, nn.Shape{2}, c.Training, []*nn.Net{encoder, decoder})
	return d, err
}

// Step raises log P(x | x̃) on a batch.
func (d *Denoiser) Step() error {
	x := d.next()
	d.noise.Gaussian(d.eps)
	encoder, decoder := d.nets[0].Bind(d.tape, true, nil), d.nets[1].Bind(d.tape, true, nil)
	corrupted := grad.AddScaled(x, d.tape.View(d.eps, d.batch, 2), float32(d.Corruption))
	clean, logVar := split(decoder.Forward(encoder.Forward(corrupted, nn.Train), nn.Train))
	loss := gaussianNLL(perItem(grad.Square(grad.Sub(x, clean))), logVar, 2)
	return d.update("denoising autoencoder", loss, slices.Concat(encoder.Values, decoder.Values))
}

// split parts what the decoder says into r(x̃) and log s², which stays between −9 and 1: far from the
// data the network is free to say anything.
func split(out *grad.Value) (clean, logVar *grad.Value) {
	const middle, most = -4, 5
	raw := grad.Channels(out, 2, 3)
	return grad.Channels(out, 0, 2), grad.AddScalar(grad.Scale(grad.Tanh(grad.Scale(raw, 1.0/most)), most), middle)
}

// Denoise returns r(x̃) of points (n, 2), the standard deviations s(x̃) of clean points around them,
// and the codes (n, Latent) on the way there, of the averaged weights.
func (d *Denoiser) Denoise(x []float32) (clean, spread, code []float32) {
	d.look.Reset()
	z := d.averages[0].Bind(d.look, false, nil).Forward(d.look.View(x, len(x)/2, 2), nn.Eval)
	r, logVar := split(d.averages[1].Bind(d.look, false, nil).Forward(z, nn.Eval))
	for _, l := range logVar.Data {
		spread = append(spread, float32(math.Exp(float64(l)/2)))
	}
	return slices.Clone(r.Data), spread, slices.Clone(z.Data)
}

// chain draws n points by the chain from noise, and tells seen of each place.
func (d *Denoiser) chain(seed uint64, n int, seen func(x []float32)) []float32 {
	stream := gan.NewStream(seed, "chain")
	x := make([]float32, 2*n)
	for i := range x {
		x[i] = float32(d.Start * stream.NormFloat64())
	}
	seen(x)
	for step := range d.Chain {
		if step > 0 {
			for i := range x {
				x[i] += float32(d.Corruption * stream.NormFloat64())
			}
			seen(x)
		}
		clean, spread, _ := d.Denoise(x)
		for i := range x {
			x[i] = clean[i] + spread[i/2]*float32(stream.NormFloat64())
		}
		seen(x)
	}
	return x
}

// Samples draws n points by the chain, from noise.
func (d *Denoiser) Samples(seed uint64, n int) []float32 {
	return d.chain(seed, n, func([]float32) {})
}

// SampleSteps is the length of the chain.
func (d *Denoiser) SampleSteps() int { return d.Chain }

// Way is the chain of one point from noise: corrupted and clean places in turn.
func (d *Denoiser) Way(seed uint64) (way [][2]float32) {
	d.chain(seed, 1, func(x []float32) { way = append(way, [2]float32{x[0], x[1]}) })
	return way
}

// Infer asks the encoder, which takes the point for a corrupted one.
func (d *Denoiser) Infer(x [2]float32) (Inference, bool) {
	back, _, code := d.Denoise(x[:])
	return Inference{Z: code, Back: [2]float32{back[0], back[1]}, Passes: 2}, true
}

// LogP is what Parzen windows around samples say: the model has no density.
func (d *Denoiser) LogP(test, validation []float32, seed uint64) LogP {
	return parzen(d, test, validation, seed)
}
