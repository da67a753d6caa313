package cli

import (
	"context"
	"encoding/json"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// tried returns what a try prints as JSON.
func tried(t *testing.T, args ...string) (doc trial) {
	t.Helper()
	if err := json.Unmarshal([]byte(must(t, append(args, "--json")...)), &doc); err != nil {
		t.Fatal(err)
	}
	return doc
}

// Two keys and a table: each combination is a run, the best is marked and the current one.
func TestTry(t *testing.T) {
	out := filepath.Join(t.TempDir(), "t.ganvas")
	args := []string{"try", "ring", "--out", out, "--vary", "r1=0,0.5", "--vary", "g.lr=1e-4,1e-3", "--steps", "5"}
	text := must(t, args...)
	if strings.Count(text, "best") != 1 || !strings.Contains(text, "G.LR") || !strings.Contains(text, "5 of 5") {
		t.Errorf("prints %q", text)
	}
	doc := tried(t, args...) // all is done: nothing is trained again
	if len(doc.Runs) != 4 || doc.By != "js" || doc.Best == nil {
		t.Fatalf("tried %+v", doc)
	}
	for i, r := range doc.Runs {
		if r.State != "done" || r.Step != 5 || r.Run != int64(i+1) || len(r.Metrics) == 0 || r.Values["r1"] == "" {
			t.Errorf("run %+v", r)
		}
	}
	lines := listedRuns(t, out)
	if len(lines) != 4 || lines[3].Differs != "Learning rate of G 0.001 instead of 1e-4" || len(lines[0].Best) == 0 {
		t.Errorf("runs %+v", lines)
	}
	for _, l := range lines {
		if l.Current != (l.ID == *doc.Best) {
			t.Errorf("run %d is current: %t, and %d is the best", l.ID, l.Current, *doc.Best)
		}
	}
}

// What is wrong is said before anything is trained, with the key and the nearest ones.
func TestTryRefused(t *testing.T) {
	dir := t.TempDir()
	out := filepath.Join(dir, "t.ganvas")
	for _, c := range []struct {
		args   []string
		status int
		part   string
	}{
		{[]string{"ring", "--vary", "g.lrr=1"}, exitFailed, "did you mean g.lr"},
		{[]string{"ring", "--vary", "g.lr=1e-4,fast"}, exitFailed, "set g.lr: must be a number"},
		{[]string{"ring", "--vary", "r1=0,0.5", "--by", "frechet"}, exitFailed, "choose one of js, modes"},
		{[]string{"ring"}, exitFailed, "nothing is varied"},
		{[]string{"ring", "--vary", "latent=2,0"}, exitFailed, "latent"},
		{[]string{"ring", "--seeds", "0"}, exitUsage, "--seeds 0"},
		{[]string{"rung", "--seeds", "2"}, exitFailed, "rung"},
	} {
		got := run(t, append(append([]string{"try"}, c.args...), "--out", out)...)
		if got.status != c.status || !strings.Contains(got.stderr, c.part) {
			t.Errorf("%q: exit %d, %q, want %d with %q", c.args, got.status, got.stderr, c.status, c.part)
		}
	}
	if left, err := os.ReadDir(dir); err != nil || len(left) > 0 {
		t.Errorf("%v is left, error %v", left, err)
	}
	must(t, "try", "ring", "--out", out, "--seeds", "2", "--steps", "2")
	if got := run(t, "try", "ring", "--out", out, "--seeds", "3", "--steps", "2"); got.status != exitFailed || !strings.Contains(got.stderr, "choose another name, or --force") {
		t.Errorf("another plan: exit %d, %q", got.status, got.stderr)
	}
	other := trained(t, dir, "other.ganvas", "2")
	if got := run(t, "try", "ring", "--out", other, "--seeds", "2"); got.status != exitFailed || !strings.Contains(got.stderr, "not of the same recipe") {
		t.Errorf("a project of another run: exit %d, %q", got.status, got.stderr)
	}
	if doc := tried(t, "try", "ring", "--out", out, "--seeds", "3", "--steps", "2", "--force"); len(doc.Runs) != 3 {
		t.Errorf("replaced by %+v", doc)
	}
}

// What Ctrl-C stops, the same command goes on with.
func TestTryGoesOn(t *testing.T) {
	out := filepath.Join(t.TempDir(), "t.ganvas")
	args := append([]string{"try", "ring", "--out", out, "--seeds", "2", "--steps", "200"}, small...)
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	var stdout strings.Builder
	stderr := &atFirst{line: regexp.MustCompile(`\(1 of 2\)`), cancel: cancel}
	if status := Run(ctx, args, Env{Stdout: &stdout, Stderr: stderr}); status != exitInterrupted || !strings.Contains(stderr.text.String(), "1 of 2 runs are done: go on with the same command") {
		t.Fatalf("exit %d, %q", status, stderr.text.String())
	}
	first := sumOfRun(t, out, 1)
	doc := tried(t, args...)
	if len(doc.Runs) != 2 || doc.Runs[1].State != "done" || doc.Runs[1].Step != 200 || sumOfRun(t, out, 1) != first {
		t.Errorf("after going on %+v", doc.Runs)
	}
}

// sumOfRun returns the SHA-256 of the newest state of a run.
func sumOfRun(t *testing.T, path string, id int64) string {
	t.Helper()
	in, err := inspect(path, id)
	if err != nil {
		t.Fatal(err)
	}
	return in.StateSHA256
}
