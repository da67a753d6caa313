package ckpt

import (
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"testing"

	"zombiezen.com/go/sqlite"
)

// roots returns the first pages of all tables and indexes of a project.
func roots(t *testing.T, path string) map[string]int64 {
	t.Helper()
	pages := make(map[string]int64)
	f, err := OpenReadOnly(path)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	err = f.read("read", func(d *db) error {
		return d.query("SELECT name, rootpage FROM sqlite_schema", func(s *sqlite.Stmt) error {
			pages[s.ColumnText(0)] = s.ColumnInt64(1)
			return nil
		})
	})
	if err != nil {
		t.Fatal(err)
	}
	return pages
}

// Damaged pages of what can be done without leave the weights: a reader goes on without it, and who
// trains gets a new file.
func TestDamagedPages(t *testing.T) {
	path, run := rich(t)
	content, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	for name, page := range roots(t, path) {
		table := strings.TrimRight(strings.TrimPrefix(name, "sqlite_autoindex_"), "_0123456789")
		needed := slices.Contains(vital, table)
		damagedFile := append([]byte(nil), content...)
		for i := range 40 {
			damagedFile[(page-1)*pageSize+int64(i)] ^= 0x5a
		}
		dir := t.TempDir()
		bad := filepath.Join(dir, "run.ganvas")
		if err := os.WriteFile(bad, damagedFile, 0o600); err != nil {
			t.Fatal(err)
		}
		for _, opener := range []func(string) (*File, error){OpenReadOnly, Open} {
			f, err := opener(bad)
			if needed {
				wantError(t, name, err, ErrDamaged, "open "+bad)
				continue
			}
			if err != nil {
				t.Errorf("%s: %v", name, err)
				continue
			}
			if s, err := f.Load(run, -1); err != nil || s.SHA256() != small(20).SHA256() {
				t.Errorf("%s: the weights are not read: %v", name, err)
			}
			got := counts(t, f, run)
			damage, err := f.Verify(nil)
			switch {
			case err != nil:
				t.Errorf("%s: %v", name, err)
			case f.ReadOnly() && len(damage) == 0:
				t.Errorf("%s: no damage is found", name)
			case f.ReadOnly():
			case len(damage) > 0 || !strings.Contains(strings.Join(f.Warnings(), " "), "run 2.ganvas"):
				t.Errorf("%s: damage %v is left, warnings %q", name, damage, f.Warnings())
			default:
				err := f.Save(Save{
					Run: run, Step: 30, Kind: "manual", State: small(30), Metrics: []MetricRow{{30, []float32{5, 6}}},
					Events: []Event{{30, "a", "b"}}, Sheets: []Sheet{{30, nil}},
				})
				if after := counts(t, f, run); err != nil || after == got {
					t.Errorf("%s: %s before a save, %s after, error %v", name, got, after, err)
				}
				for _, file := range []string{"run.ganvas", "run 2.ganvas"} {
					if info, err := os.Stat(filepath.Join(dir, file)); err != nil || runtime.GOOS != "windows" && info.Mode().Perm() != 0o600 {
						t.Errorf("%s: %s has mode %v, want that of the damaged file, error %v", name, file, info.Mode(), err)
					}
				}
				if kept, err := os.ReadFile(filepath.Join(dir, "run 2.ganvas")); err != nil || string(kept) != string(damagedFile) {
					t.Errorf("%s: the damaged file is not kept, error %v", name, err)
				}
			}
			if err := f.Close(); err != nil {
				t.Error(err)
			}
		}
		if got := folder(t, dir); needed && (len(got) != 1 || got["run.ganvas"] != string(damagedFile)) {
			t.Errorf("%s: a damaged project has changed", name)
		}
	}
}
