package gan

import (
	"fmt"
	"maps"
	"math"
	"slices"
	"testing"

	"ganvas/engine/grad"
	"ganvas/engine/nn"
	"ganvas/engine/recipe"
	"ganvas/engine/tensor"
)

// pictures returns a trainer of pictures of 8×8 pixels.
func pictures(t *testing.T, change func(*recipe.Recipe)) *Trainer {
	t.Helper()
	r := recipe.Default()
	r.Data, r.ImageSize, r.Channels, r.Latent, r.Batch = "shapes", 8, 1, 3, 6
	r.G.Layers = []string{"linear 64", "bn", "relu", "unflatten 4 4 4", "up 2", "conv 1 3 1 1", "tanh"}
	r.D.Layers = []string{"conv 4 4 2 1", "lrelu 0.2", "flatten", "dropout 0.3", "linear 1"}
	change(r)
	tr, err := New(r, nn.Shape{8, 8, 1}, &fixed{Stream: NewStream(2, "data")})
	if err != nil {
		t.Fatal(err)
	}
	return tr
}

// watchCases are games whose steps differ in what happens between the stations.
var watchCases = []struct {
	name string
	make func(t *testing.T) *Trainer
}{
	{"points", pointsFor(func(*recipe.Recipe) {})},
	{"divided batch", pointsFor(func(r *recipe.Recipe) {
		r.Batch, r.R1, r.R2 = 391, 0.5, 0.25
		r.G.Layers, r.D.Layers = []string{"linear 40", "relu", "linear 40", "relu", "linear 2"}, []string{"linear 40", "lrelu 0.2", "linear 40", "relu", "linear 1"}
	})},
	{"fresh latents", pointsFor(func(r *recipe.Recipe) { r.Objective = "minimax" })},
	{"three updates of D, clipping", pointsFor(func(r *recipe.Recipe) { r.Objective, r.DSteps, r.Clip, r.R1, r.R2 = "wasserstein", 3, 0.05, 0, 0 })},
	{"unrolled, best half", pointsFor(func(r *recipe.Recipe) {
		r.Objective, r.Unroll, r.TopK, r.R1, r.R2, r.FeatureMatching = "nonsaturating", 2, 0.5, 0, 0, 0.5
	})},
	{"penalties now and then, noise, packs", pointsFor(func(r *recipe.Recipe) {
		r.Objective, r.GP, r.DRAGAN, r.Consistency, r.PenaltyEvery, r.InstanceNoise, r.Pack = "hinge", 1, 1, 1, 2, 0.1, 2
	})},
	{"balance", pointsFor(func(r *recipe.Recipe) { r.Balance, r.D.LR, r.EMA = 0.01, 0.05, 0.9 })},
	{"pictures, dropout, augmentation", func(t *testing.T) *Trainer {
		return pictures(t, func(r *recipe.Recipe) { r.Augment, r.R1 = "adaptive", 1 })
	}},
	{"classes, projection", kindFor(func(r *recipe.Recipe) { r.Conditional = "projection" })},
	{"classes, classifier", kindFor(func(r *recipe.Recipe) { r.Conditional = "classifier" })},
	{"semi-supervised", kindFor(func(r *recipe.Recipe) { r.SemiSupervised = true })},
	{"several players, dropout, penalties", kindFor(func(r *recipe.Recipe) {
		r.Generators, r.Discriminators, r.GMAN, r.R1 = 3, 2, "softmax", 1
		r.D.Layers = []string{"linear 4", "tanh", "dropout 0.3", "linear 1"}
	})},
}

func pointsFor(change func(*recipe.Recipe)) func(*testing.T) *Trainer {
	return func(t *testing.T) *Trainer {
		tr, _ := points(t, change)
		return tr
	}
}

func kindFor(change func(*recipe.Recipe)) func(*testing.T) *Trainer {
	return func(t *testing.T) *Trainer { return kindTrainer(t, change) }
}

// everything returns all that the next step depends on.
func everything(tr *Trainer) ([]float32, map[string]string) {
	var all []float32
	tr.Tensors(func(_ string, x *tensor.Tensor) { all = append(all, x.Data...) })
	return all, tr.Meta()
}

// TestWatchedBits: a watched step computes the same bits, with one thread and with two.
func TestWatchedBits(t *testing.T) {
	defer tensor.SetThreads(tensor.Threads())
	for _, c := range watchCases {
		t.Run(c.name, func(t *testing.T) {
			play := func(threads int, watched bool) ([]float32, map[string]string, []Stats) {
				tensor.SetThreads(threads)
				tr := c.make(t)
				var all []Stats
				for i, step := range []func() (Stats, error){tr.Both, tr.OnlyD, tr.Both, tr.OnlyG, tr.Both} {
					tr.Watch(nil)
					if watched && i != 2 { // a step may be watched or not
						tr.Watch(func(*Moment) {})
					}
					s, err := step()
					if err != nil {
						t.Fatal(err)
					}
					all = append(all, s)
				}
				weights, meta := everything(tr)
				return weights, meta, all
			}
			want, wantMeta, wantStats := play(1, false)
			for _, threads := range []int{1, 2} {
				got, meta, stats := play(threads, true)
				if !slices.Equal(got, want) || !maps.Equal(meta, wantMeta) {
					t.Errorf("%d threads: watched steps lead to other weights or streams", threads)
				}
				if fmt.Sprint(stats) != fmt.Sprint(wantStats) { // NaN is not equal to itself
					t.Errorf("%d threads: watched steps measure %v, want %v", threads, stats, wantStats)
				}
			}
		})
	}
}

