package studio

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"ganvas/app/words"
	"ganvas/engine/nn"
	"ganvas/engine/recipe"
)

// Adapted returns r changed so that its networks fit items of shape, and one sentence about the
// change; r itself and an empty sentence where they fit already. Networks that a preset has are
// replaced by those of a preset that fits, since they were tuned together; networks of the user's
// own are mended at their ends. Where neither helps, r stays as it is.
func Adapted(r *recipe.Recipe, shape nn.Shape) (*recipe.Recipe, string) {
	if !misfits(r, shape) {
		return r, ""
	}
	if isOwn(r) {
		if mended, what := mend(r, shape); mended != nil {
			return mended, what
		}
	}
	if p, ok := fittingPreset(r.Data, shape); ok {
		return KeepData(p.Recipe, r), fmt.Sprintf("The networks were made for other data, so the recipe now follows the preset “%s”.", p.Title)
	}
	if mended, what := mend(r, shape); mended != nil {
		return mended, what
	}
	for _, p := range likePresets(shape) {
		if mended, what := mend(KeepData(p.Recipe, r), shape); mended != nil {
			return mended, fmt.Sprintf("The recipe now follows the preset “%s”. %s", p.Title, what)
		}
	}
	return r, fmt.Sprintf("The networks do not fit %s: change them on the Build page.", itemsTitle(shape))
}

// misfits tells whether a network does not fit the data, whatever else may be wrong with r.
func misfits(r *recipe.Recipe, shape nn.Shape) bool {
	latent, seen := r.Inputs(shape)
	return nn.CheckOutput(r.G.Layers, latent, shape) != nil || nn.CheckOutput(r.D.Layers, seen, nn.Shape{1}) != nil
}

// isOwn tells whether the networks are those of no preset.
func isOwn(r *recipe.Recipe) bool {
	return !slices.ContainsFunc(recipe.Presets(), func(p recipe.Preset) bool {
		return slices.Equal(p.Recipe.G.Layers, r.G.Layers) && slices.Equal(p.Recipe.D.Layers, r.D.Layers)
	})
}

// fittingPreset returns the preset made for the data, or the first other one whose networks fit.
func fittingPreset(data string, shape nn.Shape) (recipe.Preset, bool) {
	var found *recipe.Preset
	presets := recipe.Presets()
	order := func(p recipe.Preset) int { // digits rather than the presets for comparing
		switch {
		case p.Name == data:
			return 0
		case p.Recipe.Data == data && p.Name == recipe.DefaultPreset:
			return 1
		case p.Recipe.Data == data && data != Drawn: // which is other points with everybody
			return 2
		case p.Name == recipe.DefaultPreset || p.Name == "grid":
			return 3
		}
		return 4
	}
	for i := range presets {
		p := &presets[i]
		if isKind(p.Recipe) {
			continue
		}
		if !misfits(p.Recipe, shape) && (found == nil || order(*p) < order(*found)) {
			found = p
		}
	}
	if found == nil {
		return recipe.Preset{}, false
	}
	return *found, true
}

// isKind tells whether r is about classes or several players, for which somebody asks by name.
func isKind(r *recipe.Recipe) bool { return r.Classes() || r.Generators > 1 || r.Discriminators > 1 }

// likePresets returns the presets for items of the same kind, those for pictures of the nearest
// size first.
func likePresets(shape nn.Shape) []recipe.Preset {
	var like []recipe.Preset
	for _, p := range recipe.Presets() {
		if s, ok := p.Recipe.DataShape(); ok && !isKind(p.Recipe) && s.Picture() == shape.Picture() {
			like = append(like, p)
		}
	}
	distance := func(p recipe.Preset) int { return max(p.Recipe.ImageSize-shape[0], shape[0]-p.Recipe.ImageSize) }
	slices.SortStableFunc(like, func(a, b recipe.Preset) int { return distance(a) - distance(b) })
	return like
}

// KeepData returns the recipe p with the data, the preprocessing and the seed of r.
func KeepData(p, r *recipe.Recipe) *recipe.Recipe {
	c := p.Clone()
	c.Data, c.ImageSize, c.Channels, c.Fit, c.Mirror, c.Labels, c.Seed = r.Data, r.ImageSize, r.Channels, r.Fit, r.Mirror, r.Labels, r.Seed
	c.Stride, c.Cell, c.Attribute = r.Stride, r.Cell, r.Attribute
	c.FocusX, c.FocusY, c.Background, c.LeaveOut, c.Drawn, c.HeldOut = r.FocusX, r.FocusY, r.Background, r.LeaveOut, r.Drawn, r.HeldOut
	if c.Classes() && c.Labels == "none" {
		c.Labels = "folder" // without which the preset makes no sense
	}
	return c
}

// mend applies the first fix of every misfit until both networks fit, and returns the fixes'
// titles; nil if they never do.
func mend(r *recipe.Recipe, shape nn.Shape) (*recipe.Recipe, string) {
	c := r.Clone()
	var titles []string
	apply := func(layers *[]string, who string, check func() error) bool {
		for range 4 {
			var m *nn.Misfit
			err := check()
			if err == nil {
				return true
			}
			if !errors.As(err, &m) {
				return false
			}
			fixes := m.Fixes
			if fix, ok := resized(*layers, shape); len(fixes) == 0 && ok {
				fixes = []nn.Fix{fix}
			}
			if len(fixes) == 0 {
				return false
			}
			*layers = slices.Clone(fixes[0].Layers)
			titles = append(titles, fmt.Sprintf("%s: %s", who, fixes[0].Title))
		}
		return check() == nil
	}
	latent, seen := c.Inputs(shape)
	g := apply(&c.G.Layers, "generator", func() error { return nn.CheckOutput(c.G.Layers, latent, shape) })
	d := apply(&c.D.Layers, "discriminator", func() error { return nn.CheckOutput(c.D.Layers, seen, nn.Shape{1}) })
	if !g || !d {
		return nil, ""
	}
	return c, fmt.Sprintf("The networks were changed to fit items of %v: %s.", shape, strings.Join(titles, "; "))
}

// resized makes a network whose last weights are a linear layer's end in pictures of another shape.
func resized(layers []string, shape nn.Shape) (nn.Fix, bool) {
	if !shape.Picture() {
		return nn.Fix{}, false
	}
	last := func(kind string, before int) int {
		for i := before - 1; i >= 0; i-- {
			if l, err := nn.ParseLayer(layers[i]); err == nil && l.Kind == kind {
				return i
			}
		}
		return -1
	}
	u := last("unflatten", len(layers))
	i := last("linear", u)
	if u < 0 || i < 0 {
		return nn.Fix{}, false
	}
	changed := slices.Clone(layers)
	wide, _ := nn.ParseLayer(layers[i])
	wide.Args = []float64{float64(shape.Size())}
	changed[i] = wide.String()
	changed[u] = fmt.Sprintf("unflatten %d %d %d", shape[0], shape[1], shape[2])
	return nn.Fix{Title: fmt.Sprintf("make layers %d and %d %q and %q", i+1, u+1, changed[i], changed[u]), Layers: changed}, true
}

// itemsTitle says what items of a shape are.
func itemsTitle(shape nn.Shape) string {
	if shape.Picture() {
		return "pictures of " + shape.String()
	}
	return "items of " + words.Counted(shape.Size(), "number")
}
