package cli

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"ganvas/engine/recipe"
	"ganvas/engine/session"
)

// twoRuns returns a project with a finished run of 6 steps, and one of 3 steps that took its place.
func twoRuns(t *testing.T, dir string) string {
	t.Helper()
	path := trained(t, dir, "two.ganvas", "6")
	s, err := session.Open(t.Context(), path, session.Options{})
	if err != nil {
		t.Fatal(err)
	}
	r := s.Recipe()
	r.Name, r.Data, r.Steps = "again", "ring", 3
	if err := s.Replace(t.Context(), r, nil); err != nil {
		t.Fatal(err)
	}
	s.Train()
	if err := s.Wait(); err != nil {
		t.Fatal(err)
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	return path
}

// Every run that was in a project is listed and reached by every command.
func TestRuns(t *testing.T) {
	dir := t.TempDir()
	alone := sum(t, trained(t, dir, "alone.ganvas", "6"))
	path := twoRuns(t, dir)
	var listed struct {
		Runs []runLine `json:"runs"`
	}
	if err := json.Unmarshal([]byte(must(t, "runs", path, "--json")), &listed); err != nil {
		t.Fatal(err)
	}
	if len(listed.Runs) != 2 {
		t.Fatalf("%d runs, want 2", len(listed.Runs))
	}
	one, two := listed.Runs[0], listed.Runs[1]
	if one.ID != 1 || one.Data != "moons" || one.Step != 6 || one.Current || one.Created.IsZero() {
		t.Errorf("the first run is %+v", one)
	}
	if two.ID != 2 || two.Name != "again" || two.Data != "ring" || two.Step != 3 || two.Steps != 3 || !two.Current {
		t.Errorf("the second run is %+v", two)
	}
	if text := must(t, "runs", path); !strings.Contains(text, "again") || strings.Count(text, "current") != 1 {
		t.Errorf("ganvas runs prints %q", text)
	}

	var in inspection
	if err := json.Unmarshal([]byte(must(t, "inspect", path, "--run", "1", "--json")), &in); err != nil {
		t.Fatal(err)
	}
	if in.Run != 1 || in.StateSHA256 != alone || len(in.Runs) != 2 {
		t.Errorf("inspect --run 1 describes run %d with other bits than of a project of its own", in.Run)
	}
	a, b := filepath.Join(dir, "a.csv"), filepath.Join(dir, "b.csv")
	must(t, "sample", path, "--run", "1", "--n", "5", "--out", a)
	must(t, "sample", filepath.Join(dir, "alone.ganvas"), "--n", "5", "--out", b)
	if x, y := read(t, a), read(t, b); x != y {
		t.Errorf("sample --run 1 gives %q, want %q", x, y)
	}
	file := filepath.Join(dir, "r.toml")
	must(t, "export", "recipe", path, "--run", "1", "--out", file)
	r, err := recipe.Parse([]byte(read(t, file)), file)
	if err != nil || r.Data != "moons" {
		t.Errorf("export --run 1 writes a recipe of %v, %v", r, err)
	}
	must(t, "evaluate", path, "--run", "1", "--samples", "100")
	for _, args := range [][]string{
		{"inspect", path},
		{"sample", path, "--out", filepath.Join(dir, "c.csv")},
		{"evaluate", path},
		{"resume", path, "--steps", "1"},
		{"export", "recipe", path, "--out", filepath.Join(dir, "c.toml")},
	} {
		if got := run(t, append(args, "--run", "7")...); got.status != exitFailed || !strings.Contains(got.stderr, "no run 7 in this project: choose one of 1, 2") {
			t.Errorf("%v --run 7: exit %d, %q", args, got.status, got.stderr)
		}
	}
}

// A run that is resumed goes on as if it had never been left, and is the current one; the other
// stays.
func TestResumeRun(t *testing.T) {
	dir := t.TempDir()
	want := sum(t, trained(t, dir, "alone.ganvas", "10"))
	path := twoRuns(t, dir)
	other := sum(t, path)
	must(t, "resume", path, "--run", "1", "--steps", "4")
	if got := sum(t, path); got != want {
		t.Error("the resumed run has other bits")
	}
	in, err := inspect(path, 2)
	if err != nil {
		t.Fatal(err)
	}
	if in.StateSHA256 != other || in.Step != 3 {
		t.Error("the run that was left has other bits")
	}
}

func read(t *testing.T, path string) string {
	t.Helper()
	b, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}
