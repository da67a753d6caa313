package cases

import (
	"slices"

	"ganvas/engine/doctor"
)

// Networks of digits, as small as they can be.
const (
	digitsG = "g.layers=linear 128, relu, linear 784, unflatten 28 28 1, tanh"
	digitsD = "d.layers=flatten, linear 128, lrelu 0.2, linear 1"
)

// keys joins lists of "key=value".
func keys(lists ...[]string) []string { return slices.Concat(lists...) }

var (
	digits = []string{"data=digits", "latent=32", "batch=32", digitsG, digitsD}
	// calm is the objective and the penalties of the presets.
	calm     = []string{"objective=relativistic", "r1=0.02", "r2=0.02", "g.beta1=0", "d.beta1=0"}
	calmer   = []string{"objective=relativistic", "r1=0.1", "r2=0.1"}
	plain    = []string{"objective=nonsaturating"}
	damped   = []string{"objective=nonsaturating", "r1=0.1"}
	slowD    = []string{"g.lr=2e-3", "d.lr=1e-4"}
	critic   = []string{"objective=wasserstein"}
	narrow   = "g.layers=linear 8, relu, linear 8, relu, linear 8, relu, linear 8, relu, linear 8, relu, linear 8, relu, linear 2"
	leaky    = "g.layers=linear 64, lrelu 0.2, linear 64, lrelu 0.2, linear 2"
	collapse = []doctor.Kind{doctor.ModeCollapse, doctor.PartialCollapse}
)

func want(k ...doctor.Kind) []doctor.Kind { return k }

