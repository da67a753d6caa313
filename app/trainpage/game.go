package trainpage

import (
	"fmt"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"ganvas/app/studio"
	"ganvas/app/ui"
	"ganvas/datasets"
	"ganvas/engine/session"
	"ganvas/widgets"
)

// A gameView shows one step of the game at a time: the way of a batch through both networks, beside
// what the generator makes.
type gameView struct {
	s       *studio.Studio
	box     fyne.CanvasObject
	graph   *widgets.GameGraph
	caption *widgets.TermText
	picture *picture // beside the graph

	full, slow, next, whole *widgets.TippedButton
	pace                    *widgets.Select

	onTrain func()
	mode    gameMode
	seen    bool // the view can be seen
	shown   *session.Game
	courses gameCourses
	words   string // of what is shown
	past    string // of the step of the past that is looked at
}

// A gameMode is how the steps go on.
type gameMode int

const (
	fullSpeed gameMode = iota
	slowly             // from station to station by themselves
	held               // they stand at each station
)

// gamePaces are the times that a slow step may take.
var gamePaces = []struct {
	title string
	d     time.Duration
}{{"5 s a step", 5 * time.Second}, {"10 s a step", 10 * time.Second}, {"20 s a step", 20 * time.Second}, {"1 min a step", time.Minute}}

const emptyGame = "Press Train: the game appears here"

func newGameView(s *studio.Studio, of scene) *gameView {
	g := &gameView{s: s, graph: widgets.NewGameGraph(emptyGame), caption: widgets.NewTermText(3), onTrain: func() {}}
	g.picture = newPicture(of)
	g.full = widgets.TipButton(theme.MediaFastForwardIcon(), "Full speed", "Train as fast as it goes", func() { g.turn(fullSpeed) })
	g.slow = widgets.TipButton(theme.MediaPlayIcon(), "Slow motion", "One step from station to station; press again to hold it (S)", g.toggleSlow)
	g.next = widgets.TipButton(theme.MediaSkipNextIcon(), "Next station", "Go on to the next station and stand there (→)", g.goNext)
	g.whole = widgets.TipButton(theme.MoveDownIcon(), "Whole step", "Go on to the end of the step and stand there (↓)", g.goWhole)
	var titles []string
	for _, p := range gamePaces {
		titles = append(titles, p.title)
	}
	g.pace = widgets.NewSelect(titles, func(string) { g.move() })
	g.pace.Selected = titles[1]
	controls := container.New(layout.NewRowWrapLayout(), g.full, g.slow, g.next, g.whole, widgets.Tip(g.pace, "How long a step takes in slow motion"))
	below := container.NewVBox(g.caption, controls)
	g.box = container.New(gameLayout{}, g.graph, below, g.picture.box)
	g.look()
	s.Began.On(func(r *studio.Run) { r.Session.SetMotion(g.motion()) })
	return g
}

// motion returns how the session is to go on.
func (g *gameView) motion() session.Motion {
	m := session.Motion{Watched: g.seen, Slow: g.mode != fullSpeed}
	if i := g.pace.SelectedIndex(); g.mode == slowly && i >= 0 {
		m.Pace = gamePaces[i].d
	}
	return m
}

// move has the run go on as the mode says.
func (g *gameView) move() {
	if r := g.s.Run; r != nil {
		r.Session.SetMotion(g.motion())
	}
	g.look()
}

// turn changes the mode, and trains if nothing does.
func (g *gameView) turn(mode gameMode) {
	g.mode = mode
	g.move()
	if !g.s.Status.Running {
		g.onTrain()
	}
}

// toggleSlow plays in slow motion, or holds what plays.
func (g *gameView) toggleSlow() {
	if g.mode == slowly {
		g.mode = held
		g.move()
		return
	}
	g.turn(slowly)
}

// goNext stands at the next station.
func (g *gameView) goNext() {
	standing := g.mode != fullSpeed && g.s.Status.Running
	if r := g.s.Run; r != nil && standing {
		g.mode = held
		r.Session.Next()
		g.move()
		return
	}
	g.turn(held)
}

// goWhole stands at the end of the step.
func (g *gameView) goWhole() {
	if r := g.s.Run; r != nil {
		r.Session.WholeStep()
	}
	g.turn(held)
}

// look shows the mode on the buttons.
func (g *gameView) look() {
	importance := func(b *widgets.TippedButton, on bool) {
		want := widget.MediumImportance
		if on {
			want = widget.HighImportance
		}
		if b.Importance != want {
			b.Importance = want
			b.Refresh()
		}
	}
	importance(g.full, g.mode == fullSpeed)
	importance(g.slow, g.mode == slowly)
	importance(g.next, g.mode == held)
	icon := theme.MediaPlayIcon()
	if g.mode == slowly {
		icon = theme.MediaPauseIcon()
	}
	g.slow.SetIcon(icon)
}

// setSeen says whether the view can be seen. Steps at full speed are watched only then.
func (g *gameView) setSeen(seen bool) {
	if g.seen != seen {
		g.seen = seen
		g.move()
	}
}

