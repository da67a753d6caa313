package cases

import (
	"context"
	"reflect"
	"slices"
	"testing"

	"ganvas/engine/doctor"
)

// TestCases: recipes that every kind of finding is shown on fit their data, and are told apart by
// name.
func TestCases(t *testing.T) {
	names := make(map[string]bool)
	var shown []doctor.Kind
	for _, c := range All() {
		if names[c.Name] {
			t.Errorf("two cases are called %s", c.Name)
		}
		names[c.Name] = true
		shown = append(shown, c.Wants...)
		r, err := c.Recipe(1)
		if err != nil {
			t.Error(err)
			continue
		}
		shape, ok := r.DataShape()
		if err := r.Check(shape); !ok || err != nil {
			t.Errorf("case %s: %v", c.Name, err)
		}
		if c.Healthy() == (c.Why != "") {
			t.Errorf("case %s: want a reason where it fails, and only there", c.Name)
		}
	}
	for _, k := range doctor.Kinds() {
		if !slices.Contains(shown, k) {
			t.Errorf("no case shows %s", k)
		}
	}
}

// TestDoctorOnSomeCases is a part of the bench of a few seconds; docs/doctor.md has all of it.
func TestDoctorOnSomeCases(t *testing.T) {
	some := []string{"rate-low", "dead-d", "non-finite"}
	var list []Case
	for _, c := range All() {
		if slices.Contains(some, c.Name) {
			list = append(list, c)
		}
	}
	if len(list) != len(some) {
		t.Fatalf("%d cases, want %d", len(list), len(some))
	}
	results, err := TryAll(t.Context(), list, []uint64{1}, 2, "", nil)
	if err != nil {
		t.Fatal(err)
	}
	for _, r := range results {
		switch {
		case r.Case.Healthy() && r.Flagged():
			t.Errorf("%s: told %s of a healthy run: %s", r.Case.Name, r.Told[0].Kind, r.Told[0].Evidence)
		case !r.Case.Healthy() && r.Named < 0:
			t.Errorf("%s: %v was not told", r.Case.Name, r.Case.Wants)
		}
	}
}

// TestSameWords: the same case and seed has the same checkups and findings, and what a checkup says
// of itself can be read back.
func TestSameWords(t *testing.T) {
	for _, c := range All() {
		if c.Name != "rate-high" {
			continue
		}
		folder := t.TempDir()
		a, err := c.course(t.Context(), 3, folder)
		if err != nil {
			t.Fatal(err)
		}
		ctx, cancel := context.WithCancel(t.Context())
		cancel() // nothing is trained any more
		b, err := c.course(ctx, 3, folder)
		if err != nil || len(b.checkups) != len(a.checkups) {
			t.Fatalf("%d checkups read back, want %d: %v", len(b.checkups), len(a.checkups), err)
		}
		for i, k := range a.checkups {
			if got := b.checkups[i].Text(); got != k.Text() {
				t.Errorf("step %d is read back as %s, want %s", k.Step, got, k.Text())
			}
		}
		x, y := score(&c, 3, a), score(&c, 3, b)
		if !reflect.DeepEqual(x.Told, y.Told) {
			t.Errorf("from what was kept the doctor says %v, want %v", y.Told, x.Told)
		}
	}
}
