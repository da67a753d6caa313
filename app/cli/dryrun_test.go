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
	hasKeys(t, "a dry run", doc, "name", "batch", "threads", "seconds_per_step", "steps", "seconds", "rss_mb", "g_params", "d_params", "dry_run_seconds", "views", "views_with_d", "view_bytes", "full_bytes")
	if doc["batch"] != 16.0 || doc["steps"] != 100.0 || doc["g_params"] != float64(2*16+16+16*2+2) {
		t.Errorf("got %v", doc)
	}
	if text := must(t, args...); !strings.Contains(text, "100 steps") || !strings.Contains(text, "MiB") || !strings.Contains(text, "up to 40 views") {
		t.Errorf("got %q", text)
	}
	if files, err := os.ReadDir(dir); err != nil || len(files) > 0 {
		t.Errorf("a dry run leaves %v, %v", files, err)
	}
	if r := run(t, "train", "moons"); r.status != exitUsage || !strings.Contains(r.stderr, "--out") {
		t.Errorf("training without a project: exit %d: %s", r.status, r.stderr)
	}
}

// The best step by a metric is said at the end; a metric that is none leaves no project.
func TestTrainBest(t *testing.T) {
	path := filepath.Join(t.TempDir(), "run.ganvas")
	args := append([]string{"train", "ring", "--steps", "20", "--out", path, "--json"}, small...)
	if r := run(t, append(args, "--best", "beauty")...); r.status != exitFailed || !strings.Contains(r.stderr, "high_quality") {
		t.Errorf("exit %d, %q", r.status, r.stderr)
	}
	if _, err := os.Stat(path); err == nil {
		t.Error("a project is left")
	}
	best, _ := decode(t, must(t, append(args, "--best", "js")...))["best"].(map[string]any)
	if best["metric"] != "js" || best["step"] == nil || best["value"] == nil {
		t.Errorf("best %v", best)
	}
	if text := must(t, "resume", path, "--steps", "1", "--best", "none"); !strings.Contains(text, "best js") {
		t.Errorf("got %q", text)
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
