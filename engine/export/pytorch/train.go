package pytorch

import (
	"fmt"
	"strings"

	"ganvas/engine/recipe"
)

// An objective is what the players pay, in Python: of scores called real and fake.
type objective struct {
	d, g      string
	smoothing string // what D pays besides if the target of real items is lowered
	needsReal bool   // G's score is compared with that of real items
	fresh     bool   // G is updated on latents of its own
	relative  bool   // scores mean something only beside one another
	middle    string // between what D should say of generated and of real items
}

var objectives = map[string]objective{
	"minimax": {
		d: "F.softplus(-real).mean() + F.softplus(fake).mean()", g: "-F.softplus(fake).mean()",
		smoothing: "LABEL_SMOOTHING * real.mean()", fresh: true, middle: "0",
	},
	"nonsaturating": {
		d: "F.softplus(-real).mean() + F.softplus(fake).mean()", g: "F.softplus(-fake).mean()",
		smoothing: "LABEL_SMOOTHING * real.mean()", middle: "0",
	},
	"leastsquares": {
		d: "((real - 1).square().mean() + fake.square().mean()) / 2", g: "(fake - 1).square().mean() / 2",
		smoothing: "LABEL_SMOOTHING * (real.mean() + LABEL_SMOOTHING / 2 - 1)", middle: "0.5",
	},
	"hinge": {
		d: "F.relu(1 - real).mean() + F.relu(1 + fake).mean()", g: "-fake.mean()", middle: "0",
	},
	"wasserstein": {
		d: "fake.mean() - real.mean()", g: "-fake.mean()", relative: true,
	},
	"relativistic": {
		d: "F.softplus(fake - real).mean()", g: "F.softplus(real - fake).mean()", needsReal: true, relative: true,
	},
}

// ObjectiveD and ObjectiveG are what the players pay for scores called real and fake.
func (g *game) ObjectiveD() string { return g.objective.d }

// ObjectiveG is ObjectiveD of the generator.
func (g *game) ObjectiveG() string { return g.objective.g }

// Smoothing is what the discriminator pays besides for a lowered target; "" if it is not lowered.
func (g *game) Smoothing() string {
	if g.R.LabelSmoothing == 0 {
		return ""
	}
	return g.objective.smoothing
}

// NeedsReal tells whether the generator's score is compared with that of real items.
func (g *game) NeedsReal() bool { return g.objective.needsReal }

// Sign is the mean sign of D's scores of real items, which adaptive augmentation watches.
func (g *game) Sign() string {
	if g.objective.relative {
		return "(real - fake).sign().mean()"
	}
	if g.objective.middle == "0" {
		return "real.sign().mean()"
	}
	return "(real - " + g.objective.middle + ").sign().mean()"
}

// Judged is the call of a discriminator d with items, which are seen as the named look says, of the
// classes of the batch.
func (g *game) Judged(items, seen string) string {
	args := []string{items}
	call := "d"
	if g.R.Pack > 1 && !g.Sight() {
		args[0] = "pack(" + items + ")"
	}
	if g.Sight() {
		call = "judge"
		args = []string{"d", items, "look." + seen}
	}
	if g.DGetsClass() {
		args = append(args, "look.labels")
	}
	return call + "(" + strings.Join(args, ", ") + ")"
}

// Score is the score in what was said.
func (g *game) Score(said string) string {
	if g.Answers() {
		return said + ".score"
	}
	return said
}

// NeedsRealItems tells whether the generator's loss looks at real items.
func (g *game) NeedsRealItems() bool { return g.NeedsReal() || g.Features() }

// A setting is a line of what may be changed at the top of train.py.
type setting struct{ Name, Value, About string }

