package session

import (
	"context"
	"errors"
	"math"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"ganvas/datasets"
	"ganvas/engine/gan"
	"ganvas/engine/recipe"
	"ganvas/engine/tensor"
)

// small returns a recipe that trains in milliseconds.
func small() *recipe.Recipe {
	r := recipe.Default()
	r.Data, r.Latent, r.Batch, r.Steps = "ring", 2, 16, 40
	r.G.Layers = []string{"linear 8", "bn", "relu", "linear 2"}
	r.D.Layers = []string{"linear 8", "lrelu 0.2", "dropout 0.2", "linear 1"}
	r.Objective = "hinge"
	return r
}

func create(t *testing.T, r *recipe.Recipe, o Options) *Session {
	t.Helper()
	s, err := Create(t.Context(), r, nil, filepath.Join(t.TempDir(), "a.ganvas"), o)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := s.Close(); err != nil {
			t.Errorf("close: %v", err)
		}
	})
	return s
}

func trainUntil(t *testing.T, s *Session, step int64) string {
	t.Helper()
	s.TrainUntil(step)
	if err := s.Wait(); err != nil {
		t.Fatal(err)
	}
	if got := s.Status().Step; got != step {
		t.Fatalf("step = %d, want %d", got, step)
	}
	return s.State().SHA256()
}

// TestSameBits trains every preset a little with one thread and with two, without and with closing
// in between.
func TestSameBits(t *testing.T) {
	for _, p := range recipe.Presets() {
		t.Run(p.Name, func(t *testing.T) {
			r := p.Recipe.Clone()
			r.Batch = min(r.Batch, 4)
			sameBits(t, r, 2)
		})
	}
}

// TestStabilisersSameBits does so with all that steadies training.
func TestStabilisersSameBits(t *testing.T) {
	for name, change := range map[string]func(*recipe.Recipe){
		"label smoothing, instance noise": func(r *recipe.Recipe) { r.Objective, r.LabelSmoothing, r.InstanceNoise = "nonsaturating", 0.1, 0.5 },
		"pack":                            func(r *recipe.Recipe) { r.Pack, r.R1, r.R2 = 4, 0.1, 0.2 },
		"unrolled, best half, warm average": func(r *recipe.Recipe) {
			r.Unroll, r.TopK, r.EMAWarmup, r.FeatureMatching, r.R1, r.R2 = 2, 0.5, 0.05, 0.5, 0, 0
		},
		"balance": func(r *recipe.Recipe) { r.Balance, r.D.LR, r.DSteps = 0.01, 0.01, 2 },
		"adaptive augmentation": func(r *recipe.Recipe) {
			r.Data, r.ImageSize, r.Augment, r.R1 = "shapes", 8, "adaptive", 1
			r.G.Layers = []string{"linear 64", "relu", "linear 64", "unflatten 8 8 1"}
			r.D.Layers = []string{"conv 4 4 2 1", "lrelu 0.2", "flatten", "linear 1"}
		},
		"consistency": func(r *recipe.Recipe) { r.Consistency, r.InstanceNoise = 5, 0.5 },
		"geometry, consistency": func(r *recipe.Recipe) {
			r.Data, r.ImageSize, r.Augment, r.Consistency = "shapes", 8, "geometry,cutout", 3
			r.G.Layers = []string{"linear 64", "relu", "linear 64", "unflatten 8 8 1"}
			r.D.Layers = []string{"conv 4 4 2 1", "lrelu 0.2", "flatten", "linear 1"}
		},
		"dragan, now and then": func(r *recipe.Recipe) { r.DRAGAN, r.PenaltyEvery = 10, 2 },
	} {
		t.Run(name, func(t *testing.T) {
			r := small()
			change(r)
			sameBits(t, r, 6)
		})
	}
}

// sameBits trains r for an even number of steps.
func sameBits(t *testing.T, r *recipe.Recipe, steps int64) {
	t.Helper()
	defer tensor.SetThreads(tensor.Threads())
	tensor.SetThreads(1)
	want := trainUntil(t, create(t, r, Options{}), steps)
	tensor.SetThreads(2)
	path := filepath.Join(t.TempDir(), "b.ganvas")
	s, err := Create(t.Context(), r, nil, path, Options{})
	if err != nil {
		t.Fatal(err)
	}
	trainUntil(t, s, steps/2)
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	if s, err = Open(t.Context(), path, Options{}); err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	if got := s.Status().Step; got != steps/2 {
		t.Fatalf("opened at step %d, want %d", got, steps/2)
	}
	if got := trainUntil(t, s, steps); got != want {
		t.Errorf("state after closing and going on with two threads: %s, want %s", got, want)
	}
}

func TestLookingChangesNothing(t *testing.T) {
	want := trainUntil(t, create(t, small(), Options{}), 20)
	s := create(t, small(), Options{})
	trainUntil(t, s, 10)
	s.Refresh()
	g := s.Generator(true)
	g.Render(g.Noise(3, 5), 5)
	s.Update(g, false)
	if got := trainUntil(t, s, 20); got != want {
		t.Errorf("state = %s, want %s", got, want)
	}
}

