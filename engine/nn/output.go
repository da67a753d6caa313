package nn

import (
	"fmt"
	"slices"
)

// CheckOutput returns a *Misfit if the network does not fit or does not end in the shape want: the
// data's for a generator, {1} for a discriminator. Its fixes change the end of the network, or the
// size it starts from.
func CheckOutput(layers []string, in, want Shape) error {
	shapes, err := Infer(layers, in)
	if err != nil {
		return err
	}
	end, last := in, len(layers)-1
	if last >= 0 {
		end = shapes[last]
		if end.Equal(want) {
			return nil
		}
	}
	m := &Misfit{Index: last, In: enters(in, shapes, max(last, 0)), Reason: fmt.Sprintf("the network ends in %v, but %v is needed", end, want)}
	if last >= 0 {
		m.Layer = layers[last]
	} else {
		m.Reason = fmt.Sprintf("a network from %v to %v needs at least one", in, want)
	}
	e := ending{layers: layers, in: in, want: want}
	e.read(shapes)
	if want.Picture() {
		e.toPicture()
	} else {
		e.toFlat()
	}
	m.Fixes = e.fixes
	return m
}

// An ending is the search for fixes of a network that ends in the wrong shape.
type ending struct {
	layers   []string
	in, want Shape
	core     int   // layers before the closing tanh, sigmoid or softplus
	last     Layer // the one before them, zero if there is none
	got      Shape // what leaves it
	fixes    []Fix
}

func (e *ending) read(shapes []Shape) {
	e.core, e.got = len(e.layers), e.in
	for e.core > 0 {
		e.last, _ = parseLayer(e.layers[e.core-1])
		if k := e.last.Kind; k != "tanh" && k != "sigmoid" && k != "softplus" {
			e.got = shapes[e.core-1]
			return
		}
		e.core--
	}
	e.last = Layer{}
}

// try keeps the fix if it leads to the wanted shape, up to three of them.
func (e *ending) try(title string, layers []string) {
	shapes, reason := infer(layers, e.in)
	if reason != "" || !shapes[len(shapes)-1].Equal(e.want) || len(e.fixes) == 3 {
		return
	}
	if !slices.ContainsFunc(e.fixes, func(f Fix) bool { return slices.Equal(f.Layers, layers) }) {
		e.fixes = append(e.fixes, Fix{title, layers})
	}
}

// tryLast replaces the last layer before the closing activation.
func (e *ending) tryLast(by ...string) {
	if e.core > 0 {
		e.try(fmt.Sprintf("make layer %d %s", e.core, quoted(by)), splice(e.layers, e.core-1, 1, by...))
	}
}

// tryAppend inserts after it.
func (e *ending) tryAppend(what ...string) {
	title := "append " + quoted(what)
	if e.core < len(e.layers) {
		title = fmt.Sprintf("insert %s before layer %d", quoted(what), e.core+1)
	}
	e.try(title, splice(e.layers, e.core, 0, what...))
}

func (e *ending) toFlat() {
	width := e.want[0]
	linear := fmt.Sprintf("linear %d", width)
	if !e.got.Picture() {
		if e.last.Kind == "linear" {
			e.tryLast(e.last.with(0, width))
			return
		}
		e.tryAppend(linear)
		return
	}
	if e.got[0] == 1 && e.got[1] == 1 {
		e.tryAppend("flatten")
		if e.last.Kind == "conv" {
			e.tryLast(e.last.with(0, width), "flatten")
		}
	}
	if len(e.fixes) == 0 {
		e.tryAppend("flatten", linear)
	}
}

func (e *ending) toPicture() {
	h, w, c := e.want[0], e.want[1], e.want[2]
	if !e.got.Picture() {
		unflatten := fmt.Sprintf("unflatten %d %d %d", h, w, c)
		e.tryAppend(unflatten)
		if e.last.Kind == "linear" {
			e.tryLast(e.last.with(0, e.want.Size()), unflatten)
		} else if len(e.fixes) == 0 {
			e.tryAppend(fmt.Sprintf("linear %d", e.want.Size()), unflatten)
		}
		return
	}
	filter := e.last.Kind == "conv" || e.last.Kind == "convt"
	if e.got[0] == h && e.got[1] == w {
		if filter || e.last.Kind == "residual" {
			e.tryLast(e.last.with(0, c))
			return
		}
		e.tryAppend(fmt.Sprintf("conv %d 3 1 1", c))
		return
	}
	e.tryStart()
	if filter {
		e.tryPad()
	}
	if r := h / e.got[0]; r == 2 {
		e.tryAppend(fmt.Sprintf("convt %d 4 2 1", c))
	} else if r > 2 {
		e.tryAppend(fmt.Sprintf("up %d nearest", r), fmt.Sprintf("conv %d 3 1 1", c))
	}
	if r := e.got[0] / h; r > 1 {
		e.tryAppend(fmt.Sprintf("avgpool %d", r))
		if filter {
			e.tryLast(e.last.with(0, c), fmt.Sprintf("avgpool %d", r))
		}
	}
}

// tryStart changes the size of the picture that the generator starts from, with the linear layer
// that feeds it.
func (e *ending) tryStart() {
	u := slices.IndexFunc(e.layers, func(s string) bool { l, _ := parseLayer(s); return l.Kind == "unflatten" })
	if u < 0 {
		return
	}
	start, _ := parseLayer(e.layers[u])
	j := widthSource(e.layers, u)
	h, w := start.Arg(0)*e.want[0], start.Arg(1)*e.want[1]
	if j < 0 || h%e.got[0] != 0 || w%e.got[1] != 0 {
		return
	}
	start.Args[0], start.Args[1] = float64(h/e.got[0]), float64(w/e.got[1])
	source, _ := parseLayer(e.layers[j])
	layers := slices.Clone(e.layers)
	layers[j], layers[u] = source.with(0, start.Arg(0)*start.Arg(1)*start.Arg(2)), start.String()
	title := fmt.Sprintf("make layer %d %q and layer %d %q", j+1, layers[j], u+1, layers[u])
	if e.got.Channels() != e.want.Channels() && (e.last.Kind == "conv" || e.last.Kind == "convt") {
		layers[e.core-1] = e.last.with(0, e.want.Channels())
		title = fmt.Sprintf("make layer %d %q, layer %d %q and layer %d %q", j+1, layers[j], u+1, layers[u], e.core, layers[e.core-1])
	}
	e.try(title, layers)
}

// tryPad looks for another padding of the last filter that gives the right size.
func (e *ending) tryPad() {
	l := e.last
	l.Args = slices.Clone(l.Args)
	l.Args[0] = float64(e.want.Channels())
	for p := range l.Arg(1) {
		e.tryLast(l.with(3, p))
	}
}

// quoted returns the layer strings in quotes, separated by commas.
func quoted(layers []string) string {
	var s string
	for i, l := range layers {
		if i > 0 {
			s += ", "
		}
		s += fmt.Sprintf("%q", l)
	}
	return s
}
