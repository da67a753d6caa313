package session

import (
	"math"
	"slices"
	"testing"
	"time"

	"ganvas/engine/gan"
	"ganvas/engine/recipe"
	"ganvas/engine/tensor"
)

// onlookers calls f with every game that a session publishes; f may answer with Next and the like.
func onlookers(t *testing.T, r *recipe.Recipe, f func(s *Session, g *Game)) *Session {
	t.Helper()
	var s *Session
	s = create(t, r, Options{Publish: func(n Snapshot) {
		if s != nil && n.Game != nil {
			f(s, n.Game)
		}
	}})
	return s
}

// games are recipes that differ in what a step does.
func games() map[string]*recipe.Recipe {
	all := map[string]*recipe.Recipe{"points": small(), "minimax, two updates of D": small()}
	all["minimax, two updates of D"].Objective, all["minimax, two updates of D"].DSteps = "minimax", 2
	for _, p := range recipe.Presets() {
		if slices.Contains([]string{"ring-unrolled", "digits-conditional", "digits-mdgan"}, p.Name) {
			r := p.Recipe.Clone()
			r.Batch = 6
			all[p.Name] = r
		}
	}
	return all
}

// TestSlowMotionBits: steps that stop at every station, and watched steps at full speed, lead to the
// same bits as others, with one thread and with two.
func TestSlowMotionBits(t *testing.T) {
	defer tensor.SetThreads(tensor.Threads())
	for name, r := range games() {
		t.Run(name, func(t *testing.T) {
			tensor.SetThreads(1)
			want := trainUntil(t, create(t, r, Options{}), 3)
			for _, threads := range []int{1, 2} {
				tensor.SetThreads(threads)
				stops := 0
				slow := onlookers(t, r, func(s *Session, g *Game) {
					if g.Standing {
						stops++
						s.Next()
					}
				})
				slow.SetMotion(Motion{Slow: true})
				if got := trainUntil(t, slow, 3); got != want {
					t.Errorf("%d threads: slow motion leads to other bits", threads)
				}
				if each := 5 * (max(1, r.DSteps) + 1); stops != 3*each {
					t.Errorf("%d stops in 3 steps, want %d in each", stops, each)
				}
				watched := create(t, r, Options{})
				watched.SetMotion(Motion{Watched: true})
				if got := trainUntil(t, watched, 3); got != want {
					t.Errorf("%d threads: watched steps lead to other bits", threads)
				}
			}
		})
	}
}

// TestSlowMotionStations: a slow step stands at its ten stations in order, and what is published is
// what the step then measures.
func TestSlowMotionStations(t *testing.T) {
	var at []gan.Station
	var last Game
	s := onlookers(t, small(), func(s *Session, g *Game) {
		if g.Standing {
			at = append(at, g.Station)
			last = *g
			s.Next()
		}
	})
	s.SetMotion(Motion{Slow: true})
	s.StepBoth()
	if err := s.Wait(); err != nil {
		t.Fatal(err)
	}
	var want []gan.Station
	for st := gan.DrewItems; st <= gan.UpdatedG; st++ {
		want = append(want, st)
	}
	if !slices.Equal(at, want) {
		t.Errorf("stood at %v, want %v", at, want)
	}
	h := s.History()
	for column, got := range map[string]float64{"loss_d": last.LossD, "loss_g": last.LossG, "d_real": last.MeanReal, "d_fake": last.MeanFake, "grad_d": last.GradD.Norm, "grad_g": last.GradG.Norm, "accuracy": last.Accuracy} {
		if want := h.Min[slices.Index(h.Columns, column)][0]; math.Abs(got-want) > 1e-6*math.Abs(want) {
			t.Errorf("%s: %g was shown, %g was measured", column, got, want)
		}
	}
	if n := len(last.Real.Points); n != 16 || len(last.Fake.Points) != n || len(last.Latents) != n || len(last.Push) != n || len(last.Fake.Says) != n {
		t.Errorf("%d real points of a batch of 16, %d fakes, %d latents, %d pushes, %d judgements", n, len(last.Fake.Points), len(last.Latents), len(last.Push), len(last.Fake.Says))
	}
	if len(last.GradG.Layers) != 3 || last.GradG.Change <= 0 { // linear, bn, linear
		t.Errorf("G's update: %+v", last.GradG)
	}
}

