package widgets

import (
	"image"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/widget"
)

// GameGraphData is what a GameGraph shows: one step of the game. Its slices and pictures are not
// written again by the caller.
type GameGraphData struct {
	Station    int // 1 to 10, of which parts light up; 0: a whole step, with all parts alike
	Latents    [][]float32
	Real, Fake GameCells
	XMin, XMax float64 // of the plane, where the items are points
	YMin, YMax float64
	Push       [][2]float32  // where each fake is pushed, in the plane's units; nil: not known yet
	PushShown  []*image.RGBA // the same of pictures, shown in place of the fakes

	Low, High    string  // ends of the scale of judgements
	Even         float64 // where D can only guess, from 0 to 1; NaN: nowhere
	LossD, LossG GameLoss

	NameG, NameD     string
	LayersG, LayersD []float64 // length of the bar of each layer, from 0 to 1

	Tips [GameParts]string // what each part is, shown when the mouse rests on it
}

// GameCells are items of a batch: points or pictures.
type GameCells struct {
	Points   [][2]float32
	Pictures []*image.RGBA
	Said     []float64 // how real D takes each for, from 0 to 1; nil: it has not judged yet
}

// A GameLoss is what a player pays.
type GameLoss struct {
	Value, Note string
	Course      []float64 // of late, the newest last
}

// The parts of the graph that have a tip.
const (
	GameNoise = iota
	GameG
	GameFakes
	GameReals
	GameD
	GameJudgements
	GameLossD
	GameLossG
	GameParts
)

// A GameGraph draws the game of two networks as boxes on the way from noise to losses and back,
// each with what one step made there. It draws on its own goroutine, and only while it is on the
// screen.
type GameGraph struct {
	widget.BaseWidget
	easel easel[gameContent, *image.RGBA]
	tip   tipTimer
	under int // part below the mouse; −1: none
}

// gameContent is what a GameGraph draws.
type gameContent struct {
	data  *GameGraphData // nil: nothing yet
	empty string
}

// gameInterval lets more than ten pictures a second be drawn, which take less than gameShare of the
// time.
const (
	gameInterval = 75 * time.Millisecond
	gameShare    = 1.0 / 4
)

// NewGameGraph returns a graph that says empty until there is something to show.
func NewGameGraph(empty string) *GameGraph {
	g := &GameGraph{under: -1}
	g.easel.draw = drawGame
	g.easel.imageOf = func(img *image.RGBA) *image.RGBA { return img }
	g.easel.drawer.interval, g.easel.drawer.share = gameInterval, gameShare
	g.easel.setUp(g, gameContent{empty: empty})
	g.ExtendBaseWidget(g)
	return g
}

// Set shows d, nil for nothing. It may be called from any goroutine.
func (g *GameGraph) Set(d *GameGraphData) { g.easel.change(func(c *gameContent) { c.data = d }) }

// Picture returns what is shown, nil for nothing yet.
func (g *GameGraph) Picture() image.Image {
	if img, ok := g.easel.last(); ok {
		return img
	}
	return nil
}

// Close ends the goroutine that draws. Not on the UI goroutine.
func (g *GameGraph) Close() { g.easel.close() }

// setTip is part of selfTipped: the graph has a tip of its own for each part.
func (g *GameGraph) setTip(string) {}

// timer is part of selfTipped.
func (g *GameGraph) timer() *tipTimer { return &g.tip }

// MouseIn is part of desktop.Hoverable.
func (g *GameGraph) MouseIn(e *desktop.MouseEvent) { g.MouseMoved(e) }

// MouseMoved is part of desktop.Hoverable.
func (g *GameGraph) MouseMoved(e *desktop.MouseEvent) {
	part := g.partAt(e.Position)
	if part == g.under {
		g.tip.move(g, e)
		return
	}
	g.tip.leave()
	g.under = part
	if d := g.easel.current().data; part >= 0 && d != nil {
		g.tip.text = d.Tips[part]
		g.tip.enter(g, e)
	}
}

// MouseOut is part of desktop.Hoverable.
func (g *GameGraph) MouseOut() {
	g.under = -1
	g.tip.leave()
}

// partAt returns the part at a position; −1: none.
func (g *GameGraph) partAt(p fyne.Position) int {
	l := layGame(float64(g.Size().Width), float64(g.Size().Height), 1)
	for i, r := range l.boxes {
		if image.Pt(int(p.X), int(p.Y)).In(r) {
			return i
		}
	}
	return -1
}

// CreateRenderer is part of fyne.Widget.
func (g *GameGraph) CreateRenderer() fyne.WidgetRenderer {
	return widget.NewSimpleRenderer(g.easel.shown.Raster)
}

// MinSize is part of fyne.Widget.
func (g *GameGraph) MinSize() fyne.Size { return fyne.NewSize(300, 140) }