// leave goes back to full speed. A step that stands is finished, and training pauses after it.
func (g *gameView) leave() {
	if g.mode != fullSpeed && g.s.Status.Running {
		g.s.Training.Pause()
	}
	g.mode = fullSpeed
	g.setSeen(false)
	g.move()
}

// take shows what the generator made.
func (g *gameView) take(n session.Snapshot, of madeBy) {
	if g.seen {
		g.picture.take(n, of)
	}
}

// play shows the step that is played, or was.
func (g *gameView) play(game *session.Game, classes []string) {
	if !g.seen || game == nil || game == g.shown {
		return
	}
	g.shown = game
	g.courses.add(game)
	data := graphOf(game, g.courses)
	if g.mode == fullSpeed && game.Over {
		data.Station = 0
		g.words = stepText(game)
	} else {
		g.words = stationText(game, recipeOf(g.s), classes)
	}
	g.say()
	g.graph.Set(data)
}

// lookBack shows beside the graph, which goes on with the newest step, and in words a step of the
// past, whose history is h; or the newest again.
func (g *gameView) lookBack(t *studio.TimeLine, h session.History) {
	g.picture.ofThePast(t.Past())
	g.past = ""
	if t.Past() {
		at := func(column string) string { return valueAt(h, column, t.At) }
		g.past = fmt.Sprintf("The past, %s: {D|Discriminator} said %s of real items and %s of {fakes|Generated item}; its {loss|Loss} was %s, that of {G|Generator} %s. What G made then is at the right; the graph shows the newest step.",
			t.Text(), at("d_real"), at("d_fake"), at("loss_d"), at("loss_g"))
	}
	g.say()
}

// say puts the words of what is shown below the graph.
func (g *gameView) say() {
	if g.past != "" {
		g.caption.Set(spansOf(g.past))
		return
	}
	g.caption.Set(spansOf(g.words))
}

// turnTo shows what is made of a kind of data.
func (g *gameView) turnTo(kind datasets.Kind) { g.picture.turnTo(kind) }

// clear forgets the run that was shown.
func (g *gameView) clear() {
	g.shown, g.courses, g.words, g.past = nil, gameCourses{}, "", ""
	g.graph.Set(nil)
	g.say()
	g.picture.clear()
}

// key takes a key that nothing else on the page has taken.
func (g *gameView) key(name fyne.KeyName) {
	switch name {
	case fyne.KeyRight:
		g.goNext()
	case fyne.KeyDown:
		g.goWhole()
	case fyne.KeyS:
		g.toggleSlow()
	}
}

func (g *gameView) close() {
	g.graph.Close()
	g.picture.close()
}

// A gameLayout has the graph at the left, with words and buttons below, and beside them what the
// generator makes.
type gameLayout struct{}

// gameShare is the part of the width that the graph gets.
const gameShare = 0.64

// Layout is part of fyne.Layout.
func (gameLayout) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	graph, below, beside := objects[0], objects[1], objects[2]
	gap := 2 * theme.Padding()
	width := size.Width * gameShare
	below.Resize(fyne.NewSize(width, 0))
	height := below.MinSize().Height
	below.Resize(fyne.NewSize(width, height))
	below.Move(fyne.NewPos(0, size.Height-height))
	graph.Move(fyne.Position{})
	graph.Resize(fyne.NewSize(width, max(0, size.Height-height-gap)))
	beside.Move(fyne.NewPos(width+gap, 0))
	beside.Resize(fyne.NewSize(size.Width-width-gap, size.Height))
}

// MinSize is part of fyne.Layout.
func (gameLayout) MinSize(objects []fyne.CanvasObject) fyne.Size {
	left := objects[0].MinSize()
	below, beside := objects[1].MinSize(), objects[2].MinSize()
	height := left.Height + below.Height + 2*theme.Padding()               // what is beside becomes as low as that
	return fyne.NewSize(left.Width+beside.Width+2*theme.Padding(), height) // the buttons below wrap
}

// gameSwitch returns what turns between the views of the page.
func gameSwitch(p *Page, board *ui.Fold) *widgets.Tabs {
	tabs := widgets.NewTabs(widgets.Tab{Title: "Board", Content: board.Box}, widgets.Tab{Title: "Game", Content: p.game.box})
	tabs.OnSelected = func(i int) {
		if i == 1 {
			p.game.setSeen(p.seen)
			again(p)
			p.lookBack()
		} else {
			p.game.leave()
		}
		p.look()
		p.OnView(i == 1)
	}
	return tabs
}

// ShowGame turns to the game, or back to the board.
func (p *Page) ShowGame(on bool) {
	i := 0
	if on {
		i = 1
	}
	p.views.Select(i)
}

// GameShown tells whether the game is shown, and not the board.
func (p *Page) GameShown() bool { return p.views.Selected() == 1 }

// inSight returns the picture of the view that is chosen.
func inSight(p *Page) *picture {
	if p.GameShown() {
		return p.game.picture
	}
	return p.picture
}

// Key takes a key that nothing on the page has taken.
func (p *Page) Key(e *fyne.KeyEvent) {
	if p.GameShown() {
		p.game.key(e.Name)
	}
}

// again has the run tell its news once more, for a view that has not heard them.
func again(p *Page) {
	if r := p.s.Run; r != nil {
		r.Command(r.Session.Refresh)
	}
}
