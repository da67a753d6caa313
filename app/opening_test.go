package app

import (
	"archive/zip"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"ganvas/app/internal/apptest"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"
)

func TestDrops(t *testing.T) {
	dir := t.TempDir()
	folder := filepath.Join(dir, "pictures")
	for i := range 6 {
		apptest.WritePicture(t, filepath.Join(folder, []string{"cats", "dogs"}[i%2], fmt.Sprint(i, ".png")), 20)
	}
	if err := os.WriteFile(filepath.Join(folder, "cats", "text.png"), []byte("no picture"), 0o644); err != nil {
		t.Fatal(err)
	}
	zipped := filepath.Join(dir, "pictures.zip")
	f, err := os.Create(zipped)
	if err != nil {
		t.Fatal(err)
	}
	z := zip.NewWriter(f)
	if err := z.AddFS(os.DirFS(folder)); err != nil {
		t.Fatal(err)
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	f.Close()
	csv := filepath.Join(dir, "points.csv")
	if err := os.WriteFile(csv, []byte("x,y\n0,1\n1,0\n2,2\n3,1\n"), 0o644); err != nil {
		t.Fatal(err)
	}
	toml := filepath.Join(dir, "tiny.toml")
	if err := os.WriteFile(toml, []byte(apptest.Points), 0o644); err != nil {
		t.Fatal(err)
	}
	made := apptest.Project(t, apptest.Points)
	r := newRig(t, Options{})
	r.started()
	r.until("the digits are read", func() bool { return r.s.Data.Set != nil })

	r.dropped([]fyne.URI{uri(folder)})
	r.until("the folder is read", func() bool { return r.s.Plan.Now().Data == folder && r.s.Data.Set != nil && !r.s.Data.Opening })
	if info := r.s.Data.Set.Info(); info.Count != 6 || len(info.Labels) != 2 || len(info.Skipped) != 1 {
		t.Errorf("understood %+v of the folder", info)
	}
	r.until("what was left out is said", func() bool {
		rows := findAll[*note](r.data.health.rows)
		return len(rows) > 0 && strings.HasPrefix(rows[0].segment.Text, "1 file could not be read") && r.page == pageData
	})
	cats := filepath.Join(folder, "cats")
	r.dropped([]fyne.URI{uri(filepath.Join(cats, "0.png")), uri(filepath.Join(cats, "2.png"))})
	r.until("two of its pictures are read", func() bool {
		return r.s.Data.Set != nil && !r.s.Data.Opening && strings.HasPrefix(r.s.Plan.Now().Data, filepath.Join(r.options.Home, "data"))
	})
	if got := r.s.Data.Set.Info().Count; got != 2 {
		t.Errorf("%d pictures were gathered, want 2", got)
	}
	r.dropped([]fyne.URI{uri(zipped)})
	r.until("the zip is read", func() bool { return r.s.Plan.Now().Data == zipped && r.s.Data.Set != nil && !r.s.Data.Opening })
	r.dropped([]fyne.URI{uri(csv)})
	r.until("the points are read", func() bool { return r.s.Plan.Now().Data == csv && r.s.Data.Set != nil && !r.s.Data.Opening })
	if got := r.s.Data.Set.Info().Count; got != 4 {
		t.Errorf("%d points, want 4", got)
	}
	r.dropped([]fyne.URI{uri(toml)})
	r.until("the recipe is open", func() bool { return r.s.Plan.Now().Name == "tiny" && r.page == pageBuild && r.s.Reason == "" })
	r.dropped([]fyne.URI{uri(made)})
	r.until("the project is open", func() bool { return r.s.Run != nil && r.s.Run.Session.Path() == made })
	if r.s.Status.Step != 40 || r.s.Plan.Now().Name != "tiny" {
		t.Errorf("the project is at step %d with recipe %s", r.s.Status.Step, r.s.Plan.Now().Name)
	}
}

func TestBadFilesAreExplained(t *testing.T) {
	dir := t.TempDir()
	half := filepath.Join(dir, "half.ganvas")
	whole, err := os.ReadFile(apptest.Project(t, apptest.Points))
	if err != nil {
		t.Fatal(err)
	}
	empty := filepath.Join(dir, "empty")
	if err := os.MkdirAll(empty, 0o755); err != nil {
		t.Fatal(err)
	}
	misspelt := filepath.Join(dir, "misspelt.toml")
	for path, data := range map[string][]byte{half: whole[:len(whole)/2], misspelt: []byte("bacth = 3\n"), filepath.Join(dir, "text.png"): []byte("hello")} {
		if err := os.WriteFile(path, data, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	r := newRig(t, Options{})
	r.started()
	r.until("the digits are read", func() bool { return r.s.Data.Set != nil })
	before := r.s.Plan.Now()
	for _, c := range []struct{ path, want string }{
		{half, "half.ganvas"}, {misspelt, "batch"}, {empty, "empty"}, {filepath.Join(dir, "text.png"), "text.png"}, {filepath.Join(dir, "nowhere.ganvas"), "nowhere.ganvas"},
	} {
		r.Open(c.path)
		r.until("something is said about "+c.path, func() bool { return r.dialogText() != "" })
		if got := r.dialogText(); !strings.Contains(got, c.want) {
			t.Errorf("%s: says %q, which does not name %q", c.path, got, c.want)
		}
		test.Tap(r.button("Close"))
		if r.s.Plan.Now() != before || r.s.Run != nil {
			t.Errorf("%s has changed the plan", c.path)
		}
		r.until("the work is over", func() bool { return !r.s.Work.Busy() })
		if r.s.Reason != "" {
			t.Errorf("%s leaves the window saying %q", c.path, r.s.Reason)
		}
	}
}