// Settings are the numbers of the recipe that train.py uses.
func (g *game) Settings() []setting {
	r := g.R
	var out []setting
	add := func(name, value, about string) { out = append(out, setting{name, value, about}) }
	number := func(name string, x float64, about string) {
		if x != 0 {
			add(name, float(x), about)
		}
	}
	add("SEED", fmt.Sprint(r.Seed), "of all random numbers")
	if r.Steps > 0 {
		add("STEPS", fmt.Sprint(r.Steps), "of the whole run")
	} else {
		add("STEPS", "0", "of the whole run: it goes on until it is stopped")
	}
	add("BATCH", fmt.Sprint(r.Batch), "items of all processes together")
	add("D_STEPS", fmt.Sprint(r.DSteps), "updates of the discriminator for each of the generator")
	add("LATENT", fmt.Sprint(r.Latent), "random numbers of which an item is made")
	if r.Pack > 1 {
		add("PACK", fmt.Sprint(r.Pack), "items that are judged together")
	}
	number("R1", r.R1, "weight of the penalty on slopes at real items")
	number("R2", r.R2, "weight of the penalty on slopes at generated items")
	number("GP", r.GP, "weight of the penalty that keeps slopes between both near 1")
	number("DRAGAN", r.DRAGAN, "weight of the penalty that keeps slopes around real items near 1")
	number("CONSISTENCY", r.Consistency, "weight of the penalty on other answers to the same item")
	if g.Penalised() && r.PenaltyEvery > 1 {
		add("PENALTY_EVERY", fmt.Sprint(r.PenaltyEvery), "steps from one penalty to the next, which then weighs as much more")
	}
	number("CLIP", r.Clip, "largest magnitude of the discriminator's weights")
	number("LABEL_SMOOTHING", r.LabelSmoothing, "by which the target of real items is lowered")
	if g.Noisy() {
		number("INSTANCE_NOISE", r.InstanceNoise, "standard deviation at step 0; it falls to 0 over the run")
	}
	if r.TopK < 1 && r.Steps > 0 {
		number("TOP_K", r.TopK, "share of items from which the generator learns from half of the run on")
	}
	number("FEATURE_MATCHING", r.FeatureMatching, "share of the generator's loss that matches features")
	if r.Unroll > 0 {
		add("UNROLL", fmt.Sprint(r.Unroll), "updates of the discriminator that the generator foresees")
	}
	if r.FreezeD > 0 {
		add("FROZEN", fmt.Sprint(r.FreezeD), "first layers of the discriminator that stay as they are")
	}
	number("EMA", r.EMA, "share of the averaged generator that each step keeps")
	if r.EMA > 0 {
		number("EMA_WARMUP", r.EMAWarmup, "its half-life at most, in the steps so far")
	}
	add("LR_G", float(r.G.LR), "learning rates, at first")
	add("LR_D", float(r.D.LR), "")
	return out
}

// Decay is the factor of a player's learning rate at game.step.
func (g *game) Decay(player string) string {
	p := g.player(player)
	final := float(p.LRFinal)
	switch p.LRDecay {
	case "linear":
		return fmt.Sprintf("1 - (1 - %s) * done", final)
	case "cosine":
		return fmt.Sprintf("%s + (1 - %[1]s) * (1 + math.cos(math.pi * done)) / 2", final)
	case "exponential":
		return final + " ** done"
	}
	return ""
}

func (g *game) player(name string) recipe.Player {
	if name == "d" {
		return g.R.D
	}
	return g.R.G
}

// Optimizer is the optimiser of a player for parameters of an expression.
func (g *game) Optimizer(player, parameters string) string {
	p := g.player(player)
	lr := "LR_" + strings.ToUpper(player)
	switch p.Optimizer {
	case "adam":
		return fmt.Sprintf("torch.optim.Adam(%s, lr=%s, betas=(%s, %s))", parameters, lr, float(p.Beta1), float(p.Beta2))
	case "rmsprop":
		return fmt.Sprintf("torch.optim.RMSprop(%s, lr=%s, alpha=%s)", parameters, lr, float(p.Beta2))
	}
	if p.Momentum == 0 {
		return fmt.Sprintf("torch.optim.SGD(%s, lr=%s)", parameters, lr)
	}
	return fmt.Sprintf("torch.optim.SGD(%s, lr=%s, momentum=%s)", parameters, lr, float(p.Momentum))
}
