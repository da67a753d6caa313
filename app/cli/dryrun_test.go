package cli

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestDryRun(t *testing.T) {
	dir := t.TempDir()
	args := append([]string{"train", "moons", "--dry-run", "--steps", "100"}, small...)
	doc := decode(t, must(t, append(args, "--json")...))
	hasKeys(t, "a dry run", doc, "name", "batch", "threads", "seconds_per_step", "steps", "seconds", "rss_mb", "g_params", "d_params", "dry_run_seconds")
	if doc["batch"] != 16.0 || doc["steps"] != 100.0 || doc["g_params"] != float64(2*16+16+16*2+2) {
		t.Errorf("got %v", doc)
	}
	if text := must(t, args...); !strings.Contains(text, "100 steps") || !strings.Contains(text, "MiB") {
		t.Errorf("got %q", text)
	}
	if files, err := os.ReadDir(dir); err != nil || len(files) > 0 {
		t.Errorf("a dry run leaves %v, %v", files, err)
	}
	if r := run(t, "train", "moons"); r.status != exitUsage || !strings.Contains(r.stderr, "--out") {
		t.Errorf("training without a project: exit %d: %s", r.status, r.stderr)
	}
}

func TestTrainJSON(t *testing.T) {
	path := filepath.Join(t.TempDir(), "run.ganvas")
	args := append([]string{"train", "moons", "--steps", "5", "--out", path, "--json"}, small...)
	doc := decode(t, must(t, args...))
	hasKeys(t, "a training", doc, "path", "step", "images_seen", "seconds", "seconds_per_step", "rss_mb")
	if doc["path"] != path || doc["step"] != 5.0 || doc["images_seen"] != 80.0 {
		t.Errorf("got %v", doc)
	}
}

// TestBenchForecastErrors checks what can be checked without the program itself.
func TestBenchForecastErrors(t *testing.T) {
	if r := run(t, "bench", "--forecast", "digit"); r.status != exitUsage || !strings.Contains(r.stderr, "digits") {
		t.Errorf("an unknown preset: exit %d: %s", r.status, r.stderr)
	}
}
