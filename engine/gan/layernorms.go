package gan

import (
	"math"

	"ganvas/engine/nn"
)

// layerNorms are the squared norms of the gradients of a network's layers in its last update.
type layerNorms struct {
	squared []float64
	weights []bool // the layer has any that learn
}

// normsOf returns those of one of the players.
func (t *Trainer) normsOf(n *nn.Net) *layerNorms {
	if n == t.D {
		return &t.normsD
	}
	return &t.normsG
}

// begin forgets the update before.
func (l *layerNorms) begin(n *nn.Net) {
	if len(l.squared) != len(n.Layers) {
		l.squared, l.weights = make([]float64, len(n.Layers)), make([]bool, len(n.Layers))
	}
	clear(l.squared)
	clear(l.weights)
}

// add takes the sum of the squares of one parameter's gradient.
func (l *layerNorms) add(p *nn.Param, squares float64) {
	if i := p.Layer(); i >= 0 {
		l.squared[i] += squares
		l.weights[i] = true
	}
}

// A LayerNorm is the Euclidean norm of the gradient of a layer's parameters.
type LayerNorm struct {
	Layer int    // its number, from 0
	Name  string // as the recipe has it: "linear 64"
	Norm  float64
}

// LayerNorms returns, for the layers of G and of D that learn, from the first on, the norm of the
// gradient of each player's last update: of its loss, before the optimiser has scaled it. Of several
// networks of a player it is that of all of them. There are none before the first update.
func (t *Trainer) LayerNorms() (g, d []LayerNorm) { return t.normsG.named(t.G), t.normsD.named(t.D) }

func (l *layerNorms) named(n *nn.Net) []LayerNorm {
	var out []LayerNorm
	for i, learns := range l.weights {
		if learns {
			out = append(out, LayerNorm{i, n.Layers[i].String(), math.Sqrt(l.squared[i])})
		}
	}
	return out
}
