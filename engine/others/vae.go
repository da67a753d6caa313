package others

import (
	"math"
	"slices"

	"ganvas/engine/gan"
	"ganvas/engine/grad"
	"ganvas/engine/nn"
)

// VAEConfig describes a variational autoencoder.
type VAEConfig struct {
	Item    nn.Shape
	Latent  int
	Encoder []string // from an item to 2·Latent numbers: means, then logarithms of variances
	Decoder []string // from a latent to an item
	Training
}

// PointVAE is the one for points of the plane.
func PointVAE() VAEConfig {
	return VAEConfig{
		Item: nn.Shape{2}, Latent: 2, Encoder: hidden("silu", "4"), Decoder: hidden("silu", "2"),
		Training: pointTraining(steadyAdam(2e-3)),
	}
}

// A VAE is a variational autoencoder (D. Kingma and M. Welling, "Auto-Encoding Variational Bayes",
// ICLR 2014): a decoder p(x|z) = N(x; f(z), s²) of latents z ~ N(0, 1), and an encoder q(z|x), a
// Gaussian with a mean and a variance for each number of z, which are trained together to raise the
// ELBO. The one variance s² is learnt too (O. Rybkin et al., "Simple and Effective VAE Training with
// Calibrated Decoders", ICML 2021).
type VAE struct {
	trained
	latent int
	logVar *nn.Param // log s²
	noise  *gan.Stream
	eps    []float32
}

// NewVAE returns a variational autoencoder, freshly initialised. The error is that of the layers.
func NewVAE(c VAEConfig, data gan.Batches, seed uint64) (*VAE, error) {
	if err := nn.CheckOutput(c.Encoder, c.Item, nn.Shape{2 * c.Latent}); err != nil {
		return nil, err
	}
	if err := nn.CheckOutput(c.Decoder, nn.Shape{c.Latent}, c.Item); err != nil {
		return nil, err
	}
	encoder, err := build(c.Encoder, c.Item, seed, "encoder")
	if err != nil {
		return nil, err
	}
	decoder, err := build(c.Decoder, nn.Shape{c.Latent}, seed, "decoder")
	if err != nil {
		return nil, err
	}
	v := &VAE{latent: c.Latent, logVar: scalar("logvar", 0), noise: gan.NewStream(seed, "vae"), eps: make([]float32, c.Batch*c.Latent)}
	v.trained, err = newTrained(data, c.Item, c.Training, []*nn.Net{encoder, decoder}, v.logVar)
	return v, err
}

// Step raises the ELBO on a batch, with one latent for each item.
func (v *VAE) Step() error {
	x := v.next()
	encoder, decoder := v.nets[0].Bind(v.tape, true, v.noise.Rand), v.nets[1].Bind(v.tape, true, v.noise.Rand)
	logVar := v.tape.Param(v.logVar.Value)
	v.noise.Gaussian(v.eps)
	loss := v.loss(x, encoder, decoder, logVar, v.tape.View(v.eps, v.batch, v.latent), nn.Train)
	return v.update("variational autoencoder", loss, slices.Concat(encoder.Values, decoder.Values, []*grad.Value{logVar}))
}

// loss is the mean over items of the negative ELBO with latents made of eps: the reconstruction's
// −log p(x|z), without its constant, and KL(q(z|x) ‖ p(z)).
func (v *VAE) loss(x *grad.Value, encoder, decoder *nn.Bound, logVar, eps *grad.Value, mode nn.Mode) *grad.Value {
	mean, spread := v.posterior(encoder, x, mode)
	z := reparameterised(mean, spread, eps)
	return grad.Add(gaussianNLL(square(grad.Sub(x, decoder.Forward(z, mode))), logVar, v.item.Size()), klFromNormal(mean, spread))
}

// posterior returns the mean and the logarithm of the variance of q(z|x).
func (v *VAE) posterior(encoder *nn.Bound, x *grad.Value, mode nn.Mode) (mean, logVar *grad.Value) {
	out := encoder.Forward(x, mode)
	return grad.Channels(out, 0, v.latent), grad.Channels(out, v.latent, 2*v.latent)
}

// reparameterised returns draws from Gaussians as functions of their means and variances, so that
// gradients go through them (Kingma and Welling 2014, section 2.4).
func reparameterised(mean, logVar, eps *grad.Value) *grad.Value {
	return grad.Add(mean, grad.Mul(grad.Exp(grad.Scale(logVar, 0.5)), eps))
}

// klFromNormal returns the mean over items of KL(N(mean, e^logVar) ‖ N(0, 1)) (Kingma and Welling
// 2014, appendix B).
func klFromNormal(mean, logVar *grad.Value) *grad.Value {
	sum := grad.Add(square(mean), grad.Scale(grad.Sum(grad.Sub(grad.Exp(logVar), logVar)), 1/float32(mean.Rows())))
	return grad.AddScalar(grad.Scale(sum, 0.5), -0.5*float32(len(mean.Data)/mean.Rows()))
}

// Decode returns the means f(z) of n latents (n, Latent), of the averaged weights. The result is
// valid until the next call.
func (v *VAE) Decode(z []float32, n int) []float32 {
	v.look.Reset()
	return v.averages[1].Bind(v.look, false, nil).Forward(v.look.View(z, n, v.latent), nn.Eval).Data
}

// Generator returns the decoder with its averaged weights as a generator: of latents, the means f(z)
// without the noise that p(x|z) adds.
func (v *VAE) Generator() *gan.Generator { return gan.NewGenerator(v.averages[1], "gaussian") }