// TestStations: a step goes through its stations in order, and what a watcher sees is what the step
// measures.
func TestStations(t *testing.T) {
	for _, c := range watchCases {
		t.Run(c.name, func(t *testing.T) {
			tr := c.make(t)
			var seen []Station
			var m Moment
			tr.Watch(func(at *Moment) {
				seen = append(seen, at.Station)
				m = *at
				if at.Station == UpdatedD && at.Update == 0 && at.Learns && at.GradD.Changes[0] == 0 {
					t.Error("the update of D changed no weight")
				}
			})
			s, err := tr.Both()
			if err != nil {
				t.Fatal(err)
			}
			var want []Station
			for range max(1, tr.DSteps) {
				want = append(want, DrewItems, MadeForD, JudgedByD, LossOfD, UpdatedD)
			}
			want = append(want, DrewLatents, MadeForG, JudgedForG, LossOfG, UpdatedG)
			if !slices.Equal(seen, want) {
				t.Errorf("stations %v, want %v", seen, want)
			}
			got := []float64{m.LossD, m.Penalty, m.DReal, m.DFake, m.PairAccuracy, m.GradD.Norm, m.LossG, m.GradG.Norm}
			if measured := []float64{s.LossD, s.Penalty, s.DReal, s.DFake, s.PairAccuracy, s.GradD, s.LossG, s.GradG}; !slices.Equal(got, measured) {
				t.Errorf("the watcher sees %v, the step measures %v", got, measured)
			}
			if m.Batch != tr.Batch || len(m.Items) != tr.Batch*tr.G.Out.Size() || len(m.Fakes) != len(m.Items) || len(m.Push) != len(m.Items) || len(m.Latents) != tr.Batch*tr.G.In.Size() {
				t.Errorf("batch %d: %d numbers of items, %d of fakes, %d of the push, %d of latents", m.Batch, len(m.Items), len(m.Fakes), len(m.Push), len(m.Latents))
			}
			rows := tr.Batch / max(1, tr.Pack)
			for _, logits := range [][][]float32{m.RealLogits, m.FakeLogits, m.FakeForG} {
				if len(logits) != tr.D.Count() || len(logits[0]) != rows {
					t.Errorf("%d discriminators say %d numbers, want %d and %d", len(logits), len(logits[0]), tr.D.Count(), rows)
				}
			}
			if (m.RealForG != nil) != tr.Objective.NeedsReal {
				t.Error("D is asked about real items for G where that is not wanted, or not where it is")
			}
			sum := 0.0
			for _, x := range m.GradG.Norms {
				sum += x * x
			}
			if math.Abs(math.Sqrt(sum)-m.GradG.Norm) > 1e-6*m.GradG.Norm {
				t.Errorf("gradients of the layers have the norm %g together, want %g", math.Sqrt(sum), m.GradG.Norm)
			}
		})
	}
}

// TestOnePlayersStations: an update of one player goes through its own stations alone.
func TestOnePlayersStations(t *testing.T) {
	tr, _ := points(t, func(*recipe.Recipe) {})
	var seen []Station
	tr.Watch(func(m *Moment) { seen = append(seen, m.Station) })
	if _, err := tr.OnlyD(); err != nil {
		t.Fatal(err)
	}
	if want := []Station{DrewItems, MadeForD, JudgedByD, LossOfD, UpdatedD}; !slices.Equal(seen, want) {
		t.Errorf("D alone: stations %v, want %v", seen, want)
	}
	seen = nil
	if _, err := tr.OnlyG(); err != nil {
		t.Fatal(err)
	}
	if want := []Station{DrewLatents, MadeForG, JudgedForG, LossOfG, UpdatedG}; !slices.Equal(seen, want) {
		t.Errorf("G alone: stations %v, want %v", seen, want)
	}
}

// TestPush compares the gradient by generated items with differences of G's loss.
func TestPush(t *testing.T) {
	for _, batch := range []int{8, 391} { // one part, three
		tr, _ := points(t, func(r *recipe.Recipe) {
			r.Batch, r.Objective = batch, "nonsaturating"
			r.D.Layers, r.D.Init = []string{"linear 6", "tanh", "linear 1"}, "xavier"
			if batch > 8 {
				r.G.Layers, r.D.Layers = []string{"linear 40", "relu", "linear 40", "relu", "linear 2"}, []string{"linear 40", "tanh", "linear 40", "tanh", "linear 1"}
			}
		})
		var fakes, push []float32
		tr.Watch(func(m *Moment) {
			if m.Station == UpdatedG {
				fakes, push = slices.Clone(m.Fakes), slices.Clone(m.Push)
			}
		})
		if _, err := tr.Both(); err != nil {
			t.Fatal(err)
		}
		loss := func(x []float32) float64 { // of one item, in the whole batch's mean
			tape := grad.NewTape()
			logit := float64(Judgement(tr.D, tape.View(x, 1, 2))[0])
			return math.Log1p(math.Exp(-logit)) / float64(batch)
		}
		for _, i := range []int{0, 3, 2*batch - 1} {
			const h = 1e-2
			item := slices.Clone(fakes[i/2*2:][:2])
			item[i%2] = fakes[i] + h
			up := loss(item)
			item[i%2] = fakes[i] - h
			want := (up - loss(item)) / (2 * h)
			if math.Abs(float64(push[i])-want) > 2e-2*math.Abs(want)+1e-6 {
				t.Errorf("batch of %d, number %d: gradient %g, difference %g", batch, i, push[i], want)
			}
		}
	}
}