func TestNonFiniteGoesBack(t *testing.T) {
	r := small()
	r.G.Optimizer, r.D.Optimizer = "sgd", "sgd"
	r.Objective = "leastsquares"
	s := create(t, r, Options{})
	good := trainUntil(t, s, 5)
	if err := s.Set("d.lr", "10"); err != nil {
		t.Fatal(err)
	}
	if err := s.Set("g.lr", "10"); err != nil {
		t.Fatal(err)
	}
	s.TrainUntil(5000)
	err := s.Wait()
	var nonFinite *gan.NonFinite
	if !errors.As(err, &nonFinite) {
		t.Fatalf("error = %v, want NonFinite", err)
	}
	if nonFinite.Player == "" || nonFinite.Step < 5 {
		t.Errorf("error %+v names neither player nor step", nonFinite)
	}
	if st := s.Status(); st.Step != 5 || st.Running || st.Err == nil {
		t.Errorf("status = %+v, want stopped at step 5 with an error", st)
	}
	if got := s.State().SHA256(); got != good {
		t.Error("state is not that of the last checkpoint")
	}
	if h := s.History(); len(h.Step) != 5 {
		t.Errorf("history has %d steps, want 5", len(h.Step))
	}
}

func TestSetIsAppliedAndRecorded(t *testing.T) {
	s := create(t, small(), Options{})
	trainUntil(t, s, 3)
	if err := s.Set("batch", "7"); err == nil || !strings.Contains(err.Error(), "batch") {
		t.Errorf("set of a key that is not live: %v", err)
	}
	if err := s.Set("g.lr", "nonsense"); err == nil {
		t.Error("set to nonsense: no error")
	}
	if err := s.Set("g.lr", "0.5"); err != nil {
		t.Fatal(err)
	}
	if got := s.Recipe().G.LR; got != 0.5 {
		t.Errorf("g.lr = %g, want 0.5", got)
	}
	if got := s.trainer.OptG.LR; got != 0.5 {
		t.Errorf("the optimiser's rate = %g, want 0.5", got)
	}
	trainUntil(t, s, 6)
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	again, err := Open(t.Context(), s.Path(), Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer again.Close()
	h := again.History()
	if len(h.Events) != 1 || h.Events[0].Step != 3 || h.Events[0].Text != "g.lr = 0.5" {
		t.Errorf("events = %+v, want one at step 3", h.Events)
	}
	if len(h.Step) != 6 || again.Recipe().G.LR != 0.5 {
		t.Errorf("opened with %d steps of history and g.lr %g", len(h.Step), again.Recipe().G.LR)
	}
}

func TestSnapshots(t *testing.T) {
	seen := make(chan Snapshot, 1000)
	r := small()
	r.Data = "ring"
	s := create(t, r, Options{Publish: func(s Snapshot) { seen <- s }})
	trainUntil(t, s, 30)
	close(seen)
	var last Snapshot
	var points *Points
	began := false
	for snap := range seen {
		began = began || snap.Status.Running
		last = snap
		if snap.Points != nil {
			points = snap.Points
		}
	}
	if !began || last.Status.Running || last.Status.Step != 30 {
		t.Errorf("began %t, ended with %+v", began, last.Status)
	}
	if points == nil || len(points.Fake) == 0 || len(points.Heat) != points.HeatW*points.HeatH || points.ModesTotal != 8 {
		t.Errorf("points are not complete: %+v", points)
	}
	s.options.Publish = func(Snapshot) {}
}

func TestPauseAndAutosave(t *testing.T) {
	r := small()
	r.Steps = 0
	reached := make(chan struct{})
	once := false
	clock := time.Unix(0, 0)
	o := Options{
		Now: func() time.Time { clock = clock.Add(time.Second); return clock }, // called on the training goroutine only
		Publish: func(s Snapshot) {
			if s.Status.Step > 20 && !once {
				once = true
				close(reached)
			}
		},
	}
	s := create(t, r, o)
	s.Train()
	<-reached
	s.Pause()
	if err := s.Wait(); err != nil {
		t.Fatal(err)
	}
	list, err := s.file.Checkpoints(s.run)
	if err != nil {
		t.Fatal(err)
	}
	auto := 0
	for _, c := range list {
		if c.Kind == "auto" {
			auto++
		}
	}
	// An automatic saving at the very step of the pause is as good as one of the pause.
	last := list[len(list)-1]
	if auto == 0 || last.Step != s.Status().Step || last.Kind != "pause" && last.Kind != "auto" {
		t.Errorf("checkpoints %+v: want automatic ones and one at step %d, of the pause", list, s.Status().Step)
	}
}

func TestSingleSteps(t *testing.T) {
	s := create(t, small(), Options{})
	before := s.Generator(false).Net().Params[0].Value.Clone()
	for i, f := range []func(){s.StepD, s.StepG, s.StepBoth} {
		f()
		if err := s.Wait(); err != nil {
			t.Fatal(err)
		}
		if got := s.Status().Step; got != int64(i+1) {
			t.Errorf("step = %d, want %d", got, i+1)
		}
		changed := s.trainer.G.Params[0].Value.Data[0] != before.Data[0]
		if changed != (i > 0) {
			t.Errorf("after single step %d the generator has changed: %t", i, changed)
		}
	}
}

func TestReplaceAndSaveAs(t *testing.T) {
	t.Setenv("GANVAS_HOME", t.TempDir())
	s, err := Create(t.Context(), small(), nil, "", Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	draft := s.Path()
	if !s.Draft() || filepath.Dir(draft) != DraftDir() {
		t.Fatalf("%s is not a draft", draft)
	}
	trainUntil(t, s, 3)
	r := small()
	r.D.Layers[0] = "linear 9"
	if err := s.Replace(context.Background(), r, nil); err != nil {
		t.Fatal(err)
	}
	if st := s.Status(); st.Step != 0 || s.trainer.D.Out.Size() != 1 || len(s.History().Step) != 0 {
		t.Errorf("status after a new run: %+v", st)
	}
	path := filepath.Join(t.TempDir(), "kept.ganvas")
	if err := s.SaveAs(path); err != nil {
		t.Fatal(err)
	}
	if s.Draft() || s.Path() != path {
		t.Errorf("saved as %s, draft %t", s.Path(), s.Draft())
	}
	runs, err := s.file.Runs()
	if err != nil || len(runs) != 2 || runs[0].Step != 3 {
		t.Errorf("runs = %+v, %v: want the old one at step 3 and the new one", runs, err)
	}
}

func TestHistoryKeepsExtremes(t *testing.T) {
	h := newHistory()
	const n = 10 * most
	for i := range n {
		v := float32(math.Sin(float64(i)))
		if i == 12_345 {
			v = 99
		}
		h.add(int64(i), []float32{v})
	}
	if len(h.step) > most {
		t.Errorf("%d buckets, want at most %d", len(h.step), most)
	}
	found := false
	for i, v := range h.max[0] {
		if v == 99 {
			found = true
			if first := h.step[i]; 12_345 < first || 12_345 >= first+float64(h.width) {
				t.Errorf("peak of step 12345 in the bucket from step %g on", first)
			}
		}
	}
	if !found {
		t.Error("a peak was lost")
	}
	if got := h.max[6][0]; !math.IsNaN(got) {
		t.Errorf("a column without values = %g, want NaN", got)
	}
}

func TestMeasure(t *testing.T) {
	data, err := datasets.Open(t.Context(), "ring", datasets.Options{}, nil)
	if err != nil {
		t.Fatal(err)
	}
	f, err := Measure(t.Context(), small(), data)
	if err != nil {
		t.Fatal(err)
	}
	if f.SecondsPerStep <= 0 || f.PeakBytes <= 0 || f.Resident < f.PeakBytes || f.GParams != 2*8+8+16+16+2 || f.Total <= 0 {
		t.Errorf("forecast = %+v", f)
	}
	r := small()
	r.G.Layers = append(r.G.Layers, "linear 3")
	if _, err := Measure(t.Context(), r, data); err == nil {
		t.Error("a network that does not fit: no error")
	}
}

// TestStepKinds checks that the parts of a step add up to it.
func TestStepKinds(t *testing.T) {
	for _, test := range []struct {
		name   string
		config gan.Config
		shares []float64
		at     []int64
	}{
		{"plain", gan.Config{DSteps: 1, PenaltyEvery: 1, R1: 1}, []float64{1}, []int64{0}},
		{"five updates of D", gan.Config{DSteps: 5, PenaltyEvery: 1, GP: 10}, []float64{1, 4}, []int64{0, 0}},
		{"rare penalties", gan.Config{DSteps: 1, PenaltyEvery: 4, R1: 1}, []float64{0.25, 0.75}, []int64{0, 1}},
		{"both", gan.Config{DSteps: 3, PenaltyEvery: 2, R2: 1}, []float64{0.5, 1, 0.5, 1}, []int64{0, 0, 1, 1}},
		{"no penalty", gan.Config{DSteps: 1, PenaltyEvery: 4}, []float64{1}, []int64{0}},
	} {
		c := test.config
		kinds := stepKinds(&c)
		if c.DSteps != 1 || len(kinds) != len(test.shares) {
			t.Errorf("%s: %d updates of D are left in %d kinds, want 1 in %d", test.name, c.DSteps, len(kinds), len(test.shares))
			continue
		}
		for i, k := range kinds {
			if k.share != test.shares[i] || k.at != test.at[i] {
				t.Errorf("%s: kind %d is %v of a step, at step %d, want %v at %d", test.name, i, k.share, k.at, test.shares[i], test.at[i])
			}
		}
	}
}
