package app

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"ganvas/app/internal/apptest"
	"ganvas/app/ui"
	"ganvas/app/ui/uitest"
)

// TestDropsThatCannotBeRead drops what is no data: the message names the file, and what was open
// stays.
func TestDropsThatCannotBeRead(t *testing.T) {
	r := readyRig(t, apptest.Digits)
	dir := t.TempDir()
	before := r.s.Data.Set
	for name, content := range map[string]string{"notes.txt": "These are no numbers.\n", "picture.png": "no picture", "old.ganvas": "no project", "recipe.toml": "batsch = 3\n"} {
		path := filepath.Join(dir, name)
		if err := os.WriteFile(path, []byte(content), 0o644); err != nil {
			t.Fatal(err)
		}
		r.dropped([]fyne.URI{uri(path)})
		r.until("a message about "+name, func() bool { return r.desk.Win.Canvas().Overlays().Top() != nil })
		if got := r.dialogText(); !strings.Contains(got, name) {
			t.Errorf("the message does not name %s: %q", name, got)
		}
		r.typed(fyne.KeyReturn)
		r.until("it is idle", func() bool { return !r.s.Work.Busy() })
		if r.s.Data.Set != before || r.s.Reason != "" {
			t.Errorf("after %s the data that were open are gone: %s", name, r.s.Reason)
		}
	}
}

// TestDropsOfNoFile: what has no name, or lies elsewhere, is refused, and what was dropped with it
// is not opened either.
func TestDropsOfNoFile(t *testing.T) {
	r := readyRig(t, apptest.Digits)
	path := filepath.Join(t.TempDir(), "picture.png")
	apptest.WritePicture(t, path, 20)
	before := r.s.Data.Set
	for address, says := range map[string]string{
		"": "has no name", "file://": "has no name", "http://example.org" + path: "is no file of this computer", "trash:///picture.png": "is no file of this computer",
	} {
		u := uri(address) // as Fyne hands over whatever is dropped
		r.dropped([]fyne.URI{uri(path), u})
		if got := r.dialogText(); !strings.Contains(got, says) {
			t.Errorf("of %q it says %q, want %q", address, got, says)
		}
		r.typed(fyne.KeyReturn)
		if r.s.Work.Busy() || r.s.Data.Set != before {
			t.Errorf("%q is opened", address)
		}
	}
}

// TestDrops drops all kinds of files on the window, one after another.
func TestDrops(t *testing.T) {
	dir := t.TempDir()
	folder, sheet := filepath.Join(dir, "pictures"), filepath.Join(dir, "sheet.png")
	for i := range 3 {
		apptest.WritePicture(t, filepath.Join(folder, fmt.Sprint(i, ".png")), 20)
	}
	apptest.WritePicture(t, sheet, 32)
	toml, misspelt := filepath.Join(dir, "tiny.toml"), filepath.Join(dir, "misspelt.toml")
	for path, text := range map[string]string{toml: apptest.Points, misspelt: "bacth = 3\n"} {
		if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	made := apptest.Project(t, apptest.Points)
	r := readyRig(t, apptest.Digits)
	r.show(pageTrain)
	drop := func(paths ...string) {
		var uris []fyne.URI
		for _, p := range paths {
			uris = append(uris, uri(p))
		}
		r.dropped(uris)
	}
	read := func(name string) func() bool {
		return func() bool {
			return strings.HasPrefix(r.s.Plan.Now().Data, name) && r.s.Data.Set != nil && !r.s.Data.Opening && r.page == pageData
		}
	}
	drop(folder)
	r.until("the folder is read", read(folder))
	drop(filepath.Join(folder, "0.png"), filepath.Join(folder, "2.png"))
	r.until("two of its pictures are read", read(filepath.Join(r.App.options.Home, "data")))
	drop(sheet)
	r.until("it asks for the cells of a single picture", func() bool { return strings.Contains(r.dialogText(), "single picture") })
	entry := uitest.FindAll[*ui.DialogEntry](r.desk.Win.Canvas().Overlays().Top())[0]
	entry.SetText("x")
	entry.OnSubmitted("x")
	if r.dialogText() == "" {
		t.Fatal("cells of x pixels are taken")
	}
	entry.SetText("8")
	entry.OnSubmitted("8")
	r.until("the cells are read", read(sheet))
	if now := r.s.Plan.Now(); now.Cell != 8 || r.s.Data.Set.Len() != 16 {
		t.Errorf("%d cells of %d pixels, want 16 of 8", r.s.Data.Set.Len(), now.Cell)
	}
	drop(toml)
	r.until("the recipe is open", func() bool { return r.s.Plan.Now().Name == "tiny" && r.page == pageBuild && r.s.Reason == "" })
	before := r.s.Plan.Now()
	drop(misspelt)
	r.until("something is said about a recipe that cannot be read", func() bool { return r.dialogText() != "" })
	if got := r.dialogText(); !strings.Contains(got, "batch") || r.s.Plan.Now() != before {
		t.Errorf("says %q, which does not name batch; the plan is changed: %v", got, r.s.Plan.Now() != before)
	}
	test.Tap(r.button("Close"))
	drop(made)
	r.until("the project is open", func() bool { return r.s.Run != nil && r.s.Run.Session.Path() == made })
	if r.s.Status.Step != 40 || r.s.Plan.Now().Name != "tiny" {
		t.Errorf("the project is at step %d with recipe %s", r.s.Status.Step, r.s.Plan.Now().Name)
	}
}
