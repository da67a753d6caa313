package recipe

import (
	"fmt"
	"slices"
	"strings"

	"ganvas/engine/nn"
)

// ruleProblems checks what depends on more than one key.
func (r *Recipe) ruleProblems() []Problem {
	var ps []Problem
	for _, x := range r.players() {
		if x.LRDecay != "none" && r.Steps == 0 {
			ps = append(ps, Problem{Key: x.table + ".lr_decay", element: -1, Message: fmt.Sprintf("%q needs to know the end of the run: give steps a number above 0", x.LRDecay)})
		}
		if x.LRDecay == "exponential" && x.LRFinal == 0 {
			ps = append(ps, Problem{Key: x.table + ".lr_final", element: -1, Message: "exponential decay never reaches 0: give a share above 0, for instance 0.01"})
		}
		if i := slices.Index(x.Layers, "bn"); i >= 0 && r.Batch < 2 {
			ps = append(ps, Problem{Key: "batch", element: -1, Message: fmt.Sprintf("layer %d of %s.layers normalises over the batch: at least 2 are needed, not %d", i+1, x.table, r.Batch)})
		}
	}
	if m := max(1, r.Pack); slices.Contains(r.D.Layers, "bn") && r.Batch/m < 2 && r.Batch >= 2 {
		ps = append(ps, Problem{Key: "pack", element: -1, Message: fmt.Sprintf("a batch of %d is a single pack, and d.layers normalises over the batch: at least two packs of %d are needed", r.Batch, m)})
	}
	for _, x := range rules {
		if message := x.broken(r); message != "" {
			ps = append(ps, Problem{Key: x.key, element: -1, Message: message})
		}
	}
	return append(ps, r.kindProblems()...)
}

type tabledPlayer struct {
	*Player
	table string
}

func (r *Recipe) players() []tabledPlayer {
	return []tabledPlayer{{&r.G, "g"}, {&r.D, "d"}}
}

// A rule says what a key needs of other keys: broken returns what is wrong and what to do, or
// nothing.
type rule struct {
	key    string
	broken func(*Recipe) string
}

// rules are those of the game.
var rules = []rule{
	{"unroll", (*Recipe).unrollProblem},
	{"topk", func(r *Recipe) string {
		if r.TopK < 1 && r.Steps == 0 {
			return "it falls over the first half of the run: give steps a number above 0, or set it to 1"
		}
		return ""
	}},
	{"feature_matching", func(r *Recipe) string {
		if r.FeatureMatching == 0 {
			return ""
		}
		if r.SemiSupervised {
			return "a semi-supervised game's generator matches features and nothing else: set it to 0"
		}
		if n := len(r.D.Layers); n > 0 {
			if l, err := nn.ParseLayer(r.D.Layers[n-1]); err == nil && l.Kind != "linear" {
				return fmt.Sprintf("what enters the discriminator's last layer is matched, and that is %q: end d.layers with \"linear 1\", or set it to 0", l)
			}
		}
		return ""
	}},
	{"pack", func(r *Recipe) string {
		if r.Pack > 1 && r.Batch%r.Pack != 0 {
			return fmt.Sprintf("a batch of %d cannot be divided into packs of %d: make the batch a multiple of it, for instance %d", r.Batch, r.Pack, (r.Batch/r.Pack+1)*r.Pack)
		}
		return ""
	}},
	{"batch", func(r *Recipe) string {
		for _, x := range r.players() {
			items, what := r.Batch, "items"
			if x.table == "d" && r.Pack > 1 {
				items, what = r.Batch/r.Pack, "packs"
			}
			i := slices.IndexFunc(x.Layers, func(text string) bool { return strings.HasPrefix(text, "minibatch-") })
			if i >= 0 && items < 2 {
				return fmt.Sprintf("layer %d of %s.layers compares the %s of a batch: at least 2 are needed, not %d", i+1, x.table, what, items)
			}
		}
		return ""
	}},
	{"consistency", func(r *Recipe) string {
		if r.Consistency > 0 && r.Augment == "none" && r.InstanceNoise == 0 && !r.D.random() {
			return "without noise, dropout or augmentation the discriminator sees an item twice alike: choose an augment, for instance \"translation\" for pictures, put \"noise 0.3\" first in d.layers, or set it to 0"
		}
		return ""
	}},
	{"label_smoothing", func(r *Recipe) string {
		if r.LabelSmoothing > 0 && !slices.Contains(targeted, r.Objective) {
			return fmt.Sprintf("%s has no target that real items should reach: choose %s, or set it to 0", r.Objective, orList(targeted))
		}
		return ""
	}},
	{"instance_noise", func(r *Recipe) string {
		if r.InstanceNoise > 0 && r.Steps == 0 {
			return "it falls to 0 at the end of the run: give steps a number above 0, or set it to 0"
		}
		return ""
	}},
}

// random tells whether a layer draws random numbers as it trains.
func (p *Player) random() bool {
	return slices.ContainsFunc(p.Layers, func(text string) bool {
		l, err := nn.ParseLayer(text)
		return err == nil && (l.Kind == "noise" || l.Kind == "dropout")
	})
}

// targeted are the objectives in which D's output for real items has a target.
var targeted = []string{"minimax", "nonsaturating", "leastsquares"}

// unrollProblem says why the generator cannot look ahead.
func (r *Recipe) unrollProblem() string {
	if r.Unroll == 0 {
		return ""
	}
	if r.R1 > 0 || r.R2 > 0 || r.GP > 0 || r.DRAGAN > 0 || r.Consistency > 0 || r.Clip > 0 {
		return "updates of the discriminator are foreseen without penalties and clipping: set r1, r2, gp, dragan, consistency and clip to 0, or this"
	}
	if r.SemiSupervised || r.Generators > 1 || r.Discriminators > 1 {
		return "it is a game of one generator that foresees one discriminator: make generators and discriminators 1 and semi_supervised false, or set this to 0"
	}
	for i, s := range r.D.Layers {
		if l, err := nn.ParseLayer(s); err == nil && (l.Kind == "bn" || l.Spectral) {
			return fmt.Sprintf("layer %d of d.layers, %q, remembers what goes through it, also what is only foreseen: use ln, gn or wn, or set this to 0", i+1, l)
		}
	}
	return ""
}
