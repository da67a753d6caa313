package nn

import (
	"fmt"
	"slices"
	"strings"
)

// A Misfit is the error of a layer that is misspelt or does not fit what enters it, or of a network
// that ends in the wrong shape.
type Misfit struct {
	Index  int    // of the layer, from 0; −1 if there are no layers
	Layer  string // its text
	In     Shape  // what enters it
	Reason string // what is wrong
	Fixes  []Fix  // ways to mend it, best first; may be empty
}

// A Fix is one way to mend a Misfit.
type Fix struct {
	Title  string   // what it does, for a button: `insert "flatten" before it`
	Layers []string // the whole list of layers with the fix applied
}

// Error names the layer, counted from 1, what is wrong, and the best way to mend it.
func (m *Misfit) Error() string {
	s := "no layers"
	if m.Index >= 0 {
		s = fmt.Sprintf("layer %d %q", m.Index+1, m.Layer)
	}
	s += ": " + m.Reason
	if _, misspelt := parseLayer(m.Layer); m.Index >= 0 && misspelt != "" {
		return s // which already says what is expected
	}
	if len(m.Fixes) == 0 {
		return s + ": change or remove it"
	}
	return s + ": " + m.Fixes[0].Title
}

// A candidate is a Fix that has not been tried yet.
type candidate struct {
	Fix
	fits int // so many layers must fit for it to be one
}

// newMisfit makes the error of layer len(shapes), which does not fit for the reason.
func newMisfit(layers []string, in Shape, shapes []Shape, reason string) *Misfit {
	i := len(shapes)
	m := &Misfit{Index: i, Layer: layers[i], In: enters(in, shapes, i), Reason: reason}
	var tried []candidate
	if l, misspelt := parseLayer(layers[i]); misspelt != "" {
		tried = spellings(layers, i)
	} else {
		tried = repairs(layers, in, shapes, l)
	}
	for _, c := range tried {
		if fitting, _ := infer(c.Layers, in); len(fitting) >= c.fits {
			m.Fixes = append(m.Fixes, c.Fix)
		}
	}
	return m
}

// enters returns the shape that enters layer i.
func enters(in Shape, shapes []Shape, i int) Shape {
	if i > 0 {
		in = shapes[i-1]
	}
	return slices.Clone(in)
}

func splice(layers []string, i, drop int, insert ...string) []string {
	return slices.Concat(layers[:i], insert, layers[i+drop:])
}

func insertion(layers []string, i int, insert ...string) candidate {
	return candidate{Fix{fmt.Sprintf("insert %s before it", quoted(insert)), splice(layers, i, 0, insert...)}, i + len(insert) + 1}
}

func replacement(layers []string, i int, by string) candidate {
	return candidate{Fix{fmt.Sprintf("make it %q", by), splice(layers, i, 1, by)}, i + 1}
}

func removal(layers []string, i int) candidate {
	return candidate{Fix{"remove it", splice(layers, i, 1)}, i}
}

