package cli

import (
	"encoding/json"
	"path/filepath"
	"strings"
	"testing"
)

func TestEvaluate(t *testing.T) {
	dir := t.TempDir()
	path := filepath.Join(dir, "ring.ganvas")
	must(t, "train", "ring", "--steps", "5", "--out", path)
	r := run(t, "evaluate", path, "--samples", "400", "--json")
	if r.status != exitDone {
		t.Fatalf("exit %d: %s", r.status, r.stderr)
	}
	var got evaluation
	if err := json.Unmarshal([]byte(r.stdout), &got); err != nil {
		t.Fatal(err)
	}
	byName := make(map[string]metricLine)
	for _, m := range got.Metrics {
		byName[m.Name] = m
	}
	if m := byName["modes"]; m.Perfect != 8 || m.Samples != 400 || !m.HigherIsBetter {
		t.Errorf("modes: %+v", m)
	}
	if m := byName["high_quality"]; m.Perfect < 0.95 || m.Value > 0.9 || m.StdErr == nil {
		t.Errorf("high quality after five steps: %+v", m)
	}
	if again := run(t, "evaluate", path, "--samples", "400", "--json"); again.stdout != r.stdout {
		t.Error("the same evaluation has another result")
	}
	table := run(t, "evaluate", path, "--samples", "400").stdout
	for _, word := range []string{"REAL DATA", "modes", "kl_modes", "js"} {
		if !strings.Contains(table, word) {
			t.Errorf("%q is missing in the table:\n%s", word, table)
		}
	}
	if r := run(t, "evaluate", path, "--samples", "20"); r.status != exitFailed || !strings.Contains(r.stderr, "at least 100") {
		t.Errorf("20 samples: exit %d, %q", r.status, r.stderr)
	}
	if r := run(t, "evaluate", path, "--data", "digits"); r.status != exitFailed || !strings.Contains(r.stderr, "shape") {
		t.Errorf("other data: exit %d, %q", r.status, r.stderr)
	}
}
