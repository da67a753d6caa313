package studio

import (
	"context"
	"testing"

	"ganvas/engine/provenance"
	"ganvas/engine/session"
)

// TestFitOfAnotherRun: a picture of a run that is not open fits to the project that is open, by its
// weights as well: no copy of the project is opened in its place.
func TestFitOfAnotherRun(t *testing.T) {
	r := trained(t)
	from, err := r.Run.Provenance(40, true)
	if err != nil {
		t.Fatal(err)
	}
	record := provenance.New(from, r.Run.Session.Generator(true)).OfItems(provenance.Item{Latent: []float32{1, 2}, Class: -1, Maker: -1})
	other := r.Plan.Now().Clone()
	other.Name, other.Batch = "other", 8
	r.Plan.Edit(other, "Another", false)
	r.Training.Replace((*session.Session).StepBoth)
	r.idle(1)
	s := r.Run.Session
	if got := fitOfOpen(s, record); s.RunID() != 2 || got != fitsWeights {
		t.Errorf("with run %d open it fits %d, want %d", s.RunID(), got, fitsWeights)
	}
	best := originOf(context.Background(), record, r.Run, []string{t.TempDir()}, func(int, int) {})
	if best.path != s.Path() {
		t.Errorf("the project is %q, want the open one", best.path)
	}
	gone := int64(7)
	record.Items[0].Step = &gone
	if got := fitOfOpen(s, record); got != fitsRun {
		t.Errorf("at a step that is not kept it fits %d, want %d", got, fitsRun)
	}
	record.Key = provenance.RunKey(9, 9)
	if got := fitOfOpen(s, record); got != fitsNot {
		t.Errorf("a picture of another project fits %d, want %d", got, fitsNot)
	}
}