// repairs lists what may make layer l fit, which is number len(shapes) and correctly spelt.
func repairs(layers []string, in Shape, shapes []Shape, l Layer) []candidate {
	i := len(shapes)
	x := enters(in, shapes, i)
	switch l.Kind {
	case "linear", "minibatch-discrimination":
		return []candidate{insertion(layers, i, "flatten")}
	case "maxout":
		return maxoutRepairs(layers, shapes, x, l)
	case "unflatten":
		return unflattenRepairs(layers, in, shapes, l)
	case "ln":
		return []candidate{removal(layers, i)}
	case "gn":
		var out []candidate
		for g := min(l.Arg(0), x.Channels()); g >= 1 && len(out) == 0; g-- {
			if x.Channels()%g == 0 && x.Size() > g {
				out = append(out, replacement(layers, i, l.with(0, g)))
			}
		}
		return append(out, removal(layers, i))
	}
	if !x.Picture() {
		if l.Kind == "in" {
			return []candidate{replacement(layers, i, "ln")}
		}
		return pictureRepairs(layers, shapes, x, l)
	}
	h, w := x[0], x[1]
	switch l.Kind {
	case "conv":
		return []candidate{replacement(layers, i, l.with(1, min(h, w)+2*l.Arg(3)))}
	case "convt":
		return []candidate{replacement(layers, i, l.with(3, ((min(h, w)-1)*l.Arg(2)+l.Arg(1)-1)/2))}
	case "avgpool", "maxpool":
		if k := divisorNear(h, w, l.Arg(0)); k > 1 {
			return []candidate{replacement(layers, i, l.with(0, k))}
		}
	case "in":
		return []candidate{removal(layers, i)}
	case "residual":
		return []candidate{replacement(layers, i, l.sized("same")), insertion(layers, i, "up 2 nearest")}
	case "attention":
		return []candidate{removal(layers, i), insertion(layers, i, "avgpool 2")}
	}
	return nil
}

// sized returns the text of a residual block that treats the size of a picture in another way.
func (l Layer) sized(mode string) string {
	l.Mode = mode
	return l.String()
}

// maxoutRepairs changes the number of pieces to one that divides the channels, or puts the layer
// before the flatten that it cannot stand behind.
func maxoutRepairs(layers []string, shapes []Shape, x Shape, l Layer) []candidate {
	i := len(shapes)
	var out []candidate
	c := x.Channels()
	if c%l.Arg(0) != 0 {
		if k := divisorNear(c, c, l.Arg(0)); k > 1 {
			out = append(out, replacement(layers, i, l.with(0, k)))
		}
	} else {
		for j := i - 1; j >= 0; j-- {
			if k, _ := parseLayer(layers[j]); k.Kind == "flatten" {
				moved := splice(splice(layers, i, 1), j, 0, l.String())
				out = append(out, candidate{Fix{fmt.Sprintf("move it before layer %d %q", j+1, layers[j]), moved}, j + 2})
				break
			}
		}
	}
	return append(out, removal(layers, i))
}

// with returns the text of the layer with number i changed to v.
func (l Layer) with(i, v int) string {
	l.Args = slices.Clone(l.Args)
	l.Args[i] = float64(v)
	return l.String()
}

// divisorNear returns the largest common divisor of h and w of at most k, or else the smallest
// above, never 1; 0 if there is none.
func divisorNear(h, w, k int) int {
	for d := min(k, h); d > 1; d-- {
		if h%d == 0 && w%d == 0 {
			return d
		}
	}
	for d := k + 1; d <= min(h, w); d++ {
		if h%d == 0 && w%d == 0 {
			return d
		}
	}
	return 0
}

// widthSource returns the linear layer that alone decides the flat width that enters layer i, or
// −1.
func widthSource(layers []string, i int) int {
	for j := i - 1; j >= 0; j-- {
		switch l, _ := parseLayer(layers[j]); l.Kind {
		case "linear":
			return j
		case "conv", "convt", "up", "avgpool", "maxpool", "flatten", "unflatten", "maxout", "minibatch-std", "minibatch-discrimination":
			return -1
		}
	}
	return -1
}

func unflattenRepairs(layers []string, in Shape, shapes []Shape, l Layer) []candidate {
	i := len(shapes)
	x := enters(in, shapes, i)
	h, w, c := l.Arg(0), l.Arg(1), l.Arg(2)
	if x.Equal(Shape{h * w * c}) { // the size is right, but numbers of a batch are among them
		return []candidate{insertion(layers, i, fmt.Sprintf("linear %d", h*w*c))}
	}
	if x.Picture() {
		out := []candidate{removal(layers, i)}
		if !x.Equal(Shape{h, w, c}) {
			out = append([]candidate{insertion(layers, i, "flatten")}, out...)
		}
		return out
	}
	var out []candidate
	need := fmt.Sprintf("linear %d", h*w*c)
	if j := widthSource(layers, i); j >= 0 {
		source, _ := parseLayer(layers[j])
		need = source.with(0, h*w*c)
		out = append(out, candidate{Fix{fmt.Sprintf("make layer %d %q", j+1, need), splice(layers, j, 1, need)}, i + 1})
	} else {
		out = append(out, insertion(layers, i, need))
	}
	if f := x[0]; f%(h*w) == 0 {
		out = append(out, replacement(layers, i, l.with(2, f/(h*w))))
	}
	return out
}

