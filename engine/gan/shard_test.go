package gan

import (
	"math"
	"slices"
	"testing"

	"ganvas/engine/grad"
	"ganvas/engine/recipe"
	"ganvas/engine/tensor"
)

// shardCases are recipes of points whose batches are divided.
var shardCases = []struct {
	name   string
	change func(*recipe.Recipe)
}{
	{"nonsaturating", func(*recipe.Recipe) {}},
	{"minimax", func(r *recipe.Recipe) { r.Objective = "minimax" }},
	{"relativistic", func(r *recipe.Recipe) { r.Objective, r.R1, r.R2 = "relativistic", 0.5, 0.25 }},
	{"r1", func(r *recipe.Recipe) { r.R1, r.PenaltyEvery = 0.5, 2 }},
	{"gp", func(r *recipe.Recipe) { r.Objective, r.GP, r.DSteps = "wasserstein", 10, 2 }},
	{"consistency, instance noise", func(r *recipe.Recipe) { r.Consistency, r.InstanceNoise, r.D.Init = 10, 0.2, "kaiming" }},
	{"dragan, instance noise", func(r *recipe.Recipe) { r.DRAGAN, r.InstanceNoise, r.PenaltyEvery, r.D.Init = 10, 0.2, 2, "kaiming" }},
	{"packed pairs", func(r *recipe.Recipe) { r.Pack, r.Batch, r.GP = 2, 390, 1 }},
	{"label smoothing, r1", func(r *recipe.Recipe) { r.Objective, r.LabelSmoothing, r.R1, r.R2 = "nonsaturating", 0.1, 1, 0 }},
}

// weightsAfter trains for four steps and returns all weights, and the last step's stats.
func weightsAfter(t *testing.T, tr *Trainer) ([]float32, Stats) {
	t.Helper()
	var s Stats
	for range 4 {
		var err error
		if s, err = tr.Both(); err != nil {
			t.Fatal(err)
		}
	}
	var all []float32
	for _, p := range slices.Concat(tr.G.Params, tr.D.Params) {
		all = append(all, p.Value.Data...)
	}
	return all, s
}

// TestShards: the bits of a step do not depend on the number of threads, and a divided batch gives
// what a whole one does.
func TestShards(t *testing.T) {
	defer tensor.SetThreads(tensor.Threads())
	for _, c := range shardCases {
		t.Run(c.name, func(t *testing.T) {
			change := func(r *recipe.Recipe) {
				r.Batch = 391 // in three parts of unequal size
				r.G.Layers, r.D.Layers = []string{"linear 40", "relu", "linear 40", "relu", "linear 2"}, []string{"linear 40", "lrelu 0.2", "linear 40", "relu", "linear 1"}
				c.change(r)
			}
			run := func(threads int) ([]float32, Stats) {
				tensor.SetThreads(threads)
				tr, _ := points(t, change)
				w, s := weightsAfter(t, tr)
				if len(tr.shards) != 3 {
					t.Fatalf("%d shards, want 3", len(tr.shards))
				}
				return w, s
			}
			one, statsOne := run(1)
			many, statsMany := run(3)
			if !slices.Equal(one, many) || statsOne != statsMany {
				t.Errorf("one thread gives %+v, three give %+v, or other weights", statsOne, statsMany)
			}
			tr, _ := points(t, change)
			tr.shards = []*shard{{tape: grad.NewTape(), hi: tr.Batch, share: 1}}
			tr.divided = tr.Batch
			whole, statsWhole := weightsAfter(t, tr)
			if len(tr.shards) != 1 {
				t.Fatal("the batch was divided")
			}
			if d := math.Abs(statsWhole.LossD - statsOne.LossD); d > 1e-4 {
				t.Errorf("loss of D: whole %g, divided %g", statsWhole.LossD, statsOne.LossD)
			}
			for i, w := range whole {
				if math.Abs(float64(w-one[i])) > 2e-4 {
					t.Fatalf("weight %d: whole %g, divided %g", i, w, one[i])
				}
			}
		})
	}
}

// TestDivide: batches are divided for small networks only, and only where items do not depend on
// each other.
func TestDivide(t *testing.T) {
	tests := []struct {
		batch int
		g, d  []string
		want  int
	}{
		{64, []string{"linear 6", "linear 2"}, []string{"linear 6", "linear 1"}, 1},
		{64, []string{"linear 99", "linear 99", "linear 2"}, []string{"linear 6", "linear 1"}, 2},
		{63, []string{"linear 99", "linear 99", "linear 2"}, []string{"linear 6", "linear 1"}, 1},
		{512, []string{"linear 6", "linear 2"}, []string{"linear 99", "linear 99", "linear 1"}, 4},
		{512, []string{"linear 99", "bn", "linear 99", "linear 2"}, []string{"linear 6", "linear 1"}, 1},
		{512, []string{"linear 99", "linear 99", "linear 2"}, []string{"sn linear 6", "linear 1"}, 1},
		{512, []string{"linear 99", "linear 99", "linear 2"}, []string{"linear 6", "dropout 0.3", "linear 1"}, 1},
		{512, []string{"linear 512", "linear 512", "linear 2"}, []string{"linear 6", "linear 1"}, 1},
	}
	for _, c := range tests {
		tr, _ := points(t, func(r *recipe.Recipe) { r.Batch, r.G.Layers, r.D.Layers = c.batch, c.g, c.d })
		tr.divide()
		items := 0
		for _, h := range tr.shards {
			if h.lo != items {
				t.Errorf("batch of %d, %v, %v: a shard begins at %d, want %d", c.batch, c.g, c.d, h.lo, items)
			}
			items = h.hi
		}
		if len(tr.shards) != c.want || items != c.batch {
			t.Errorf("batch of %d, %v, %v: %d shards of %d items, want %d", c.batch, c.g, c.d, len(tr.shards), items, c.want)
		}
	}
}
