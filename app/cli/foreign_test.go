package cli

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// scatter writes a table of points into a folder of its own.
func scatter(t *testing.T) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "points.csv")
	if err := os.WriteFile(path, []byte("x,y\n"+strings.Repeat("1,2\n3,5\n-2,7\n4,4\n", 100)), 0o644); err != nil {
		t.Fatal(err)
	}
	return path
}

// Commands that read the data which somebody else's project names ask first, and name the flags
// that answer.
func TestForeignData(t *testing.T) {
	dir, data := t.TempDir(), scatter(t)
	t.Setenv("GANVAS_HOME", t.TempDir())
	path := trained(t, dir, "a.ganvas", "2", "--data", data)
	for _, args := range [][]string{
		{"resume", path, "--steps", "1"},
		{"evaluate", path, "--samples", "100"},
	} {
		t.Setenv("GANVAS_HOME", t.TempDir())
		got := run(t, args...)
		if got.status != exitFailed || !strings.Contains(got.stderr, "data that you have not opened before, "+data) || !strings.Contains(got.stderr, args[0]+" --data PATH, or --yes-data") {
			t.Errorf("%s: exit %d, %q", args[0], got.status, got.stderr)
		}
		must(t, append(args, "--data", data)...)
		must(t, args...) // it has been read before
		t.Setenv("GANVAS_HOME", t.TempDir())
		must(t, append(args, "--yes-data")...)
	}
	t.Setenv("GANVAS_HOME", t.TempDir())
	foreign, allowed := filepath.Join(dir, "foreign.csv"), filepath.Join(dir, "allowed.csv")
	if got := run(t, "sample", path, "--n", "3", "--out", foreign); got.status != exitDone || !strings.Contains(got.stderr, "standard units") || !strings.Contains(got.stderr, "--yes-data") {
		t.Errorf("sample: exit %d, %q", got.status, got.stderr)
	}
	if got := run(t, "sample", path, "--n", "3", "--yes-data", "--out", allowed); got.status != exitDone || strings.Contains(got.stderr, "standard units") {
		t.Errorf("sample --yes-data: exit %d, %q", got.status, got.stderr)
	}
	if strings.Count(read(t, allowed), "\n") != 4 || read(t, allowed) == read(t, foreign) {
		t.Error("sample --yes-data gives no points in their units")
	}
	if got := run(t, "train", "moons", "--data", string(filepath.Separator), "--out", filepath.Join(dir, "b.ganvas")); got.status != exitFailed || !strings.Contains(got.stderr, "--yes-data") {
		t.Errorf("training from a whole disk: exit %d, %q", got.status, got.stderr)
	}
}
