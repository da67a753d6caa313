package others

import (
	"math"
	"slices"

	"ganvas/engine/gan"
	"ganvas/engine/grad"
	"ganvas/engine/nn"
	"ganvas/engine/optim"
	"ganvas/engine/tensor"
)

// EnergyConfig describes an energy-based model of points.
type EnergyConfig struct {
	Layers  []string // from a point to one number
	Reach   float64  // half of the side of the square that points keep to
	Step    float64  // of Langevin
	Most    float64  // how far its slope moves a point at most; 0: any distance
	Walk    int      // steps for each update
	Chains  int      // points that walk on from update to update
	Restart float64  // share of them that begin anew, for an update
	Sample  int      // steps from noise to a sample
	Small   float64  // weight of the penalty on large energies
	Blur    float64  // standard deviation of noise on the data: valleys narrower than a step cannot be learnt
	Training
}

// PointEnergy is the one for points of the plane.
func PointEnergy() EnergyConfig {
	return EnergyConfig{
		Layers: hidden("silu", "1"), Reach: 3,
		Step: 0.05, Most: 0.2, Walk: 20, Chains: 1024, Restart: 0.01, Sample: 150, Small: 0.01, Blur: 0.06,
		Training: pointTraining(optim.Config{Name: "adam", LR: 1e-3, Beta1: 0, Beta2: 0.999}),
	}
}

// An Energy is an undirected model: p(x) = e^−E(x)/Z on a square, so that Z is finite whatever the
// network says far away. It is trained by lowering the energy of data and raising that of points
// which short Langevin walks have found, most of which go on where earlier ones ended (Y. Du and
// I. Mordatch, "Implicit Generation and Modeling with Energy-Based Models", NeurIPS 2019; E. Nijkamp
// et al., "Learning Non-Convergent Non-Persistent Short-Run MCMC Toward Energy-Based Model",
// NeurIPS 2019).
type Energy struct {
	trained
	EnergyConfig
	chains []float32 // (Chains, 2)
	walker langevin
	pick   *gan.Stream
	blur   *gan.Stream
	at     *tensor.Tensor // the batch that walks
	rows   []int          // of chains
}

// NewEnergy returns an energy-based model, freshly initialised, whose chains begin in noise. The
// error is that of the layers.
func NewEnergy(c EnergyConfig, data gan.Batches, seed uint64) (*Energy, error) {
	if err := nn.CheckOutput(c.Layers, nn.Shape{2}, nn.Shape{1}); err != nil {
		return nil, err
	}
	net, err := build(c.Layers, nn.Shape{2}, seed, "energy")
	if err != nil {
		return nil, err
	}
	e := &Energy{
		EnergyConfig: c, chains: make([]float32, 2*c.Chains), pick: gan.NewStream(seed, "chains"), blur: gan.NewStream(seed, "blur"),
		at: tensor.New(c.Batch, 2), rows: make([]int, c.Batch),
	}
	e.walker = langevin{tape: grad.NewTape(), step: c.Step, most: c.Most, reach: c.Reach, noise: gan.NewStream(seed, "langevin")}
	e.begin(e.chains, e.pick)
	e.trained, err = newTrained(data, nn.Shape{2}, c.Training, []*nn.Net{net})
	return e, err
}

// begin spreads points evenly over the square: where chains start.
func (e *Energy) begin(x []float32, s *gan.Stream) {
	for i := range x {
		x[i] = float32(e.Reach * (2*s.Float64() - 1))
	}
}

// Step walks some chains on, and then lowers the energy of data and raises that of the chains: the
// gradient of log-likelihood with chains in place of the model's own points.
func (e *Energy) Step() error {
	e.walkChains()
	x := e.next()
	for i := range x.Data {
		x.Data[i] += float32(e.Blur * e.blur.NormFloat64())
	}
	net := e.nets[0].Bind(e.tape, true, nil)
	real, found := net.Forward(x, nn.Eval), net.Forward(e.tape.View(e.at.Data, e.Batch, 2), nn.Eval)
	loss := grad.Sub(grad.Mean(real), grad.Mean(found))
	large := grad.Add(grad.Mean(grad.Square(real)), grad.Mean(grad.Square(found)))
	return e.update("energy model", grad.AddScaled(loss, large, float32(e.Small)), net.Values)
}

