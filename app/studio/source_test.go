package studio

import (
	"archive/zip"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"ganvas/app/internal/apptest"
	"ganvas/datasets"
)

// begun returns a studio whose plan is the first one, with its data read.
func begun(t *testing.T) *rig {
	t.Helper()
	r := newRig(t, nil)
	r.Projects.OpenNothing()
	r.until("the digits are read", func() bool { return r.Data.Set != nil })
	return r
}

// chosen has data be chosen and waits until the plan is about them.
func (r *rig) chosen(name string) {
	r.t.Helper()
	r.Data.Choose(name)
	r.until(name+" is read", func() bool { return r.Plan.Now().Data == name && r.Data.Set != nil && !r.Data.Opening })
}

func TestChoosingDataAdaptsTheRecipe(t *testing.T) {
	r := begun(t)
	before := r.Plan.Now()
	for _, c := range []struct {
		name string
		kind datasets.Kind
	}{{"ring", datasets.Points}, {"shapes", datasets.Pictures}} {
		r.chosen(c.name)
		if got := r.Data.Set.Info().Kind; got != c.kind {
			t.Errorf("%s are %v, want %v", c.name, got, c.kind)
		}
		if r.Reason != "" {
			t.Errorf("%s cannot be trained: %s", c.name, r.Reason)
		}
		if r.said.Text == "" || len(r.said.Choices) != 1 || r.said.Choices[0].Title != "Undo" {
			t.Errorf("of the change for %s is said %+v, want what it is and how to undo it", c.name, r.said)
		}
	}
	r.Plan.Undo()
	r.Plan.Undo()
	if !r.Plan.Now().Equal(before) {
		t.Error("undo does not lead back to the digits")
	}
	r.until("the digits are read again", func() bool { return r.Data.Set != nil && r.Data.Name == "digits" && r.Reason == "" })
}

func TestPreprocessing(t *testing.T) {
	r := begun(t)
	shape := func(want ...int) func() bool {
		return func() bool { return r.Data.Set != nil && slices.Equal(r.Data.Set.Info().Shape, want) }
	}
	r.Data.SetPreprocessing("image_size", "32")
	r.until("the digits are read at 32 pixels", shape(32, 32, 1))
	if r.Reason != "" {
		t.Errorf("cannot be trained at 32 pixels: %s", r.Reason)
	}
	whole := r.Data.Whole
	r.Data.SetPreprocessing("mirror", "true")
	if !r.Plan.Now().Mirror || r.Data.Whole != whole || r.Work.Busy() {
		t.Errorf("mirrored: %v; reads the data again: %v", r.Plan.Now().Mirror, r.Data.Whole != whole || r.Work.Busy())
	}
	r.Data.SetPreprocessing("channels", "3")
	r.until("they are in colour", shape(32, 32, 3))
	if r.Reason != "" {
		t.Errorf("cannot be trained in colour: %s", r.Reason)
	}
	before := r.Plan.Now()
	r.Data.SetPreprocessing("image_size", "2")
	r.expectFailure("image_size")
	if r.Plan.Now() != before {
		t.Errorf("the plan has pictures of %d pixels", r.Plan.Now().ImageSize)
	}
}

// picturesIn writes six pictures of two classes, and a file that is none, into a folder.
func picturesIn(t *testing.T, folder string) {
	t.Helper()
	for i := range 6 {
		apptest.WritePicture(t, filepath.Join(folder, []string{"cats", "dogs"}[i%2], fmt.Sprint(i, ".png")), 20)
	}
	if err := os.WriteFile(filepath.Join(folder, "cats", "text.png"), []byte("no picture"), 0o644); err != nil {
		t.Fatal(err)
	}
}

