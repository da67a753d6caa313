package trainpage

import (
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"

	"ganvas/engine/field"
	"ganvas/widgets"
)

// A layer is something that can be seen of a plane, by itself or over the others.
type layer struct {
	name, tip string
	on        *bool        // that it is shown; at first as it is by default
	want      field.Wanted // what has to be computed for it; 0: what is there anyway
}

// A layerChoice has a box to tick for each layer of a plane, and remembers which are ticked.
type layerChoice struct {
	box    *fyne.Container
	layers []layer
}

// newLayerChoice returns the choice that is remembered under a name; changed draws the plane anew.
func newLayerChoice(name string, around scene, changed func(), layers []layer) *layerChoice {
	c := &layerChoice{box: container.New(layout.NewRowWrapLayout()), layers: layers}
	shown := around.memory.StringList(name)
	for _, l := range layers {
		if len(shown) > 0 {
			*l.on = slices.Contains(shown, l.name)
		}
		check := widgets.NewCheck(l.name, nil)
		check.Checked = *l.on
		check.OnChanged = func(on bool) {
			*l.on = on
			around.memory.SetStringList(name, c.shown())
			changed()
			around.looked()
		}
		c.box.Add(widgets.Tip(check, l.tip))
	}
	return c
}

// chosen begins the list of what is shown, so that no layer is told from no choice.
const chosen = "chosen"

// shown returns the names of the layers that are, behind chosen.
func (c *layerChoice) shown() []string {
	out := []string{chosen}
	for _, l := range c.layers {
		if *l.on {
			out = append(out, l.name)
		}
	}
	return out
}

// wanted returns what has to be computed.
func (c *layerChoice) wanted() field.Wanted {
	var w field.Wanted
	for _, l := range c.layers {
		if *l.on {
			w |= l.want
		}
	}
	return w
}
