package export

import (
	"path/filepath"
	"strings"
	"testing"

	"ganvas/engine/session"
)

// opened opens a project as the window does, until the end of the test.
func opened(t *testing.T, path string) *session.Session {
	t.Helper()
	s, err := session.Open(t.Context(), path, session.Options{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := s.Close(); err != nil {
			t.Error(err)
		}
	})
	return s
}

// A run is exported as it is now, while the project has it as it was saved.
func TestNow(t *testing.T) {
	path := project(t, nil)
	s := opened(t, path)
	saved, err := Now(s)
	if err != nil {
		t.Fatal(err)
	}
	if saved.Step != 2 || saved.Run.ID != 1 || !saved.Recipe.Equal(open(t, path).Recipe) || saved.State().SHA256() != open(t, path).State().SHA256() {
		t.Errorf("what is saved is at step %d of run %d, and other than in the project", saved.Step, saved.Run.ID)
	}
	s.StepBoth()
	if err := s.Wait(); err != nil {
		t.Fatal(err)
	}
	now, err := Now(s)
	if err != nil || now.Step != 3 || now.State().SHA256() != s.State().SHA256() {
		t.Fatalf("now is step %d: %v", now.Step, err)
	}
	if sameNetworks(t, saved, now, Generator, true) {
		t.Error("what was exported changes with the run")
	}
}

// Weights come into a session that is open, which goes on with its run until it is told otherwise.
func TestImportInto(t *testing.T) {
	path, weights := project(t, nil), filepath.Join(t.TempDir(), "w.safetensors")
	s := opened(t, path)
	before := open(t, path)
	if err := before.Safetensors(t.Context(), weights, "", Options{}); err != nil {
		t.Fatal(err)
	}
	s.StepBoth()
	if err := s.Wait(); err != nil {
		t.Fatal(err)
	}
	in, err := ImportInto(t.Context(), s, weights, "")
	if err != nil || in.Run != 2 || in.Step != 3 {
		t.Fatalf("added %+v, %v", in, err)
	}
	current, err := Open(path, 0, -1)
	if err != nil || s.RunID() != 1 || current.Run.ID != 1 {
		t.Errorf("the session has run %d, and the project goes on with %d: %v", s.RunID(), current.Run.ID, err)
	}
	if err := s.SwitchRun(t.Context(), session.Options{Run: in.Run}); err != nil {
		t.Fatal(err)
	}
	after, err := Now(s)
	if err != nil || after.Run.ID != 2 || !sameNetworks(t, before, after, Generator, true) || !sameNetworks(t, before, after, Discriminator, true) {
		t.Errorf("the weights of run %d are others: %v", after.Run.ID, err)
	}
	if err := s.GoTo(2); err == nil {
		t.Error("the new run has a step of the old one")
	}
	if err := s.SwitchRun(t.Context(), session.Options{Run: 1}); err != nil {
		t.Fatal(err)
	}
	if err := s.GoTo(2); err != nil {
		t.Fatal(err)
	}
	if in, err := ImportInto(t.Context(), s, weights, ""); err != nil || in.Run != 3 || in.Step != 2 {
		t.Errorf("from the step to which the run went back: %+v, %v", in, err)
	}
	s.Train()
	_, err = ImportInto(t.Context(), s, weights, "")
	s.Pause()
	if waited := s.Wait(); waited != nil || err == nil || !strings.Contains(err.Error(), "pause it first") {
		t.Errorf("into a run that trains: %v, %v", err, waited)
	}
	if runs, err := s.Runs(); err != nil || len(runs) != 3 {
		t.Errorf("there are %d runs: %v", len(runs), err)
	}
}
