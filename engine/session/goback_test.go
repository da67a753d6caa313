package session

import (
	"errors"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"ganvas/engine/ckpt"
	"ganvas/engine/recipe"
)

// pictures is a recipe of small pictures.
func pictures() *recipe.Recipe {
	r := small()
	r.Data, r.ImageSize, r.EMA = "shapes", 8, 0.9
	r.G.Layers = []string{"linear 8", "bn", "relu", "linear 64", "unflatten 8 8 1"}
	r.D.Layers = []string{"flatten", "linear 8", "lrelu 0.2", "linear 1"}
	return r
}

// thinning has a session keep the generator alone of all checkpoints but the newest.
func thinning(s *Session) {
	write := s.write
	s.write = func(save ckpt.Save) error {
		save.Kind, save.Full, save.Keep, save.Spaced, save.Earlier, save.Views = "pause", -1, -1, 0, nil, nil
		return write(save)
	}
}

// An older checkpoint shows the generator that it had, and neither trains nor changes the run,
// which goes on from its newest step bit for bit.
func TestThinnedCheckpoint(t *testing.T) {
	whole := create(t, pictures(), Options{})
	trainUntil(t, whole, 4)
	want := trainUntil(t, whole, 6)

	path := filepath.Join(t.TempDir(), "a.ganvas")
	s, err := Create(t.Context(), pictures(), nil, path, Options{})
	if err != nil {
		t.Fatal(err)
	}
	thinning(s)
	trainUntil(t, s, 2)
	here := render(s, t, -1)
	newest := trainUntil(t, s, 4)
	if got := render(s, t, 2); !slices.Equal(got, here) {
		t.Error("the generator of step 2 makes other pictures than it did at step 2")
	}
	if _, err := s.GeneratorAt(2, false); !errors.Is(err, ErrAveragedOnly) || !strings.Contains(err.Error(), "choose averaged weights") {
		t.Errorf("the generator that played at step 2: error %v", err)
	}
	if err := s.GoTo(2); err != nil {
		t.Fatal(err)
	}
	if st := s.Status(); !st.Looking || st.Step != 2 || st.ImagesSeen != 2*16 || st.Message == "" {
		t.Errorf("at step 2: %+v", st)
	}
	for _, ema := range []bool{true, false} {
		g := s.Generator(ema)
		if got := g.Render(g.Noise(1, 16), 16); !slices.Equal(got, here) {
			t.Errorf("back at step 2 other pictures than at step 2, averaged %v", ema)
		}
	}
	if n := len(s.History().Step); n != 2 {
		t.Errorf("%d steps of history at step 2", n)
	}
	for what, f := range map[string]func(){"train": s.Train, "a step": s.StepBoth} {
		f()
		if err := s.Wait(); !errors.Is(err, ckpt.ErrThinned) || !strings.Contains(err.Error(), "go on from step 4") {
			t.Errorf("%s from step 2: error %v", what, err)
		}
	}
	if err := s.Set("g.lr", "0.01"); !errors.Is(err, ckpt.ErrThinned) {
		t.Errorf("set at step 2: error %v", err)
	}
	if err := errors.Join(s.Save(), s.Close()); err != nil {
		t.Fatal(err)
	}

	if _, err := OpenAt(t.Context(), path, 2, Options{}); !errors.Is(err, ckpt.ErrThinned) {
		t.Errorf("open at step 2: error %v", err)
	}
	again, err := Open(t.Context(), path, Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer again.Close()
	thinning(again)
	if got := again.State().SHA256(); got != newest {
		t.Error("looking at step 2 has changed step 4")
	}
	if err := errors.Join(again.GoTo(2), again.GoTo(4)); err != nil || again.Status().Looking {
		t.Fatalf("there and back: %+v, %v", again.Status(), err)
	}
	if got := trainUntil(t, again, 6); got != want {
		t.Error("training goes on with other bits")
	}
}

// Points are shown over what D thinks of the plane: without D there is nothing to go back to.
func TestThinnedPoints(t *testing.T) {
	s := create(t, small(), Options{})
	thinning(s)
	trainUntil(t, s, 2)
	want := trainUntil(t, s, 4)
	if err := s.GoTo(2); !errors.Is(err, ckpt.ErrThinned) {
		t.Errorf("error %v", err)
	}
	if got := s.State().SHA256(); got != want || s.Status().Step != 4 {
		t.Errorf("at step %d with another state", s.Status().Step)
	}
}

// Another run is there to switch to while a thinned checkpoint is shown, and the first is at its
// newest step when it comes back.
func TestSwitchWhileLooking(t *testing.T) {
	s := create(t, pictures(), Options{})
	thinning(s)
	trainUntil(t, s, 2)
	first, want := s.RunID(), trainUntil(t, s, 4)
	if err := s.Replace(t.Context(), small(), nil); err != nil {
		t.Fatal(err)
	}
	second := s.RunID()
	if err := errors.Join(s.SwitchRun(t.Context(), Options{Run: first}), s.GoTo(2), s.SwitchRun(t.Context(), Options{Run: second})); err != nil {
		t.Fatal(err)
	}
	if s.Status().Looking {
		t.Error("the other run is said to have its generator alone")
	}
	if err := s.SwitchRun(t.Context(), Options{Run: first}); err != nil || s.State().SHA256() != want {
		t.Errorf("another state than that of step 4, error %v", err)
	}
}

// Of a network whose state is larger than what older checkpoints may stay full with, each of them but
// the first weighs what its generator does, and the file no more than all of them and the views.
func TestProjectSize(t *testing.T) {
	r := pictures()
	r.G.Layers = []string{"linear 960", "relu", "linear 960", "relu", "linear 64", "unflatten 8 8 1"}
	r.D.Layers = []string{"flatten", "linear 512", "relu", "linear 512", "relu", "linear 1"}
	s := create(t, r, Options{Autosave: 1}) // after each step
	trainUntil(t, s, 9)
	list, err := s.Checkpoints()
	if err != nil {
		t.Fatal(err)
	}
	generator := int64(0)
	for _, p := range s.trainer.G.Params {
		generator += int64(4 * len(p.Value.Data))
	}
	sum, got := int64(0), []int64{}
	for _, k := range list {
		sum += k.Bytes
		got = append(got, k.Step)
		full := k.Step == 0 || k.Step == 9
		if k.Thinned == full || !full && k.Bytes > generator+8192 {
			t.Errorf("%+v; its generator has %d bytes", k, generator)
		}
	}
	// Step 0 by begin; of the automatic ones the first of 1 to 3 and of 4 to 15, and the latest
	// two.
	views, err := s.file.Views(s.RunID())
	for _, v := range views {
		sum += v.Bytes
	}
	if err != nil || len(views) == 0 {
		t.Errorf("views %v, error %v", views, err)
	}
	if want := []int64{0, 1, 4, 8, 9}; !slices.Equal(got, want) {
		t.Errorf("checkpoints of steps %v, want %v", got, want)
	}
	w, err := s.Weight()
	const besides = 512 << 10 // sheets, metrics, indexes, what does not fill its pages
	if err != nil || w.Bytes > sum+besides {
		t.Errorf("the file has %d bytes for checkpoints of %d, error %v", w.Bytes, sum, err)
	}
}
