package ckpt

import (
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"testing"
)

// fillUp saves until the disk is full, and checks that then the last good save is there and nothing
// else is left. It returns how many saves succeeded.
func fillUp(t *testing.T, f *File, run int64) int64 {
	t.Helper()
	step := int64(0)
	for ; step < 1000; step++ {
		err := f.Save(Save{Run: run, Step: step, Kind: "manual", State: small(step), Metrics: []MetricRow{{step, nil}}})
		if err != nil {
			wantError(t, "full disk", err, ErrDiskFull, "save "+f.Path(), "free some space")
			break
		}
	}
	if step == 1000 {
		t.Fatal("the disk never filled up")
	}
	checkFilled(t, f, run, step)
	return step
}

func checkFilled(t *testing.T, f *File, run, saves int64) {
	t.Helper()
	if err := f.read("check", (*db).quickCheck); err != nil {
		t.Error(err)
	}
	list, err := f.Checkpoints(run)
	if err != nil || int64(len(list)) != saves {
		t.Errorf("%d checkpoints, want %d, error %v", len(list), saves, err)
	}
	for _, c := range list {
		if _, err := f.Load(run, c.Step); err != nil {
			t.Error(err)
		}
	}
	if rows, err := f.Metrics(run, 0); err != nil || int64(len(rows)) != saves {
		t.Errorf("%d metric rows, want %d, error %v", len(rows), saves, err)
	}
	if _, err := os.Stat(f.Path() + "-journal"); err == nil {
		t.Error("a journal is left")
	}
}

// A full disk, as SQLite reports it, leaves what was saved; with more space the same save succeeds.
func TestDatabaseFull(t *testing.T) {
	f := newFile(t)
	run := newRun(t, f)
	if err := f.db.script("PRAGMA max_page_count = 100"); err != nil {
		t.Fatal(err)
	}
	n := fillUp(t, f, run)
	if err := f.db.script("PRAGMA max_page_count = 1000"); err != nil {
		t.Fatal(err)
	}
	if err := f.Save(Save{Run: run, Step: n, Kind: "manual", State: small(n), Metrics: []MetricRow{{n, nil}}}); err != nil {
		t.Fatal(err)
	}
	checkFilled(t, f, run, n+1)
}

// The same with a real disk of 2 MB, where the super-user can have one: also Create and SaveAs
// leave nothing there.
func TestDiskFull(t *testing.T) {
	dir := t.TempDir()
	if out, err := exec.Command("mount", "-t", "tmpfs", "-o", "size=2m", "tmpfs", dir).CombinedOutput(); err != nil {
		if os.Geteuid() == 0 && runtime.GOOS == "linux" {
			t.Logf("no tmpfs here: %v: %s", err, out)
		}
		return // TestDatabaseFull has tested what can be tested without
	}
	defer func() {
		if out, err := exec.Command("umount", dir).CombinedOutput(); err != nil {
			t.Errorf("umount: %v: %s", err, out)
		}
	}()
	ballast := filepath.Join(dir, "ballast")
	if err := os.WriteFile(ballast, make([]byte, 1<<20), 0o644); err != nil {
		t.Fatal(err)
	}
	f, err := Create(filepath.Join(dir, "run.ganvas"))
	if err != nil {
		t.Fatal(err)
	}
	run := newRun(t, f)
	n := fillUp(t, f, run)
	elsewhere := newFile(t)
	if err := elsewhere.Save(Save{Run: newRun(t, elsewhere), Step: 1, Kind: "manual", State: crashState(1)}); err != nil {
		t.Fatal(err)
	}
	home := elsewhere.Path()
	wantError(t, "save as", elsewhere.SaveAs(filepath.Join(dir, "copy.ganvas")), ErrDiskFull, "save as", "free some space")
	if got := elsewhere.Path(); got != home {
		t.Errorf("after a failed SaveAs the project is at %s", got)
	}
	if err := elsewhere.SetMeta("a", "b"); err != nil {
		t.Error(err)
	}
	b := make([]byte, 4096) // the last free bytes
	rest, err := os.Create(filepath.Join(dir, "rest"))
	for err == nil {
		_, err = rest.Write(b)
	}
	rest.Close()
	_, err = Create(filepath.Join(dir, "new.ganvas"))
	wantError(t, "create", err, ErrDiskFull, "create", "free some space")
	entries, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range entries {
		switch e.Name() {
		case "ballast", "rest", "run.ganvas", "run.ganvas-lock":
		default:
			t.Errorf("%s is left", e.Name())
		}
	}
	// It opens on the full disk too.
	path := f.Path()
	if err := f.Close(); err != nil {
		t.Fatal(err)
	}
	if f, err = Open(path); err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	checkFilled(t, f, run, n)
	if err := os.Remove(ballast); err != nil {
		t.Fatal(err)
	}
	if err := f.Save(Save{Run: run, Step: n, Kind: "manual", State: small(n), Metrics: []MetricRow{{n, nil}}}); err != nil {
		t.Fatal(err)
	}
	checkFilled(t, f, run, n+1)
}