// failing are recipes that fail, and how.
var failing = []Case{
	{Name: "ring-collapse", Wants: collapse, By: 3000, Why: "D learns twenty times slower than G, which jumps from mode to mode", Keys: keys(plain, slowD)},
	{Name: "ring-momentum", Wants: collapse, By: 3000, Why: "the same with a momentum of 0.9", Keys: keys(plain, []string{"latent=2", "g.lr=2e-3", "d.lr=3e-4", "g.beta1=0.9", "d.beta1=0.9"})},
	{Name: "grid-collapse", Wants: collapse, By: 4000, Why: "25 modes, D five times slower than G", Keys: keys(plain, []string{"data=grid", "g.lr=2e-3", "d.lr=4e-4"})},
	{Name: "two-collapse", Wants: collapse, By: 3000, Why: "two modes, G on one of them at a time", Keys: keys(plain, slowD, []string{"data=two-gaussians"})},
	{Name: "hinge-collapse", Wants: collapse, By: 3000, Why: "hinge loss, G ten times faster than D", Keys: []string{"objective=hinge", "g.lr=4e-3", "d.lr=4e-4"}},
	{Name: "digits-collapse", Wants: collapse, By: 3000, Why: "all digits look alike", Keys: keys(digits, plain, []string{"g.lr=2e-3", "d.lr=2e-4"})},
	{Name: "ring-partial", Wants: collapse, By: 3000, Why: "one latent number and six units cannot reach eight modes", Keys: keys(plain, []string{"latent=1", "g.layers=linear 6, relu, linear 2"})},
	{Name: "grid-partial", Wants: collapse, By: 4000, Why: "one latent number cannot reach 25 modes", Keys: keys(damped, []string{"data=grid", "latent=1"})},
	{Name: "circles-partial", Wants: collapse, By: 4000, Why: "one latent number and four units cannot draw two circles", Keys: keys(plain, []string{"data=circles", "latent=1", "g.layers=linear 4, relu, linear 2"})},
	{Name: "digits-partial", Wants: collapse, By: 3000, Why: "one latent number cannot draw ten digits", Keys: keys(digits, damped, []string{"latent=1", "g.lr=5e-4", "d.lr=5e-4"})},
	{Name: "vanishing", Wants: want(doctor.DTooStrong), By: 3000, Why: "D near its optimum against the saturating loss", Keys: []string{"objective=minimax", "d_steps=5", "g.lr=1e-4", "d.lr=2e-3"}},
	{Name: "ring-d-wins", Wants: want(doctor.DTooStrong), By: 3000, Why: "tight modes, nothing that holds D's slope", Keys: plain},
	{Name: "moons-d-wins", Wants: want(doctor.DTooStrong), By: 3000, Why: "D learns 250 times faster than G", Keys: keys(plain, []string{"data=moons", "g.lr=2e-5", "d.lr=5e-3"})},
	{Name: "d-slow", Wants: want(doctor.DTooWeak), By: 3000, Why: "D hardly learns, and G runs away", Keys: keys(plain, []string{"d.lr=2e-6"})},
	{Name: "d-linear", Wants: want(doctor.DTooWeak), By: 3000, Why: "D is a straight line", Keys: keys(plain, []string{"d.layers=linear 1"})},
	{Name: "d-bound", Wants: want(doctor.DTooWeak), By: 3000, Why: "a penalty a thousand times too strong holds D down", Keys: keys(plain, []string{"r1=1000"})},
	{Name: "oscillation-circles", Wants: want(doctor.Oscillation), By: 3000, Why: "a Wasserstein critic clipped too loosely, with momentum", Keys: keys(critic, []string{"data=circles", leaky, "g.beta1=0.9", "d.beta1=0.9", "clip=0.2"})},
	{Name: "oscillation-clip", Wants: want(doctor.Oscillation), By: 3000, Why: "the same between two clouds", Keys: keys(critic, []string{"data=two-gaussians", "g.beta1=0.9", "d.beta1=0.9", "clip=0.3"})},
	{Name: "oscillation-wgan", Wants: want(doctor.Oscillation), By: 2000, Why: "a Wasserstein critic without bound, as fast as G", Keys: critic},
	{Name: "divergence-ring", Wants: want(doctor.Divergence), By: 2000, Why: "a critic without bound, five updates a step", Keys: keys(critic, []string{"d_steps=5", "g.lr=1e-4", "d.lr=3e-3"})},
	{Name: "divergence-grid", Wants: want(doctor.Divergence), By: 2000, Why: "a critic without bound, three updates a step", Keys: keys(critic, []string{"data=grid", "d_steps=3", "g.lr=3e-4", "d.lr=3e-3"})},
	{Name: "divergence-rmsprop", Wants: want(doctor.Divergence), By: 2000, Why: "the original WGAN with its clipping forgotten", Keys: keys(critic, []string{"data=two-gaussians", "d_steps=5", "g.optimizer=rmsprop", "d.optimizer=rmsprop"})},
	{Name: "non-finite", Wants: want(doctor.NonFinite), By: 500, Why: "learning rates of 5", Keys: []string{"objective=leastsquares", "g.optimizer=sgd", "d.optimizer=sgd", "g.lr=5", "d.lr=5"}},
	{Name: "non-finite-momentum", Wants: want(doctor.NonFinite), By: 500, Why: "momentum of 0.9 and squares", Keys: []string{
		"data=moons", "objective=leastsquares", "g.optimizer=sgd", "d.optimizer=sgd", "g.momentum=0.9", "d.momentum=0.9", "g.lr=0.05", "d.lr=0.05",
	}},
	{Name: "rate-high", Wants: want(doctor.RateTooHigh), By: 1500, Why: "both rates a hundred times the usual", Keys: keys(calmer, []string{"data=moons", "g.lr=0.1", "d.lr=0.1"})},
	{Name: "rate-high-g", Wants: want(doctor.RateTooHigh), By: 1500, Why: "G's rate fifty times the usual", Keys: keys(damped, []string{"data=circles", "g.lr=0.05"})},
	{Name: "rate-low", Wants: want(doctor.RateTooLow), By: 2000, Why: "both rates a thousandth of the usual", Keys: keys(calmer, []string{"data=moons", "g.lr=1e-6", "d.lr=1e-6"})},
	{Name: "rate-low-digits", Wants: want(doctor.RateTooLow), By: 1500, Why: "the same with pictures", Keys: keys(digits, plain, []string{"g.lr=1e-6", "d.lr=1e-6"})},
	{Name: "few-points", Wants: want(doctor.FewData), By: 4000, Items: 20, Why: "20 points", Keys: keys(calm, []string{"data=moons"})},
	{Name: "few-digits", Wants: want(doctor.FewData), By: 1500, Items: 50, Why: "50 digits", Keys: keys(digits, plain, []string{"g.lr=3e-4", "d.lr=3e-4"})},
	{Name: "over-fitting-digits", Wants: want(doctor.OverFitting), By: 4000, Items: 500, Why: "500 digits, a fast D", Keys: keys(digits, plain, []string{"d.layers=flatten, linear 256, lrelu 0.2, linear 1", "g.lr=1e-4", "d.lr=1e-3"})},
	{Name: "over-fitting-shapes", Wants: want(doctor.OverFitting), By: 4000, Items: 400, Why: "400 shapes, a fast D", Keys: keys(plain, []string{
		"data=shapes", "image_size=16", "channels=1", "latent=32", "batch=32", "g.layers=linear 128, relu, linear 256, unflatten 16 16 1, tanh",
		"d.layers=flatten, linear 256, lrelu 0.2, linear 1", "g.lr=2e-4", "d.lr=1e-3",
	})},
	{Name: "dead-deep", Wants: want(doctor.DeadUnits), By: 1000, Why: "six narrow layers of relu and a rate of 0.02", Keys: keys(calmer, []string{"data=moons", narrow, "g.lr=0.02"})},
	{Name: "dead-d", Wants: want(doctor.DeadUnits), By: 1000, Why: "relu in D and a rate of 0.1", Keys: keys(calmer, []string{"data=moons", "d.layers=linear 64, relu, linear 64, relu, linear 1", "d.lr=0.1"})},
	{Name: "plateau-spiral", Wants: want(doctor.Plateau), By: 5000, Why: "four units of tanh cannot draw a spiral any better", Keys: keys(calmer, []string{"data=spiral", "r1=1", "r2=1", "g.layers=linear 4, tanh, linear 2"})},
	{Name: "plateau-line", Wants: want(doctor.Plateau), By: 6000, Why: "a line is learnt within a thousand steps", Keys: keys(calmer, []string{"data=line"})},
	{Name: "circles-collapse", Wants: collapse, By: 3000, Why: "hinge loss, D twenty times slower than G", Keys: keys(slowD, []string{"data=circles", "latent=4", "objective=hinge"})},
	{Name: "grid-d-weak", Wants: want(doctor.DTooWeak), By: 3000, Why: "a D of two units that hardly learns", Keys: keys(plain, []string{"data=grid", "d.layers=linear 2, lrelu 0.2, linear 1", "d.lr=1e-5"})},
	{Name: "swissroll-rate-high", Wants: want(doctor.RateTooHigh), By: 2000, Why: "rates of 0.07", Keys: keys(calmer, []string{"data=swissroll", "g.lr=0.07", "d.lr=0.07"})},
	{Name: "spiral-rate-low", Wants: want(doctor.RateTooLow), By: 2000, Why: "rates of 2e-6", Keys: []string{"data=spiral", "objective=hinge", "r1=0.1", "g.lr=2e-6", "d.lr=2e-6"}},
	{Name: "moons-divergence", Wants: want(doctor.Divergence), By: 2000, Why: "a critic without bound, four updates a step", Keys: keys(critic, []string{"data=moons", "d_steps=4", "g.lr=2e-4", "d.lr=5e-3"})},
	{Name: "ring-few", Wants: want(doctor.FewData), By: 4000, Items: 24, Why: "24 points", Keys: calm},
	{Name: "circles-dead", Wants: want(doctor.DeadUnits), By: 1500, Why: "six narrow layers of relu and a rate of 0.03", Keys: []string{"data=circles", "objective=hinge", "r1=0.1", "r2=0.1", narrow, "g.lr=0.03"}},
	{Name: "two-oscillation", Wants: want(doctor.Oscillation), By: 3000, Why: "a loosely clipped critic with momentum, at twice the rates", Keys: keys(critic, []string{"data=two-gaussians", "clip=0.2", "g.lr=2e-3", "d.lr=2e-3", "g.beta1=0.9", "d.beta1=0.9"})},
}

