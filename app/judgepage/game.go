package judgepage

import (
	"encoding/json"
	"fmt"
	"image"
	"math/rand/v2"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"
	"github.com/dustin/go-humanize"

	"ganvas/app/ui"
	"ganvas/datasets"
	"ganvas/engine/metrics"
	"ganvas/widgets"
)

// A guessGame shows ten pairs of a real and a generated picture; the person says which is real. How
// often that was right is kept in the project: who is right half of the time cannot tell them
// apart.
type guessGame struct {
	page   *Page
	box    *fyne.Container
	left   *widgets.PictureGrid
	right  *widgets.PictureGrid
	says   *widget.Label
	start  *widgets.TippedButton
	choose [2]*widgets.TippedButton
	pairs  *fyne.Container // shown while a game goes on,
	rest   *fyne.Container // and this between two
	random *rand.Rand

	step int64
	pair int // of pairsOfGame; 0: none is shown
	real int // side of the real one: 0 left, 1 right
	hits int // so far in this game
	of   int
}

// guesses is what the project keeps of a person's answers at one step.
type guesses struct {
	Right int `json:"right"`
	Of    int `json:"of"`
}

// measure is how often the person was right, as a number beside the others.
func (g guesses) measure() metrics.Measure {
	share := float64(g.Right) / float64(g.Of)
	low, high := metrics.Interval(g.Right, g.Of)
	return metrics.Measure{Name: guessMeasure, Value: share, StdErr: (high - low) / 4, Samples: g.Of, Perfect: 0.5}
}

const (
	pairsOfGame = 10
	guessKey    = "which is real"
)

func newGuessGame(p *Page) *guessGame {
	g := &guessGame{page: p, random: rand.New(rand.NewPCG(rand.Uint64(), rand.Uint64()))}
	g.left, g.right = noPictures(""), noPictures("")
	for side, grid := range []*widgets.PictureGrid{g.left, g.right} {
		grid.CellSize = 224
		grid.OnTapped = func(int) { g.answer(side) }
	}
	g.says = widget.NewLabel("")
	g.says.Alignment, g.says.Wrapping = fyne.TextAlignCenter, fyne.TextWrapWord
	g.start = widgets.TipButton(theme.MediaPlayIcon(), "Start", "Ten pairs of a real and a generated picture", g.begin)
	g.choose[0] = widgets.TipButton(nil, "The left one is real", "Or press the left arrow key", func() { g.answer(0) })
	g.choose[1] = widgets.TipButton(nil, "The right one is real", "Or press the right arrow key", func() { g.answer(1) })
	half := func(grid *widgets.PictureGrid, button fyne.CanvasObject) fyne.CanvasObject {
		return container.NewVBox(container.New(ui.FixedHeight(240), container.New(ui.FixedWidth(240), grid)), button)
	}
	g.start.Importance = widget.HighImportance
	g.pairs = container.NewHBox(half(g.left, g.choose[0]), widget.NewLabel(""), half(g.right, g.choose[1]))
	g.rest = container.NewCenter(g.start)
	g.box = container.NewStack(container.NewVScroll(container.NewCenter(container.New(ui.FixedWidth(560), container.NewVBox(g.says, container.NewCenter(g.pairs), g.rest)))))
	g.idle("")
	return g
}

// close ends what draws in the background and waits for it. Not on the UI goroutine.
func (g *guessGame) close() {
	g.left.Close()
	g.right.Close()
}

// idle waits for a new game.
func (g *guessGame) idle(text string) {
	p := g.page
	ready := p.report != nil && p.set != nil && p.viewOf(p.set).noGame() == ""
	if text == "" {
		text = "Ten pairs of a real and a generated picture: say which is real. Being right half of the time is guessing."
		switch no := p.view().noGame(); {
		case no != "":
			text = no
		case !ready:
			text = "Judge the pictures of a generator first; then you can try to tell them from real ones."
		}
	}
	g.pair = 0
	ui.SetText(g.says, text)
	ui.SetEnabled(g.start, ready)
	for _, grid := range []*widgets.PictureGrid{g.left, g.right} {
		grid.SetItems(0, none, nil)
	}
	g.arrange()
}

// arrange shows the pair of a game, or the button that starts one.
func (g *guessGame) arrange() {
	ui.SetShown(g.pairs, g.pair > 0)
	ui.SetShown(g.rest, g.pair == 0)
	g.box.Refresh()
}

func (g *guessGame) begin() {
	if g.page.report == nil {
		return
	}
	g.hits, g.of, g.step = 0, 0, g.page.step
	g.next()
}

// next shows another pair.
func (g *guessGame) next() {
	p := g.page
	g.pair++
	g.real = g.random.IntN(2)
	sample := g.random.IntN(countOf(p.report.Samples, p.set))
	real := datasets.Picture(p.set, p.report.HeldOut[g.random.IntN(len(p.report.HeldOut))])
	fake := sampleOf(p.report.Samples, p.set, sample)
	for side, grid := range []*widgets.PictureGrid{g.left, g.right} {
		shown := fake
		if side == g.real {
			shown = real
		}
		grid.SetItems(1, func(int) image.Image { return shown }, nil)
	}
	ui.SetText(g.says, fmt.Sprintf("Pair %d of %d: which one is real?", g.pair, pairsOfGame))
	p.host.Window().Canvas().Unfocus() // what is focused gets the arrow keys
	g.arrange()
}

// key answers for an arrow key, if the game is what is looked at.
func (g *guessGame) key(side int) {
	if g.page.tabs.Selected() == gameTab {
		g.answer(side)
	}
}

// answer takes the person's choice.
func (g *guessGame) answer(side int) {
	if g.pair == 0 {
		return
	}
	g.of++
	if side == g.real {
		g.hits++
	}
	g.page.OnGuessed()
	if g.pair < pairsOfGame {
		g.next()
		return
	}
	g.keep()
}

// keep adds this game to what the project has of the step, and says what it means.
func (g *guessGame) keep() {
	step, now := g.step, guesses{g.hits, g.of}
	r := g.page.run
	g.idle(fmt.Sprintf("%d of %d were right.", now.Right, now.Of))
	var all guesses
	r.Write(func() error {
		list, err := r.Session.Judgements()
		if err != nil {
			return err
		}
		all = now
		for _, j := range list {
			var before guesses
			if j.Key == guessKey && j.Step == step && json.Unmarshal([]byte(j.Text), &before) == nil {
				all.Right, all.Of = all.Right+before.Right, all.Of+before.Of
			}
		}
		text, err := json.Marshal(all)
		if err != nil {
			return err
		}
		return r.Session.PutJudgement(step, guessKey, string(text))
	}, func() {
		g.page.course.load()
		low, high := metrics.Interval(all.Right, all.Of)
		meaning := "that does not prove that you can tell them apart"
		if low > 0.5 {
			meaning = "you can tell them apart"
		}
		ui.SetText(g.says, fmt.Sprintf("%d of %d were right. At step %s you were right in %d of %d pairs so far: %.0f %%, between %.0f and %.0f %% (95 %% interval): %s. Guessing gives 50 %%.",
			now.Right, now.Of, humanize.Comma(step), all.Right, all.Of, 100*float64(all.Right)/float64(all.Of), 100*low, 100*high, meaning))
	})
}
