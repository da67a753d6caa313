package app

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"fyne.io/fyne/v2/test"

	"ganvas/app/internal/apptest"
	"ganvas/app/studio"
	"ganvas/engine/session"
	"ganvas/widgets"
)

// tinyPictures is a run of a folder's pictures that takes little.
const tinyPictures = `
name = "tiny-pictures"
data = %q
image_size = 8
batch = 4
steps = 3
latent = 4
[g]
layers = ["linear 64", "unflatten 8 8 1", "tanh"]
[d]
layers = ["flatten", "linear 4", "lrelu 0.2", "linear 1"]
`

// A project whose folder was moved asks for it; one whose folder has changed says what has, and
// goes on if told to.
func TestMovedAndChangedData(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "garden")
	for i := range 6 {
		apptest.WritePicture(t, filepath.Join(dir, fmt.Sprint(i, ".png")), 9+i)
	}
	t.Setenv("GANVAS_HOME", t.TempDir())
	path := apptest.Project(t, fmt.Sprintf(tinyPictures, dir))
	moved := filepath.Join(t.TempDir(), "elsewhere")
	if err := os.Rename(dir, moved); err != nil {
		t.Fatal(err)
	}
	r := newRig(t, Options{Files: []string{path}})
	session.RememberRead(apptest.Parse(t, fmt.Sprintf(tinyPictures, dir))) // in the home folder of the window
	r.started()
	r.until("the new place is asked for", func() bool { return r.desk.Win.Canvas().Overlays().Top() != nil })
	if text := r.dialogText(); !strings.Contains(text, "Where are the data of made.ganvas?") || !strings.Contains(text, dir) {
		t.Errorf("asks %q", text)
	}
	r.desk.Dismiss()
	r.s.Projects.Open(studio.Opening{Path: path, Data: moved}) // as the dialog's choice does
	r.until("the project is open", func() bool { return r.s.Run != nil && r.s.Status.Step == 3 })
	if got := r.s.Plan.Now().Data; got != moved {
		t.Errorf("the data lie in %s, want %s", got, moved)
	}
	r.newProject()
	r.until("it is closed", func() bool { return r.s.Run == nil && r.s.Data.Set != nil })

	apptest.WritePicture(t, filepath.Join(moved, "new.png"), 20)
	r.openProject(path)
	r.until("it is said what has changed", func() bool { return r.desk.Win.Canvas().Overlays().Top() != nil })
	if text := r.dialogText(); !strings.Contains(text, "7 items instead of 6; 1 file is new (new.png)") {
		t.Errorf("says %q", text)
	}
	test.Tap(r.button("Go on with them").(*widgets.TippedButton))
	r.until("the project is open again", func() bool { return r.s.Run != nil && r.s.Status.Step == 3 })
	if got := r.s.Run.Data.Len(); got != 7 {
		t.Errorf("goes on with %d pictures, want 7", got)
	}
}
