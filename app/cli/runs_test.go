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

// listed returns what is said of the runs of a project.
func listedRuns(t *testing.T, path string) (lines []runLine) {
	t.Helper()
	var doc struct {
		Runs []runLine `json:"runs"`
	}
	if err := json.Unmarshal([]byte(must(t, "runs", path, "--json")), &doc); err != nil {
		t.Fatal(err)
	}
	return doc.Runs
}

// Runs are named, noted and told apart in words.
func TestRunsNamed(t *testing.T) {
	path := twoRuns(t, t.TempDir())
	must(t, "runs", path, "--rename", "1", "my first")
	must(t, "runs", path, "--note", "2", "worse: -- why?")
	lines := listedRuns(t, path)
	if one, two := lines[0], lines[1]; one.Name != "my first" || two.Note != "worse: -- why?" || one.Seconds <= 0 || one.Differs != "" ||
		two.Differs != "Data Ring of 8 instead of Two moons, steps 3 instead of 4000" {
		t.Errorf("the runs are %+v", lines)
	}
	if text := must(t, "runs", path); !strings.Contains(text, "my first") || !strings.Contains(text, "worse: -- why?") {
		t.Errorf("prints %q", text)
	}
	for _, c := range []struct {
		args   []string
		status int
		part   string
	}{
		{[]string{"--rename", "1", ""}, exitFailed, "the name is empty"},
		{[]string{"--rename", "7", "a"}, exitFailed, "no run 7 in this project: choose one of 1, 2"},
		{[]string{"--rename", "x", "a"}, exitUsage, "no number of a run"},
		{[]string{"--rename", "1"}, exitUsage, "--rename"},
		{[]string{"--note", "7", "a"}, exitFailed, "no run 7"},
		{[]string{"--delete", "7"}, exitFailed, "no run 7"},
		{[]string{"--delete", "1", "--note", "2", "a"}, exitUsage, "can't be used together"},
		{[]string{"--compare", "1"}, exitUsage, "two runs or more"},
		{[]string{"--compare", "1", "9"}, exitFailed, "no run 9"},
	} {
		if got := run(t, append([]string{"runs", path}, c.args...)...); got.status != c.status || !strings.Contains(got.stderr, c.part) {
			t.Errorf("%q: exit %d, %q, want %d with %q", c.args, got.status, got.stderr, c.status, c.part)
		}
	}
}

func TestRunsCompared(t *testing.T) {
	path := twoRuns(t, t.TempDir())
	for _, args := range [][]string{{"--compare", "2", "1"}, {"--compare", "2,1"}} {
		text := must(t, append([]string{"runs", path}, args...)...)
		for _, want := range []string{"RUN 2 again", "RUN 1", "Ring of 8", "Two moons"} {
			if !strings.Contains(text, want) {
				t.Errorf("%q prints %q, without %q", args, text, want)
			}
		}
	}
	var doc struct {
		Runs        []runLine        `json:"runs"`
		Differences []differenceLine `json:"differences"`
	}
	if err := json.Unmarshal([]byte(must(t, "runs", "--compare", "1", "2", path, "--json")), &doc); err != nil {
		t.Fatal(err)
	}
	if len(doc.Runs) != 2 || len(doc.Differences) != 2 || doc.Differences[0].Key != "data" || doc.Differences[0].Values[1] != "ring" {
		t.Errorf("compared %+v", doc)
	}
}

// A deleted run is gone, the other one is as it was, and the file can be made smaller.
func TestRunsDeleted(t *testing.T) {
	path := twoRuns(t, t.TempDir())
	want := sum(t, path)
	before := len(read(t, path))
	if text := must(t, "runs", path, "--delete", "1", "--compact"); !strings.Contains(text, "run 1 is deleted") || !strings.Contains(text, "smaller") {
		t.Errorf("prints %q", text)
	}
	if lines := listedRuns(t, path); len(lines) != 1 || lines[0].ID != 2 || !lines[0].Current {
		t.Errorf("left are %+v", lines)
	}
	if sum(t, path) != want || len(read(t, path)) >= before {
		t.Errorf("the run that stays has other bits, or %d bytes are no less than %d", len(read(t, path)), before)
	}
	if got := run(t, "runs", path, "--delete", "2"); got.status != exitFailed || !strings.Contains(got.stderr, "the only one") {
		t.Errorf("the last run: exit %d, %q", got.status, got.stderr)
	}
}
