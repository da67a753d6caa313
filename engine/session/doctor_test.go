package session

import (
	"path/filepath"
	"reflect"
	"testing"

	"ganvas/engine/doctor"
)

// TestDoctorRemembers: after closing between two checkups and going on, the checkups and what the
// doctor says are those of a run that was never closed; and looking changes nothing.
func TestDoctorRemembers(t *testing.T) {
	r := small()
	r.Steps, r.G.LR = 400, 0.2
	const half, end = 330, 700
	whole := create(t, r, Options{})
	want := trainUntil(t, whole, end)
	path := filepath.Join(t.TempDir(), "b.ganvas")
	s, err := Create(t.Context(), r, nil, path, Options{})
	if err != nil {
		t.Fatal(err)
	}
	trainUntil(t, s, half)
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	if s, err = Open(t.Context(), path, Options{}); err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	if got := trainUntil(t, s, end); got != want {
		t.Errorf("state = %s, want %s", got, want)
	}
	a, b := whole.History().Checkups, s.History().Checkups
	if len(a) != end/50 || len(b) != len(a) {
		t.Fatalf("%d and %d checkups, want %d", len(a), len(b), end/50)
	}
	for i := range a {
		if x, y := a[i].Text(), b[i].Text(); x != y {
			t.Errorf("checkup of step %d is\n%s, want\n%s", a[i].Step, y, x)
		}
	}
	if got, want := s.Doctor(), whole.Doctor(); !reflect.DeepEqual(got, want) || len(want.Findings) == 0 {
		t.Errorf("the doctor says %+v, want %+v and something", got, want)
	}
}

// TestDoctorTellsOfStop: that numbers were not finite is told, also after closing, and not for
// ever.
func TestDoctorTellsOfStop(t *testing.T) {
	r := small()
	r.G.Optimizer, r.D.Optimizer, r.Objective = "sgd", "sgd", "leastsquares"
	r.G.LR, r.D.LR = 10, 10
	path := filepath.Join(t.TempDir(), "a.ganvas")
	s, err := Create(t.Context(), r, nil, path, Options{})
	if err != nil {
		t.Fatal(err)
	}
	s.TrainUntil(5000)
	if err := s.Wait(); err == nil {
		t.Fatal("a rate of 10 stays finite")
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	if s, err = Open(t.Context(), path, Options{}); err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	f := s.Doctor().Findings
	if len(f) != 1 || f[0].Kind != doctor.NonFinite || len(f[0].Remedies) == 0 {
		t.Errorf("findings are %+v, want the stop with a remedy", f)
	}
}

// TestDoctorOfKinds: checkups are taken of games with classes and several players as well.
func TestDoctorOfKinds(t *testing.T) {
	for name, change := range kinds {
		t.Run(name, func(t *testing.T) {
			s := create(t, kind(change), Options{})
			trainUntil(t, s, 50)
			c := s.History().Checkups
			if len(c) != 1 || !(c[0].Distance > -1) || !(c[0].Memory >= 0 && c[0].Memory <= 1) || !(c[0].Move > 0) {
				t.Errorf("checkups are %+v", c)
			}
		})
	}
}
