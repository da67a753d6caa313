package gan

import (
	"fmt"

	"ganvas/engine/nn"
	"ganvas/engine/optim"
	"ganvas/engine/recipe"
)

// New returns a trainer of the networks that a recipe describes, freshly initialised, for data
// items of a shape: {2} for points, {H, W, C} for pictures. The error is that of the recipe's
// Check.
func New(r *recipe.Recipe, item nn.Shape, data Batches) (*Trainer, error) {
	if err := r.Check(item); err != nil {
		return nil, err
	}
	classes, err := classesOf(r, data)
	if err != nil {
		return nil, err
	}
	g, err := NewG(r, classes)
	if err != nil {
		return nil, err
	}
	d, err := NewD(r, item, classes)
	if err != nil {
		return nil, err
	}
	start(g, r, "g", r.G.Init)
	start(d, r, "d", r.D.Init)
	optG, err := optim.New(optimizer(&r.G), g.Params)
	if err != nil {
		return nil, fmt.Errorf("g.%w", err)
	}
	optD, err := optim.New(optimizer(&r.D), d.Params)
	if err != nil {
		return nil, fmt.Errorf("d.%w", err)
	}
	c, err := config(r)
	if err != nil {
		return nil, err
	}
	return NewTrainer(c, g, d, optG, optD, data, r.Seed), nil
}

func optimizer(p *recipe.Player) optim.Config {
	return optim.Config{Name: p.Optimizer, LR: p.LR, Beta1: p.Beta1, Beta2: p.Beta2, Momentum: p.Momentum}
}

func config(r *recipe.Recipe) (Config, error) {
	o, err := FindObjective(r.Objective)
	return Config{
		Objective: o, Batch: r.Batch, LatentKind: r.LatentKind, Pack: r.Pack, DSteps: r.DSteps, R1: r.R1, R2: r.R2, GP: r.GP, DRAGAN: r.DRAGAN, Consistency: r.Consistency, Clip: r.Clip,
		Softmax: r.GMAN == "softmax", FreezeD: r.FreezeD, PenaltyEvery: r.PenaltyEvery, Smoothing: r.LabelSmoothing, Noise: r.InstanceNoise, Augment: r.Augment,
		Balance: r.Balance, Unroll: r.Unroll, TopK: r.TopK, Matching: r.FeatureMatching, EMAWarmup: r.EMAWarmup, EMA: r.EMA, Steps: int64(r.Steps),
		ScheduleG: Schedule{r.G.LRDecay, r.G.LRFinal}, ScheduleD: Schedule{r.D.LRDecay, r.D.LRFinal},
	}, err
}

// Apply takes over what may change during a run, from a recipe that differs from the present one in
// live keys only: rates of learning, weights of penalties, clipping, D's updates, the average's
// decay and the number of steps.
func (t *Trainer) Apply(r *recipe.Recipe) error {
	c, err := config(r)
	if err != nil {
		return err
	}
	if c.EMA > 0 && t.Average == nil {
		t.Average = t.G.Clone()
	}
	if c.EMA == 0 {
		t.Average = nil
	}
	t.Config = c
	if len(t.shards) > 0 && t.parts() != len(t.shards) {
		t.divided = 0 // anew with the next batch
	}
	t.OptG.Config, t.OptD.Config = optimizer(&r.G), optimizer(&r.D)
	return nil
}
