package session

import (
	"context"
	"errors"
	"fmt"
	"image"
	"image/color"
	"image/png"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"ganvas/datasets"
	"ganvas/engine/recipe"
)

// dotRecipe is a run of pictures that takes little.
const dotRecipe = `
name = "dots"
data = %q
image_size = 8
batch = 4
steps = 12
latent = 4
leave_out = %q
[g]
layers = ["linear 64", "unflatten 8 8 1", "tanh"]
[d]
layers = ["flatten", "linear 8", "lrelu 0.2", "linear 1"]
`

// dots writes pictures that differ.
func dots(t *testing.T, dir string, from, to int) {
	t.Helper()
	if err := os.MkdirAll(dir, 0o755); err != nil {
		t.Fatal(err)
	}
	for i := from; i < to; i++ {
		img := image.NewGray(image.Rect(0, 0, 8, 8))
		img.SetGray(i%8, i/8, color.Gray{Y: uint8(100 + i)})
		f, err := os.Create(filepath.Join(dir, fmt.Sprintf("%02d.png", i)))
		if err == nil {
			err = errors.Join(png.Encode(f, img), f.Close())
		}
		if err != nil {
			t.Fatal(err)
		}
	}
}

// trainedOn makes a project of a folder and trains it for some steps.
func trainedOn(t *testing.T, dir, leaveOut string, steps int64) string {
	t.Helper()
	r, err := recipe.Parse(fmt.Appendf(nil, dotRecipe, dir, leaveOut), "dots.toml")
	if err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(t.TempDir(), "dots.ganvas")
	s, err := Create(context.Background(), r, nil, path, Options{})
	if err != nil {
		t.Fatal(err)
	}
	trainTo(t, s, steps)
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	return path
}

func trainTo(t *testing.T, s *Session, steps int64) {
	t.Helper()
	for s.Status().Step < steps {
		s.StepBoth()
		if err := s.Wait(); err != nil {
			t.Fatal(err)
		}
	}
}

// Every key of a recipe that says how data are read is asked for when they are.
func TestDataOptions(t *testing.T) {
	r := recipe.Default()
	r.Stride, r.Cell, r.Attribute, r.Labels, r.Fit, r.FocusX = 5, 16, "Smiling", "folder", "pad", 0.75
	o := DataOptions(r)
	if o.Stride != 5 || o.Cell != 16 || o.Attribute != "Smiling" || o.Labels != "folder" || o.Fit != "pad" || o.FocusX != 0.25 {
		t.Errorf("%+v", o)
	}
}

// A folder that was moved is asked for, and the run goes on with the same bits from its new place,
// which is kept.
func TestMovedData(t *testing.T) {
	t.Setenv("GANVAS_HOME", t.TempDir())
	dir, moved := filepath.Join(t.TempDir(), "dots"), filepath.Join(t.TempDir(), "elsewhere")
	dots(t, dir, 0, 12)
	whole, err := datasets.Open(context.Background(), dir, datasets.Options{Size: 8, Channels: 1}, nil)
	if err != nil {
		t.Fatal(err)
	}
	choice := datasets.LeaveOutText(whole, []int{1, 5})
	want := trainedOn(t, dir, choice, 9)
	path := trainedOn(t, dir, choice, 4)
	final := stateOf(t, want, Options{})
	if err := os.Rename(dir, moved); err != nil {
		t.Fatal(err)
	}
	_, err = Open(context.Background(), path, Options{})
	var wrong *DataError
	if !errors.As(err, &wrong) || wrong.Err == nil || wrong.Changes != "" || wrong.Data != dir {
		t.Fatalf("opened without its data: %v", err)
	}
	s, err := Open(context.Background(), path, Options{Data: moved})
	if err != nil {
		t.Fatal(err)
	}
	if got := s.Data().Len(); got != 10 {
		t.Errorf("%d items, want 10", got)
	}
	trainTo(t, s, 9)
	events := s.History().Events
	if len(events) != 1 || events[0].Kind != "data" || !strings.Contains(events[0].Text, "the data lie in "+moved+" instead of "+dir) {
		t.Errorf("events %v", events)
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	if got := stateOf(t, path, Options{}); got != final {
		t.Error("the moved data give other bits")
	}
}

// stateOf opens a project and sums its state.
func stateOf(t *testing.T, path string, o Options) string {
	t.Helper()
	s, err := Open(context.Background(), path, o)
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	return fmt.Sprint(s.State().Entries)
}

// Data that have changed are refused with what has changed, and taken, with a record of it, where
// that is wanted.
func TestChangedData(t *testing.T) {
	t.Setenv("GANVAS_HOME", t.TempDir())
	dir := filepath.Join(t.TempDir(), "dots")
	dots(t, dir, 0, 12)
	whole, err := datasets.Open(context.Background(), dir, datasets.Options{Size: 8, Channels: 1}, nil)
	if err != nil {
		t.Fatal(err)
	}
	path := trainedOn(t, dir, datasets.LeaveOutText(whole, []int{3}), 5)
	dots(t, dir, 12, 15)
	if err := os.Remove(filepath.Join(dir, "00.png")); err != nil {
		t.Fatal(err)
	}
	data, err := os.ReadFile(filepath.Join(dir, "02.png"))
	if err == nil {
		err = os.WriteFile(filepath.Join(dir, "01.png"), data, 0o644)
	}
	if err != nil {
		t.Fatal(err)
	}
	const what = "14 items instead of 12; 3 files are new (12.png, 13.png, 14.png); 1 file has other content (01.png); 1 file is gone"
	_, err = Open(context.Background(), path, Options{})
	var wrong *DataError
	if !errors.As(err, &wrong) || !strings.HasPrefix(wrong.Changes, what) || wrong.Err != nil {
		t.Fatalf("opened with other data: %v, want %s", err, what)
	}
	s, err := Open(context.Background(), path, Options{Changed: true})
	if err != nil {
		t.Fatal(err)
	}
	if got := s.Status(); got.Step != 5 || got.ImagesSeen != 20 || s.Data().Len() != 14 || s.Recipe().LeaveOut != "" {
		t.Errorf("step %d, %d items seen, %d there, %q left out; want 5, 20, 14 and none", got.Step, got.ImagesSeen, s.Data().Len(), s.Recipe().LeaveOut)
	}
	events := s.History().Events
	if len(events) != 1 || events[0].Kind != "data" || events[0].Step != 5 || !strings.Contains(events[0].Text, what) {
		t.Errorf("events %v", events)
	}
	trainTo(t, s, 8)
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	s, err = Open(context.Background(), path, Options{}) // from now on these are its data
	if err != nil {
		t.Fatal(err)
	}
	if got := s.Status().Step; got != 8 || len(s.History().Events) != 1 {
		t.Errorf("opened again at step %d with %d events, want 8 and 1", got, len(s.History().Events))
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
}