// Encode returns the means and the standard deviations of q(z|x) for n items, (n, Latent) each.
func (v *VAE) Encode(x []float32, n int) (mean, spread []float32) {
	v.look.Reset()
	m, l := v.posterior(v.averages[0].Bind(v.look, false, nil), v.view(v.look, x[:n*v.item.Size()]), nn.Eval)
	spread = make([]float32, n*v.latent)
	for i, x := range l.Data {
		spread[i] = float32(math.Exp(float64(x) / 2))
	}
	return slices.Clone(m.Data), spread
}

// Spread returns s, the standard deviation of each number of an item around what was decoded.
func (v *VAE) Spread() float64 { return math.Exp(float64(v.logVar.Value.Data[0]) / 2) }

// Samples draws z from N(0, 1) and x from p(x|z).
func (v *VAE) Samples(seed uint64, n int) []float32 {
	s, noise := v.Spread(), gan.NewStream(seed, "vae sample")
	z := make([]float32, n*v.latent)
	noise.Gaussian(z)
	out := slices.Clone(v.Decode(z, n))
	for i := range out {
		out[i] += float32(s * noise.NormFloat64())
	}
	return out
}

// SampleSteps is 1: z, then x.
func (v *VAE) SampleSteps() int { return 1 }

// Way is the sample itself.
func (v *VAE) Way(seed uint64) [][2]float32 { return points(v.Samples(seed, 1)) }

// Infer asks the encoder.
func (v *VAE) Infer(x [2]float32) (Inference, bool) {
	z, spread := v.Encode(x[:], 1)
	back := v.Decode(z, 1)
	return Inference{Z: z, Spread: spread, Back: [2]float32{back[0], back[1]}, Passes: 2}, true
}

// Of the grid of latents that the density is added up over: how far it reaches, how many there are
// along each of two axes, and how many where a decoder is so wide that fewer do.
const (
	zReach       = 3.5
	zCells       = 120
	zCellsIfWide = 40
	wideDecoder  = 0.2
)

// Density returns the density of points at the cells of a grid: p(x|z) added up over a grid of two
// latents. A decoder that is sharper than a cell is drawn as wide as one.
func (v *VAE) Density(g Grid) []float32 {
	side := g.Side()
	s := max(v.Spread(), side/2)
	latents := Grid{Reach: zReach, Cells: zCells}
	if s > wideDecoder {
		latents.Cells = zCellsIfWide
	}
	z := latents.Points()
	out, sums := make([]float32, g.Cells*g.Cells), make([]float64, g.Cells*g.Cells)
	const wide = 4 // standard deviations, beyond which nothing is added
	cell := func(x float64) int { return max(0, min(g.Cells, int(math.Floor(x)))) }
	for i, x := range doubles(v.Decode(z, len(z)/2)) {
		z2 := float64(z[2*i])*float64(z[2*i]) + float64(z[2*i+1])*float64(z[2*i+1])
		share := math.Exp(-z2/2) / (2 * math.Pi) * latents.Side() * latents.Side() / (2 * math.Pi * s * s)
		for row := cell((g.Reach - x[1] - wide*s) / side); row < cell((g.Reach-x[1]+wide*s)/side+1); row++ {
			for column := cell((x[0] - wide*s + g.Reach) / side); column < cell((x[0]+wide*s+g.Reach)/side+1); column++ {
				dx, dy := (float64(column)+0.5)*side-g.Reach-x[0], g.Reach-(float64(row)+0.5)*side-x[1]
				sums[row*g.Cells+column] += share * math.Exp(-(dx*dx+dy*dy)/(2*s*s))
			}
		}
	}
	for i, sum := range sums {
		out[i] = float32(sum)
	}
	return out
}

// importanceSamples is how many latents bound a point's density.
const importanceSamples = 64

// LogP bounds the density from below: the ELBO, and the tighter bound by importance sampling.
func (v *VAE) LogP(test, _ []float32, seed uint64) LogP {
	elbo, best := v.Bounds(test, len(test)/v.item.Size(), importanceSamples, seed)
	return LogP{Knowledge: Bounded, Mean: best, ELBO: elbo}
}

// Bounds returns two lower bounds, in expectation, of the mean log-density of n items: the ELBO, and
// that of k latents drawn from the encoder, log 1/k Σ p(x|z)p(z)/q(z|x), which nears the value as k
// grows (Y. Burda et al., "Importance Weighted Autoencoders", ICLR 2016, equation 8).
func (v *VAE) Bounds(x []float32, n, k int, seed uint64) (elbo, importance float64) {
	mean, spread := v.Encode(x, n)
	stream, size, l := gan.NewStream(seed, "importance"), v.item.Size(), v.latent
	logVar := float64(v.logVar.Value.Data[0])
	z, weights := make([]float32, k*l), make([]float64, k)
	for i := range n {
		for j := range weights {
			weights[j] = 0
			for c := range l {
				e := stream.NormFloat64()
				at := float64(mean[i*l+c]) + float64(spread[i*l+c])*e
				z[j*l+c] = float32(at)
				weights[j] += (e*e-at*at)/2 + math.Log(float64(spread[i*l+c])) // log p(z) − log q(z|x)
			}
		}
		decoded := v.Decode(z, k)
		for j := range weights {
			sum := 0.0
			for c, f := range decoded[j*size : (j+1)*size] {
				d := float64(x[i*size+c]) - float64(f)
				sum += d * d
			}
			weights[j] -= (sum*math.Exp(-logVar) + float64(size)*(logVar+math.Log(2*math.Pi))) / 2
			elbo += weights[j] / float64(k*n)
		}
		importance += (logSumExp(weights) - math.Log(float64(k))) / float64(n)
	}
	return elbo, importance
}

// logSumExp returns log Σ exp(x).
func logSumExp(x []float64) float64 {
	most := slices.Max(x)
	sum := 0.0
	for _, v := range x {
		sum += math.Exp(v - most)
	}
	return most + math.Log(sum)
}
