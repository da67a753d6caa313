package cases

import "ganvas/engine/doctor"

// apart are cases that were written down before the doctor saw them, and that no limit was set on:
// how well it does on them is how well it may do on runs of others. Whoever sets a limit because of
// one of them moves it to the other lists, and writes a new one.
var apart = []Case{
	{Name: "grid-hinge-collapse", Wants: collapse, By: 3000, Why: "hinge loss on 25 modes, D twenty times slower than G", Keys: keys(slowD, []string{"data=grid", "objective=hinge"})},
	{Name: "swissroll-partial", Wants: collapse, By: 4000, Why: "one latent number and four units cannot draw a roll", Keys: keys(damped, []string{"data=swissroll", "latent=1", "g.layers=linear 4, relu, linear 2"})},
	{Name: "digits-squares-collapse", Wants: collapse, By: 3000, Why: "squares, G twenty times faster than D", Keys: keys(digits, slowD, []string{"objective=leastsquares"})},
	{Name: "swissroll-d-wins", Wants: want(doctor.DTooStrong), By: 3000, Why: "the saturating loss, ten updates of D a step", Keys: []string{"data=swissroll", "objective=minimax", "d_steps=10", "g.lr=2e-5", "d.lr=2e-3"}},
	{Name: "circles-d-slow", Wants: want(doctor.DTooWeak), By: 3000, Why: "D hardly learns", Keys: keys(plain, []string{"data=circles", "d.lr=3e-6"})},
	{Name: "checkerboard-rate-high", Wants: want(doctor.RateTooHigh), By: 2000, Why: "rates of 0.08", Keys: keys(calm, []string{"data=checkerboard", "g.lr=0.08", "d.lr=0.08"})},
	{Name: "circles-rate-low", Wants: want(doctor.RateTooLow), By: 2000, Why: "rates of 1e-6", Keys: keys(calm, []string{"data=circles", "g.lr=1e-6", "d.lr=1e-6"})},
	{Name: "line-divergence", Wants: want(doctor.Divergence), By: 2000, Why: "a critic without bound, five updates a step", Keys: keys(critic, []string{"data=line", "d_steps=5", "g.lr=1e-4", "d.lr=4e-3"})},
	{Name: "circles-few", Wants: want(doctor.FewData), By: 4000, Items: 30, Why: "30 points", Keys: keys(calm, []string{"data=circles"})},
	{Name: "over-fitting-hinge", Wants: want(doctor.OverFitting), By: 4000, Items: 600, Why: "600 digits and a hinge loss without penalties", Keys: keys(digits, []string{"objective=hinge", "g.lr=1e-4", "d.lr=1e-3"})},
	{Name: "spiral-dead", Wants: want(doctor.DeadUnits), By: 1500, Why: "six narrow layers of relu and a rate of 0.025", Keys: keys(damped, []string{"data=spiral", narrow, "g.lr=0.025"})},
	{Name: "moons-oscillation", Wants: want(doctor.Oscillation), By: 3000, Why: "a loosely clipped critic with momentum", Keys: keys(critic, []string{"data=moons", "clip=0.25", "g.beta1=0.9", "d.beta1=0.9"})},

	{Name: "moons-squares", By: 3000, Keys: []string{"data=moons", "objective=leastsquares", "r1=0.1", "r2=0.1"}},
	{Name: "two-hinge", By: 3000, Keys: []string{"data=two-gaussians", "objective=hinge", "r1=0.1"}},
	{Name: "line-uniform", By: 3000, Keys: keys(calmer, []string{"data=line", "latent_kind=uniform"})},
	{Name: "spiral-calm", By: 4000, Keys: keys(calm, []string{"data=spiral", "batch=128"})},
	{Name: "swissroll-rmsprop", By: 4000, Keys: keys(damped, []string{"data=swissroll", "g.optimizer=rmsprop", "d.optimizer=rmsprop", "g.lr=5e-4", "d.lr=5e-4"})},
	{Name: "digits-hinge", By: 3000, Keys: keys(digits, []string{"objective=hinge", "r1=0.1", "r2=0.1", "g.lr=5e-4", "d.lr=5e-4"})},
	{Name: "preset-ring", Preset: "ring", By: 6000},
	{Name: "preset-ring-relativistic", Preset: "ring-relativistic", By: 10000},
	{Name: "preset-ring-wgan-gp", Preset: "ring-wgan-gp", By: 10000},
	{Name: "preset-ring-pac", Preset: "ring-pac", By: 10000},
	{Name: "preset-moons", Preset: "moons", By: 4000},
	{Name: "preset-grid", Preset: "grid", By: 6000},
}