// zipOf writes the content of a folder to a zip archive.
func zipOf(t *testing.T, folder, path string) {
	t.Helper()
	f, err := os.Create(path)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	z := zip.NewWriter(f)
	if err := z.AddFS(os.DirFS(folder)); err != nil {
		t.Fatal(err)
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
}

// TestSources chooses a folder, several files, an archive and a table of points, one after another,
// and opens a project after them.
func TestSources(t *testing.T) {
	dir := t.TempDir()
	folder, zipped, csv := filepath.Join(dir, "pictures"), filepath.Join(dir, "pictures.zip"), filepath.Join(dir, "points.csv")
	picturesIn(t, folder)
	zipOf(t, folder, zipped)
	if err := os.WriteFile(csv, []byte("x,y\n0,1\n1,0\n2,2\n3,1\n"), 0o644); err != nil {
		t.Fatal(err)
	}
	r := begun(t)
	made := apptest.Project(t, apptest.Points)
	r.chosen(folder)
	if info := r.Data.Set.Info(); info.Count != 6 || len(info.Labels) != 2 || len(info.Skipped) != 1 {
		t.Errorf("understood %+v of the folder", info)
	}
	cats := filepath.Join(folder, "cats")
	r.Data.OpenSeveral([]string{filepath.Join(cats, "0.png"), filepath.Join(cats, "2.png")})
	r.until("two of its pictures are read", func() bool {
		return r.Data.Set != nil && !r.Data.Opening && strings.HasPrefix(r.Plan.Now().Data, filepath.Join(r.Home, "data"))
	})
	if got := r.Data.Set.Info().Count; got != 2 {
		t.Errorf("%d pictures were gathered, want 2", got)
	}
	r.chosen(zipped)
	if info := r.Data.Set.Info(); info.Count != 6 || len(info.Labels) != 2 {
		t.Errorf("understood %+v of the archive", info)
	}
	r.chosen(csv)
	if got := r.Data.Set.Info().Count; got != 4 {
		t.Errorf("%d points, want 4", got)
	}
	r.Projects.Open(Opening{Path: made})
	r.until("the project is open", func() bool { return r.Run != nil && r.Run.Session.Path() == made })
	if r.Status.Step != 40 || r.Plan.Now().Name != "tiny" || r.Data.Name != "ring" {
		t.Errorf("the project is at step %d with recipe %s and the data %s", r.Status.Step, r.Plan.Now().Name, r.Data.Name)
	}
}

// TestBadSourcesAreExplained holds that what cannot be opened is named, and changes nothing.
func TestBadSourcesAreExplained(t *testing.T) {
	dir := t.TempDir()
	half, empty, text := filepath.Join(dir, "half.ganvas"), filepath.Join(dir, "empty"), filepath.Join(dir, "text.png")
	r := begun(t)
	whole, err := os.ReadFile(apptest.Project(t, apptest.Points))
	if err != nil {
		t.Fatal(err)
	}
	if err := os.MkdirAll(empty, 0o755); err != nil {
		t.Fatal(err)
	}
	for path, data := range map[string][]byte{half: whole[:len(whole)/2], text: []byte("hello")} {
		if err := os.WriteFile(path, data, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	open := func(path string) { r.Projects.Open(Opening{Path: path}) }
	before := r.Plan.Now()
	for _, c := range []struct {
		name string
		open func(path string)
		path string
	}{
		{"half a project", open, half},
		{"no project", open, filepath.Join(dir, "nowhere.ganvas")},
		{"an empty folder", r.Data.Choose, empty},
		{"text that is named a picture", r.Data.Choose, text},
		{"no data", r.Data.Choose, filepath.Join(dir, "nowhere.zip")},
	} {
		c.open(c.path)
		r.until("something is said about "+c.name, func() bool { return len(r.failed) > 0 && !r.Work.Busy() })
		r.expectFailure(filepath.Base(c.path))
		if r.Plan.Now() != before || r.Run != nil {
			t.Errorf("%s has changed the plan", c.name)
		}
		if r.Reason != "" {
			t.Errorf("%s leaves the studio saying %q", c.name, r.Reason)
		}
	}
}

// One's own data are kept for the next time once they are read; what is built in, or cannot be
// read, is not.
func TestReadDataAreRemembered(t *testing.T) {
	r := begun(t)
	r.chosen("ring")
	folder, other := t.TempDir(), t.TempDir()
	for i := range 4 {
		for _, dir := range []string{folder, other} {
			apptest.WritePicture(t, filepath.Join(dir, fmt.Sprint(i, ".png")), 20)
		}
	}
	r.chosen(folder)
	r.chosen(other)
	missing := filepath.Join(folder, "missing")
	r.Data.Choose(missing)
	r.until("what is missing is said", func() bool { return len(r.failed) > 0 })
	r.failed = nil
	r.Plan.Undo()
	r.until("the folder is read again", func() bool { return r.Data.Name == folder && r.Data.Set != nil })
	if got, want := r.memory.data, []string{folder, other, folder}; !slices.Equal(got, want) {
		t.Errorf("%q were remembered, want %q", got, want)
	}
}