// pictureRepairs makes a picture of the flat input x of layer l: by taking back a flatten before
// it, or by unflatten.
func pictureRepairs(layers []string, shapes []Shape, x Shape, l Layer) []candidate {
	i := len(shapes)
	for j := i - 1; j >= 0 && !shapes[j].Picture(); j-- {
		k, _ := parseLayer(layers[j])
		if k.Kind == "flatten" {
			return []candidate{{Fix{fmt.Sprintf("remove layer %d %q", j+1, layers[j]), splice(layers, j, 1)}, i}}
		}
		if k.Kind == "linear" {
			break
		}
	}
	f := x[0]
	pixel := insertion(layers, i, fmt.Sprintf("unflatten 1 1 %d", f))
	if l.Kind == "convt" && widthSource(layers, i) < 0 {
		return []candidate{pixel} // a latent grows from a single pixel, as in DCGAN
	}
	var out []candidate
	for _, side := range []int{7, 8, 4, 6, 5, 14, 16, 28, 32, 3, 2} {
		c := f / (side * side)
		if f%(side*side) == 0 && c&(c-1) == 0 && len(out) < 3 {
			out = append(out, insertion(layers, i, fmt.Sprintf("unflatten %d %d %d", side, side, c)))
		}
	}
	if len(out) == 0 {
		out = append(out, pixel)
	}
	return out
}

// spellings lists what a misspelt layer i may have meant.
func spellings(layers []string, i int) []candidate {
	var prefix string
	words := strings.Fields(layers[i])
	for len(words) > 0 && (words[0] == "sn" || words[0] == "wn") {
		if prefix == "" {
			prefix = words[0] + " "
		}
		words = words[1:]
	}
	if len(words) == 0 {
		return []candidate{removal(layers, i)}
	}
	k, known := KindOf(words[0])
	if known {
		if !k.Weighted {
			prefix = ""
		}
		return []candidate{replacement(layers, i, prefix+completed(k, words[1:]))}
	}
	names := []string{"sn", "wn"}
	for _, k := range kinds {
		names = append(names, k.Name)
	}
	var out []candidate
	for _, name := range Nearest(words[0], names) {
		text := prefix + strings.Join(append([]string{name}, words[1:]...), " ")
		if l, reason := parseLayer(text); reason == "" {
			out = append(out, replacement(layers, i, l.String()))
		}
	}
	return out
}

// completed returns a well-formed layer of kind k that keeps what it can of the words: numbers out
// of range go to the nearest possible one, missing ones to their defaults, the rest is left out.
func completed(k Kind, words []string) string {
	l := k.Layer()
	n := 0
	for _, p := range k.Params {
		if n >= len(words) {
			break
		}
		w := words[n]
		n++
		if p.Choices != nil {
			if near := Nearest(w, p.Choices); len(near) > 0 {
				l.Mode = near[0]
			}
			continue
		}
		wide := p
		wide.Min, wide.Max, wide.Integer = -1e18, 1e18, false
		if v, reason := parseNumber(w, wide); reason == "" {
			if p.Integer {
				v = float64(int(v + 0.5))
			}
			l.Args[n-1] = min(max(v, p.Min), p.Max)
		}
	}
	if k.Name == "conv" || k.Name == "convt" {
		l.Args[3] = min(l.Args[3], l.Args[1]-1)
	}
	return l.String()
}
