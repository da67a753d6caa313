package session

import (
	"image"
	"math"
	"slices"

	"ganvas/engine/gallery"
	"ganvas/engine/gan"
	"ganvas/engine/nn"
)

const (
	gamePictures = 16  // of a batch that a game shows
	gamePoints   = 128 // the same of points
	gameLatents  = 24  // numbers of a latent
)

// Game is what happened in a step up to one of its stations, as the trainer computed it. Numbers
// are of the whole batch; items are some of it, evenly chosen, fakes beside the real items of the
// same places. What the step has not come to yet is that of the step before. It shares no memory
// with the trainer and is never written again.
type Game struct {
	Step            int64
	Station         gan.Station // that the step has come to
	Over            bool        // the step has ended
	Standing        bool        // it waits at the station
	Update, Updates int         // which update of D it is, from 0 on, and of how many; Updates 0: D is not updated
	Batch           int
	Fresh           bool // G is updated on latents of its own
	Learns          bool // the player whose turn it is; else its update only measures
	Pack            int  // items that D judges together
	LatentKind      string
	Latent          int // numbers of one
	Generators      int
	Discriminators  int
	NeedsReal       bool       // G's loss compares with real items
	Score           bool       // what D says is a score and no probability
	Even            float64    // what D says where it can only guess; NaN: only differences mean something
	Bounds          [4]float64 // of the plane of points: x from, to, y from, to

	Latents    [][]float32 // of the items that are shown, of each the first numbers
	Real, Fake GameItems
	LossD      float64
	Penalty    float64 // part of LossD
	MeanReal   float64 // what D says of real items
	MeanFake   float64 // and of fakes in its own turn
	MeanForG   float64 // and of fakes in G's turn
	Accuracy   float64 // share of pairs in which D rates the real item higher
	LossG      float64
	LossesG    []float64     // against each D
	Push       [][2]float32  // of points: where a step down the gradient of G's loss would move each fake, in the plane's units for a batch of one
	PushShown  []*image.RGBA // of pictures: the same, brighter where a pixel is to become brighter; grey: it stays
	GradD      GameGradients
	GradG      GameGradients
}

// GameItems are some items of a batch.
type GameItems struct {
	Points   [][2]float32
	Pictures []*image.RGBA
	Classes  []int     // nil: they have none
	Makers   []int     // which generator made them; nil: there is only one
	Says     []float64 // what D says of each, the mean over several: a probability or a score; nil: nothing yet
}

// GameGradients are what an update did.
type GameGradients struct {
	Norm   float64
	Change float64     // of the weights, as a share of their norm
	Layers []GameLayer // that have weights, of all networks of the player together
}

// GameLayer is a layer in an update.
type GameLayer struct {
	Layer        int
	Norm, Change float64 // of its gradients, and of what changed, as a share of the norm of its weights
}

// gameAt returns the game at a moment. The caller holds mu.
func (s *Session) gameAt(m *gan.Moment) *Game {
	nan := math.NaN() // not known yet
	g := &Game{LossD: nan, LossG: nan, MeanReal: nan, MeanFake: nan, MeanForG: nan, Accuracy: nan}
	if before := s.motion.shown.Load(); before != nil && before.Step <= m.Step {
		*g = *before
	}
	t := s.trainer
	g.Step, g.Station, g.Over, g.Standing = m.Step, m.Station, false, false
	g.Update, g.Updates, g.Batch, g.Fresh, g.Learns = m.Update, m.Updates, m.Batch, m.Fresh, true
	g.Pack, g.LatentKind, g.Latent = max(1, t.Pack), t.LatentKind, t.G.In.Size()
	g.Generators, g.Discriminators = t.G.Count(), t.D.Count()
	o := t.Objective
	g.NeedsReal, g.Score, g.Even = o.NeedsReal, o.Score || o.Relative, math.NaN()
	switch {
	case !g.Score:
		g.Even = 0.5
	case !o.Relative:
		g.Even = float64(o.Middle)
	}
	n := gamePictures
	if s.view.flat() {
		n, g.Bounds = gamePoints, s.view.bounds
	}
	look := onlooker{t: t, flat: s.view.flat(), chosen: evenly(m.Batch, n), item: t.G.Out}
	look.take(g, m)
	return g
}