// energyOf returns the energies of points (n, 2), (n, 1), under a network.
func energyOf(net *nn.Net) func(x *grad.Value) *grad.Value {
	return func(x *grad.Value) *grad.Value { return net.Bind(x.Tape(), false, nil).Forward(x, nn.Eval) }
}

// walkChains moves a batch of the chains.
func (e *Energy) walkChains() {
	for i := range e.rows {
		e.rows[i] = e.pick.IntN(e.Chains)
		x := e.chains[2*e.rows[i]:][:2]
		if e.pick.Float64() < e.Restart {
			e.begin(x, e.pick)
		}
		copy(e.at.Data[2*i:], x)
	}
	e.walker.walk(e.at, e.Walk, energyOf(e.nets[0]), nil)
	for i, row := range e.rows {
		copy(e.chains[2*row:][:2], e.at.Data[2*i:])
	}
}

// sample walks n points from noise, and tells seen of each step.
func (e *Energy) sample(seed uint64, n int, seen func(x []float32)) []float32 {
	stream := gan.NewStream(seed, "langevin sample")
	x := tensor.New(n, 2)
	e.begin(x.Data, stream)
	told := func() {
		if seen != nil {
			seen(x.Data)
		}
	}
	told()
	w := langevin{tape: e.look, step: e.walker.step, most: e.walker.most, reach: e.Reach, noise: stream}
	w.walk(x, e.EnergyConfig.Sample, energyOf(e.averages[0]), told)
	return x.Data
}

// Samples walks n points from noise.
func (e *Energy) Samples(seed uint64, n int) []float32 { return e.sample(seed, n, nil) }

// SampleSteps is the length of the walk.
func (e *Energy) SampleSteps() int { return e.EnergyConfig.Sample }

// Way is the walk of one point from noise.
func (e *Energy) Way(seed uint64) (way [][2]float32) {
	e.sample(seed, 1, func(x []float32) { way = append(way, [2]float32{x[0], x[1]}) })
	return way
}

// Infer has nothing to find: this model has no latents.
func (e *Energy) Infer([2]float32) (Inference, bool) { return Inference{}, false }

// Energies returns E at n points (n, 2), of the averaged weights.
func (e *Energy) Energies(x []float32) []float32 {
	const most = 1024 // at once
	var out []float32
	for len(x) > 0 {
		n := min(most, len(x)/2)
		e.look.Reset()
		out = append(out, energyOf(e.averages[0])(e.look.View(x[:2*n], n, 2)).Data...)
		x = x[2*n:]
	}
	return out
}

// planeCells is how many cells a side the square is added up over.
const planeCells = 200

// LogZ adds e^−E up over the square.
func (e *Energy) LogZ() float64 {
	g := Grid{Reach: e.Reach, Cells: planeCells}
	logs := make([]float64, 0, g.Cells*g.Cells)
	for _, v := range e.Energies(g.Points()) {
		logs = append(logs, -float64(v))
	}
	return logSumExp(logs) + 2*math.Log(g.Side())
}

// LogP is known up to the constant log Z. In the plane that can be added up; where there are more
// numbers it cannot.
func (e *Energy) LogP(test, _ []float32, _ uint64) LogP {
	z, mean := e.LogZ(), 0.0
	for _, v := range e.Energies(test) {
		mean -= float64(v) / float64(len(test)/2)
	}
	return LogP{Knowledge: UpToConstant, Mean: mean - z, LogZ: z}
}

// Density returns the density at the cells of a grid, row by row from the top.
func (e *Energy) Density(g Grid) []float32 {
	z := e.LogZ()
	out := slices.Clone(e.Energies(g.Points()))
	for i, v := range out {
		out[i] = float32(math.Exp(-float64(v) - z))
	}
	return out
}