// healthy are recipes of which nothing is to be said.
var healthy = []Case{
	{Name: "ring", By: 3000, Keys: keys(calm, []string{"latent=2", "batch=128"})},
	{Name: "grid", By: 5000, Keys: keys(calm, []string{
		"data=grid", "latent=2", "batch=128", "g.layers=linear 128, relu, linear 128, relu, linear 2", "d.layers=linear 128, lrelu 0.2, linear 128, lrelu 0.2, linear 1",
	})},
	{Name: "moons", By: 3000, Keys: keys(calm, []string{"data=moons"})},
	{Name: "circles", By: 3000, Keys: keys(damped, []string{"data=circles"})},
	{Name: "two-gaussians", By: 3000, Keys: keys(damped, []string{"data=two-gaussians"})},
	{Name: "line", By: 3000, Keys: keys(calmer, []string{"data=line"})},
	{Name: "spiral", By: 5000, Keys: keys(calm, []string{"data=spiral"})},
	{Name: "swissroll", By: 5000, Keys: keys(calm, []string{"data=swissroll"})},
	{Name: "swissroll-decay", By: 4000, Keys: keys(calm, []string{
		"data=swissroll", "g.lr=2e-3", "d.lr=2e-3", "g.lr_decay=cosine", "d.lr_decay=cosine", "g.lr_final=0.05", "d.lr_final=0.05",
	})},
	{Name: "checkerboard", By: 4000, Keys: []string{"data=checkerboard", "objective=leastsquares", "r1=0.1", "r2=0.1"}},
	{Name: "wgan-gp", By: 3000, Keys: keys(critic, []string{"data=moons", "gp=1", "d_steps=5", "g.beta1=0", "d.beta1=0", "g.beta2=0.9", "d.beta2=0.9"})},
	{Name: "wgan-clip", By: 3000, Keys: keys(critic, []string{"data=line", "clip=0.05", "d_steps=5", "g.optimizer=rmsprop", "d.optimizer=rmsprop"})},
	{Name: "minimax", By: 3000, Keys: []string{"data=two-gaussians", "objective=minimax", "r1=0.2"}},
	{Name: "uniform-latent", By: 3000, Keys: keys(calmer, []string{"data=two-gaussians", "latent=4", "latent_kind=uniform"})},
	{Name: "digits-plain", By: 3000, Keys: keys(digits, damped, []string{"g.lr=5e-4", "d.lr=5e-4"})},
	{Name: "digits-calm", By: 3000, Keys: keys(digits, calmer, []string{"g.beta1=0", "d.beta1=0"})},
	{Name: "circles-calm", By: 3000, Keys: keys(calmer, []string{"data=circles"})},
	{Name: "swissroll-plain", By: 4000, Keys: keys(damped, []string{"data=swissroll"})},
	{Name: "spiral-wgan-gp", By: 4000, Keys: keys(critic, []string{"data=spiral", "gp=2", "d_steps=5", "g.beta1=0", "d.beta1=0", "g.beta2=0.9", "d.beta2=0.9"})},
	{Name: "line-plain", By: 3000, Keys: keys(damped, []string{"data=line", "r2=0.1"})},
	{Name: "checkerboard-calm", By: 4000, Keys: keys(calm, []string{"data=checkerboard", "batch=128"})},
	{Name: "digits-squares", By: 3000, Keys: keys(digits, []string{"objective=leastsquares", "r1=0.1", "r2=0.1", "g.lr=5e-4", "d.lr=5e-4"})},
}

// All returns the cases: those on which the limits were set, the failing ones first, and then those
// kept apart.
func All() []Case {
	out := slices.Concat(failing, healthy, apart)
	for i := len(failing) + len(healthy); i < len(out); i++ {
		out[i].Apart = true
	}
	return out
}