// evenly returns n of so many places, or all if there are fewer.
func evenly(of, n int) []int {
	n = min(n, of)
	at := make([]int, n)
	for i := range at {
		at[i] = i * of / n
	}
	return at
}

// An onlooker copies what a game shows of a moment.
type onlooker struct {
	t      *gan.Trainer
	flat   bool
	chosen []int // items of the batch
	item   nn.Shape
}

// take copies what is known at the moment.
func (l *onlooker) take(g *Game, m *gan.Moment) {
	reached := func(s gan.Station) bool { return m.Station >= s && (m.Updates > 0 || !s.OfD()) }
	g.Real.Points, g.Real.Pictures = l.show(m.Items)
	g.Real.Classes = l.classes(m.Classes)
	if m.Latents != nil {
		g.Latents = l.latents(m.Latents)
	}
	if m.Fakes != nil && m.Station != gan.DrewLatents { // new latents have no items yet
		g.Fake.Points, g.Fake.Pictures = l.show(m.Fakes)
		g.Fake.Classes, g.Fake.Makers = g.Real.Classes, l.makers(m.Batch)
	}
	if m.Station == gan.DrewItems || m.Station == gan.MadeForD || m.Station == gan.MadeForG && m.Fresh {
		g.Real.Says, g.Fake.Says = nil, nil // D has not seen these
	}
	if reached(gan.JudgedByD) {
		g.Real.Says, g.Fake.Says = l.says(m.RealLogits, m.Batch), l.says(m.FakeLogits, m.Batch)
		g.MeanReal, g.MeanFake = l.mean(m.RealLogits), l.mean(m.FakeLogits)
	}
	if reached(gan.LossOfD) {
		g.LossD, g.Penalty, g.Accuracy = m.LossD, m.Penalty, m.PairAccuracy
	}
	if reached(gan.UpdatedD) {
		g.GradD = gradientsOf(l.t.D, m.GradD)
	}
	if reached(gan.JudgedForG) {
		g.MeanForG = l.mean(m.FakeForG)
		g.Fake.Says = l.says(m.FakeForG, m.Batch)
	}
	if reached(gan.LossOfG) {
		g.LossG, g.LossesG = m.LossG, slices.Clone(m.LossesG)
	}
	if reached(gan.UpdatedG) {
		g.GradG = gradientsOf(l.t.G, m.GradG)
		l.takePush(g, m)
	}
	if m.Station == gan.UpdatedD || m.Station == gan.UpdatedG {
		g.Learns = m.Learns
	}
}

// row returns the numbers of an item among those of a batch.
func (l *onlooker) row(batch []float32, item int) []float32 {
	n := l.item.Size()
	return batch[item*n : (item+1)*n]
}

// show returns the chosen items as points or as pictures.
func (l *onlooker) show(batch []float32) ([][2]float32, []*image.RGBA) {
	if !l.flat {
		return nil, l.pictures(func(item int) []float32 { return l.row(batch, item) })
	}
	points := make([][2]float32, len(l.chosen))
	for i, item := range l.chosen {
		points[i] = [2]float32(l.row(batch, item))
	}
	return points, nil
}

func (l *onlooker) pictures(of func(item int) []float32) []*image.RGBA {
	all := make([]*image.RGBA, len(l.chosen))
	for i, item := range l.chosen {
		all[i] = gallery.Compose(of(item), l.item, gallery.Options{Rows: 1, Columns: 1, Clear: true})
	}
	return all
}