// TestPauseAtStation: a step that stands when training is paused, saved or closed goes on to its
// end: nothing is half applied and nothing is lost.
func TestPauseAtStation(t *testing.T) {
	want := trainUntil(t, create(t, small(), Options{}), 1)
	for name, end := range map[string]func(*Session){
		"pause": (*Session).Pause,
		"save and pause": func(s *Session) {
			go func() { // as a window does: saving waits for the step
				_ = s.Save()
				s.Pause()
			}()
		},
	} {
		t.Run(name, func(t *testing.T) {
			for station := gan.DrewItems; station <= gan.UpdatedG; station++ {
				done := false
				s := onlookers(t, small(), func(s *Session, g *Game) {
					switch {
					case !g.Standing || done:
					case g.Station == station:
						done = true
						end(s)
					default:
						s.Next()
					}
				})
				s.SetMotion(Motion{Slow: true})
				s.StepBoth()
				if err := s.Wait(); err != nil {
					t.Fatal(err)
				}
				if got := s.State().SHA256(); got != want {
					t.Errorf("at station %d: other bits than those of the whole step", station)
				}
			}
		})
	}
}

// TestCloseAtStation: closing ends a step that stands, saves it, and leaves no goroutine.
func TestCloseAtStation(t *testing.T) {
	want := trainUntil(t, create(t, small(), Options{}), 1)
	standing := make(chan struct{}, 1)
	s := onlookers(t, small(), func(_ *Session, g *Game) {
		if g.Standing {
			select {
			case standing <- struct{}{}:
			default:
			}
		}
	})
	s.SetMotion(Motion{Slow: true})
	s.Train()
	<-standing
	path := s.Path()
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	again, err := Open(t.Context(), path, Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer again.Close()
	if got := again.State().SHA256(); got != want || again.Status().Step != 1 {
		t.Errorf("step %d was saved, or other bits than those of one step", again.Status().Step)
	}
}

// TestLookAtStation: the generator can be looked at while a step stands, which goes on standing, and
// a save lets the step end first.
func TestLookAtStation(t *testing.T) {
	standing := make(chan *Game, 100)
	s := onlookers(t, small(), func(_ *Session, g *Game) {
		if g.Standing {
			standing <- g
		}
	})
	s.SetMotion(Motion{Slow: true})
	s.Train()
	first := <-standing
	if first.Station != gan.DrewItems {
		t.Errorf("stands at %d first", first.Station)
	}
	if _, step := s.GeneratorNow(true); step != 0 {
		t.Errorf("the generator is of step %d, want 0", step)
	}
	s.Next()
	if g := <-standing; g.Station != gan.MadeForD || g.Step != 0 {
		t.Errorf("then it stands at %d of step %d: looking let it go on", g.Station, g.Step)
	}
	if err := s.Save(); err != nil {
		t.Fatal(err)
	}
	if g := <-standing; g.Station != gan.DrewItems || g.Step != 1 {
		t.Errorf("after a save it stands at %d of step %d, want the first of step 1", g.Station, g.Step)
	}
	list, err := s.Checkpoints()
	if err != nil || list[len(list)-1].Step != 1 {
		t.Errorf("checkpoints %+v, %v: the step should be saved whole", list, err)
	}
}

// TestWholeStep goes from one end of a step to the next one's.
func TestWholeStep(t *testing.T) {
	var at []gan.Station
	var steps []int64
	s := onlookers(t, small(), func(s *Session, g *Game) {
		if !g.Standing {
			return
		}
		at, steps = append(at, g.Station), append(steps, g.Step)
		if len(at) < 3 {
			s.WholeStep()
		} else {
			s.Pause()
		}
	})
	s.SetMotion(Motion{Slow: true})
	s.Train()
	if err := s.Wait(); err != nil {
		t.Fatal(err)
	}
	if want := []gan.Station{gan.DrewItems, gan.UpdatedG, gan.UpdatedG}; !slices.Equal(at, want) || !slices.Equal(steps, []int64{0, 0, 1}) {
		t.Errorf("stood at %v of steps %v, want %v of 0, 0, 1", at, steps, want)
	}
}

// TestPace: a step goes through its stations by itself, and full speed takes over when it is asked
// for.
func TestPace(t *testing.T) {
	stops := 0
	s := onlookers(t, small(), func(s *Session, g *Game) {
		if g.Standing {
			if stops++; stops == 15 {
				s.SetMotion(Motion{})
			}
		}
	})
	s.SetMotion(Motion{Slow: true, Pace: 10 * time.Microsecond})
	trainUntil(t, s, 40)
	if stops != 15 {
		t.Errorf("%d stops, want none after the fifteenth", stops)
	}
}
