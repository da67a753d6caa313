package doctor

import (
	"strconv"

	"ganvas/engine/recipe"
)

// Remedy is something that helps: a change of the recipe.
type Remedy struct {
	Title   string   // for a button
	Changes []Change // of the recipe, in order
	Live    bool     // it can be made while the run goes on; otherwise it takes a new run
}

// Change is the new value of one key.
type Change struct{ Key, Value string }

// Apply returns the recipe with the remedy's changes.
func (m *Remedy) Apply(r *recipe.Recipe) (*recipe.Recipe, error) {
	out := r.Clone()
	for _, c := range m.Changes {
		if err := out.Set(c.Key, c.Value); err != nil {
			return nil, err
		}
	}
	return out, out.Validate()
}

// remedies returns what can be done about a kind of finding in a run of r: changes that the recipe
// takes and that change it.
func remedies(k Kind, r *recipe.Recipe) []Remedy {
	if r == nil {
		return nil
	}
	var out []Remedy
	for _, m := range candidates(k, r) {
		m.Live = true
		for _, c := range m.Changes {
			m.Live = m.Live && live(c.Key)
		}
		if changed, err := m.Apply(r); err == nil && !changed.Equal(r) {
			out = append(out, m)
		}
	}
	return out[:min(3, len(out))]
}

func live(key string) bool {
	for _, k := range recipe.Keys() {
		if k.Name == key {
			return k.Live
		}
	}
	return false
}

func text(x float64) string { return strconv.FormatFloat(x, 'g', 3, 64) }

// candidates are the remedies of a kind, the best first.
func candidates(k Kind, r *recipe.Recipe) []Remedy {
	rates := func(title string, factor float64) Remedy {
		return Remedy{Title: title, Changes: []Change{{"g.lr", text(r.G.LR * factor)}, {"d.lr", text(r.D.LR * factor)}}}
	}
	penalties := Remedy{Title: "Penalise D's slope", Changes: []Change{{"r1", text(max(0.1, 3*r.R1))}, {"r2", text(max(0.1, 3*r.R2))}}}
	relativistic := Remedy{Title: "Relativistic, with penalties", Changes: []Change{{"objective", "relativistic"}, {"r1", text(max(0.1, r.R1))}, {"r2", text(max(0.1, r.R2))}}}
	augment := Remedy{Title: "Change items at random", Changes: []Change{{"augment", "color,translation,cutout"}}}
	slowD := Remedy{Title: "Lower D's rate", Changes: []Change{{"d.lr", text(r.D.LR / 4)}}}
	fewerSteps := Remedy{Title: "One update of D a step", Changes: []Change{{"d_steps", "1"}}}
	switch k {
	case NonFinite:
		return []Remedy{rates("Halve both rates", 0.5), penalties}
	case Divergence:
		if r.Objective == "wasserstein" && r.GP == 0 {
			return []Remedy{{Title: "Gradient penalty of 10", Changes: []Change{{"gp", "10"}, {"clip", "0"}}}, rates("A third of both rates", 1./3)}
		}
		return []Remedy{rates("A third of both rates", 1./3), penalties, relativistic}
	case DeadUnits:
		return []Remedy{leaky(r), rates("A fifth of both rates", 0.2)}
	case RateTooHigh:
		return []Remedy{rates("A fifth of both rates", 0.2), {Title: "A fifth of G's rate", Changes: []Change{{"g.lr", text(r.G.LR / 5)}}}}
	case FewData, OverFitting:
		return []Remedy{augment, {Title: "Penalise D at real items", Changes: []Change{{"r1", text(max(0.1, 10*r.R1))}}}, slowD}
	case RateTooLow:
		return []Remedy{rates("Ten times both rates", 10)}
	case DTooStrong:
		if r.Objective == "minimax" {
			return []Remedy{fewerSteps, {Title: "Non-saturating objective", Changes: []Change{{"objective", "nonsaturating"}}}, slowD}
		}
		return []Remedy{fewerSteps, slowD, {Title: "Penalise D at real items", Changes: []Change{{"r1", text(max(0.1, 3*r.R1))}}}}
	case DTooWeak:
		return weak(r)
	case ModeCollapse, PartialCollapse:
		return []Remedy{penalties, relativistic, {Title: "D sees 2 at once", Changes: []Change{{"pack", strconv.Itoa(2 * r.Pack)}}}, weak(r)[0]}
	case Oscillation:
		return []Remedy{penalties, {Title: "No momentum", Changes: []Change{{"g.beta1", "0"}, {"d.beta1", "0"}, {"g.momentum", "0"}, {"d.momentum", "0"}}}, rates("A third of both rates", 1./3)}
	case Plateau:
		return []Remedy{rates("A third of both rates", 1./3)}
	}
	return nil
}

// weak strengthens D: by what holds it back most.
func weak(r *recipe.Recipe) []Remedy {
	var out []Remedy
	if r.D.LR < r.G.LR {
		out = append(out, Remedy{Title: "D's rate as G's", Changes: []Change{{"d.lr", text(r.G.LR)}}})
	}
	if r.R1 > 1 || r.R2 > 1 || r.GP > 20 {
		out = append(out, Remedy{Title: "A tenth of the penalties", Changes: []Change{{"r1", text(r.R1 / 10)}, {"r2", text(r.R2 / 10)}, {"gp", text(r.GP / 10)}}})
	}
	return append(out,
		Remedy{Title: "Twice the updates of D", Changes: []Change{{"d_steps", strconv.Itoa(2 * r.DSteps)}}},
		Remedy{Title: "Twice D's rate", Changes: []Change{{"d.lr", text(2 * r.D.LR)}}})
}

// leaky puts leaky ReLUs in the place of ReLUs, whose units cannot die.
func leaky(r *recipe.Recipe) Remedy {
	swap := func(layers []string) string {
		var out string
		for i, l := range layers {
			if l == "relu" {
				l = "lrelu 0.2"
			}
			if i > 0 {
				out += ", "
			}
			out += l
		}
		return out
	}
	return Remedy{Title: "Leaky units", Changes: []Change{{"g.layers", swap(r.G.Layers)}, {"d.layers", swap(r.D.Layers)}}}
}