func (l *onlooker) classes(of []int32) []int {
	if of == nil {
		return nil
	}
	all := make([]int, len(l.chosen))
	for i, item := range l.chosen {
		all[i] = int(of[item])
	}
	return all
}

func (l *onlooker) makers(batch int) []int {
	k := l.t.G.Count()
	if k == 1 {
		return nil
	}
	all := make([]int, len(l.chosen))
	for maker := range k {
		lo, hi := nn.Share(maker, k, batch)
		for i, item := range l.chosen {
			if item >= lo && item < hi {
				all[i] = maker
			}
		}
	}
	return all
}

func (l *onlooker) latents(batch []float32) [][]float32 {
	n := l.t.G.In.Size()
	all := make([][]float32, len(l.chosen))
	for i, item := range l.chosen {
		all[i] = slices.Clone(batch[item*n : item*n+min(n, gameLatents)])
	}
	return all
}

// says returns what D says of the chosen items, the mean over several D. Items of a pack share it.
func (l *onlooker) says(logits [][]float32, batch int) []float64 {
	if logits == nil {
		return nil
	}
	all := make([]float64, len(l.chosen))
	for i, item := range l.chosen {
		for _, d := range logits {
			all[i] += l.word(d[item*len(d)/batch]) / float64(len(logits))
		}
	}
	return all
}

// word returns what D says with a logit.
func (l *onlooker) word(logit float32) float64 {
	if o := l.t.Objective; o.Score || o.Relative {
		return float64(logit)
	}
	return 1 / (1 + math.Exp(-float64(logit)))
}

// mean returns what D says on average.
func (l *onlooker) mean(logits [][]float32) float64 {
	sum, n := 0.0, 0
	for _, d := range logits {
		for _, x := range d {
			sum += l.word(x)
			n++
		}
	}
	return sum / float64(max(1, n))
}

// takePush copies where G's loss pushes its items: down the gradient, which for one item is that of
// the mean times the batch.
func (l *onlooker) takePush(g *Game, m *gan.Moment) {
	if l.flat {
		g.Push = make([][2]float32, len(l.chosen))
		for i, item := range l.chosen {
			row := l.row(m.Push, item)
			g.Push[i] = [2]float32{-row[0] * float32(m.Batch), -row[1] * float32(m.Batch)}
		}
		return
	}
	most := float32(0) // one scale for all, so that they can be compared
	for _, item := range l.chosen {
		for _, x := range l.row(m.Push, item) {
			most = max(most, x, -x)
		}
	}
	g.PushShown = l.pictures(func(item int) []float32 {
		row := slices.Clone(l.row(m.Push, item))
		for i := range row {
			row[i] /= -max(most, math.SmallestNonzeroFloat32)
		}
		return row
	})
}

// gradientsOf sums up by layers what an update did to a player.
func gradientsOf(n *nn.Net, of gan.Gradients) GameGradients {
	g := GameGradients{Norm: of.Norm}
	type sums struct{ norm, weight, change float64 }
	byLayer, all := map[int]sums{}, sums{}
	for i, p := range n.Params {
		add := func(s sums) sums {
			return sums{s.norm + of.Norms[i]*of.Norms[i], s.weight + of.Weights[i]*of.Weights[i], s.change + of.Changes[i]*of.Changes[i]}
		}
		all = add(all)
		if layer := nn.LayerOf(p.Name); layer >= 0 {
			byLayer[layer] = add(byLayer[layer])
		}
	}
	share := func(s sums) float64 { return math.Sqrt(s.change / max(s.weight, math.SmallestNonzeroFloat64)) }
	g.Change = share(all)
	for layer, s := range byLayer {
		g.Layers = append(g.Layers, GameLayer{Layer: layer, Norm: math.Sqrt(s.norm), Change: share(s)})
	}
	slices.SortFunc(g.Layers, func(a, b GameLayer) int { return a.Layer - b.Layer })
	return g
}
