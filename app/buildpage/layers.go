package buildpage

import (
	"errors"
	"fmt"
	"slices"
	"strconv"

	"ganvas/app/words"
	"ganvas/engine/nn"
	"ganvas/widgets"
)

// normKnob is the last knob of layers whose weights can be normalised.
var normKnob = widgets.CardKnob{
	Name:    "WEIGHTS",
	Tooltip: "sn, spectral normalisation: divides the weights by their largest singular value, which keeps a discriminator from changing too steeply. wn, weight normalisation: learns the length of each output's weights apart from their direction.",
	Choices: []string{"plain", "sn", "wn"},
}

// A network edits one player's layers: it turns their strings into cards, and what is done to the
// cards into new lists of strings. Lists are never written; every edit makes a new one.
type network struct {
	stack  *widgets.LayerStack
	layers []string
	fixes  []nn.Fix // those that the cards offer, all of one card
}

// newNetwork returns an empty stack that calls changed with a new list of layers and what was done.
func newNetwork(title string, changed func(layers []string, what string)) *network {
	var kinds []widgets.KindItem
	for _, k := range nn.Kinds() {
		kinds = append(kinds, widgets.KindItem{Name: k.Name, Title: k.Title, Tooltip: k.Tooltip, Group: k.Group()})
	}
	n := &network{stack: widgets.NewLayerStack(title, kinds)}
	n.stack.OnAdd = func(at int, kind string) {
		if k, ok := nn.KindOf(kind); ok {
			changed(slices.Insert(slices.Clone(n.layers), at, k.Layer().String()), "Add "+kind)
		}
	}
	n.stack.OnRemove = func(i int) { changed(slices.Delete(slices.Clone(n.layers), i, i+1), "Remove "+n.layers[i]) }
	n.stack.OnDuplicate = func(i int) { changed(slices.Insert(slices.Clone(n.layers), i, n.layers[i]), "Duplicate "+n.layers[i]) }
	n.stack.OnMove = func(from, to int) {
		moved := slices.Delete(slices.Clone(n.layers), from, from+1)
		changed(slices.Insert(moved, to, n.layers[from]), "Move "+n.layers[from])
	}
	n.stack.OnKnob = func(i, knob int, value string) {
		if text, err := withKnob(n.layers[i], knob, value); err == nil {
			layers := slices.Clone(n.layers)
			layers[i] = text
			changed(layers, "Change "+n.layers[i])
		}
	}
	n.stack.OnFix = func(_, fix int) {
		if fix < len(n.fixes) {
			changed(slices.Clone(n.fixes[fix].Layers), n.fixes[fix].Title)
		}
	}
	return n
}

// show brings the cards to layers of a network with a role that gets items of shape in and must end
// in want; who names the player. It returns the number of parameters, 0 if the network does not
// fit.
func (n *network) show(role nn.Role, layers []string, in, want nn.Shape, input, output string) int {
	n.layers, n.fixes = layers, nil
	params, total, _ := role.CountParams(layers, in)
	in = role.Input(in)
	var m *nn.Misfit
	if err := nn.CheckOutput(layers, in, want); err != nil {
		errors.As(err, &m)
	}
	shapes, _ := nn.Infer(layers, in)
	cards := make([]widgets.Card, len(layers))
	for i, text := range layers {
		c := &cards[i]
		*c = cardOf(text)
		if i < len(shapes) {
			c.Shape = shapes[i].String()
		}
		if i < len(params) && params[i] > 0 {
			c.Params = words.Counted(params[i], "parameter")
		}
		if m != nil && m.Index == i {
			c.Error = words.Sentence(m.Reason)
			for _, f := range m.Fixes {
				c.Fixes = append(c.Fixes, words.Sentence(f.Title))
			}
			n.fixes = m.Fixes
		}
	}
	if m != nil && m.Index < 0 {
		output = words.Sentence(m.Reason) + ": press +"
	}
	n.stack.Set(input, cards, output)
	if m != nil {
		return 0
	}
	return total
}

// cardOf describes a layer string.
func cardOf(text string) widgets.Card {
	l, err := nn.ParseLayer(text)
	if err != nil {
		return widgets.Card{Title: text, Kind: text, Error: err.Error()}
	}
	kind, _ := nn.KindOf(l.Kind)
	c := widgets.Card{Title: kind.Title, Short: kind.Short, Kind: l.Kind}
	arg := 0
	for i, p := range kind.Params {
		knob := widgets.CardKnob{Name: p.Name, Tooltip: p.Tooltip, Choices: p.Choices, Value: l.Mode}
		if p.Choices == nil {
			knob.Value = strconv.FormatFloat(l.Args[arg], 'g', -1, 64)
			knob.Tooltip += fmt.Sprintf(" %s to %s.", words.Number(p.Min), words.Number(p.Max))
			knob.Check = func(value string) error {
				_, err := withKnob(text, i, value)
				return err
			}
			arg++
		}
		c.Knobs = append(c.Knobs, knob)
	}
	if kind.Weighted {
		knob := normKnob
		switch {
		case l.Spectral:
			knob.Value = "sn"
		case l.WeightNorm:
			knob.Value = "wn"
		default:
			knob.Value = "plain"
		}
		c.Knobs = append(c.Knobs, knob)
	}
	return c
}

// withKnob returns the layer string with one knob of its card changed, or what is wrong with the
// value.
func withKnob(text string, knob int, value string) (string, error) {
	l, err := nn.ParseLayer(text)
	if err != nil {
		return "", err
	}
	kind, _ := nn.KindOf(l.Kind)
	if knob == len(kind.Params) {
		l.Spectral, l.WeightNorm = value == "sn", value == "wn"
		return l.String(), nil
	}
	if kind.Params[knob].Choices != nil {
		l.Mode = value
	} else {
		v, err := knobNumber(kind.Params[knob], value)
		if err != nil {
			return "", err
		}
		arg := 0
		for _, p := range kind.Params[:knob] {
			if p.Choices == nil {
				arg++
			}
		}
		l.Args = slices.Clone(l.Args)
		l.Args[arg] = v
	}
	changed := l.String()
	if _, err := nn.ParseLayer(changed); err != nil {
		return "", err
	}
	return changed, nil
}

// knobNumber reads what was typed for a number of a layer.
func knobNumber(k nn.Knob, text string) (float64, error) {
	if !k.Integer {
		return widgets.ParseNumber(text)
	}
	v, err := widgets.ParseWhole(text)
	return float64(v), err
}
