package runs

import (
	"errors"
	"fmt"
	"math"
	"path/filepath"
	"slices"
	"testing"

	"ganvas/datasets"
	"ganvas/engine/ckpt"
	"ganvas/engine/judge"
	"ganvas/engine/metrics"
	"ganvas/engine/recipe"
	"ganvas/engine/session"
)

const tiny = `
name = "tiny"
data = "ring"
batch = 8
latent = 2
steps = 100
ema = 0.9
[g]
layers = ["linear 8", "relu", "linear 2"]
[d]
layers = ["linear 8", "lrelu 0.2", "linear 1"]
`

func parsed(t *testing.T, change func(r *recipe.Recipe)) *recipe.Recipe {
	t.Helper()
	r, err := recipe.Parse([]byte(tiny), "tiny.toml")
	if err != nil {
		t.Fatal(err)
	}
	change(r)
	return r
}

// project is one with a run of 100 steps, a branch of it from there, and a run of other latents.
func project(t *testing.T) *session.Session {
	t.Helper()
	s, err := session.Create(t.Context(), parsed(t, func(*recipe.Recipe) {}), nil, filepath.Join(t.TempDir(), "a.ganvas"), session.Options{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { s.Close() })
	train(t, s, 100)
	if _, err := session.DuplicateRun(s.File(), 1, -1, "branch"); err != nil {
		t.Fatal(err)
	}
	b, err := session.CreateIn(t.Context(), s.File(), parsed(t, func(r *recipe.Recipe) { r.Latent = 3 }), nil, session.Options{Beside: true})
	if err != nil {
		t.Fatal(err)
	}
	train(t, b, 5)
	if err := b.Close(); err != nil {
		t.Fatal(err)
	}
	return s
}

func train(t *testing.T, s *session.Session, steps int64) {
	t.Helper()
	s.TrainUntil(steps)
	if err := s.Wait(); err != nil {
		t.Fatal(err)
	}
}

func TestBook(t *testing.T) {
	s := project(t)
	text, err := judge.Encode([]metrics.Measure{{Name: "js", Value: 0.25}})
	worse, err2 := judge.Encode([]metrics.Measure{{Name: "js", Value: 0.5}, {Name: "modes", Value: 3, HigherIsBetter: true}})
	err = errors.Join(err, err2, s.PutJudgement(100, judge.Key(datasets.Points, 500, true), text), s.PutJudgement(10, judge.Key(datasets.Points, 500, true), worse),
		s.PutJudgement(100, "guess", "{}"), s.PutJudgement(100, judge.Key(datasets.Points, 100, true), "no JSON"))
	if err != nil {
		t.Fatal(err)
	}
	b := NewBook(s.File())
	list, deleted, err := b.Runs()
	if err != nil || len(deleted) > 0 {
		t.Fatal(deleted, err)
	}
	got := ""
	for _, e := range list {
		got += fmt.Sprint(e.ID, e.Depth, e.Bytes > 0, " ")
	}
	if want := "1 0 true 2 1 true 3 0 true "; got != want {
		t.Errorf("runs %q, want %q", got, want)
	}
	if list[0].Doctor.Checkups == 0 || list[0].Doctor.Word() == "" {
		t.Errorf("the doctor says %+v", list[0].Doctor)
	}
	if m, step, ok := list[0].Best("js"); !ok || m.Value != 0.25 || step != 100 {
		t.Errorf("the best is %v at step %d", m, step)
	}
	if _, _, ok := list[1].Best("js"); ok {
		t.Error("a run that was not judged has a best value")
	}
	if got := Measured(list); !slices.Equal(got, []string{"js", "modes"}) {
		t.Errorf("measured %q", got)
	}
	if p, ok := Parent(list, list[1]); !ok || p.ID != 1 {
		t.Errorf("the branch is of %d", p.ID)
	}
	if p, ok := Parent(list, list[2]); !ok || p.ID != 2 {
		t.Errorf("the third run stands beside %d", p.ID)
	}
	if _, ok := Parent(list, list[0]); ok {
		t.Error("the first run has one before it")
	}
	if err := s.File().DeleteRun(2); err != nil {
		t.Fatal(err)
	}
	if list, deleted, err = b.Runs(); err != nil || len(list) != 2 || len(deleted) != 1 || deleted[0].ID != 2 {
		t.Errorf("%d runs, deleted %v, error %v", len(list), deleted, err)
	}
}

// A tree that no Ganvas makes still shows every run, once.
func TestStrangeTree(t *testing.T) {
	var list []Entry
	for id, parent := range map[int64]int64{1: 2, 2: 1, 3: 3, 4: 99, 5: 4} {
		list = append(list, Entry{Run: session.Run{Run: ckpt.Run{ID: id, Parent: parent}}})
	}
	slices.SortFunc(list, func(a, b Entry) int { return int(a.ID - b.ID) })
	got := ""
	for _, e := range inTree(list) {
		got += fmt.Sprint(e.ID, e.Depth, " ")
	}
	if want := "4 0 5 1 1 0 2 1 3 0 "; got != want {
		t.Errorf("tree %q, want %q", got, want)
	}
}

func TestBetter(t *testing.T) {
	low, high, none := metrics.Measure{Value: 1}, metrics.Measure{Value: 2}, metrics.Measure{Value: math.NaN()}
	if !Better(low, high) || Better(high, low) || Better(none, high) || !Better(high, none) || Better(low, low) {
		t.Error("less is better where nothing else is said")
	}
	low.HigherIsBetter, high.HigherIsBetter = true, true
	if Better(low, high) || !Better(high, low) {
		t.Error("more is better where that is said")
	}
}

// Runs with the same latents are drawn from the same ones: a copy draws what its original does.
func TestSheets(t *testing.T) {
	s := project(t)
	sheets, err := Sheets(t.Context(), s.File(), []int64{1, 2})
	if err != nil || len(sheets) != 2 {
		t.Fatal(sheets, err)
	}
	if one, two := sheets[0], sheets[1]; one.Err != nil || !one.Same || one.Step != 100 || len(one.Points) != cloud || !slices.Equal(one.Points, two.Points) {
		t.Errorf("sheets %+v and %+v", one.Step, two.Step)
	}
	if sheets, err = Sheets(t.Context(), s.File(), []int64{1, 3, 9}); err != nil {
		t.Fatal(err)
	}
	if sheets[0].Same || sheets[1].Same || len(sheets[1].Points) != cloud || sheets[2].Err == nil {
		t.Errorf("of other latents: %t, %t, error %v", sheets[0].Same, sheets[1].Same, sheets[2].Err)
	}
	if thumb := Thumb(s.File(), 3); thumb.Err != nil || len(thumb.Points) != cloud {
		t.Errorf("a thumbnail of %d points, error %v", len(thumb.Points), thumb.Err)
	}
}

// Pictures have the project's contact sheet as thumbnail, and stand side by side where their latents
// differ.
func TestSheetsOfPictures(t *testing.T) {
	r := parsed(t, func(r *recipe.Recipe) {
		r.Data, r.ImageSize, r.Channels = "digits", 28, 1
		r.G.Layers, r.D.Layers = []string{"linear 784", "unflatten 28 28 1", "tanh"}, []string{"flatten", "linear 1"}
	})
	s, err := session.Create(t.Context(), r, nil, filepath.Join(t.TempDir(), "a.ganvas"), session.Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	train(t, s, 1)
	other := r.Clone()
	other.Latent = 5
	if err := s.Replace(t.Context(), other, nil); err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		runs []int64
		same bool
		side int
	}{{[]int64{1}, true, 6*29 + 1}, {[]int64{1, 2}, false, 8*29 + 1}} {
		sheets, err := Sheets(t.Context(), s.File(), c.runs)
		if err != nil || sheets[0].Err != nil || sheets[0].Same != c.same || sheets[0].Image.Rect.Dx() != c.side {
			t.Errorf("%v: %+v, error %v", c.runs, sheets, err)
		}
	}
	if thumb := Thumb(s.File(), 1); thumb.Err != nil || thumb.Image.Rect.Dx() != (8*29+1)*3/8 {
		t.Errorf("thumbnail %+v", thumb)
	}
}

func TestDecode(t *testing.T) {
	huge := []byte("\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x01\x00\x00\x00\x01\x00\x00\x08\x00\x00\x00\x00")
	huge = append(huge, 0x41, 0x44, 0x02, 0x9a) // whatever checksum: it is refused either way
	for _, content := range [][]byte{nil, []byte("text"), huge} {
		if _, err := decode(content); err == nil {
			t.Errorf("%q is taken for a contact sheet", content)
		}
	}
}

func TestDifferences(t *testing.T) {
	of := func(change func(r *recipe.Recipe), measures ...metrics.Measure) Entry {
		e := Entry{Run: session.Run{Plan: parsed(t, change)}}
		if len(measures) > 0 {
			e.Measures = []Judged{{7, measures}}
		}
		return e
	}
	list := []Entry{
		of(func(*recipe.Recipe) {}, metrics.Measure{Name: "js", Value: 0.5}),
		of(func(r *recipe.Recipe) { r.Name, r.R1, r.G.LR = "other", 0, 1e-3 }, metrics.Measure{Name: "js", Value: 0.25}),
		{}, // of which the recipe cannot be read
	}
	want := []Difference{{"r1", []string{"0.1", "0.0", "?"}}, {"g.lr", []string{"2e-4", "0.001", "?"}}}
	if got := Differences(list); fmt.Sprint(got) != fmt.Sprint(want) {
		t.Errorf("differences %v, want %v", got, want)
	}
	if got := Differences(list[:1]); len(got) > 0 {
		t.Errorf("of one run: %v", got)
	}
	scores := Scores(list)
	if len(scores) != 1 || scores[0].Values[1].Value != 0.25 || scores[0].Steps[1] != 7 || scores[0].Values[2] != nil {
		t.Errorf("scores %+v", scores)
	}
	if s := scores[0]; s.Top(0) || !s.Top(1) || s.Top(2) {
		t.Errorf("the best of %+v are %t, %t, %t", s, s.Top(0), s.Top(1), s.Top(2))
	}
	if s := (Score{Values: []*metrics.Measure{{Value: 1}, {Value: 1}}}); s.Top(0) {
		t.Error("of equal ones one is the best")
	}
}
