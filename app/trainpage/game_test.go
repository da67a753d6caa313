package trainpage

import (
	"math"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"ganvas/app/internal/apptest"
	"ganvas/engine/gan"
	"ganvas/engine/recipe"
	"ganvas/engine/session"
)

// playing shows the game of a recipe, with Train as the window has it.
func playing(t *testing.T, recipe string) *rig {
	t.Helper()
	r := ready(t, recipe)
	r.page.OnTrain = func() { r.S.Training.Start((*session.Session).Train) }
	r.page.ShowGame(true)
	return r
}

// at waits until a step stands at a station, and returns what is shown of it.
func (r *rig) at(station gan.Station) *session.Game {
	var g *session.Game
	r.Until("the step stands at the station", func() bool {
		g = r.page.game.shown
		return g != nil && g.Standing && g.Station == station
	})
	return g
}

// TestGameStations goes through the ten stations with the keyboard, on points and on pictures.
func TestGameStations(t *testing.T) {
	for name, text := range map[string]string{"points": apptest.Points, "pictures": apptest.Digits} {
		t.Run(name, func(t *testing.T) {
			r := playing(t, text)
			for station := gan.DrewItems; station <= gan.UpdatedG; station++ {
				r.page.Key(&fyne.KeyEvent{Name: fyne.KeyRight})
				r.at(station)
				if said := r.page.game.caption.Text(); len(said) < 40 {
					t.Errorf("station %d says %q", station, said)
				}
			}
			r.page.Key(&fyne.KeyEvent{Name: fyne.KeyDown}) // the next step to its end
			r.Until("the next step is over", func() bool { g := r.page.game.shown; return g.Step == 1 && g.Standing })
			if g := r.page.game.shown; g.Station != gan.UpdatedG {
				t.Errorf("a whole step stands at %d", g.Station)
			}
			r.page.ShowGame(false)
			r.Until("the step is finished and training pauses", func() bool { return !r.S.Status.Running })
			if r.S.Status.Step != 2 {
				t.Errorf("%d steps were taken, want 2", r.S.Status.Step)
			}
		})
	}
}

// TestGameModes: slow motion plays and holds, full speed trains to the end, and the buttons say
// which it is.
func TestGameModes(t *testing.T) {
	r := playing(t, apptest.Points)
	g := r.page.game
	test.Tap(g.slow)
	if m := g.motion(); !m.Slow || m.Pace == 0 || !m.Watched {
		t.Errorf("slow motion is %+v", m)
	}
	r.Until("a step stands", func() bool { return g.shown != nil && g.shown.Standing })
	test.Tap(g.slow)
	if m := g.motion(); !m.Slow || m.Pace != 0 {
		t.Errorf("held it is %+v", m)
	}
	test.Tap(g.full)
	r.Until("all steps are taken", func() bool { return !r.S.Status.Running && r.S.Status.Step == 40 })
	if d := graphOf(g.shown, g.courses); len(d.Real.Points) == 0 || len(d.Fake.Said) == 0 || len(d.LossD.Course) == 0 {
		t.Errorf("at full speed the graph shows %+v", d)
	}
	if !strings.HasPrefix(g.caption.Text(), "Step ") {
		t.Errorf("at full speed it says %q", g.caption.Text())
	}
	r.page.SetVisible(false)
	if g.motion().Watched {
		t.Error("steps are watched where nobody sees them")
	}
}

// TestGameView is told which view was chosen.
func TestGameView(t *testing.T) {
	r := ready(t, apptest.Points)
	var told []bool
	r.page.OnView = func(game bool) { told = append(told, game) }
	r.page.ShowGame(true)
	r.page.ShowDoctor() // is on the board
	if len(told) != 2 || !told[0] || told[1] || r.page.fold.Box.Hidden {
		t.Errorf("told %v", told)
	}
}

// TestStationTexts: every station of every kind of game has its words, and the glossary has the
// terms in them.
func TestStationTexts(t *testing.T) {
	nan := math.NaN()
	for _, objective := range []string{"minimax", "nonsaturating", "leastsquares", "hinge", "wasserstein", "relativistic"} {
		r := recipe.Default()
		r.Objective = objective
		for _, g := range []session.Game{
			{Batch: 8, Latent: 1, Updates: 1, Learns: true, Push: [][2]float32{{1, 2}}, MeanFake: nan},
			{Batch: 8, Latent: 32, Updates: 3, Fresh: true, Score: true, Penalty: 0.1, LossD: -2},
			{
				Batch: 9, Latent: 32, Updates: 1, NeedsReal: true, Pack: 2, Generators: 3, Discriminators: 2, LossesG: []float64{1, 2},
				Real: session.GameItems{Classes: []int{0, 1, 7}}, Fake: session.GameItems{Classes: []int{0, 1, 7}},
			},
		} {
			for station := gan.DrewItems; station <= gan.UpdatedG; station++ {
				g.Station = station
				for _, span := range spansOf(stationText(&g, r, []string{"circle", "star"})) {
					if strings.ContainsAny(span.Text, "{}|") || strings.Contains(span.Text, "%!") {
						t.Errorf("%s, station %d: %q", objective, station, span.Text)
					}
				}
			}
			spansOf(stepText(&g))
			if d := graphOf(&g, gameCourses{}); d.Tips[0] == "" {
				t.Error("noise does not explain itself")
			}
		}
	}
}
